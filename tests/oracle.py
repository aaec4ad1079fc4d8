"""A second reading of the rules of a timeline: it lists everything, one thing after the other.

It keeps a clock and a list and shares no code with the library. It costs as much as the
routine is long, which is why it can be this plain.
"""

from __future__ import annotations

from contextlib import contextmanager
from decimal import ROUND_HALF_UP, Context, Decimal
from typing import TYPE_CHECKING, Any, TypeAlias

from supple import Circuit, Exercise, Hold, Pacing, Prescription, Rest

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from supple import Event, Mark, Range, Routine, RoutineItem, Segment, Step

Facts: TypeAlias = dict[str, Any]
"""Everything that an event says, by name."""

CONTEXT = (
    *("exercise", "exercise_number", "exercises", "side"),
    *("rep", "reps", "set", "sets", "round", "rounds"),
)
REST = ("why", "next_exercise", "next_side")
SAID = (
    *("at_ms", "kind", "text", "duration_ms", "remaining_ms", *CONTEXT, *REST),
    *("note", "load", "open"),
)

PHRASES = {
    "lying-on-back": "lying on your back",
    "lying-on-front": "lying on your front",
    "lying-on-side": "lying on your side",
    "all-fours": "on all fours",
    "kneeling": "kneeling",
    "sitting": "sitting",
    "standing": "standing",
    "half-kneeling": "half kneeling",
    "squatting": "squatting",
    "leaning-on-wall": "leaning on a wall",
    "hanging": "hanging",
}

EXACT = Context(prec=2000)  # the smallest float has 1074 decimal places


def said_by(event: Event) -> Facts:
    """Return everything that an event of the library says."""
    return {name: getattr(event, name) for name in SAID}


def held_by(segment: Segment) -> Facts:
    """Return everything that a segment of the library says."""
    return {name: getattr(segment, name) for name in SEGMENT_SAID}


SEGMENT_SAID = ("start_ms", "end_ms", "kind", "text", "duration_ms", *CONTEXT, *REST, "open")


def expand(routine: Routine, *, level: float = 0, pacing: Pacing | None = None) -> list[Facts]:
    """List every event of a routine, in order."""
    return _Expansion(level, pacing or Pacing()).of(routine)


def segments(events: Iterable[Facts]) -> list[Facts]:
    """List the steps, holds and rests among listed events."""
    return [
        {
            **{name: event[name] for name in (*CONTEXT, *REST, "text", "duration_ms", "open")},
            "start_ms": event["at_ms"],
            "end_ms": event["at_ms"] + event["duration_ms"],
            "kind": event["kind"].removesuffix(".started"),
        }
        for event in events
        if event["kind"] in {"step.started", "hold.started", "rest.started"}
    ]


def pick(amount: Range, level: float) -> Decimal:
    """Pick an amount at a level, exactly."""
    low, high = Decimal(str(amount.low)), Decimal(str(amount.high))
    whole = low % 1 == high % 1 == 0
    between = EXACT.add(low, EXACT.multiply(high - low, Decimal(str(level))))
    return half_up(between, "1" if whole else "0.001")


def half_up(number: Decimal, grain: str = "1") -> Decimal:
    """Round to the nearest multiple of a grain, to the upper one of two."""
    return number.quantize(Decimal(grain), ROUND_HALF_UP, EXACT)


def in_ms(seconds: float | Decimal) -> int:
    """Return seconds in milliseconds."""
    return int(half_up(Decimal(str(seconds)) * 1000))


def exercise_of(item: Exercise | Prescription) -> Exercise:
    """Return the exercise of an item."""
    return item.exercise if isinstance(item, Prescription) else item


def leaf_of(item: RoutineItem, end: int) -> Exercise | Rest:
    """Return the first (0) or the last (-1) exercise or rest inside an item."""
    while isinstance(item, Circuit):
        item = item.items[end]
    return item if isinstance(item, Rest) else exercise_of(item)


def on_side(text: str, side: str | None) -> str:
    """Return a text with each part in braces in the form that the side asks for."""
    before, opened, rest = text.partition("{")
    if not opened:
        return text
    inside, _, after = rest.partition("}")
    left, _, right = inside.partition("|")
    form = side if inside == "side" else (left if side == "left" else right)
    return f"{before}{form}{on_side(after, side)}"


def written_in(items: Sequence[RoutineItem]) -> int:
    """Count the exercises that are written, those of a circuit once."""
    return sum(
        written_in(item.items) if isinstance(item, Circuit) else not isinstance(item, Rest)
        for item in items
    )


def sides_of(item: Exercise | Prescription) -> list[str]:
    """List the sides of an item in the order in which they are worked."""
    if exercise_of(item).sides == "none":
        return []
    if isinstance(item, Prescription) and item.side is not None:
        return [item.side.value]
    first = exercise_of(item).first_side
    if isinstance(item, Prescription) and item.first_side is not None:
        first = item.first_side
    return ["left", "right"] if first == "left" else ["right", "left"]


def amount_on(item: Exercise | Prescription, side: str | None, part: str) -> Range | None:
    """Return a part of the dose on a side: of that side, of the prescription, of the exercise."""
    if isinstance(item, Prescription):
        for dose in (getattr(item, side) if side else None, item.dose):
            if dose is not None and getattr(dose, part) is not None:
                amount: Range = getattr(dose, part)
                return amount
    return getattr(exercise_of(item), part, None)


class _Expansion:
    """The clock and the list."""

    def __init__(self, level: float, pacing: Pacing) -> None:
        self.level = level
        self.pacing = pacing
        self.now = 0
        self.exercises = 0
        self.events: list[Facts] = []

    def emit(self, kind: str, text: str, **said: Any) -> Facts:
        nothing = {**dict.fromkeys(SAID), "open": False}
        event = {**nothing, "at_ms": self.now, "kind": kind, "text": text, **said}
        self.events.append(event)
        return event

    @contextmanager
    def span(self, what: str, text: str, **said: Any) -> Iterator[None]:
        started = self.emit(f"{what}.started", text, **said)
        yield
        started["duration_ms"] = self.now - started["at_ms"]
        self.emit(f"{what}.ended", text, duration_ms=started["duration_ms"], **said)

    # --- the routine and its circuits

    def of(self, routine: Routine) -> list[Facts]:
        self.exercises = written_in(routine.items)
        with self.span("routine", routine.name):
            first = leaf_of(routine.items[0], 0)
            if isinstance(first, Exercise):
                text = f"Get ready: {first.name}, {PHRASES[first.position]}"
                self.rest("get-ready", text, self.pacing.get_ready)
            self.items(routine.items, more=False, before=0)
        self.name_what_comes()
        return self.events

    def name_what_comes(self) -> None:
        """Write into every rest what comes after it, now that everything is listed.

        A rest between exercises names the next exercise, and every rest the next side that is
        worked, unless the exercise that it belongs to is one without sides.
        """
        exercise = side = None
        starting = None
        for event in reversed(self.events):
            what, _, happens = event["kind"].partition(".")
            if happens == "started" and what in {"step", "hold"} and event["side"] is not None:
                side = event["side"]
            elif happens == "started" and what == "exercise":
                exercise, starting = event["exercise"], side if event["sided"] else None
            elif happens == "ended" and what == "exercise":
                side = None
            elif what == "rest" and event["exercise"] is None:
                event["next_exercise"], event["next_side"] = exercise, starting
            elif what == "rest":
                event["next_side"] = side
        for event in self.events:
            event.pop("sided", None)

    def items(self, items: Sequence[RoutineItem], *, more: bool, before: int, **at: Any) -> None:
        """Do items in order.

        `more` tells whether an exercise follows after the last one, and `before` how many
        exercises are written before the first one.
        """
        for i, item in enumerate(items):
            if i > 0:
                self.transition(items[i - 1], item, **at)
            follows = more or any(not isinstance(later, Rest) for later in items[i + 1 :])
            done = before + written_in(items[:i])
            if isinstance(item, Circuit):
                self.circuit(item, more=follows, before=done, **at)
            elif not isinstance(item, Rest):
                number = {"exercise_number": done + 1, "exercises": self.exercises}
                self.exercise(item, **number, **at)
            elif follows:
                self.rest("rest", item.text or "Rest", pick(item.seconds, self.level), **at)

    def circuit(self, circuit: Circuit, *, more: bool, before: int, **outside: Any) -> None:
        rounds = int(pick(circuit.rounds, self.level))
        pause = pick(circuit.rest, self.level)
        for n in range(1, rounds + 1):
            inside = {**outside, "round": n, "rounds": rounds}
            if n > 1 and pause > 0:
                self.rest("rest", "Rest", pause, **outside)
            elif n > 1:
                self.transition(circuit, circuit, **outside)
            with self.span("round", f"Round {n} of {rounds}", **inside):
                self.items(circuit.items, more=more or n < rounds, before=before, **inside)

    def transition(self, before: RoutineItem, after: RoutineItem, **at: Any) -> None:
        last, first = leaf_of(before, -1), leaf_of(after, 0)
        if isinstance(last, Rest) or isinstance(first, Rest):
            return
        if last.position == first.position:
            text, seconds = f"Next: {first.name}", self.pacing.transition
        else:
            text = f"Next: {first.name}, {PHRASES[first.position]}"
            seconds = self.pacing.position_change
        self.rest("transition", text, seconds, **at)

    # --- an exercise

    def exercise(self, item: Exercise | Prescription, **outside: Any) -> None:
        exercise = exercise_of(item)
        at = {**outside, "exercise": exercise.id}
        sides: list[str | None] = [*sides_of(item)] or [None]
        told: Facts = {"note": None, "load": None}
        if isinstance(item, Prescription):
            told = {"note": item.note, "load": item.load}
        sets = {side: self.times(item, side, "sets") for side in sides}
        total = max(sets.values())
        with self.span("exercise", exercise.name, **at, **told, sided=sides != [None]):
            self.segments(exercise.setup, **at)
            for n in range(1, total + 1):
                inside = {**at, "set": n, "sets": total}
                with self.span("set", f"Set {n} of {total}", **inside):
                    self.reps(item, [side for side in sides if sets[side] >= n], **inside)
                if n < total:
                    following = next(side for side in sides if sets[side] > n)
                    self.between_sets(item, following, **at)
            self.segments(exercise.finish, **at)

    def times(self, item: Exercise | Prescription, side: str | None, part: str) -> int:
        amount = amount_on(item, side, part)
        assert amount is not None
        return int(pick(amount, self.level))

    def between_sets(
        self, item: Exercise | Prescription, following: str | None, **at: Any
    ) -> None:
        pause = pick(item.rest, self.level) if item.rest else self.pacing.between_sets
        if pause > 0:
            self.rest("between-sets", "Rest", pause, **at)
        else:
            self.switch_to(following, **at)

    def switch_to(self, side: str | None, **at: Any) -> None:
        """Change to a side, if the last step or hold was on the other one; announce it there."""
        last = next(
            event
            for event in reversed(self.events)
            if event["kind"] in {"step.started", "hold.started"}
        )
        if side is None or last["side"] == side:
            return
        self.announce(last, side)
        self.rest("switch-sides", "Switch sides", self.pacing.switch_sides, **at)

    def announce(self, last: Facts, side: str) -> None:
        """Put a cue into the last segment of a side, unless something more urgent is there."""
        soon = self.pacing.switch_soon
        if soon is None or last["duration_ms"] < 2 * in_ms(soon):
            return
        end = last["at_ms"] + last["duration_ms"]
        at_ms = end - in_ms(soon)
        start = next(i for i, event in enumerate(self.events) if event is last)
        i = start + 1
        while self.events[i]["kind"].startswith("cue.") and self.events[i]["at_ms"] < at_ms:
            i += 1
        there = self.events[i]
        if there["kind"].startswith("cue.") and there["at_ms"] == at_ms:
            if there["kind"] == "cue.countdown":
                return
            del self.events[i]
        cue = {
            **last,
            "at_ms": at_ms,
            "kind": "cue.switch-soon",
            "text": "Switch sides soon",
            "duration_ms": None,
            "remaining_ms": in_ms(soon),
            "next_side": side,
            "open": False,
        }
        self.events.insert(i, cue)

    def reps(self, item: Exercise | Prescription, sides: list[str | None], **at: Any) -> None:
        reps = {side: self.times(item, side, "reps") for side in sides}
        if exercise_of(item).sides == "alternate":
            total = max(reps.values())
            for n in range(1, total + 1):
                working = [side for side in sides if reps[side] >= n]
                inside = {**at, "rep": n, "reps": total}
                if n > 1:
                    self.switch_to(working[0], **at)
                with self.span("rep", f"Repetition {n} of {total}", **inside):
                    for i, side in enumerate(working):
                        if i > 0:
                            self.switch_to(side, **inside)
                        self.cycle(item, **inside, side=side)
            return
        for i, side in enumerate(sides):
            if i > 0:
                self.switch_to(side, **at)
            for n in range(1, reps[side] + 1):
                inside = {**at, "rep": n, "reps": reps[side], "side": side}
                with self.span("rep", f"Repetition {n} of {reps[side]}", **inside):
                    self.cycle(item, **inside)

    def cycle(self, item: Exercise | Prescription, **at: Any) -> None:
        hold = amount_on(item, at["side"], "hold")
        self.segments(exercise_of(item).cycle, hold=hold, **at)

    # --- segments

    def segments(
        self, segments: Sequence[Step | Hold], *, hold: Range | None = None, **at: Any
    ) -> None:
        for segment in segments:
            text = on_side(segment.text, at.get("side"))
            if isinstance(segment, Hold):
                ms = in_ms(pick(hold or segment.seconds, self.level))
                placed = marks(segment.marks, ms, at.get("side"))
                cues = [*self.countdown(ms), *self.halfway(ms), *placed, *breaths(segment, ms)]
                self.segment("hold", text, ms, cues, at)
            else:
                picked = pick(segment.seconds, self.level) if segment.seconds else None
                ms = in_ms(self.pacing.step if picked is None else picked)
                cues = [*marks(segment.marks, ms, at.get("side")), *breaths(segment, ms)]
                self.segment("step", text, ms, cues, at, open=segment.until_ready)

    def rest(self, why: str, text: str, seconds: float | Decimal, **at: Any) -> None:
        ms = in_ms(seconds)
        if ms > 0:
            self.segment("rest", text, ms, self.countdown(ms), at, why=why)

    def segment(
        self, kind: str, text: str, ms: int, cues: Iterable[Cue], at: Facts, **said: Any
    ) -> None:
        start = self.now
        due: dict[int, Cue] = {}
        for cue in cues:
            if 0 < cue[0] < ms:
                due.setdefault(cue[0], cue)
        with self.span(kind, text, **at, **said):
            for offset, cue_kind, cue_text in sorted(due.values()):
                self.now = start + offset
                self.emit(cue_kind, cue_text, **at, remaining_ms=ms - offset)
            self.now = start + ms

    # --- cues, the winner first

    def countdown(self, ms: int) -> list[Cue]:
        return [(ms - 1000 * s, "cue.countdown", str(s)) for s in self.pacing.countdown]

    def halfway(self, ms: int) -> list[Cue]:
        wanted = self.pacing.halfway is not None and ms >= in_ms(self.pacing.halfway)
        return [((ms + 1) // 2, "cue.halfway", "Halfway")] if wanted else []


Cue: TypeAlias = tuple[int, str, str]
"""Where in its segment a cue lies, its kind and its text."""


def marks(marks: Sequence[Mark], ms: int, side: str | None) -> list[Cue]:
    """List the cues that the author placed."""
    return [(_offset(mark, ms), "cue.mark", on_side(mark.text, side)) for mark in marks]


def breaths(segment: Step | Hold, ms: int) -> list[Cue]:
    """List when to breathe out and in again, after the breath in with which a segment starts."""
    cues: list[Cue] = []
    now, breathes_in = 0, True
    while segment.breath is not None and now < ms:
        now += in_ms(segment.breath.in_ if breathes_in else segment.breath.out)
        breathes_in = not breathes_in
        what = "in" if breathes_in else "out"
        cues.append((now, f"cue.breathe-{what}", f"Breathe {what}"))
    return cues


def _offset(mark: Mark, ms: int) -> int:
    if mark.before_end is not None:
        return ms - in_ms(mark.before_end)
    return int(half_up(EXACT.multiply(ms, Decimal(str(mark.fraction)))))
