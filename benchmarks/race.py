"""A runner and a bare primitive side by side, each with an event every few milliseconds."""

from __future__ import annotations

from functools import cache
from statistics import median
from typing import TYPE_CHECKING

from supple import EventKind, Exercise, Hold, Pacing, Routine, schedule
from supple.timers import Runner

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from supple import Event, Timeline
    from supple.timers import Timer

EVENTS = 500
PERIOD_MS = 10
ENDS = 50
"""So many events at either end are compared to find a drift."""


class Race:
    """What came of it: how late each event was, in milliseconds.

    Both are under way at once and half a period apart, so that whatever disturbs one of them
    disturbs the other. Both wait for absolute deadlines.
    """

    def __init__(self) -> None:
        self.ours: list[float] = []
        self.bare: list[float] = []
        self._stop: Callable[[], object] | None = None

    def start(self, timer: Timer, now: Callable[[], float], stop: Callable[[], object]) -> None:
        """Start the runner; have what runs both stopped once both are over."""

        def on_event(event: Event) -> None:
            if event.kind is EventKind.HOLD_ENDED:
                self.ours.append(now() * 1_000 - start_ms - event.at_ms)
                self._stop_if_over()

        self._stop = stop
        runner = Runner(_holds(), timer, on_event)
        runner.start()
        deadline_ms = runner.player.next_deadline_ms
        assert deadline_ms is not None
        start_ms = deadline_ms - PERIOD_MS

    def deadlines(self, now: Callable[[], float]) -> Iterator[float]:
        """Yield the instants to wait for; when the next is asked for, one has come."""
        start = now() + PERIOD_MS / 2_000
        for number in range(1, EVENTS + 1):
            when = start + number * PERIOD_MS / 1_000
            yield when
            self.bare.append((now() - when) * 1_000)
        self._stop_if_over()

    def chain(
        self,
        now: Callable[[], float],
        call_at: Callable[[float, Callable[[], None]], object],
    ) -> None:
        """Wait for one deadline after the other, with what calls back."""
        deadlines = self.deadlines(now)

        def come() -> None:
            if (when := next(deadlines, None)) is not None:
                call_at(when, come)

        come()

    def _stop_if_over(self) -> None:
        if len(self.ours) == len(self.bare) == EVENTS and self._stop is not None:
            stop, self._stop = self._stop, None
            stop()


def drift_ms(latenesses: list[float]) -> float:
    """Return by how much the last events were later than the first ones."""
    return median(latenesses[-ENDS:]) - median(latenesses[:ENDS])


@cache
def _holds() -> Timeline:
    exercise = Exercise(
        "pulse",
        name="Pulse",
        kind="stretch",
        position="standing",
        cycle=[Hold("Stay", seconds=PERIOD_MS / 1_000)],
        reps=EVENTS,
    )
    return schedule(Routine("pulse", items=[exercise]), pacing=Pacing(get_ready=0, countdown=()))
