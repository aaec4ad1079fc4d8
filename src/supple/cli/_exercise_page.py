"""An exercise, as a page to read, in the language of its texts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from supple import Hold, Sides
from supple._dosing import dose_in_words, length_in_words, seconds_in_words
from supple._labels import labels_for
from supple._model.sided import on_side
from supple._names import name_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from supple import DoseSource, Exercise, Mark, Phrases, Side
    from supple._labels import Labels
    from supple.cli._page import Page


def show_exercise(page: Page, exercise: Exercise, phrases: Phrases) -> None:
    """Write everything that there is to know about an exercise, with the phrases it goes with."""
    labels = labels_for(exercise.language)
    page.facts(_facts(exercise, phrases, labels))
    _show_what_to_do(page, exercise, phrases, labels)
    page.points(labels.not_for, ([each] for each in exercise.contraindications))
    page.points(labels.take_care, ([each] for each in exercise.cautions))
    page.points(labels.easier, ([each] for each in exercise.easier))
    page.points(labels.harder, ([each] for each in exercise.harder))
    page.points(
        labels.sources, (_source(each, exercise.language, labels) for each in exercise.sources)
    )
    page.points(
        labels.pictures, ([each.alt, each.path, each.credit or ""] for each in exercise.pictures)
    )
    page.points(labels.links, ([each.title, each.url] for each in exercise.links))


def names_of(words: Iterable[str], language: str) -> str:
    """Return what targets or pieces of equipment are called, one after the other."""
    return ", ".join(name_of(word, language) for word in words)


def _facts(exercise: Exercise, phrases: Phrases, labels: Labels) -> Iterator[tuple[str, str]]:
    yield labels.kind, name_of(exercise.kind, exercise.language)
    yield labels.position, phrases.position(exercise.position)
    if exercise.sides is not Sides.NONE:
        order = labels.both_sides if exercise.sides is Sides.EACH else labels.in_turn
        yield labels.sides, _both(order, exercise, phrases.sides())
    yield labels.dose, dose_in_words(exercise, language=labels.language)
    if exercise.rest is not None:
        rest = seconds_in_words(exercise.rest, labels)
        yield phrases.rest, labels.between_sets.format(seconds=rest)
    if exercise.targets:
        yield labels.works_on, names_of(exercise.targets, exercise.language)
    if exercise.equipment:
        yield labels.you_need, names_of(exercise.equipment, exercise.language)


def _both(order: str, exercise: Exercise, names: Mapping[Side, str]) -> str:
    one, other = (names[each] for each in exercise.with_dose().sides)
    return order.format(one=one, other=other)


def _show_what_to_do(page: Page, exercise: Exercise, phrases: Phrases, labels: Labels) -> None:
    names = phrases.sides()
    first = None if exercise.sides is Sides.NONE else exercise.first_side
    each_time = labels.each_time
    if first is not None:
        each_time = f"{each_time}, {_both(labels.both_sides, exercise, names)}"
    number = 0
    for heading, segments in (
        (labels.begin, exercise.setup),
        (each_time, exercise.cycle),
        (labels.end, exercise.finish),
    ):
        if segments:
            page.heading(heading)
        for segment in segments:
            number += 1
            lead = f"  {number}. "
            length = length_in_words(segment, labels)
            if isinstance(segment, Hold):
                length = labels.hold.format(seconds=length)
            text = on_side(segment.text, first, names)
            page.write((lead, "dim"), (f"{text} ({length})" if length else text, ""))
            for mark in segment.marks:
                page.write((" " * len(lead), ""), (_cue(mark, labels), "dim"))


def _cue(mark: Mark, labels: Labels) -> str:
    if mark.fraction is not None:
        return labels.after_share.format(percent=f"{mark.fraction * 100:g}", text=mark.text)
    seconds = labels.seconds.format(n=mark.before_end)
    return labels.before_end.format(seconds=seconds, text=mark.text)


def _source(source: DoseSource, language: str, labels: Labels) -> list[str]:
    parts = names_of(source.gives, language) or labels.for_comparison
    note = labels.default_for.format(parts=parts) if source.is_default else parts
    return [f"{source.title} ({note})", source.says, source.url or ""]
