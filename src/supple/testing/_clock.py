"""A clock that moves when it is told to, and calls back what falls due on the way."""

from __future__ import annotations

from heapq import heappop, heappush
from itertools import count
from typing import TYPE_CHECKING

from supple._errors import ModelError
from supple._model import requirements as must
from supple._units import US_PER_MS, US_PER_SECOND, exact, round_half_up
from supple.timers._closing import Single

if TYPE_CHECKING:
    from collections.abc import Callable

_LATEST = 10**12


class ManualClock(Single):
    """A monotonic clock and a timer in one, which stand still until they are told to go on.

    It stands in for the clock of an event loop: ``time`` and ``call_at`` are shaped after
    those of asyncio. Nothing sleeps, nothing happens by itself, and everything runs in the
    thread that moves the clock.

    Instants are seconds, kept in whole microseconds. So ten steps of 0.1 make exactly 1, and
    a deadline that a sum of floats misses by a hair is still met.

    Args:
        start: What ``time`` returns first.

    >>> clock = ManualClock()
    >>> handle = clock.call_at(2.5, lambda: print("at", clock.time()))
    >>> clock.advance(2)
    >>> clock.advance(2)
    at 2.5
    >>> clock.time()
    4.0
    """

    def __init__(self, start: float = 0) -> None:
        self._now = _ticks("ManualClock.start", start)
        self._queue: list[tuple[int, int, ManualHandle]] = []
        self._number = count()
        self._is_moving = False

    def time(self) -> float:
        """Return the present instant, in seconds."""
        return self._now / US_PER_SECOND

    def time_ms(self) -> int:
        """Return the present instant in whole milliseconds, those that are over."""
        return self._now // US_PER_MS

    def call_at(self, when: float, callback: Callable[[], object]) -> ManualHandle:
        """Have a callback called when the clock gets to an instant.

        What lies in the past, or at the present instant, is called as soon as the clock is
        moved, even by no time at all; never by this method itself.

        Args:
            when: The instant, in seconds.
            callback: What to call. What it returns is ignored.

        Returns:
            A handle, whose ``cancel()`` takes the call back.

        Raises:
            ModelError: If ``when`` is no finite number, or too far away, or there is nothing
                to call. Nothing has changed then.
        """
        ticks = _ticks("ManualClock.call_at.when", when, least=-_LATEST)
        if not callable(callback):
            raise ModelError("ManualClock.call_at.callback", "must be something to call", callback)
        handle = ManualHandle(ticks, callback)
        heappush(self._queue, (ticks, next(self._number), handle))
        return handle

    @property
    def pending(self) -> tuple[float, ...]:
        """The instants of the calls that are still to come, the soonest first."""
        return tuple(
            ticks / US_PER_SECOND
            for ticks, _, handle in sorted(self._queue)
            if not handle.cancelled()
        )

    def advance(self, seconds: float) -> None:
        """Move the clock on, and call what falls due on the way, each at its own instant.

        The calls come in the order of their instants, and in that of ``call_at`` where these
        are equal. A callback sees the clock at its instant, may cancel other calls, and may
        ask for more of them: one that falls due within these seconds is called, too.

        Args:
            seconds: By how much, at least 0.

        Raises:
            ModelError: If ``seconds`` is no such number. The clock stays where it is.
            RuntimeError: If a callback calls it. The clock stays where it is.
            BaseException: Whatever a callback raises. The clock then stands at the instant of
                that call, which does not come again; the later ones are still to come.
        """
        self._move(_ticks("ManualClock.advance.seconds", seconds), is_late=False)

    def jump(self, seconds: float) -> None:
        """Move the clock on at once, and only then call what fell due, late.

        That is how a machine wakes that was asleep. Everything else is as with
        :meth:`advance`: the order, what callbacks may do, and what is raised.

        Args:
            seconds: By how much, at least 0.
        """
        self._move(_ticks("ManualClock.jump.seconds", seconds), is_late=True)

    def _move(self, ticks: int, *, is_late: bool) -> None:
        if self._is_moving:
            raise RuntimeError("a callback must not move the ManualClock that calls it")
        goal = self._now + ticks
        if is_late:
            self._now = goal
        self._is_moving = True
        try:
            while self._queue and self._queue[0][0] <= goal:
                due, _, handle = heappop(self._queue)
                if not handle.cancelled():
                    self._now = max(self._now, due)
                    handle._callback()  # noqa: SLF001 - its own class
        finally:
            self._is_moving = False
        self._now = goal

    def __repr__(self) -> str:
        return f"<ManualClock at {self.time()} s, {len(self.pending)} pending>"


class ManualHandle:
    """A call to come, shaped after ``asyncio.TimerHandle``.

    Made by :meth:`ManualClock.call_at`.
    """

    def __init__(self, ticks: int, callback: Callable[[], object]) -> None:
        self._ticks = ticks
        self._callback = callback
        self._is_cancelled = False

    def when(self) -> float:
        """Return the instant, in seconds."""
        return self._ticks / US_PER_SECOND

    def cancel(self) -> None:
        """Take the call back. It does nothing where the call has come."""
        self._is_cancelled = True

    def cancelled(self) -> bool:
        """Tell whether the call was taken back."""
        return self._is_cancelled


def _ticks(where: str, seconds: object, *, least: int = 0) -> int:
    number = must.Number(least, _LATEST).require(where, seconds)
    return round_half_up(exact(number) * US_PER_SECOND)
