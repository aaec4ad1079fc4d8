"""How long a routine takes, by arithmetic alone: nothing is laid out."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, TypeAlias

from attrs import frozen

from supple._model import Circuit, Exercise, Pacing, Rest, Routine, Sides, checks as check
from supple._timeline.kinds import RestReason
from supple._timeline.timing import (
    Timing,
    Turn,
    last_of,
    last_of_set,
    prescribed,
    sides_of,
    stages_of,
    without_trailing_rests,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from supple._model import Prescription, RoutineItem

Cycle: TypeAlias = "Callable[[Exercise, Turn], int]"
"""How long one repetition takes on a side."""


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
        return once + self._sets(prescription, self.timing.turns(prescription), self._cycle)

    def sets(self, prescription: Prescription, sets: int, reps: int, cycle_ms: int) -> int:
        """Return the time of so many sets of so many repetitions of a cycle of such a length."""
        turns = [Turn(side, reps, sets, None) for side in sides_of(prescription)]
        return self._sets(prescription, turns, lambda *_: cycle_ms)

    def one_set(self, prescription: Prescription, reps: int, cycle_ms: int) -> int:
        """Return the time of one set."""
        return self.sets(prescription, 1, reps, cycle_ms)

    def _sets(self, prescription: Prescription, turns: Sequence[Turn], cycle: Cycle) -> int:
        exercise = prescription.exercise
        pause = self.timing.between_sets(prescription)

        def between(turns: Sequence[Turn], then: Turn) -> int:
            if pause.why is RestReason.BETWEEN_SETS and pause.ms:
                return pause.ms
            return self._switch(last_of_set(exercise, turns), then)

        def one(turns: Sequence[Turn]) -> int:
            if exercise.sides is Sides.ALTERNATE:
                return self._staged(
                    stages_of(turns, lambda turn: turn.reps),
                    lambda turns: self._in_turn(turns, lambda turn: cycle(exercise, turn)),
                    lambda turns, then: self._switch(turns[-1], then),
                )
            return self._in_turn(turns, lambda turn: turn.reps * cycle(exercise, turn))

        return self._staged(stages_of(turns, lambda turn: turn.sets), one, between)

    def _staged(
        self,
        stages: Sequence[tuple[int, Sequence[Turn]]],
        one: Callable[[Sequence[Turn]], int],
        between: Callable[[Sequence[Turn], Turn], int],
    ) -> int:
        """Return the time of what is repeated on its sides, and of what lies between."""
        ms = 0
        for times, turns in stages:
            ms += times * one(turns) + (times - 1) * between(turns, turns[0])
        return ms + sum(between(turns, then[0]) for (_, turns), (_, then) in pairwise(stages))

    def _in_turn(self, turns: Sequence[Turn], one: Callable[[Turn], int]) -> int:
        """Return the time of something on one side after the other."""
        switches = sum(self._switch(before, after) for before, after in pairwise(turns))
        return sum(map(one, turns)) + switches

    def _switch(self, before: Turn, after: Turn) -> int:
        return 0 if before.side is after.side else self.timing.switch_sides().ms

    def _cycle(self, exercise: Exercise, turn: Turn) -> int:
        return sum(self.timing.segment(each, turn.hold) for each in exercise.cycle)
