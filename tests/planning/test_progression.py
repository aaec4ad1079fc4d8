"""What is added after so many days done, and how it is put into a routine."""

from __future__ import annotations

import re
from typing import Any

import pytest
from hypothesis import given, strategies as st

from supple import DosePart, Exercise, Hold, ModelError, Routine, Step, load_catalog
from supple.planning import Grow, Progression, fit, grown
from supple.testing import strategies as supple_st

LOWER_BACK = load_catalog("lower-back").routines["lower-back"]


@st.composite
def progressions(draw: st.DrawFn, *, easier: bool = True) -> Progression:
    """Make a progression of up to three parts, each but the last with an end."""
    count = draw(st.integers(0, 3))
    grow = [
        Grow(
            draw(st.sampled_from(["reps", "sets", "hold"])),
            by=draw(st.integers(1, 4)),
            every=draw(st.integers(1, 5)),
            upto=draw(st.integers(1, 9)) if i < count - 1 else draw(st.none() | st.just(7)),
        )
        for i in range(count)
    ]
    rare = st.none() | st.integers(2, 6)
    return Progression(
        grow,
        easier_week=draw(rare) if easier else None,
        back_after=draw(rare) if easier else None,
    )


@given(progressions(), st.integers(0, 200))
def test_it_never_falls_as_days_are_added(progression: Progression, days: int) -> None:
    """One more day done never takes anything away."""
    before, after = progression.added(days), progression.added(days + 1)
    assert all(after[part] >= amount for part, amount in before.items())


@given(
    supple_st.routines(),
    st.dictionaries(st.sampled_from(["reps", "sets", "hold"]), st.integers(0, 10**6)),
)
def test_it_is_never_above_a_range(routine: Routine, added: dict[str, int]) -> None:
    """Whatever is added, each place stays inside of its range, or of that of the exercise."""
    parts = {DosePart(part): amount for part, amount in added.items()}
    places = zip(grown(routine, parts).routine.prescriptions, routine.prescriptions, strict=True)
    for place, before in places:
        assert (place.left, place.right) == (before.left, before.right)
        own_of_a_side = [each for each in (before.left, before.right) if each is not None]
        for part in ("reps", "sets"):
            if any(getattr(each, part) is not None for each in own_of_a_side):
                assert getattr(place, part) == getattr(before, part)
                continue
            chosen, here = getattr(place, part), getattr(before, part)
            own = getattr(before.exercise, part)
            most = (
                own.high
                if here.low == here.high and own.low <= here.low <= own.high
                else here.high
            )
            assert here.low <= chosen.low == chosen.high <= most
            assert chosen.low == min(here.low + parts.get(DosePart(part), 0), most)
        for chosen_each, here_each in zip(place.cycle, before.cycle, strict=True):
            if isinstance(here_each, Hold) and here_each.seconds.low != here_each.seconds.high:
                assert chosen_each.seconds is not None
                assert here_each.seconds.low <= chosen_each.seconds.low
                assert chosen_each.seconds.high <= here_each.seconds.high


def test_one_after_the_other() -> None:
    """Holds grow first, and repetitions when the holds have all that they get."""
    slowly = Progression([Grow("hold", by=1, every=2, upto=5), Grow("reps", by=1, every=3)])
    assert [slowly.added(days) for days in (0, 1, 2, 9, 10, 12, 13, 100)] == [
        {},
        {},
        {"hold": 1},
        {"hold": 4},
        {"hold": 5},
        {"hold": 5},
        {"hold": 5, "reps": 1},
        {"hold": 5, "reps": 30},
    ]


def test_parts_of_a_second() -> None:
    """Seconds of a hold may be decimal and add up exactly."""
    assert Progression([Grow("hold", by=0.1, every=1)]).added(3) == {"hold": 0.3}
    assert Progression([Grow("hold", by=2, every=1, upto=5)]).added(9) == {"hold": 5}


def test_a_part_may_come_again() -> None:
    """What a part gets in two turns adds up."""
    twice = Progression([Grow("reps", by=1, every=1, upto=1), Grow("reps", by=2, every=1)])
    assert twice.added(3) == {"reps": 5}


def test_breaks_and_easier_weeks() -> None:
    """Each full week missed takes back a week, and every fourth week is one week back."""
    progression = Progression(easier_week=4, back_after=7)
    assert [progression.after_break(20, missed) for missed in (0, 6, 7, 13, 14, 99)] == [
        20, 20, 13, 13, 6, 0,
    ]  # fmt: skip
    assert [progression.in_week(20, week) for week in (0, 2, 3, 4, 7)] == [20, 20, 13, 20, 13]
    assert Progression().after_break(20, 99) == Progression().in_week(20, 3) == 20


def test_a_fitted_routine_grows_inside_the_ranges_of_its_exercises() -> None:
    """A single amount that was chosen grows to the end of the exercise's own range."""
    mine = fit(LOWER_BACK, minutes=7).routine
    more = grown(mine, {DosePart.REPS: 1})
    before, after = (
        [place.reps.low for place in each.prescriptions] for each in (mine, more.routine)
    )
    most = [place.exercise.reps.high for place in mine.prescriptions]
    assert before == [1, 9, 1, 6, 9, 1]
    assert after == [min(each + 1, high) for each, high in zip(before, most, strict=True)]
    assert after != before


def test_a_prescribed_amount_outside_of_the_range_stays() -> None:
    """What somebody prescribed beyond the usual dose is left alone."""
    bridge = load_catalog("lower-back")["bridge"].with_dose(reps=5)
    [place] = grown(Routine("few", items=[bridge]), {DosePart.REPS: 3}).routine.prescriptions
    assert place.reps.high == 5


def test_a_cycle_without_a_hold_has_none_to_grow() -> None:
    """Where there is no hold nothing of it grows."""
    step = Exercise(
        "x", name="x", kind="stretch", position="standing", cycle=[Step("Move", seconds=3)]
    )
    result = grown(Routine("moving", items=[step]), {DosePart.HOLD: 3})
    [place] = result.routine.prescriptions
    assert place.dose.hold is None


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (
            lambda: Grow("rest", by=1, every=1),
            "Grow.part: must be reps, sets or hold: a rest does not grow (got 'rest')",
        ),
        (
            lambda: Grow("reps", by=0.5, every=1),
            "Grow.by: must be a whole number from 1 to 100000 (got 0.5)",
        ),
        (
            lambda: Progression([Grow("reps", by=1, every=1), Grow("sets", by=1, every=1)]),
            "Progression.grow[0].upto: must be given, or what follows never begins (got None)",
        ),
        (
            lambda: Progression(easier_week=1),
            "Progression.easier_week: must be a whole number from 2 to 100000 (got 1)",
        ),
        (
            lambda: Progression().added(-1),
            "Progression.added.days: must be a whole number from 0 to 100000 (got -1)",
        ),
    ],
)
def test_what_is_refused(make: Any, message: str) -> None:
    """What cannot grow is refused."""
    with pytest.raises(ModelError, match=f"^{re.escape(message)}$"):
        make()
