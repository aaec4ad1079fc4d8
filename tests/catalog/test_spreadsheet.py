"""Exercises out of spreadsheets: what a row becomes, and which cell a refusal names."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
import sys
import zipfile
from typing import TYPE_CHECKING, Any

import pytest

import supple
from supple import Hold, MissingExtraError, Range, Step
from supple.catalog import check, new_catalog, spreadsheet
from supple.cli import main
from tests.needs import needs_module

if TYPE_CHECKING:
    from pathlib import Path

FULL = {
    "name": "Über-Kopf reach",
    "kind": "stretch",
    "position": "standing",
    "sides": "each",
    "setup": "Stand tall\nFeet apart",
    "steps": "Reach up with your {side} hand",
    "keep": "Breathe calmly",
    "hold": "2,5 – 10",
    "then": "Lower it",
    "finish": "Shake your arms",
    "reps": "8 to 10",
    "sets": "2",
    "rest": "15",
    "purpose": "Opens the side.",
    "targets": "shoulders, left toe",
    "equipment": "wall",
    "cautions": "Go slowly.\nMind the ceiling.",
    "contraindications": "Not after an operation.",
    "source": "A book",
    "says": "So it is.",
    "url": "https://example.org/a",
}


def as_csv(*rows: dict[str, str], delimiter: str = ",", encoding: str = "utf-8-sig") -> bytes:
    """Return a CSV file of some rows, as a spreadsheet program writes it."""
    text = io.StringIO()
    names = list(dict.fromkeys(name for row in rows for name in row))
    writer = csv.DictWriter(text, names, delimiter=delimiter)
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode(encoding)


def refusals(content: bytes, file: str = "mine.csv") -> list[str]:
    """Return what is wrong with a spreadsheet."""
    with pytest.raises(supple.CatalogError) as info:
        spreadsheet.read(file, content)
    return [str(each).removeprefix(f"{file}: ") for each in info.value.problems]


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_a_row_is_an_exercise(delimiter: str) -> None:
    """Every column has its place in the exercise, whatever divides the cells."""
    [made] = spreadsheet.read("a.csv", as_csv(FULL, delimiter=delimiter), language="de")
    assert (made.id, made.name, made.language) == ("uber-kopf-reach", "Über-Kopf reach", "de")
    assert (made.kind, made.position, made.sides) == ("stretch", "standing", "each")
    assert made.setup == (Step("Stand tall"), Step("Feet apart"))
    assert made.cycle == (
        Step("Reach up with your {side} hand"),
        Hold("Breathe calmly", seconds=(2.5, 10)),
        Step("Lower it"),
    )
    assert made.finish == (Step("Shake your arms"),)
    assert (made.reps, made.sets, made.rest) == (Range(8, 10), Range(2), Range(15))
    assert (made.targets, made.equipment) == (("shoulders", "left toe"), ("wall",))
    assert made.cautions == ("Go slowly.", "Mind the ceiling.")
    assert made.contraindications == ("Not after an operation.",)
    [source] = made.sources
    assert (source.title, source.gives) == ("A book", ("reps", "sets", "hold", "rest"))
    assert (source.says, source.url, source.is_default) == (
        "So it is.",
        "https://example.org/a",
        False,
    )


def test_the_template_is_an_exercise() -> None:
    """What a new spreadsheet holds can be read as it stands; its notes are left out."""
    [made] = spreadsheet.read("exercises.csv", spreadsheet.template())
    assert (made.id, made.reps) == ("side-bend", Range(2, 3))
    assert made.sources[0].is_default


def test_units_and_closed_words_are_understood() -> None:
    """Seconds with their unit, times with theirs, and areas in two words are what they say."""
    row = FULL | {"hold": "10-15 sec", "rest": "30 s", "reps": "8 x", "targets": "Upper back, toe"}
    [made] = spreadsheet.read("mine.csv", as_csv(row))
    assert (made.rest, made.reps) == (Range(30), Range(8))
    assert made.targets == (supple.BodyArea.UPPER_BACK, "toe")


AMOUNTS = [
    ("10 min", "2", Range(600), Range(2)),
    ("1:30", "8 reps", Range(90), Range(8)),
    ("½", "x 8", Range(0.5), Range(8)),
    ("1-2 minutes", "8-10 reps", Range(60, 120), Range(8, 10)),
    ("0.125 to 2,5", "1 set", Range(0.125, 2.5), Range(1)),
]


@pytest.mark.parametrize(("hold", "reps", "seconds", "times"), AMOUNTS)
def test_amounts_are_written_as_people_write_them(
    hold: str, reps: str, seconds: Range, times: Range
) -> None:
    """A time may have minutes, and a number the word for what it counts."""
    [made] = spreadsheet.read("a.csv", as_csv(FULL | {"hold": hold, "reps": reps}))
    assert (made.cycle[1], made.reps) == (Hold("Breathe calmly", seconds=seconds), times)


def test_closed_words_may_be_written_large() -> None:
    """Small and large letters make no other word, nor does a blank instead of a hyphen."""
    row = {"kind": "Nerve glide", "position": "Lying on back", "sides": "Each"}
    [made] = spreadsheet.read("a.csv", as_csv(FULL | row))
    assert (made.kind, made.position, made.sides) == ("nerve-glide", "lying-on-back", "each")


def test_a_row_that_begins_with_a_number_sign_and_no_blank() -> None:
    """Only a mark that stands alone makes a note of a row."""
    [made] = spreadsheet.read("a.csv", as_csv({"name": "## Notes"}, FULL | {"name": "#2 Bend"}))
    assert (made.id, made.name) == ("2-bend", "#2 Bend")


@pytest.mark.parametrize("line", [b"sep=;\r\n", b'"sep=;"\n'])
def test_a_line_that_names_the_separator(line: bytes) -> None:
    """The line that Excel reads for itself is no row."""
    content = b"\xef\xbb\xbf" + line + as_csv(FULL, delimiter=";", encoding="utf-8")
    assert spreadsheet.read("a.csv", content) == spreadsheet.read("a.csv", as_csv(FULL))
    told = refusals(line + as_csv(FULL | {"reps": "x"}, delimiter=";", encoding="utf-8"))
    assert told[0].startswith("row 2, column reps: ")


WRONG = [
    (
        {"reps": "10 min"},
        "row 2, column reps: must be an amount such as 8 or 8 to 10 (got '10 min')",
    ),
    ({"hold": "up to 10"}, "row 2, column hold: must be an amount such as 8 or 8 to 10"),
    *(
        ({column: amount}, f"row 2, column {column}: must be an amount such as 8 or 8 to 10")
        for column in ("reps", "hold")
        for amount in ("1,000", "1.000", "2 to 1,000", "12.500 x")
    ),
    ({"reps": "½"}, "row 2, column reps: must be an amount such as 8 or 8 to 10 (got '½')"),
    ({"reps": "10 to 8"}, "row 2, column reps: low must be at most high (got [10, 8])"),
    ({"hold": "2-1 min"}, "row 2, column hold: low must be at most high (got [120, 60])"),
    ({"hold": "8/10"}, "row 2, column hold: must be an amount such as 8 or 8 to 10"),
    ({"hold": "#NAME?"}, "row 2, column hold: must be what its formula comes to: correct it, "),
    ({"name": "#N/A"}, "row 2, column name: must be what its formula comes to: "),
    ({"purpose": "=A1"}, "row 2, column purpose: must be what its formula comes to: "),
    (
        {"reps": "10. Aug"},
        "row 2, column reps: must be an amount such as 8 or 8 to 10 (got '10. Aug')",
    ),
    ({"reps": "0"}, "row 2, column reps: must be a whole number from 1 to 1000000000000 (got 0)"),
    ({"keep": ""}, "row 2, column keep: must be given, for the column hold is"),
    ({"hold": ""}, "row 2, column hold: must be given, for the column keep is"),
    ({"name": "骨"}, "row 2, column id: "),
    ({"position": "standig"}, "row 2, column position: must be one of lying-on-back, "),
    ({"steps": "To the {sid}"}, "row 2, column steps: "),
    ({"then": "{"}, "row 2, column then: "),
    ({"keep": "{"}, "row 2, column keep: "),
    ({"finish": "{"}, "row 2, column finish: "),
    ({"says": ""}, "row 2, column says: must be given"),
    ({"source": ""}, "row 2, column source: must be given"),
    ({"url": "nowhere"}, "row 2, column url: "),
    ({"cautions": "a\x07"}, "row 2, column cautions: "),
]


@pytest.mark.parametrize(("changed", "message"), WRONG, ids=lambda each: str(each)[:30])
def test_a_refusal_names_the_cell(changed: dict[str, str], message: str) -> None:
    """Whatever is wrong with a row is told with its row and its column."""
    [told] = refusals(as_csv(FULL | changed))
    assert told.startswith(message)


def test_the_column_that_is_meant_is_data() -> None:
    """What comes close to a wrong name of a column stands in the problem by itself, too."""
    with pytest.raises(supple.CatalogError) as info:
        spreadsheet.read("a.csv", b"name,kind,position,repps\n")
    assert [*info.value.problems[0].hint.matches] == ["reps", "rest"]


def test_all_is_told_at_once() -> None:
    """Every row is looked at, whatever is wrong with the one before."""
    rows = [FULL | {"reps": "x"}, FULL, FULL, FULL | {"kind": "yoga", "hold": "y"}]
    told = refusals(as_csv(*rows))
    assert [each.partition(":")[0] for each in told] == [
        "row 2, column reps",
        "row 4, column id",
        "row 5, column hold",
    ]
    assert told[1] == "row 4, column id: must not be that of row 3, too (got 'uber-kopf-reach')"


def test_an_exercise_needs_something_to_do() -> None:
    """Where nothing is to be done in a repetition, the column for it is named."""
    few = {each: FULL[each] for each in ("name", "kind", "position")}
    assert refusals(as_csv(few)) == ["row 2, column steps: must be given"]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "must have a row with an exercise below the names of the columns"),
        (b"name,kind,position\n# notes\n,,\n", "must have a row with an exercise below"),
        (b"name,kind,position,repps\na\n", "row 1: must be the name of a column"),
        (b"name,kind,position,Name\na\n", "row 1: must name each column once (got 'Name')"),
        (b"name,kind\na\n", "row 1: must have a column position"),
        ("name\nÜ\n".encode("cp1252"), "must be saved as 'CSV UTF-8'"),
        (b'name,kind,position\n"a"b,c\n', "row 2: must be a row of a CSV file, but "),
        (
            b'name,kind,position\n\n# a\n"Bend,stretch,standing\n# b\n',
            "row 4: must have a quotation mark at the end of a cell that begins with one",
        ),
        (
            b"name,kind,position\na,stretch,standing,8\n",
            "row 2, column D: must have the name of its column in the first row (got '8')",
        ),
        (
            b"name,kind,position" + b"," * 24 + b"\na" + b"," * 26 + b"8\n",
            "row 2, column AA: must have the name of its column in the first row (got '8')",
        ),
        (b"name,kind,position\na" + b"," * 60 + b"8\n", "must have at most 44 columns"),
        (b"x" * (spreadsheet.LARGEST + 1), "must be at most 4194304 bytes long"),
        (b"name,kind,position\n" + b"a\n" * 2_001, "must have at most 2000 rows"),
    ],
    ids=range(13),
)
def test_a_file_that_is_refused(content: bytes, message: str) -> None:
    """What is no such spreadsheet is refused as a whole, and says what to do."""
    assert refusals(content)[0].startswith(message)


def test_endless_rows_and_columns() -> None:
    """No more of a file is looked at than may be in it, and a number may have any length."""
    [told] = refusals(b"\n" * spreadsheet.LARGEST)
    assert told == "must have at most 2000 rows"
    assert len(refusals(b",".join(b"n%d" % i for i in range(44)))) == 44 + 3
    [told] = refusals(b",".join(b"n%d" % i for i in range(100_000)))
    assert told == "must have at most 44 columns"
    for digits in ("9" * 5_000, "9" * 400 + ".5"):
        [told] = refusals(as_csv(FULL | {"hold": digits}))
        assert told.startswith("row 2, column hold: must be an amount such as 8 or 8 to 10")


# --- Excel ---------------------------------------------------------------------------


def as_excel(*rows: dict[str, Any]) -> bytes:
    """Return an Excel file of some rows."""
    needs_module("openpyxl")
    import openpyxl

    book, content = openpyxl.Workbook(), io.BytesIO()
    names = list(rows[0])
    book.active.append(names)
    for row in rows:
        book.active.append([row[name] for name in names])
    book.save(content)
    return content.getvalue()


def test_excel_says_the_same() -> None:
    """The cells of an Excel file are read as those of CSV, numbers being numbers."""
    wanted = spreadsheet.read("a.csv", as_csv(FULL))
    assert spreadsheet.read("a.xlsx", as_excel(FULL | {"sets": 2, "rest": 15.0})) == wanted
    [made] = spreadsheet.read("a.xlsx", as_excel(FULL | {"hold": 7.5}))
    assert made.cycle[1] == Hold("Breathe calmly", seconds=7.5)


def test_a_formula_has_to_be_worked_out() -> None:
    """What a formula comes to is read; one that no program has worked out yet is refused."""
    content = as_excel(FULL | {"sets": "=2*4", "says": "=A2"})
    unknown = "must be what its formula comes to: correct it, and save the file in a spreadsheet "
    assert [told.partition("program")[0] for told in refusals(content, "a.xlsx")] == [
        f"row 2, column sets: {unknown}",
        f"row 2, column says: {unknown}",
    ]
    content = with_part(content, "sheet1.xml", b"<f>2*4</f><v />", b"<f>2*4</f><v>8</v>")
    content = with_part(
        content, "sheet1.xml", b'<c r="T2"><f>A2</f><v />', b'<c r="T2" t="str"><f>A2</f><v>So</v>'
    )
    [made] = spreadsheet.read("a.xlsx", content)
    assert (made.sets, made.sources[0].says) == (Range(8), "So")
    content = with_part(content, "sheet1.xml", b"<v>So</v>", b"<v></v>")
    assert refusals(content, "a.xlsx") == ["row 2, column says: must be given"]


def test_no_sheet_is_left_out_in_silence() -> None:
    """A second sheet has to be empty, or to say that it is for notes."""
    needs_module("openpyxl")
    import openpyxl

    def with_sheet(title: str, *cells: str) -> bytes:
        content = io.BytesIO()
        book = openpyxl.load_workbook(io.BytesIO(as_excel(FULL)))
        book.create_sheet(title).append(cells)
        book.save(content)
        return content.getvalue()

    [told] = refusals(with_sheet("Neck", "name"), "a.xlsx")
    assert told == (
        "sheet Neck: must be empty, for exercises belong on the first sheet; "
        "if it is for notes, begin its name with #"
    )
    for content in (with_sheet("Neck"), with_sheet("# Neck", "name")):
        assert len(spreadsheet.read("a.xlsx", content)) == 1


def test_cells_far_to_the_right() -> None:
    """A cell outside of the columns is refused however far it lies; too many cells are, too."""
    needs_module("openpyxl")
    import openpyxl

    content, book = io.BytesIO(), openpyxl.load_workbook(io.BytesIO(as_excel(FULL)))
    book.active["XFD3"] = "far"
    book.save(content)
    assert refusals(content.getvalue(), "a.xlsx") == ["must have at most 44 columns"]
    book.active["XFD3"] = None
    for title in ("Notes", "More"):
        sheet = book.create_sheet(title)
        for row in range(1, 200):
            sheet.cell(row, 16_384).font = openpyxl.styles.Font(bold=True)
    content = io.BytesIO()
    book.save(content)
    told = refusals(content.getvalue(), "a.xlsx")
    assert told == ["must have fewer cells, the empty ones among them"]
    book.remove(sheet)
    content = io.BytesIO()
    book.save(content)
    assert len(spreadsheet.read("a.xlsx", content.getvalue())) == 1


def test_excel_makes_dates() -> None:
    """What a spreadsheet program has made a date of is told as such."""
    date = dt.datetime(2026, 8, 10)  # noqa: DTZ001 - as Excel has it
    [told] = refusals(as_excel(FULL | {"reps": date}), "a.xlsx")
    assert told.startswith(
        "row 2, column reps: must be an amount such as 8 or 8 to 10; it became a date: "
        "format the column as text, and write it again (got '2026-08-10"
    )
    [told] = refusals(as_excel(FULL | {"reps": True}), "a.xlsx")
    assert told == "row 2, column reps: must be an amount such as 8 or 8 to 10 (got 'True')"


def test_numbers_that_no_person_writes() -> None:
    """An infinite number in a cell is refused like any other that is too large."""
    content = with_part(as_excel(FULL | {"sets": 2}), "sheet1.xml", b"<v>2</v>", b"<v>1e999</v>")
    [told] = refusals(content, "a.xlsx")
    assert told.startswith("row 2, column sets: must be ")
    assert told.endswith("(got inf)")


def with_part(content: bytes, part: str, old: bytes, new: bytes) -> bytes:
    """Return an Excel file with something else in one of its parts."""
    changed = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as before,
        zipfile.ZipFile(changed, "w", zipfile.ZIP_DEFLATED) as after,
    ):
        for name in before.namelist():
            text = before.read(name)
            assert old in text or not name.endswith(part)
            after.writestr(name, text.replace(old, new) if name.endswith(part) else text)
    return changed.getvalue()


def test_an_excel_file_that_swells() -> None:
    """A file of some kilobytes that would take all memory is refused before it is unpacked."""
    content = with_part(
        as_excel(FULL), "sheet1.xml", b"<sheetData>", b"<sheetData>" + b" " * 2**25
    )
    assert len(content) < 2**16
    [told] = refusals(content, "a.xlsx")
    assert told == "must unpack to at most 33554432 bytes, and be stored or deflated"
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_LZMA) as archive:
        archive.writestr("[Content_Types].xml", "x")
    assert refusals(packed.getvalue(), "a.xlsx") == [told]


def test_no_excel_file(monkeypatch: pytest.MonkeyPatch) -> None:
    """A damaged file is refused, and without the extra its name is told."""
    needs_module("openpyxl")
    [told] = refusals(b"PK nothing", "a.xlsx")
    assert told.startswith("must be an Excel file, but reading it raised ")
    monkeypatch.setitem(sys.modules, "openpyxl", None)
    with pytest.raises(MissingExtraError, match="spreadsheet"):
        spreadsheet.read("a.xlsx", b"")


# --- the command ---------------------------------------------------------------------


def test_import(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """From a new project with a spreadsheet to a catalog with its exercises."""
    assert main(["new", "neck-care", "--spreadsheet", "--in", str(tmp_path)]) == 0
    assert "\n  supple import exercises.csv " in capsys.readouterr().out
    project = tmp_path / "supple-neck-care"
    folder = project / "src" / "supple_neck_care"
    words = ["import", str(project / "exercises.csv"), "--to", str(project)]
    assert main(words) == 0
    assert capsys.readouterr() == (
        (
            f"1 exercise written to {folder / 'exercises'}\n"
            "To have them in a routine, write into its items in catalog.toml:\n"
            '    { exercise = "side-bend" },\n'
            "Then: supple check\n"
        ),
        "",
    )
    checked = check(project)
    assert str(checked) == "no errors, 1 warning in 3 files"
    assert [each.rule for each in checked.findings] == ["nothing-is-left-over"]  # the example
    assert main(words) == 1
    assert "has side-bend already; --replace writes them anew" in capsys.readouterr().err
    assert main([*words, "--replace"]) == 0
    assert capsys.readouterr().out.endswith("exercises\nThen: supple check\n")


def test_an_import_that_fails_writes_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A wrong cell, no catalog and no file leave everything as it is."""
    project = new_catalog("neck-care", tmp_path)
    exercises = project / "src" / "supple_neck_care" / "exercises"
    before = sorted(exercises.iterdir())
    file = tmp_path / "mine.csv"
    file.write_bytes(as_csv(FULL, FULL | {"name": "B", "hold": "x"}))
    assert main(["import", str(file), "--to", str(project)]) == 1
    assert f"{file}: row 3, column hold: must be an amount" in capsys.readouterr().err
    assert sorted(exercises.iterdir()) == before
    assert main(["import", str(file), "--to", str(tmp_path / "nothing")]) == 2
    assert "--to: must be a catalog, such as 'supple new' begins" in capsys.readouterr().err
    assert main(["import", str(tmp_path / "no.csv"), "--to", str(project)]) == 2
    assert "must be a file that can be read" in capsys.readouterr().err
    assert main(["import", str(tmp_path / "no.json")]) == 2
    assert "--to: must be given for records" in capsys.readouterr().err


def test_a_full_disk(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """What cannot be written is told."""
    project = new_catalog("neck-care", tmp_path)
    file = tmp_path / "mine.csv"
    file.write_bytes(as_csv(FULL))

    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("supple._files.replace_file", fail)
    assert main(["import", str(file), "--to", str(project)]) == 1
    assert main(["translate", "fr", str(project)]) == 1
    out, err = capsys.readouterr()
    assert out == ""
    assert "supple_neck_care: cannot be written: No space left on device\n" in err
    assert "fr.toml: it cannot be written: No space left on device\n" in err


def test_an_import_goes_into_the_file_that_has_the_exercise(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A file that has another name is replaced, and none that has another exercise."""
    project = new_catalog("neck-care", tmp_path)
    exercises = project / "src" / "supple_neck_care" / "exercises"
    file = tmp_path / "mine.csv"
    file.write_bytes(spreadsheet.template())
    words = ["import", str(file), "--to", str(project), "--json"]
    assert main(words) == 0
    (exercises / "side-bend.toml").rename(exercises / "bend.toml")
    capsys.readouterr()
    assert main([*words, "--replace"]) == 0
    assert [json.loads(line) for line in capsys.readouterr().out.splitlines()] == [
        {
            "what": "written",
            "exercise": "side-bend",
            "file": "exercises/bend.toml",
            "is_new": False,
        }
    ]
    assert "side-bend" in supple.load_catalog(project / "src" / "supple_neck_care")
    before = {each: each.read_bytes() for each in exercises.iterdir()}
    file.write_bytes(as_csv(FULL | {"name": "Bend"}))
    assert main([*words, "--replace"]) == 1
    assert capsys.readouterr().err.endswith(
        "supple_neck_care: exercises/bend.toml has the exercise side-bend: "
        "name each file by its exercise\n"
    )
    assert {each: each.read_bytes() for each in exercises.iterdir()} == before
    (exercises / "bend.toml").unlink()
    plain = {"id": "bend", "name": "Bend", "kind": "stretch", "position": "standing"}
    (exercises / "bend.json").write_text(json.dumps({**plain, "cycle": [{"step": "Bend"}]}))
    assert main([*words, "--replace"]) == 0
    assert json.loads((exercises / "bend.json").read_text())["purpose"] == "Opens the side."
    assert not (exercises / "bend.toml").exists()


def test_a_spreadsheet_has_no_name_for_a_catalog(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The option for records is refused rather than ignored."""
    assert main(["import", str(tmp_path / "a.csv"), "--name", "mine"]) == 2
    assert capsys.readouterr().err == (
        "supple: --name: must be left out for a spreadsheet, whose catalog has a name\n"
    )
