"""Prescriptions: one side only, a dose for each side, and what is said beside it."""

from __future__ import annotations

import pytest
from attrs import evolve

from supple import (
    Advice,
    AdviceTier,
    BodyArea,
    Breath,
    Catalog,
    Dose,
    Equipment,
    Exercise,
    ExerciseKind,
    Frequency,
    Hold,
    Link,
    Phase,
    Position,
    Prescription,
    Range,
    Routine,
    Side,
    Step,
    schedule,
)
from supple._dosing import frequency_in_words
from supple._phrases import phrases_for
from tests.refusals import refusal_of

REACH = Exercise(
    "reach",
    name="Reach",
    kind="stretch",
    position="standing",
    sides="each",
    cycle=[Hold("Lean to the {side}", seconds=5)],
    reps=(2, 3),
    rest=10,
)
SQUAT = Exercise(
    "squat", name="Squat", kind="strengthening", position="standing", cycle=[Step("Down")]
)

# --- sides


def test_an_exercise_as_it_is() -> None:
    """A prescription that says nothing is the exercise, left first."""
    plain = Prescription(REACH)
    assert (plain.id, plain.name, plain.reps, plain.rest) == (
        "reach",
        "Reach",
        Range(2, 3),
        Range(10),
    )
    assert plain.sides == (Side.LEFT, Side.RIGHT)
    assert Prescription(SQUAT).sides == ()
    assert Prescription(SQUAT).for_side(None) == Prescription(SQUAT)


def test_one_side_only() -> None:
    """Where one side is named, no other is worked."""
    assert Prescription(REACH, side="right").sides == (Side.RIGHT,)


@pytest.mark.parametrize(("own", "there"), [("left", "right"), ("right", "left")])
def test_the_first_side(own: Side, there: Side) -> None:
    """The prescription says which side comes first, or else the exercise."""
    exercise = Exercise(
        "a",
        name="A",
        kind="stretch",
        position="standing",
        sides="alternate",
        first_side=own,
        cycle=[Step("Go")],
    )
    assert Prescription(exercise).sides[0] == own
    assert Prescription(exercise, first_side=there).sides == (there, own)


def test_a_dose_for_each_side() -> None:
    """What a side says differs from the dose of both, part by part."""
    both = Prescription(
        REACH, dose=Dose(reps=4, hold=20), left=Dose(hold=30), right=Dose(sets=2, rest=0)
    )
    left, right = both.for_side(Side.LEFT), both.for_side(Side.RIGHT)
    assert (left.reps, left.sets, left.rest) == (Range(4), Range(1), Range(10))
    assert left.cycle == (Hold("Lean to the {side}", seconds=30),)
    assert (right.reps, right.sets, right.rest) == (Range(4), Range(2), Range(0))
    assert right.cycle == (Hold("Lean to the {side}", seconds=20),)
    assert (left.sides, right.sides) == ((Side.LEFT,), (Side.RIGHT,))


def test_another_dose() -> None:
    """Another dose changes the parts that it names, and nothing else."""
    own = Prescription(REACH, dose=Dose(reps=4), left=Dose(hold=9), note="Slowly", load="2 kg")
    assert own.with_dose(hold=7) == Prescription(
        REACH, dose=Dose(reps=4, hold=7), left=Dose(hold=9), note="Slowly", load="2 kg"
    )


@pytest.mark.parametrize("name", ["side", "first_side"])
def test_no_sides(name: str) -> None:
    """Of an exercise without sides nothing is said of a side."""
    assert refusal_of(Prescription, SQUAT, **{name: "left"}) == (
        f"Prescription.{name}: must be left out, for 'squat' has no sides (got 'left')"
    )
    message = refusal_of(Prescription, SQUAT, left=Dose(reps=2))
    assert message.startswith("Prescription.left: must be left out, for 'squat' has no sides")


def test_the_only_side_has_the_dose() -> None:
    """Where one side is named, there is no other to tell from it."""
    assert refusal_of(Prescription, REACH, side="left", first_side="left") == (
        "Prescription.first_side: must be left out where side says the only one (got 'left')"
    )


def test_no_hold_on_one_side() -> None:
    """A side has no hold where the cycle has none."""
    steps = Exercise(
        "a", name="A", kind="mobility", position="standing", sides="each", cycle=[Step("Go")]
    )
    assert refusal_of(Prescription, steps, right=Dose(hold=3)) == (
        "Prescription.right.hold: must be left out, for 'a' has no hold in its cycle "
        "(got Range(3))"
    )


# --- breath, say, pose


def test_breath() -> None:
    """A breath is a pair of seconds."""
    hold = Hold("Keep", seconds=60, breath=(4, 6.5), say="Keep", pose="bridge-top")
    assert hold.breath == Breath(4, 6.5)
    assert Step("Go", breath=Breath(4, 6.5)).breath == hold.breath


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        (4, "Hold.breath: must be a pair of seconds: in and out (got 4)"),
        ((4,), "Hold.breath: must be a pair of seconds: in and out (got (4,))"),
        ((4, 0), "Hold.breath[1]: must be at least 0.001 and at most 86400 (got 0)"),
        (("4", 6), "Hold.breath[0]: must be a number (got '4')"),
    ],
)
def test_wrong_breath(wrong: object, message: str) -> None:
    """What is no pair of seconds is refused by its place."""
    assert refusal_of(Hold, "Keep", seconds=9, breath=wrong) == message


def test_what_is_said_names_no_side_where_there_is_none() -> None:
    """The short form for a voice names a side only where the text may."""
    assert refusal_of(
        Exercise,
        "a",
        name="A",
        kind="stretch",
        position="standing",
        cycle=[Step("Go", say="To the {side}")],
    ).startswith("Exercise.cycle[0].say: must not name a side")


# --- words


def test_targets_and_equipment_are_words_or_texts() -> None:
    """A word of the closed set is kept as its member, and any other text as it is."""
    made = Exercise(
        "a",
        name="A",
        kind="relaxation",
        position="half-kneeling",
        targets=["lower-back", "left toe"],
        equipment=["wall", "a door"],
        cycle=[Step("Go")],
    )
    assert made.targets == (BodyArea.LOWER_BACK, "left toe")
    assert [type(each) for each in made.targets] == [BodyArea, str]
    assert made.equipment[0] is Equipment.WALL
    assert (made.phase, made.position.is_on_knees) == (Phase.CALMING, True)
    assert not Position.SQUATTING.is_on_knees


def test_every_kind_has_a_phase() -> None:
    """The phase is that of the kind unless it is told."""
    assert {kind.phase for kind in ExerciseKind} == {*Phase}
    assert REACH.phase is Phase.STRETCH
    assert evolve(REACH, phase="stretch") == REACH
    assert evolve(REACH, kind="strengthening").phase is ExerciseKind.STRENGTHENING.phase
    assert evolve(REACH, phase="calming", kind="balance").phase is Phase.CALMING
    assert refusal_of(evolve, REACH, phase="x").startswith("Exercise.phase: must be one of")


# --- routines


def test_how_often_in_words() -> None:
    """Once is said as once, and every day is not said at all."""
    given = [
        (Frequency(), "en"),
        (Frequency(times_a_day=2, days_a_week=1), "en"),
        (Frequency(days_a_week=5), "es"),
        (Frequency(times_a_day=(1, 2), days_a_week=1), "de"),
    ]
    said = [frequency_in_words(each, phrases_for(language)) for each, language in given]
    assert said == [
        "once a day",
        "2 times a day, on 1 day a week",
        "una vez al día, 5 días a la semana",
        "1–2-mal am Tag, an 1 Tag in der Woche",
    ]


def test_frequency() -> None:
    """A routine says how often it is meant to be done."""
    often = Frequency(times_a_day=(2, 3))
    assert (often.times_a_day, often.days_a_week) == (Range(2, 3), Range(7))
    assert refusal_of(Frequency, days_a_week=8) == (
        "Frequency.days_a_week: must be a whole number from 1 to 7 (got 8)"
    )
    assert Routine("a", items=[REACH], frequency=often).frequency == often


def test_what_a_routine_needs() -> None:
    """Cautions, contraindications and equipment come in order, each once."""
    one, two = (
        Exercise(
            f"e-{i}",
            name="E",
            kind="stretch",
            position="standing",
            cycle=[Step("Go")],
            cautions=["Slowly", f"c{i}"],
            contraindications=[f"not {i}", "not now"],
            equipment=["mat", *extra],
            links=[Link("A film", url="https://a.test")],
        )
        for i, extra in ((1, []), (2, ["chair"]))
    )
    routine = Routine("a", items=[one, two.with_dose(reps=2), one])
    assert routine.cautions == ("Slowly", "c1", "c2")
    assert routine.contraindications == ("not 1", "not now", "not 2")
    assert routine.equipment == (Equipment.MAT, Equipment.CHAIR)


def test_advice_does_not_get_lost() -> None:
    """A routine has all the advice of its exercises' catalogs, the mildest first."""
    stop, mild = Advice("stop", text="Stop if it hurts"), Advice("general", text="Drink")
    call = Advice("emergency", text="Call for help")
    catalog = Catalog(
        "acme", title="A", version="1", language="en", exercises=[REACH], advice=[call, mild, stop]
    )
    own = catalog["reach"]
    assert own == REACH
    assert hash(own) == hash(REACH)
    assert Routine("a", items=[own.with_dose(reps=1)]).advice == (mild, stop, call)
    rough = Advice("routine-care", text="See somebody")
    other = Catalog(
        "other", title="B", version="1", language="en", exercises=[SQUAT], advice=[rough, stop]
    )
    both = Routine("a", items=[own, other["squat"]])
    assert both.advice == (mild, stop, rough, call)
    assert schedule(own).routine.advice == (mild, stop, call)
    assert both.advice_in("stop") == both.advice_in(AdviceTier.STOP) == (stop,)
    assert both.advice_in("urgent") == ()
    assert refusal_of(both.advice_in, "hurry").startswith("Routine.advice_in.tier: must be one of")
    assert [tier for tier in AdviceTier if tier.is_warning] == ["stop", "emergency"]
    assert Routine("a", items=[REACH]).advice == ()
    assert Routine("a", items=[own], advice=[mild]).advice == (mild,)
    assert Routine("a", items=[own], advice=()).advice == ()
