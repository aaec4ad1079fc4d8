"""The importer for records in the form of free-exercise-db: kept, filled in, refused, left out."""

from __future__ import annotations

import json
from time import process_time
from typing import Any

import pytest
from hypothesis import given, strategies as st

import supple
from supple import CatalogError, DoseSource, Exercise, ModelError, Problem, Step
from supple.catalog import free_exercise_db
from supple.catalog._reading.documents import MOST_VALUES
from supple.catalog.free_exercise_db import DEFAULTS, Imported
from tests.refusals import GARBLING

RECORD: dict[str, Any] = {
    "name": "Wall Reach",
    "force": "static",
    "level": "beginner",
    "mechanic": None,
    "equipment": "exercise ball",
    "primaryMuscles": ["shoulders"],
    "secondaryMuscles": ["lats", "shoulders"],
    "instructions": [
        "Stand beside a wall.",
        "Slide one hand up the wall. Hold for 10-20 seconds, and then switch sides.",
    ],
    "category": "stretching",
    "images": ["Wall_Reach/0.jpg"],
    "id": "Wall_Reach",
}


def read(*records: Any) -> Imported:
    """Import records."""
    return free_exercise_db.read(json.dumps(records))


def changed(**changes: Any) -> dict[str, Any]:
    """Return a record with some values changed; a value of `...` takes its key away."""
    return {key: value for key, value in {**RECORD, **changes}.items() if value is not ...}


def only(imported: Imported) -> Exercise:
    """Return the only exercise of an import without refusals."""
    assert imported.refused == ()
    (exercise,) = imported.catalog.exercises.values()
    return exercise


# --- one record ------------------------------------------------------------------


def test_a_plain_record_becomes_an_exercise() -> None:
    """What a record says is kept as it is, and the rest is marked as a default."""
    assert only(read(RECORD)) == Exercise(
        "wall-reach",
        name="Wall Reach",
        kind="stretch",
        position="standing",
        cycle=[Step(each, until_ready=True) for each in RECORD["instructions"]],
        targets=["shoulders", "lats"],
        equipment=["exercise ball"],
        sources=[
            DoseSource(
                "free-exercise-db",
                says='Record "Wall_Reach": it gives no dose.',
                url="https://github.com/yuhonas/free-exercise-db",
            ),
            DoseSource(
                "supple",
                says="One repetition and one set are this library's defaults.",
                gives=["reps", "sets"],
                is_default=True,
            ),
        ],
    )


def test_the_defaults_are_what_exercises_have() -> None:
    """What is said to be filled in is what an exercise is filled with."""
    exercise = only(read(RECORD))
    assert {
        "position": exercise.position,
        "sides": exercise.sides,
        "reps": str(exercise.reps.low),
        "sets": str(exercise.sets.high),
        "steps": "until ready",
    } == DEFAULTS
    assert all(step.until_ready for step in exercise.cycle if isinstance(step, Step))


def test_what_has_no_place_is_counted() -> None:
    """Fields that a catalog does not carry are named with their number, unknown ones too."""
    imported = read(RECORD, changed(id="Two", images=..., zeal=1, **{"a\nb": 2}))
    assert imported.left_out == {
        "a\nb": 1, "force": 2, "images": 1, "level": 2, "mechanic": 2, "zeal": 1,
    }  # fmt: skip
    assert "  a\\nb (1)\n" in str(imported)


def test_the_catalog_says_what_it_is() -> None:
    """The catalog has the name that was asked for, and says where its content comes from."""
    catalog = free_exercise_db.read("[]", name="mine").catalog
    assert (catalog.name, catalog.title, catalog.version, catalog.language) == (
        "mine", "free-exercise-db", "rules 2", "en",
    )  # fmt: skip
    assert catalog.summary == (
        "Exercises of a public list. Positions, sides and doses are defaults."
    )
    assert free_exercise_db.read(b"[]").catalog.name == "free-exercise-db"


@pytest.mark.parametrize(
    ("category", "kind"),
    [
        ("stretching", "stretch"),
        ("strength", "strengthening"),
        ("powerlifting", "strengthening"),
        ("olympic weightlifting", "strengthening"),
        ("strongman", "strengthening"),
    ],
)
def test_a_category_is_a_kind(category: str, kind: str) -> None:
    """A category that supple has a kind for becomes that kind."""
    assert only(read(changed(category=category))).kind == kind


@pytest.mark.parametrize(
    ("equipment", "kept"),
    [(None, ()), (..., ()), ("body only", ()), ("other", ("other",)), ("bands", ("bands",))],
)
def test_equipment(equipment: object, kept: tuple[str, ...]) -> None:
    """Equipment is kept as it is, and none is needed for the body only."""
    assert only(read(changed(equipment=equipment))).equipment == kept


def test_no_muscles() -> None:
    """A record that names no muscle has no targets."""
    assert only(read(changed(primaryMuscles=None, secondaryMuscles=[]))).targets == ()


@pytest.mark.parametrize(
    ("given", "id"),
    [
        ("3_4_Sit-Up", "3-4-sit-up"),
        ("_A__-B ", "a-b"),
        ("Développé", "developpe"),
        ("Straße", "strasse"),
    ],
)
def test_an_id_becomes_an_identifier(given: str, id: str) -> None:
    """An id is written in small letters and hyphens; the source keeps it as it was."""
    exercise = only(read(changed(id=given)))
    assert exercise.id == id
    assert exercise.sources[0].says == f'Record "{given}": it gives no dose.'


# --- records that are refused ----------------------------------------------------

KINDS = (
    "must be one of stretching, strength, powerlifting, olympic weightlifting, strongman, "
    "for which supple has a kind"
)
NO_SIDE = "must not name a side: only the cycle of an exercise with sides has one"
ID = "must have letters of a-z or digits, at most 64 characters in all"

REFUSED: list[tuple[object, str]] = [
    (None, "[0]: must be an object (got None)"),
    ([], "[0]: must be an object (got [])"),
    (changed(id=...), "[0]: id: must be text (got None)"),
    (changed(id=""), f"[0]: id: {ID} (got '')"),
    (changed(id="x" * 65), f"{'x' * 65}: id: {ID} (got '{'x' * 65}')"),
    (changed(id="骨盤"), f"骨盤: id: {ID} (got '骨盤')"),
    (changed(id="--"), f"--: id: {ID} (got '--')"),
    (changed(id="a\x1b"), f"a\\x1b: id: {ID} (got 'a\\x1b')"),
    (changed(name=5), "Wall_Reach: name: must be text (got 5)"),
    (changed(name=...), "Wall_Reach: name: must be text (got None)"),
    (changed(name="\ud800"), f"Wall_Reach: name: {GARBLING} (got '\\ud800')"),
    (changed(category=None), f"Wall_Reach: category: {KINDS} (got None)"),
    (changed(category=[]), f"Wall_Reach: category: {KINDS} (got [])"),
    (changed(category="cardio"), f"Wall_Reach: category: {KINDS} (got 'cardio')"),
    (changed(equipment=[]), "Wall_Reach: equipment: must be text (got [])"),
    (changed(equipment=""), "Wall_Reach: equipment: must not be empty (got '')"),
    (changed(primaryMuscles="lats"), "Wall_Reach: primaryMuscles: must be a list (got 'lats')"),
    (changed(secondaryMuscles=["lats", None]),
     "Wall_Reach: secondaryMuscles[1]: must be text (got None)"),
    (changed(secondaryMuscles=["lats", ""]),
     "Wall_Reach: secondaryMuscles[1]: must not be empty (got '')"),
    (changed(instructions=...), "Wall_Reach: instructions: must not be empty (got ())"),
    (changed(instructions=["Sit.", ""]),
     "Wall_Reach: instructions[1]: must not be empty (got '')"),
    (changed(instructions="Sit."), "Wall_Reach: instructions: must be a list (got 'Sit.')"),
    (changed(instructions=["Sit.", 5]), "Wall_Reach: instructions[1]: must be text (got 5)"),
    (changed(instructions=["Sit.", "a\tb"]),
     f"Wall_Reach: instructions[1]: {GARBLING} (got 'a\\tb')"),
    (changed(instructions=["Sit.", "Turn to the {side}."]),
     f"Wall_Reach: instructions[1]: {NO_SIDE} (got 'Turn to the {{side}}.')"),
]  # fmt: skip


@pytest.mark.parametrize(("record", "message"), REFUSED, ids=range(len(REFUSED)))
def test_a_record_that_cannot_be_used_is_reported(record: object, message: str) -> None:
    """A bad record is reported with its place and the reason, and the good ones stay."""
    imported = read(record, changed(id="Good"))
    assert [str(refused) for refused in imported.refused] == [message]
    assert list(imported.catalog) == ["good"]


def test_a_text_that_is_too_long() -> None:
    """A paragraph that is longer than a text may be is refused, never cut."""
    assert read(changed(instructions=["Sit.", "a" * 1001])).refused == (
        Problem(
            "Wall_Reach",
            path="instructions[1]",
            requirement="must be at most 1000 characters long",
            got="a" * 1001,
        ),
    )


def test_ids_that_become_the_same() -> None:
    """Of two ids that differ by less than an identifier tells, the first stays."""
    imported = read(RECORD, changed(id="wall-reach", name="Another"))
    assert imported.catalog["wall-reach"].name == "Wall Reach"
    assert [str(refused) for refused in imported.refused] == [
        (
            "wall-reach: id: must not become the id wall-reach, which another record has "
            "(got 'wall-reach')"
        )
    ]


# --- the summary -----------------------------------------------------------------


def test_the_summary() -> None:
    """The outcome as text counts what was used and refused, and tells the defaults."""
    assert str(read(RECORD, changed(id="B"), changed(id="C", category="cardio"), 7)) == (
        "free-exercise-db: 2 of 4 records used\n"
        "refused:\n"
        f"  1 x category {KINDS}\n"
        "  1 x must be an object\n"
        "filled in everywhere:\n"
        "  position = standing\n"
        "  sides = none\n"
        "  reps = 1\n"
        "  sets = 1\n"
        "  steps = until ready\n"
        "left out:\n"
        "  force (2)\n"
        "  images (2)\n"
        "  level (2)\n"
        "  mechanic (2)"
    )


def test_the_summary_stays_short() -> None:
    """A section of more than twenty lines says how many more there are."""
    unknown = {f"field-{i:02}": i for i in range(22)}
    record = changed(images=..., force=..., level=..., mechanic=..., **unknown)
    assert str(read(record)).endswith("  field-19 (1)\n  and 2 more")


# --- the whole -------------------------------------------------------------------

WHOLE = "catalog free-exercise-db cannot be read: 1 problem\n  the records"

UNREADABLE = [
    (b"{}", ": must be a list of records (got {})"),
    ("null", ": must be a list of records (got None)"),
    (b"", ": must not be empty"),
    ("[1,\n2", ", line 2: must have a } or ] for each { or [ (got '2')"),
    (b"[\n\xff]", ", line 2: must be UTF-8 text (got b'\\xff')"),
    ('["\ud800"]', ", line 1: must be UTF-8 text (got b'\\xed')"),
    ('[{"id": 1, "id": 2}]', ": must not give a key or a table twice (got 'id')"),
    ("[" * 100_000, ": must be nested at most 100 deep"),
    ("[" * 150 + "]" * 150, ": must be nested at most 100 deep"),
    ("[" + "9" * 5000 + "]", ": must have no number of thousands of digits"),
    ("[" + "0," * MOST_VALUES + "0]", f": must have at most {MOST_VALUES} values"),
    (b" " * (4 * 1024 * 1024 + 1), ": must be at most 4194304 bytes long"),
    (5, ": must be text or bytes (got 5)"),
    (None, ": must be text or bytes (got None)"),
]


@pytest.mark.parametrize(("given_", "message"), UNREADABLE, ids=range(len(UNREADABLE)))
def test_what_is_no_list_of_records(given_: Any, message: str) -> None:
    """A whole that is no list of records gives one error that says why."""
    with pytest.raises(CatalogError) as caught:
        free_exercise_db.read(given_)
    assert str(caught.value) == WHOLE + message


def test_a_name_that_is_no_identifier() -> None:
    """A catalog cannot be named with anything but an identifier."""
    with pytest.raises(ModelError) as caught:
        free_exercise_db.read("[]", name="My List")
    assert str(caught.value).startswith("Catalog.name: must be words of a-z and 0-9 ")


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner),
    max_leaves=6,
)


def require_account(imported: Imported, total: int) -> None:
    """Require that every record is used or refused, and that all can be printed."""
    assert len(imported.catalog) + len(imported.refused) == total
    assert str(imported)
    for each in imported.refused:
        str(each).encode("utf-8")
    for exercise in imported.catalog.exercises.values():
        assert [source.is_default for source in exercise.sources] == [False, True]
        supple.schedule(supple.Routine("any", items=[exercise]))


@given(key=st.sampled_from(sorted(RECORD)) | st.text(max_size=5), value=json_values)
def test_any_value_in_any_field(key: str, value: object) -> None:
    """Whatever stands in a field, the record is used or refused, and the next one is used."""
    imported = read({**RECORD, key: value}, changed(id="The_Next"))
    require_account(imported, 2)
    assert "the-next" in imported.catalog


@given(st.lists(st.text(st.characters(), max_size=30), max_size=6))
def test_any_instructions(instructions: list[str]) -> None:
    """Whatever prose the instructions are, it stays word for word or is refused."""
    imported = read(changed(instructions=instructions))
    require_account(imported, 1)
    for exercise in imported.catalog.exercises.values():
        assert [step.text for step in exercise.cycle] == instructions


@given(st.lists(json_values, max_size=3))
def test_any_list(records: list[object]) -> None:
    """Every list of JSON values gives an account of each."""
    require_account(read(*records), len(records))


@given(st.binary() | st.text() | json_values.map(json.dumps))
def test_any_bytes(given_: bytes | str) -> None:
    """Any bytes and any text give a catalog or the one error."""
    try:
        imported = free_exercise_db.read(given_)
    except CatalogError:
        return
    assert isinstance(imported, Imported)


def test_reading_takes_time_in_proportion() -> None:
    """Very many muscles and steps take no more time than their number."""
    many = [f"{i}" for i in range(30_000)]
    record = changed(primaryMuscles=many, secondaryMuscles=[*many, 5])
    began = process_time()
    assert read(record).refused[0].path == "secondaryMuscles[30000]"
    assert process_time() - began < 5
