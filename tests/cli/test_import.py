"""``supple import``: the records of free-exercise-db as a catalog."""

import json
import tracemalloc
from functools import partial
from pathlib import Path

import pytest

from supple import load_catalog
from supple.catalog import new_catalog, spreadsheet
from supple.cli import main

RECORDS: list[dict[str, object]] = [
    {
        "id": "Belt_Pull",
        "name": "Belt Pull",
        "level": "beginner",
        "equipment": None,
        "primaryMuscles": ["hamstrings"],
        "secondaryMuscles": [],
        "instructions": ["Lie on your back.", "Pull. Hold for 10-20 seconds."],
        "category": "stretching",
    },
    {"id": "Long_Run", "name": "Long Run", "category": "cardio", "instructions": ["Run."]},
]


@pytest.fixture
def records(tmp_path: Path) -> str:
    """Return the path of a file with one record that can be used and one that cannot."""
    path = tmp_path / "records.json"
    path.write_text(json.dumps(RECORDS))
    return str(path)


def test_import(records: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The catalog is written, and the account says how it came about."""
    folder = tmp_path / "stretches"
    assert main(["import", records, "--name", "my-stretches", "--to", str(folder)]) == 0
    out, err = capsys.readouterr()
    assert err == ""
    assert out.startswith("my-stretches: 1 of 2 records used\nrefused:\n  1 x category")
    assert out.endswith(f"\nwritten to {folder}\n")
    catalog = load_catalog(folder)
    assert (catalog.name, [*catalog]) == ("my-stretches", ["belt-pull"])


def test_json(records: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Every single value that was filled in, refused or left out is a line of JSON."""
    assert main(["import", records, "--to", str(tmp_path / "new"), "--json"]) == 0
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert {line["what"] for line in lines} == {"filled", "refused", "left-out"}
    assert {"what": "filled", "field": "sets", "value": "1"} in lines
    [refused] = [line for line in lines if line["what"] == "refused"]
    assert (refused["record"], refused["path"], refused["got"]) == (
        "Long_Run",
        "category",
        "'cardio'",
    )
    assert {"what": "left-out", "field": "level", "records": 1} in lines


def test_json_is_json(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What JSON has no word for, though Python writes it, is shown as text."""
    path = tmp_path / "records.json"
    path.write_text(json.dumps([*RECORDS, {**RECORDS[0], "id": "x", "name": float("nan")}]))
    assert main(["import", str(path), "--to", str(tmp_path / "new"), "--json"]) == 0
    written = capsys.readouterr().out
    assert [
        line["got"]
        for line in map(partial(json.loads, parse_constant=pytest.fail), written.splitlines())
        if line["what"] == "refused"
    ] == ["'cardio'", "nan"]


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="there is no endless file")
@pytest.mark.parametrize("kind", ["json", "csv", "xlsx"])
def test_a_file_without_an_end(
    kind: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A file is read no further than records or a spreadsheet may be long."""
    file, folder = tmp_path / f"endless.{kind}", tmp_path / "new"
    file.symlink_to("/dev/zero")
    if kind != "json":
        folder = new_catalog("neck-care", tmp_path)
    tracemalloc.start()
    try:
        assert main(["import", str(file), "--to", str(folder)]) == 1
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert ": must be at most 4194304 bytes long" in capsys.readouterr().err
    assert peak < 8 * spreadsheet.LARGEST


def test_file_that_cannot_be_read(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A file that is not there is wrong use; one that holds no records cannot be imported."""
    words = ["--to", str(tmp_path / "new")]
    missing = str(tmp_path / "missing.json")
    assert main(["import", missing, *words]) == 2
    err = capsys.readouterr().err
    assert (
        err == f"supple: {missing}: must be a file that can be read: No such file or directory\n"
    )
    (tmp_path / "records.json").write_text("{}")
    assert main(["import", str(tmp_path / "records.json"), *words]) == 1
    assert "the records: must be a list of records" in capsys.readouterr().err
    assert not (tmp_path / "new").exists()


def test_name_that_is_none(
    records: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A name that no catalog can have is wrong use."""
    assert main(["import", records, "--name", "My Name", "--to", str(tmp_path / "new")]) == 2
    assert capsys.readouterr().err.startswith("supple: --name: must be words of a-z and 0-9 ")


def test_folder_that_is_there(
    records: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Nothing that is there already is written over."""
    assert main(["import", records, "--to", str(tmp_path)]) == 1
    out, err = capsys.readouterr()
    assert (out, err.startswith(f"supple: {tmp_path}: cannot be written: ")) == ("", True)
    assert [each.name for each in tmp_path.iterdir()] == ["records.json"]


def test_folder_must_be_given(records: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Where to write is never guessed."""
    assert main(["import", records]) == 2
    assert capsys.readouterr().err == (
        "supple: --to: must be given for records (see 'supple import --help')\n"
    )


def test_a_file_of_another_kind(capsys: pytest.CaptureFixture[str]) -> None:
    """What is neither a spreadsheet nor records is said to be neither."""
    assert main(["import", "notes.docx"]) == 2
    assert capsys.readouterr().err == (
        "supple: FILE: must be a spreadsheet, .csv or .xlsx, or a .json file with records "
        "(got 'notes.docx')\n"
    )
