"""Routine files: the same again, names and what is carried, and every fault told."""

from __future__ import annotations

import json
import tomllib
from itertools import permutations
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from attrs import evolve
from hypothesis import given

from supple import (
    Catalog,
    CatalogError,
    Exercise,
    Hold,
    ModelError,
    Problem,
    Range,
    Rest,
    Routine,
    load_catalog,
)
from supple._model.exercise import FromCatalog
from supple._phrases import phrases_for
from supple.catalog import (
    Translation,
    dumps_routine,
    loads_routine,
    read_routine,
    write_routine,
)
from supple.catalog._finding.folder import LARGEST_DOCUMENT
from supple.testing import strategies as public
from tests.catalog.test_write import FORMATS, HOSTILE, small
from tests.laws import share
from tests.refusals import refusal_of

KEEP: dict[str, Any] = {
    "id": "keep",
    "name": "Keep",
    "kind": "stretch",
    "position": "standing",
    "cycle": [{"hold": "Keep", "seconds": 5}],
}
GOOD: dict[str, Any] = {
    "format": 1,
    "id": "daily",
    "language": "en",
    "items": [{"exercise": "keep"}, {"catalog": "lower-back", "exercise": "bridge", "reps": 5}],
    "exercises": [KEEP],
}


def read(tmp_path: Path, data: object, **options: Any) -> Routine:
    """Return the routine that plain data describes."""
    file = tmp_path / "a.json"
    file.write_text(json.dumps(data))
    return read_routine(file, **options)


def problems_of(tmp_path: Path, data: object) -> list[str]:
    """Return what is wrong with plain data, one line for each problem."""
    with pytest.raises(CatalogError) as caught:
        read(tmp_path, data)
    return [str(problem).removeprefix("a.json: ") for problem in caught.value.problems]


@pytest.mark.parametrize("form", FORMATS)
@share(0.5)  # each of them writes, and waits for the disk
@given(routine=public.routines())
def test_round_trip(form: str, routine: Routine) -> None:
    """Reading what was written gives an equal routine; writing it again gives equal bytes."""
    with TemporaryDirectory() as folder:
        one, two = Path(folder, f"one.{form}"), Path(folder, f"two.{form}")
        write_routine(routine, one)
        again = read_routine(one)
        assert again == routine
        write_routine(again, two)
        assert one.read_bytes() == two.read_bytes()


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("language", ["en", "de"])
def test_exercises_of_catalogs_are_named(form: str, language: str, tmp_path: Path) -> None:
    """What a catalog has in the routine's language is named; what differs is carried."""
    back = load_catalog("lower-back", language=language)
    own = evolve(back["bridge"], reps=3)
    routine = Routine("daily", items=[back["cat-camel"].with_dose(reps=2), own, small()["keep"]])
    file = tmp_path / f"daily.{form}"
    write_routine(routine, file, catalogs=[back, small()])
    parse = {"toml": tomllib.loads, "json": json.loads}[form]
    data = parse(file.read_text(encoding="utf-8"))
    named = {} if language == "de" else {"catalog": "small"}
    assert data["items"] == [
        {"catalog": "lower-back", "exercise": "cat-camel", "reps": 2},
        {"exercise": "bridge"},
        named | {"exercise": "keep"},
    ]
    assert data["language"] == language
    assert read_routine(file, catalogs=[small(), back]) == routine


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("text", HOSTILE)
def test_text_stays_text(form: str, text: str, tmp_path: Path) -> None:
    """No text can alter the structure of a file."""
    keep = evolve(small()["keep"], name=text, cycle=[Hold(text, seconds=1)], cautions=[text])
    routine = Routine("daily", items=[keep], name=text, purpose=text)
    write_routine(routine, tmp_path / f"a.{form}")
    assert read_routine(tmp_path / f"a.{form}") == routine


def test_toml_as_a_person_would_write_it(tmp_path: Path) -> None:
    """The items stand in lines, and what is carried under headlines."""
    write_routine(Routine("daily", items=[small()["keep"]]), tmp_path / "a.toml")
    assert (tmp_path / "a.toml").read_text() == (
        'format = 1\nid = "daily"\nlanguage = "en"\nitems = [\n    { exercise = "keep" },\n]\n'
        '\n[[exercises]]\nid = "keep"\nname = "Keep"\nkind = "stretch"\nposition = "standing"\n'
        '\n[[exercises.cycle]]\nhold = "Keep"\nseconds = 5\n'
    )


def test_plain_data(tmp_path: Path) -> None:
    """A document by hand; without a language it is that of its exercises."""
    routine = read(tmp_path, GOOD)
    assert list(routine.exercises) == ["keep", "bridge"]
    assert routine.items[1] == load_catalog("lower-back")["bridge"].with_dose(reps=5)
    assert routine.name == "daily"
    rest = {key: GOOD[key] for key in GOOD if key != "language"}
    assert read(tmp_path, rest | {"exercises": [KEEP | {"language": "de"}]}).language == "de"
    assert read(tmp_path, GOOD | {"language": "fr"}).exercises["keep"].language == "fr"
    assert isinstance(routine.exercises["keep"], Exercise)
    assert routine.exercises["keep"].reps == Range(1)


CARRIED = "must be the id of an exercise that this routine carries"
NAME = (
    "must be words of a-z and 0-9 joined by hyphens, such as 'knee-rolls', "
    "of at most 64 characters"
)
FAULTS: list[tuple[object, list[str]]] = [
    ([], ["must be a table of keys and values (got [])"]),
    (GOOD | {"format": 2}, ["format: must be 1; a newer supple may read it (got 2)"]),
    (GOOD | {"format": True}, ["format: must be 1 (got True)"]),
    (
        GOOD | {"langage": "en"},
        ["langage: must be a known key; did you mean 'language'?"],
    ),
    (
        GOOD | {"language": "?"},
        ["language: must be a language tag such as 'en' or 'pt-BR' (got '?')"],
    ),
    (
        GOOD | {"items": [{"exercise": "kep"}]},
        [f"items[0].exercise: {CARRIED}; did you mean 'keep'? (got 'kep')"],
    ),
    (
        GOOD | {"items": [{"exercise": "bridge"}], "exercises": []},
        [
            (
                f"items[0].exercise: {CARRIED}; that of a catalog needs its name: catalog = '...' "
                "(got 'bridge')"
            )
        ],
    ),
    (
        GOOD | {"items": [{"catalog": "lower-back", "exercise": "brigde"}]},
        [
            (
                "items[0].exercise: must be the id of an exercise of lower-back; "
                "did you mean 'bridge'? (got 'brigde')"
            )
        ],
    ),
    (
        GOOD | {"items": [{"catalog": "lower-bak", "exercise": "a"}] * 2},
        [
            (
                "items[0].catalog: must be the name of a catalog; did you mean 'lower-back'? "
                "(got 'lower-bak')"
            )
        ],
    ),
    (
        GOOD | {"items": [{"catalog": "./x", "exercise": "a"}]},
        [f"items[0].catalog: {NAME} (got './x')"],
    ),
    (GOOD | {"exercises": {}}, ["exercises: must be a list (got {})"]),
    (
        GOOD | {"exercises": [KEEP, KEEP]},
        ["exercises[1].id: must not be the id of another exercise (got 'keep')"],
    ),
    (
        GOOD | {"exercises": [KEEP | {"reps": 0}]},
        ["exercises[0].reps: must be a whole number from 1 to 1000000000000 (got 0)"],
    ),
    (GOOD | {"exercises": [5]}, ["exercises[0]: must be a table of keys and values (got 5)"]),
    (
        {"id": "a", "exercises": [{}]},
        [
            "format: must be given: format = 1",
            "items: must be given",
            *(
                f"exercises[0].{key}: must be given"
                for key in ("id", "name", "kind", "position", "cycle")
            ),
        ],
    ),
]


@pytest.mark.parametrize(("data", "problems"), FAULTS)
def test_faults(data: object, problems: list[str], tmp_path: Path) -> None:
    """Every fault is told, with its place and what was given, and none twice."""
    assert problems_of(tmp_path, data) == problems


def test_a_catalog_that_cannot_be_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The first of its problems is told."""
    from supple.catalog import _routine_documents

    def load(name: str, **_: object) -> None:
        raise CatalogError(name, [Problem("catalog.toml", requirement="must be TOML")])

    monkeypatch.setattr(_routine_documents, "load_catalog", load)
    assert problems_of(tmp_path, GOOD) == [
        (
            "items[1].catalog: must be a catalog that can be read, but catalog.toml: must be TOML "
            "(got 'lower-back')"
        )
    ]


def test_many_unknown_names_take_no_time(tmp_path: Path) -> None:
    """Close matches are looked for a few times only."""
    items = [{"exercise": f"k-{i}"} for i in range(50)]
    assert len(problems_of(tmp_path, GOOD | {"items": items})) == 50
    items = [{"catalog": f"k-{i}", "exercise": "a"} for i in range(50)]
    found = problems_of(tmp_path, GOOD | {"items": items})
    assert found[-1] == "items[49].catalog: must be the name of a catalog (got 'k-49')"


def test_arguments(tmp_path: Path) -> None:
    """Another ending, two catalogs of one name, and a file that is not there."""
    routine = Routine("daily", items=[small()["keep"]])
    where = "must be a path that ends in .toml or .json"
    assert refusal_of(write_routine, routine, "a.yaml") == (
        f"write_routine.path: {where} (got 'a.yaml')"
    )
    assert refusal_of(read_routine, 5) == f"read_routine.path: {where} (got 5)"
    twice = [small(), small(title="Other")]
    assert refusal_of(read_routine, "a.toml", catalogs=twice) == (
        "read_routine.catalogs[1].name: must not be that of another catalog (got 'small')"
    )
    file = tmp_path / "a.toml"
    with pytest.raises(CatalogError) as caught:
        read_routine(file)
    assert str(caught.value) == (
        f"routine file {file} cannot be read: 1 problem\n  a.toml: must be a file"
    )
    file.write_text('format = 1\nid = "daily"')
    with pytest.raises(CatalogError) as caught:
        read_routine(file)
    assert caught.value.kind == "routine file"
    assert str(caught.value) == (
        f"routine file {file} cannot be read: 1 problem\n  a.toml: items: must be given"
    )


def test_too_large_for_a_file(tmp_path: Path) -> None:
    """What could not be read again is not written."""
    keep = small()["keep"]
    file = tmp_path / "a.json"
    large = Routine("daily", items=[keep], purpose="x")
    large = evolve(large, items=[evolve(keep, cautions=["x" * 1000] * 1100)])
    assert refusal_of(write_routine, large, file) == (
        "write_routine.routine: must fit into a file, which must be at most "
        f"{LARGEST_DOCUMENT} bytes long (got 'daily')"
    )
    assert not file.exists()


def test_too_many_values_for_a_file(tmp_path: Path) -> None:
    """A reader counts values, too, so that more of them than it takes are not written."""
    keep = evolve(small()["keep"], cautions=["x"] * 100_000)
    assert refusal_of(write_routine, Routine("daily", items=[keep]), tmp_path / "a.toml") == (
        "write_routine.routine: must fit into a file, which must have at most 100000 values "
        "(got 'daily')"
    )
    assert list(tmp_path.iterdir()) == []


def catalog_with_pose(name: str, exercise: str, neck: int, **phrases: str) -> Catalog:
    """Return a catalog of one exercise, with a pose ``same`` and words of its own."""
    keep = evolve(small()["keep"], id=exercise, cycle=[Hold("Keep", seconds=5, pose="same")])
    pose = evolve(load_catalog("lower-back")["bridge"].poses[0], id="same", neck=neck)
    own = [Translation("en", phrases=phrases)]
    return Catalog(
        name,
        title=name,
        version="1",
        language="en",
        exercises=[keep],
        poses=[pose],
        translations=own,
    )


def test_each_exercise_finds_its_own_poses_again() -> None:
    """Different poses of one id cannot stand in one file, and equal ones can."""
    a, b = catalog_with_pose("a", "e1", 176), catalog_with_pose("b", "e2", 170)
    mixed = Routine("mixed", items=[a["e1"], b["e2"]])
    with pytest.raises(ModelError) as info:
        dumps_routine(mixed)
    assert str(info.value) == (
        "routine.exercises['e1'].poses: must not have the id of another pose in the same file: "
        "rename it, or give the catalog that it is from (got ['same'])"
    )
    drawn_by_nobody = evolve(a["e1"], id="e4", _poses=())
    with pytest.raises(ModelError, match=r"exercises\['e4'\]\.poses: must not have"):
        dumps_routine(Routine("mixed", items=[a["e1"], drawn_by_nobody]))
    camel = load_catalog("lower-back")["cat-camel"]
    backwards = evolve(camel, cycle=camel.cycle[::-1])
    for routine, named in (
        (Routine("backwards", items=[backwards]), []),
        (mixed, [a]),
        (mixed, [a, b]),
        (Routine("alike", items=[a["e1"], catalog_with_pose("c", "e3", 176)["e3"]]), []),
    ):
        again = loads_routine(dumps_routine(routine, catalogs=named), catalogs=named)
        assert again == routine
        for id, exercise in routine.exercises.items():
            assert {*again.exercises[id].poses} == {*exercise.poses} != set()


PLAIN = catalog_with_pose("a", "e1", 176)
OTHER = catalog_with_pose("b", "e2", 176, rest="BREAK B")
THIRD = catalog_with_pose("c", "e3", 176, rest="BREAK C", set="SET C")
NOBODYS = evolve(small()["keep"], _from_catalog=FromCatalog())


@pytest.mark.parametrize("given", [(), (PLAIN,), (OTHER,), (THIRD,), (OTHER, THIRD)])
@pytest.mark.parametrize(
    "items",
    list(permutations([PLAIN["e1"], OTHER["e2"], THIRD["e3"], NOBODYS])),
    ids=lambda items: "-".join(each.id for each in items),
)
def test_the_words_of_a_routine_stay(
    items: tuple[Exercise, ...], given: tuple[Catalog, ...]
) -> None:
    """A routine says the same after a file, whichever exercises are carried or named."""
    routine = Routine("mixed", items=[*items, Rest(5)])
    again = loads_routine(dumps_routine(routine, catalogs=given), catalogs=given)
    assert (again.phrases or phrases_for("en")) == routine.phrases


def test_words_in_a_language_that_is_written_otherwise() -> None:
    """Tags of languages are compared in whatever case."""
    mine = evolve(THIRD["e3"], language="EN")
    routine = Routine("mixed", items=[mine, Rest(5)], language="en")
    again = loads_routine(dumps_routine(routine))
    assert again.exercises["e3"].language == "EN"
    assert again.phrases == routine.phrases
