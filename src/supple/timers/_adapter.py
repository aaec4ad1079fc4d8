"""What the adapters have in common: what they require of a call, and how it is taken back."""

from __future__ import annotations

import time
from contextlib import suppress
from math import isfinite
from typing import TYPE_CHECKING, final

from supple._errors import ModelError
from supple._model import requirements as must

if TYPE_CHECKING:
    from collections.abc import Callable

    from supple.timers._protocol import Handle


class Adapter:
    """A timer by what a framework has."""

    def time(self) -> float:
        """Return the present instant of :func:`time.monotonic`, in seconds."""
        return time.monotonic()

    def call_at(self, when: float, callback: Callable[[], object], /) -> Handle:
        """Have a callback called once the clock has got to an instant.

        Args:
            when: The instant, in seconds.
            callback: What to call, a plain function. What it returns is ignored.

        Raises:
            ModelError: If ``when`` is no finite number, or there is nothing to call. Nothing
                has changed then.
        """
        where = f"{type(self).__name__}.call_at"
        if not isfinite(must.REAL.require(f"{where}.when", when)):
            raise ModelError(f"{where}.when", "must be a finite number", when)
        if not callable(callback):
            raise ModelError(f"{where}.callback", "must be something to call", callback)
        return self._call_at(when, callback)

    def _call_at(self, when: float, callback: Callable[[], object]) -> Handle:
        raise NotImplementedError


@final
class Call:
    """A call to come, by what takes it back and what that raises where it is too late."""

    def __init__(self, cancel: Callable[[], object], *too_late: type[Exception]) -> None:
        self._cancel = cancel
        self._too_late = too_late

    def cancel(self) -> None:
        with suppress(*self._too_late):
            self._cancel()
