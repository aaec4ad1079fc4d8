"""Print what supple costs beside named alternatives: ``python benchmarks/run.py``.

Figures are reported, never asserted: a missed target is part of the table. Only a wrong result
ends the program.
"""

from __future__ import annotations

import argparse
import json
import platform
import sys
from typing import TYPE_CHECKING

import accuracy
import build
import columns
import drain
import find
import fleet
import memory
import planning
import query
import startup
from attrs import asdict
from rich.console import Console
from rich.table import Table

if TYPE_CHECKING:
    from collections.abc import Sequence

    from measure import Row

SUBJECTS = {
    "drain": drain.rows,
    "memory": memory.rows,
    "build": build.rows,
    "query": query.rows,
    "startup": startup.rows,
    "find": find.rows,
    "columns": columns.rows,
    "fleet": fleet.rows,
    "planning": planning.rows,
    "accuracy": accuracy.rows,
}


def main() -> None:
    """Measure the subjects asked for and print one table of them."""
    parser = argparse.ArgumentParser(description="Measure supple beside named alternatives.")
    parser.add_argument(
        "--only", action="append", choices=SUBJECTS, help="one subject, repeatable"
    )
    parser.add_argument("--json", action="store_true", help="print JSON in place of a table")
    options = parser.parse_args()

    rows: list[Row] = []
    for subject in options.only or SUBJECTS:
        print(f"measuring {subject} …", file=sys.stderr)
        rows += SUBJECTS[subject]()
    if options.json:
        print(json.dumps({"python": _python(), "rows": [_fields(row) for row in rows]}, indent=2))
    else:
        Console(width=None if sys.stdout.isatty() else 140, markup=False).print(_table(rows))


def _table(rows: Sequence[Row]) -> Table:
    table = Table(title=_python())
    table.add_column("supple")
    table.add_column("beside")
    for heading in ("median", "min–max"):
        table.add_column(heading, justify="right", no_wrap=True)
    table.add_column("target", no_wrap=True)
    table.add_column("", no_wrap=True)
    for row in rows:
        figure = row.figure
        table.add_row(
            row.what,
            row.beside,
            f"{_short(figure.median)} {row.unit}",
            f"{_short(figure.least)}–{_short(figure.greatest)}",
            f"{row.target.word} {row.target.limit:g}" if row.target else "",
            _verdict(row),
        )
    return table


def _fields(row: Row) -> dict[str, object]:
    return asdict(row) | {"verdict": _verdict(row)}


def _verdict(row: Row) -> str:
    if row.target is None:
        return ""
    return "met" if row.target.is_met(row.figure.median) else "missed"


def _short(figure: float) -> str:
    return f"{figure:,.0f}" if figure >= 100 else f"{figure:.2f}"


def _python() -> str:
    return f"{platform.python_implementation()} {platform.python_version()}"


if __name__ == "__main__":
    main()
