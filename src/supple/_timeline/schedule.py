"""From a routine to its timeline: what comes when, at a level and a pacing.

The rules about time alone are those of :mod:`supple._timeline.timing`; the others are here:

* A pause of no length makes no segment.
* Cues lie strictly inside their segment, at most one at an instant: the countdown before the
  halfway cue, that before the author's marks, and these in their order.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, TypeAlias

from attrs import evolve, frozen

from supple._model import Circuit, Hold, Pacing, Prescription, Rest, Routine, Side, Sides
from supple._model import checks as check
from supple._model.routine import require_end
from supple._model.sided import on_side
from supple._phrases import Phrases, phrases_for
from supple._timeline.events import NOWHERE, Content, EventKind, Place, RestReason, SegmentKind
from supple._timeline.layout import EMPTY, REP, ROUND, SET, Loop, Run, chain
from supple._timeline.timeline import Timeline
from supple._timeline.timing import (
    Timing,
    first_of,
    is_position_change,
    last_of,
    prescribed,
    without_trailing_rests,
)
from supple._units import exact, round_half_up, seconds_to_ms

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from supple._model import Exercise, Mark, RoutineItem, Step
    from supple._timeline.layout import Node
    from supple._timeline.timing import Pause


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
    root = _Layout(Timing(level, pacing), phrases).routine(routine)
    return Timeline(routine, level, pacing, phrases, root)


@frozen
class _Layout:
    """Lays out one routine, from the outside in."""

    timing: Timing
    phrases: Phrases

    def routine(self, routine: Routine) -> Node:
        items = self.items(routine.items, NOWHERE, ends_here=True)
        body = chain([self.get_ready(routine.items[0]), items])
        return self.span("routine", routine.name, body, NOWHERE)

    def items(self, items: Sequence[RoutineItem], place: Place, *, ends_here: bool) -> Node:
        """Lay items one after the other; where the routine ends here, without a last rest."""
        if ends_here:
            items = without_trailing_rests(items)
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
            return self.rest(RestReason.REST, text, self.timing.ms(item.seconds), place)
        if isinstance(item, Circuit):
            return self.circuit(item, place, ends_here=ends_here)
        return self.exercise(prescribed(item), place)

    def circuit(self, circuit: Circuit, outside: Place, *, ends_here: bool) -> Node:
        require_end(circuit)
        rounds = self.timing.times(circuit.rounds)
        place = evolve(outside, rounds=rounds)

        def one_round(*, ends_here: bool) -> Node:
            items = self.items(circuit.items, place, ends_here=ends_here)
            return self.span("round", self.phrases.round, items, place)

        why, ms = self.timing.between_rounds(circuit)
        if why is RestReason.TRANSITION:
            between = self.transition(circuit.items[-1], circuit.items[0], outside)
        else:
            between = self.rest(why, self.phrases.rest, ms, outside)
        if not (ends_here and isinstance(last_of(circuit), Rest)):
            return Loop(ROUND, rounds, one_round(ends_here=False), between)
        last = Loop(ROUND, 1, one_round(ends_here=True), first=rounds)
        if rounds == 1:
            return last
        before = Loop(ROUND, rounds - 1, one_round(ends_here=False), between)
        return chain([before, between, last])

    def get_ready(self, item: RoutineItem) -> Run:
        return self.lead_in(self.timing.get_ready(item), self.phrases.get_ready, item, NOWHERE)

    def transition(self, before: RoutineItem, after: RoutineItem, place: Place) -> Run:
        """Lay out the way from one exercise to the next."""
        phrase = self.phrases.transition
        if is_position_change(before, after):
            phrase = self.phrases.position_change
        return self.lead_in(self.timing.transition(before, after), phrase, after, place)

    def lead_in(self, pause: Pause, phrase: str, item: RoutineItem, place: Place) -> Run:
        """Lay out a pause that tells of the exercise to come."""
        first = first_of(item)
        if isinstance(first, Rest):
            return EMPTY
        return self.rest(pause.why, self.coming(phrase, first.exercise), pause.ms, place)

    def exercise(self, prescription: Prescription, outside: Place) -> Node:
        exercise = prescription.exercise
        place = evolve(outside, exercise=exercise.id)
        setup = (self.step_or_hold(each, place) for each in exercise.setup)
        finish = (self.step_or_hold(each, place) for each in exercise.finish)
        body = chain([*setup, self.sets(prescription, place), *finish])
        return self.span("exercise", exercise.name, body, place)

    def sets(self, prescription: Prescription, outside: Place) -> Node:
        sets = self.timing.times(prescription.sets)
        place = evolve(outside, sets=sets)
        why, ms = self.timing.between_sets(prescription)
        is_switch = why is RestReason.SWITCH_SIDES
        text = self.phrases.switch_sides if is_switch else self.phrases.rest
        between = self.rest(why, text, ms, outside)
        span = self.span("set", self.phrases.set, self.reps(prescription, place), place)
        return Loop(SET, sets, span, between)

    def reps(self, prescription: Prescription, outside: Place) -> Node:
        """Lay out one set: all repetitions on all sides, in the order of the sides."""
        reps = self.timing.times(prescription.reps)
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
        why, ms = self.timing.switch_sides()
        return self.rest(why, self.phrases.switch_sides, ms, place)

    def rest(self, why: RestReason, text: str, ms: int, place: Place) -> Run:
        """Lay out a rest; one of no length is no segment at all."""
        if not ms:
            return EMPTY
        return _segment(SegmentKind.REST, text, ms, place, self.countdown(), why=why)

    def step_or_hold(self, segment: Step | Hold, place: Place) -> Run:
        text = on_side(segment.text, place.side, self.phrases.sides())
        ms = self.timing.segment(segment)
        if isinstance(segment, Hold):
            cues = [*self.countdown(), *self.halfway(ms), *_marks(segment.marks, ms)]
            return _segment(SegmentKind.HOLD, text, ms, place, cues)
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
            for second in self.timing.pacing.countdown
        ]

    def halfway(self, ms: int) -> list[_Cue]:
        shortest = self.timing.pacing.halfway
        if shortest is None or ms < seconds_to_ms(shortest):
            return []
        return [(ms // 2, EventKind.HALFWAY, self.phrases.halfway)]

    def coming(self, phrase: str, exercise: Exercise) -> str:
        position = self.phrases.position(exercise.position)
        return phrase.replace("{position}", position).replace("{exercise}", exercise.name)


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
