"""Read exercises out of a spreadsheet: one row an exercise, as a CSV or an Excel file.

The first row names the columns, in any order; ``COLUMNS`` has them all. A row without an entry,
or whose first one begins with ``#`` and a blank, is left out, and so is a sheet whose name begins
with ``#``. What a cell may say is what the same key of an exercise file may say, and every
refusal names the cell. Nothing else is left out: a sheet, a cell outside of the columns and a
formula whose outcome the file does not have are refused.

>>> [exercise] = read(
...     "exercises.csv",
...     b'''name,kind,position,keep,hold,reps
... Chin tuck,mobility,sitting,Draw your chin back,5 to 10,8
... ''',
... )
>>> exercise.id, exercise.cycle[0].seconds
('chin-tuck', Range(5, 10))
"""

from __future__ import annotations

import csv
import io
import re
from functools import partial
from itertools import chain, islice, zip_longest
from math import isfinite
from pathlib import PurePath
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile

from attrs import NOTHING, evolve

from supple._errors import NO_HINT, CatalogError, Hint, Problem, close_matches, show
from supple._extras import brought_by
from supple._model import BodyArea, DosePart, Equipment, ExerciseKind, Position, Sides
from supple.catalog._reading.mistakes import AMOUNTS, TIMES, id_meant, number_meant
from supple.catalog._reading.tables import TableReader
from supple.catalog._refused import RefusedError, require_size

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from enum import StrEnum

    from supple._model import Exercise

__all__ = ["COLUMNS", "LARGEST", "read", "template"]

LARGEST: Final = 4 * 2**20
"""How many bytes a spreadsheet may have."""

COLUMNS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "name": "what people call it",
        "kind": "stretch, mobility, strengthening …",
        "position": "standing, sitting, lying-on-back …",
        "sides": "none, alternate or each",
        "setup": "what to do once before, one step a line",
        "steps": "what each repetition begins with, one step a line; {side} is left or right",
        "keep": "the position that is held",
        "hold": "its seconds, such as 5 to 10",
        "then": "what each repetition ends with, one step a line",
        "finish": "what to do once afterwards, one step a line",
        "reps": "repetitions, such as 8 to 10; with sides, on each",
        "sets": "sets",
        "rest": "seconds between sets",
        "purpose": "what it is good for",
        "targets": "lower-back, hips …, with commas between them",
        "equipment": "chair, wall …, with commas between them",
        "cautions": "who should take care, one a line",
        "contraindications": "who should not do it, one a line",
        "source": "where the dose comes from, or: own",
        "says": "what that says",
        "url": "where it can be read",
        "id": "made of the name where it is left out",
    }
)
"""The columns that there may be, and what each is for."""

_EXAMPLE = {
    "name": "Side bend",
    "kind": "stretch",
    "position": "standing",
    "sides": "alternate",
    "setup": "Stand tall with your feet apart",
    "steps": "Slide your {side} hand down your leg",
    "keep": "Keep both feet down and breathe calmly",
    "hold": "10 to 20",
    "then": "Slowly stand up straight",
    "reps": "2 to 3",
    "sets": "1",
    "purpose": "Stretches the side of the trunk.",
    "cautions": "If you feel unsteady, keep one hand on a wall.",
    "source": "own",
    "says": "Repetitions, set and hold are our own choice.",
}
_MOST_ROWS = 2_000
_MOST_COLUMNS = 2 * len(COLUMNS)
_MOST_CELLS = 2**22  # that are looked at, on all sheets
_LARGEST_UNPACKED = 8 * LARGEST
_PARTS = {"setup": ("setup",), "cycle": ("steps", "keep", "then"), "finish": ("finish",)}
_AMOUNTS = ("reps", "sets", "rest")
_COUNTS = frozenset({"reps", "sets"})
_AN_AMOUNT = "must be an amount such as 8 or 8 to 10"
_A_DATE = f"{_AN_AMOUNT}; it became a date: format the column as text, and write it again"
_THOUSANDS = re.compile(r"[1-9]\d*[.,]\d{3}(?!\d)")  # or thousandths: nobody can tell
_NOTE = re.compile(r"#+(\s|$)")
_NO_VALUE = re.compile(r"=|#(N/A|NV|[A-Z0-9/_]+[!?])$")  # of Excel, in English and in German
_UNKNOWN = (
    "must be what its formula comes to: correct it, and save the file in a spreadsheet program, "
    "or write the value itself"
)
_SEPARATOR = re.compile(r'"?sep=(.)"?\r?\n')
_PATH = re.compile(r"(\w*)(?:\[(\d+)\])?(?:\.(\w+))?")


def read(file: str, content: bytes, *, language: str = "en") -> tuple[Exercise, ...]:
    """Read the exercises of a spreadsheet.

    Args:
        file: What it is called; it is an Excel file if that ends in ``.xlsx``, and else CSV, with
            commas, semicolons or tabs.
        content: What it holds.
        language: The language of its texts.

    Returns:
        The exercises, in the order of their rows.

    Raises:
        CatalogError: If anything in it is refused. It carries every problem, the ``path`` of
            each being its cell, such as ``row 5, column hold``.
        MissingExtraError: If it is an Excel file and the extra ``spreadsheet`` is not installed.
    """
    return _Sheet(file, language).exercises(content)


def template() -> bytes:
    """Return a CSV file with every column, what each is for, and an exercise to begin with."""
    lines = io.StringIO()
    writer = csv.writer(lines)
    writer.writerow(COLUMNS)
    first, *others = COLUMNS.values()
    writer.writerow([f"# {first}", *others])
    writer.writerow([_EXAMPLE.get(name, "") for name in COLUMNS])
    return lines.getvalue().encode("utf-8-sig")  # by which Excel knows that it is UTF-8


# --- rows ------------------------------------------------------------------------------


def _rows(file: str, content: bytes) -> Sequence[Sequence[Any]]:
    require_size(len(content), LARGEST)
    is_excel = PurePath(file).suffix.lower() == ".xlsx"
    rows = _of_excel(content) if is_excel else _of_csv(content)
    if len(rows) > _MOST_ROWS + 1:
        raise RefusedError(f"must have at most {_MOST_ROWS} rows")
    return rows


def _of_csv(content: bytes) -> Sequence[Sequence[Any]]:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        requirement = "must be saved as 'CSV UTF-8', which every spreadsheet program offers"
        raise RefusedError(requirement) from None
    if found := _SEPARATOR.match(text):  # a line that Excel reads, and does not show
        text, delimiter = text[found.end() :], found[1]
    else:
        delimiter = max(",;\t", key=text.partition("\n")[0].count)
    lines = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    rows: list[Sequence[Any]] = []
    try:
        rows.extend(map(_narrow, islice(lines, _MOST_ROWS + 2)))
    except csv.Error as error:
        is_open = str(error) == "unexpected end of data"
        requirement = f"must be a row of a CSV file, but {error}"
        if is_open:
            requirement = "must have a quotation mark at the end of a cell that begins with one"
        raise RefusedError(requirement, path=f"row {len(rows) + 1}") from None
    return rows


def _narrow(row: Sequence[Any]) -> Sequence[Any]:
    """Return a row as far as there may be columns, and refuse cells that lie beyond."""
    if any(cell not in (None, "") for cell in row[_MOST_COLUMNS:]):
        raise RefusedError(f"must have at most {_MOST_COLUMNS} columns")
    return row[:_MOST_COLUMNS]


def _of_excel(content: bytes) -> Sequence[Sequence[Any]]:
    with brought_by("spreadsheet", "openpyxl"):
        from openpyxl import load_workbook
    try:
        return _sheet(content, load_workbook)
    except RefusedError:
        raise
    except Exception as error:  # noqa: BLE001 - a damaged file raises errors of many kinds
        requirement = f"must be an Excel file, but reading it raised {show(error)}"
        raise RefusedError(requirement) from None


def _sheet(content: bytes, load_workbook: Callable[..., Any]) -> Sequence[Sequence[Any]]:
    if not _unpacks_within_bounds(content):
        requirement = f"must unpack to at most {_LARGEST_UNPACKED} bytes"
        raise RefusedError(f"{requirement}, and be stored or deflated")
    (read, *_), (written, *others) = (
        load_workbook(io.BytesIO(content), read_only=True, data_only=each).worksheets
        for each in (True, False)
    )
    looked_at = 0

    def rows_in(sheet: Any) -> Iterator[Sequence[Any]]:
        nonlocal looked_at
        sheet.reset_dimensions()  # so that a row goes as far as its last cell
        for row in sheet.iter_rows(max_row=_MOST_ROWS + 2):
            looked_at += 1 + len(row)
            if looked_at > _MOST_CELLS:
                raise RefusedError("must have fewer cells, the empty ones among them")
            yield row

    for sheet in others:
        cells = chain.from_iterable(rows_in(sheet))
        if not sheet.title.startswith("#") and any(cell.value is not None for cell in cells):
            requirement = (
                "must be empty, for exercises belong on the first sheet; if it is for notes, "
                "begin its name with #"
            )
            raise RefusedError(requirement, path=f"sheet {sheet.title}")
    return [
        _narrow([_outcome(*cells) for cells in zip(*rows, strict=True)])
        for rows in zip(rows_in(read), rows_in(written), strict=True)
    ]


def _outcome(read: Any, written: Any) -> Any:
    """Return what is in a cell, or its formula where the file does not have what that gives."""
    if read.value is not None or written.data_type != "f" or read.data_type != "n":
        return read.value
    return "=" + str(getattr(written.value, "text", written.value)).removeprefix("=")


def _unpacks_within_bounds(content: bytes) -> bool:
    """Tell whether the files in an Excel file, which is a zip file, are not too large to read.

    What is stored or deflated unpacks to no more than it says.
    """
    with ZipFile(io.BytesIO(content)) as archive:
        entries = archive.infolist()
    is_plain = all(each.compress_type in {ZIP_STORED, ZIP_DEFLATED} for each in entries)
    return is_plain and sum(each.file_size for each in entries) <= _LARGEST_UNPACKED


# --- exercises -------------------------------------------------------------------------


class _Sheet:
    def __init__(self, file: str, language: str) -> None:
        self.file = file
        self.language = language
        self.problems: list[Problem] = []

    def exercises(self, content: bytes) -> tuple[Exercise, ...]:
        found: dict[str, tuple[int, Exercise]] = {}
        try:
            rows = _rows(self.file, content)
        except RefusedError as refused:
            rows = ()
            self.problems.append(refused.problem(self.file))
        for number, cells in self._filled(rows):
            exercise = self._exercise(number, cells)
            if exercise is None:
                continue
            if exercise.id in found:
                requirement = f"must not be that of row {found[exercise.id][0]}, too"
                self._refuse(requirement, number, "id", exercise.id)
            found[exercise.id] = number, exercise
        if not (found or self.problems):
            self._refuse("must have a row with an exercise below the names of the columns")
        if self.problems:
            raise CatalogError(self.file, self.problems, kind="spreadsheet")
        return tuple(exercise for _, exercise in found.values())

    def _refuse(
        self,
        requirement: str,
        row: int | None = None,
        column: str | None = None,
        got: object = NOTHING,
        hint: Hint = NO_HINT,
    ) -> None:
        place = (f"row {row}" if row else "", f"column {column}" if column else "")
        path = ", ".join(filter(None, place))
        self.problems.append(
            Problem(self.file, path=path, requirement=requirement, got=got, hint=hint)
        )

    def _filled(self, rows: Sequence[Sequence[Any]]) -> Iterator[tuple[int, dict[str, Any]]]:
        """Yield the number of each row that has an exercise, and its cells by their columns."""
        if not rows:
            return
        names = self._names(rows[0])
        if self.problems:
            return
        for number, row in enumerate(rows[1:], start=2):
            filled = (each.strip() if isinstance(each, str) else each for each in row)
            named = enumerate(zip_longest(names, filled, fillvalue=""))
            given = [(i, name, cell) for i, (name, cell) in named if cell not in (None, "")]
            if not given or _NOTE.match(str(given[0][2])):
                continue
            before = len(self.problems)
            for i, name, cell in given:
                if not name:
                    requirement = "must have the name of its column in the first row"
                    self._refuse(requirement, number, _letters(i), cell)
                elif isinstance(cell, str) and _NO_VALUE.match(cell):
                    self._refuse(_UNKNOWN, number, name, cell)
            if len(self.problems) == before:
                yield number, {name: cell for _, name, cell in given}

    def _names(self, row: Sequence[Any]) -> list[str]:
        """Return the names of the columns, empty where there is none."""
        names = [str(each or "").strip().lower() for each in row]
        for i, name in enumerate(names):
            if name and name not in COLUMNS:
                hint = Hint(close_matches(name, [*COLUMNS]), [*COLUMNS])
                self._refuse(f"must be the name of a column{hint}", 1, None, row[i], hint)
            elif name and name in names[:i]:
                self._refuse("must name each column once", 1, None, row[i])
        for name in ("name", "kind", "position"):
            if name not in names:
                self._refuse(f"must have a column {name}", 1)
        return names

    def _exercise(self, row: int, cells: dict[str, Any]) -> Exercise | None:
        before = len(self.problems)
        data: dict[str, Any] = {"id": id_meant(str(cells.get("name", "")))}
        data |= {name: _READ[name](cell) for name, cell in cells.items() if name in _READ}
        for each in _AMOUNTS:
            if each in cells:
                data[each] = self._amount(row, each, cells[each])
        columns: dict[str, list[str]] = {}
        for part, names in _PARTS.items():
            made = [(name, each) for name in names for each in self._segments(row, name, cells)]
            if made:
                columns[part] = [name for name, _ in made]
                data[part] = [each for _, each in made]
        if "source" in cells or "says" in cells:
            data["sources"] = [_source(cells)]
        if len(self.problems) > before:
            return None
        reader = TableReader()
        exercise = reader.exercise(data)
        for problem in reader.problems:
            column = _column_of(problem.path, columns)
            self._refuse(problem.requirement, row, column, problem.got, problem.hint)
        if exercise is None or reader.problems:
            return None
        return evolve(exercise, language=self.language)

    def _segments(self, row: int, column: str, cells: dict[str, Any]) -> list[dict[str, Any]]:
        """Return what a column gives to be done."""
        if column != "keep":
            return [{"step": line} for line in _lines(cells.get(column, ""))]
        missing = [each for each in ("keep", "hold") if each not in cells]
        if not missing:
            seconds = self._amount(row, "hold", cells["hold"])
            return [{"hold": str(cells["keep"]), "seconds": seconds}]
        if len(missing) == 1:
            other = "hold" if "hold" in cells else "keep"
            self._refuse(f"must be given, for the column {other} is", row, missing[0])
        return []

    def _amount(self, row: int, column: str, cell: Any) -> Any:
        if isinstance(cell, float | int) and not isinstance(cell, bool):
            return int(cell) if isfinite(cell) and cell == int(cell) else cell
        forms = AMOUNTS if column in _COUNTS else TIMES
        is_clear = isinstance(cell, str) and not _THOUSANDS.search(cell)
        amount = number_meant(cell, forms) if is_clear else None
        if amount is None:
            self._refuse(_A_DATE if hasattr(cell, "year") else _AN_AMOUNT, row, column, str(cell))
        return amount


def _letters(i: int) -> str:
    """Return what a spreadsheet program calls a column, counted from 0."""
    return f"{chr(64 + i // 26) if i > 25 else ''}{chr(65 + i % 26)}"  # noqa: PLR2004 - A to Z


def _lines(cell: Any) -> list[str]:
    return [line.strip() for line in str(cell).splitlines() if line.strip()]


def _word(kind: type[StrEnum], text: str) -> str:
    """Return a word of a kind as it is written; "Upper back" is the word ``upper-back``."""
    form = text.casefold().replace(" ", "-")
    return next((word for word in kind if word == form), text)


def _words(kind: type[StrEnum], cell: Any) -> list[str]:
    """Return the words of a cell, with commas or the like between them."""
    words = (word.strip() for word in re.split(r"[,;\n]", str(cell)) if word.strip())
    return [_word(kind, word) for word in words]


_READ: Mapping[str, Callable[[Any], Any]] = {
    **dict.fromkeys(("id", "name", "purpose"), str),
    "kind": lambda cell: _word(ExerciseKind, str(cell)),
    "position": lambda cell: _word(Position, str(cell)),
    "sides": lambda cell: _word(Sides, str(cell)),
    "targets": partial(_words, BodyArea),
    "equipment": partial(_words, Equipment),
    **dict.fromkeys(("cautions", "contraindications"), _lines),
}
"""What reads the cells of the columns that are keys of an exercise, too."""


def _source(cells: Mapping[str, Any]) -> dict[str, Any]:
    """Return the source of a row: it gives every part of the dose that the row has."""
    source: dict[str, Any] = {"gives": [part for part in DosePart if part in cells]}
    source |= {key: str(cells[key]) for key in ("says", "url") if key in cells}
    if "source" in cells:
        source["title"] = str(cells["source"])
        if source["title"].lower() == "own":
            source |= {"title": "own choice", "is_default": True}
    return source


def _column_of(path: str, columns: Mapping[str, list[str]]) -> str | None:
    """Return the column from which a place of the exercise was made."""
    key, index, inner = _PATH.findall(path)[0]
    if key == "sources":
        return inner if inner in COLUMNS else "source"
    if key in columns:
        name = columns[key][int(index or 0)]
        return "hold" if name == "keep" and inner == "seconds" else name
    return key if key in COLUMNS else "steps" if key == "cycle" else None
