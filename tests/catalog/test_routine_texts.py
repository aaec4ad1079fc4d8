"""Routines as text and plain data: the same again, a closed list, limits, and errors as data."""

from __future__ import annotations

import json
import tomllib
from datetime import date
from typing import Any

import pytest
from attrs import evolve
from hypothesis import given, strategies as st

from supple import (
    AdviceTier,
    CatalogError,
    Circuit,
    ModelError,
    Prescription,
    Routine,
    load_catalog,
)
from supple.catalog import (
    RoutineLimits,
    Translation,
    dumps_routine,
    loads_routine,
    read_routine,
    routine_as_dict,
    write_routine,
)
from supple.testing import strategies as public
from tests.catalog.test_routine_files import FAULTS, GOOD, KEEP
from tests.catalog.test_write import FORMATS, small
from tests.laws import share
from tests.refusals import refusal_of

BACK = load_catalog("lower-back")
WIDE = RoutineLimits(size=2**30, nesting=10**6, written=10**9, duration_ms=10**12, events=10**12)


def refused(document: Any, **options: Any) -> list[str]:
    """Return the problems of a document, which fit into an answer of JSON."""
    with pytest.raises(CatalogError) as caught:
        loads_routine(document, **options)
    error = caught.value
    assert (error.kind, error.catalog) == ("routine", "")
    assert {problem.file for problem in error.problems} == {""}
    said = json.loads(json.dumps(error.as_dict(), allow_nan=False))
    messages = [str(problem) for problem in error.problems]
    assert [problem["message"] for problem in said["problems"]] == messages
    return messages


@share(0.5)
@given(routine=public.routines())
def test_round_trip(routine: Routine) -> None:
    """Text in both formats and plain data give an equal routine, and the same text again."""
    wide = RoutineLimits(duration_ms=10**12, events=10**12)
    for form in FORMATS:
        text = dumps_routine(routine, format=form)
        again = loads_routine(text, format=form, limits=wide)
        assert again == routine
        assert loads_routine(text.encode(), format=form, limits=wide) == routine
        assert dumps_routine(again, format=form) == text
    plain = routine_as_dict(routine)
    assert loads_routine(json.loads(json.dumps(plain)), limits=wide) == routine


@share(0.5)
@given(prescription=public.prescriptions())
def test_sides_and_notes_come_back(prescription: Prescription) -> None:
    """A dose of each side, the first side, a note and a load are read as they were written."""
    routine = Routine("daily", items=[prescription])
    for form in FORMATS:
        text = dumps_routine(routine, format=form)
        again = loads_routine(text, format=form, limits=WIDE)
        assert again == routine


@pytest.mark.parametrize("side", ["left", "right"])
def test_one_side_comes_back(side: Any) -> None:
    """One side alone is read as it was written."""
    routine = Routine("daily", items=[Prescription(BACK["knee-rolls"], side=side)])
    assert routine_as_dict(routine, catalogs=[BACK])["items"][0]["side"] == side
    assert loads_routine(routine_as_dict(routine)) == routine


def test_advice_of_the_catalogs() -> None:
    """Advice is derived where a document gives none; an empty list is none, and is kept."""
    derived = loads_routine(GOOD)
    assert derived.advice == BACK.routines["lower-back"].advice
    assert {each.tier for each in derived.advice} == {*AdviceTier}
    assert loads_routine(routine_as_dict(derived), catalogs=[]) == derived
    silent = loads_routine(GOOD | {"advice": []})
    assert silent.advice == ()
    assert routine_as_dict(silent, catalogs=[BACK])["advice"] == []
    own = loads_routine(GOOD | {"advice": [{"tier": "general", "text": "Go slowly."}]})
    assert [each.text for each in own.advice] == ["Go slowly."]


@pytest.mark.parametrize("form", FORMATS)
def test_a_text_is_what_a_file_holds(form: str, tmp_path: Any) -> None:
    """Text and a file of the same routine hold the same, and read the same."""
    routine = Routine("daily", items=[BACK["bridge"].with_dose(reps=3), small()["keep"]])
    file = tmp_path / f"a.{form}"
    write_routine(routine, file, catalogs=[BACK])
    text = file.read_text(encoding="utf-8")
    assert dumps_routine(routine, format=form, catalogs=[BACK]) == text
    assert loads_routine(text, format=form, catalogs=[BACK]) == routine
    parse = {"toml": tomllib.loads, "json": json.loads}[form]
    assert routine_as_dict(routine, catalogs=[BACK]) == parse(text)


@pytest.mark.parametrize(("data", "problems"), FAULTS)
def test_the_same_faults_without_a_file(data: object, problems: list[str]) -> None:
    """What is refused in a file is refused in text, with the same words and places."""
    assert refused(json.dumps(data)) == problems
    if isinstance(data, dict):
        assert refused(data) == problems


def test_lines_of_a_text() -> None:
    """What is no document is told by its line, without the name of a file."""
    assert refused('{\n"id": 1,\n}') == [
        'line 2: must have no comma behind the last value; write: "id": 1 (got \'"id": 1,\')'
    ]
    assert refused("id = 1\nid = 2", format="toml") == [
        "line 2: must not give a key or a table twice"
    ]
    assert refused(b'{"id": "\xff"}') == ["line 1: must be UTF-8 text (got b'\\xff')"]
    assert refused('{"id": "\ud800"}') == ["line 1: must be UTF-8 text (got b'\\xed')"]


def test_a_closed_list_is_closed(tmp_path: Any) -> None:
    """An installed catalog outside of the list is not found, nor named, in text or in a file."""
    closed = "items[1].catalog: must be the name of a catalog"
    assert refused(GOOD, catalogs=[]) == [f"{closed} (got 'lower-back')"]
    assert refused(GOOD, catalogs=[small()]) == [f"{closed}; known are 'small' (got 'lower-back')"]
    file = tmp_path / "a.json"
    file.write_text(json.dumps(GOOD))
    with pytest.raises(CatalogError) as caught:
        read_routine(file, catalogs=[small()])
    assert str(caught.value.problems[0]).endswith("; known are 'small' (got 'lower-back')")
    assert loads_routine(GOOD, catalogs=[BACK]) == loads_routine(GOOD)
    mine = evolve(BACK, exercises=[evolve(BACK["bridge"], name="Mine")], routines=[])
    assert loads_routine(GOOD, catalogs=[mine]).exercises["bridge"].name == "Mine"


# --- limits

ITEM = {"catalog": "lower-back", "exercise": "bridge"}
SIZE = "must be at most 262144 bytes long"


def document(items: list[Any]) -> dict[str, Any]:
    """Return a document of these items, which carries an exercise."""
    return {"format": 1, "id": "daily", "items": items, "exercises": [KEEP]}


def nested(levels: int) -> dict[str, Any]:
    """Return a document with circuits inside each other."""
    item: Any = {"exercise": "keep"}
    for _ in range(levels):
        item = {"circuit": [item], "rounds": 1}
    return document([item])


def laughs() -> dict[str, Any]:
    """Return a document of few objects that would be endless if it was written out."""
    inner: Any = ["ha"] * 1000
    for _ in range(10):
        inner = [inner] * 1000
    return document(inner)


def endless() -> dict[str, Any]:
    """Return a document that contains itself."""
    whole = document([])
    whole["items"].append(whole)
    return whole


HOSTILE: dict[str, tuple[Any, dict[str, Any], list[str]]] = {
    "a long text": (" " * 2**18 + "{}", {}, [SIZE]),
    "a text that is long in bytes": ('"' + "\u20ac" * 100_000 + '"', {}, [SIZE]),
    "long bytes": (b" " * 2**20, {}, [SIZE]),
    "a long text in plain data": (document([]) | {"name": "x" * 2**18}, {}, [SIZE]),
    "a long key in plain data": (document([]) | {"x" * 2**18: 1}, {}, [SIZE]),
    "long text that is nested": ("[" * 200_000, {}, ["must be nested at most 32 deep"]),
    "many circuits": (nested(16), {}, ["must be nested at most 32 deep"]),
    "many circuits in text": (json.dumps(nested(16)), {}, ["must be nested at most 32 deep"]),
    "data that holds itself": (endless(), {}, ["must be nested at most 32 deep"]),
    "a billion laughs": (laughs(), {}, ["must have at most 262144 values"]),
    "many written": (
        document([{"exercise": "keep"}] * 5001),
        {},
        ["items: must hold at most 5000 steps in all (got 5001)"],
    ),
    "many hours": (
        document([{"exercise": "keep", "reps": 10**12}]),
        {},
        ["items: must take at most 14400000 ms (got 5000000000005000)"],
    ),
    "many hours of circuits": (
        document([{"circuit": [{"exercise": "keep", "sets": 10**12}], "rounds": 10**12}]),
        {},
        ["items: must take at most 14400000 ms (got 34999999999975000000000000000)"],
    ),
    "many events": (
        document([{"exercise": "keep", "reps": 10**6, "hold": 0.001}]),
        {},
        ["items: must have at most 100000 events (got 4000011)"],
    ),
    "more than can be laid out": (
        document([{"exercise": "breathe"}])
        | {
            "exercises": [
                KEEP
                | {
                    "id": "breathe",
                    "cycle": [{"hold": "Breathe", "seconds": 14_000, "breath": [0.01, 0.01]}],
                }
            ]
        },
        {},
        [
            (
                "items: must have at most 1,000,000 events as written, cues included: give it "
                "fewer items, or its pacing fewer cues (got 1400016)"
            )
        ],
    ),
}


@pytest.mark.parametrize(("given_", "options", "problems"), [*HOSTILE.values()], ids=[*HOSTILE])
def test_hostile_documents(given_: Any, options: dict[str, Any], problems: list[str]) -> None:
    """What is more than the limits allow is refused, at once, and says what is allowed."""
    assert refused(given_, **options) == problems


@pytest.mark.parametrize(
    ("name", "least", "body"),
    [
        ("size", len(json.dumps(GOOD)), json.dumps(GOOD)),
        ("nesting", 5, GOOD),
        ("nesting", 7, nested(2)),
        ("written", 2, document([{"exercise": "keep"}] * 2)),
        ("duration_ms", 10_000, document([{"exercise": "keep"}])),
        ("events", 18, document([{"exercise": "keep"}])),
    ],
)
def test_each_limit_is_exact(name: str, least: int, body: Any) -> None:
    """A document at its limit is read; one beyond it is refused."""
    assert loads_routine(body, limits=RoutineLimits(**{name: least})).id == "daily"
    assert len(refused(body, limits=RoutineLimits(**{name: least - 1}))) == 1


@share(1)
@given(
    st.recursive(
        st.none()
        | st.booleans()
        | st.floats()
        | st.integers()
        | st.text()
        | st.binary()
        | st.dates()
        | st.sampled_from([*GOOD, "keep", "bridge", "lower-back", GOOD, KEEP])
        | st.just(5000).map(lambda digits: 10**digits),
        lambda inner: st.lists(inner) | st.dictionaries(st.sampled_from([*GOOD, *KEEP, 5]), inner),
    )
)
def test_any_plain_data(data: Any) -> None:
    """Whatever stands in plain data gives a routine or an error that is plain data itself."""
    for body in ({**GOOD, "items": data}, {**GOOD, "exercises": data}, {**GOOD, "x": data}):
        try:
            loads_routine(body, catalogs=[BACK])
        except CatalogError as error:
            json.dumps(error.as_dict(), allow_nan=False)


def test_arguments() -> None:
    """What is no document, no format and no limits."""
    assert refusal_of(loads_routine, 5).startswith("loads_routine.document: must be ")
    assert refusal_of(loads_routine, date(2027, 1, 1)).startswith("loads_routine.document: ")
    assert refusal_of(loads_routine, "", format="yaml") == (
        "loads_routine.format: must be one of toml, json (got 'yaml')"
    )
    assert refusal_of(dumps_routine, Routine("a", items=[small()["keep"]]), format="jsn") == (
        "dumps_routine.format: must be one of toml, json; did you mean 'json'? (got 'jsn')"
    )
    assert refusal_of(dumps_routine, 5).startswith("dumps_routine.routine: must be ")
    assert refusal_of(routine_as_dict, 5).startswith("routine_as_dict.routine: must be ")
    assert refusal_of(loads_routine, "", limits=5).startswith("loads_routine.limits: must be ")
    assert refusal_of(loads_routine, "", catalogs=[5]).startswith("loads_routine.catalogs[0]: ")
    assert refusal_of(RoutineLimits, size=0) == (
        "RoutineLimits.size: must be a whole number from 1 to 1000000000000 (got 0)"
    )
    with pytest.raises(ModelError, match="whole number"):
        RoutineLimits(nesting=True)


def test_a_tuple_is_a_list() -> None:
    """Plain data of a program may have tuples where JSON has lists."""
    items = ({"circuit": ({"catalog": "lower-back", "exercise": "bridge"},), "rounds": 2},)
    routine = loads_routine({"format": 1, "id": "a", "items": items}, catalogs=[BACK])
    assert routine.items == (Circuit([BACK["bridge"]], rounds=2),)


@pytest.mark.parametrize("form", FORMATS)
def test_what_exercises_have_from_their_catalog_is_carried(form: str) -> None:
    """Who has not installed the catalog sees its figures and its advice, and hears its words."""
    german = load_catalog("lower-back", language="de")
    spoken = Translation("de", phrases={"switch_sides": "Andere Seite"})
    mine = evolve(german, name="mine", translations=[spoken])
    routine = Routine("daily", items=[mine["knee-rolls"], mine["bridge"]])
    text = dumps_routine(routine, format=form)
    again = loads_routine(text, format=form, catalogs=[])
    assert (again, again.phrases) == (routine, mine.phrases)
    for id, exercise in routine.exercises.items():
        read = again.exercises[id]
        assert (read.poses, read.advice, read.phrases) == (
            exercise.poses,
            exercise.advice,
            exercise.phrases,
        )
        assert read.poses
    assert dumps_routine(again, format=form) == text
    named = routine_as_dict(routine, catalogs=[mine])
    assert not named.keys() & {"exercises", "poses", "phrases"}


def test_what_is_carried_is_read_strictly() -> None:
    """A wrong pose or phrase is refused with its place, and wrong advice once."""
    plain = routine_as_dict(Routine("daily", items=[BACK["bridge"]]))
    first, *others = plain["poses"]
    assert refused(plain | {"poses": [first, first]}) == [
        "poses[1].id: must not be that of another pose (got 'knees-bent')"
    ]
    [told] = refused(plain | {"poses": [first | {"alt": 5}, *others]})
    assert told == "poses[0].alt: must be text (got 5)"
    [told] = refused(plain | {"phrases": {"rset": "Pause"}})
    assert told.startswith("phrases.rset: must stand for a phrase; did you mean 'set'")
    assert refused(plain | {"advice": [{"tier": "stop"}]}) == ["advice[0].text: must be given"]
    del plain["language"]
    [exercise] = loads_routine(plain | {"phrases": {"rest": "Break"}}, catalogs=[]).items
    assert (exercise.phrases.rest, exercise.phrases.language) == ("Break", "en")  # type: ignore[union-attr]
