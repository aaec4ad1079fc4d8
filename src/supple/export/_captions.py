"""What stands below a video: one caption for each step, hold and rest.

The first line says what to do, the second one the exercise, the side and the repetition, and in
a rest the side that comes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from supple.export._parts import Part, present

if TYPE_CHECKING:
    from collections.abc import Iterator

    from supple._timeline.timeline import Timeline

_BESIDE = " · "


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
    names = {exercise.id: exercise.name for exercise in timeline.routine.exercises.values()}
    for segment in timeline.segments():
        place = []
        side = segment.side if segment.why is None else segment.next_side
        if segment.why is None and segment.exercise is not None:
            place.append(names[segment.exercise])
        if side is not None:
            place.append(sides[side])
        if has_counts and segment.why is None and segment.rep and segment.reps != 1:
            place.append(labels.rep_of.format(n=segment.rep, total=segment.reps))
        lines = (segment.text, _BESIDE.join(place)) if place else (segment.text,)
        yield Caption(segment.start_ms, segment.end_ms, lines)


def not_in_captions(timeline: Timeline) -> tuple[str, ...]:
    """Return what of a timeline captions do not say."""
    parts = (Part.CUES, Part.WAITS, Part.NOTES, Part.PICTURES, Part.FIGURES, Part.ADVICE)
    return present(timeline, *parts)


def clock(ms: int, point: str) -> str:
    """Return an instant as captions write it, with hours of two digits or more."""
    seconds, ms = divmod(ms, 1000)
    minutes, seconds = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours:02}:{minutes:02}:{seconds:02}{point}{ms:03}"
