"""An exercise, as a page to read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from supple import Hold, Side, Sides
from supple._model.sided import on_side
from supple._names import name_of
from supple.cli import _words as words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from supple import DoseSource, Exercise, Mark, Phrases, Step
    from supple.cli._page import Page

_SIDES = {
    Sides.NONE: "none",
    Sides.ALTERNATE: "left and right in turn",
    Sides.EACH: "all on the left, then all on the right",
}


def show_exercise(page: Page, exercise: Exercise, phrases: Phrases) -> None:
    """Write everything that there is to know about an exercise, with the phrases it goes with."""
    page.facts(_facts(exercise, phrases))
    _show_what_to_do(page, exercise, phrases)
    page.points("Take care", ([caution] for caution in exercise.cautions))
    page.points("Sources of the dose", map(_source, exercise.sources))
    page.points(
        "Pictures", ([each.alt, each.path, each.credit or ""] for each in exercise.pictures)
    )


def _facts(exercise: Exercise, phrases: Phrases) -> Iterator[tuple[str, str]]:
    yield "Kind", exercise.kind.replace("-", " ")
    yield "Position", phrases.position(exercise.position)
    yield "Sides", _SIDES[exercise.sides]
    yield "Dose", words.dose(exercise)
    if exercise.rest is not None:
        yield "Rest", f"{words.seconds(exercise.rest)} between sets"
    if exercise.targets:
        yield "Works on", _named(exercise.targets, exercise)
    if exercise.equipment:
        yield "You need", _named(exercise.equipment, exercise)


def _show_what_to_do(page: Page, exercise: Exercise, phrases: Phrases) -> None:
    words_for_sides = phrases.sides()
    on_the_left = "" if exercise.sides is Sides.NONE else ", on the left and likewise on the right"
    number = 0
    for heading, segments in (
        ("To begin with", exercise.setup),
        (f"Each time{on_the_left}", exercise.cycle),
        ("To end with", exercise.finish),
    ):
        if segments:
            page.heading(heading)
        for segment in segments:
            number += 1
            lead = f"  {number}. "
            page.write((lead, "dim"), (_instruction(segment, words_for_sides), ""))
            for mark in segment.marks:
                page.write((" " * len(lead), ""), (_cue(mark), "dim"))


def _instruction(segment: Step | Hold, words_for_sides: Mapping[Side, str]) -> str:
    text = on_side(segment.text, Side.LEFT, words_for_sides)
    if isinstance(segment, Hold):
        return f"Hold {words.seconds(segment.seconds)}: {text}"
    length = "" if segment.seconds is None else words.seconds(segment.seconds)
    if segment.until_ready:
        length = f"about {length}, until you are ready" if length else "until you are ready"
    return f"{text} ({length})" if length else text


def _cue(mark: Mark) -> str:
    if mark.fraction is not None:
        return f"after {mark.fraction:.0%} of the time: {mark.text}"
    return f"{mark.before_end} s before the end: {mark.text}"


def _source(source: DoseSource) -> list[str]:
    gives = ", ".join(source.gives) or "for comparison"
    note = f"default for {gives}" if source.is_default else gives
    return [f"{source.title} ({note})", source.says, source.url or ""]


def _named(words: Iterable[str], exercise: Exercise) -> str:
    return ", ".join(name_of(word, exercise.language) for word in words)
