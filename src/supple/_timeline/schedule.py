"""From a routine to its timeline: what comes when, at a level and a pacing.

The rules about time alone are those of :mod:`supple._timeline.timing`; the others are here:

* A rest names what comes after it.
* A pause of no length makes no segment.
* Cues lie strictly inside their segment; which of two has an instant, ``Cues`` tells.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from supple._model import (
    Circuit,
    Exercise,
    Pacing,
    Prescription,
    Rest,
    Routine,
    requirements as must,
)
from supple._model.exercise import exercise_of, prescribed, sides_of
from supple._model.routine import ROUTINE, first_of, last_of, require_end
from supple._phrases import Phrases, phrases_of
from supple._timeline.events import NOWHERE, ROUND
from supple._timeline.exercises import ExerciseLayout
from supple._timeline.kinds import RestReason
from supple._timeline.layout import EMPTY, Chain, chain, repeat
from supple._timeline.segments import Writer
from supple._timeline.timeline import Timeline
from supple._timeline.timing import (
    Pause,
    Timing,
    is_position_change,
    without_trailing_rests,
)

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Sequence

    from supple._model import RoutineItem
    from supple._timeline.events import Place
    from supple._timeline.layout import Node, Run
    from supple._timeline.segments import Coming


def schedule(
    routine: Routine | Exercise | Prescription,
    *,
    level: float = 0.0,
    pacing: Pacing | None = None,
    phrases: Phrases | None = None,
) -> Timeline:
    """Lay a routine out in time.

    The same routine, level and pacing give the same timeline, on every machine and on every
    day. It takes time and memory for the routine as written, however often things repeat; what
    stands in it more than once is laid out once.

    Args:
        routine: What to do. A single exercise or prescription is a routine of its own.
        level: What to pick out of every range: 0 the gentle end, 1 the full dose.
        pacing: The time between things, and the cues; ``Pacing()`` where it is left out.
        phrases: What the library itself says, such as "Switch sides"; where it is left out,
            ``routine.phrases``, those of the catalog that it is from, or the library's own in the
            language of the routine, or in English where it has none.

    Raises:
        ModelError: If an argument is not what it should be, or the routine as written has too
            many events, cues included.

    >>> from supple import Exercise, Hold, Pacing, schedule
    >>> reach = Exercise(
    ...     "reach",
    ...     name="Reach",
    ...     kind="stretch",
    ...     position="standing",
    ...     cycle=[Hold("Reach up", seconds=(5, 10))],
    ... )
    >>> timeline = schedule(reach, level=1.0, pacing=Pacing(get_ready=0, countdown=()))
    >>> [(event.at_ms, str(event.kind)) for event in timeline.events(5_000)]
    ... # doctest: +NORMALIZE_WHITESPACE
    [(10000, 'hold.ended'), (10000, 'rep.ended'), (10000, 'set.ended'),
     (10000, 'exercise.ended'), (10000, 'routine.ended')]
    """
    whole = ROUTINE.require("schedule.routine", routine)
    timing = Timing.of("schedule", level, pacing)
    if phrases is None:
        phrases = phrases_of(whole)
    else:
        phrases = must.InstanceOf(Phrases).require("schedule.phrases", phrases)
    root = _Layout(Writer(timing, phrases)).routine(whole)
    return Timeline(whole, timing.level, timing.pacing, phrases, root)


class _Layout:
    """Lays out one routine, from the outside in."""

    def __init__(self, writer: Writer) -> None:
        self.writer = writer
        self.phrases = writer.phrases
        self.exercises = 0
        self._laid: dict[Hashable, Node] = {}
        self._counts: dict[int, int] = {}

    def routine(self, routine: Routine) -> Node:
        self.exercises = self.count(routine.items)
        first = routine.items[0]
        pause = self.writer.timing.get_ready(first)
        ready = self.lead_in(pause, self.phrases.get_ready, first, NOWHERE)
        return self.items("routine", routine.name, routine.items, NOWHERE, None, before=ready)

    def count(self, items: Iterable[RoutineItem]) -> int:
        """Return how many exercises are written in items."""
        return sum(self.count_in(item) for item in items)

    def count_in(self, item: RoutineItem) -> int:
        """Return how many exercises are written in one item; a circuit is counted once."""
        if not isinstance(item, Circuit):
            return 0 if isinstance(item, Rest) else 1
        if id(item) not in self._counts:
            require_end(item)
            self._counts[id(item)] = self.count(item.items)
        return self._counts[id(item)]

    def items(  # noqa: PLR0913 - those of a routine and of a round, which differ in all of it
        self,
        what: str,
        text: str,
        items: Sequence[RoutineItem],
        place: Place,
        coming: Coming | None,
        *,
        before: Run = EMPTY,
        counter: int | None = None,
    ) -> Node:
        """Lay items one after the other, before what comes; where the routine ends, ``None``."""
        if coming is None:
            items = without_trailing_rests(items)
        parts: list[Node] = []
        exercises: list[int] = []
        after: RoutineItem | None = None
        for item in reversed(items):
            if after is not None and (way := self.transition(item, after, place)).contents:
                parts.append(way)
                exercises.append(0)
            parts.append(self.item(item, place, coming))
            exercises.append(self.count_in(item))
            coming = _coming(item) or coming
            after = item
        parts.append(before)
        parts.reverse()
        exercises.reverse()
        start, _, *parts, end = self.writer.span(what, text, parts, place, counter=counter)
        return Chain([chain([start, before]), *parts, end], exercises=[0, *exercises, 0])

    def item(self, item: RoutineItem, place: Place, coming: Coming | None) -> Node:
        """Lay an item out, once for all places in which it says the same."""
        key: Hashable = (id(item), place)
        if isinstance(last_of(item), Rest):
            key = (id(item), place, coming)
        if key not in self._laid:
            if isinstance(item, Rest):
                pause = Pause(RestReason.REST, self.writer.timing.ms(item.seconds))
                text = item.text or self.phrases.rest
                node = chain([self.writer.rest(pause, text, place, coming)])
            elif isinstance(item, Circuit):
                node = self.circuit(item, place, coming)
            else:
                layout = ExerciseLayout(self.writer, prescribed(item))
                node = layout.node(place, exercises=self.exercises)
            self._laid[key] = node
        return self._laid[key]

    def circuit(self, circuit: Circuit, outside: Place, coming: Coming | None) -> Node:
        rounds = self.writer.timing.times(circuit.rounds)
        place = outside._replace(rounds=rounds)
        text = self.phrases.counted(self.phrases.round, "{number}", rounds)
        again = _coming(circuit)

        def one_round(coming: Coming | None) -> Node:
            return self.items("round", text, circuit.items, place, coming, counter=ROUND)

        pause = self.writer.timing.between_rounds(circuit)
        if pause.why is RestReason.TRANSITION:
            between = self.transition(circuit, circuit, outside)
        else:
            between = self.writer.rest(pause, self.phrases.rest, outside, again)
        last = usual = one_round(again)
        if coming != again and isinstance(last_of(circuit), Rest):
            last = one_round(coming)
        return repeat(ROUND, rounds, usual, last, between)

    def transition(self, before: RoutineItem, after: RoutineItem, place: Place) -> Run:
        """Lay out the way from one exercise to the next, unless a rest gives the time for it."""
        is_change = is_position_change(before, after)
        phrase = self.phrases.position_change if is_change else self.phrases.transition
        return self.lead_in(self.writer.timing.transition(before, after), phrase, after, place)

    def lead_in(self, pause: Pause, phrase: str, item: RoutineItem, place: Place) -> Run:
        """Lay out a pause that tells of the exercise to come."""
        first = first_of(item)
        if not pause.ms or isinstance(first, Rest):
            return EMPTY
        exercise = exercise_of(first)
        position = self.phrases.name_of(exercise.position)
        text = phrase.replace("{position}", position).replace("{exercise}", exercise.name)
        return self.writer.rest(pause, text, place, _coming(item))


def _coming(item: RoutineItem) -> Coming | None:
    """Return what comes first in an item; a rest has nothing to come, and is passed over."""
    while isinstance(item, Circuit):
        item = next(each for each in item.items if not isinstance(each, Rest))
    return None if isinstance(item, Rest) else (exercise_of(item).id, sides_of(item)[0])
