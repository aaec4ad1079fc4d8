"""How long it takes to build a timeline, whatever the number of repetitions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from measure import Row, Target, processor_seconds, spread, times_the_time

from supple import Dose, Exercise, Hold, Mark, Prescription, Routine, Step, schedule

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

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
    for words, made in (("plain", _plain), ("of two sides and sets", _sided), ("rich", _rich)):
        for size in (50, 2_000):
            yield _each(words, made, size)


def _each(words: str, made: Callable[[int], Exercise | Prescription], size: int) -> Row:
    """Lay out exercises no two of which are the same."""
    routine = Routine("many", items=[made(i) for i in range(size)])
    times = [processor_seconds(lambda: schedule(routine, level=0.5)) for _ in range(11)]
    return Row(
        f"build an exercise {words}, each of {size:,}",
        "the time of the processor",
        spread(1_000_000 * each / size for each in times),
        "µs",
        Target("at most", 150),
    )


def _plain(number: int) -> Exercise:
    return Exercise(
        f"roll-{number}",
        name="Knee rolls",
        kind="mobility",
        position="lying-on-back",
        setup=[Step("Lie down", seconds=3)],
        cycle=[Step("Roll", seconds=2), Hold("Stay", seconds=25)],
        reps=5,
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


def _rich(number: int) -> Prescription:
    """Return an exercise with everything: ranges, a mark, breath, poses, a note and a load."""
    exercise = Exercise(
        f"roll-{number}",
        name="Knee rolls",
        kind="mobility",
        position="lying-on-back",
        sides="each",
        setup=[Step("Lie down", seconds=3, pose="lying")],
        cycle=[
            Step("Roll to the {side}", seconds=2),
            Hold(
                "Stay on the {side}",
                seconds=(10, 25),
                breath=(4, 6),
                marks=[Mark("Let go", fraction=0.5)],
                pose="rolled",
            ),
        ],
        finish=[Step("Come back", until_ready=True)],
        sets=2,
    )
    return Prescription(exercise, dose=Dose(reps=(3, 5)), note="Gently", load="2 kg")


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
