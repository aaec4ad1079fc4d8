"""Plain data that is no catalog: every fault is told, with its place and what was given."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from attrs import NOTHING

from supple import (
    AdviceTier,
    CatalogError,
    Circuit,
    Prescription,
    Problem,
    Range,
    Rest,
    load_catalog,
)
from tests.catalog.files import CATALOG, PICTURE, REACH, SQUAT, problems_of, whole, write_folder
from tests.refusals import GARBLING

if TYPE_CHECKING:
    from pathlib import Path

NAME = (
    "must be words of a-z and 0-9 joined by hyphens, such as 'knee-rolls', "
    "of at most 64 characters"
)
TABLE = "must be a table of keys and values"
SECONDS = "must be at least 0.001 and at most 86400"
SECONDS_OR_ZERO = "must be at least 0 and at most 86400"
TIMES = "must be a whole number from 1 to 1000000000000"
NULL = "must not be null: leave the key out instead"
KINDS = (
    "must be one of stretch, dynamic-stretch, mobility, strengthening, balance, breathing, "
    "nerve-glide, relaxation"
)
TIERS = "must be one of general, stop, routine-care, urgent, emergency"
PARTS = "must be one of reps, sets, hold, rest"
LANGUAGE = "must be a language tag such as 'en' or 'pt-BR'"
SIDELESS = "must not name a side: only the cycle of an exercise with sides has one"
SEGMENT = "must have exactly one of step, hold"
ITEM = "must have exactly one of exercise, circuit, rest"
KNOWN_ITEM = (
    "must be a known key; known are 'exercise', 'reps', 'sets', 'hold', 'rest', "
    "'side', 'left', 'right', 'first_side', 'note', 'load'"
)
UNKNOWN_ID = "must be the id of an exercise of this catalog"
MARK = "must have either fraction or before_end"
PATH = "must be a path inside the folder, with forward slashes and no '..'"

CUT = object()
"""Stands for leaving a key out."""

EXERCISE: list[tuple[dict[str, Any], list[str]]] = [
    # identity
    ({"id": CUT}, ["id: must be given"]),
    ({"id": "Reach"}, [f"id: {NAME} (got 'Reach')"]),
    ({"id": "rëach"}, [f"id: {NAME} (got 'rëach')"]),
    ({"id": "\uff52each"}, [f"id: {NAME} (got '\uff52each')"]),  # equal once normalized
    ({"id": "../reach"}, [f"id: {NAME} (got '../reach')"]),
    ({"id": 5}, [f"id: {NAME} (got 5)"]),
    ({"id": ["reach"]}, [f"id: {NAME} (got ['reach'])"]),
    ({"id": None}, [f"id: {NULL}"]),
    # text
    ({"name": CUT}, ["name: must be given"]),
    ({"name": ""}, ["name: must not be empty (got '')"]),
    ({"name": 5}, ["name: must be text (got 5)"]),
    ({"name": ["R"]}, ["name: must be text (got ['R'])"]),
    ({"name": None}, [f"name: {NULL}"]),
    ({"purpose": None}, [f"purpose: {NULL}"]),
    ({"name": "a\nb"}, [rf"name: {GARBLING} (got 'a\nb')"]),
    ({"name": "a\x1b[0m"}, [rf"name: {GARBLING} (got 'a\x1b[0m')"]),
    ({"name": "a\u202eb"}, [rf"name: {GARBLING} (got 'a\u202eb')"]),
    ({"name": "a\ud800"}, [rf"name: {GARBLING} (got 'a\ud800')"]),
    ({"targets": "abc"}, ["targets: must be a list (got 'abc')"]),
    ({"targets": {"a": 1}}, ["targets: must be a list (got {'a': 1})"]),
    ({"targets": ["a", 5]}, ["targets[1]: must be text (got 5)"]),
    ({"targets": [None]}, ["targets[0]: must be text (got None)"]),
    ({"cautions": ["a\x00"]}, [rf"cautions[0]: {GARBLING} (got 'a\x00')"]),
    # words
    ({"kind": "strech"}, [f"kind: {KINDS}; did you mean 'stretch'? (got 'strech')"]),
    ({"kind": 1}, [f"kind: {KINDS} (got 1)"]),
    ({"sides": True}, ["sides: must be one of none, alternate, each (got True)"]),
    ({"position": CUT}, ["position: must be given"]),
    # numbers
    ({"reps": "5"}, [f"reps: {TIMES} (got '5')"]),
    ({"reps": True}, [f"reps: {TIMES} (got True)"]),
    ({"reps": 9.9}, [f"reps: {TIMES} (got 9.9)"]),
    ({"reps": 9.0}, [f"reps: {TIMES} (got 9.0)"]),
    ({"reps": 0}, [f"reps: {TIMES} (got 0)"]),
    ({"reps": 10**13}, [f"reps: {TIMES} (got 10000000000000)"]),
    ({"reps": 10**100}, [f"reps: {TIMES} (got an integer of about 101 digits)"]),
    ({"reps": [3, 2]}, ["reps: low must be at most high (got [3, 2])"]),
    ({"reps": [1, 2, 3]}, ["reps: must be one number or a pair of low and high (got [1, 2, 3])"]),
    ({"reps": []}, ["reps: must be one number or a pair of low and high (got [])"]),
    ({"reps": [1, "2"]}, [f"reps[1]: {TIMES} (got '2')"]),
    ({"reps": {"low": 1}}, [f"reps: {TIMES} (got {{'low': 1}})"]),
    ({"reps": None}, [f"reps: {NULL}"]),
    ({"rest": float("nan")}, [f"rest: {SECONDS_OR_ZERO} (got nan)"]),
    ({"rest": float("inf")}, [f"rest: {SECONDS_OR_ZERO} (got inf)"]),
    ({"rest": float("-inf")}, [f"rest: {SECONDS_OR_ZERO} (got -inf)"]),
    ({"rest": -1}, [f"rest: {SECONDS_OR_ZERO} (got -1)"]),
    ({"rest": 86401}, [f"rest: {SECONDS_OR_ZERO} (got 86401)"]),
    ({"rest": 0.0001}, ["rest: must be a whole number of milliseconds (got 0.0001)"]),
    # keys
    ({"rep": 5}, ["rep: must be a known key; did you mean 'reps'?"]),
    ({"language": "en"}, ["language: must be a known key"]),
    ({"a b": 1}, ["'a b': must be a known key"]),
    ({"\x1b[31m": 1}, [r"'\x1b[31m': must be a known key"]),
    ({"\ud800": 1}, [r"'\ud800': must be a known key"]),
    ({"b": 1, "a": 1}, ["a: must be a known key", "b: must be a known key"]),
    # steps and holds
    ({"cycle": CUT}, ["cycle: must be given"]),
    ({"cycle": []}, ["cycle: must not be empty (got [])"]),
    ({"cycle": "abc"}, ["cycle: must be a list (got 'abc')"]),
    ({"cycle": {"step": "a"}}, ["cycle: must be a list (got {'step': 'a'})"]),
    ({"cycle": ["a"]}, [f"cycle[0]: {TABLE} (got 'a')"]),
    ({"cycle": [[]]}, [f"cycle[0]: {TABLE} (got [])"]),
    ({"cycle": [None]}, [f"cycle[0]: {TABLE} (got None)"]),
    ({"cycle": [{"stp": "a"}]}, ["cycle[0].stp: must be a known key; did you mean 'step'?"]),
    (
        {"cycle": [{"text": "a", "seconds": 1}]},
        ["cycle[0].text: must be a known key; known are 'step', 'hold'"],
    ),
    ({"cycle": [{"seconds": 1}]}, [f"cycle[0]: {SEGMENT} (got {{'seconds': 1}})"]),
    (
        {"cycle": [{"step": "a", "hold": "b"}]},
        [f"cycle[0]: {SEGMENT} (got {{'hold': 'b', 'step': 'a'}})"],
    ),
    ({"cycle": [{"hold": "a"}]}, ["cycle[0].seconds: must be given"]),
    ({"cycle": [{"hold": "a", "seconds": "5"}]}, ["cycle[0].seconds: must be a number (got '5')"]),
    ({"cycle": [{"hold": "a", "seconds": 0}]}, [f"cycle[0].seconds: {SECONDS} (got 0)"]),
    ({"cycle": [{"hold": "a", "seconds": [5, -1]}]}, [f"cycle[0].seconds[1]: {SECONDS} (got -1)"]),
    (
        {"cycle": [{"hold": "a", "seconds": 5, "until_ready": True}]},
        [
            (
                "cycle[0].until_ready: must be a known key; known are 'hold', 'seconds', 'marks', "
                "'breath', 'say', 'pose'"
            ),
        ],
    ),
    ({"cycle": [{"step": 5}]}, ["cycle[0].step: must be text (got 5)"]),
    (
        {"cycle": [{"step": "a", "until_ready": 1}]},
        ["cycle[0].until_ready: must be true or false (got 1)"],
    ),
    (
        {"cycle": [{"step": "{sid}"}]},
        ["cycle[0].step: must have no braces but {side} or {left form|right form} (got '{sid}')"],
    ),
    ({"sides": "none"}, [f"cycle[0].step: {SIDELESS} (got 'Raise your {{side}} arm')"]),
    (
        {"sides": CUT, "cycle": [{"step": "a"}, {"hold": "{side}", "seconds": 1}]},
        [f"cycle[1].hold: {SIDELESS} (got '{{side}}')"],
    ),
    ({"setup": [{"step": "{side}"}]}, [f"setup[0].step: {SIDELESS} (got '{{side}}')"]),
    (
        {"finish": [{"step": "a"}, {"hold": "{side}", "seconds": 1}]},
        [f"finish[1].hold: {SIDELESS} (got '{{side}}')"],
    ),
    # marks
    (
        {"cycle": [{"step": "a", "marks": [{"text": "b"}]}]},
        [f"cycle[0].marks[0]: {MARK} (got {{'text': 'b'}})"],
    ),
    (
        {"cycle": [{"step": "a", "marks": [{"text": "b", "fraction": 0.5, "before_end": 1}]}]},
        [f"cycle[0].marks[0]: {MARK} (got {{'before_end': 1, 'fraction': 0.5, 'text': 'b'}})"],
    ),
    (
        {"cycle": [{"step": "a", "marks": [{"text": "b", "fraction": 1}]}]},
        ["cycle[0].marks[0].fraction: must be between 0 and 1, both excluded (got 1)"],
    ),
    (
        {"cycle": [{"step": "a", "marks": [{"text": "", "before_end": 0}]}]},
        [
            "cycle[0].marks[0].text: must not be empty (got '')",
            f"cycle[0].marks[0].before_end: {SECONDS} (got 0)",
        ],
    ),
    # sources and pictures
    ({"sources": [{"title": "a"}]}, ["sources[0].says: must be given"]),
    (
        {"sources": [{"title": "a", "says": "b", "gives": "hold"}]},
        ["sources[0].gives: must be a list (got 'hold')"],
    ),
    (
        {"sources": [{"title": "a", "says": "b", "gives": ["holds"]}]},
        [f"sources[0].gives[0]: {PARTS}; did you mean 'hold'? (got 'holds')"],
    ),
    (
        {"sources": [{"title": "a", "says": "b", "url": "javascript:x"}]},
        [
            (
                "sources[0].url: must be an address that begins with https:// or http:// "
                "(got 'javascript:x')"
            )
        ],
    ),
    (
        {"pictures": [{"path": "../reach.svg", "alt": "a"}]},
        [f"pictures[0].path: {PATH} (got '../reach.svg')"],
    ),
    (
        {"pictures": [{"path": "/etc/passwd", "alt": "a"}]},
        [f"pictures[0].path: {PATH} (got '/etc/passwd')"],
    ),
    (
        {"pictures": [{"path": "C:/reach.svg", "alt": "a"}]},
        [f"pictures[0].path: {PATH} (got 'C:/reach.svg')"],
    ),
    (
        {"pictures": [{"path": "pictures\\reach.svg", "alt": "a"}]},
        [rf"pictures[0].path: {PATH} (got 'pictures\\reach.svg')"],
    ),
    (
        {"pictures": [{"path": PICTURE, "alt": "a"}, {"path": "no.svg", "alt": "a"}]},
        ["pictures[1].path: must be a file inside the catalog's folder (got 'no.svg')"],
    ),
    (
        {"pictures": [{"path": "pictures", "alt": "a"}]},
        ["pictures[0].path: must be a file inside the catalog's folder (got 'pictures')"],
    ),
    # all together
    (
        {"id": CUT, "name": 5, "rep": 5, "sets": 0, "cycle": [{"step": ""}, {"hold": 5}]},
        [
            "id: must be given",
            "name: must be text (got 5)",
            "cycle[0].step: must not be empty (got '')",
            "cycle[1].hold: must be text (got 5)",
            "cycle[1].seconds: must be given",
            f"sets: {TIMES} (got 0)",
            "rep: must be a known key; did you mean 'reps'?",
        ],
    ),
]
"""Changes to an exercise, and the problems that follow."""

DOCUMENT: list[tuple[dict[str, Any], list[str]]] = [
    ({"format": CUT}, ["format: must be given: format = 1"]),
    ({"format": 2}, ["format: must be 1; a newer supple may read it (got 2)"]),
    (
        {"format": 2, "name": CUT, "title": 5},
        ["format: must be 1; a newer supple may read it (got 2)"],
    ),
    ({"format": 0}, ["format: must be 1 (got 0)"]),
    ({"format": True}, ["format: must be 1 (got True)"]),
    ({"format": 1.0}, ["format: must be 1 (got 1.0)"]),
    ({"format": "1"}, ["format: must be 1 (got '1')"]),
    ({"format": None}, ["format: must be 1 (got None)"]),
    (
        {"format": 0, "title": ""},
        ["format: must be 1 (got 0)", "title: must not be empty (got '')"],
    ),
    ({"name": CUT}, ["name: must be given"]),
    ({"name": "Acme"}, [f"name: {NAME} (got 'Acme')"]),
    ({"version": 2.0}, ["version: must be text (got 2.0)"]),
    ({"language": "english!"}, [f"language: {LANGUAGE} (got 'english!')"]),
    ({"language": 5}, [f"language: {LANGUAGE} (got 5)"]),
    ({"language": CUT}, ["language: must be given"]),
    ({"sumary": "a"}, ["sumary: must be a known key; did you mean 'summary'?"]),
    ({"exercises": []}, ["exercises: must be a known key"]),
    ({"advice": {}}, ["advice: must be a list (got {})"]),
    (
        {"advice": [{"tier": "emergncy", "text": ""}]},
        [
            f"advice[0].tier: {TIERS}; did you mean 'emergency'? (got 'emergncy')",
            "advice[0].text: must not be empty (got '')",
        ],
    ),
    ({"routines": [{"id": "a", "items": []}]}, ["routines[0].items: must not be empty (got [])"]),
    (
        {"routines": [{"id": "a", "items": [{"rest": 5}]}]},
        ["routines[0].items: must have at least one exercise (got [{'rest': 5}])"],
    ),
    (
        {"routines": [{"id": "a", "items": [{"exercise": "reach"}]}] * 2},
        ["routines[1].id: must not be that of another routine (got 'a')"],
    ),
    (
        {"routines": [{"id": "a", "items": [{"exercise": "reach"}], "language": "en"}]},
        [
            (
                "routines[0].language: must be a known key; "
                "known are 'id', 'items', 'name', 'purpose', 'frequency', 'advice'"
            )
        ],
    ),
    (
        {"routines": [{"id": "a", "items": [{"exercise": "reach"}], "advice": {}}]},
        ["routines[0].advice: must be a list (got {})"],
    ),
]
"""Changes to the catalog's own document, and the problems that follow."""

ITEMS: list[tuple[Any, list[str]]] = [
    ("reach", [f": {TABLE} (got 'reach')"]),
    ({}, [f": {ITEM} (got {{}})"]),
    ({"pause": 20}, [".pause: must be a known key; did you mean 'rest'?"]),
    (
        {"exercise": "reach", "circuit": []},
        [f": {ITEM} (got {{'circuit': [], 'exercise': 'reach'}})"],
    ),
    (
        {"exercise": "reach", "circuit": [], "rest": 1},
        [f": {ITEM} (got {{'circuit': [], 'exercise': 'reach', 'rest': 1}})"],
    ),
    ({"exercise": "raech"}, [f".exercise: {UNKNOWN_ID}; did you mean 'reach'? (got 'raech')"]),
    ({"exercise": "x"}, [f".exercise: {UNKNOWN_ID}; known are 'reach', 'squat' (got 'x')"]),
    ({"exercise": 5}, [f".exercise: {UNKNOWN_ID}; known are 'reach', 'squat' (got 5)"]),
    ({"exercise": []}, [f".exercise: {UNKNOWN_ID}; known are 'reach', 'squat' (got [])"]),
    (
        {"exercise": "x", "reps": "5", "text": "a"},
        [
            f".exercise: {UNKNOWN_ID}; known are 'reach', 'squat' (got 'x')",
            f".reps: {TIMES} (got '5')",
            f".text: {KNOWN_ITEM}",
        ],
    ),
    ({"exercise": "reach", "rest": None}, [f".rest: {NULL}"]),
    (
        {"exercise": "squat", "hold": [5, 10]},
        [".hold: must be left out, for 'squat' has no hold in its cycle (got [5, 10])"],
    ),
    ({"rest": "20"}, [".rest: must be a number (got '20')"]),
    ({"rest": 0}, [f".rest: {SECONDS} (got 0)"]),
    ({"rest": 5, "txt": "a"}, [".txt: must be a known key; did you mean 'text'?"]),
    (
        {"circuit": [{"exercise": "x"}], "rounds": 0},
        [
            f".circuit[0].exercise: {UNKNOWN_ID}; known are 'reach', 'squat' (got 'x')",
            f".rounds: {TIMES} (got 0)",
        ],
    ),
    ({"circuit": [], "rounds": 2}, [".circuit: must not be empty (got [])"]),
    ({"circuit": [{"exercise": "reach"}]}, [".rounds: must be given"]),
    (
        {"circuit": [{"exercise": "reach"}], "rounds": 2, "reps": 3},
        [".reps: must be a known key; did you mean 'rest'?"],
    ),
]
"""Items of a routine, and the problems below the place of the item."""


def change(data: dict[str, Any], changes: dict[str, Any]) -> dict[str, Any]:
    """Return plain data with some values changed or cut."""
    changed = data | changes
    return {key: changed[key] for key in changed if changed[key] is not CUT}


@pytest.mark.parametrize(("changes", "messages"), EXERCISE, ids=range(len(EXERCISE)))
def test_exercises(tmp_path: Path, changes: dict[str, Any], messages: list[str]) -> None:
    """A wrong exercise has each of its faults told, and nothing else."""
    files = whole() | {"exercises/a-reach.json": change(REACH, changes)}
    found = problems_of(write_folder(tmp_path, files))
    told = [f"exercises/a-reach.json: {message}" for message in messages]
    assert [problem.partition("; known are")[0] for problem in found] == [
        problem.partition("; known are")[0] for problem in told
    ]


@pytest.mark.parametrize(("changes", "messages"), DOCUMENT, ids=range(len(DOCUMENT)))
def test_documents(tmp_path: Path, changes: dict[str, Any], messages: list[str]) -> None:
    """A wrong document of a catalog has each of its faults told, and nothing else."""
    files = whole() | {"catalog.json": change(CATALOG, changes)}
    found = problems_of(write_folder(tmp_path, files))
    assert [problem.partition("; known are 'format'")[0] for problem in found] == [
        f"catalog.json: {message}" for message in messages
    ]


@pytest.mark.parametrize(("item", "messages"), ITEMS, ids=range(len(ITEMS)))
@pytest.mark.parametrize("is_inner", [False, True])
def test_items(tmp_path: Path, item: Any, messages: list[str], *, is_inner: bool) -> None:
    """A wrong item of a routine or a circuit has each of its faults told, and nothing else."""
    items, place = [{"exercise": "reach"}, item], "routines[0].items[1]"
    if is_inner:
        items, place = [{"circuit": items, "rounds": 2}], "routines[0].items[0].circuit[1]"
    document = CATALOG | {"routines": [{"id": "a", "items": items}]}
    assert problems_of(write_folder(tmp_path, whole() | {"catalog.json": document})) == [
        f"catalog.json: {place}{message}" for message in messages
    ]


def test_all_known_keys_are_named(tmp_path: Path) -> None:
    """Where no key comes close, the message lists those of the table, in the model's order."""
    folder = write_folder(tmp_path, whole() | {"exercises/a-reach.json": REACH | {"zzz": 1}})
    keys = ", ".join(
        f"'{key}'"
        for key in (
            *("id", "name", "kind", "position", "cycle", "sides", "setup", "finish", "reps"),
            *("sets", "rest", "purpose", "targets", "equipment", "cautions"),
            *("contraindications", "phase", "first_side", "easier", "harder", "sources"),
            *("pictures", "links"),
        )
    )
    assert problems_of(folder) == [
        f"exercises/a-reach.json: zzz: must be a known key; known are {keys}"
    ]


def test_unknown_keys_are_bounded(tmp_path: Path) -> None:
    """Of many unknown keys in one table the first twenty are told."""
    folder = write_folder(
        tmp_path,
        whole() | {"exercises/a-reach.json": REACH | {f"key-{i:04}": i for i in range(5000)}},
    )
    found = problems_of(folder)
    assert len(found) == 20
    assert found[0].startswith("exercises/a-reach.json: key-0000: must be a known key")


def test_many_problems_are_bounded(tmp_path: Path) -> None:
    """At most a thousand problems are told, and no file is read for more."""
    files = whole()
    for i in range(300):
        files[f"exercises/c-{i:03}.json"] = SQUAT | {"id": f"c-{i}", "targets": [], "a": 1, "b": 1}
        files[f"exercises/c-{i:03}.json"]["cycle"] = [{"step": ""}, {"step": ""}]
    files["catalog.json"]["routines"][0]["items"].append({"exercise": "c-299"})
    found = problems_of(write_folder(tmp_path, files))
    assert len(found) == 1000
    assert found[0] == "exercises/c-000.json: cycle[0].step: must not be empty (got '')"


def test_unknown_exercises_are_bounded(tmp_path: Path) -> None:
    """Of many unknown exercises the first twenty are compared with those that there are."""
    items = [{"exercise": f"x-{i}"} for i in range(30)]
    document = CATALOG | {"routines": [{"id": "a", "items": items}]}
    found = problems_of(write_folder(tmp_path, whole() | {"catalog.json": document}))
    known = [problem.partition("; ")[2] for problem in found]
    assert known[:20] == [f"known are 'reach', 'squat' (got 'x-{i}')" for i in range(20)]
    assert known[20:] == [""] * 10


def test_faults_of_an_exercise_are_told_once(tmp_path: Path) -> None:
    """A routine that names an exercise of wrong content adds no problem of its own."""
    document = CATALOG | {"title": ""}
    files = whole() | {"catalog.json": document, "exercises/a-reach.json": REACH | {"cycle": []}}
    assert problems_of(write_folder(tmp_path, files)) == [
        "catalog.json: title: must not be empty (got '')",
        "exercises/a-reach.json: cycle: must not be empty (got [])",
    ]


def test_faults_of_an_id_are_told_once(tmp_path: Path) -> None:
    """Where an id cannot be told, no other counts as unknown."""
    files = whole() | {"exercises/a-reach.json": "{"}
    [problem] = problems_of(write_folder(tmp_path, files))
    assert problem.startswith("exercises/a-reach.json, line 1: must have a } or ] for each { or [")


def test_circuits_nested_too_deep(tmp_path: Path) -> None:
    """Circuits may be nested as deep as the model allows, and no deeper."""

    def nested(depth: int) -> dict[str, Any]:
        item: dict[str, Any] = {"exercise": "reach"}
        for _ in range(depth):
            item = {"circuit": [item], "rounds": 1}
        return whole() | {"catalog.json": CATALOG | {"routines": [{"id": "a", "items": [item]}]}}

    assert load_catalog(write_folder(tmp_path / "deep", nested(32)))
    [problem] = problems_of(write_folder(tmp_path / "deeper", nested(33)))
    assert problem.startswith(
        "catalog.json: routines[0].items[0].circuit: must be nested at most 32 deep (got "
    )


def test_what_a_good_catalog_becomes(tmp_path: Path) -> None:
    """Everything in the files is in the catalog, in its order and in its language."""
    catalog = load_catalog(write_folder(tmp_path, whole()))
    assert (catalog.name, catalog.title, catalog.version) == ("acme", "Acme", "2.0")
    assert (catalog.language, catalog.summary) == ("pt-BR", "Two exercises.")
    assert list(catalog) == ["reach", "squat"]
    reach, squat = catalog.exercises.values()
    assert {reach.language, squat.language, catalog.routines["both"].language} == {"pt-BR"}
    assert (reach.reps, reach.sets, reach.rest) == (Range(2, 3), Range(2), Range(15))
    assert [segment.text for segment in reach.cycle] == [
        "Raise your {side} arm",
        "Lean to the {side}",
    ]
    assert [mark.before_end for mark in reach.cycle[1].marks] == [None, 1.5]
    assert reach.setup[0].seconds == Range(4)
    assert reach.sources[1].is_default
    assert reach.pictures[0].path == PICTURE
    first, rest, circuit, last = catalog.routines["both"].items
    assert first == reach
    assert rest == Rest(20, text="Have a sip")
    assert circuit == Circuit(
        [squat.with_dose(reps=3, sets=(1, 2), rest=4)], rounds=(2, 3), rest=30
    )
    assert isinstance(last, Prescription)
    assert last == reach.with_dose(hold=(1.5, 2.5))
    assert [(tier, len(advice)) for tier, advice in catalog.advice.items()] == [
        (AdviceTier.GENERAL, 1),
        (AdviceTier.STOP, 0),
        (AdviceTier.ROUTINE_CARE, 0),
        (AdviceTier.URGENT, 0),
        (AdviceTier.EMERGENCY, 1),
    ]
    assert [each.tier for each in catalog.routines["both"].advice] == ["general", "emergency"]


def test_nothing_but_the_needful(tmp_path: Path) -> None:
    """A catalog needs a name, a title, a version, a language and one exercise."""
    needful = {key: CATALOG[key] for key in ("format", "name", "title", "version", "language")}
    files = {"catalog.json": needful, "exercises/squat.json": SQUAT}
    catalog = load_catalog(write_folder(tmp_path, files))
    assert (catalog.summary, dict(catalog.routines), list(catalog)) == (None, {}, ["squat"])


def test_problems_keep_their_parts(tmp_path: Path) -> None:
    """A problem can be asked for its file, place, requirement and value."""
    data = json.dumps(SQUAT | {"reps": 0, "rep": 1})
    folder = write_folder(tmp_path, whole() | {"exercises/b-squat.json": data})
    with pytest.raises(CatalogError) as caught:
        load_catalog(folder)
    file = "exercises/b-squat.json"
    assert caught.value.problems == (
        Problem(file, path="reps", requirement=TIMES, got=0),
        Problem(file, path="rep", requirement="must be a known key; did you mean 'reps'?"),
    )
    assert [each.got for each in caught.value.problems] == [0, NOTHING]
    assert caught.value.catalog == str(folder)
    assert caught.value.origin is None


RELATIVES: list[tuple[dict[str, Any], list[str]]] = [
    (
        {"easier": ["squats"]},
        ["easier[0]: {}; did you mean 'squat'? (got 'squats')"],
    ),
    (
        {"harder": ["squat", "reach"]},
        ["harder[1]: {}; known are 'squat' (got 'reach')"],
    ),
    ({"easier": "squat"}, ["easier: must be a list (got 'squat')"]),
]


@pytest.mark.parametrize(("changes", "messages"), RELATIVES)
def test_easier_and_harder(tmp_path: Path, changes: dict[str, Any], messages: list[str]) -> None:
    """What is easier or harder is another exercise of the catalog, or is refused at its place."""
    files = whole() | {"exercises/a-reach.json": REACH | changes}
    place = "must be the id of another exercise of this catalog"
    assert problems_of(write_folder(tmp_path, files)) == [
        f"exercises/a-reach.json: {message.format(place)}" for message in messages
    ]


def test_easier_and_harder_are_kept(tmp_path: Path) -> None:
    """They are the ids as they stand in the file."""
    files = whole() | {"exercises/a-reach.json": REACH | {"easier": ["squat"]}}
    assert load_catalog(write_folder(tmp_path, files))["reach"].easier == ("squat",)
