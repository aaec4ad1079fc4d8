"""How long it takes to build a timeline, whatever the number of repetitions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from measure import Row, Target, seconds, spread, times_the_time

from supple import Exercise, Hold, Routine, Step, schedule

if TYPE_CHECKING:
    from collections.abc import Iterator

MANY = 2_000
AT_ONCE = 100
"""How many timelines are built in one half of a pair, so that the clock is fine enough."""


def rows() -> Iterator[Row]:
    """Compare an exercise that is repeated a thousand million times with one that is, twice."""
    often, twice = _routine(1_000_000_000), _routine(2)
    assert schedule(often).count("rep.started") == 1_000_000_000
    assert schedule(twice).count("rep.started") == 2
    yield Row(
        "build 1,000,000,000 repetitions",
        "build 2 repetitions",
        times_the_time(lambda: _build(often), lambda: _build(twice), pairs=31),
        "× the time",
        Target("at most", 1.5),
    )
    yield _each_of_many()


def _each_of_many() -> Row:
    """Lay out exercises no two of which are the same, with sides, sets, rests and cues."""
    exercises = [_sided(i) for i in range(MANY)]
    routine = Routine("many", items=exercises)
    times = [seconds(lambda: schedule(routine)) for _ in range(11)]
    return Row(
        f"build {MANY:,} exercises of two sides and sets, each",
        "the clock",
        spread(1_000_000 * each / MANY for each in times),
        "µs",
    )


def _sided(number: int) -> Exercise:
    return Exercise(
        f"roll-{number}",
        name="Knee rolls",
        kind="mobility",
        position="lying-on-back",
        sides="alternate",
        setup=[Step("Lie down", seconds=3)],
        cycle=[Step("Roll to the {side}", seconds=2), Hold("Stay", seconds=25)],
        reps=5,
        sets=2,
    )


def _routine(reps: int) -> Routine:
    exercise = Exercise(
        "bridge",
        name="Bridge",
        kind="strengthening",
        position="lying-on-back",
        cycle=[Step("Lift your hips", seconds=2), Hold("Keep them up", seconds=5)],
        reps=reps,
    )
    return Routine("bridges", items=[exercise])


def _build(routine: Routine) -> None:
    for _ in range(AT_ONCE):
        schedule(routine)
