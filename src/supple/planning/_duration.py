"""How long a routine takes, by arithmetic alone: nothing is laid out."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from attrs import frozen

from supple._model import Circuit, Pacing, Rest, Routine, Sides
from supple._model.exercise import prescribed
from supple._model.routine import ROUTINE, last_of
from supple._timeline.kinds import RestReason
from supple._timeline.timing import (
    Timing,
    last_turn,
    rep_stages,
    set_stages,
    without_trailing_rests,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from supple._model import Exercise, Prescription, RoutineItem
    from supple._timeline.timing import Stage, Turn


def duration_ms(
    routine: Routine | Exercise | Prescription,
    *,
    level: float = 0.0,
    pacing: Pacing | None = None,
) -> int:
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
    items = ROUTINE.require("duration_ms.routine", routine).items
    return Durations(Timing.of("duration_ms", level, pacing)).whole(items)


@frozen
class Durations:
    """How long things take at a level and a pacing, in milliseconds."""

    timing: Timing

    def whole(self, items: Sequence[RoutineItem]) -> int:
        return self.timing.get_ready(items[0]).ms + self.items(items, ends_here=True)

    def items(self, items: Sequence[RoutineItem], *, ends_here: bool) -> int:
        if ends_here:
            items = without_trailing_rests(items)
        *firsts, last = items
        between = sum(self.timing.transition(*pair).ms for pair in pairwise(items))
        return sum(map(self.item, firsts)) + between + self.item(last, ends_here=ends_here)

    def item(self, item: RoutineItem, *, ends_here: bool = False) -> int:
        if isinstance(item, Rest):
            return self.timing.ms(item.seconds)
        if not isinstance(item, Circuit):
            return self.exercise(prescribed(item))
        one = last = self.items(item.items, ends_here=False)
        if ends_here and isinstance(last_of(item), Rest):
            last = self.items(item.items, ends_here=True)
        before = one + self.timing.between_rounds(item).ms
        return (self.timing.times(item.rounds) - 1) * before + last

    def exercise(self, prescription: Prescription) -> int:
        """Return the time of one exercise: its setup, its sets and its finish."""
        exercise = prescription.exercise
        once = sum(map(self.timing.segment, (*exercise.setup, *exercise.finish)))
        return once + self.sets(prescription, self.timing.turns(prescription))

    def sets(self, prescription: Prescription, turns: Sequence[Turn]) -> int:
        stages = set_stages(turns)
        work = sum(times * self.one_set(prescription, on) for times, on in stages)
        pause = self.timing.between_sets(prescription)
        if pause.why is RestReason.BETWEEN_SETS:
            return work + (sum(times for times, _ in stages) - 1) * pause.ms
        ends = [last_turn(prescription.exercise.sides, on) for _, on in stages]
        return work + _changes(stages, ends) * pause.ms

    def one_set(self, prescription: Prescription, turns: Sequence[Turn]) -> int:
        """Return the time of one set, in the order of the sides."""
        work = sum([turn.reps * sum(turn.cycle_ms) for turn in turns])
        changes = len(turns) - 1
        if changes and prescription.exercise.sides is Sides.ALTERNATE:
            stages = rep_stages(turns)
            inside = sum(times * (len(on) - 1) for times, on in stages)
            changes = inside + _changes(stages, [on[-1] for _, on in stages])
        return work + changes * self.timing.switch_sides().ms


def _changes(stages: Sequence[Stage], ends: Sequence[Turn]) -> int:
    """Return how often one time begins on another side than the one before it ends on."""
    begins = [on[0] for _, on in stages]
    again = [
        (times - 1) * (end.side is not begin.side)
        for (times, _), begin, end in zip(stages, begins, ends, strict=True)
    ]
    after = [end.side is not begin.side for end, begin in zip(ends, begins[1:], strict=False)]
    return sum(again) + sum(after)
