"""A catalog as a value: what it looks up, what it refuses, how it compares and travels."""

from __future__ import annotations

import copy
import pickle
from datetime import date
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

import pytest
from attrs import evolve
from attrs.exceptions import FrozenInstanceError

from supple import (
    Advice,
    AdviceTier,
    Catalog,
    CatalogError,
    Circuit,
    Exercise,
    Hold,
    Phrases,
    Player,
    Problem,
    Rest,
    Routine,
    UnknownNameError,
    dose_in_words,
    load_catalog,
    schedule,
)
from supple.catalog import Translation, read_routine, write_routine
from supple.planning import Programme, compose, dosed, fit
from tests.refusals import refusal_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

NAME = (
    "must be words of a-z and 0-9 joined by hyphens, such as 'knee-rolls', "
    "of at most 64 characters"
)


def exercise(id: str) -> Exercise:
    """Return an exercise."""
    return Exercise(id, name=id, kind="stretch", position="standing", cycle=[Hold("a", seconds=1)])


REACH, SQUAT = exercise("reach"), exercise("squat")
BOTH = Routine("both", items=[SQUAT, REACH])
STOP = Advice("stop", text="Stop if it hurts.")


def catalog(**given: Any) -> Catalog:
    """Return a catalog of two exercises, one routine and one piece of advice."""
    described = {"title": "Acme", "version": "1", "language": "en"}
    held = {"exercises": [SQUAT, REACH], "routines": [BOTH], "advice": [STOP]}
    return Catalog(**{"name": "acme", **described, **held, **given})


def test_looks_up_exercises() -> None:
    """A catalog is asked for its exercises by their ids, in its own order."""
    acme = catalog()
    assert acme["squat"] == SQUAT
    assert list(acme) == ["squat", "reach"]
    assert len(acme) == 2
    assert "reach" in acme
    assert "stretch" not in acme
    assert 5 not in acme


UNKNOWN: dict[str, tuple[Callable[[Catalog], Any], str]] = {
    "close": (
        lambda acme: acme["sqat"],
        "no exercise is named 'sqat'; did you mean 'squat'?",
    ),
    "far": (
        lambda acme: acme.exercises["lunge"],
        "no exercise is named 'lunge'; known are 'squat', 'reach'",
    ),
    "no text": (
        lambda acme: acme[5],  # type: ignore[index]  # the point of the test
        "no exercise is named 5; known are 'squat', 'reach'",
    ),
    "routine": (
        lambda acme: acme.routines["bot"],
        "no routine is named 'bot'; did you mean 'both'?",
    ),
    "tier": (
        lambda acme: acme.advice["stopp"],  # type: ignore[index]  # the point of the test
        "no tier is named 'stopp'; did you mean 'stop'?",
    ),
}


@pytest.mark.parametrize("what", UNKNOWN)
def test_unknown_names(what: str) -> None:
    """A name that nothing has is told with those that come close, or else with all."""
    look_up, message = UNKNOWN[what]
    with pytest.raises(UnknownNameError) as caught:
        look_up(catalog())
    assert str(caught.value) == message
    assert isinstance(caught.value, KeyError)


def test_unknown_names_without_an_error() -> None:
    """The mappings answer `get` and `in` as every mapping does."""
    acme = catalog()
    assert acme.exercises.get("lunge") is None
    assert acme.routines.get("both") == evolve(BOTH, advice=acme.routines["both"].advice)
    assert "lunge" not in acme.exercises
    assert "stop" in acme.advice


def test_every_tier_is_present() -> None:
    """Advice is kept by tier, the mildest first, and a tier without any is empty."""
    graver = Advice("urgent", text="Get help."), Advice("stop", text="Rest.")
    advice = catalog(advice=[graver[0], STOP, graver[1]]).advice
    assert list(advice.items()) == [
        (AdviceTier.GENERAL, ()),
        (AdviceTier.STOP, (STOP, graver[1])),
        (AdviceTier.ROUTINE_CARE, ()),
        (AdviceTier.URGENT, (graver[0],)),
        (AdviceTier.EMERGENCY, ()),
    ]


REFUSED: list[tuple[dict[str, Any], str]] = [
    ({"name": "Acme"}, f"Catalog.name: {NAME} (got 'Acme')"),
    ({"title": ""}, "Catalog.title: must not be empty (got '')"),
    ({"version": 1}, "Catalog.version: must be text (got 1)"),
    (
        {"language": "e"},
        "Catalog.language: must be a language tag such as 'en' or 'pt-BR' (got 'e')",
    ),
    ({"summary": 5}, "Catalog.summary: must be text (got 5)"),
    ({"exercises": REACH.id}, "Catalog.exercises: must be a list (got 'reach')"),
    ({"exercises": [5]}, "Catalog.exercises[0]: must be Exercise (got 5)"),
    (
        {"exercises": [REACH, REACH]},
        "Catalog.exercises[1].id: must not be that of another exercise (got 'reach')",
    ),
    (
        {"routines": [BOTH, Routine("both", items=[REACH])]},
        "Catalog.routines[1].id: must not be that of another routine (got 'both')",
    ),
    ({"advice": ["Rest."]}, "Catalog.advice[0]: must be Advice (got 'Rest.')"),
]


@pytest.mark.parametrize(("given", "message"), REFUSED, ids=range(len(REFUSED)))
def test_what_a_catalog_refuses(given: dict[str, Any], message: str) -> None:
    """A wrong value is refused by the field that it was given for."""
    assert refusal_of(catalog, **given) == message


def test_is_frozen() -> None:
    """Nothing of a catalog can be set, and its mappings cannot be changed."""
    acme = catalog()
    with pytest.raises(FrozenInstanceError):
        acme.title = "Other"  # type: ignore[misc]  # the point of the test
    with pytest.raises(TypeError):
        acme.exercises["squat"] = REACH  # type: ignore[index]  # the point of the test


TRAVELS: dict[str, Callable[[Any], Any]] = {
    "pickle": lambda value: pickle.loads(pickle.dumps(value)),  # noqa: S301 - one of our own
    "copy": copy.copy,
    "deepcopy": copy.deepcopy,
    "evolve": lambda value: evolve(
        value,
        exercises=value.exercises.values(),
        routines=value.routines.values(),
        advice=[STOP],
    ),
}


@pytest.mark.parametrize("how", TRAVELS)
def test_catalogs_compare_by_value(how: str) -> None:
    """A copy equals the original, has its hash, and keeps its order."""
    acme = catalog()
    other = TRAVELS[how](acme)
    assert other == acme
    assert hash(other) == hash(acme)
    assert list(other) == list(acme)
    assert other != catalog(version="2")
    assert other != catalog(exercises=[SQUAT])


@pytest.mark.parametrize("same", [dict, MappingProxyType])
def test_mappings_equal_other_mappings(same: Callable[[Any], Mapping[str, Exercise]]) -> None:
    """The exercises equal any mapping of the same exercises, in whatever order."""
    exercises = catalog().exercises
    assert exercises == same({"reach": REACH, "squat": SQUAT})
    assert exercises != same({"reach": REACH})
    assert hash(exercises) == hash(catalog(exercises=[REACH, SQUAT]).exercises)


def test_repr_is_short() -> None:
    """A catalog shows what it says of itself, and leaves out what it holds."""
    assert repr(catalog()) == (
        "Catalog(name='acme', title='Acme', version='1', language='en', summary=None, "
        "languages=('en',))"
    )
    assert repr(catalog(exercises=[]).exercises) == "ByName('exercise', {})"


def test_the_bundled_catalog_travels() -> None:
    """A catalog that was loaded equals itself after a pickle."""
    loaded = load_catalog("lower-back")
    assert TRAVELS["pickle"](loaded) == loaded == load_catalog("lower-back")


def problems(count: int) -> list[Problem]:
    """Return so many problems."""
    return [Problem("a.toml", path="reps", requirement="must be 1", got=i) for i in range(count)]


def test_an_error_of_one_problem() -> None:
    """An error names the catalog, the distribution and the problem."""
    error = CatalogError("acme", [Problem("a\n.toml", requirement="must be", line=3)], "acme 1.0")
    assert str(error) == (
        "catalog acme of acme 1.0 cannot be read: 1 problem\n  a\\n.toml, line 3: must be"
    )


def test_an_error_of_many_problems() -> None:
    """An error shows twenty problems, and says how many there are."""
    lines = str(CatalogError("a\x1b", problems(22))).splitlines()
    assert lines[0] == r"catalog a\x1b cannot be read: 22 problems"
    assert lines[1:21] == [f"  a.toml: reps: must be 1 (got {i})" for i in range(20)]
    assert lines[21:] == ["  and 2 more"]
    assert len(str(CatalogError("a", problems(20))).splitlines()) == 21


def test_errors_travel() -> None:
    """An error keeps its parts through a pickle."""
    error = CatalogError("acme", problems(2), "acme 1.0")
    other = TRAVELS["pickle"](error)
    assert (other.catalog, other.problems, other.origin) == (
        error.catalog,
        error.problems,
        error.origin,
    )
    assert str(other) == str(error)
    unknown = TRAVELS["pickle"](UnknownNameError("exercise", "a", ["ab", "abc"]))
    assert (unknown.kind, unknown.name, unknown.known) == ("exercise", "a", ("ab", "abc"))
    assert unknown.matches == ("ab",)


def speaking(name: str, language: str = "en", **phrases: str) -> Catalog:
    """Return a catalog of one language that says some of what the library says in its own way."""
    own = [Translation(language, phrases=phrases)]
    spoken = [evolve(each, language=language) for each in (SQUAT, REACH)]
    items = [Circuit([spoken[0], Rest(5), spoken[1].with_dose(reps=(1, 9))], rounds=2)]
    routines = [Routine("both", items=items)]
    return catalog(
        name=name, language=language, exercises=spoken, routines=routines, translations=own
    )


def first_words(routine: Routine | Exercise) -> str:
    """Return what is said first."""
    return schedule(routine)[1].text


def test_phrases_go_with_exercises_and_routines(tmp_path: Path) -> None:
    """Whatever is made of a catalog says what the catalog says in place of the library."""
    acme = speaking("acme", get_ready="Here we go", beginning="So it begins.", hold="{seconds}!")
    both = acme.routines["both"]
    assert both.phrases == both.exercises["squat"].phrases == acme.phrases
    write_routine(both, tmp_path / "both.toml", catalogs=[acme])
    programme = Programme(both, starts=date(2027, 3, 22), zone="UTC")
    session = next(programme.sessions())
    made = [
        both,
        acme["squat"],
        Routine("new", items=[acme["squat"].with_dose(sets=2)]),
        dosed(both, [None, None]).routine,
        fit(both, minutes=0.5).routine,
        compose([acme], minutes=1, slack=60).routine,
        session.dosed().routine,
        read_routine(tmp_path / "both.toml", catalogs=[acme]),
        pickle.loads(pickle.dumps(both)),  # noqa: S301 - our own bytes
    ]
    assert {first_words(each) for each in made} == {"Here we go"}
    assert session.timeline[1].text == "Here we go"
    assert session.why == "So it begins."
    assert dose_in_words(acme["squat"]) == "1 s!"
    assert dose_in_words(acme["squat"], language="en") == "hold 1 s"
    assert first_words(SQUAT) == "Get ready: squat, standing"
    assert schedule(both, phrases=Phrases(get_ready="Go"))[1].text == "Go"


@pytest.mark.parametrize(
    "copied",
    [
        lambda exercise: evolve(exercise, reps=(3, 5)),
        copy.deepcopy,
        lambda exercise: pickle.loads(pickle.dumps(exercise)),  # noqa: S301 - our own
    ],
    ids=["evolve", "deepcopy", "pickle"],
)
def test_a_copy_keeps_what_its_catalog_gives(copied: Callable[[Exercise], Exercise]) -> None:
    """A changed copy brings the advice, the figures and the words of its catalog along."""
    back = load_catalog("lower-back", language="de")
    bridge = back["bridge"]
    made = copied(bridge)
    routine = Routine("softer", items=[made])
    assert routine.advice == Routine("as-it-is", items=[bridge]).advice != ()
    assert made.poses == bridge.poses != ()
    assert (made.phrases, routine.phrases) == (back.phrases, back.phrases)
    assert Player(schedule(routine)).stop_advice == back.advice[AdviceTier.STOP] != ()
    assert evolve(made, language="en").phrases is None
    other = evolve(made, cycle=back["cat-camel"].cycle, setup=(), finish=())
    assert other.poses == ()
    poses = other.with_poses(back.poses.values()).poses
    assert [each.id for each in poses] == ["back-arched", "back-sagging"]


@pytest.mark.parametrize(
    "copied",
    [
        lambda routine: routine,
        lambda routine: evolve(routine, purpose="To begin"),
        copy.deepcopy,
        lambda routine: pickle.loads(pickle.dumps(routine)),  # noqa: S301 - our own
    ],
    ids=["itself", "evolve", "deepcopy", "pickle"],
)
def test_advice_that_a_routine_leaves_out(copied: Callable[[Routine], Routine]) -> None:
    """A routine without advice has that of the catalog which takes it over, in no copy another."""
    stop, mild = Advice("stop", text="Stop."), Advice("general", text="Mild.")
    given = {"left-out": None, "none": (), "own": [stop]}
    routines = [Routine(id, items=[REACH], advice=each) for id, each in given.items()]
    made = catalog(advice=[stop, mild], exercises=[REACH], routines=map(copied, routines))
    advice = {id: each.advice for id, each in made.routines.items()}
    assert advice == {"left-out": (mild, stop), "none": (), "own": (stop,)}
    assert Player(schedule(made.routines["left-out"])).stop_advice == (stop,)
    again = evolve(made, advice=[mild])
    assert again.routines["left-out"].advice == (mild,)
    assert "advice" not in repr(again.routines["left-out"])
    assert again.routines["own"].advice == (stop,)


def test_a_catalog_keeps_what_stands_in_many_places() -> None:
    """What stands in many places of a routine does so in that of a catalog, and is laid out so."""
    place = REACH.with_dose(reps=2)
    lap = Circuit([place, place], rounds=1)
    for _ in range(15):
        lap = Circuit([lap, lap], rounds=1)
    alone = Routine("doubled", items=[lap])
    made = catalog(exercises=[REACH], routines=[alone]).routines["doubled"]
    assert len({id(each) for each in made.prescriptions}) == 1
    assert schedule(made).duration_ms == schedule(alone).duration_ms


def test_a_catalog_keeps_a_routine_of_others() -> None:
    """A routine of exercises of other catalogs alone is the same in it."""
    back = load_catalog("lower-back")
    routine = Routine("mine", items=[Circuit([back["bridge"], Rest(3)], rounds=2)])
    assert catalog(routines=[routine]).routines["mine"] is routine


def test_a_pickled_exercise_is_small() -> None:
    """An exercise brings along no pose that it does not name, however many its catalog has."""
    back = load_catalog("lower-back")
    pose = back.poses["knees-bent"]
    more = [*back.poses.values(), *(evolve(pose, id=f"pose-{i}") for i in range(100))]
    sizes = {len(pickle.dumps(each["bridge"])) for each in (back, evolve(back, poses=more))}
    assert len(sizes) == 1


def test_the_advice_of_all_catalogs() -> None:
    """Equal exercises of two catalogs bring the advice of both, in whatever order they come."""
    back = load_catalog("lower-back")
    mine = Catalog(
        "mine",
        title="Mine",
        version="1",
        language="en",
        exercises=[back["bridge"]],
        advice=[Advice(tier="stop", text="Stop early.")],
    )
    ours, theirs = mine["bridge"], back["bridge"]
    assert (ours.poses, ours == theirs) == (theirs.poses, True)
    wanted = {*ours.advice, *theirs.advice}
    assert len(wanted) == 1 + len(theirs.advice)
    routines = (
        Routine("both", items=[ours, theirs]),
        Routine("both", items=[theirs, Circuit([ours], rounds=2)]),
    )
    for advice in (routine.advice for routine in routines):
        assert ({*advice}, len(advice)) == (wanted, len(wanted))


def test_phrases_do_not_count_when_routines_are_compared() -> None:
    """An exercise or a routine is what it is, whoever speaks."""
    acme, other = speaking("acme", get_ready="Here we go"), speaking("other")
    assert acme["squat"] == other["squat"]
    assert acme.routines["both"] == other.routines["both"]
    assert hash(acme.routines["both"]) == hash(other.routines["both"])


def test_a_routine_of_several_catalogs_speaks_as_the_first_in_its_language() -> None:
    """One voice leads through a routine, and it speaks the language of the routine."""
    german = speaking("deutsch", "de", get_ready="Los gehts")["reach"]
    acme = speaking("acme", get_ready="Here we go")["squat"]
    other = speaking("other", get_ready="Off we go")["reach"]
    assert first_words(Routine("two", items=[acme, other])) == "Here we go"
    assert first_words(Routine("two", items=[other, acme])) == "Off we go"
    assert first_words(Routine("two", items=[german, acme])) == "Los gehts"
    assert first_words(Routine("two", items=[german, acme], language="en")) == "Here we go"
    assert first_words(Routine("two", items=[german, acme], language="es")).startswith("Prep")


def test_a_catalog_lends_no_phrases_to_another_language() -> None:
    """An exercise in one language in a catalog of another speaks its own."""
    mixed = catalog(language="de")
    assert mixed["squat"].phrases is None
    assert first_words(mixed.routines["both"]) == "Get ready: squat, standing"


def test_a_routine_of_a_catalog_keeps_what_is_not_of_the_catalog() -> None:
    """An exercise that differs from that of the catalog stays what it is."""
    own = evolve(SQUAT, name="Deep squat")
    acme = catalog(routines=[Routine("deep", items=[own, REACH])])
    assert acme.routines["deep"].exercises["squat"] is own
    assert acme.routines["deep"].exercises["reach"] is acme["reach"]
