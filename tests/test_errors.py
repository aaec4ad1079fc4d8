"""Errors: their bases, their parts, their words, and what they survive."""

from __future__ import annotations

import copy
import json
import pickle
from typing import Any, NoReturn

import pytest
from attrs import NOTHING
from hypothesis import given, strategies as st

import supple
from supple import (
    CatalogError,
    EventLineError,
    ExerciseKind,
    ExportError,
    MisfitError,
    MissingExtraError,
    ModelError,
    Phrases,
    PlayerStateError,
    Problem,
    RunnerClosedError,
    SnapshotError,
    SuppleError,
    TimelineError,
    TimelineIndexError,
    UnknownNameError,
)
from supple._errors import show

PROBLEM = Problem("catalog.toml", path="version", requirement="must be text", got=1.5, line=3)

ERRORS: dict[str, tuple[Exception, set[type], str]] = {
    "ModelError": (
        ModelError("Hold.seconds", "must be a number", "5"),
        {ValueError},
        "Hold.seconds: must be a number (got '5')",
    ),
    "TimelineError": (
        TimelineError("Timeline.at.ms", "must be an integer", 1.5),
        {ValueError},
        "Timeline.at.ms: must be an integer (got 1.5)",
    ),
    "TimelineIndexError": (
        TimelineIndexError("timeline[index]", "must be at least -1 and below 1", 7),
        {ValueError, LookupError, IndexError, TimelineError},
        "timeline[index]: must be at least -1 and below 1 (got 7)",
    ),
    "EventLineError": (
        EventLineError("at_ms", "must be an integer", None),
        {ValueError},
        "at_ms: must be an integer (got None)",
    ),
    "ExportError": (
        ExportError("svg", "must have at most 500 exercises to be drawn", 501),
        {ValueError},
        "svg: must have at most 500 exercises to be drawn (got 501)",
    ),
    "CatalogError": (
        CatalogError("lower-back", [PROBLEM], "supple 0.1"),
        {ValueError},
        (
            "catalog lower-back of supple 0.1 cannot be read: 1 problem\n"
            "  catalog.toml, line 3: version: must be text (got 1.5)"
        ),
    ),
    "MisfitError": (
        MisfitError("it takes 6:26, which is too long", 60_000, 386_000, 518_000),
        {ValueError},
        "it takes 6:26, which is too long",
    ),
    "PlayerStateError": (
        PlayerStateError("paused", "pause"),
        set(),
        "a player that is paused cannot take the command pause",
    ),
    "SnapshotError": (
        SnapshotError("snapshot.events", "must be at least 0", -1),
        {ValueError},
        "snapshot.events: must be at least 0 (got -1)",
    ),
    "RunnerClosedError": (RunnerClosedError(), {RuntimeError}, "the runner is closed"),
    "UnknownNameError": (
        UnknownNameError("routine", "mornin", ["morning", "evening"]),
        {LookupError, KeyError},
        "no routine is named 'mornin'; did you mean 'morning'?",
    ),
    "MissingExtraError": (
        MissingExtraError("cli", "rich"),
        {ImportError},
        "this needs the package rich, which is not installed: pip install 'supple[cli]'",
    ),
}

OURS = {SuppleError, Exception, BaseException, object}


@pytest.mark.parametrize(("error", "bases", "message"), [*ERRORS.values()], ids=[*ERRORS])
def test_bases_and_words(error: Exception, bases: set[type], message: str) -> None:
    """An error is a SuppleError and what Python users expect of it, and reads as written."""
    public = {each for each in type(error).__mro__ if not each.__name__.startswith("_")}
    assert public - OURS - {type(error)} == bases
    assert isinstance(error, SuppleError)
    assert str(error) == message


@pytest.mark.parametrize("error", [error for error, *_ in ERRORS.values()], ids=[*ERRORS])
def test_errors_travel(error: Exception) -> None:
    """An error is the same after pickling and copying, with all its parts."""
    for other in (
        *(pickle.loads(pickle.dumps(error, protocol)) for protocol in range(2, 6)),  # noqa: S301
        copy.copy(error),
        copy.deepcopy(error),
    ):
        assert type(other) is type(error)
        assert str(other) == str(error)
        assert vars(other) == vars(error)


@pytest.mark.parametrize("error", [error for error, *_ in ERRORS.values()], ids=[*ERRORS])
def test_errors_as_plain_data(error: SuppleError) -> None:
    """Plain data has the class, the message and every part, and is what JSON takes."""
    error.add_note("a note is no part")
    said = error.as_dict()
    assert said["error"] == type(error).__name__
    assert said["message"] == str(error)
    assert {*said} == {"error", "message", *vars(error)} - {"__notes__"}
    assert json.loads(json.dumps(said, allow_nan=False)) == said


@pytest.mark.parametrize(
    "got",
    [float("nan"), 10**5000, "\ud800", {1: 2}, object(), NOTHING, None],
    ids=["nan", "huge", "surrogate", "dict", "object", "nothing given", "none"],
)
def test_any_value_in_plain_data(got: object) -> None:
    """Whatever was refused stands in plain data as a short text, and nothing as none."""
    for error in (ModelError("a", "must be b", got), Problem("a", requirement="b", got=got)):
        shown = error.as_dict()["got"]
        assert shown == (None if got is NOTHING else show(got))
        json.dumps(error.as_dict(), allow_nan=False).encode()


def test_a_catalog_error_as_plain_data() -> None:
    """A service answers every problem with its place."""
    assert CatalogError("lower-back", [PROBLEM], "supple 0.1").as_dict() == {
        "error": "CatalogError",
        "message": (
            "catalog lower-back of supple 0.1 cannot be read: 1 problem\n"
            "  catalog.toml, line 3: version: must be text (got 1.5)"
        ),
        "catalog": "lower-back",
        "problems": [
            {
                "message": "catalog.toml, line 3: version: must be text (got 1.5)",
                "file": "catalog.toml",
                "path": "version",
                "requirement": "must be text",
                "got": "1.5",
                "line": 3,
                "column": None,
                "code": "",
                "hint": "",
            }
        ],
        "origin": "supple 0.1",
        "kind": "catalog",
    }


def test_every_error_is_tested() -> None:
    """Every public error stands above."""
    named = {name for name in supple.__all__ if name.endswith("Error")}
    assert named == {*ERRORS, "SuppleError"}


def test_the_parts_of_a_refusal() -> None:
    """The parts of a message are attributes."""
    error = ModelError("Hold.seconds", "must be a number", "5")
    assert (error.where, error.requirement, error.got) == ("Hold.seconds", "must be a number", "5")


def test_what_may_be_meant_is_a_part() -> None:
    """The close matches of a refusal are data, too, from wherever it is seen."""
    with pytest.raises(ModelError) as caught:
        Phrases(language="german")
    error = caught.value.within("x.")
    assert error.hint.matches == ["de"]
    assert str(error).startswith(
        "x.Phrases.language: must be a language tag such as 'en' or 'pt-BR'; did you mean 'de'?"
    )
    assert error.as_dict()["hint"] == "did you mean 'de'?"


def test_the_parts_of_an_unknown_name() -> None:
    """An unknown name comes with all that there are, and with those that are close."""
    error = UnknownNameError("exercise", "Knee-Roll", (name for name in ["knee-rolls", "bridge"]))
    assert (error.kind, error.name) == ("exercise", "Knee-Roll")
    assert error.known == ("knee-rolls", "bridge")
    assert error.matches == ("knee-rolls",)


@pytest.mark.parametrize(
    ("name", "known", "message"),
    [
        ("yoga", ["bridge", "roll"], "no catalog is named 'yoga'; known are 'bridge', 'roll'"),
        ("yoga", [], "no catalog is named 'yoga'"),
        ("rol", ["bridge", "roll"], "no catalog is named 'rol'; did you mean 'roll'?"),
        (
            "knee-1",
            ["knee-2", "knee-3", "knee-4", "knee-5"],
            "no catalog is named 'knee-1'; did you mean 'knee-5' or 'knee-4' or 'knee-3'?",
        ),
        (5, ["bridge"], "no catalog is named 5; known are 'bridge'"),
        (
            "x" * 201,
            ["x" * 200],
            f"no catalog is named '{'x' * 37}...{'x' * 38}'; known are '{'x' * 200}'",
        ),
    ],
    ids=["far", "none", "close", "many", "number", "long"],
)
def test_close_names(name: Any, known: list[str], message: str) -> None:
    """Up to three close names are offered, or else all that there are."""
    assert str(UnknownNameError("catalog", name, known)) == message


def test_the_parts_of_a_catalog_error() -> None:
    """A catalog error carries every problem and shows the first twenty."""
    problems = [
        Problem("a\n.toml", path=f"cycle[{i}]", requirement="must be text", got=i)
        for i in range(23)
    ]
    error = CatalogError("bad\x1bname", problems)
    assert error.problems == tuple(problems)
    assert (error.catalog, error.origin, error.kind) == ("bad\x1bname", None, "catalog")
    first, *shown, last = str(error).split("\n")
    assert first == r"catalog bad\x1bname cannot be read: 23 problems"
    assert shown == [rf"  a\n.toml: cycle[{i}]: must be text (got {i})" for i in range(20)]
    assert last == "  and 3 more"


def test_a_catalog_error_says_what_cannot_be_read() -> None:
    """What is no catalog is called what it is, after travelling too."""
    error = CatalogError("a.toml", [PROBLEM], kind="routine file")
    for each in (error, pickle.loads(pickle.dumps(error))):  # noqa: S301 - our own bytes
        assert each.kind == "routine file"
        assert str(each).startswith("routine file a.toml cannot be read: 1 problem\n")


@pytest.mark.parametrize(
    ("problem", "text"),
    [
        (Problem("a.toml", requirement="must be UTF-8"), "a.toml: must be UTF-8"),
        (
            Problem("a.toml", requirement="must be UTF-8", got=b"\xff", line=2),
            r"a.toml, line 2: must be UTF-8 (got b'\xff')",
        ),
        (Problem("", requirement="must be UTF-8", line=2), "line 2: must be UTF-8"),
        (Problem("", path="name", requirement="must be text"), "name: must be text"),
        (
            Problem("a.toml", path="name", requirement="must be given", got=NOTHING),
            "a.toml: name: must be given",
        ),
        (
            Problem("a.toml", path="name", requirement="must be text", got=None),
            "a.toml: name: must be text (got None)",
        ),
    ],
    ids=["plain", "line", "no file", "no file, a path", "nothing given", "none given"],
)
def test_problems(problem: Problem, text: str) -> None:
    """A problem tells file, line, path, requirement and value, as far as they are known."""
    assert str(problem) == text
    assert pickle.loads(pickle.dumps(problem)) == problem  # noqa: S301 - our own


# --- whatever is given can be shown


class Silent:
    """An object whose `repr` fails."""

    def __repr__(self) -> NoReturn:
        raise RuntimeError("no repr")


class Mute(str):
    """Text that cannot be made plain."""

    __slots__ = ()

    def __str__(self) -> NoReturn:
        raise RuntimeError("no str")


class Long(int):
    """An integer of a class of its own."""


IMPOSTORS = [type(name, (), {}) for name in ("int", "list", "dict", "set", "str", "array")]


def endless() -> list[Any]:
    """Return a list that contains itself."""
    inner: list[Any] = []
    inner.append(inner)
    return inner


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        pytest.param(None, "None", id="nothing"),
        pytest.param(NOTHING, "nothing", id="nothing given"),
        pytest.param(ExerciseKind.BALANCE, "'balance'", id="word"),
        pytest.param(10**39, "1" + "0" * 39, id="long integer"),
        pytest.param(10**40, "an integer of about 41 digits", id="longer integer"),
        pytest.param(-(10**5000), "an integer of about 5001 digits", id="huge integer"),
        pytest.param([10**5000], "[an integer of about 5001 digits]", id="list of a huge one"),
        pytest.param(Long(10**5000), "<Long>", id="huge integer of another class"),
        pytest.param(Silent(), "<Silent>", id="without a repr"),
        pytest.param([Silent(), {"a": Silent()}], "[<Silent>, {'a': <Silent>}]", id="inside"),
        pytest.param("x" * 81, f"'{'x' * 37}...{'x' * 38}'", id="long text"),
        pytest.param("\ud800\x1b\u202e", r"'\ud800\x1b\u202e'", id="garbling text"),
        pytest.param(list(range(10)), "[0, 1, 2, 3, 4, 5, ...]", id="long list"),
        pytest.param(endless(), "[[[[...]]]]", id="list of itself"),
        pytest.param({1: {2: {3: {4: 5}}}}, "{1: {2: {3: {...}}}}", id="deep dict"),
    ],
)
def test_values_are_shown_short(value: object, shown: str) -> None:
    """Any value is shown on one line, short, without control characters."""
    assert show(value) == shown


@pytest.mark.parametrize("impostor", IMPOSTORS, ids=lambda impostor: impostor.__name__)
def test_a_class_named_like_a_builtin(impostor: type) -> None:
    """An object whose class has the name of a built-in one is shown, too."""
    error = ModelError("Hold.seconds", "must be a number", impostor())
    assert str(error).startswith("Hold.seconds: must be a number (got <")


def test_text_that_cannot_be_made_plain() -> None:
    """Text of a class whose `str` fails is shown, too."""
    assert show(Mute("abc")) in {"'abc'", "<Mute>"}


@given(st.from_type(type).flatmap(st.from_type).filter(lambda value: value is not NOTHING))
def test_whatever_is_given_can_be_shown(value: object) -> None:
    """Whatever is given, the message is one printable line of some hundred characters."""
    assert len(show(value)) < 10_000
    assert "\n" not in show(value)


def test_an_error_is_caught_as_what_it_is() -> None:
    """Every deliberate error can be caught at once."""
    with pytest.raises(SuppleError):
        supple.Range(-1)
    with pytest.raises(ValueError, match=r"Range\.low: must be at least 0"):
        supple.Range(-1)
