"""An exercise laid out: its sets, its repetitions, and the sides in their order."""

from __future__ import annotations

from typing import TYPE_CHECKING

from supple._model import Sides
from supple._timeline.events import REP, SET
from supple._timeline.kinds import RestReason
from supple._timeline.layout import NOTHING_WRITTEN, chain, repeat
from supple._timeline.segments import Coming
from supple._timeline.timing import last_of_set, stages_of

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from supple._model import Prescription, Side
    from supple._timeline.events import Place
    from supple._timeline.layout import Node, Piece, Written
    from supple._timeline.segments import Writer
    from supple._timeline.timing import Turn


class ExerciseLayout:
    """Lays out one exercise, as it is prescribed."""

    def __init__(self, writer: Writer, prescription: Prescription) -> None:
        self.writer = writer
        self.prescription = prescription
        self.exercise = prescription.exercise
        self.between_sets = writer.timing.between_sets(prescription)
        self.turns = writer.timing.turns(prescription)

    def node(self, outside: Place, *, exercises: int) -> Node:
        """Lay everything out, in a routine of so many exercises."""
        exercise, write = self.exercise, self.writer.step_or_hold
        place = outside._replace(
            exercise=exercise.id, exercises=exercises, first_side=self.turns[0].side
        )
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
        stages = stages_of(self.turns, lambda turn: turn.sets)
        total = sum(times for times, _ in stages)
        place = outside._replace(sets=total)
        phrases = self.writer.phrases
        text = phrases.counted(phrases.set, "{number}", total)
        has_rest = self.between_sets.why is RestReason.BETWEEN_SETS and self.between_sets.ms > 0

        def one_set(turns: Sequence[Turn], then: Side | None) -> Node:
            reps = self.reps(turns, place, then)
            return chain(self.writer.span("set", text, reps, place, counter=SET))

        def between(last: Turn, then: Side | None) -> Written:
            if has_rest:
                return self.writer.rest(
                    self.between_sets, phrases.rest, outside, Coming(None, then)
                )
            return self.switch_sides(outside, last.side, then)

        def last_of(turns: Sequence[Turn]) -> Turn:
            return last_of_set(self.exercise, turns)

        # A rest between sets gives time enough: what comes after it is not announced before.
        return self.staged(stages, None, one_set, between, last_of, SET, warns=not has_rest)

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
            stages = stages_of(turns, lambda turn: turn.reps)
            place = outside._replace(reps=sum(times for times, _ in stages))
            return self.staged(
                stages,
                then,
                lambda turns, then: one_rep(turns, place, place, then),
                lambda last, then: self.switch_sides(outside, last.side, then),
                lambda turns: turns[-1],
                REP,
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

    def staged(  # noqa: PLR0913, PLR0917 - the same for sets and for repetitions, which differ in all of it
        self,
        stages: Sequence[tuple[int, Sequence[Turn]]],
        then: Side | None,
        one: Callable[[Sequence[Turn], Side | None], Node],
        between: Callable[[Turn, Side | None], Written],
        last_of: Callable[[Sequence[Turn]], Turn],
        counter: int,
        *,
        warns: bool = True,
    ) -> list[Piece]:
        """Repeat something on its sides, the last time with another side or none to come.

        Args:
            stages: How often, on which sides; one stage after the other.
            then: The side that comes straight after it.
            one: Lays it out once, before a change to a side that is announced.
            between: Lays out what lies between a turn and a side.
            last_of: Tells with which turn it ends.
            counter: What counts it.
            warns: Whether a change of side is announced at the end of each.
        """
        pieces: list[Piece] = []
        first = 1
        for i, (times, turns) in enumerate(stages):
            is_last = i + 1 == len(stages)
            again = turns[0].side
            after = then if is_last else stages[i + 1][1][0].side
            ending = last_of(turns)
            soon_again, soon = (
                self.announced(ending, side) if warns else None for side in (again, after)
            )
            last = usual = one(turns, soon)
            if times > 1 and soon_again != soon:
                usual = one(turns, soon_again)
            way = between(ending, again)
            pieces.append(repeat(counter, times, usual, last, way, first=first))
            if not is_last:
                pieces.append(between(ending, after))
            first += times
        return pieces

    def cycles(self, turns: Sequence[Turn], place: Place, then: Side | None) -> list[Piece]:
        """Lay out one repetition: the cycle on each side."""
        *others, last = self.exercise.cycle
        write = self.writer.step_or_hold
        pieces: list[Piece] = []
        for i, turn in enumerate(turns):
            is_last = i + 1 == len(turns)
            after = then if is_last else turns[i + 1].side
            at = place._replace(side=turn.side)
            pieces += [write(each, at, hold=turn.hold) for each in others]
            soon = self.announced(turn, after)
            pieces.append(write(last, at, hold=turn.hold, switch_to=soon))
            if not is_last:
                pieces.append(self.switch_sides(place, turn.side, after))
        return pieces

    def switch_sides(self, place: Place, before: Side | None, after: Side | None) -> Written:
        """Lay out the pause for a change of side, if there is one."""
        if before is after:
            return NOTHING_WRITTEN
        pause, text = self.writer.timing.switch_sides(), self.writer.phrases.switch_sides
        return self.writer.rest(pause, text, place, Coming(None, after))

    def announced(self, turn: Turn, after: Side | None) -> Side | None:
        """Return the side that comes straight after a turn, if a cue inside it says so.

        It does where the last segment of the turn is at least twice as long as what it announces.
        """
        soon_ms = self.writer.cues.switch_soon_ms
        if soon_ms is None or after is None or after is turn.side:
            return None
        is_long = 2 * soon_ms <= self.writer.timing.segment(self.exercise.cycle[-1], turn.hold)
        return after if is_long else None
