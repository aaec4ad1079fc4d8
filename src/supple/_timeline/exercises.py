"""An exercise laid out: its sets, its repetitions, and the sides in their order."""

from __future__ import annotations

from operator import itemgetter
from typing import TYPE_CHECKING

from supple._model import Sides
from supple._timeline.events import REP, SET
from supple._timeline.kinds import RestReason
from supple._timeline.layout import EMPTY, chain, repeat
from supple._timeline.timing import last_turn, rep_stages, set_stages

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from supple._model import Prescription, Side
    from supple._timeline.events import Place
    from supple._timeline.layout import Node, Run
    from supple._timeline.segments import Writer
    from supple._timeline.timing import Stage, Turn


class ExerciseLayout:
    """Lays out one exercise, as it is prescribed."""

    def __init__(self, writer: Writer, prescription: Prescription) -> None:
        self.writer = writer
        self.prescription = prescription
        self.exercise = prescription.exercise
        self.between_sets = writer.timing.between_sets(prescription)
        self.turns = writer.timing.turns(prescription)
        self._cycles: dict[Place, list[Run]] = {}
        self._announcing: dict[Place, Run] = {}
        self._switches: dict[tuple[Place, Side | None], Run] = {}

    def node(self, outside: Place, *, exercises: int) -> Node:
        """Lay everything out, in a routine of so many exercises."""
        exercise, write = self.exercise, self.writer.step_or_hold
        place = outside._replace(exercise=exercise.id, exercises=exercises)
        lasts = self.writer.timing.segment
        setup = [write(each, place, lasts(each)) for each in exercise.setup]
        finish = [write(each, place, lasts(each)) for each in exercise.finish]
        body = [*setup, *self.sets(place), *finish]
        told = self.prescription
        return chain(
            self.writer.span(
                "exercise", exercise.name, body, place, note=told.note, load=told.load
            )
        )

    def sets(self, outside: Place) -> list[Node]:
        """Lay out the sets; later ones may have fewer sides."""
        stages = set_stages(self.turns)
        total = sum([times for times, _ in stages])
        place = outside._replace(sets=total)
        phrases = self.writer.phrases
        text = phrases.counted(phrases.set, "{number}", total)
        has_rest = self.between_sets.why is RestReason.BETWEEN_SETS and self.between_sets.ms > 0

        def one_set(turns: Sequence[Turn], then: Side | None) -> Node:
            reps = self.reps(turns, place, then)
            return chain(self.writer.span("set", text, reps, place, counter=SET))

        def ending(turns: Sequence[Turn]) -> Turn:
            return last_turn(self.exercise.sides, turns)

        def between(turns: Sequence[Turn], then: Side | None) -> Run:
            if has_rest:
                return self.writer.rest(self.between_sets, phrases.rest, outside, (None, then))
            return self.switch_sides(outside, ending(turns).side, then)

        # A rest between sets gives time enough: what comes after it is not announced before.
        return self.staged(
            stages, None, one_set, between, SET, ends_with=ending, warns=not has_rest
        )

    def reps(self, turns: Sequence[Turn], outside: Place, then: Side | None) -> list[Node]:
        """Lay out one set, straight before a side or none: all repetitions, side by side."""
        phrases = self.writer.phrases
        alternates = self.exercise.sides is Sides.ALTERNATE
        stages = rep_stages(turns) if alternates else [(turn.reps, [turn]) for turn in turns]

        def one_rep(turns: Sequence[Turn], then: Side | None) -> Node:
            if alternates:
                at = place = outside.repeated(sum([times for times, _ in stages]))
            else:
                place = outside.repeated(turns[0].reps)
                at = place.on(turns[0].side)
            text = phrases.counted(phrases.rep, "{number}", place.reps or 1)
            body = self.cycles(turns, place, then)
            return chain(self.writer.span("rep", text, body, at, counter=REP))

        def between(turns: Sequence[Turn], then: Side | None) -> Run:
            return self.switch_sides(outside, turns[-1].side, then)

        return self.staged(stages, then, one_rep, between, REP, goes_on=alternates)

    def staged(  # noqa: PLR0913 - the same for sets and for repetitions, which differ in all of it
        self,
        stages: Sequence[Stage],
        then: Side | None,
        one: Callable[[Sequence[Turn], Side | None], Node],
        between: Callable[[Sequence[Turn], Side | None], Run],
        counter: int,
        *,
        ends_with: Callable[[Sequence[Turn]], Turn] = itemgetter(-1),
        warns: bool = True,
        goes_on: bool = True,
    ) -> list[Node]:
        """Repeat something on its sides, the last time with another side or none to come.

        It is laid out once by ``one``, before a change of side that is announced, if it ``warns``
        of any at the end; ``between`` lays out what stands before a side.
        """
        pieces: list[Node] = []
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
            way = between(turns, again) if times > 1 else EMPTY
            pieces.append(repeat(counter, times, usual, last, way, first=first))
            if not is_last:
                pieces.append(between(turns, after))
            first += times if goes_on else 0
        return pieces

    def cycles(self, turns: Sequence[Turn], place: Place, then: Side | None) -> list[Node]:
        """Lay out one repetition: the cycle on each side."""
        pieces: list[Node] = []
        for i, turn in enumerate(turns):
            is_last = i + 1 == len(turns)
            after = then if is_last else turns[i + 1].side
            pieces += self.cycle(turn, place.on(turn.side), self.announced(turn, after))
            if not is_last:
                pieces.append(self.switch_sides(place, turn.side, after))
        return pieces

    def cycle(self, turn: Turn, at: Place, soon: Side | None) -> list[Run]:
        """Lay out the steps and holds of a turn, once for all repetitions that say the same."""
        runs = self._cycles.get(at)
        if runs is None:
            write = self.writer.step_or_hold
            runs = self._cycles[at] = [
                write(segment, at, ms)
                for segment, ms in zip(self.exercise.cycle, turn.cycle_ms, strict=True)
            ]
        if soon is None:
            return runs
        last = self._announcing.get(at)
        if last is None:
            last = self._announcing[at] = self.writer.cues.announcing(runs[-1], soon)
        return [*runs[:-1], last]

    def switch_sides(self, place: Place, before: Side | None, after: Side | None) -> Run:
        """Lay out the pause for a change of side, if there is one."""
        if before is after:
            return EMPTY
        key = (place, after)
        found = self._switches.get(key)
        if found is None:
            pause, text = self.writer.timing.switch_sides(), self.writer.phrases.switch_sides
            found = self.writer.rest(pause, text, place, (None, after))
            self._switches[key] = found
        return found

    def announced(self, turn: Turn, after: Side | None) -> Side | None:
        """Return the side that comes straight after a turn, if a cue inside it says so.

        It does where the last segment of the turn is at least twice as long as what it announces.
        """
        soon_ms = self.writer.cues.switch_soon_ms
        if soon_ms is None or after is None or after is turn.side:
            return None
        return after if 2 * soon_ms <= turn.cycle_ms[-1] else None
