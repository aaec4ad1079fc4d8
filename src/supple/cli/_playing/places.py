"""Which exercise is under way, where to start, and what was done."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from supple import EventKind
from supple._errors import close_matches, show, suggestion
from supple._units import ms_to_clock, ms_to_clock_in_seconds, seconds_to_ms
from supple.cli._command import UsageError

if TYPE_CHECKING:
    from supple import Timeline

_CLOCK = re.compile(r"(?:(\d{1,4}):)?(\d{1,4}):([0-5]\d)")


def start_of(timeline: Timeline, name: str) -> int:
    """Return the offset at which an exercise begins, its id or name given; or a time, as 3:20.

    What leads up to it belongs to it. Of several times, the first one is meant.
    """
    if clock := _CLOCK.fullmatch(name):
        hours, minutes, seconds = (int(each or 0) for each in clock.groups())
        at_ms = seconds_to_ms((hours * 60 + minutes) * 60 + seconds)
        if at_ms >= timeline.duration_ms:
            length = ms_to_clock(timeline.duration_ms)
            raise UsageError(f"--from: must be before the end at {length} (got {name})")
        return at_ms
    ids: dict[str, str] = {}
    for exercise in timeline.routine.exercises.values():
        ids.setdefault(exercise.name.casefold(), exercise.id)
    ids |= {id_: id_ for id_ in timeline.routine.exercises}
    wanted = ids.get(name.casefold())
    if wanted is None:
        hint = suggestion(close_matches(name, [*ids]), [*timeline.routine.exercises])
        raise UsageError(f"--from: no exercise of the routine is named {show(name)}{hint}")

    index = timeline.find(EventKind.EXERCISE_STARTED, exercise=wanted)
    return timeline.exercises.at(timeline[index].at_ms).lead_in_ms


def place_of(timeline: Timeline, ms: int) -> str:
    """Return how to name a place so that one starts with the exercise under way there.

    It is the id of the exercise, or a time where that comes several times.
    """
    exercise = timeline.exercises.at(ms).started
    first = timeline.find(EventKind.EXERCISE_STARTED, exercise=exercise.exercise)
    if exercise.exercise is not None and timeline[first].at_ms == exercise.at_ms:
        return exercise.exercise
    return ms_to_clock_in_seconds(exercise.at_ms)


class Done:
    """Which stretches of a timeline a person has been through, whatever the way."""

    def __init__(self) -> None:
        self._spans: list[tuple[int, int]] = []
        self._from_ms: int | None = None

    def begin(self, ms: int) -> None:
        """Note that it goes on from an offset."""
        self._from_ms = ms

    def reach(self, ms: int) -> None:
        """Note that everything from where it went on to an offset was done, and no more is."""
        if self._from_ms is None:
            return
        merged: list[tuple[int, int]] = []
        for start, end in sorted([*self._spans, (self._from_ms, max(ms, self._from_ms))]):
            if merged and start <= merged[-1][1]:
                merged[-1] = (merged[-1][0], max(merged[-1][1], end))
            else:
                merged.append((start, end))
        self._spans = merged
        self._from_ms = None

    def within(self, start_ms: int, end_ms: int) -> int:
        """Return how many milliseconds were done of a stretch."""
        return sum(max(0, min(end, end_ms) - max(start, start_ms)) for start, end in self._spans)
