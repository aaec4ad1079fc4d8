"""Why a plan has an exercise or has not, and a session is as much as it is, in sentences."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from attrs import frozen

if TYPE_CHECKING:
    from collections.abc import Mapping

    from supple._model import DosePart
    from supple._phrases import Phrases


class Why(StrEnum):
    """Why an exercise is in a plan, or why it is not."""

    ASKED_FOR = "asked-for"
    ONLY_ONE = "only-one"
    """It alone in the plan works something that was asked for."""
    WORKS = "works"
    """It works something that was asked for, as others in the plan do."""
    FILLS = "fills"
    """It fills the time, where no targets were asked for."""

    EXCLUDED = "excluded"
    TWICE = "twice"
    """An earlier catalog has an exercise of that id."""
    POSITION = "position"
    KNEELING = "kneeling"
    """Its position rests on the knees, which was to be avoided."""
    CONDITION = "condition"
    """One of its contraindications mentions a condition given."""
    EQUIPMENT = "equipment"
    OTHER_TARGETS = "other-targets"
    TOO_LONG = "too-long"
    """There is no time for it even by itself."""
    CHANGE = "change"
    """It is done in a position, or at a place in the order, that the plan does not have."""
    NO_ROOM = "no-room"
    """What was chosen fills the time, or covers as much without it."""


@frozen
class Reason:
    """Why an exercise is in a plan or is not; its text is a whole sentence.

    Attributes:
        why: The kind of reason.
        text: The sentence, in the language of the plan.
    """

    why: Why
    text: str

    def __str__(self) -> str:
        return self.text


def reason(why: Why, phrases: Phrases, **facts: str) -> Reason:
    """Return a reason in the words of a language."""
    return Reason(why, phrases[f"why_{why.name.lower()}"].format(**facts))


def why_so_much(
    phrases: Phrases,
    added: Mapping[DosePart, int | float],
    *,
    days: int,
    is_easier: bool,
    is_after_break: bool,
) -> str:
    """Return why a session is as much as it is."""
    each_part = {
        "reps": (phrases.one_rep_more, phrases.many_reps_more),
        "sets": (phrases.one_set_more, phrases.many_sets_more),
        "hold": (phrases.one_second_more, phrases.many_seconds_more),
    }
    amounts = ", ".join(_counted(*each_part[part], each) for part, each in added.items())
    said = phrases.beginning
    if added:
        done = _counted(phrases.one_day, phrases.many_days, days)
        said = phrases.grown.format(days=done, added=amounts)
    first = [phrases.easier_week] * is_easier + [phrases.after_break] * is_after_break
    return " ".join([*first, said])


def _counted(one: str, many: str, count: float) -> str:
    return one if count == 1 else many.format(n=count)
