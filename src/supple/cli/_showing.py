"""Catalogs, exercises and routines, as pages to read, in the language of their texts."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from supple import AdviceTier, Circuit, Exercise, Hold, Rest, Sides, dose_in_words, schedule
from supple._dosing import (
    circuit_in_words,
    duration_in_words,
    frequency_in_words,
    length_in_words,
    rest_in_words,
    seconds_in_words,
    span_in_words,
)
from supple._model.sided import on_side
from supple._phrases import phrases_of
from supple.cli._page import Page, screen_width

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from supple import Catalog, DoseSource, Mark, Phrases, Routine, RoutineItem, Side

_GAP = "  "
_ROOM_FOR_TEXT = 20
_COMMAND = 36
_MORE = (
    ("supple show knee-rolls", "one exercise or routine, to read"),
    ("supple export lower-back --to html", "one file, to print, send or play"),
    ("supple list", "everything that is installed"),
    ("supple --help", "all the commands"),
)
_STYLES = {
    AdviceTier.GENERAL: "bold",
    AdviceTier.STOP: "bold yellow",
    AdviceTier.ROUTINE_CARE: "bold",
    AdviceTier.URGENT: "bold red",
    AdviceTier.EMERGENCY: "bold red",
}


def welcome() -> None:
    """Write the routines that are installed, each with the command that plays it."""
    from supple.cli._lookup import catalogs

    page = Page()
    page.write(("Guided stretching and mobility routines.", "bold"))
    read, _ = catalogs(None, language=None)
    known = [(catalog.title, map(_playable, catalog.routines.values())) for catalog in read]
    for title, lines in [*known, ("And also", _MORE)]:
        for i, (command, about) in enumerate(lines):
            if not i:
                page.heading(title)
            page.write((f"  {command:{_COMMAND}}", "cyan"), (about, ""))


def _playable(routine: Routine) -> tuple[str, str]:
    ms, phrases = schedule(routine).duration_ms, phrases_of(routine)
    return f"supple play {routine.id}", f"{routine.name}, {duration_in_words(ms, phrases)}"


def show_catalogs(read: Iterable[Catalog]) -> None:
    """Write catalogs with all that they hold, one after the other."""
    page = Page()
    for i, catalog in enumerate(read):
        if i:
            page.write()
        page.title(catalog.title, f"{catalog.name} {catalog.version}", catalog.summary)
        phrases = catalog.phrases
        if len(catalog.languages) > 1:
            page.write((phrases.languages.format(tags=", ".join(catalog.languages)), "dim"))
        exercises, routines = catalog.exercises.values(), catalog.routines.values()
        write = _entries(page, [*exercises, *routines])
        page.heading(phrases.exercises)
        for exercise in exercises:
            write(_GAP, exercise, dose_in_words(exercise))
        if routines:
            page.heading(phrases.routines)
        for routine in routines:
            write(_GAP, routine, _span(routine))


def _entries(
    page: Page, things: Iterable[Exercise | Routine]
) -> Callable[[str, Exercise | Routine, str], None]:
    """Return what writes a line for any of some things: what leads, its id, its name, a text.

    The columns are wide enough for all of them. Where a screen is too narrow for three columns,
    the name gives way.
    """
    things = tuple(things)
    ids = max((len(each.id) for each in things), default=0)
    names = max((screen_width(each.name) for each in things), default=0)

    def write(lead: str, thing: Exercise | Routine, text: str) -> None:
        taken = len(lead) + ids + len(_GAP) + names + len(_GAP)
        name = thing.name + " " * (names - screen_width(thing.name)) + _GAP
        if page.width is not None and page.width - taken < _ROOM_FOR_TEXT:
            name = ""
        page.write((lead, "dim"), (f"{thing.id:{ids}}{_GAP}", "cyan"), (name, ""), (text, ""))

    return write


def _span(routine: Routine) -> str:
    """Return how long a routine takes at the gentle end and at the full dose."""
    gentle, full = (schedule(routine, level=level).duration_ms for level in (0, 1))
    return span_in_words(gentle, full, phrases_of(routine))


# --- an exercise ----------------------------------------------------------------------------


def show_exercise(page: Page, exercise: Exercise, catalog: Catalog) -> None:
    """Write everything that there is to know about an exercise of a catalog."""
    phrases = catalog.phrases
    page.facts(_facts_of_exercise(exercise, phrases))
    _show_steps(page, exercise, phrases)
    _show_warnings(page, exercise, phrases)
    for heading, others in ((phrases.easier, exercise.easier), (phrases.harder, exercise.harder)):
        page.points(heading, ([f"{catalog[id].name} ({catalog.name}/{id})"] for id in others))
    page.points(phrases.sources, (_source(each, phrases) for each in exercise.sources))
    page.points(
        phrases.pictures, ([each.alt, each.path, each.credit or ""] for each in exercise.pictures)
    )
    page.points(phrases.links, ([each.title, each.url] for each in exercise.links))


def _show_warnings(page: Page, thing: Exercise | Routine, phrases: Phrases) -> None:
    page.points(phrases.not_for, ([each] for each in thing.contraindications))
    page.points(phrases.take_care, ([each] for each in thing.cautions))


def _facts_of_exercise(exercise: Exercise, phrases: Phrases) -> Iterator[tuple[str, str]]:
    yield phrases.kind, phrases.name_of(exercise.kind)
    yield phrases.starting_position, phrases.name_of(exercise.position)
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


def _show_steps(page: Page, exercise: Exercise, phrases: Phrases) -> None:
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


# --- a routine ------------------------------------------------------------------------------


def show_routine(page: Page, routine: Routine) -> None:
    """Write how long a routine takes, what it is made of, and what one should know."""
    phrases = phrases_of(routine)
    page.facts(_facts_of_routine(routine, phrases))
    page.heading(phrases.what_to_do)
    write = _entries(page, routine.exercises.values())
    for lead, item in _numbered(routine.items, "  "):
        if isinstance(item, Rest):
            page.write((lead, "dim"), (rest_in_words(item, phrases), ""))
        elif isinstance(item, Circuit):
            page.write((lead, "dim"), (", ".join(circuit_in_words(item, phrases)), ""))
        elif isinstance(item, Exercise):
            write(lead, item, dose_in_words(item, phrases=phrases))
        else:
            write(lead, item.exercise, dose_in_words(item, phrases=phrases))
            if item.note is not None:
                page.write((f"{'':{len(lead)}}{item.note}", "italic"))
    _show_warnings(page, routine, phrases)
    _show_advice(page, routine, phrases)


def _show_advice(page: Page, routine: Routine, phrases: Phrases) -> None:
    for tier, style in _STYLES.items():
        advice = routine.advice_in(tier)
        if advice:
            page.heading(phrases.tier(tier), style)
        for source, pieces in groupby(advice, key=lambda each: each.source):
            for each in pieces:
                page.write(("  - ", "dim"), (each.text, ""))
            if source is not None:
                page.write(("    ", ""), (f"({source})", "dim"))


def _facts_of_routine(routine: Routine, phrases: Phrases) -> Iterator[tuple[str, str]]:
    yield phrases.duration, _span(routine)
    if routine.frequency is not None:
        yield phrases.how_often, frequency_in_words(routine.frequency, phrases)
    if routine.equipment:
        yield phrases.you_need, phrases.names_of(routine.equipment)


def _numbered(items: Sequence[RoutineItem], indent: str) -> Iterator[tuple[str, RoutineItem]]:
    """Yield every item, those of a circuit after it, with its number below that of the circuit."""
    digits = len(str(len(items)))
    for i, item in enumerate(items, start=1):
        lead = f"{indent}{i:{digits}}. "
        yield lead, item
        if isinstance(item, Circuit):
            yield from _numbered(item.items, " " * len(lead))
