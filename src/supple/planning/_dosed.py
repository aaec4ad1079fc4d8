"""A routine with chosen amounts in each place: what fitting and growing both come down to."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from attrs import evolve, field, frozen

from supple._errors import ModelError
from supple._model import (
    Circuit,
    Dose,
    DosePart,
    Hold,
    Prescription,
    Range,
    Rest,
    Routine,
    requirements as must,
)
from supple._model.exercise import prescribed
from supple._model.routine import ROUTINE, replaced

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from supple._model import Exercise, RoutineItem


class FollowsLevel(StrEnum):
    """What a dose cannot say, so that the level goes on choosing it."""

    HOLDS = "holds"
    """Holds of different ranges in one cycle, for a dose has one length for all of them."""
    STEPS = "steps"
    """The seconds of steps, and of the holds in setup and finish."""
    ROUNDS = "rounds"
    """How often a circuit is repeated."""
    SIDES = "sides"
    """Amounts that one side has of its own."""
    RESTS = "rests"
    """The seconds of rests between items, rounds or sets."""


@frozen(kw_only=True)
class Dosed:
    """A routine in which each place has the repetitions, sets and hold seconds chosen for it.

    Attributes:
        routine: The routine. Its doses are single amounts where amounts were chosen.
        level: The level that belongs to it: it picks whatever a dose cannot say.
        follows_level: Whatever that is: for each of ``routine.prescriptions``, counted from 0,
            and under ``None`` for what stands outside of any.
    """

    routine: Routine = field(repr=False)
    level: int | float
    follows_level: dict[int | None, tuple[FollowsLevel, ...]] = field(repr=False)


def dosed(
    routine: Routine | Exercise | Prescription,
    doses: Iterable[Dose | None],
    *,
    level: float = 0.0,
) -> Dosed:
    """Choose amounts in each place of a routine, inside the ranges that it has there.

    Where a place has a single amount, such as one that was chosen before, the range is that of
    the exercise itself.

    A dose has no more than one length for all holds of a cycle, so a hold can be chosen where
    all of them have the same range. What no dose can say stays as it is, and follows the level.

    Args:
        routine: The routine, or one exercise; it stays as it is.
        doses: What to choose in each place, in the order of its prescriptions; a part that
            is ``None``, or ``None`` for all of them, keeps the range that it has.
        level: The level that belongs to the amounts.

    Returns:
        The new routine, the level, and what follows it.

    Raises:
        ModelError: If there is not one dose for each place, a dose is outside of what the place
            has, or it sets a hold where no single one can be chosen.

    >>> from supple import load_catalog
    >>> routine = load_catalog("lower-back").routines["lower-back"]
    >>> doses = [
    ...     None if place.reps.low == place.reps.high else Dose(reps=place.reps.high)
    ...     for place in routine.prescriptions
    ... ]
    >>> [str(place.reps) for place in dosed(routine, doses).routine.prescriptions]
    ['Range(1)', 'Range(10)', 'Range(1)', 'Range(8)', 'Range(10)', 'Range(1)']
    """
    routine = ROUTINE.require("dosed.routine", routine)
    places = routine.prescriptions
    level = must.LEVEL.require("dosed.level", level)
    chosen = must.ListOf(must.optional(must.InstanceOf(Dose))).require("dosed.doses", doses)
    if len(chosen) != len(places):
        requirement = f"must be one for each of the {len(places)} places of {routine.id!r}"
        raise ModelError("dosed.doses", requirement, len(chosen))
    put = [
        place if dose is None else _with_dose(f"dosed.doses[{i}]", place, dose)
        for i, (place, dose) in enumerate(zip(places, chosen, strict=True))
    ]
    anew = iter(put)
    items = tuple(replaced(routine.items, lambda _: next(anew)))
    return Dosed(
        routine=evolve(routine, items=items), level=level, follows_level=_left(items, put)
    )


class Allowed(NamedTuple):
    """What a place allows of a part of its dose."""

    start: int | float
    """The least that it has there."""
    low: int | float
    high: int | float


def allowed(place: Prescription, part: DosePart) -> Allowed | None:
    """Return what a place allows of a part, or ``None`` where no dose can choose it.

    That is the range which it has there, or where that is a single amount inside of the range
    that the exercise itself has, all of that. What one side has of its own cannot be chosen.
    """
    ranges = {
        DosePart.REPS: (place.reps, place.exercise.reps),
        DosePart.SETS: (place.sets, place.exercise.sets),
        DosePart.HOLD: (shared_hold(place), shared_hold(prescribed(place.exercise))),
        DosePart.REST: (place.rest, place.exercise.rest),
    }
    here, own = ranges[part]
    has_own = any(getattr(each, part) is not None for each in _own_doses(place))
    if here is None or has_own:
        return None
    if own is not None and own.low <= here.low == here.high <= own.high:
        return Allowed(here.low, own.low, own.high)
    return Allowed(here.low, here.low, here.high)


def _own_doses(place: Prescription) -> list[Dose]:
    return [each for each in (place.left, place.right) if each is not None]


def shared_hold(prescription: Prescription) -> Range | None:
    """Return the range of all holds of a cycle, or ``None`` where they have no single one."""
    if prescription.dose.hold is not None:
        return prescription.dose.hold
    found = {each.seconds for each in prescription.exercise.cycle if isinstance(each, Hold)}
    return found.pop() if len(found) == 1 else None


def _with_dose(where: str, place: Prescription, dose: Dose) -> Prescription:
    given = {str(part): amount for part in DosePart if (amount := getattr(dose, part)) is not None}
    for part, amount in given.items():
        room = allowed(place, DosePart(part))
        if room is None:
            requirement = f"must be left out, for {place.exercise.id!r} has no single {part}"
            raise ModelError(f"{where}.{part}", requirement, amount)
        if not room.low <= amount.low <= amount.high <= room.high:
            between = f"from {room.low} to {room.high}"
            requirement = f"must be {between}, as {place.exercise.id!r} has it here"
            raise ModelError(f"{where}.{part}", requirement, amount)
    return evolve(place, dose=evolve(place.dose, **given))


def _left(
    items: Iterable[RoutineItem], places: Iterable[Prescription]
) -> dict[int | None, tuple[FollowsLevel, ...]]:
    amounts = {None: _outside(items)} | {i: _inside(each) for i, each in enumerate(places)}
    found = {
        place: tuple(dict.fromkeys(kind for kind, each in own if each and each.low != each.high))
        for place, own in amounts.items()
    }
    return {place: kinds for place, kinds in found.items() if kinds}


_Left: TypeAlias = "Iterator[tuple[FollowsLevel, Range | None]]"
"""Amounts that no dose chooses, each with what it is."""


def _outside(items: Iterable[RoutineItem]) -> _Left:
    for item in items:
        if isinstance(item, Rest):
            yield FollowsLevel.RESTS, item.seconds
        elif isinstance(item, Circuit):
            yield FollowsLevel.ROUNDS, item.rounds
            yield FollowsLevel.RESTS, item.rest
            yield from _outside(item.items)


def _inside(place: Prescription) -> _Left:
    for each in place.cycle:
        yield FollowsLevel.HOLDS if isinstance(each, Hold) else FollowsLevel.STEPS, each.seconds
    for each in (*place.exercise.setup, *place.exercise.finish):
        yield FollowsLevel.STEPS, each.seconds
    for own in _own_doses(place):
        for part in DosePart:
            yield FollowsLevel.SIDES, getattr(own, part)
    if place.sets.high > 1:
        yield FollowsLevel.RESTS, place.rest
