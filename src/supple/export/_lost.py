"""What a timeline may have that not every format can carry, and whether it does."""

from collections.abc import Callable, Iterable, Mapping
from enum import StrEnum
from typing import Final

from supple._model import Circuit, Rest, RoutineItem
from supple._timeline.kinds import EventKind
from supple._timeline.timeline import Timeline


class Part(StrEnum):
    """A part of a routine, in the words in which ``lost`` names it."""

    CUES = "the cues"
    STEPS = "the steps and holds"
    RESTS = "the rests between exercises"
    CHAPTERS = "the chapters"
    COUNTS = "the counts of repetitions, sets and rounds"
    WAITS = "the waits until a person is ready"
    NOTES = "the notes and loads"
    PICTURES = "the pictures"
    FIGURES = "the figures"
    ADVICE = "the advice"
    CAUTIONS = "the cautions and contraindications"
    AIMS = "what the exercises are good for"
    LINKS = "the links"
    SOURCES = "the sources of the doses"


def present(timeline: Timeline, *parts: Part) -> tuple[str, ...]:
    """Return those of some parts that a timeline has, in words."""
    return tuple(part.value for part in parts if _HAS[part](timeline))


def carrying(*parts: Part) -> Callable[[Timeline], tuple[str, ...]]:
    """Return the function ``lost`` of a format that carries some parts and no other one."""

    def lost(timeline: Timeline) -> tuple[str, ...]:
        """Return what of a timeline the format cannot carry, each in words."""
        return present(timeline, *(part for part in Part if part not in parts))

    return lost


not_in_captions = carrying(Part.STEPS, Part.RESTS, Part.CHAPTERS, Part.COUNTS, Part.NOTES)
not_in_chapters = carrying(Part.CHAPTERS)
IN_EVENTS: Final = (
    *(Part.CUES, Part.STEPS, Part.RESTS, Part.CHAPTERS, Part.COUNTS, Part.WAITS, Part.NOTES),
)
not_in_events = carrying(*IN_EVENTS)


def cut(text: str, most: int) -> str:
    """Return as much of a text as so many bytes of UTF-8 hold, in whole characters."""
    return text.encode()[:most].decode(errors="ignore")


def are_cut(texts: Iterable[str], most: int) -> tuple[str, ...]:
    """Return, in words, that some texts are cut to so many bytes, where any of them is."""
    return ("the ends of long texts",) if any(cut(text, most) != text for text in texts) else ()


def _has_rests(items: Iterable[RoutineItem]) -> bool:
    return any(
        isinstance(item, Rest)
        or (isinstance(item, Circuit) and bool(item.rest.high or _has_rests(item.items)))
        for item in items
    )


def _of_exercises(*names: str) -> Callable[[Timeline], bool]:
    """Return what tells whether any exercise has something of some names."""

    def has(timeline: Timeline) -> bool:
        exercises = timeline.routine.exercises.values()
        return any(getattr(each, name) for each in exercises for name in names)

    return has


_CUES = [kind for kind in EventKind if kind.is_cue]
_COUNTED = (EventKind.REP_STARTED, EventKind.SET_STARTED, EventKind.ROUND_STARTED)
_HAS: Final[Mapping[Part, Callable[[Timeline], bool]]] = {
    Part.CUES: lambda timeline: any(map(timeline.count, _CUES)),
    Part.STEPS: lambda _: True,
    Part.RESTS: lambda timeline: _has_rests(timeline.routine.items),
    Part.CHAPTERS: lambda _: True,
    Part.COUNTS: lambda timeline: any(map(timeline.count, _COUNTED)),
    Part.WAITS: _of_exercises("has_wait"),
    Part.NOTES: lambda timeline: any(
        each.note or each.load for each in timeline.routine.prescriptions
    ),
    Part.PICTURES: _of_exercises("pictures"),
    Part.FIGURES: lambda timeline: any(
        segment.pose is not None
        for exercise in timeline.routine.exercises.values()
        for segment in exercise.segments
    ),
    Part.ADVICE: lambda timeline: bool(timeline.routine.advice),
    Part.CAUTIONS: _of_exercises("cautions", "contraindications"),
    Part.AIMS: _of_exercises("purpose", "targets"),
    Part.LINKS: _of_exercises("links"),
    Part.SOURCES: _of_exercises("sources"),
}
