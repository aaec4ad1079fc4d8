"""The routine that is measured, and the same stream of events written by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from supple import Circuit, Exercise, Hold, Pacing, Routine, Step, schedule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from supple import Event, Timeline

BRIDGE = Exercise(
    "bridge",
    name="Bridge",
    kind="strengthening",
    position="lying-on-back",
    setup=[Step("Bend your knees", seconds=4)],
    cycle=[Step("Lift your hips", seconds=2), Hold("Keep them up", seconds=5)],
    reps=10,
    sets=2,
    rest=30,
)
KNEE_ROLLS = Exercise(
    "knee-rolls",
    name="Knee rolls",
    kind="mobility",
    position="lying-on-back",
    sides="alternate",
    cycle=[Step("Roll to the {side}", seconds=3), Hold("Stay on the {side}", seconds=5)],
    reps=10,
)
LEG_STRETCH = Exercise(
    "leg-stretch",
    name="Leg stretch",
    kind="stretch",
    position="lying-on-back",
    sides="each",
    cycle=[Hold("Keep the {side} leg up", seconds=20)],
    reps=3,
)


def timeline_of(rounds: int) -> Timeline:
    """Lay out a circuit of three exercises, one of each kind of sides, with a countdown."""
    circuit = Circuit([BRIDGE, KNEE_ROLLS, LEG_STRETCH], rounds=rounds, rest=60)
    pacing = Pacing(
        get_ready=5,
        transition=5,
        switch_sides=3,
        between_sets=30,
        countdown=(3, 2, 1),
        switch_soon=None,
        halfway=20,
    )
    return schedule(Routine("circuit", items=[circuit]), pacing=pacing)


def rounds_for(events: int) -> int:
    """Return how many rounds it takes to have at least a number of events."""
    one, two = timeline_of(1).count(), timeline_of(2).count()
    return 1 - (one - events) // (two - one)


Line: TypeAlias = (
    "tuple[int, str, str, int | None, str | None, str | None, int | None, int | None, int | None]"
)
"""The offset, the kind, the text, the duration, the exercise, the side, the rep, set and round."""


def line_of(event: Event) -> Line:
    """Return of an event what the stream written by hand says, too."""
    return (
        event.at_ms,
        event.kind,
        event.text,
        event.duration_ms,
        event.exercise,
        event.side,
        event.rep,
        event.set,
        event.round,
    )


COUNTDOWN = ((3_000, "3"), (2_000, "2"), (1_000, "1"))


def lines_by_hand(rounds: int) -> Iterator[Line]:  # noqa: C901, PLR0912, PLR0915 - all in one is the fastest
    """Yield what happens, as one would write it for this routine and no other one."""
    length = 5_000 + rounds * 524_000 + (rounds - 1) * 60_000
    yield 0, "routine.started", "circuit", length, None, None, None, None, None
    ready = "Get ready: Bridge, lying on your back"
    yield 0, "rest.started", ready, 5_000, None, None, None, None, None
    at = 5_000
    for left, says in COUNTDOWN:
        yield at - left, "cue.countdown", says, None, None, None, None, None, None
    yield at, "rest.ended", ready, 5_000, None, None, None, None, None

    for n in range(1, rounds + 1):
        yield at, "round.started", f"Round {n} of {rounds}", 524_000, None, None, None, None, n

        who = "bridge"
        yield at, "exercise.started", "Bridge", 174_000, who, None, None, None, n
        yield at, "step.started", "Bend your knees", 4_000, who, None, None, None, n
        at += 4_000
        yield at, "step.ended", "Bend your knees", 4_000, who, None, None, None, n
        for set_ in (1, 2):
            yield at, "set.started", f"Set {set_} of 2", 70_000, who, None, None, set_, n
            for rep in range(1, 11):
                yield at, "rep.started", f"Repetition {rep} of 10", 7_000, who, None, rep, set_, n
                yield at, "step.started", "Lift your hips", 2_000, who, None, rep, set_, n
                at += 2_000
                yield at, "step.ended", "Lift your hips", 2_000, who, None, rep, set_, n
                yield at, "hold.started", "Keep them up", 5_000, who, None, rep, set_, n
                at += 5_000
                for left, says in COUNTDOWN:
                    yield at - left, "cue.countdown", says, None, who, None, rep, set_, n
                yield at, "hold.ended", "Keep them up", 5_000, who, None, rep, set_, n
                yield at, "rep.ended", f"Repetition {rep} of 10", 7_000, who, None, rep, set_, n
            yield at, "set.ended", f"Set {set_} of 2", 70_000, who, None, None, set_, n
            if set_ == 1:
                yield at, "rest.started", "Rest", 30_000, who, None, None, None, n
                at += 30_000
                for left, says in COUNTDOWN:
                    yield at - left, "cue.countdown", says, None, who, None, None, None, n
                yield at, "rest.ended", "Rest", 30_000, who, None, None, None, n
        yield at, "exercise.ended", "Bridge", 174_000, who, None, None, None, n

        yield at, "rest.started", "Next: Knee rolls", 5_000, None, None, None, None, n
        at += 5_000
        for left, says in COUNTDOWN:
            yield at - left, "cue.countdown", says, None, None, None, None, None, n
        yield at, "rest.ended", "Next: Knee rolls", 5_000, None, None, None, None, n

        who = "knee-rolls"
        yield at, "exercise.started", "Knee rolls", 217_000, who, None, None, None, n
        yield at, "set.started", "Set 1 of 1", 217_000, who, None, None, 1, n
        for rep in range(1, 11):
            if rep > 1:
                yield at, "rest.started", "Switch sides", 3_000, who, None, None, 1, n
                at += 3_000
                yield at - 2_000, "cue.countdown", "2", None, who, None, None, 1, n
                yield at - 1_000, "cue.countdown", "1", None, who, None, None, 1, n
                yield at, "rest.ended", "Switch sides", 3_000, who, None, None, 1, n
            yield at, "rep.started", f"Repetition {rep} of 10", 19_000, who, None, rep, 1, n
            yield at, "step.started", "Roll to the left", 3_000, who, "left", rep, 1, n
            at += 3_000
            yield at, "step.ended", "Roll to the left", 3_000, who, "left", rep, 1, n
            yield at, "hold.started", "Stay on the left", 5_000, who, "left", rep, 1, n
            at += 5_000
            for left, says in COUNTDOWN:
                yield at - left, "cue.countdown", says, None, who, "left", rep, 1, n
            yield at, "hold.ended", "Stay on the left", 5_000, who, "left", rep, 1, n
            yield at, "rest.started", "Switch sides", 3_000, who, None, rep, 1, n
            at += 3_000
            yield at - 2_000, "cue.countdown", "2", None, who, None, rep, 1, n
            yield at - 1_000, "cue.countdown", "1", None, who, None, rep, 1, n
            yield at, "rest.ended", "Switch sides", 3_000, who, None, rep, 1, n
            yield at, "step.started", "Roll to the right", 3_000, who, "right", rep, 1, n
            at += 3_000
            yield at, "step.ended", "Roll to the right", 3_000, who, "right", rep, 1, n
            yield at, "hold.started", "Stay on the right", 5_000, who, "right", rep, 1, n
            at += 5_000
            for left, says in COUNTDOWN:
                yield at - left, "cue.countdown", says, None, who, "right", rep, 1, n
            yield at, "hold.ended", "Stay on the right", 5_000, who, "right", rep, 1, n
            yield at, "rep.ended", f"Repetition {rep} of 10", 19_000, who, None, rep, 1, n
        yield at, "set.ended", "Set 1 of 1", 217_000, who, None, None, 1, n
        yield at, "exercise.ended", "Knee rolls", 217_000, who, None, None, None, n

        yield at, "rest.started", "Next: Leg stretch", 5_000, None, None, None, None, n
        at += 5_000
        for left, says in COUNTDOWN:
            yield at - left, "cue.countdown", says, None, None, None, None, None, n
        yield at, "rest.ended", "Next: Leg stretch", 5_000, None, None, None, None, n

        who = "leg-stretch"
        yield at, "exercise.started", "Leg stretch", 123_000, who, None, None, None, n
        yield at, "set.started", "Set 1 of 1", 123_000, who, None, None, 1, n
        for side, text in ("left", "Keep the left leg up"), ("right", "Keep the right leg up"):
            if side == "right":
                yield at, "rest.started", "Switch sides", 3_000, who, None, None, 1, n
                at += 3_000
                yield at - 2_000, "cue.countdown", "2", None, who, None, None, 1, n
                yield at - 1_000, "cue.countdown", "1", None, who, None, None, 1, n
                yield at, "rest.ended", "Switch sides", 3_000, who, None, None, 1, n
            for rep in (1, 2, 3):
                yield at, "rep.started", f"Repetition {rep} of 3", 20_000, who, side, rep, 1, n
                yield at, "hold.started", text, 20_000, who, side, rep, 1, n
                at += 20_000
                yield at - 10_000, "cue.halfway", "Halfway", None, who, side, rep, 1, n
                for left, says in COUNTDOWN:
                    yield at - left, "cue.countdown", says, None, who, side, rep, 1, n
                yield at, "hold.ended", text, 20_000, who, side, rep, 1, n
                yield at, "rep.ended", f"Repetition {rep} of 3", 20_000, who, side, rep, 1, n
        yield at, "set.ended", "Set 1 of 1", 123_000, who, None, None, 1, n
        yield at, "exercise.ended", "Leg stretch", 123_000, who, None, None, None, n

        yield at, "round.ended", f"Round {n} of {rounds}", 524_000, None, None, None, None, n
        if n < rounds:
            yield at, "rest.started", "Rest", 60_000, None, None, None, None, None
            at += 60_000
            for left, says in COUNTDOWN:
                yield at - left, "cue.countdown", says, None, None, None, None, None, None
            yield at, "rest.ended", "Rest", 60_000, None, None, None, None, None

    yield at, "routine.ended", "circuit", length, None, None, None, None, None
