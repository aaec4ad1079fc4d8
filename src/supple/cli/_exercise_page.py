"""An exercise, as a page to read, in the language of its texts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from supple import Hold, Sides
from supple._dosing import dose_in_words, length_in_words, seconds_in_words
from supple._model.sided import on_side

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from supple import Catalog, DoseSource, Exercise, Mark, Phrases, Side
    from supple.cli._page import Page


def show_exercise(page: Page, exercise: Exercise, catalog: Catalog) -> None:
    """Write everything that there is to know about an exercise of a catalog."""
    phrases = catalog.phrases
    page.facts(_facts(exercise, phrases))
    _show_what_to_do(page, exercise, phrases)
    page.points(phrases.not_for, ([each] for each in exercise.contraindications))
    page.points(phrases.take_care, ([each] for each in exercise.cautions))
    for heading, others in ((phrases.easier, exercise.easier), (phrases.harder, exercise.harder)):
        page.points(heading, ([f"{catalog[id].name} ({catalog.name}/{id})"] for id in others))
    page.points(phrases.sources, (_source(each, phrases) for each in exercise.sources))
    page.points(
        phrases.pictures, ([each.alt, each.path, each.credit or ""] for each in exercise.pictures)
    )
    page.points(phrases.links, ([each.title, each.url] for each in exercise.links))


def _facts(exercise: Exercise, phrases: Phrases) -> Iterator[tuple[str, str]]:
    yield phrases.kind, phrases.name_of(exercise.kind)
    yield phrases.starting_position, phrases.position(exercise.position)
    if exercise.sides is not Sides.NONE:
        order = phrases.both_sides if exercise.sides is Sides.EACH else phrases.in_turn
        yield phrases.which_sides, _both(order, exercise, phrases.sides())
    yield phrases.dose, dose_in_words(exercise, phrases=phrases)
    if exercise.rest is not None:
        rest = seconds_in_words(exercise.rest, phrases)
        yield phrases.rest, phrases.between_sets.format(seconds=rest)
    if exercise.targets:
        yield phrases.works_on, phrases.names_of(exercise.targets)
    if exercise.equipment:
        yield phrases.you_need, phrases.names_of(exercise.equipment)


def _both(order: str, exercise: Exercise, names: Mapping[Side, str]) -> str:
    one, other = (names[each] for each in exercise.with_dose().sides)
    return order.format(one=one, other=other)


def _show_what_to_do(page: Page, exercise: Exercise, phrases: Phrases) -> None:
    names = phrases.sides()
    first = None if exercise.sides is Sides.NONE else exercise.first_side
    each_time = phrases.each_time
    if first is not None:
        each_time = f"{each_time}, {_both(phrases.both_sides, exercise, names)}"
    number = 0
    for heading, segments in (
        (phrases.begin, exercise.setup),
        (each_time, exercise.cycle),
        (phrases.end, exercise.finish),
    ):
        if segments:
            page.heading(heading)
        for segment in segments:
            number += 1
            lead = f"  {number}. "
            length = length_in_words(segment, phrases)
            if isinstance(segment, Hold):
                length = phrases.hold.format(seconds=length)
            text = on_side(segment.text, first, names)
            page.write((lead, "dim"), (f"{text} ({length})" if length else text, ""))
            for mark in segment.marks:
                page.write((" " * len(lead), ""), (_cue(mark, phrases), "dim"))


def _cue(mark: Mark, phrases: Phrases) -> str:
    if mark.fraction is not None:
        return phrases.after_share.format(percent=f"{mark.fraction * 100:g}", text=mark.text)
    seconds = phrases.seconds.format(n=mark.before_end)
    return phrases.before_end.format(seconds=seconds, text=mark.text)


def _source(source: DoseSource, phrases: Phrases) -> list[str]:
    parts = phrases.names_of(source.gives) or phrases.for_comparison
    note = phrases.default_for.format(parts=parts) if source.is_default else parts
    return [f"{source.title} ({note})", source.says, source.url or ""]
