"""How long things take and which pauses stand between them, at a level and a pacing.

These are the rules of a timeline that are about time alone, so that who lays a routine out and
who only wants to know how long it takes go by the same ones:

* A lead-in stands before the first exercise and between two exercises. Where the author wrote a
  rest, that takes its place.
* Rests stand between things. One that no exercise follows is left out, in the last round of a
  circuit, too.
* A change of side has its pause wherever no longer rest stands.
"""

from __future__ import annotations

from operator import attrgetter
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from supple._model import (
    Circuit,
    Hold,
    Pacing,
    Prescription,
    Range,
    Rest,
    Side,
    Sides,
    Step,
    requirements as must,
)
from supple._model.exercise import exercise_of, sides_of
from supple._model.routine import first_of, last_of
from supple._timeline.kinds import RestReason
from supple._units import seconds_to_ms

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from supple._model import RoutineItem


class Pause(NamedTuple):
    """Why a rest stands where it does, and how long it is; one of 0 is none at all."""

    why: RestReason
    ms: int


class Turn(NamedTuple):
    """What is done on one side, or without one.

    Attributes:
        side: The side, if there is one.
        reps: How many repetitions a set has.
        sets: How many sets there are.
        cycle_ms: How long each step and hold of a repetition takes.
    """

    side: Side | None
    reps: int
    sets: int
    cycle_ms: tuple[int, ...]


Stage: TypeAlias = "tuple[int, Sequence[Turn]]"
"""How often something is done on the same sides, one after the other."""


class Timing:
    """What takes how long at a level and a pacing."""

    def __init__(self, level: float, pacing: Pacing) -> None:
        self.level = level
        self.pacing = pacing
        self._picked: dict[Range, int | float] = {}

    @classmethod
    def of(cls, where: str, level: float, pacing: Pacing | None) -> Timing:
        """Require a level and a pacing as arguments; ``None`` is the usual one."""
        return cls(
            must.LEVEL.require(f"{where}.level", level),
            must.InstanceOf(Pacing).require(
                f"{where}.pacing", Pacing() if pacing is None else pacing
            ),
        )

    def ms(self, seconds: Range) -> int:
        """Return a length of time."""
        return seconds_to_ms(self._amount(seconds))

    def times(self, times: Range) -> int:
        """Return how often something is repeated."""
        return int(self._amount(times))

    def _amount(self, amount: Range) -> int | float:
        if amount.low == amount.high:
            return amount.low
        picked = self._picked.get(amount)
        if picked is None:
            picked = self._picked[amount] = amount.at(self.level)
        return picked

    def segment(self, segment: Step | Hold, hold: Range | None = None) -> int:
        """Return how long a step or a hold takes; a hold as long as the dose says, if it does."""
        if isinstance(segment, Hold):
            return self.ms(segment.seconds if hold is None else hold)
        if segment.seconds is None:
            return seconds_to_ms(self.pacing.step)
        return self.ms(segment.seconds)

    def turns(self, prescription: Prescription) -> list[Turn]:
        """Return what is done on each side, in their order, or once without any."""
        return [self._turn(prescription, side) for side in sides_of(prescription)]

    def _turn(self, own: Prescription, side: Side | None) -> Turn:
        if own.left is not None or own.right is not None:
            own = own.for_side(side)
        hold = own.dose.hold
        cycle_ms = tuple([self.segment(each, hold) for each in own.exercise.cycle])
        return Turn(side, self.times(own.reps), self.times(own.sets), cycle_ms)

    def get_ready(self, item: RoutineItem) -> Pause:
        """Return what stands before the item with which a routine begins."""
        has_rest = isinstance(first_of(item), Rest)
        return Pause(RestReason.GET_READY, 0 if has_rest else seconds_to_ms(self.pacing.get_ready))

    def transition(self, before: RoutineItem, after: RoutineItem) -> Pause:
        """Return the way from one exercise to the next, unless a rest gives the time for it."""
        if isinstance(last_of(before), Rest) or isinstance(first_of(after), Rest):
            return Pause(RestReason.TRANSITION, 0)
        is_change = is_position_change(before, after)
        seconds = self.pacing.position_change if is_change else self.pacing.transition
        return Pause(RestReason.TRANSITION, seconds_to_ms(seconds))

    def between_rounds(self, circuit: Circuit) -> Pause:
        """Return what stands between two rounds."""
        ms = self.ms(circuit.rest)
        if ms:
            return Pause(RestReason.REST, ms)
        return self.transition(circuit.items[-1], circuit.items[0])

    def between_sets(self, prescription: Prescription) -> Pause:
        """Return what stands between two sets."""
        rest = prescription.rest
        ms = seconds_to_ms(self.pacing.between_sets) if rest is None else self.ms(rest)
        if not ms and prescription.exercise.sides is not Sides.NONE:
            return self.switch_sides()
        return Pause(RestReason.BETWEEN_SETS, ms)

    def switch_sides(self) -> Pause:
        """Return what stands between one side and the other."""
        return Pause(RestReason.SWITCH_SIDES, seconds_to_ms(self.pacing.switch_sides))


def stages(turns: Sequence[Turn], times: Callable[[Turn], int]) -> list[Stage]:
    """Return how often all turns come together, and how often those that come more often.

    As long as both sides have something to do they do it together; then the one that has more
    of it goes on alone.
    """
    found: list[Stage] = []
    done = 0
    while left := [turn for turn in turns if times(turn) > done]:
        least = min([times(turn) for turn in left])
        found.append((least - done, left))
        done = least
    return found


def rep_stages(turns: Sequence[Turn]) -> list[Stage]:
    """Return the repetitions of a set in which the sides alternate."""
    return stages(turns, attrgetter("reps"))


def set_stages(turns: Sequence[Turn]) -> list[Stage]:
    """Return the sets, the later of which may have fewer sides."""
    return stages(turns, attrgetter("sets"))


def last_turn(sides: Sides, turns: Sequence[Turn]) -> Turn:
    """Return the turn that a set ends with: the one that goes on after the other, if any."""
    return (rep_stages(turns)[-1][1] if sides is Sides.ALTERNATE else turns)[-1]


def is_position_change(before: RoutineItem, after: RoutineItem) -> bool:
    """Tell whether one exercise follows another that is done in another position."""
    last, first = last_of(before), first_of(after)
    if isinstance(last, Rest) or isinstance(first, Rest):
        return False
    return exercise_of(last).position is not exercise_of(first).position


def without_trailing_rests(items: Sequence[RoutineItem]) -> Sequence[RoutineItem]:
    """Return items up to the last one that is no rest."""
    last = max(i for i, item in enumerate(items) if not isinstance(item, Rest))
    return items[: last + 1]
