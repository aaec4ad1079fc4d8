"""From a routine to its timeline: what comes when, at a level and a pacing.

The rules, each in one function below:

* A lead-in stands before the first exercise and between two exercises. Where the author wrote a
  rest, that takes its place.
* Rests stand between things. One that no exercise follows is left out, in the last round of a
  circuit, too.
* A change of side has its pause wherever no longer rest stands.
* A pause of no length makes no segment.
* Cues lie strictly inside their segment, at most one at an instant: the countdown before the
  halfway cue, that before the author's marks, and these in their order.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, TypeAlias

from attrs import evolve, frozen

from supple._model import (
    Circuit,
    Dose,
    Exercise,
    Hold,
    Pacing,
    Prescription,
    Rest,
    Routine,
    Side,
    Sides,
    checks as check,
)
from supple._model.routine import require_end
from supple._model.sided import on_side
from supple._phrases import Phrases, phrases_for
from supple._timeline.events import NOWHERE, Content, EventKind, Place, RestReason, SegmentKind
from supple._timeline.layout import EMPTY, REP, ROUND, SET, Loop, Run, chain
from supple._timeline.timeline import Timeline
from supple._units import exact, round_half_up, seconds_to_ms

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from supple._model import Mark, Range, RoutineItem, Step
    from supple._timeline.layout import Node


def schedule(
    routine: Routine,
    *,
    level: float = 0.0,
    pacing: Pacing | None = None,
    phrases: Phrases | None = None,
) -> Timeline:
    """Lay a routine out in time.

    The same routine, level and pacing give the same timeline, on every machine and on every
    day. It takes time and memory for the routine as written, however often things repeat.

    Args:
        routine: What to do.
        level: What to pick out of every range: 0 the gentle end, 1 the full dose.
        pacing: The time between things, and the cues; ``Pacing()`` where it is left out.
        phrases: What the library itself says, such as "Switch sides"; its own phrases in the
            language of the routine where it is left out, or in English where it has none.

    Raises:
        ModelError: If an argument is not what it should be.

    >>> from supple import Exercise, Hold, Pacing, Routine
    >>> reach = Exercise(
    ...     "reach",
    ...     name="Reach",
    ...     kind="stretch",
    ...     position="standing",
    ...     cycle=[Hold("Reach up", seconds=(5, 10))],
    ... )
    >>> pacing = Pacing(get_ready=0, countdown=())
    >>> timeline = schedule(Routine("up", items=[reach]), level=1.0, pacing=pacing)
    >>> [(event.at_ms, str(event.kind)) for event in timeline.events(5_000)]
    ... # doctest: +NORMALIZE_WHITESPACE
    [(10000, 'hold.ended'), (10000, 'rep.ended'), (10000, 'set.ended'),
     (10000, 'exercise.ended'), (10000, 'routine.ended')]
    """
    routine = check.instance_of(Routine)("schedule.routine", routine)
    level = check.level("schedule.level", level)
    pacing = Pacing() if pacing is None else check.instance_of(Pacing)("schedule.pacing", pacing)
    if phrases is None:
        phrases = phrases_for(routine.language)
    else:
        phrases = check.instance_of(Phrases)("schedule.phrases", phrases)
    root = _Layout(level, pacing, phrases).routine(routine)
    return Timeline(routine, level, pacing, phrases, root)


@frozen
class _Layout:
    """Lays out one routine, from the outside in."""

    level: int | float
    pacing: Pacing
    phrases: Phrases

    def routine(self, routine: Routine) -> Node:
        items = self.items(routine.items, NOWHERE, ends_here=True)
        body = chain([self.get_ready(routine.items[0]), items])
        return self.span("routine", routine.name, body, NOWHERE)

    def items(self, items: Sequence[RoutineItem], place: Place, *, ends_here: bool) -> Node:
        """Lay items one after the other; where the routine ends here, without a last rest."""
        if ends_here:
            items = _without_trailing_rests(items)
        last = len(items) - 1
        laid = [
            self.item(item, place, ends_here=ends_here and i == last)
            for i, item in enumerate(items)
        ]
        parts: list[Node] = [laid[0]]
        for (before, after), node in zip(pairwise(items), laid[1:], strict=True):
            parts += [self.transition(before, after, place), node]
        return chain(parts)

    def item(self, item: RoutineItem, place: Place, *, ends_here: bool) -> Node:
        if isinstance(item, Rest):
            text = item.text or self.phrases.rest
            return self.rest(RestReason.REST, text, self.ms(item.seconds), place)
        if isinstance(item, Circuit):
            return self.circuit(item, place, ends_here=ends_here)
        return self.exercise(_prescribed(item), place)

    def circuit(self, circuit: Circuit, outside: Place, *, ends_here: bool) -> Node:
        require_end(circuit)
        rounds = self.times(circuit.rounds)
        place = evolve(outside, rounds=rounds)

        def one_round(*, ends_here: bool) -> Node:
            items = self.items(circuit.items, place, ends_here=ends_here)
            return self.span("round", self.phrases.round, items, place)

        between = self.rest(RestReason.REST, self.phrases.rest, self.ms(circuit.rest), outside)
        if between is EMPTY:
            between = self.transition(circuit.items[-1], circuit.items[0], outside)
        if not (ends_here and isinstance(_last(circuit), Rest)):
            return Loop(ROUND, rounds, one_round(ends_here=False), between)
        last = Loop(ROUND, 1, one_round(ends_here=True), first=rounds)
        if rounds == 1:
            return last
        before = Loop(ROUND, rounds - 1, one_round(ends_here=False), between)
        return chain([before, between, last])

    def get_ready(self, item: RoutineItem) -> Run:
        first = _first(item)
        if isinstance(first, Rest):
            return EMPTY
        text = self.coming(self.phrases.get_ready, first.exercise)
        return self.rest(RestReason.GET_READY, text, seconds_to_ms(self.pacing.get_ready), NOWHERE)

    def transition(self, before: RoutineItem, after: RoutineItem, place: Place) -> Run:
        """Lay out the way from one exercise to the next, unless a rest gives the time for it."""
        last, first = _last(before), _first(after)
        if isinstance(last, Rest) or isinstance(first, Rest):
            return EMPTY
        if last.exercise.position is first.exercise.position:
            seconds, phrase = self.pacing.transition, self.phrases.transition
        else:
            seconds, phrase = self.pacing.position_change, self.phrases.position_change
        text = self.coming(phrase, first.exercise)
        return self.rest(RestReason.TRANSITION, text, seconds_to_ms(seconds), place)

    def exercise(self, prescription: Prescription, outside: Place) -> Node:
        exercise = prescription.exercise
        place = evolve(outside, exercise=exercise.id)
        setup = (self.step_or_hold(each, place) for each in exercise.setup)
        finish = (self.step_or_hold(each, place) for each in exercise.finish)
        body = chain([*setup, self.sets(prescription, place), *finish])
        return self.span("exercise", exercise.name, body, place)

    def sets(self, prescription: Prescription, outside: Place) -> Node:
        sets = self.times(prescription.sets)
        place = evolve(outside, sets=sets)
        rest = prescription.rest
        ms = seconds_to_ms(self.pacing.between_sets) if rest is None else self.ms(rest)
        between = self.rest(RestReason.BETWEEN_SETS, self.phrases.rest, ms, outside)
        if between is EMPTY and prescription.exercise.sides is not Sides.NONE:
            between = self.switch_sides(outside)
        span = self.span("set", self.phrases.set, self.reps(prescription, place), place)
        return Loop(SET, sets, span, between)

    def reps(self, prescription: Prescription, outside: Place) -> Node:
        """Lay out one set: all repetitions on all sides, in the order of the sides."""
        reps = self.times(prescription.reps)
        place = evolve(outside, reps=reps)

        def on(side: Side | None) -> Node:
            return chain(
                self.step_or_hold(each, evolve(place, side=side)) for each in prescription.cycle
            )

        def repeated(one: Node, side: Side | None, between: Run) -> Node:
            span = self.span("rep", self.phrases.rep, one, evolve(place, side=side))
            return Loop(REP, reps, span, between)

        sides = prescription.exercise.sides
        if sides is Sides.NONE:
            return repeated(on(None), None, EMPTY)
        if sides is Sides.ALTERNATE:
            both = chain([on(Side.LEFT), self.switch_sides(place), on(Side.RIGHT)])
            return repeated(both, None, self.switch_sides(outside))
        left = repeated(on(Side.LEFT), Side.LEFT, EMPTY)
        right = repeated(on(Side.RIGHT), Side.RIGHT, EMPTY)
        return chain([left, self.switch_sides(outside), right])

    def switch_sides(self, place: Place) -> Run:
        ms = seconds_to_ms(self.pacing.switch_sides)
        return self.rest(RestReason.SWITCH_SIDES, self.phrases.switch_sides, ms, place)

    def rest(self, why: RestReason, text: str, ms: int, place: Place) -> Run:
        """Lay out a rest; one of no length is no segment at all."""
        if not ms:
            return EMPTY
        return _segment(SegmentKind.REST, text, ms, place, self.countdown(), why=why)

    def step_or_hold(self, segment: Step | Hold, place: Place) -> Run:
        text = on_side(segment.text, place.side, self.phrases.sides())
        if isinstance(segment, Hold):
            ms = self.ms(segment.seconds)
            cues = [*self.countdown(), *self.halfway(ms), *_marks(segment.marks, ms)]
            return _segment(SegmentKind.HOLD, text, ms, place, cues)
        seconds = segment.seconds
        ms = seconds_to_ms(self.pacing.step) if seconds is None else self.ms(seconds)
        cues = _marks(segment.marks, ms)
        return _segment(SegmentKind.STEP, text, ms, place, cues, is_open=segment.until_ready)

    def span(self, what: str, text: str, body: Node, place: Place) -> Node:
        """Put the events around a body that say when it starts and ends."""
        length = body.duration_ms
        started = Content(EventKind(f"{what}.started"), text, place=place, duration_ms=length)
        ended = Content(EventKind(f"{what}.ended"), text, place=place, duration_ms=length)
        return chain([Run([(0, started)], 0), body, Run([(0, ended)], 0)])

    def countdown(self) -> list[_Cue]:
        return [
            (seconds_to_ms(second), EventKind.COUNTDOWN, str(second))
            for second in self.pacing.countdown
        ]

    def halfway(self, ms: int) -> list[_Cue]:
        shortest = self.pacing.halfway
        if shortest is None or ms < seconds_to_ms(shortest):
            return []
        return [(ms // 2, EventKind.HALFWAY, self.phrases.halfway)]

    def coming(self, phrase: str, exercise: Exercise) -> str:
        position = self.phrases.position(exercise.position)
        return phrase.replace("{position}", position).replace("{exercise}", exercise.name)

    def ms(self, seconds: Range) -> int:
        return seconds_to_ms(seconds.at(self.level))

    def times(self, times: Range) -> int:
        return int(times.at(self.level))


_Cue: TypeAlias = "tuple[int, EventKind, str]"
"""The time left in the segment in milliseconds, the kind, and what to say."""


def _marks(marks: Iterable[Mark], ms: int) -> list[_Cue]:
    return [(_remaining_ms(mark, ms), EventKind.MARK, mark.text) for mark in marks]


def _remaining_ms(mark: Mark, ms: int) -> int:
    if mark.before_end is not None:
        return seconds_to_ms(mark.before_end)
    return ms - round_half_up(ms * exact(mark.fraction or 0))


def _segment(  # noqa: PLR0913 - what a segment is made of, each by its name
    kind: SegmentKind,
    text: str,
    ms: int,
    place: Place,
    cues: Iterable[_Cue],
    *,
    why: RestReason | None = None,
    is_open: bool = False,
) -> Run:
    """Write a segment out, with those of its cues that lie inside and whose instant is free."""
    kept: dict[int, Content] = {}
    for remaining, cue, says in cues:
        if 0 < remaining < ms:
            kept.setdefault(remaining, Content(cue, says, place=place, remaining_ms=remaining))
    started, ended = (
        Content(event, text, place=place, duration_ms=ms, why=why, open=is_open)
        for event in (kind.started, kind.ended)
    )
    inside = ((ms - remaining, kept[remaining]) for remaining in sorted(kept, reverse=True))
    return Run([(0, started), *inside, (ms, ended)], ms)


def _without_trailing_rests(items: Sequence[RoutineItem]) -> Sequence[RoutineItem]:
    last = max(i for i, item in enumerate(items) if not isinstance(item, Rest))
    return items[: last + 1]


def _first(item: RoutineItem) -> Prescription | Rest:
    while isinstance(item, Circuit):
        item = item.items[0]
    return item if isinstance(item, Rest) else _prescribed(item)


def _last(item: RoutineItem) -> Prescription | Rest:
    while isinstance(item, Circuit):
        item = item.items[-1]
    return item if isinstance(item, Rest) else _prescribed(item)


def _prescribed(item: Exercise | Prescription) -> Prescription:
    return item if isinstance(item, Prescription) else Prescription(item, dose=Dose())
