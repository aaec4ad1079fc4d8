"""The schemas and the readers agree: on every document, and on documents with a fault."""

from __future__ import annotations

import json
import tomllib
from copy import deepcopy
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, cast

import importlib_resources
import pytest
from attrs import field, frozen
from hypothesis import given, strategies as st
from jsonschema import Draft202012Validator

from supple import (
    CatalogError,
    EventLineError,
    ModelError,
    UnknownNameError,
    load_catalog,
)
from supple._model.requirements import Requirement
from supple.catalog import _schema, read_routine, schema
from supple.catalog._format import ROUTINE_TABLES, TABLES, Table, tables_in
from supple.catalog._routine_documents import plain_routine
from supple.catalog._writing.plain import Plainer
from supple.catalog.data import lower_back
from supple.export import event_lines
from supple.testing import strategies as public
from tests.catalog.files import CATALOG, REACH, SQUAT, whole, write_folder

if TYPE_CHECKING:
    from collections.abc import Iterator

VALIDATORS: dict[str, Draft202012Validator] = {
    name: Draft202012Validator(schema(name)) for name in _schema.NAMES
}


def is_valid(name: str, data: object) -> bool:
    """Tell whether a schema admits a document."""
    return bool(VALIDATORS[name].is_valid(data))


@pytest.mark.parametrize("name", _schema.NAMES)
def test_it_is_a_schema(name: _schema.SchemaName) -> None:
    """Each is a schema of its dialect, closed but for the future, described, new every time."""
    made = schema(name)
    Draft202012Validator.check_schema(made)
    assert made["$id"] == f"urn:supple:{name}:1"
    for table in [made, *made.get("$defs", {}).values()]:
        assert (table["additionalProperties"] is False) == (name != "event")
        assert all(each.get("description") for each in table["properties"].values())
    made.clear()
    assert schema(name)


def test_no_such_schema() -> None:
    """A name that there is not comes with the close matches."""
    with pytest.raises(UnknownNameError, match="did you mean 'routine'"):
        schema(cast("Any", "routines"))


# --- what is valid -------------------------------------------------------------------


def test_bundled_documents() -> None:
    """Every bundled document is valid, and those of the tests are."""
    folder = importlib_resources.files(lower_back)
    head = tomllib.loads(folder.joinpath("catalog.toml").read_text(encoding="utf-8"))
    VALIDATORS["catalog"].validate(head)
    VALIDATORS["catalog"].validate(CATALOG)
    for file in folder.joinpath("exercises").iterdir():
        VALIDATORS["exercise"].validate(tomllib.loads(file.read_text(encoding="utf-8")))
    for data in (REACH, SQUAT):
        VALIDATORS["exercise"].validate(data)


@given(exercise=public.exercises())
def test_exercises(exercise: Any) -> None:
    """Every exercise is written as the schema has it."""
    VALIDATORS["exercise"].validate(Plainer().table(exercise))


@given(catalog=public.catalogs())
def test_catalogs(catalog: Any) -> None:
    """Every catalog is written as the schema has it."""
    VALIDATORS["catalog"].validate({"format": 1} | Plainer().table(catalog))


@given(routine=public.routines())
def test_routines(routine: Any) -> None:
    """Every routine is written as the schema has it."""
    VALIDATORS["routine"].validate(plain_routine(routine, []))


@given(event=public.events())
def test_events(event: Any) -> None:
    """Every event is written as the schema has it."""
    VALIDATORS["event"].validate(json.loads(event_lines.encode(event)))


# --- what is not ---------------------------------------------------------------------

PROBES: list[Any] = [
    *(None, True, False, 0, 1, -1, 0.5, -0.5, 1.5, 2, 3600, 86400, 86401, 10**12, 10**12 + 1),
    *("", " ", "x", "x y", "X", "a-b", "-a", "a--b", "a\x1b", "a\u202eb", "x" * 64, "x" * 65),
    *("x" * 1000, "x" * 1001, "{side}", "{left}", "{a|b}", "}", "en", "pt-BR", "pt_BR", "x-a"),
    *("https://a.test", "ftp://a.test", "https://a b", "a/b.svg", "../a", "a//b", "/a", "a\\b"),
    *("stretch", "standing", "each", "reps", "stop", "a.b", "...", "..a"),
    *([], {}, [1], [1, 2], [0, 1], [1, 2, 3], [1, "2"], ["x"], ["reps"], [None], [""], [[1]]),
]


@pytest.mark.parametrize("tables", [TABLES, ROUTINE_TABLES])
def test_every_field_is_what_the_model_says(tables: Any) -> None:
    """For every key of every table a probe is valid where the field takes it, and only there."""
    for table in tables.values():
        properties = _schema._table(table, tables)["properties"]
        for each in table.fields:
            if not table.key(str(each.alias)) or tables_in(each.validator, tables):
                continue
            validator = Draft202012Validator(properties[table.key(str(each.alias))])
            for probe in PROBES:
                try:
                    each.validator.kept(probe)
                except ModelError:
                    taken = False
                else:
                    taken = probe is not None
                assert validator.is_valid(probe) == taken, (table.cls, each.name, probe)


def test_a_requirement_without_a_schema() -> None:
    """A field of a new kind cannot be forgotten."""

    @frozen
    class Fast:
        speed: int = field(validator=Requirement[int]())

    with pytest.raises(NotImplementedError):
        _schema._table(Table(Fast), TABLES)


def places(data: Any) -> Iterator[tuple[Any, Any]]:
    """Yield every table or list in plain data, with each of its keys."""
    keys = data if isinstance(data, dict) else range(len(data)) if isinstance(data, list) else ()
    for key in keys:
        yield data, key
        yield from places(data[key])


WRONG = [None, 5, -1, "", "x", [], {}, True, "\x1b", [3, 4], ["x"], {"x": 1}]


def mutate(draw: Any, good: Any) -> Any:
    """Return a document with one value changed, left out, or one key too many."""
    data = deepcopy(good)
    parent, key = draw(st.sampled_from(list(places(data))))
    what = draw(st.sampled_from(["change", "cut", "add"]))
    if what == "change":
        parent[key] = draw(st.sampled_from(WRONG))
    elif what == "cut":
        del parent[key]
    elif isinstance(parent, dict):
        parent["extra"] = 1
    return data


EVENTS = [
    {"format": 1, "at_ms": 0, "kind": "routine.started", "text": "x", "duration_ms": 5},
    {"format": 1, "at_ms": 1, "kind": "cue.mark", "text": "x", "remaining_ms": 5},
    {"format": 1, "at_ms": 1, "kind": "rest.ended", "text": "x", "duration_ms": 5, "why": "rest"},
    {
        "format": 1,
        "at_ms": 1,
        "kind": "step.started",
        "text": "x",
        "duration_ms": 5,
        "exercise": "x",
        "side": "left",
        "rep": 1,
        "reps": 2,
        "open": True,
    },
    {
        "format": 1,
        "at_ms": 1,
        "kind": "hold.ended",
        "text": "x",
        "duration_ms": 5,
        "remaining_ms": 0,
        "jump": True,
    },
]
ROUTINE = {
    "format": 1,
    "id": "daily",
    "name": "Daily",
    "language": "en",
    "items": CATALOG["routines"][0]["items"],
    "advice": CATALOG["advice"],
    "exercises": [REACH, SQUAT],
}


@given(data=st.data())
def test_no_event_line_that_the_schema_refuses_is_read(data: Any) -> None:
    """What the schema of the event line refuses the reader refuses, and the other way round."""
    event = mutate(data.draw, data.draw(st.sampled_from(EVENTS)))
    try:
        event_lines.decode(json.dumps(event))
        said = None
    except EventLineError as error:
        said = str(error)
    # That a repetition is at most the last one is more than the schema can say.
    assert is_valid("event", event) == (said is None or "must be at most" in said)


@given(data=st.data())
def test_no_routine_that_the_schema_refuses_is_read(data: Any) -> None:
    """What the schema of the routine file refuses the reader refuses."""
    routine = mutate(data.draw, ROUTINE)
    with TemporaryDirectory() as folder:
        file = Path(folder, "a.json")
        file.write_text(json.dumps(routine))
        try:
            read_routine(file)
        except CatalogError as error:
            said = " ".join(str(problem) for problem in error.problems)
            assert not is_valid("routine", routine) or any(each in said for each in UNSAID), said
        else:
            assert is_valid("routine", routine)


UNSAID = (
    "must be the id of an exercise",  # that a name is known
    "must be the name of a catalog",
    "must not be the id of another",
    "must be left out, for",  # that a dose of a hold needs a hold
    "must not name a side",
    "low must be at most high",
)
"""What a reader refuses and a schema cannot."""


@given(data=st.data())
def test_no_catalog_that_the_schemas_refuse_is_read(data: Any) -> None:
    """What the schema of a file of a catalog refuses the reader refuses."""
    files = whole()
    file = data.draw(st.sampled_from(["catalog.json", "exercises/a-reach.json"]))
    files[file] = mutate(data.draw, files[file])
    kind = "catalog" if file == "catalog.json" else "exercise"
    with TemporaryDirectory() as folder:
        path = write_folder(Path(folder, "a"), files)
        try:
            load_catalog(path)
        except CatalogError as error:
            said = " ".join(str(problem) for problem in error.problems)
            unsaid = (*UNSAID, "must be a file inside")
            assert not is_valid(kind, files[file]) or any(each in said for each in unsaid), said
        else:
            assert is_valid(kind, files[file])
