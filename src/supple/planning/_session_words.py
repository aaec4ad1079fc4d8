"""Why a session is as much as it is, in sentences of a language."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from supple._phrases import fallbacks

if TYPE_CHECKING:
    from collections.abc import Mapping

    from supple._model import DosePart


class _Words(NamedTuple):
    beginning: str
    more: str
    easier: str
    after_break: str
    reps: tuple[str, str]
    sets: tuple[str, str]
    hold: tuple[str, str]


_WORDS = {
    "en": _Words(
        "The dose with which it begins.",
        "After {days} done, where the ranges allow it, more than at the beginning: {added}.",
        "An easier week.",
        "It goes back after a break.",
        ("1 repetition", "{} repetitions"),
        ("1 set", "{} sets"),
        ("1 second of each hold", "{} seconds of each hold"),
    ),
    "de": _Words(
        "Die Dosis, mit der es beginnt.",
        "Nach {days}, soweit die Bereiche es zulassen, mehr als zu Beginn: {added}.",
        "Eine leichtere Woche.",
        "Nach einer Pause geht es einen Schritt zurück.",
        ("1 Wiederholung", "{} Wiederholungen"),
        ("1 Satz", "{} Sätze"),
        ("1 Sekunde je Haltung", "{} Sekunden je Haltung"),
    ),
    "es": _Words(
        "La dosis con la que empieza.",
        "Tras {days}, donde los márgenes lo permiten, más que al principio: {added}.",
        "Una semana más fácil.",
        "Tras una pausa se vuelve atrás.",
        ("1 repetición", "{} repeticiones"),
        ("1 serie", "{} series"),
        ("1 segundo en cada posición", "{} segundos en cada posición"),
    ),
}
_DAYS = {
    "en": ("1 day", "{} days"),
    "de": ("1 Übungstag", "{} Übungstagen"),
    "es": ("1 día hecho", "{} días hechos"),
}


def why_so_much(
    language: str,
    added: Mapping[DosePart, int | float],
    *,
    days: int,
    is_easier: bool,
    is_after_break: bool,
) -> str:
    """Return why a session is as much as it is, in the closest language that there is."""
    tag = next((tag for tag in fallbacks(language) if tag in _WORDS), "en")
    words = _WORDS[tag]
    amounts = ", ".join(_counted(getattr(words, part.value), each) for part, each in added.items())
    said = words.beginning
    if added:
        said = words.more.format(days=_counted(_DAYS[tag], days), added=amounts)
    first = [words.easier] * is_easier + [words.after_break] * is_after_break
    return " ".join([*first, said])


def _counted(words: tuple[str, str], count: float) -> str:
    return words[0] if count == 1 else words[1].format(count)
