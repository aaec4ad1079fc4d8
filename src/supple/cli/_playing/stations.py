"""The exercises of a timeline, one after the other, and how much of each was done."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING, NamedTuple

from supple import EventKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from supple import Timeline


class Station(NamedTuple):
    """An exercise in its place.

    Attributes:
        id: The identifier of the exercise.
        name: What it is called.
        number: Which one it is as the routine is written, from 1, whatever the round.
        total: How many are written.
        start_ms: When it starts, without what leads up to it.
        end_ms: When it ends.
        load: What it is done with.
        note: What the person who prescribed it says.
    """

    id: str
    name: str
    number: int
    total: int
    start_ms: int
    end_ms: int
    load: str | None = None
    note: str | None = None


class Stations:
    """The exercises of a timeline in their order, each found when it is asked for."""

    def __init__(self, timeline: Timeline) -> None:
        self._timeline = timeline
        self._names = {id_: each.name for id_, each in timeline.routine.exercises.items()}

    def __len__(self) -> int:
        return self._timeline.count(EventKind.EXERCISE_STARTED)

    def __getitem__(self, index: int) -> Station:
        start = self._timeline[self._timeline.find(EventKind.EXERCISE_STARTED, nth=index)]
        id_, number, total = start.exercise or "", start.exercise_number, start.exercises
        end_ms = self._end_ms(index)
        return Station(
            id_,
            self._names[id_],
            number or 1,
            total or 1,
            start.at_ms,
            end_ms,
            start.load,
            start.note,
        )

    def __iter__(self) -> Iterator[Station]:
        return map(self.__getitem__, range(len(self)))

    def index_at(self, ms: int) -> int:
        """Return which exercise is under way or comes next; at the end, the last one."""
        return min(bisect_right(range(len(self)), ms, key=self._end_ms), len(self) - 1)

    def _end_ms(self, index: int) -> int:
        return self._timeline[self._timeline.find(EventKind.EXERCISE_ENDED, nth=index)].at_ms


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
