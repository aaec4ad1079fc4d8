"""A routine that is over in a blink, and whoever listens to it."""

from __future__ import annotations

import importlib
import sys
from typing import TYPE_CHECKING

from supple import Exercise, Hold, Pacing, Routine, Step, Timeline, schedule

if TYPE_CHECKING:
    import pytest

    from supple import Event
    from supple.timers import Timer


def brief_timeline(*holds: float) -> Timeline:
    """Return a routine of holds of so many seconds, each after a step of 10 ms."""
    exercise = Exercise(
        "reach",
        name="Reach",
        kind="stretch",
        position="standing",
        cycle=[
            segment
            for seconds in holds
            for segment in (Step("Reach up", seconds=0.01), Hold("Stay", seconds=seconds))
        ],
    )
    return schedule(Routine("reach", items=[exercise]), pacing=Pacing(get_ready=0, countdown=()))


class Listener:
    """Notes each event, and whether it came early by the clock of the timer."""

    def __init__(self, timer: Timer) -> None:
        self.events: list[Event] = []
        self.early: list[Event] = []
        self._timer = timer
        # The player counts whole milliseconds, those that are over.
        self._start_ms = int(timer.time() * 1000)

    def __call__(self, event: Event) -> None:
        """Take an event, as a runner hands it on."""
        self.events.append(event)
        if self._timer.time() * 1000 < self._start_ms + event.at_ms - 0.01:
            self.early.append(event)

    def has_heard(self, kind: str) -> bool:
        """Tell whether an event of a kind has come."""
        return any(event.kind.value == kind for event in self.events)


def import_without(
    framework: str, adapter: str, monkeypatch: pytest.MonkeyPatch
) -> BaseException | None:
    """Return what importing an adapter raises where its framework is not installed."""
    for name in [name for name in sys.modules if name.partition(".")[0] == framework]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, framework, None)
    monkeypatch.delitem(sys.modules, adapter)
    try:
        importlib.import_module(adapter)
    except ImportError as error:
        return error
    return None
