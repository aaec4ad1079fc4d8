"""Sessions expanded by Dask in several processes: the rows that a single process makes.

Not part of the quick suite; `nox -s engines` runs it.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

import pyarrow as pa

from supple import load_catalog
from supple.columns import expand
from tests.needs import needs_module

needs_module("dask")

PAGE = Path(__file__).parents[2] / "docs" / "how-to" / "work-with-columns.md"
MONDAY = datetime(2027, 1, 4, 7, 30, tzinfo=UTC)


def test_dask_has_the_rows_of_a_single_process() -> None:
    """What the page shows expands each batch in a process, and together they are all rows."""
    routines = load_catalog("lower-back").routines
    rows = [
        {"patient": n, "routine": "in-bed", "level": n % 5 / 4, "start": MONDAY + timedelta(day)}
        for n in range(40)
        for day in range(5)
    ]
    sessions = pa.Table.from_pylist(rows)
    work = partial(expand, routines=routines, columns=["kind", "text"])
    expected = pa.Table.from_batches(work(sessions.to_batches()))
    [shown] = re.findall(r"```python\n(import dask\n.*?)```", PAGE.read_text("utf-8"), re.DOTALL)
    names: dict[str, Any] = {"pa": pa, "sessions": sessions, "work": work}
    exec(shown, names)  # noqa: S102 - a block of the page
    assert names["events"] == expected
    assert expected.num_rows > 50_000
