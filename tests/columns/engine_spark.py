"""Sessions expanded by Spark on several workers: the rows that a single process makes.

Not part of the quick suite, since Spark is large and needs Java; `nox -s engines` runs it.
"""

from __future__ import annotations

import os
import sys
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pytest

from supple import load_catalog
from supple.columns import expand
from tests.needs import needs, needs_module

needs_module("pyspark")

if TYPE_CHECKING:
    from collections.abc import Iterator

NAMES = ["kind", "text", "exercise", "side", "duration_ms", "rep"]
EVENTS = (
    "patient long, routine string, level double, start timestamp, at timestamp, kind string, "
    "text string, exercise string, side string, duration_ms long, rep long"
)
MONDAY = datetime(2027, 1, 4, 7, 30, tzinfo=UTC)
WORKERS = 2


@pytest.fixture(scope="module")
def spark() -> Iterator[Any]:
    """Return a session on a cluster of processes of this machine."""
    needs("java")
    from pyspark.sql import SparkSession

    os.environ["PYSPARK_PYTHON"] = sys.executable
    settings: dict[str, bool | float | int | str | None] = {
        "spark.driver.bindAddress": "127.0.0.1",
        "spark.driver.host": "127.0.0.1",
        "spark.executor.memory": "512m",
        "spark.sql.session.timeZone": "UTC",
        "spark.ui.enabled": "false",
    }
    session = (
        SparkSession.builder.master(f"local-cluster[{WORKERS},1,768]")
        .appName("supple")
        .config(map=settings)
        .getOrCreate()
    )
    yield session
    session.stop()


def test_spark_has_the_rows_of_a_single_process(spark: Any) -> None:
    """Every worker takes a part, and together the rows are those of one process, each once."""
    routines = load_catalog("lower-back").routines
    sessions = pa.Table.from_pylist(
        [
            {
                "patient": patient,
                "routine": ("lower-back", "in-bed")[patient % 2],
                "level": patient % 5 / 4,
                "start": MONDAY + timedelta(days=day, milliseconds=patient),
            }
            for patient in range(100)
            for day in range(3)
        ]
    )
    expected = pa.Table.from_batches(expand(sessions.to_batches(), routines, columns=NAMES))

    frame = spark.createDataFrame(sessions).repartition(4 * WORKERS)
    events = frame.mapInArrow(partial(expand, routines=routines, columns=NAMES), EVENTS)
    found = events.toArrow()
    order = [(name, "ascending") for name in expected.schema.names]
    assert found.num_rows == expected.num_rows
    assert found.cast(expected.schema).sort_by(order).equals(expected.sort_by(order))

    def worker(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        rows = sum(batch.num_rows for batch in batches)
        # What has forked this process, of which every worker has one.
        yield pa.RecordBatch.from_pydict({"parent": [os.getppid()], "rows": [rows]})

    parts = frame.mapInArrow(worker, "parent long, rows long").collect()
    assert sum(part.rows for part in parts) == sessions.num_rows
    assert len({part.parent for part in parts if part.rows}) == WORKERS
