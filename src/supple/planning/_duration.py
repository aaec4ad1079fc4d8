"""How long a routine takes, by arithmetic alone: nothing is laid out."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from attrs import frozen

from supple._model import Circuit, Pacing, Rest, Routine, Sides, checks as check
from supple._timeline.kinds import RestReason
from supple._timeline.timing import (
    Timing,
    last_of,
    prescribed,
    sides_of,
    without_trailing_rests,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from supple._model import Prescription, RoutineItem


def duration_ms(routine: Routine, *, level: float = 0.0, pacing: Pacing | None = None) -> int:
    """Return how long a routine takes, without laying it out.

    It is the ``duration_ms`` of the timeline that :func:`supple.schedule` makes, to the
    millisecond, at a fraction of the cost.

    A higher level does not always take longer. Where a rest of 0 gives way to something longer,
    such as the pause for a change of sides or the way to the next exercise, the least rest that
    is more than 0 may be shorter than that.

    Args:
        routine: What to do.
        level: What to pick out of every range: 0 the gentle end, 1 the full dose.
        pacing: The time between things; ``Pacing()`` where it is left out.

    Raises:
        ModelError: If an argument is not what it should be.

    >>> from supple import load_catalog
    >>> back = load_catalog("lower-back")
    >>> duration_ms(back.routines["lower-back"]), duration_ms(back.routines["lower-back"], level=1)
    (386000, 518000)
    """
    check.instance_of(Routine)("duration_ms.routine", routine)
    return Durations(timing_of("duration_ms", level, pacing)).whole(routine.items)


def timing_of(where: str, level: float, pacing: Pacing | None) -> Timing:
    """Require a level and a pacing, and return what takes how long at them."""
    level = check.level(f"{where}.level", level)
    if pacing is not None:
        check.instance_of(Pacing)(f"{where}.pacing", pacing)
    return Timing(level, Pacing() if pacing is None else pacing)


class Turn(NamedTuple):
    """What is done on one side, or without one."""

    reps: int
    sets: int
    cycle_ms: int


@frozen
class Durations:
    """How long things take at a level and a pacing, in milliseconds."""

    timing: Timing

    def whole(self, items: Sequence[RoutineItem]) -> int:
        """Return the time of a routine of these items."""
        return self.timing.get_ready(items[0]).ms + self.items(items, ends_here=True)

    def items(self, items: Sequence[RoutineItem], *, ends_here: bool) -> int:
        """Return the time of items and of what stands between them."""
        if ends_here:
            items = without_trailing_rests(items)
        last = len(items) - 1
        lengths = [
            self.item(item, ends_here=ends_here and i == last) for i, item in enumerate(items)
        ]
        between = [self.timing.transition(before, after).ms for before, after in pairwise(items)]
        return sum(lengths) + sum(between)

    def item(self, item: RoutineItem, *, ends_here: bool = False) -> int:
        """Return the time of one item."""
        if isinstance(item, Rest):
            return self.timing.ms(item.seconds)
        if isinstance(item, Circuit):
            return self.circuit(item, ends_here=ends_here)
        return self.exercise(prescribed(item))

    def circuit(self, circuit: Circuit, *, ends_here: bool) -> int:
        """Return the time of all rounds and of what stands between them."""
        rounds = self.timing.times(circuit.rounds)
        one = last = self.items(circuit.items, ends_here=False)
        if ends_here and isinstance(last_of(circuit), Rest):
            last = self.items(circuit.items, ends_here=True)
        return (rounds - 1) * (one + self.timing.between_rounds(circuit).ms) + last

    def exercise(self, prescription: Prescription) -> int:
        """Return the time of one exercise: its setup, its sets and its finish."""
        exercise = prescription.exercise
        once = sum(map(self.timing.segment, (*exercise.setup, *exercise.finish)))
        return once + self.sets(prescription, self.turns(prescription))

    def turns(self, prescription: Prescription) -> list[Turn]:
        """Return what is done on each side, in their order, or once without any."""
        own = [prescription.for_side(side) for side in sides_of(prescription)]
        times = self.timing.times
        return [
            Turn(times(each.reps), times(each.sets), sum(map(self.timing.segment, each.cycle)))
            for each in own
        ]

    def sets(self, prescription: Prescription, turns: Sequence[Turn]) -> int:
        """Return the time of all sets, where later ones may have fewer sides.

        As long as both sides have a set to do they do it together, and then the one that has
        more of them goes on alone.
        """
        pause = self.timing.between_sets(prescription)
        rest = pause.ms if pause.why is RestReason.BETWEEN_SETS else 0
        first, last = turns[0], turns[-1]
        together = min(first.sets, last.sets)
        more = first if first.sets > last.sets else last
        alone = more.sets - together
        work = together * self.one_set(prescription, turns) + alone * self.one_set(
            prescription, [more]
        )
        if rest or len(turns) == 1:
            return work + (more.sets - 1) * rest
        # Without a rest a change of sides has its pause, where there is one from set to set.
        is_over_to_first = (
            prescription.exercise.sides is Sides.ALTERNATE and first.reps > last.reps
        )
        changes = 0 if is_over_to_first else together - 1
        if alone and (more is first) is not is_over_to_first:
            changes += 1
        return work + changes * self.timing.switch_sides().ms

    def one_set(self, prescription: Prescription, turns: Sequence[Turn]) -> int:
        """Return the time of one set, in the order of the sides."""
        first, last = turns[0], turns[-1]
        work = sum(turn.reps * turn.cycle_ms for turn in turns)
        if len(turns) == 1:
            return work
        changes = 1
        if prescription.exercise.sides is Sides.ALTERNATE:
            # Left and right in turn, as often as both have a repetition to do; then the one that
            # has more of them goes on, which the first side does after the other.
            changes = 2 * min(first.reps, last.reps) - 1 + (first.reps > last.reps)
        return work + changes * self.timing.switch_sides().ms
