"""A routine, as a page to read."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from supple import AdviceTier, Circuit, Exercise, Rest
from supple.cli import _words as words
from supple.cli._entries import Entries

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from supple import Advice, Phrases, Routine, RoutineItem
    from supple.cli._page import Page

_TIERS = {
    AdviceTier.GENERAL: ("General advice", "bold"),
    AdviceTier.STOP: ("Stop", "bold yellow"),
    AdviceTier.ROUTINE_CARE: ("Routine care", "bold"),
    AdviceTier.URGENT: ("Urgent care", "bold red"),
    AdviceTier.EMERGENCY: ("Emergency", "bold red"),
}


def show_routine(page: Page, routine: Routine, phrases: Phrases) -> None:
    """Write how long a routine takes, what it is made of, and what one should know.

    Rests without a text are called as the phrases have it.
    """
    gentle, full = map(words.duration, words.durations_ms(routine))
    both = f"{gentle} at the gentle end, {full} at the full dose"
    page.facts([("Duration", gentle if gentle == full else both)])
    page.heading("What to do")
    entries = Entries(page, routine.exercises.values())
    for lead, item in _numbered(routine.items, "  "):
        if isinstance(item, Rest):
            text = item.text or phrases.rest
            page.write((lead, "dim"), (f"{text}, {words.seconds(item.seconds)}", ""))
        elif isinstance(item, Circuit):
            page.write((lead, "dim"), (_rounds(item), ""))
        else:
            exercise = item if isinstance(item, Exercise) else item.exercise
            entries.write(exercise, words.dose(item), lead=lead)
    for tier, (heading, style) in _TIERS.items():
        _show_advice(page, heading, style, [a for a in routine.advice if a.tier is tier])


def _numbered(items: Sequence[RoutineItem], indent: str) -> Iterator[tuple[str, RoutineItem]]:
    """Yield every item, those of a circuit after it, with its number below that of the circuit."""
    digits = len(str(len(items)))
    for i, item in enumerate(items, start=1):
        lead = f"{indent}{i:{digits}}. "
        yield lead, item
        if isinstance(item, Circuit):
            yield from _numbered(item.items, " " * len(lead))


def _rounds(circuit: Circuit) -> str:
    rounds = words.amount(circuit.rounds)
    text = "1 round" if rounds == "1" else f"{rounds} rounds"
    return f"{text}, rest {words.seconds(circuit.rest)} between" if circuit.rest.high else text


def _show_advice(page: Page, heading: str, style: str, advice: Sequence[Advice]) -> None:
    if advice:
        page.heading(heading, style)
    for source, pieces in groupby(advice, key=lambda each: each.source):
        for each in pieces:
            page.write(("  - ", "dim"), (each.text, ""))
        if source is not None:
            page.write(("    ", ""), (f"({source})", "dim"))
