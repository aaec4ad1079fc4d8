"""What planning costs: durations, fitting, composing, and the sessions of ten years."""

from __future__ import annotations

from datetime import date, time
from itertools import islice
from random import Random
from typing import TYPE_CHECKING

from measure import Row, Spread, Target, seconds, spread, times_the_time

from supple import Catalog, Exercise, ExerciseKind, Hold, Position, Routine, Step, schedule
from supple.planning import Grow, Programme, Progression, compose, duration_ms, fit

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

TARGETS = (*("lower-back", "hips", "neck", "chest"), *("calves", "core", "shoulders", "glutes"))
TEN_YEARS = 3 * 3650


def rows() -> Iterator[Row]:
    """Measure each part of planning on routines and catalogs far beyond a person's day."""
    sixty = Routine("sixty", items=_exercises(60))
    assert duration_ms(sixty, level=0.5) == schedule(sixty, level=0.5).duration_ms
    yield Row(
        "how long 60 exercises take",
        "laying them out",
        times_the_time(
            lambda: duration_ms(sixty, level=0.5), lambda: schedule(sixty, level=0.5), pairs=31
        ),
        "× the time",
        Target("at most", 0.3),
    )
    hour = (duration_ms(sixty) + duration_ms(sixty, level=1)) / 2 / 60_000
    assert fit(sixty, minutes=hour).short_ms >= 0
    yield Row(
        "fit 60 exercises to a time",
        "a clock",
        _ms(lambda: fit(sixty, minutes=hour), times=15),
        "ms",
        Target("at most", 50),
    )
    thousand = Catalog(
        "thousand", title="x", version="1", language="en", exercises=_exercises(1000)
    )
    wanted = TARGETS[:5]
    assert compose([thousand], minutes=12, targets=wanted).short_ms <= 15_000
    yield Row(
        "compose 12 minutes for 5 targets out of 1,000 exercises",
        "a clock",
        _ms(lambda: compose([thousand], minutes=12, targets=wanted), times=7),
        "ms",
        Target("at most", 1000),
    )
    programme = Programme(
        sixty,
        starts=date(2027, 3, 22),
        zone="Europe/Berlin",
        times=[time(8), time(13), time(20)],
        progression=Progression([Grow("reps", by=1, every=3)], easier_week=4, back_after=7),
    )
    assert sum(1 for _ in islice(programme.sessions(), TEN_YEARS)) == TEN_YEARS
    yield Row(
        "the sessions of ten years, three a day",
        "a clock",
        _ms(lambda: list(islice(programme.sessions(), TEN_YEARS)), times=5),
        "ms",
        Target("at most", 200),
    )


def _ms(action: Callable[[], object], *, times: int) -> Spread:
    action()  # caches fill before anything counts
    return spread(seconds(action) * 1000 for _ in range(times))


def _exercises(count: int) -> list[Exercise]:
    """Return exercises of all kinds, the same on every machine."""
    random = Random(4)  # noqa: S311 - no secret
    made = []
    for i in range(count):
        reps, hold = random.randint(1, 6), random.randint(5, 20)
        made.append(
            Exercise(
                f"exercise-{i}",
                name="Exercise",
                kind=random.choice(list(ExerciseKind)),
                position=random.choice(list(Position)),
                sides=random.choice(("none", "each", "alternate")),
                targets=random.sample(TARGETS, random.randint(1, 3)),
                reps=(reps, reps + random.randint(0, 4)),
                sets=random.choice((1, 1, (1, 2))),
                cycle=[
                    Step("Move", seconds=random.choice((2, 2.5, 4))),
                    Hold("Keep", seconds=(hold, hold + random.randint(0, 10))),
                ],
            )
        )
    return made
