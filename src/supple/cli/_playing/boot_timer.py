"""The timer of an event loop by a clock that goes on while the machine sleeps."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from asyncio import AbstractEventLoop, TimerHandle
    from collections.abc import Callable


class BootTimer:
    """Calls back by an event loop, but tells how late that is where the machine has slept."""

    def __init__(self, loop: AbstractEventLoop) -> None:
        self._loop = loop

    def time(self) -> float:
        """Return the present instant, in seconds."""
        if hasattr(time, "CLOCK_BOOTTIME"):
            return time.clock_gettime(time.CLOCK_BOOTTIME)
        return time.monotonic()

    def call_at(self, when: float, callback: Callable[[], object]) -> TimerHandle:
        """Have a callback called once the clock has got to an instant."""
        return self._loop.call_later(max(when - self.time(), 0), callback)
