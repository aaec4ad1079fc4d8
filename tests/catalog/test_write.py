"""Writing catalogs: what is read again is equal, the bytes are the same, and nothing is half."""

from __future__ import annotations

import json
import os
import tomllib
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

import pytest
from attrs import evolve
from hypothesis import given

import supple.catalog
from supple import (
    Advice,
    Catalog,
    Circuit,
    Exercise,
    Hold,
    Link,
    Mark,
    Picture,
    Prescription,
    Routine,
    RoutineItem,
    Step,
    load_catalog,
)
from supple.catalog import Translation, write_catalog
from supple.catalog._languages.reword import translated
from supple.catalog._languages.translations import lookup
from supple.testing import strategies as public
from tests.laws import share
from tests.refusals import refusal_of

if TYPE_CHECKING:
    from collections.abc import Iterator

FORMATS = ["toml", "json"]
READABLE = "write_catalog.catalog: must be a catalog that can be read again"

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
]


def as_in_files(catalog: Catalog) -> Catalog:
    """Return a catalog that says nothing that its files could not."""
    exercises = {
        id: evolve(each, language=catalog.language, pictures=())
        for id, each in catalog.exercises.items()
    }

    def item(value: RoutineItem) -> RoutineItem:
        match value:
            case Circuit() as circuit:
                return evolve(circuit, items=[item(each) for each in circuit.items])
            case Prescription() as prescription:
                return evolve(prescription, exercise=exercises[prescription.exercise.id])
            case Exercise() as exercise:
                return exercises[exercise.id]
            case rest:
                return rest

    routines = [
        evolve(routine, items=[item(each) for each in routine.items], language=catalog.language)
        for routine in catalog.routines.values()
    ]
    return evolve(
        catalog,
        exercises=exercises.values(),
        routines=routines,
        advice=[each for tier in catalog.advice.values() for each in tier],
        translations=catalog.translations.values(),
    )


def in_language(catalog: Catalog, language: str) -> Catalog:
    """Return a catalog as it is to be loaded in a language."""
    said = {tag.lower(): each for tag, each in catalog.translations.items()}
    tags = lookup(language, catalog.language)
    if not any(tag in said for tag in tags):
        tags = [catalog.language.lower()]
    found = [said[tag] for tag in tags if tag in said]
    return translated(catalog, found) if found else evolve(catalog, translations=[])


def files_in(folder: Path) -> dict[str, bytes]:
    """Return what every file below a folder holds."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def small(**changes: Any) -> Catalog:
    """Return a catalog of one exercise."""
    keep = Exercise(
        "keep", name="Keep", kind="stretch", position="standing", cycle=[Hold("Keep", seconds=5)]
    )
    given = {"title": "Small", "version": "1", "language": "en", "exercises": [keep]} | changes
    return Catalog("small", **given)


# --- the same again ------------------------------------------------------------------


@pytest.mark.parametrize("form", FORMATS)
@share(0.25)  # each of them writes, and waits for the disk
@given(catalog=public.catalogs().map(as_in_files), language=public.languages())
def test_round_trip(form: str, catalog: Catalog, language: str) -> None:
    """Reading what was written gives an equal catalog; writing it again gives equal bytes."""
    with TemporaryDirectory() as folder:
        one, two, three = (Path(folder, name) for name in ("one", "two", "three"))
        write_catalog(catalog, one, format=form)
        again = load_catalog(one)
        assert again == catalog
        assert (again.languages, again.phrases) == (catalog.languages, catalog.phrases)
        write_catalog(again, two, format=form)
        assert files_in(one) == files_in(two)
        spoken = load_catalog(one, language=language)
        assert spoken == in_language(catalog, language)
        write_catalog(spoken, three, format=form)
        assert load_catalog(three) == load_catalog(three, language=language) == spoken
        assert sorted(each.name for each in Path(folder).iterdir()) == ["one", "three", "two"]


@pytest.mark.parametrize("form", FORMATS)
def test_the_bundled_catalog(form: str, tmp_path: Path) -> None:
    """The bundled catalog comes back as it is, and other parsers read its files."""
    back = load_catalog("lower-back")
    write_catalog(back, tmp_path / "back", format=form)
    assert load_catalog(tmp_path / "back") == back
    for language in ("de", "en", "es"):
        spoken = load_catalog("lower-back", language=language)
        assert load_catalog(tmp_path / "back", language=language) == spoken
    parse = {"toml": tomllib.loads, "json": json.loads}[form]
    files = files_in(tmp_path / "back")
    assert len(files) == 9 + len(back.poses)
    read = {name: parse(content.decode()) for name, content in files.items()}
    assert read[f"exercises/bridge.{form}"]["reps"] == [8, 10]
    texts = read[f"translations/de.{form}"]["texts"]
    assert next(iter(texts)) == "Lower back"
    assert texts["Bridge"] == "Brücke"


def test_a_catalog_in_a_language_is_written_in_it_alone(tmp_path: Path) -> None:
    """What was loaded in German is a German catalog, with its phrases and no translations."""
    swiss = Translation("de-CH", phrases={"rest": "Pausieren"})
    german = Translation("de", texts={"Keep": "Halten"}, phrases={"set": "Durchgang"})
    french = Translation("fr", texts={"Keep": "Tenir"})
    whole = small(translations=[french, german, swiss])
    write_catalog(whole, tmp_path / "whole", format="json")
    spoken = load_catalog(tmp_path / "whole", language="de-CH")
    write_catalog(spoken, tmp_path / "spoken", format="json")
    files = files_in(tmp_path / "spoken")
    assert [*files] == ["catalog.json", "exercises/keep.json", "translations/de-CH.json"]
    assert json.loads(files["translations/de-CH.json"]) == {
        "format": 1,
        "language": "de-CH",
        "phrases": {"rest": "Pausieren", "set": "Durchgang"},
    }
    again = load_catalog(tmp_path / "spoken")
    assert again == spoken
    assert (again["keep"].name, again.languages) == ("Halten", ("de-CH",))
    assert (again.phrases.rest, again.phrases.set) == ("Pausieren", "Durchgang")


def test_a_translation_as_a_person_would_write_it(tmp_path: Path) -> None:
    """Texts stand in the order of the catalog, what it has not at the end, then the phrases."""
    texts = {"Z": "z", 'A "b"\n': "a", "Keep": "Halten", "Small": "Klein"}
    german = Translation("de", texts=texts, phrases={"set": "Satz", "rest": "Ruhe"})
    own = Translation("en", phrases={"left": "port"})
    one, two = tmp_path / "one", tmp_path / "two"
    write_catalog(small(translations=[german, own]), one)
    other = evolve(german, texts=dict(reversed(texts.items())))
    write_catalog(small(translations=[own, other]), two)
    files = files_in(one)
    assert files == files_in(two)
    assert files["translations/de.toml"].decode() == (
        'format = 1\nlanguage = "de"\n'
        '\n[texts]\nSmall = "Klein"\nKeep = "Halten"\n"A \\"b\\"\\n" = "a"\nZ = "z"\n'
        '\n[phrases]\nrest = "Ruhe"\nset = "Satz"\n'
    )
    assert files["translations/en.toml"].decode() == (
        'format = 1\nlanguage = "en"\n\n[phrases]\nleft = "port"\n'
    )


@pytest.mark.parametrize("form", FORMATS)
def test_routines_may_have_advice_of_their_own(form: str, tmp_path: Path) -> None:
    """What a routine advises is written where it is not what the catalog does."""
    keep, stop, mild = (
        small()["keep"],
        Advice("stop", text="Stop."),
        Advice("general", text="Mild."),
    )
    routines = [
        Routine("all", items=[keep], advice=[mild, stop]),
        Routine("none", items=[keep], advice=()),
        Routine("own", items=[keep], advice=[stop, Advice("stop", text="Own.", source="Me")]),
    ]
    catalog = small(routines=routines, advice=[stop, mild])
    write_catalog(catalog, tmp_path / "made", format=form)
    assert load_catalog(tmp_path / "made") == catalog
    content = (tmp_path / "made" / f"catalog.{form}").read_text(encoding="utf-8")
    parse = {"toml": tomllib.loads, "json": json.loads}[form]
    assert [each.get("advice") for each in parse(content)["routines"]] == [
        None,
        [],
        [{"tier": "stop", "text": "Stop."}, {"tier": "stop", "text": "Own.", "source": "Me"}],
    ]


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("text", HOSTILE)
def test_text_stays_text(form: str, text: str, tmp_path: Path) -> None:
    """No text can alter the structure of a file."""
    keep = Hold(text, seconds=5, marks=[Mark(text, fraction=1e-9)])
    exercise = evolve(small()["keep"], name=text, cycle=[keep], targets=[text, text])
    catalog = small(
        exercises=[exercise],
        title=text,
        advice=[Advice("stop", text=text)],
        translations=[Translation("de", texts={text: text}, phrases={"rest": text})],
    )
    write_catalog(catalog, tmp_path / "made", format=form)
    assert load_catalog(tmp_path / "made") == catalog


def test_toml_as_a_person_would_write_it(tmp_path: Path) -> None:
    """Amounts and items stand in lines, steps under headlines, links last, defaults nowhere."""
    lift = Step("Lift", seconds=(1.5, 2), marks=[Mark("Out", before_end=1)])
    keep = evolve(
        small()["keep"],
        setup=[Step("Stand")],
        cycle=[lift],
        targets=["x" * 60] * 2,
        links=[Link("A film", url="https://example.org")],
    )
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
        '\n[[links]]\ntitle = "A film"\nurl = "https://example.org"\n'
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
    daily = Routine("daily", items=[keep])
    yield (
        small(exercises=[evolve(keep, language="de")]),
        "Catalog.exercises['keep'].language: must be 'en'",
    )
    yield (
        small(routines=[evolve(daily, language="de")]),
        "Catalog.routines['daily'].language: must be 'en'",
    )
    yield (
        small(routines=[evolve(daily, items=[evolve(keep, reps=2)])]),
        "Catalog.routines['daily'].exercises: must be exercises of the catalog",
    )
    yield (
        small(routines=[evolve(daily, items=[evolve(keep, id="other")])]),
        "Catalog.routines['daily'].exercises: must be exercises of the catalog",
    )
    yield (
        small(exercises=[]),
        f"{READABLE}, but exercises: must be a folder (got 'small')",
    )
    texts = {f"{'x' * 900}{i}": "y" * 900 for i in range(600)}
    yield (
        small(translations=[Translation("de", texts=texts)]),
        f"{READABLE}, but translations/de.json: must be at most 1048576 bytes long (got 'small')",
    )


@pytest.mark.parametrize(("catalog", "where"), [*refused()])
def test_what_files_cannot_say_is_refused(catalog: Catalog, where: str, tmp_path: Path) -> None:
    """What would be lost is named, and nothing is written."""
    refusal = refusal_of(write_catalog, catalog, tmp_path / "made", format="json")
    assert refusal.startswith(where)
    assert list(tmp_path.iterdir()) == []


def test_arguments(tmp_path: Path) -> None:
    """A format that there is not, and what is no catalog."""
    assert refusal_of(write_catalog, small(), tmp_path / "made", format="tml") == (
        "write_catalog.format: must be one of toml, json; did you mean 'toml'? (got 'tml')"
    )
    assert refusal_of(write_catalog, "lower-back", tmp_path / "made") == (
        "write_catalog.catalog: must be Catalog (got 'lower-back')"
    )


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


def test_a_failing_translation_leaves_the_old_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """After an error in the middle the folders that were there are as they were."""
    write_catalog(small(), tmp_path / "old")
    (tmp_path / "empty").mkdir()
    before = files_in(tmp_path)
    replace = Path.replace

    def fail(self: Path, target: Path) -> Path:
        if target.name == "de.toml":
            raise OSError(28, "No space left on device")
        return replace(self, target)

    monkeypatch.setattr(Path, "replace", fail)
    spoken = small(translations=[Translation("de", texts={"Keep": "Halten"})])
    for name in ("empty", "new"):
        with pytest.raises(OSError, match="No space left"):
            write_catalog(spoken, tmp_path / name)
    assert files_in(tmp_path) == before
    assert sorted(each.name for each in tmp_path.iterdir()) == ["empty", "old"]


def test_public_names() -> None:
    """The names that `supple.catalog` offers are there."""
    for name in supple.catalog.__all__:
        assert getattr(supple.catalog, name) is not None
    assert set(supple.catalog.__all__) <= set(dir(supple.catalog))
