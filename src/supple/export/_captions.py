"""What stands below a video: one caption for each step, hold and rest.

The first line says what to do, the second one the exercise, its load, the side and the
repetition, and in a rest the side that comes. Where an exercise begins, its note is the third.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from supple._timeline.kinds import EventKind
from supple.export._parts import Part, present

if TYPE_CHECKING:
    from collections.abc import Iterator

    from supple._timeline.events import Event
    from supple._timeline.timeline import Timeline

BESIDE = " · "


class Caption(NamedTuple):
    """What is to be read for a while."""

    start_ms: int
    end_ms: int
    lines: tuple[str, ...]


def captions(timeline: Timeline, *, has_counts: bool = True) -> Iterator[Caption]:
    """Yield the captions of a timeline in order, lazily; they tile it.

    Args:
        timeline: What is told.
        has_counts: Whether they say which repetition it is.
    """
    labels = timeline.phrases
    sides = timeline.phrases.sides()
    starts = _exercises(timeline)
    exercise: Event | None = None
    following = next(starts, None)
    for segment in timeline.segments():
        is_first = following is not None and segment.start_ms == following.at_ms
        if is_first:
            exercise, following = following, next(starts, None)
        place: list[str | None] = []
        if segment.why is not None or exercise is None:
            place += [None if segment.next_side is None else sides[segment.next_side]]
        else:
            place += [exercise.text, exercise.load]
            place += [None if segment.side is None else sides[segment.side]]
            if has_counts and segment.rep and segment.reps != 1:
                place.append(labels.rep_of.format(n=segment.rep, total=segment.reps))
        lines = [segment.text, BESIDE.join(filter(None, place))]
        if is_first and exercise is not None and exercise.note is not None:
            lines.append(exercise.note)
        yield Caption(segment.start_ms, segment.end_ms, tuple(filter(None, lines)))


def _exercises(timeline: Timeline) -> Iterator[Event]:
    """Yield where exercises begin, each time, in order and lazily."""
    for n in range(timeline.count(EventKind.EXERCISE_STARTED)):
        yield timeline[timeline.find(EventKind.EXERCISE_STARTED, nth=n)]


def not_in_captions(timeline: Timeline) -> tuple[str, ...]:
    """Return what of a timeline captions do not say."""
    return present(timeline, Part.CUES, Part.WAITS, Part.PICTURES, Part.FIGURES, Part.ADVICE)


def clock(ms: int, point: str) -> str:
    """Return an instant as captions write it, with hours of two digits or more."""
    seconds, ms = divmod(ms, 1000)
    minutes, seconds = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours:02}:{minutes:02}:{seconds:02}{point}{ms:03}"
