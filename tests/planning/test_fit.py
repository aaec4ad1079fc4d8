"""A routine that is fitted to a time is the best there is inside its own ranges."""

from __future__ import annotations

import re
from datetime import date, time
from fractions import Fraction
from itertools import product
from typing import TYPE_CHECKING

import pytest
from hypothesis import assume, given, strategies as st

from supple import (
    Circuit,
    Dose,
    Exercise,
    Hold,
    MisfitError,
    ModelError,
    Pacing,
    Prescription,
    Routine,
    Step,
    load_catalog,
    schedule,
)
from supple.planning import Programme, dosed, duration_ms, fit
from supple.planning._progression import grown

from . import made

if TYPE_CHECKING:
    from collections.abc import Iterator

LOWER_BACK = load_catalog("lower-back").routines["lower-back"]


def ways(place: Prescription) -> list[tuple[Dose, Fraction]]:
    """List every dose of a place inside its ranges, each with its relative dose."""
    holds = [each.seconds for each in place.cycle if isinstance(each, Hold)]
    hold = holds[0] if len(set(holds)) == 1 else None
    seconds = range(hold.low, hold.high + 1) if hold else [None]  # type: ignore[arg-type]
    reps = range(int(place.reps.low), int(place.reps.high) + 1)
    sets = range(int(place.sets.low), int(place.sets.high) + 1)

    def work(dose: Dose) -> Fraction:
        alone = Exercise(
            "alone",
            name="x",
            kind="stretch",
            position="standing",
            cycle=place.cycle,
            reps=dose.reps or 1,
            sets=dose.sets or 1,
        )
        item = alone if hold is None else alone.with_dose(hold=dose.hold)
        quiet = Pacing(get_ready=0, between_sets=0)
        return Fraction(schedule(Routine("alone", items=[item]), pacing=quiet).duration_ms)

    doses = [Dose(reps=r, sets=s, hold=h) for r, s, h in product(reps, sets, seconds)]
    works = [work(dose) for dose in doses]
    least, span = min(works), max(works) - min(works)
    return [
        (dose, (done - least) / span if span else Fraction(1))
        for dose, done in zip(doses, works, strict=True)
    ]


def every_answer(routine: Routine) -> Iterator[tuple[int, list[Fraction]]]:
    """Yield the time and the relative doses of every way to do a routine."""
    for choice in product(*map(ways, routine.prescriptions)):
        chosen = dosed(routine, [dose for dose, _ in choice]).routine
        yield schedule(chosen).duration_ms, [relative for _, relative in choice]


@given(made.routines(), st.integers(0, 100), st.sampled_from([0, 1, 5, 600]))
def test_no_other_answer_is_better(routine: Routine, percent: int, slack: int) -> None:
    """Among all ways to do a routine none comes before the one that is found."""
    counts = [len(ways(place)) for place in routine.prescriptions]
    combinations = 1
    for count in counts:
        combinations *= count
    assume(combinations <= 300)
    answers = list(every_answer(routine))
    shortest, longest = min(ms for ms, _ in answers), max(ms for ms, _ in answers)
    wanted = shortest + (longest - shortest) * percent // 100
    found = fit(routine, minutes=wanted / 60_000, slack=slack)
    assume(found.wanted_ms == wanted)

    fitting = [answer for answer in answers if answer[0] <= wanted]
    least = max(ms for ms, _ in fitting) - slack * 1000
    best = max(
        ((min(doses), ms, -max(doses), sorted(doses)) for ms, doses in fitting if ms >= least)
    )
    doses = list(found.relative_doses)
    assert (min(doses), found.duration_ms, -max(doses), sorted(doses)) == best
    assert found.duration_ms == found.timeline.duration_ms == schedule(found.routine).duration_ms
    for place, given_place in zip(found.routine.prescriptions, routine.prescriptions, strict=True):
        assert given_place.reps.low <= place.reps.low == place.reps.high <= given_place.reps.high


def test_seven_minutes() -> None:
    """Seven minutes of the bundled routine are met to the millisecond, and said in full."""
    found = fit(LOWER_BACK, minutes=7)
    assert (found.duration_ms, found.short_ms, found.level, found.grain_ms) == (420_000, 0, 0, 1)
    assert found.timeline.duration_ms == 420_000
    assert found.floor == Fraction(11, 72) == min(found.relative_doses)


def test_the_whole_span_can_be_met() -> None:
    """The shortest and the longest time of the bundled routine are its ends."""
    assert fit(LOWER_BACK, minutes=386 / 60).floor == 0
    assert fit(LOWER_BACK, minutes=518 / 60).floor == 1


def test_too_long_a_wish() -> None:
    """Ten minutes need a second round of fewer exercises, and the error has the nearest answer."""
    with pytest.raises(MisfitError) as caught:
        fit(LOWER_BACK, minutes=10)
    assert str(caught.value) == (
        "lower-back takes 6:26 to 8:38 inside its ranges, which is 1:22 too short for 10:00: "
        "2 rounds take 12:57 to 17:21, so add exercises, or do fewer of them in 2 rounds"
    )
    error = caught.value
    assert (error.wanted_ms, error.shortest_ms, error.longest_ms) == (600_000, 386_000, 518_000)
    assert error.nearest.duration_ms == 518_000  # type: ignore[attr-defined]


def test_a_wish_that_rounds_meet() -> None:
    """Thirteen minutes are two rounds, as it says, and so they are."""
    message = "too short for 13:00: do it in 2 rounds, which take 12:57 to 17:21"
    with pytest.raises(MisfitError, match=message):
        fit(LOWER_BACK, minutes=13)
    twice = Routine("twice", items=[Circuit(LOWER_BACK.items, rounds=2)])
    assert fit(twice, minutes=13).duration_ms <= 780_000


def test_too_short_a_wish() -> None:
    """Three minutes are too short, and it says what to leave out."""
    with pytest.raises(MisfitError) as caught:
        fit(LOWER_BACK, minutes=3)
    assert str(caught.value) == (
        "lower-back takes 6:26 to 8:38 inside its ranges, which is 3:26 too long for 3:00: "
        "without pelvic-tilts, bridge, single-knee-hug it takes 2:08 to 2:36"
    )
    assert caught.value.nearest.duration_ms == 386_000  # type: ignore[attr-defined]


def test_far_too_short_a_wish() -> None:
    """Ten seconds are too short for anything."""
    with pytest.raises(MisfitError, match="not even its shortest item by itself is short enough"):
        fit(LOWER_BACK, minutes=0.1)


def test_one_side_alone_is_half_the_time() -> None:
    """An exercise on one side is fitted as what it is, and sides of their own stay."""
    hug = load_catalog("lower-back")["single-knee-hug"]
    alone = Routine("alone", items=[Prescription(hug, side="left", dose=Dose(reps=(1, 9)))])
    found = fit(alone, minutes=2)
    assert 115_000 <= found.duration_ms == found.timeline.duration_ms <= 120_000
    [place] = found.routine.prescriptions
    assert place.side == "left"
    uneven = Prescription(hug, left=Dose(reps=2), right=Dose(reps=(1, 2)))
    with pytest.raises(MisfitError, match="uneven takes 1:26 inside"):
        fit(Routine("uneven", items=[uneven]), minutes=2)


def test_a_circuit_is_left_out_as_one() -> None:
    """Where a circuit is too long it is named by what it begins with."""
    items = [Circuit(LOWER_BACK.items, rounds=2), LOWER_BACK.items[0]]
    with pytest.raises(MisfitError, match="without the circuit of knee-rolls it takes"):
        fit(Routine("mixed", items=items), minutes=2)


def wide(**parts: object) -> Routine:
    """Return a routine of one exercise with ranges that are too wide to try everything."""
    facts = {"name": "x", "kind": "stretch", "position": "standing"}
    cycle = [Step("Move", seconds=2.001), Hold("Keep", seconds=(0.5, 3600))]
    return Routine("wide", items=[Exercise("x", cycle=cycle, **(facts | parts))])  # type: ignore[arg-type]


def test_wide_ranges_have_a_grid() -> None:
    """Ranges with millions of combinations are searched on a grid that has both their ends."""
    found = fit(wide(reps=(1, 1000), sets=(1, 10**6)), minutes=60)
    assert found.duration_ms <= 3_600_000
    assert found.short_ms < 60_000
    low = fit(wide(reps=(1, 1000)), minutes=(5_000 + 2_001 + 500) / 60_000)
    assert low.floor == 0


def test_times_of_odd_milliseconds_are_compared_in_grains() -> None:
    """Many places of odd lengths are still fitted at once, never too long, and it is told."""
    items = [
        Exercise(
            f"x{i}",
            name="x",
            kind="stretch",
            position="standing",
            reps=(3, 9),
            cycle=[Step("Move", seconds=2 + i / 1000), Hold("Keep", seconds=(5.25, 20.5))],
        )
        for i in range(1, 12)
    ]
    found = fit(Routine("odd", items=items), minutes=15)
    assert found.grain_ms == 37
    assert 0 <= found.short_ms < 1000
    assert found.timeline.duration_ms == found.duration_ms


def test_what_is_too_long_by_a_grain_is_chosen_again() -> None:
    """Where a choice that fits in grains is too long in milliseconds, another one is taken."""
    ends = (20.278, 38.654, 28.197, 42.235)
    items = [
        Exercise(
            f"x{i}",
            name="x",
            kind="stretch",
            position="standing",
            reps=(1, 3),
            cycle=[Step("Move", seconds=2), Hold("Keep", seconds=(5, end))],
        )
        for i, end in enumerate(ends)
    ]
    found = fit(Routine("odd", items=items), minutes=6, slack=0)
    assert (found.grain_ms, found.short_ms) == (20, 38)


def test_what_a_dose_cannot_say_follows_the_level() -> None:
    """A result carries the level, and what goes on following it."""
    holds = [Hold("Keep", seconds=(3, 5)), Hold("Keep", seconds=(5, 9))]
    own = Exercise(
        "x", name="x", kind="stretch", position="standing", reps=(1, 5), cycle=holds, rest=(0, 9)
    )
    found = fit(Routine("held", items=[own]), minutes=0.75, level=1)
    assert found.level == 1
    assert found.follows_level == {0: ("holds",)}
    assert found.duration_ms == 5_000 + 2 * 14_000


def test_an_exercise_is_a_routine_of_its_own() -> None:
    """What plans a routine takes one exercise, too, as laying it out does."""
    hug = load_catalog("lower-back")["single-knee-hug"]
    whole = Routine(hug.id, name=hug.name, items=[hug])
    assert fit(hug, minutes=1) == fit(whole, minutes=1)
    assert duration_ms(hug) == schedule(hug).duration_ms
    assert dosed(hug, [None]) == dosed(whole, [None])
    assert grown(hug, {}) == grown(whole, {})
    weeks = Programme(hug, starts=date(2027, 3, 22), zone="UTC", days=1, times=[time(8)])
    [session] = weeks.sessions()
    assert session.timeline == schedule(session.dosed().routine)
    with pytest.raises(ModelError, match=r"^fit\.routine: must be Routine or Exercise or Pre"):
        fit("hug", minutes=1)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("given_arguments", "message"),
    [
        ({"minutes": 0}, "fit.minutes: must be more than 0 and at most 1440 minutes (got 0)"),
        (
            {"minutes": 1441},
            "fit.minutes: must be more than 0 and at most 1440 minutes (got 1441)",
        ),
        ({"minutes": "7"}, "fit.minutes: must be a number (got '7')"),
        ({"minutes": 7, "level": -1}, "fit.level: must be a number from 0 to 1 (got -1)"),
    ],
)
def test_what_is_refused(given_arguments: dict[str, object], message: str) -> None:
    """What is no time and no level is refused."""
    with pytest.raises(ModelError, match=f"^{re.escape(message)}$"):
        fit(LOWER_BACK, **given_arguments)  # type: ignore[arg-type]
