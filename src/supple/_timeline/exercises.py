"""An exercise laid out: its sets, its repetitions, and the sides in their order."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from supple._model import Sides
from supple._timeline.events import REP, SET
from supple._timeline.kinds import RestReason
from supple._timeline.layout import NOTHING_WRITTEN, chain, repeat
from supple._timeline.segments import Coming
from supple._timeline.timing import sides_of

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Sequence

    from supple._model import Hold, Prescription, Range, Side, Step
    from supple._timeline.events import Place
    from supple._timeline.layout import Node, Piece, Written
    from supple._timeline.segments import Writer


class Turn(NamedTuple):
    """What is done on one side, or without one."""

    side: Side | None
    reps: int
    sets: int
    hold: Range | None


class ExerciseLayout:
    """Lays out one exercise, as it is prescribed."""

    def __init__(self, writer: Writer, prescription: Prescription) -> None:
        self.writer = writer
        self.prescription = prescription
        self.exercise = prescription.exercise
        self.between_sets = writer.timing.between_sets(prescription)
        self.turns = [self.turn(side) for side in sides_of(prescription)]
        self._written: dict[Hashable, Written] = {}

    def turn(self, side: Side | None) -> Turn:
        """Return what is done on a side."""
        own = self.prescription
        if own.left is not None or own.right is not None:
            own = own.for_side(side)
        times = self.writer.timing.times
        return Turn(side, times(own.reps), times(own.sets), own.dose.hold)

    def node(self, outside: Place, *, exercises: int) -> Node:
        """Lay everything out, in a routine of so many exercises."""
        exercise, write = self.exercise, self.writer.step_or_hold
        place = outside._replace(exercise=exercise.id, exercises=exercises)
        setup = [write(each, place) for each in exercise.setup]
        finish = [write(each, place) for each in exercise.finish]
        body = [*setup, *self.sets(place), *finish]
        told = self.prescription
        return chain(
            self.writer.span(
                "exercise", exercise.name, body, place, note=told.note, load=told.load
            )
        )

    def sets(self, outside: Place) -> list[Piece]:
        """Lay out the sets; later ones may have fewer sides."""
        stages = _stages(self.turns, lambda turn: turn.sets)
        total = sum(times for times, _ in stages)
        place = outside._replace(sets=total)
        phrases = self.writer.phrases
        text = phrases.counted(phrases.set, "{number}", total)
        has_rest = self.between_sets.why is RestReason.BETWEEN_SETS and self.between_sets.ms > 0

        def one_set(turns: Sequence[Turn], then: Side | None) -> Node:
            reps = self.reps(turns, place, then)
            return chain(self.writer.span("set", text, reps, place, counter=SET))

        def between(turns: Sequence[Turn], then: Side | None) -> Written:
            if has_rest:
                return self.writer.rest(
                    self.between_sets, phrases.rest, outside, Coming(None, then)
                )
            return self.switch_sides(outside, self.ending(turns).side, then)

        # A rest between sets gives time enough: what comes after it is not announced before.
        return self.staged(
            stages, None, one_set, between, SET, ends_with=self.ending, warns=not has_rest
        )

    def ending(self, turns: Sequence[Turn]) -> Turn:
        """Return the turn that a set ends with: the one that goes on after the other, if any."""
        if self.exercise.sides is Sides.ALTERNATE:
            turns = _stages(turns, lambda turn: turn.reps)[-1][1]
        return turns[-1]

    def reps(self, turns: Sequence[Turn], outside: Place, then: Side | None) -> list[Piece]:
        """Lay out one set: all repetitions on all sides, in the order of the sides.

        Args:
            turns: The sides.
            outside: What surrounds the set.
            then: The side that comes straight after it.
        """
        phrases = self.writer.phrases

        def one_rep(turns: Sequence[Turn], place: Place, at: Place, then: Side | None) -> Node:
            text = phrases.counted(phrases.rep, "{number}", place.reps or 1)
            body = self.cycles(turns, place, then)
            return chain(self.writer.span("rep", text, body, at, counter=REP))

        if self.exercise.sides is Sides.ALTERNATE:
            stages = _stages(turns, lambda turn: turn.reps)
            place = outside._replace(reps=sum(times for times, _ in stages))
            return self.staged(
                stages,
                then,
                lambda turns, then: one_rep(turns, place, place, then),
                lambda turns, then: self.switch_sides(outside, turns[-1].side, then),
                REP,
                ends_with=lambda turns: turns[-1],
            )
        pieces: list[Piece] = []
        for i, turn in enumerate(turns):
            place = outside._replace(reps=turn.reps)
            at = place._replace(side=turn.side)
            after = turns[i + 1].side if i + 1 < len(turns) else then
            soon = self.announced(turn, after)
            last = usual = one_rep([turn], place, at, soon)
            if soon is not None and turn.reps > 1:
                usual = one_rep([turn], place, at, None)
            pieces.append(repeat(REP, turn.reps, usual, last))
            if i + 1 < len(turns):
                pieces.append(self.switch_sides(outside, turn.side, after))
        return pieces

    def staged(  # noqa: PLR0913 - the same for sets and for repetitions, which differ in all of it
        self,
        stages: Sequence[tuple[int, Sequence[Turn]]],
        then: Side | None,
        one: Callable[[Sequence[Turn], Side | None], Node],
        between: Callable[[Sequence[Turn], Side | None], Written],
        counter: int,
        *,
        ends_with: Callable[[Sequence[Turn]], Turn],
        warns: bool = True,
    ) -> list[Piece]:
        """Repeat something on its sides, the last time with another side or none to come.

        Args:
            stages: How often, on which sides; one stage after the other.
            then: The side that comes straight after it.
            one: Lays it out once, before a change to a side that is announced.
            between: Lays out what lies between, before a side.
            counter: What counts it.
            ends_with: Tells the turn that it ends with.
            warns: Whether a change of side is announced at the end of each.
        """
        pieces: list[Piece] = []
        first = 1
        for i, (times, turns) in enumerate(stages):
            is_last = i + 1 == len(stages)
            again = turns[0].side
            after = then if is_last else stages[i + 1][1][0].side
            soon_again, soon = (
                self.announced(ends_with(turns), side) if warns else None
                for side in (again, after)
            )
            last = usual = one(turns, soon)
            if times > 1 and soon_again != soon:
                usual = one(turns, soon_again)
            pieces.append(repeat(counter, times, usual, last, between(turns, again), first=first))
            if not is_last:
                pieces.append(between(turns, after))
            first += times
        return pieces

    def cycles(self, turns: Sequence[Turn], place: Place, then: Side | None) -> list[Piece]:
        """Lay out one repetition: the cycle on each side."""
        *others, last = self.exercise.cycle
        pieces: list[Piece] = []
        for i, turn in enumerate(turns):
            is_last = i + 1 == len(turns)
            after = then if is_last else turns[i + 1].side
            at = place._replace(side=turn.side)
            pieces += [self.written(each, at, turn.hold) for each in others]
            pieces.append(self.written(last, at, turn.hold, self.announced(turn, after)))
            if not is_last:
                pieces.append(self.switch_sides(place, turn.side, after))
        return pieces

    def written(
        self, segment: Step | Hold, at: Place, hold: Range | None, switch_to: Side | None = None
    ) -> Written:
        """Lay out a step or a hold, once for all repetitions in which it says the same."""
        key = (id(segment), at, hold, switch_to)
        if key not in self._written:
            self._written[key] = self.writer.step_or_hold(
                segment, at, hold=hold, switch_to=switch_to
            )
        return self._written[key]

    def switch_sides(self, place: Place, before: Side | None, after: Side | None) -> Written:
        """Lay out the pause for a change of side, if there is one."""
        if before is after:
            return NOTHING_WRITTEN
        key = (place, after)
        if key not in self._written:
            pause, text = self.writer.timing.switch_sides(), self.writer.phrases.switch_sides
            self._written[key] = self.writer.rest(pause, text, place, Coming(None, after))
        return self._written[key]

    def announced(self, turn: Turn, after: Side | None) -> Side | None:
        """Return the side that comes straight after a turn, if a cue inside it says so.

        It does where the last segment of the turn is at least twice as long as what it announces.
        """
        soon_ms = self.writer.cues.switch_soon_ms
        if soon_ms is None or after is None or after is turn.side:
            return None
        is_long = 2 * soon_ms <= self.writer.timing.segment(self.exercise.cycle[-1], turn.hold)
        return after if is_long else None


def _stages(
    turns: Sequence[Turn], times: Callable[[Turn], int]
) -> list[tuple[int, Sequence[Turn]]]:
    """Return how often all turns come together, and how often those that come more often."""
    stages: list[tuple[int, Sequence[Turn]]] = []
    done = 0
    while left := [turn for turn in turns if times(turn) > done]:
        least = min(times(turn) for turn in left)
        stages.append((least - done, left))
        done = least
    return stages
