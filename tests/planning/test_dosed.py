"""Chosen amounts in each place of a routine: inside its ranges, and nothing else changed."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from attrs import evolve
from hypothesis import given, strategies as st

from supple import (
    Circuit,
    Dose,
    Exercise,
    Hold,
    ModelError,
    Prescription,
    Rest,
    Routine,
    Step,
    schedule,
)
from supple.planning import dosed
from supple.testing import strategies as supple_st

if TYPE_CHECKING:
    from collections.abc import Iterable

REACH = Exercise(
    "reach",
    name="Reach",
    kind="stretch",
    position="standing",
    setup=[Step("Stand", seconds=(2, 4))],
    cycle=[Step("Reach", seconds=(1, 3)), Hold("Keep", seconds=(5, 10))],
    reps=(3, 6),
    sets=(1, 2),
    rest=(0, 20),
)
TWO_HOLDS = Exercise(
    "two-holds",
    name="Two holds",
    kind="stretch",
    position="standing",
    cycle=[Hold("Keep", seconds=(5, 10)), Hold("Keep", seconds=(5, 20))],
)
ROUTINE = Routine(
    "mixed",
    items=[
        REACH,
        Rest((5, 9)),
        Circuit([TWO_HOLDS, REACH.with_dose(reps=4)], rounds=(2, 3), rest=(0, 5)),
    ],
)


def test_each_place_has_what_was_chosen_for_it() -> None:
    """Places come in order as written, those inside of circuits once."""
    assert [each.exercise.id for each in ROUTINE.prescriptions] == ["reach", "two-holds", "reach"]
    result = dosed(ROUTINE, [Dose(reps=5, hold=7), None, Dose(reps=6, sets=2, rest=3)], level=0.5)
    first, second, third = result.routine.prescriptions
    assert (first.reps.low, first.dose.hold, first.sets) == (5, Dose(hold=7).hold, REACH.sets)
    assert second.exercise is TWO_HOLDS
    assert third.dose == Dose(reps=6, sets=2, rest=3)
    assert result.level == 0.5
    assert result.routine.items[1] == Rest((5, 9))


def test_what_follows_the_level_is_told() -> None:
    """What no dose can say is named, in its place or outside of any."""
    result = dosed(ROUTINE, [Dose(reps=5, hold=7, sets=2), None, Dose(sets=1)])
    assert result.follows_level == {
        None: ("rests", "rounds"),
        0: ("steps", "rests"),
        1: ("holds",),
        2: ("steps", "holds"),
    }


def test_what_one_side_has_of_its_own_stays() -> None:
    """Where a side has its own repetitions none can be chosen for both, but the rest can."""
    both = evolve(REACH, sides="each")
    place = Prescription(both, left=Dose(reps=(1, 2)))
    result = dosed(Routine("sided", items=[place]), [Dose(hold=6)])
    [chosen] = result.routine.prescriptions
    assert (chosen.left, chosen.dose.hold) == (Dose(reps=(1, 2)), Dose(hold=6).hold)
    assert result.follows_level == {0: ("steps", "sides", "rests")}
    with pytest.raises(ModelError, match="'reach' has no single reps"):
        dosed(Routine("sided", items=[place]), [Dose(reps=4)])


@given(supple_st.routines(), supple_st.levels())
def test_choosing_nothing_changes_nothing(routine: Routine, level: float) -> None:
    """Without amounts a routine stays what it is, and takes as long."""
    result = dosed(routine, [None] * len(routine.prescriptions), level=level)
    assert (
        schedule(result.routine, level=level).duration_ms
        == schedule(routine, level=level).duration_ms
    )


@given(supple_st.routines(), st.data())
def test_amounts_chosen_are_those_that_are_done(routine: Routine, data: st.DataObject) -> None:
    """At any level a place has the repetitions and sets that were chosen, and no others."""

    def end_of(place: Prescription, part: str) -> int | None:
        """Return an end of a range, or nothing where a side has an amount of its own."""
        own = (each for each in (place.left, place.right) if each is not None)
        if any(getattr(each, part) is not None for each in own):
            return None
        here = getattr(place, part)
        return int(data.draw(st.sampled_from([here.low, here.high])))

    doses = [
        Dose(reps=end_of(place, "reps"), sets=end_of(place, "sets"))
        for place in routine.prescriptions
    ]
    chosen = dosed(routine, doses).routine
    for each, dose in zip(chosen.prescriptions, doses, strict=True):
        assert dose.reps in {None, each.dose.reps}
        assert dose.sets in {None, each.dose.sets}


@pytest.mark.parametrize(
    ("doses", "message"),
    [
        ([None], "dosed.doses: must be one for each of the 3 places of 'mixed' (got 1)"),
        ([3, None, None], "dosed.doses[0]: must be Dose (got 3)"),
        (
            [Dose(reps=7), None, None],
            "dosed.doses[0].reps: must be from 3 to 6, as 'reach' has it here (got Range(7))",
        ),
        (
            [None, Dose(hold=7), None],
            "dosed.doses[1].hold: must be left out, for 'two-holds' has no single hold",
        ),
        (
            [None, Dose(rest=7), None],
            "dosed.doses[1].rest: must be left out, for 'two-holds' has no single rest",
        ),
    ],
)  # fmt: skip
def test_what_is_refused(doses: Iterable[Dose | None], message: str) -> None:
    """What is outside of a range, or cannot be said, is refused with its place."""
    with pytest.raises(ModelError, match=f"^{re.escape(message)}"):
        dosed(ROUTINE, doses)
