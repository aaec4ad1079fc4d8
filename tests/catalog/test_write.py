"""Writing catalogs: what is read again is equal, the bytes are the same, and nothing is half."""

from __future__ import annotations

import json
import os
import stat
import sys
import tomllib
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

import pytest
from attrs import evolve
from hypothesis import given, settings

import supple.catalog
from supple import (
    Advice,
    Catalog,
    Circuit,
    Dose,
    Exercise,
    Hold,
    Item,
    Mark,
    MissingExtraError,
    Phrases,
    Picture,
    Prescription,
    Routine,
    Step,
    load_catalog,
)
from supple.catalog import write_catalog
from supple.catalog._writing.atomic import replace_file
from supple.testing import strategies as public
from tests.refusals import refusal_of

if TYPE_CHECKING:
    from collections.abc import Iterator

FORMATS = ["toml", "json"]

HOSTILE = [
    'say "ah" \\ and # = [x]',
    '"""',
    "'''",
    "a = 1 # no comment",
    "\\u0041 \\n",
    "骨盤 🧘‍♀️ é",
    "]]",
    "true",
    "-->",
    "\ufeffx",
]


def plain_doses(item: Item) -> Item:
    """Return an item in which an empty dose stands for the exercise itself, as in a file."""
    if isinstance(item, Circuit):
        return evolve(item, items=[plain_doses(each) for each in item.items])
    if isinstance(item, Prescription) and item.dose == Dose():
        return item.exercise
    return item


def as_in_files(catalog: Catalog) -> Catalog:
    """Return a catalog that says nothing that its files could not."""
    advice = [each for tier in catalog.advice.values() for each in tier]
    exercises = {
        id: evolve(each, language=catalog.language, pictures=())
        for id, each in catalog.exercises.items()
    }

    def item(value: Item) -> Item:
        match plain_doses(value):
            case Circuit() as circuit:
                return evolve(circuit, items=[item(each) for each in circuit.items])
            case Prescription() as prescription:
                return evolve(prescription, exercise=exercises[prescription.exercise.id])
            case Exercise() as exercise:
                return exercises[exercise.id]
            case rest:
                return rest

    routines = [
        evolve(
            routine,
            items=[item(each) for each in routine.items],
            advice=advice,
            language=catalog.language,
        )
        for routine in catalog.routines.values()
    ]
    return Catalog(
        catalog.name,
        title=catalog.title,
        version=catalog.version,
        language=catalog.language,
        exercises=exercises.values(),
        routines=routines,
        advice=advice,
        summary=catalog.summary,
    )


def files_in(folder: Path) -> dict[str, bytes]:
    """Return what every file below a folder holds."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


@pytest.fixture
def back() -> Catalog:
    """Load the bundled catalog, as if it had no translations."""
    return as_in_files(load_catalog("lower-back"))


def small(**changes: Any) -> Catalog:
    """Return a catalog of one exercise."""
    keep = Exercise(
        "keep", name="Keep", kind="stretch", position="standing", cycle=[Hold("Keep", seconds=5)]
    )
    given = {"title": "Small", "version": "1", "language": "en", "exercises": [keep]} | changes
    return Catalog("small", **given)


# --- the same again ------------------------------------------------------------------


@pytest.mark.parametrize("form", FORMATS)
@settings(max_examples=25)  # each of them writes, and waits for the disk
@given(catalog=public.catalogs().map(as_in_files))
def test_round_trip(form: str, catalog: Catalog) -> None:
    """Reading what was written gives an equal catalog; writing it again gives equal bytes."""
    with TemporaryDirectory() as folder:
        one, two = Path(folder, "one"), Path(folder, "two")
        write_catalog(catalog, one, format=form)
        again = load_catalog(one)
        assert again == catalog
        write_catalog(again, two, format=form)
        assert files_in(one) == files_in(two)
        assert sorted(each.name for each in Path(folder).iterdir()) == ["one", "two"]


@pytest.mark.parametrize("form", FORMATS)
def test_the_bundled_catalog(form: str, back: Catalog, tmp_path: Path) -> None:
    """The bundled catalog comes back as it is, and other parsers read its files."""
    write_catalog(back, tmp_path / "back", format=form)
    assert load_catalog(tmp_path / "back") == back
    parse = {"toml": tomllib.loads, "json": json.loads}[form]
    files = files_in(tmp_path / "back")
    assert len(files) == 7
    read = {name: parse(content.decode()) for name, content in files.items()}
    assert read[f"exercises/bridge.{form}"]["reps"] == [8, 10]


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("text", HOSTILE)
def test_text_stays_text(form: str, text: str, tmp_path: Path) -> None:
    """No text can alter the structure of a file."""
    keep = Hold(text, seconds=5, marks=[Mark(text, fraction=1e-9)])
    exercise = evolve(small()["keep"], name=text, cycle=[keep], targets=[text, text])
    catalog = small(exercises=[exercise], title=text, advice=[Advice("stop", text=text)])
    write_catalog(catalog, tmp_path / "made", format=form)
    assert load_catalog(tmp_path / "made") == catalog


def test_toml_as_a_person_would_write_it(tmp_path: Path) -> None:
    """Amounts and items stand in lines, steps under headlines, defaults nowhere."""
    lift = Step("Lift", seconds=(1.5, 2), marks=[Mark("Out", before_end=1)])
    keep = evolve(small()["keep"], setup=[Step("Stand")], cycle=[lift], targets=["x" * 60] * 2)
    circuit = Circuit([keep.with_dose(reps=(2, 3)), Circuit([keep], rounds=2)], rounds=3, rest=10)
    stop = Advice("stop", text="Stop.")
    routine = Routine("daily", items=[keep, circuit], advice=[stop])
    write_catalog(small(exercises=[keep], routines=[routine], advice=[stop]), tmp_path / "made")
    files = files_in(tmp_path / "made")
    assert files["catalog.toml"].decode() == (
        'format = 1\nname = "small"\ntitle = "Small"\nversion = "1"\nlanguage = "en"\n'
        '\n[[routines]]\nid = "daily"\nitems = [\n    { exercise = "keep" },\n'
        "    { rounds = 3, rest = 10, circuit = [\n"
        '        { exercise = "keep", reps = [2, 3] },\n'
        "        { rounds = 2, circuit = [\n"
        '            { exercise = "keep" },\n'
        "        ] },\n    ] },\n]\n"
        '\n[[advice]]\ntier = "stop"\ntext = "Stop."\n'
    )
    assert files["exercises/keep.toml"].decode() == (
        'id = "keep"\nname = "Keep"\nkind = "stretch"\nposition = "standing"\n'
        f'targets = [\n    "{"x" * 60}",\n    "{"x" * 60}",\n]\n'
        '\n[[setup]]\nstep = "Stand"\n'
        '\n[[cycle]]\nstep = "Lift"\nseconds = [1.5, 2]\nmarks = [\n'
        '    { text = "Out", before_end = 1 },\n]\n'
    )


def test_an_empty_dose_is_written_as_the_exercise(tmp_path: Path) -> None:
    """A prescription that changes nothing is read as the exercise itself."""
    keep = small()["keep"]
    write_catalog(small(routines=[Routine("daily", items=[keep.with_dose()])]), tmp_path / "made")
    assert load_catalog(tmp_path / "made").routines["daily"].items == (keep,)


def test_pictures_are_copied(tmp_path: Path) -> None:
    """Pictures come from the folder that is given."""
    (tmp_path / "from" / "p").mkdir(parents=True)
    (tmp_path / "from" / "p" / "a.svg").write_bytes(b"<svg/>")
    keep = evolve(small()["keep"], pictures=[Picture("p/a.svg", alt="A")])
    catalog = small(exercises=[keep])
    write_catalog(catalog, tmp_path / "made", pictures=tmp_path / "from")
    assert load_catalog(tmp_path / "made") == catalog
    assert (tmp_path / "made" / "p" / "a.svg").read_bytes() == b"<svg/>"
    where = "Catalog.exercises['keep'].pictures[0].path: must"
    assert refusal_of(write_catalog, catalog, tmp_path / "no") == (
        f"{where} lie in the folder of the argument pictures, which is not given (got 'p/a.svg')"
    )
    assert refusal_of(write_catalog, catalog, tmp_path / "no", pictures=tmp_path) == (
        f"{where} be a file (got 'p/a.svg')"
    )


# --- what files cannot say -----------------------------------------------------------


def refused() -> Iterator[tuple[Catalog, str]]:
    """Yield catalogs that files cannot say, and where they are refused."""
    keep = small()["keep"]
    stop = Advice("stop", text="Stop.")
    daily = Routine("daily", items=[keep])
    phrases = evolve(small().phrases, get_ready="Go")
    assert isinstance(phrases, Phrases)
    yield small(languages=["de", "en"]), "Catalog.languages: must be its own alone"
    yield small(phrases=phrases), "Catalog.phrases: must be the library's own"
    yield (
        small(exercises=[evolve(keep, language="de")]),
        "Catalog.exercises['keep'].language: must be 'en'",
    )
    yield (
        small(routines=[evolve(daily, language="de")]),
        "Catalog.routines['daily'].language: must be 'en'",
    )
    yield (
        small(routines=[daily], advice=[stop]),
        "Catalog.routines['daily'].advice: must be all of the catalog's",
    )
    yield (
        small(routines=[evolve(daily, items=[evolve(keep, reps=2)])]),
        "Catalog.routines['daily'].exercises: must be exercises of the catalog",
    )
    yield (
        small(routines=[evolve(daily, items=[evolve(keep, id="other")])]),
        "Catalog.routines['daily'].exercises: must be exercises of the catalog",
    )
    yield small(exercises=[]), "write_catalog.catalog: must be a catalog that can be read again"


@pytest.mark.parametrize(("catalog", "where"), [*refused()])
def test_what_files_cannot_say_is_refused(catalog: Catalog, where: str, tmp_path: Path) -> None:
    """What would be lost is named, and nothing is written."""
    assert refusal_of(write_catalog, catalog, tmp_path / "made").startswith(where)
    assert list(tmp_path.iterdir()) == []


def test_arguments(tmp_path: Path) -> None:
    """A format that there is not, and what is no catalog."""
    assert refusal_of(write_catalog, small(), tmp_path / "made", format="tml") == (
        "write_catalog.format: must be one of toml, json; did you mean 'toml'? (got 'tml')"
    )
    assert refusal_of(write_catalog, "lower-back", tmp_path / "made") == (
        "write_catalog.catalog: must be Catalog (got 'lower-back')"
    )


def test_toml_needs_its_extra(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the extra there is no TOML, and JSON needs none."""
    monkeypatch.setitem(sys.modules, "tomli_w", None)
    with pytest.raises(MissingExtraError, match=r"pip install 'supple\[toml\]'"):
        write_catalog(small(), tmp_path / "made")
    assert list(tmp_path.iterdir()) == []
    write_catalog(small(), tmp_path / "made", format="json")


# --- whole or not at all -------------------------------------------------------------


def test_nothing_that_is_there_is_touched(tmp_path: Path) -> None:
    """An empty folder is filled; any other, and any file, stays as it is."""
    (tmp_path / "empty").mkdir()
    write_catalog(small(), tmp_path / "empty")
    (tmp_path / "file").write_text("x")
    before = files_in(tmp_path)
    for name in ("empty", "file"):
        with pytest.raises(FileExistsError, match="must not be there yet, or be an empty folder"):
            write_catalog(small(title="Other"), tmp_path / name)
    assert files_in(tmp_path) == before
    assert sorted(each.name for each in tmp_path.iterdir()) == ["empty", "file"]


def test_no_such_parent(tmp_path: Path) -> None:
    """The folder that it is to be inside of must be there."""
    with pytest.raises(FileNotFoundError):
        write_catalog(small(), tmp_path / "no" / "made")


@pytest.mark.parametrize("name", ["fsync", "rename"])
def test_a_failing_disk_leaves_no_folder(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """After an error there is neither a part of the folder nor anything beside it."""

    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os if name == "fsync" else Path, name, fail)
    with pytest.raises(OSError, match="No space left"):
        write_catalog(small(), tmp_path / "made")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("error", [OSError(28, "No space left"), KeyboardInterrupt()])
@pytest.mark.parametrize("old", [None, b"old"])
def test_a_failing_disk_leaves_the_old_file(
    error: BaseException, old: bytes | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """After an error the file is what it was, and nothing is beside it."""

    def fail(_: int) -> None:
        raise error

    file = tmp_path / "a.json"
    if old is not None:
        file.write_bytes(old)
    before = files_in(tmp_path)
    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(type(error)):
        replace_file(file, b"new")
    assert files_in(tmp_path) == before


@pytest.mark.skipif(os.name != "posix", reason="modes and links as POSIX has them")
def test_mode_and_link_are_kept(tmp_path: Path) -> None:
    """A replaced file keeps its mode, and a link still leads to it."""
    file, link = tmp_path / "a.json", tmp_path / "b.json"
    file.write_bytes(b"old")
    file.chmod(0o640)
    link.symlink_to(file)
    replace_file(link, b"new")
    assert link.is_symlink()
    assert file.read_bytes() == b"new"
    assert stat.S_IMODE(file.stat().st_mode) == 0o640
    umask = os.umask(0o022)
    os.umask(umask)
    replace_file(tmp_path / "c.json", b"")
    assert stat.S_IMODE((tmp_path / "c.json").stat().st_mode) == 0o666 & ~umask


def test_public_names() -> None:
    """The names that `supple.catalog` offers are there."""
    for name in supple.catalog.__all__:
        assert getattr(supple.catalog, name) is not None
    assert set(supple.catalog.__all__) <= set(dir(supple.catalog))
