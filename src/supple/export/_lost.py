"""What a timeline may have that not every format can carry, and whether it does."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from enum import StrEnum
from typing import Final

from supple._model import Hold, Step
from supple._timeline.kinds import EventKind
from supple._timeline.timeline import Timeline


class Part(StrEnum):
    """A part of a routine, in the words in which ``lost`` names it."""

    CUES = "the cues"
    STEPS = "the steps, holds and rests"
    CHAPTERS = "the chapters"
    COUNTS = "the counts of repetitions, sets and rounds"
    WAITS = "the waits until a person is ready"
    NOTES = "the notes and loads"
    LONG_NOTES = "the notes that there is no time for"
    PICTURES = "the pictures"
    FIGURES = "the figures"
    ADVICE = "the advice"


def present(timeline: Timeline, *parts: Part) -> tuple[str, ...]:
    """Return those of some parts that a timeline has, in words."""
    return tuple(part.value for part in parts if _HAS[part](timeline))


def losing(*parts: Part) -> Callable[[Timeline], tuple[str, ...]]:
    """Return the function ``lost`` of a format that carries all but some parts."""

    def lost(timeline: Timeline) -> tuple[str, ...]:
        """Return what of a timeline the format cannot carry, each in words."""
        return present(timeline, *parts)

    return lost


not_in_events = losing(Part.PICTURES, Part.FIGURES, Part.ADVICE)


def cut(text: str, most: int) -> str:
    """Return as much of a text as so many bytes of UTF-8 hold, in whole characters."""
    return text.encode()[:most].decode(errors="ignore")


def are_cut(texts: Iterable[str], most: int) -> tuple[str, ...]:
    """Return, in words, that some texts are cut to so many bytes, where any of them is."""
    return ("the ends of long texts",) if any(cut(text, most) != text for text in texts) else ()


def _has_notes(timeline: Timeline) -> bool:
    return any(each.note or each.load for each in timeline.routine.prescriptions)


def _segments(timeline: Timeline) -> Iterator[Step | Hold]:
    for exercise in timeline.routine.exercises.values():
        yield from exercise.segments


_CUES = [kind for kind in EventKind if kind.is_cue]
_COUNTED = (EventKind.REP_STARTED, EventKind.SET_STARTED, EventKind.ROUND_STARTED)
_HAS: Final[Mapping[Part, Callable[[Timeline], bool]]] = {
    Part.CUES: lambda timeline: any(map(timeline.count, _CUES)),
    Part.STEPS: lambda _: True,
    Part.CHAPTERS: lambda _: True,
    Part.COUNTS: lambda timeline: any(map(timeline.count, _COUNTED)),
    Part.WAITS: lambda timeline: any(
        isinstance(each, Step) and each.until_ready for each in _segments(timeline)
    ),
    Part.NOTES: _has_notes,
    Part.LONG_NOTES: _has_notes,
    Part.PICTURES: lambda timeline: any(
        exercise.pictures for exercise in timeline.routine.exercises.values()
    ),
    Part.FIGURES: lambda timeline: any(each.pose is not None for each in _segments(timeline)),
    Part.ADVICE: lambda timeline: bool(timeline.routine.advice),
}
