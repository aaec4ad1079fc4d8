"""The bench that a timer is checked on: it notes the calls, and lets the framework run."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Final, TypeAlias

from supple.timers import Timer

Run: TypeAlias = Callable[[Callable[[], bool], float], object]
"""What lets a framework run until a condition holds, or until so many seconds are over."""

OpenTimer: TypeAlias = Callable[[], AbstractContextManager[tuple[Timer, Run]]]
"""What makes a context manager of a timer and of what lets its framework run."""

LONGEST: Final = 5.0
"""How many seconds a call may take to come: a loaded machine needs some of them."""


class Bench:
    """A timer that is being checked, and the calls that it has made."""

    def __init__(self, timer: Timer, run: Run) -> None:
        self.timer = timer
        self.calls: list[tuple[str, float]] = []
        self._run = run

    @property
    def names(self) -> list[str]:
        """What has been called, in order."""
        return [name for name, _ in self.calls]

    def note(self, name: str) -> Callable[[], None]:
        """Return a callback that notes that it was called, and when."""
        return lambda: self.calls.append((name, self.timer.time()))

    def ask(self, name: str, *, at: float) -> None:
        """Ask for a call that is noted."""
        self.timer.call_at(at, self.note(name))

    def run(self, until: Callable[[], bool]) -> bool:
        """Let the framework run; return whether it got there in time."""
        self._run(until, LONGEST)
        return until()

    def run_until(self, name: str) -> bool:
        """Let the framework run until a call has come; return whether it has."""
        return self.run(lambda: name in self.names)

    def run_for(self, seconds: float) -> bool:
        """Let the framework run until a call has come that is asked for so much later."""
        witness = f"witness {len(self.calls)}"
        self.ask(witness, at=self.timer.time() + seconds)
        return self.run_until(witness)
