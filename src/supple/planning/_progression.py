"""Do more over time: so much more of a part of the dose, every so many days done."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from attrs import field, frozen

from supple._model import Dose, DosePart, Range, requirements as must, takes
from supple._model.requirements import (
    InstanceOf,
    ListOf,
    Requirement,
    Whole,
    WordOf,
    optional,
    refuse,
    refuse_word,
)
from supple._model.routine import ROUTINE
from supple._units import DAYS_OF_A_WEEK, ms_to_seconds, plain, seconds_to_ms
from supple.planning._dosed import Dosed, allowed, dosed

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from supple._model import Exercise, Prescription, Routine

MOST_DAYS = 100_000

_TIMES = Whole(1, MOST_DAYS)
_WEEKS = Whole(2, MOST_DAYS)


class _GrowingPart(WordOf[DosePart]):
    """A part of the dose, but a rest, which does not grow."""

    def kept(self, value: Any) -> DosePart:
        if value == DosePart.REST:
            refuse("rest", "must be reps, sets or hold: a rest does not grow", value)
        growing = [part.value for part in DosePart if part is not DosePart.REST]
        return super().kept(value) if value in growing else refuse_word(value, growing)


@frozen
class Grow:
    """One part of the dose that grows.

    Args:
        part: ``reps``, ``sets`` or ``hold``.
        by: How much more each time: whole repetitions or sets, or seconds of a hold.
        every: After how many days done each time.
        upto: How much more there is in all; no end but that of each range where left out.
    """

    part: DosePart = field(converter=takes.dose_part, validator=_GrowingPart(DosePart))
    by: int | float = field(validator=must.REAL, kw_only=True)
    every: int = field(validator=_TIMES, kw_only=True)
    upto: int | float | None = field(validator=optional(must.REAL), default=None, kw_only=True)

    def __attrs_post_init__(self) -> None:
        amount: Requirement[Any] = must.SECONDS if self.part is DosePart.HOLD else _TIMES
        amount.require("Grow.by", self.by)
        optional(amount).require("Grow.upto", self.upto)


def _grows(value: Iterable[Grow]) -> Any:
    return value


@frozen
class Progression:
    """How a routine grows with the days on which it was done.

    It begins at the gentlest dose. It counts *days done*, so a day that was missed never jumps
    ahead, and nothing else moves it: it knows of no effort and of no pain.

    Args:
        grow: What grows, one after the other. All but the last have an end.
        easier_week: Every so many-th week of the programme is easier: it goes back to what was
            seven days done before.
        back_after: After a break it goes back: for every so many days missed in a row by as
            many days done.

    Raises:
        ModelError: If a value is refused, or something follows what has no end.

    >>> slowly = Progression([Grow("hold", by=1, every=2, upto=5), Grow("reps", by=1, every=3)])
    >>> [slowly.added(days) for days in (0, 4, 13)]  # doctest: +NORMALIZE_WHITESPACE
    [{}, {<DosePart.HOLD: 'hold'>: 2},
     {<DosePart.HOLD: 'hold'>: 5, <DosePart.REPS: 'reps'>: 1}]
    """

    grow: tuple[Grow, ...] = field(
        converter=_grows, validator=ListOf(InstanceOf(Grow)), default=()
    )
    easier_week: int | None = field(validator=optional(_WEEKS), default=None, kw_only=True)
    back_after: int | None = field(validator=optional(_TIMES), default=None, kw_only=True)

    def __attrs_post_init__(self) -> None:
        for i, each in enumerate(self.grow[:-1]):
            if each.upto is None:
                requirement = "must be given, or what follows never begins"
                refuse("endless", requirement, None, f"Progression.grow[{i}].upto")

    def added(self, days: int) -> dict[DosePart, int | float]:
        """Return what is added to the gentlest dose after so many days done, by part.

        It never falls as days are added.
        """
        days = must.Whole(0, MOST_DAYS).require("Progression.added.days", days)
        added: dict[DosePart, int] = {}  # thousandths, so that nothing is ever rounded
        for each in self.grow:
            by = seconds_to_ms(each.by)
            grown = by * (days // each.every)
            most = grown if each.upto is None else seconds_to_ms(each.upto)
            if grown := min(grown, most):
                added[each.part] = added.get(each.part, 0) + grown
            days = max(days - each.every * -(-most // by), 0)
        return {part: plain(ms_to_seconds(thousandths)) for part, thousandths in added.items()}

    def after_break(self, days: int, missed: int) -> int:
        """Return how many days done count after so many days were missed in a row."""
        if self.back_after is None:
            return days
        return max(days - missed // self.back_after * self.back_after, 0)

    def in_week(self, days: int, week: int) -> int:
        """Return how many days done count in a week of the programme, counted from 0."""
        return max(days - DAYS_OF_A_WEEK, 0) if self.is_easier(week) else days

    def is_easier(self, week: int) -> bool:
        """Tell whether a week of the programme, counted from 0, is an easier one."""
        return self.easier_week is not None and (week + 1) % self.easier_week == 0


def grown(
    routine: Routine | Exercise | Prescription,
    added: Mapping[DosePart, int | float],
    *,
    level: float = 0.0,
) -> Dosed:
    """Add amounts to the gentlest dose of a routine, in each place as far as it allows.

    A place allows what its range there has, or where that is a single amount, such as one that
    was fitted, what the range of the exercise itself has.

    Args:
        routine: The routine, or one exercise; it stays as it is.
        added: How much more than the least, by part.
        level: The level that belongs to it.

    >>> from supple import load_catalog
    >>> routine = load_catalog("lower-back").routines["lower-back"]
    >>> [str(place.reps) for place in grown(routine, {DosePart.REPS: 1}).routine.prescriptions]
    ['Range(1)', 'Range(9)', 'Range(1)', 'Range(6)', 'Range(9)', 'Range(1)']
    """
    places = ROUTINE.require("grown.routine", routine).prescriptions
    return dosed(routine, [_grown(place, added) for place in places], level=level)


def _grown(place: Prescription, added: Mapping[DosePart, int | float]) -> Dose:
    parts: dict[str, Range] = {}
    for part in (DosePart.REPS, DosePart.SETS, DosePart.HOLD):
        room = allowed(place, part)
        if room is not None:
            least = seconds_to_ms(room.start) + seconds_to_ms(added.get(part, 0))
            parts[part.value] = Range(plain(ms_to_seconds(min(least, seconds_to_ms(room.high)))))
    return Dose(**parts)
