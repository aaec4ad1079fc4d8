"""A composed routine is the best that a catalog has, and says why."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import assume, given, strategies as st

from supple import (
    Catalog,
    Exercise,
    Hold,
    MisfitError,
    ModelError,
    Pacing,
    Step,
    UnknownNameError,
    load_catalog,
)
from supple.planning import Plan, Why, compose

from .catalogs import PHASES, TARGETS, catalogs, every_routine, exercise, measured

BACK = load_catalog("lower-back")


@given(catalogs(most=6), st.sampled_from([40, 60, 100, 150, 240]), st.integers(0, 3), st.data())
def test_no_other_routine_is_better(
    catalog: Catalog, seconds: int, seed: int, data: st.DataObject
) -> None:
    """Among all routines of a catalog none covers more, fills more or changes less."""
    worked = [
        each for each in TARGETS if any(each in one.targets for one in catalog.exercises.values())
    ]
    wanted = data.draw(st.lists(st.sampled_from(worked), unique=True))
    usable = [
        each
        for each in catalog.exercises.values()
        if not wanted or not {*wanted}.isdisjoint(each.targets)
    ]
    fitting = [
        found[1:]
        for items in every_routine(usable)
        if (found := measured(items, wanted, seconds * 1000))[0] <= seconds * 1000
    ]
    assume(fitting)
    plan = compose([catalog], minutes=seconds / 60, targets=wanted, seed=seed)
    items = [*plan.routine.exercises.values()]
    duration, *quality = measured(items, wanted, seconds * 1000)
    assert tuple(quality) == min(fitting)
    assert duration == plan.duration_ms == plan.timeline.duration_ms <= seconds * 1000
    assert [len(plan.missing), plan.changes] == [quality[0], quality[2]]
    phases = [PHASES.index(each.kind) for each in items]
    assert phases == sorted(phases)
    assert {*plan.chosen, *plan.left_out} == {*catalog.exercises}
    assert plan == compose([catalog], minutes=seconds / 60, targets=wanted, seed=seed)


@given(catalogs(), st.integers(0, 3), st.data())
def test_what_is_asked_for_is_respected(catalog: Catalog, seed: int, data: st.DataObject) -> None:
    """What must be there is, what must not is not, and positions change as often as they may."""
    ids = sorted(catalog.exercises)
    include = data.draw(st.lists(st.sampled_from(ids), max_size=2, unique=True))
    exclude = data.draw(st.lists(st.sampled_from(ids), max_size=2, unique=True))
    most = data.draw(st.integers(0, 3))
    assume(not {*include} & {*exclude})
    asked: dict[str, Any] = {"include": include, "exclude": exclude, "max_changes": most}
    try:
        plan = compose([catalog], minutes=4, seed=seed, **asked)
    except MisfitError:
        return
    chosen = {*plan.routine.exercises}
    assert {*include} <= chosen
    assert chosen.isdisjoint(exclude)
    assert plan.changes <= most


def test_positions_passed_through_bring_no_time() -> None:
    """Where changing position takes less than a transition, a plan still keeps to its time."""
    made = [
        exercise(number, "stretch", position, ("hips",), seconds)
        for number, (position, seconds) in enumerate(
            [("standing", 30), ("standing", 30), ("sitting", 50)]
        )
    ]
    catalog = Catalog("small", title="Small", version="1", language="en", exercises=made)
    quick = Pacing(transition=8, position_change=3)
    plan = compose([catalog], minutes=72 / 60, pacing=quick)
    assert (plan.duration_ms, plan.changes) == (plan.timeline.duration_ms, 0)
    assert plan.duration_ms == 55_000


def test_an_exercise_that_is_as_long_as_the_time_in_grains() -> None:
    """Where times are told in grains, one that leaves less than a grain does not fit."""
    long = exercise(0, "stretch", "standing", ("hips",), 3594.999)
    catalog = Catalog("small", title="Small", version="1", language="en", exercises=[long])
    with pytest.raises(MisfitError) as caught:
        compose([catalog], minutes=60)
    assert str(caught.value).startswith(
        "the shortest exercise takes 59:59.999, which does not fit into 1:00:00 with at most 8"
    )
    assert compose([catalog], minutes=60.01).duration_ms == 3_599_999


def composed(**asked: Any) -> Plan:
    """Return a plan of the bundled catalog."""
    return compose([BACK], **({"minutes": 8} | asked))


def test_the_bundled_catalog() -> None:
    """Eight minutes hold all exercises of the bundled catalog, and say why each is there."""
    plan = composed(targets=["lower-back", "hips"], seed=3)
    assert plan.duration_ms == plan.timeline.duration_ms
    assert plan.short_ms == plan.wanted_ms - plan.duration_ms
    assert (plan.covered, plan.missing, plan.is_estimated) == (("lower-back", "hips"), (), False)
    assert plan.why("bridge") == "It works: lower back."
    assert plan.routine.advice == tuple(each for tier in BACK.advice.values() for each in tier)


def test_what_calms_comes_last() -> None:
    """The exercise that its author wrote to finish with is the last, whatever the seed."""
    orders = {tuple(composed(seed=seed).routine.exercises) for seed in range(10)}
    assert len(orders) > 1
    assert {order[-1] for order in orders} == {"childs-pose"}


def test_it_speaks_the_language_of_the_catalog() -> None:
    """The sentences are in the language of the exercises."""
    german = load_catalog("lower-back", language="de")
    plan = compose([german], minutes=3, exclude=["bridge"], avoid_positions=["kneeling"])
    assert plan.why("bridge") == "Du wolltest sie nicht."
    assert plan.why("cat-camel") == (
        "Sie belastet die Knie, was du vermeiden möchtest: im Vierfüßlerstand."
    )


def test_who_avoids_kneeling_avoids_all_fours() -> None:
    """A knee that must not be knelt on keeps all fours away, too; that alone does not."""
    plan = composed(avoid_positions=["kneeling"])
    assert {id: plan.left_out[id].why for id in ("childs-pose", "cat-camel")} == {
        "childs-pose": Why.POSITION,
        "cat-camel": Why.KNEELING,
    }
    fours = composed(avoid_positions=["all-fours"])
    assert "childs-pose" in fours.chosen
    assert fours.why("cat-camel") == (
        "It is done in a position that you want to avoid: on all fours."
    )


def made(id: str, **parts: Any) -> Exercise:
    """Return a stretch of ten seconds, with whatever else is asked for."""
    facts = {"name": id, "kind": "stretch", "position": "standing", "targets": ["neck"]}
    return Exercise(id, **({"cycle": [Hold("Keep", seconds=10)]} | facts | parts))


def catalog_of(*exercises: Exercise, name: str = "made") -> Catalog:
    """Return a catalog of exercises."""
    return Catalog(name, title="x", version="1", language="en", exercises=exercises)


def test_each_reason() -> None:
    """What is there and what is not is told with the fact that decided."""
    catalog = catalog_of(
        made("asked"),
        made("alone", targets=["hips", "neck"]),
        made("works"),
        made("banded", equipment=["Band"]),
        made("other", targets=["calves"]),
        made("endless", reps=100),
        made("sitting", position="sitting", targets=["neck"]),
    )
    plan = compose(
        [catalog, catalog_of(made("works"), name="second")],
        minutes=1,
        targets=["neck", "Hips"],
        include=["asked"],
    )
    assert {id: str(each) for id, each in {**plan.chosen, **plan.left_out}.items()} == {
        "asked": "You asked for it.",
        "alone": "It is the only one here that works: hips.",
        "works": "It works: neck.",
        "banded": "It needs: Band.",
        "other": "It works nothing that you asked for.",
        "endless": "By itself it takes 16:40, for which there is no time.",
        "sitting": "It does not go with the positions chosen: sitting.",
        "second/works": "Another catalog has an exercise of the same id.",
    }
    banded = compose([catalog], minutes=1, equipment=["band"], include=["banded"])
    assert banded.why("banded") == "You asked for it."


def test_what_a_condition_speaks_against() -> None:
    """An exercise one of whose contraindications mentions a condition is left out."""
    text = "Do not do it if you have osteoporosis."
    wrong, right = made("wrong", contraindications=[text]), made("right")
    plan = compose([catalog_of(wrong, right)], minutes=1, conditions=["Osteoporosis"])
    assert plan.why("wrong") == f"Its catalog says: {text}"
    assert {*plan.chosen} == {"right"}
    assert {*compose([catalog_of(wrong, right)], minutes=1).chosen} == {"wrong", "right"}


def test_a_condition_is_whole_words() -> None:
    """A condition is no part of a word; a short one is one where it is all that is said."""
    said = {"one": ["Not with a hernia of the disc."], "two": ["Herniated discs"], "three": ["MS"]}
    catalog = catalog_of(
        *(made(id, contraindications=texts) for id, texts in said.items()), made("four")
    )
    for condition, wrong in {"Hernia": "one", "of the disc": "one", "ms": "three"}.items():
        plan = compose([catalog], minutes=2, conditions=[condition])
        assert {*said, "four"} - {*plan.chosen} == {wrong}
    with pytest.raises(ModelError, match="did you mean 'hernia'"):
        compose([catalog], minutes=2, conditions=["herni"])


def test_what_a_condition_is_a_caution_for() -> None:
    """An exercise whose caution mentions a condition may be there, and its reason tells."""
    text = "With osteoporosis, go only half way."
    catalog = catalog_of(made("half", cautions=["Breathe.", text]))
    assert compose([catalog], minutes=1, conditions=["Osteoporosis"]).why("half") == (
        f"It fills the time. Its catalog says: {text}"
    )
    assert compose([catalog], minutes=1).why("half") == "It fills the time."


def test_without_targets_anything_fills_the_time() -> None:
    """Where nothing is asked for every exercise may be there."""
    plan = composed(minutes=3)
    assert {str(each) for each in plan.chosen.values()} == {"It fills the time."}


def test_an_estimate_is_told() -> None:
    """A plan says where the person, not the clock, ends a step."""
    ready = made("ready", cycle=[Step("Move", until_ready=True)])
    assert compose([catalog_of(ready)], minutes=1).is_estimated


def test_seeds() -> None:
    """Another seed gives another routine where several are as good; the same one does not."""
    catalog = catalog_of(*(made(f"made-{i}") for i in range(20)))
    plans = [[*compose([catalog], minutes=1, seed=seed).chosen] for seed in (1, 2, 1)]
    assert plans[0] == plans[2] != plans[1]
    assert plans[0] == ["made-8", "made-9", "made-11", "made-15"]


def test_targets_come_evenly() -> None:
    """Of what is as good the routine is taken in which targets come about as often."""
    catalog = catalog_of(
        *(made(f"neck-{i}") for i in range(9)),
        *(made(f"hips-{i}", targets=["hips"]) for i in range(9)),
    )
    for seed in range(5):
        plan = compose([catalog], minutes=2, targets=["neck", "hips"], seed=seed)
        counts = [sum(id.startswith(each) for id in plan.chosen) for each in ("neck", "hips")]
        assert counts == [4, 4]


def test_odd_milliseconds_are_never_too_long() -> None:
    """Times that have no common grain are rounded to the safe side."""
    catalog = catalog_of(
        *(
            made(f"odd-{i}", cycle=[Hold("Keep", seconds=round(20 + i / 1000, 3))])
            for i in range(40)
        ),
    )
    plan = compose([catalog], minutes=10, pacing=Pacing(transition=0.333))
    assert 0 <= plan.short_ms <= 15_000
    assert plan.timeline.duration_ms == plan.duration_ms


def test_an_unknown_exercise_has_no_reason() -> None:
    """Asking why for what no catalog has names what is close."""
    with pytest.raises(UnknownNameError, match="no exercise is named 'brigde'; did you mean"):
        composed().why("brigde")


@pytest.mark.parametrize(
    ("asked", "message"),
    [
        ({"minutes": 0.2}, "no exercise may be there: 6 are too long for the time"),
        (
            {"minutes": 0.3, "exclude": ["bridge"], "avoid_positions": ["kneeling"]},
            (
                "no exercise may be there: 3 are too long for the time, 1 is excluded, "
                "1 is on the knees, 1 is in a position to avoid"
            ),
        ),
        (
            {"minutes": 1, "include": ["single-knee-hug", "knee-rolls"]},
            (
                "what must be there takes 1:43, which does not fit into 1:00 with at most 8 "
                "changes of position"
            ),
        ),
        (
            {"max_changes": 0, "include": ["childs-pose", "knee-rolls"]},
            (
                "what must be there takes 1:23, which does not fit into 8:00 with at most 0 "
                "changes of position"
            ),
        ),
    ],
)
def test_what_does_not_fit(asked: dict[str, Any], message: str) -> None:
    """What cannot be had says what it would take."""
    with pytest.raises(MisfitError) as caught:
        composed(**asked)
    assert str(caught.value) == message


@pytest.mark.parametrize(
    ("asked", "matches"),
    [
        ({"targets": ["lower-bakc"]}, ["lower-back"]),
        ({"conditions": ["pregnant"]}, ["pregnancy"]),
        ({"equipment": ["chiar"]}, ["chair"]),
    ],
)
def test_what_may_be_meant_is_data(asked: dict[str, Any], matches: list[str]) -> None:
    """What comes close to what was asked for stands in the error by itself, too."""
    with pytest.raises(ModelError) as caught:
        compose([BACK], minutes=10, **asked)
    assert [*caught.value.hint.matches] == matches


@pytest.mark.parametrize(
    ("asked", "message"),
    [
        (
            {"targets": ["lower-bakc"]},
            (
                "compose.targets[0]: must be what an exercise of the catalogs works; did you mean "
                "'lower-back'? (got 'lower-bakc')"
            ),
        ),
        (
            {"conditions": ["pregnancy", "Pregnant"]},
            (
                "compose.conditions[1]: must stand in a contraindication or a caution of the "
                "catalogs; did you mean 'pregnancy'? (got 'pregnant')"
            ),
        ),
        (
            {"conditions": ["for"]},
            (
                "compose.conditions[0]: must have a word of four letters or more, or be all of a "
                "warning (got 'for')"
            ),
        ),
        (
            {"equipment": ["chair", "chiar"]},
            (
                "compose.equipment[1]: must be what an exercise may need; did you mean 'chair'? "
                "(got 'chiar')"
            ),
        ),
        (
            {"targets": [f"target-{i}" for i in range(13)]},
            "compose.targets: must be at most 12 (got 13)",
        ),
        (
            {"include": ["bridge"], "exclude": ["bridge"]},
            (
                "compose.include: must be exercises that may be there, but: You asked to leave it "
                "out. (got 'bridge')"
            ),
        ),
        (
            {"max_changes": -1},
            "compose.max_changes: must be a whole number from 0 to 44 (got -1)",
        ),
    ],
)
def test_what_is_refused(asked: dict[str, Any], message: str) -> None:
    """What cannot be meant is refused."""
    with pytest.raises(ModelError, match=f"^{re.escape(message)}$"):
        composed(**asked)


def test_a_condition_that_nothing_warns_of() -> None:
    """A condition that stands nowhere names what the catalogs warn of, in their language."""
    text = "In der Schwangerschaft nicht auf dem Rücken."
    catalogs = [catalog_of(made("a", contraindications=[text]), made("b", cautions=[text]))]
    with pytest.raises(ModelError) as caught:
        compose(catalogs, minutes=1, conditions=["rheuma"])
    assert str(caught.value) == (
        "compose.conditions[0]: must stand in a contraindication or a caution of the catalogs; "
        f"known are {text!r} (got 'rheuma')"
    )


def test_an_exercise_that_no_catalog_has() -> None:
    """What is to be there, or not, has to be known."""
    with pytest.raises(UnknownNameError, match="no exercise is named 'brige'"):
        composed(include=["brige"])


def test_positions_stand_together() -> None:
    """Within a phase no position comes twice."""
    plan = composed()
    places = [(each.kind, each.position) for each in plan.routine.exercises.values()]
    blocks = [places[0], *(after for before, after in pairwise(places) if after != before)]
    assert len(blocks) == len({*blocks})
