"""Amounts, doses and durations in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from supple import Exercise, Hold, Sides, schedule

if TYPE_CHECKING:
    from supple import Prescription, Range, Routine

_UNITS = (("d", 86_400_000), ("h", 3_600_000), ("min", 60_000), ("s", 1000), ("ms", 1))


def amount(amount: Range) -> str:
    """Return an amount, such as ``8`` or ``8–10``."""
    return f"{amount.low}" if amount.low == amount.high else f"{amount.low}–{amount.high}"


def seconds(seconds: Range) -> str:
    """Return an amount of seconds, such as ``5–10 s``."""
    return f"{amount(seconds)} s"


def dose(item: Exercise | Prescription) -> str:
    """Return how much of an exercise to do.

    >>> from supple import Step
    >>> reach = Hold("Reach up", seconds=(5, 10))
    >>> about = {"name": "Reach", "kind": "stretch", "position": "standing", "cycle": [reach]}
    >>> dose(Exercise("reach", reps=(8, 10), sides="each", **about))
    '8–10 × hold 5–10 s, each side'
    """
    prescription = item.with_dose() if isinstance(item, Exercise) else item
    holds = " and ".join(
        dict.fromkeys(
            seconds(each.seconds) for each in prescription.cycle if isinstance(each, Hold)
        )
    )
    reps, sets = amount(prescription.reps), amount(prescription.sets)
    if sets != "1":
        text = f"{sets} sets of {reps} × hold {holds}" if holds else f"{sets} sets of {reps}"
    elif holds:
        text = f"hold {holds}" if reps == "1" else f"{reps} × hold {holds}"
    else:
        text = "once" if reps == "1" else f"{reps} times"
    return text if prescription.exercise.sides is Sides.NONE else f"{text}, each side"


def duration(ms: int) -> str:
    """Return a duration in its two largest units.

    >>> duration(125_000), duration(3_600_000)
    ('2 min 5 s', '1 h')
    """
    largest = next((i for i, (_, size) in enumerate(_UNITS) if ms >= size), len(_UNITS) - 1)
    parts = []
    for unit, size in _UNITS[largest : largest + 2]:
        number, ms = divmod(ms, size)
        parts.append(f"{number:,} {unit}" if number else "")
    return " ".join(filter(None, parts)) or "0 s"


def span(shortest_ms: int, longest_ms: int) -> str:
    """Return a shortest and a longest duration, such as ``2 min 5 s – 3 min``."""
    texts = dict.fromkeys((duration(shortest_ms), duration(longest_ms)))
    return " – ".join(texts)


def durations_ms(routine: Routine) -> tuple[int, int]:
    """Return how long a routine takes at the gentle end and at the full dose."""
    return schedule(routine).duration_ms, schedule(routine, level=1).duration_ms
