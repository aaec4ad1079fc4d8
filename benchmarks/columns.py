"""What it costs to have events as columns, beside making an object of each."""

from __future__ import annotations

import resource
from datetime import UTC, datetime, timedelta
from time import perf_counter, process_time
from typing import TYPE_CHECKING

import duckdb
import numpy as np
import polars as pl
import pyarrow as pa
from circuit import rounds_for, timeline_of
from measure import Row, Target, consume, spread, times_the_time

from supple import load_catalog, schedule
from supple.columns import arrow_schema, expand, templates, to_arrow, to_numpy

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from measure import Spread

    from supple import Timeline

MANY = 1_000_000
FEW = 1_000
FIVE = ("at_ms", "duration_ms", "rep", "set", "round")
START = datetime(2027, 1, 1, 7, tzinfo=UTC)
DAYS = 365


def rows() -> Iterator[Row]:
    """Measure columns, batches, the expansion of sessions, and the join of templates."""
    timeline = timeline_of(rounds_for(MANY))
    _assert_equal(timeline)
    beside, every = "iterate it, every fact equal", len(arrow_schema().names)
    yield Row(
        f"Arrow: all {every} columns of {len(timeline):,} events",
        beside,
        times_the_time(lambda: consume(to_arrow(timeline)), lambda: consume(timeline), pairs=11),
        "× the time",
        Target("at most", 0.2),
    )
    yield Row(
        f"Arrow: all {every} columns of {len(timeline):,} events",
        "timeline.rows(), every fact equal",
        times_the_time(
            lambda: consume(to_arrow(timeline)), lambda: consume(timeline.rows()), pairs=5
        ),
        "× the time",
    )
    yield Row(
        f"numpy: {len(FIVE)} columns of numbers of {len(timeline):,} events",
        beside,
        times_the_time(lambda: to_numpy(timeline, FIVE), lambda: consume(timeline), pairs=11),
        "× the time",
        Target("at most", 0.2),
    )
    few = timeline_of(rounds_for(FEW))
    yield Row(
        f"Arrow: all {every} columns of {len(few):,} events",
        beside,
        times_the_time(lambda: consume(to_arrow(few)), lambda: consume(few), pairs=31),
        "× the time",
    )
    yield _memory()
    yield _expansion()
    yield from _joins()


def _assert_equal(timeline: Timeline) -> None:
    names = arrow_schema().names
    events = iter(timeline.rows())
    for batch in to_arrow(timeline, batch_rows=100_000):
        for row in zip(*(batch[name].to_pylist() for name in names), strict=True):
            assert row == next(events)
    assert next(events, None) is None


def _memory() -> Row:
    """Go through ten batches after the first, and see by how much the process has grown."""
    batches = to_arrow(timeline_of(rounds_for(12 * MANY)))

    def grown() -> float:
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        next(batches)
        return (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024

    for _ in range(2):
        next(batches)
    return Row(
        f"Arrow: another batch of {MANY:,} events",
        "the largest that the process had been",
        spread(grown() for _ in range(9)),
        "MiB",
        Target("below", 10),
    )


def _expansion() -> Row:
    routines = load_catalog("lower-back").routines
    sessions = _sessions(2_000, days=7)
    names = ("kind", "exercise", "duration_ms", "rep", "set")
    count = sum(batch.num_rows for batch in expand(sessions.to_batches(), routines))

    def expanded() -> None:
        consume(expand(sessions.to_batches(), routines, columns=names))

    return Row(
        f"expand {sessions.num_rows:,} sessions, {count:,} events, {len(names)} facts",
        "the processor's time",
        _rate(expanded, count),
        "million events/s",
    )


def _joins() -> Iterator[Row]:
    """Join a year of two sessions a day with their templates, for as many patients as named."""
    patients = 500
    routines = load_catalog("lower-back").routines
    levels = [step / 4 for step in range(5)]
    table = templates(
        [schedule(routines[name], level=level) for name in _NAMES for level in levels],
        ["at_ms", "kind"],
    )
    sessions = _sessions(patients, days=DAYS)
    sizes = table.group_by(["routine", "level"]).aggregate([([], "count_all")])
    joined = sessions.join(sizes, ["routine", "level"])
    count = int(np.asarray(joined["count_all"]).sum())

    base = duckdb.connect()
    base.execute("SET threads = 2")
    base.register("sessions", sessions)
    base.register("templates", table)
    joining = "FROM sessions JOIN templates USING (routine, level)"
    instant = "epoch_us(start) + at_ms * 1000"

    def duckdb_counts() -> None:
        assert (base.execute(f"SELECT count(*) {joining}").fetchone() or [0])[0] == count

    def duckdb_looks() -> None:
        found = base.execute(f"SELECT count(*), max({instant}) {joining}").fetchone()
        assert (found or [0])[0] == count

    def duckdb_groups() -> None:
        minute = f"date_trunc('minute', make_timestamp({instant}))"
        holds = f"{joining} WHERE kind = 'hold.started'"
        base.execute(f"SELECT {minute} AS minute, count(*) {holds} GROUP BY minute").fetchall()

    lazy, of_lazy = pl.DataFrame(sessions).lazy(), pl.DataFrame(table).lazy()

    def polars_looks() -> None:
        at = pl.col("start") + pl.duration(milliseconds="at_ms")
        frame = lazy.join(of_lazy, on=["routine", "level"]).select(at.max(), pl.len().alias("n"))
        assert frame.collect(engine="streaming")["n"][0] == count

    what = f"{patients:,} patients × {DAYS} days × 2, {count:,} events"
    for action, name in (
        (duckdb_counts, "DuckDB: count"),
        (duckdb_looks, "DuckDB: the last instant of"),
        (duckdb_groups, "DuckDB: holds per minute of"),
        (polars_looks, "Polars: the last instant of"),
    ):
        yield Row(
            f"{name} {what}",
            "the clock, two threads",
            _rate(action, count, perf_counter),
            "million events/s",
        )


_NAMES = ("lower-back", "in-bed")


def _sessions(patients: int, *, days: int) -> pa.Table:
    """Return two sessions a day for each patient, of two routines at five levels."""
    number = np.arange(patients * days * 2)
    patient, day = number // (days * 2), number // 2 % days
    minute = day * 24 * 60 + number % 2 * 11 * 60 + patient % 120
    start = np.datetime64(START.replace(tzinfo=None), "us") + minute * np.timedelta64(
        timedelta(minutes=1)
    )
    return pa.table(
        {
            "patient": patient,
            "routine": pa.array(np.array(_NAMES)[number % 2]),
            "level": day // 7 % 5 / 4,
            "start": pa.array(start).cast(pa.timestamp("us", "UTC")),
        }
    )


def _rate(
    action: Callable[[], object], count: int, clock: Callable[[], float] = process_time
) -> Spread:
    action()
    rates = []
    for _ in range(3):
        before = clock()
        action()
        rates.append(count / (clock() - before) / 1e6)
    return spread(rates)
