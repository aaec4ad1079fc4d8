"""Read exercises out of a spreadsheet: one row an exercise, as a CSV or an Excel file.

The first row names the columns, in any order; ``COLUMNS`` has them all. A row without an entry,
or whose first one begins with ``#``, is left out. What a cell may say is what the same key of
an exercise file may say, and every refusal names the cell.

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
from itertools import islice
from math import isfinite
from pathlib import PurePath
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile

from attrs import NOTHING, evolve

from supple._errors import (
    CatalogError,
    MissingExtraError,
    Problem,
    close_matches,
    show,
    suggestion,
)
from supple._model import BodyArea, Equipment
from supple.catalog._reading.mistakes import id_meant
from supple.catalog._reading.tables import TableReader

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

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
_LARGEST_UNPACKED = 8 * LARGEST
_TEXTS = ("id", "name", "kind", "position", "sides", "purpose")
_WORDS = ("targets", "equipment")
_LINES = ("cautions", "contraindications")
_AMOUNTS = ("reps", "sets", "rest")
_MOST_DIGITS = 300  # Python refuses to make a number of thousands
_NUMBER = r"(\d+(?:[.,]\d+)?)"
_AMOUNT = re.compile(
    rf"{_NUMBER}(?:\s*(?:-|–|—|to|bis|a)\s*{_NUMBER})?(?:\s*(?:x|times|s|sec|seconds?)\.?)?",
    re.IGNORECASE,
)
_AN_AMOUNT = "must be an amount such as 8 or 8 to 10"
_A_DATE = f"{_AN_AMOUNT}; it became a date: format the column as text, and write it again"
_OWN = "own"
_CLOSED = {word.value: word.value for kind in (BodyArea, Equipment) for word in kind}
_PATH = re.compile(r"(\w+)(?:\[(\d+)\])?(?:\.(\w+))?")


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


class _Sheet:
    def __init__(self, file: str, language: str) -> None:
        self.file = file
        self.language = language
        self.problems: list[Problem] = []

    def exercises(self, content: bytes) -> tuple[Exercise, ...]:
        rows = self._filled(self._rows(content))
        found: dict[str, Exercise] = {}
        places: dict[str, int] = {}
        for number, cells in rows:
            exercise = self._exercise(number, cells)
            if exercise is None:
                continue
            if exercise.id in found:
                requirement = f"must not be that of row {places[exercise.id]}, too"
                self._refuse(requirement, number, "id", exercise.id)
            found[exercise.id], places[exercise.id] = exercise, number
        if not (found or self.problems):
            self._refuse("must have a row with an exercise below the names of the columns")
        if self.problems:
            raise CatalogError(self.file, self.problems, kind="spreadsheet")
        return tuple(found.values())

    def _refuse(
        self,
        requirement: str,
        row: int | None = None,
        column: str | None = None,
        got: object = NOTHING,
    ) -> None:
        place = [f"row {row}"] if row else []
        place += [f"column {column}"] if column else []
        path = ", ".join(place)
        self.problems.append(Problem(self.file, path=path, requirement=requirement, got=got))

    # --- rows ---

    def _rows(self, content: bytes) -> list[Sequence[Any]]:
        if len(content) > LARGEST:
            self._refuse(f"must be at most {LARGEST} bytes long")
            return []
        is_excel = PurePath(self.file).suffix.lower() == ".xlsx"
        return self._of_excel(content) if is_excel else self._of_csv(content)

    def _of_csv(self, content: bytes) -> list[Sequence[Any]]:
        try:
            text = content.decode("utf-8-sig")
        except UnicodeDecodeError:
            self._refuse("must be saved as 'CSV UTF-8', which every spreadsheet program offers")
            return []
        first = text.partition("\n")[0]
        delimiter = max(",;\t", key=first.count)
        try:
            rows = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
            return [row[:_MOST_COLUMNS] for row in islice(rows, _MOST_ROWS + 2)]
        except csv.Error as error:
            self._refuse(f"must be a CSV file, but {error}")
            return []

    def _of_excel(self, content: bytes) -> list[Sequence[Any]]:
        try:
            from openpyxl import load_workbook
        except ImportError as error:
            raise MissingExtraError("spreadsheet", "openpyxl") from error
        try:
            if not _unpacks_within_bounds(content):
                requirement = f"must unpack to at most {_LARGEST_UNPACKED} bytes"
                self._refuse(f"{requirement}, and be stored or deflated")
                return []
            book = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
            rows = book.worksheets[0].iter_rows(
                max_row=_MOST_ROWS + 2, max_col=_MOST_COLUMNS, values_only=True
            )
            found = [*rows]
        except Exception as error:  # noqa: BLE001 - a damaged file raises errors of many kinds
            self._refuse(f"must be an Excel file, but reading it raised {show(error)}")
            return []
        return found

    def _filled(self, rows: list[Sequence[Any]]) -> Iterator[tuple[int, dict[str, Any]]]:
        """Yield the number of each row that has an exercise, and its cells by their columns."""
        if not rows:
            return
        if len(rows) > _MOST_ROWS + 1:
            self._refuse(f"must have at most {_MOST_ROWS} rows")
            return
        names = [str(each or "").strip().lower() for each in rows[0]]
        for i, name in enumerate(names):
            if name and name not in COLUMNS:
                hint = suggestion(close_matches(name, [*COLUMNS]), [*COLUMNS])
                self._refuse(f"must be the name of a column{hint}", 1, None, rows[0][i])
            elif name and name in names[:i]:
                self._refuse("must name each column once", 1, None, rows[0][i])
        self._require_columns(names)
        if self.problems:
            return
        for number, row in enumerate(rows[1:], start=2):
            cells = {
                name: cell.strip() if isinstance(cell, str) else cell
                for name, cell in zip(names, row, strict=False)
                if name and cell is not None
            }
            cells = {name: cell for name, cell in cells.items() if cell != ""}
            first = str(next(iter(cells.values()), "#"))
            if not first.startswith("#"):
                yield number, cells

    def _require_columns(self, names: Sequence[str]) -> None:
        for name in ("name", "kind", "position"):
            if name not in names:
                self._refuse(f"must have a column {name}", 1)

    # --- one exercise ---

    def _exercise(self, row: int, cells: dict[str, Any]) -> Exercise | None:
        before = len(self.problems)
        data: dict[str, Any] = {"id": id_meant(str(cells.get("name", "")))}
        data |= {each: str(cells[each]) for each in _TEXTS if each in cells}
        data |= {each: _words(cells[each]) for each in _WORDS if each in cells}
        data |= {each: _lines(cells[each]) for each in _LINES if each in cells}
        for each in _AMOUNTS:
            if each in cells:
                data[each] = self._amount(row, each, cells[each])
        columns = self._parts(row, cells, data)
        if "source" in cells or "says" in cells:
            data["sources"] = [_source(cells)]
        if len(self.problems) > before:
            return None
        reader = TableReader()
        exercise = reader.exercise(data)
        for problem in reader.problems:
            column, requirement = _column_of(problem.path, columns), problem.requirement
            self._refuse(requirement, row, column, problem.got)
        if exercise is None or reader.problems:
            return None
        return evolve(exercise, language=self.language)

    def _parts(
        self, row: int, cells: dict[str, Any], data: dict[str, Any]
    ) -> dict[str, list[str]]:
        """Put what is to be done into the data, and return the column of each part of it."""
        columns: dict[str, list[str]] = {}
        for part, names in (
            ("setup", ("setup",)),
            ("cycle", ("steps", "keep", "then")),
            ("finish", ("finish",)),
        ):
            found: list[dict[str, Any]] = []
            for name in names:
                if name == "keep" and ("keep" in cells or "hold" in cells):
                    found.append(self._hold(row, cells))
                elif name in cells:
                    found += [{"step": line} for line in _lines(cells[name])]
                columns.setdefault(part, []).extend(
                    [name] * (len(found) - len(columns.get(part, ())))
                )
            if found:
                data[part] = found
        return columns

    def _hold(self, row: int, cells: dict[str, Any]) -> dict[str, Any]:
        for one, other in (("keep", "hold"), ("hold", "keep")):
            if one not in cells:
                self._refuse(f"must be given, for the column {other} is", row, one)
                return {}
        return {"hold": str(cells["keep"]), "seconds": self._amount(row, "hold", cells["hold"])}

    def _amount(self, row: int, column: str, cell: Any) -> Any:
        if isinstance(cell, float | int) and not isinstance(cell, bool):
            return int(cell) if isfinite(cell) and cell == int(cell) else cell
        if not isinstance(cell, str):
            self._refuse(_A_DATE if hasattr(cell, "year") else _AN_AMOUNT, row, column, str(cell))
            return None
        found = _AMOUNT.fullmatch(cell)
        if found is None:
            self._refuse(_AN_AMOUNT, row, column, cell)
            return None
        amounts = [_number(each) for each in found.groups() if each is not None]
        return amounts[0] if len(amounts) == 1 else amounts


def _unpacks_within_bounds(content: bytes) -> bool:
    """Tell whether the files in an Excel file, which is a zip file, are not too large to read.

    What is stored or deflated unpacks to no more than it says.
    """
    with ZipFile(io.BytesIO(content)) as archive:
        entries = archive.infolist()
    is_plain = all(each.compress_type in {ZIP_STORED, ZIP_DEFLATED} for each in entries)
    return is_plain and sum(each.file_size for each in entries) <= _LARGEST_UNPACKED


def _number(text: str) -> int | float:
    is_whole = text.isdecimal() and len(text) <= _MOST_DIGITS
    return int(text) if is_whole else float(text.replace(",", "."))


def _lines(cell: Any) -> list[str]:
    return [line.strip() for line in str(cell).splitlines() if line.strip()]


def _words(cell: Any) -> list[str]:
    """Return the words of a cell; "upper back" is the closed word ``upper-back``."""
    words = (word.strip() for word in re.split(r"[,;\n]", str(cell)) if word.strip())
    return [_CLOSED.get(word.casefold().replace(" ", "-"), word) for word in words]


def _source(cells: Mapping[str, Any]) -> dict[str, Any]:
    """Return the source of a row: it gives every part of the dose that the row has."""
    gives = [each for each in ("reps", "sets", "hold", "rest") if each in cells]
    source: dict[str, Any] = {"gives": gives}
    source |= {key: str(cells[key]) for key in ("says", "url") if key in cells}
    if "source" in cells:
        source["title"] = str(cells["source"])
    if str(cells.get("source", "")).lower() == _OWN:
        source |= {"title": "own choice", "is_default": True}
    return source


def _column_of(path: str, columns: Mapping[str, list[str]]) -> str | None:
    """Return the column from which a place of the exercise was made."""
    found = _PATH.match(path)
    key, index, inner = found.groups() if found else ("", None, None)
    if key == "sources":
        return "source" if inner == "title" else inner if inner in COLUMNS else "source"
    names = columns.get(key)
    if names:
        name = names[int(index)] if index is not None else names[0]
        return "hold" if name == "keep" and inner == "seconds" else name
    return key if key in COLUMNS else "steps" if key == "cycle" else None
