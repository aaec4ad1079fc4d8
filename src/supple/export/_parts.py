"""What a timeline may have that not every format can carry: the words for it, and whether it does.

>>> import supple
>>> back = supple.load_catalog("lower-back")
>>> present(supple.schedule(back.routines["lower-back"]), Part.WAITS, Part.ADVICE)
('the advice',)
"""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Final

from supple._model import Circuit, Exercise, Prescription
from supple._timeline.kinds import EventKind

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from supple._model import RoutineItem
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


def not_in_events(timeline: Timeline) -> tuple[str, ...]:
    """Return what of a timeline is no event: pictures, figures and advice."""
    return present(timeline, Part.PICTURES, Part.FIGURES, Part.ADVICE)


def cut(text: str, most: int) -> str:
    """Return as much of a text as so many bytes of UTF-8 hold, in whole characters."""
    return text.encode()[:most].decode(errors="ignore")


def are_cut(texts: Iterable[str], most: int) -> tuple[str, ...]:
    """Return, in words, that some texts are cut to so many bytes, where any of them is."""
    return ("the ends of long texts",) if any(cut(text, most) != text for text in texts) else ()


def _has_cues(timeline: Timeline) -> bool:
    return any(timeline.count(kind) for kind in EventKind if kind.is_cue)


def _always(_: Timeline) -> bool:
    return True


def _has_counts(timeline: Timeline) -> bool:
    counted = (EventKind.REP_STARTED, EventKind.SET_STARTED, EventKind.ROUND_STARTED)
    return any(timeline.count(kind) for kind in counted)


def _has_waits(timeline: Timeline) -> bool:
    return any(
        getattr(segment, "until_ready", False)
        for exercise in timeline.routine.exercises.values()
        for segment in (*exercise.setup, *exercise.cycle, *exercise.finish)
    )


def _has_notes(timeline: Timeline) -> bool:
    return any(each.note or each.load for each in _prescriptions(timeline.routine.items))


def _prescriptions(items: Iterable[RoutineItem]) -> Iterator[Prescription]:
    for item in items:
        if isinstance(item, Circuit):
            yield from _prescriptions(item.items)
        elif isinstance(item, Prescription):
            yield item


def _has_pictures(timeline: Timeline) -> bool:
    return any(exercise.pictures for exercise in timeline.routine.exercises.values())


def _has_figures(timeline: Timeline) -> bool:
    return any(_poses(exercise) for exercise in timeline.routine.exercises.values())


def _poses(exercise: Exercise) -> bool:
    segments = (*exercise.setup, *exercise.cycle, *exercise.finish)
    return any(segment.pose is not None for segment in segments)


def _has_advice(timeline: Timeline) -> bool:
    return bool(timeline.routine.advice)


_HAS: Final[Mapping[Part, Callable[[Timeline], bool]]] = {
    Part.CUES: _has_cues,
    Part.STEPS: _always,
    Part.CHAPTERS: _always,
    Part.COUNTS: _has_counts,
    Part.WAITS: _has_waits,
    Part.NOTES: _has_notes,
    Part.LONG_NOTES: _has_notes,
    Part.PICTURES: _has_pictures,
    Part.FIGURES: _has_figures,
    Part.ADVICE: _has_advice,
}
