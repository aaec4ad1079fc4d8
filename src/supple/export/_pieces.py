"""What formats are made of: chapters, captions, instructions, and the routine at its two ends."""

from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import Final, NamedTuple

from supple._dosing import BESIDE, length_in_words
from supple._errors import ExportError
from supple._model import Hold, Prescription
from supple._model.sided import on_side
from supple._phrases import Phrases
from supple._timeline.events import Event, Segment
from supple._timeline.kinds import EventKind
from supple._timeline.schedule import schedule
from supple._timeline.timeline import ExerciseSpan, Timeline

MOST_CHAPTERS: Final = 1_000


class Piece(NamedTuple):
    """A stretch of a timeline, and what is to be read of it: the first line is its title."""

    start_ms: int
    end_ms: int
    lines: tuple[str, ...]

    @property
    def title(self) -> str:
        return self.lines[0]


def segments_in(timeline: Timeline, exercise: ExerciseSpan) -> Iterator[Segment]:
    """Yield the segments of an exercise from where it starts, lazily."""
    ms = exercise.start_ms
    while ms < exercise.end_ms:
        segment = timeline.at(ms).segment
        yield segment
        ms = segment.end_ms


def require_few_exercises(timeline: Timeline, format_name: str, most: int) -> None:
    """Require that a timeline has at most so many exercises, each time counted."""
    count = timeline.count(EventKind.EXERCISE_STARTED)
    if count > most:
        requirement = f"must have at most {most:,} exercises, each time counted"
        raise ExportError(format_name, requirement, count)


def require_same_routine(timelines: Iterable[Timeline], format_name: str) -> None:
    """Require that timelines differ in words alone."""
    shapes = {each.routine.language: each.shape for each in timelines}
    if len({*shapes.values()}) > 1:
        where = f"{format_name}.translations"
        raise ExportError(where, "must be the same routine", [*shapes])


def chapters(timeline: Timeline, format_name: str) -> list[Piece]:
    """Return the chapters of a timeline, which tile it.

    What comes before the first exercise is one of its own, with the name of the routine.

    Raises:
        ExportError: If it has more than ``MOST_CHAPTERS`` exercises, each time counted.
    """
    require_few_exercises(timeline, format_name, MOST_CHAPTERS)
    titled = [(0, timeline.routine.name)]
    titled += [(each.start_ms, each.started.text) for each in timeline.exercises]
    return [
        Piece(start_ms, end_ms, (title,))
        for (start_ms, title), (end_ms, _) in pairwise([*titled, (timeline.duration_ms, "")])
        if start_ms < end_ms
    ]


def captions(timeline: Timeline, *, has_counts: bool = True) -> Iterator[Piece]:
    """Yield the captions of a timeline in order, lazily; they tile it.

    The first line says what to do, the second one the exercise, its load, the side and the
    repetition (if ``has_counts``), and in a rest the side that comes. Where an exercise begins,
    its note is the third.
    """
    phrases, sides = timeline.phrases, timeline.phrases.sides()
    starts = (each.started for each in timeline.exercises)
    exercise: Event | None = None
    following = next(starts, None)
    for segment in timeline.segments():
        is_first = following is not None and segment.start_ms == following.at_ms
        if is_first:
            exercise, following = following, next(starts, None)
        if segment.why is not None or exercise is None:
            place = [segment.next_side and sides[segment.next_side]]
        else:
            place = [exercise.text, exercise.load, segment.side and sides[segment.side]]
            if has_counts and segment.rep and segment.reps != 1:
                place.append(phrases.rep_of.format(n=segment.rep, total=segment.reps))
        lines = [segment.text, BESIDE.join(filter(None, place))]
        if is_first and exercise is not None and exercise.note is not None:
            lines.append(exercise.note)
        yield Piece(segment.start_ms, segment.end_ms, tuple(filter(None, lines)))


def instructions(item: Prescription, phrases: Phrases, *, has_holds: bool = True) -> Iterator[str]:
    """Yield what is done in an exercise, and how long if ``has_holds`` or if it is no hold."""
    exercise, sides = item.exercise, phrases.sides()
    first, *others = item.sides or (None,)
    for segment in (*exercise.setup, *item.cycle, *exercise.finish):
        is_told = has_holds or not isinstance(segment, Hold)
        length = length_in_words(segment, phrases) if is_told else ""
        text = on_side(segment.text, first, sides)
        yield f"{text} ({length})" if length else text
    if first is not None:
        for other in others:
            yield phrases.both_sides.format(one=sides[first], other=sides[other])


def at_level(timeline: Timeline, level: float) -> Timeline:
    """Return the routine of a timeline, laid out at another level."""
    routine, pacing, phrases = timeline.routine, timeline.pacing, timeline.phrases
    return schedule(routine, level=level, pacing=pacing, phrases=phrases)


def ends_ms(timeline: Timeline) -> tuple[int, int]:
    """Return how long the routine takes at the gentle end and at the full dose."""
    return at_level(timeline, 0).duration_ms, at_level(timeline, 1).duration_ms
