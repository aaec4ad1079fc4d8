"""A routine, as a page to read, in the language of its texts."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from supple import AdviceTier, Circuit, Exercise, Rest
from supple._dosing import (
    amount_in_words,
    dose_in_words,
    frequency_in_words,
    seconds_in_words,
    span_in_words,
)
from supple.cli._catalog_page import durations_ms
from supple.cli._entries import Entries

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from supple import Advice, Phrases, Routine, RoutineItem
    from supple.cli._page import Page

_STYLES = {
    AdviceTier.GENERAL: "bold",
    AdviceTier.STOP: "bold yellow",
    AdviceTier.ROUTINE_CARE: "bold",
    AdviceTier.URGENT: "bold red",
    AdviceTier.EMERGENCY: "bold red",
}


def show_routine(page: Page, routine: Routine, phrases: Phrases) -> None:
    """Write how long a routine takes, what it is made of, and what one should know.

    Rests without a text are called as the phrases have it.
    """
    page.facts(_facts(routine, phrases))
    page.heading(phrases.what_to_do)
    entries = Entries(page, routine.exercises.values())
    for lead, item in _numbered(routine.items, "  "):
        if isinstance(item, Rest):
            seconds = seconds_in_words(item.seconds, phrases)
            page.write((lead, "dim"), (f"{item.text or phrases.rest}, {seconds}", ""))
        elif isinstance(item, Circuit):
            page.write((lead, "dim"), (_rounds(item, phrases), ""))
        else:
            exercise = item if isinstance(item, Exercise) else item.exercise
            entries.write(exercise, dose_in_words(item, phrases=phrases), lead=lead)
            note = None if isinstance(item, Exercise) else item.note
            if note is not None:
                page.write((f"{'':{len(lead)}}{note}", "italic"))
    page.points(phrases.not_for, ([each] for each in routine.contraindications))
    page.points(phrases.take_care, ([each] for each in routine.cautions))
    for tier, style in _STYLES.items():
        advice = [each for each in routine.advice if each.tier is tier]
        _show_advice(page, phrases.tier(tier), style, advice)


def _facts(routine: Routine, phrases: Phrases) -> Iterator[tuple[str, str]]:
    yield phrases.duration, span_in_words(*durations_ms(routine), phrases)
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


def _rounds(circuit: Circuit, phrases: Phrases) -> str:
    rounds = amount_in_words(circuit.rounds)
    text = phrases.one_round if rounds == "1" else phrases.rounds.format(n=rounds)
    if not circuit.rest.high:
        return text
    seconds = seconds_in_words(circuit.rest, phrases)
    return f"{text}, {phrases.between_rounds.format(seconds=seconds)}"


def _show_advice(page: Page, heading: str, style: str, advice: Sequence[Advice]) -> None:
    if advice:
        page.heading(heading, style)
    for source, pieces in groupby(advice, key=lambda each: each.source):
        for each in pieces:
            page.write(("  - ", "dim"), (each.text, ""))
        if source is not None:
            page.write(("    ", ""), (f"({source})", "dim"))
