"""Where a catalog can lie, and which of its files are read."""

from __future__ import annotations

import os
import sys
import warnings
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zipfile import ZIP_DEFLATED, ZipFile

import pytest

from supple import CatalogError, ModelError, UnknownNameError, load_catalog
from supple.catalog import read_pose
from supple.catalog._finding.folder import LARGEST_DOCUMENT
from tests.catalog.files import (
    CATALOG,
    PICTURE,
    REACH,
    SQUAT,
    contents,
    problems_of,
    whole,
    write_folder,
    write_zip,
)

if TYPE_CHECKING:
    from collections.abc import Callable

NOWHERE = "must be the name of an installed catalog, a folder or a .zip file"
LINK = "must not be a link out of the folder"
NO_FILE = "must be a file inside the catalog's folder"
PLAIN = "must hold nothing but files inside of it, in plain folders"

# --- where it lies


@pytest.mark.parametrize("as_path", [str, Path])
def test_a_folder(tmp_path: Path, as_path: Callable[[Path], Any]) -> None:
    """A folder is read by its path, as text or as an object."""
    assert load_catalog(as_path(write_folder(tmp_path, whole()))).name == "acme"


def test_a_relative_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Text that is no name is a path, and a path object is one even where it looks like a name."""
    write_folder(tmp_path / "acme", whole())
    monkeypatch.chdir(tmp_path)
    assert load_catalog("./acme") == load_catalog(Path("acme"))
    with pytest.raises(UnknownNameError) as caught:
        load_catalog("acme")
    assert caught.value.kind == "catalog"
    assert "lower-back" in caught.value.known


def test_a_path_of_bytes(tmp_path: Path) -> None:
    """A path object may give its path as bytes."""

    class InBytes(os.PathLike[Any]):
        def __fspath__(self) -> Any:
            return os.fsencode(tmp_path)

    write_folder(tmp_path, whole())
    assert load_catalog(InBytes()).name == "acme"


@pytest.mark.parametrize("below", ["", "acme/", "Acme 2.0/"])
@pytest.mark.parametrize("suffix", [".zip", ".ZIP"])
def test_a_zip_file(tmp_path: Path, below: str, suffix: str) -> None:
    """A zip file with a catalog at its top, or in the one folder there, is read like a folder."""
    folder = load_catalog(write_folder(tmp_path / "folder", whole()))
    path = write_zip(tmp_path / f"acme{suffix}", whole(), below=below)
    assert load_catalog(path) == folder
    assert list(load_catalog(path)) == list(folder)


def test_a_zip_file_of_a_mac(tmp_path: Path) -> None:
    """What an operating system adds to a zip file does no harm."""
    files = {f"acme/{name}": data for name, data in whole().items()}
    files |= {"__MACOSX/acme/._catalog.json": b"\0", "acme/exercises/.DS_Store": b"\0"}
    assert load_catalog(write_zip(tmp_path / "acme.zip", files)).name == "acme"


def test_a_zip_file_with_entries_for_folders(tmp_path: Path) -> None:
    """A zip file may have entries for its folders, and may be compressed."""
    path = tmp_path / "acme.zip"
    with ZipFile(path, "w", ZIP_DEFLATED) as archive:
        archive.mkdir("acme")
        archive.mkdir("acme/exercises")
        for name, content in contents(whole()).items():
            archive.writestr(f"acme/{name}", content)
    assert load_catalog(path).name == "acme"


@pytest.mark.parametrize(
    ("path", "hint"),
    [
        ("lower_back", "; did you mean 'lower-back'?"),
        ("./nowhere", ""),
        ("nowhere.zip", ""),
        ("a" * 5000 + "/b", None),
        ("a\0b", None),
    ],
)
def test_nowhere(path: str, hint: str | None) -> None:
    """What is neither a name nor a path is one problem, with the names that come close."""
    with pytest.raises(CatalogError) as caught:
        load_catalog(path)
    [problem] = caught.value.problems
    if hint is not None:
        assert problem.requirement == f"{NOWHERE}{hint}"


@pytest.mark.parametrize("given", ["", 5, None, b"acme", [Path()]])
def test_no_path_at_all(given: Any) -> None:
    """What is neither text nor a path is refused."""
    with pytest.raises(ModelError, match=r"^load_catalog\.name_or_path: must be a name or a path"):
        load_catalog(given)


def test_a_file_is_no_catalog(tmp_path: Path) -> None:
    """A file that is no zip file by its name is no catalog."""
    path = write_folder(tmp_path, whole()) / "catalog.json"
    assert problems_of(path) == [f"{path}: {NOWHERE}"]


# --- which files there must be


def without(*names: str) -> dict[str, Any]:
    """Return the files of the catalog but for some."""
    return {name: data for name, data in whole().items() if name not in names}


FILES: dict[str, tuple[dict[str, Any], list[str]]] = {
    "nothing": ({}, ["catalog.toml: must be a file", "exercises: must be a folder"]),
    "no document": (without("catalog.json"), ["catalog.toml: must be a file"]),
    "two documents": (
        whole() | {"catalog.toml": ""},
        [
            "catalog.json: must not stand beside catalog.toml: keep one of the two",
            "catalog.toml: must not be empty",
        ],
    ),
    "no exercises": (
        without("exercises/a-reach.json", "exercises/b-squat.json"),
        ["exercises: must be a folder"],
    ),
    "nothing but hidden exercises": (
        without("exercises/a-reach.json", "exercises/b-squat.json")
        | {"exercises/.DS_Store": b"", "exercises/.a.toml.swp": b""},
        ["exercises: must hold from 1 to 1000 files, one for each exercise (got 0)"],
    ),
    "exercises in a file": (
        without("exercises/a-reach.json", "exercises/b-squat.json") | {"exercises": b""},
        ["exercises: must be a folder"],
    ),
    "other files among the exercises": (
        whole() | {"exercises/README.md": "", "exercises/c-squat.JSON": "", "exercises/d/a": ""},
        [
            f"exercises/{name}: must be a .toml or .json file, for only exercises belong here"
            for name in ("README.md", "c-squat.JSON", "d")
        ],
    ),
    "a folder among the exercises": (
        whole() | {"exercises/c.toml/a.toml": ""},
        ["exercises/c.toml: must be a file"],
    ),
    "two documents of an exercise": (
        whole() | {"exercises/a-reach.toml": ""},
        [
            (
                "exercises/a-reach.toml: must not stand beside exercises/a-reach.json: "
                "keep one of the two"
            )
        ],
    ),
    "two exercises of one id": (
        whole() | {"exercises/c-squat.json": SQUAT | {"name": "Other"}},
        [
            (
                "exercises/c-squat.json: id: must not be the id of another exercise, "
                "that of exercises/b-squat.json (got 'squat')"
            )
        ],
    ),
    "two wrong exercises of one id": (
        whole()
        | {"exercises/a-reach.json": {"id": "squat"}, "exercises/b-squat.json": SQUAT | {"x": 1}},
        [
            (
                "catalog.json: routines[0].items[0].exercise: must be the id of an exercise "
                "of this catalog; known are 'squat' (got 'reach')"
            ),
            (
                "catalog.json: routines[0].items[3].exercise: must be the id of an exercise "
                "of this catalog; known are 'squat' (got 'reach')"
            ),
            "exercises/a-reach.json: name: must be given",
            "exercises/a-reach.json: kind: must be given",
            "exercises/a-reach.json: position: must be given",
            "exercises/a-reach.json: cycle: must be given",
            "exercises/b-squat.json: x: must be a known key; known are 'id', ",
            (
                "exercises/b-squat.json: id: must not be the id of another exercise, "
                "that of exercises/a-reach.json (got 'squat')"
            ),
        ],
    ),
    "no picture": (
        without(PICTURE),
        [f"exercises/a-reach.json: pictures[0].path: {NO_FILE} (got 'pictures/reach.svg')"],
    ),
    "many exercises": (
        whole() | {f"exercises/c-{i}.toml": b"" for i in range(999)},
        ["exercises: must hold from 1 to 1000 files, one for each exercise (got 1001)"],
    ),
    "very many exercises": (
        {"catalog.json": CATALOG} | {f"exercises/c-{i}.toml": b"" for i in range(10_001)},
        ["exercises: must hold at most 10000 files"],
    ),
    "a file name that garbles": (
        whole() | {"exercises/\x1b[31m.txt": b""},
        [
            (
                r"exercises/\x1b[31m.txt: "
                "must be a .toml or .json file, for only exercises belong here"
            )
        ],
    ),
}


@pytest.mark.parametrize("what", FILES)
def test_files_of_a_folder(tmp_path: Path, what: str) -> None:
    """Files that are missing, in the way or too many are told."""
    files, messages = FILES[what]
    found = problems_of(write_folder(tmp_path, files))
    assert [
        problem[: len(told)] for problem, told in zip(found, messages, strict=True)
    ] == messages


@pytest.mark.parametrize("what", [what for what in FILES if what != "very many exercises"])
def test_files_of_a_zip_file(tmp_path: Path, what: str) -> None:
    """The same files in a zip file have the same problems."""
    files, _ = FILES[what]
    folder = write_folder(tmp_path / "folder", files)
    assert problems_of(write_zip(tmp_path / "acme.zip", files)) == problems_of(folder)


def test_other_files_are_left_alone(tmp_path: Path) -> None:
    """A catalog's folder may hold whatever else its author keeps there."""
    others = {"README.md": b"\xff", "LICENSE": b"", "translations/de.toml": b"=", "a.toml": b"="}
    assert load_catalog(write_folder(tmp_path, whole() | others)).name == "acme"


def test_exercises_are_ordered_by_file_name(tmp_path: Path) -> None:
    """The order of the exercises is that of their file names, whatever their ids."""
    files = whole()
    files["exercises/c-reach.json"] = files.pop("exercises/a-reach.json")
    assert list(load_catalog(write_folder(tmp_path, files))) == ["squat", "reach"]


def test_toml_and_json_read_alike(tmp_path: Path) -> None:
    """The same words in TOML and in JSON make the same catalog."""
    toml = """
        id = "squat"
        name = "Squat"
        kind = "strengthening"
        position = "standing"
        cycle = [{ step = "Down" }, { step = "And up" }]
    """
    files = without("exercises/b-squat.json") | {"exercises/b-squat.toml": toml}
    in_toml = load_catalog(write_folder(tmp_path / "toml", files))
    assert in_toml == load_catalog(write_folder(tmp_path / "json", whole()))


@pytest.mark.parametrize("date", ["2020-01-01", "2020-01-01T10:00:00Z", "10:00:00"])
def test_dates_are_neither_text_nor_numbers(tmp_path: Path, date: str) -> None:
    """A date of TOML is no text and no number."""
    files = without("exercises/b-squat.json")
    files["exercises/b-squat.toml"] = f'id = "squat"\nname = {date}\nreps = {date}'
    problems = problems_of(write_folder(tmp_path, files))
    assert any(each.startswith("exercises/b-squat.toml: name: must be text") for each in problems)
    assert any(each.startswith("exercises/b-squat.toml: reps: must be a who") for each in problems)


# --- what is no plain folder

needs_links = pytest.mark.skipif(sys.platform == "win32", reason="links need a privilege there")


@needs_links
@pytest.mark.parametrize(
    ("linked", "messages"),
    [
        ("catalog.json", ["catalog.toml: must be a file"]),
        ("exercises/b-squat.json", [f"exercises/b-squat.json: {LINK}"]),
        ("exercises", [f"exercises: {LINK}"]),
        (
            "pictures",
            [f"exercises/a-reach.json: pictures[0].path: {NO_FILE} (got 'pictures/reach.svg')"],
        ),
        (
            PICTURE,
            [f"exercises/a-reach.json: pictures[0].path: {NO_FILE} (got 'pictures/reach.svg')"],
        ),
    ],
)
def test_links_out_of_the_folder(tmp_path: Path, linked: str, messages: list[str]) -> None:
    """A link out of the folder is not followed."""
    folder = write_folder(tmp_path / "acme", whole())
    outside = tmp_path / "outside"
    (folder / linked).rename(outside)
    (folder / linked).symlink_to(outside)
    assert problems_of(folder) == messages


@needs_links
def test_a_linked_document(tmp_path: Path) -> None:
    """A document in TOML that is a link out of the folder says so."""
    folder = write_folder(tmp_path / "acme", without("catalog.json"))
    (tmp_path / "secret.toml").write_text("secret = 1")
    (folder / "catalog.toml").symlink_to(tmp_path / "secret.toml")
    assert problems_of(folder) == [f"catalog.toml: {LINK}"]


@needs_links
def test_links_inside_the_folder(tmp_path: Path) -> None:
    """A link from one place in the folder to another is followed, and the folder may be one."""
    folder = write_folder(tmp_path / "acme", whole())
    (folder / PICTURE).rename(folder / "reach.svg")
    (folder / PICTURE).symlink_to(folder / "reach.svg")
    (tmp_path / "link").symlink_to(folder)
    assert load_catalog(tmp_path / "link") == load_catalog(folder)


@needs_links
@pytest.mark.skipif(not Path("/proc/kallsyms").exists(), reason="a file of the Linux kernel")
def test_a_file_that_does_not_say_how_large_it_is(tmp_path: Path) -> None:
    """A file that is larger than it says is read no further than any other."""
    (tmp_path / "pose.toml").symlink_to("/proc/kallsyms")
    with pytest.raises(CatalogError, match=f"must be at most {LARGEST_DOCUMENT} bytes"):
        read_pose(tmp_path / "pose.toml")


@needs_links
def test_links_in_a_circle(tmp_path: Path) -> None:
    """Links without an end are a problem of the file."""
    folder = write_folder(tmp_path, without(PICTURE, "exercises/b-squat.json"))
    for name in (PICTURE, "exercises/b-squat.json"):
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).symlink_to(folder / name)
    squat, picture = problems_of(folder)[::-1]
    assert squat.startswith("exercises/b-squat.json: must be ")
    assert picture.startswith("exercises/a-reach.json: pictures[0].path: ")


@pytest.mark.skipif(sys.platform == "win32", reason="there are no named pipes there")
def test_a_pipe_is_no_file(tmp_path: Path) -> None:
    """A named pipe, which would never end, is not opened."""
    folder = write_folder(tmp_path, without("catalog.json"))
    os.mkfifo(folder / "catalog.toml")
    assert problems_of(folder) == ["catalog.toml: must be a file"]


def test_a_folder_that_cannot_be_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What the system refuses to read is a problem, with the system's reason."""
    folder = write_folder(tmp_path, whole())

    def refuse(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(os, "scandir", refuse)
    assert problems_of(folder) == [
        (
            "exercises: must be readable, but reading it raised "
            "PermissionError(13, 'Permission denied')"
        )
    ]
    monkeypatch.setattr(Path, "is_dir", refuse)
    with pytest.raises(CatalogError) as caught:
        load_catalog(folder)
    assert isinstance(caught.value.__cause__, PermissionError)


# --- what is no plain zip file


@pytest.mark.parametrize(
    "name",
    [
        "../catalog.toml",
        "/etc/passwd",
        "//",
        "a//b",
        "./a",
        "a/../b",
        "a\\b",
        "..",
        "a/" * 17 + "b",
        "a" * 501,
    ],
)
def test_names_that_a_zip_file_must_not_have(tmp_path: Path, name: str) -> None:
    """A zip file whose names are not plain is refused before anything of it is read."""
    path = write_zip(tmp_path / "acme.zip", whole() | {name: b""})
    [problem] = problems_of(path)
    assert problem.startswith(f"{path}: {PLAIN} (got ")


def test_a_file_twice_in_a_zip_file(tmp_path: Path) -> None:
    """A zip file that holds a file twice is refused, for programs differ on which one counts."""
    path = write_zip(tmp_path / "acme.zip", whole())
    with ZipFile(path, "a") as archive, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        archive.writestr("catalog.json", b"{}")
    assert problems_of(path) == [f"{path}: must not hold a file twice (got 'catalog.json')"]


def test_very_many_files_in_a_zip_file(tmp_path: Path) -> None:
    """A zip file of very many files is refused."""
    path = write_zip(tmp_path / "acme.zip", {str(i): b"" for i in range(10_001)})
    assert problems_of(path) == [f"{path}: must hold at most 10000 files"]


def test_an_empty_zip_file(tmp_path: Path) -> None:
    """A zip file without files is a folder without files."""
    assert problems_of(write_zip(tmp_path / "acme.zip", {})) == FILES["nothing"][1]


def test_two_catalogs_in_a_zip_file(tmp_path: Path) -> None:
    """A zip file with two catalogs is none."""
    files = {f"{top}/catalog.json": CATALOG for top in "ab"}
    path = write_zip(tmp_path / "acme.zip", files)
    assert problems_of(path) == FILES["nothing"][1]


def test_a_zip_bomb(tmp_path: Path) -> None:
    """Of a file that grows without end when it is unpacked only the beginning is unpacked."""
    path = tmp_path / "acme.zip"
    with ZipFile(path, "w", ZIP_DEFLATED) as archive:
        with archive.open("catalog.toml", "w", force_zip64=True) as bomb:
            for _ in range(100):
                bomb.write(b" " * 2**20)
        archive.writestr("exercises/a.json", "{}")
    assert path.stat().st_size < 2**20
    assert problems_of(path)[0] == "catalog.toml: must be at most 1048576 bytes long"


@pytest.mark.parametrize("content", [b"", b"PK", b"PK\x05\x06" + b"\xff" * 18, b"\0" * 1000])
def test_what_is_no_zip_file(tmp_path: Path, content: bytes) -> None:
    """A file that is a zip file by its name only is one problem."""
    path = tmp_path / "acme.zip"
    path.write_bytes(content)
    [problem] = problems_of(path)
    assert problem.startswith(f"{path}: must be readable, but reading it raised ")


def test_a_damaged_file_in_a_zip_file(tmp_path: Path) -> None:
    """A file that cannot be unpacked is a problem of that file."""
    path = write_zip(tmp_path / "acme.zip", whole())
    path.write_bytes(path.read_bytes().replace(b'"Squat"', b'"Squot"'))
    assert problems_of(path) == [
        (
            "exercises/b-squat.json: must be readable, but reading it raised "
            """BadZipFile("Bad CRC-32 for file 'exercises/b-squat.json'")"""
        )
    ]


def test_reading_leaves_nothing_open(tmp_path: Path) -> None:
    """A zip file is closed again, whether it was read or refused."""
    good = write_zip(tmp_path / "good.zip", whole())
    bad = write_zip(tmp_path / "bad.zip", {"exercises/a.json": REACH})
    with warnings.catch_warnings():
        warnings.simplefilter("error", ResourceWarning)
        load_catalog(good)
        problems_of(bad)
    good.unlink()
    bad.unlink()
