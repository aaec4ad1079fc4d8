"""Sessions in, events out: those of each timeline, moved to where its session starts."""

from __future__ import annotations

import pickle
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import duckdb
import polars as pl
import pyarrow as pa
import pytest
from hypothesis import given, strategies as st

from supple import ModelError, Pacing, UnknownNameError, load_catalog, schedule
from supple.columns import _expand, arrow_schema, expand, templates
from tests.laws import share

if TYPE_CHECKING:
    from collections.abc import Iterable

ROUTINES = load_catalog("lower-back").routines
LEVELS = (0.0, 0.25, 1.0)
NAMES = ["at_ms", "kind", "text", "side", "duration_ms", "rep", "open"]
MONDAY = datetime(2027, 3, 22, 7, 30, tzinfo=UTC)
PLAIN = Pacing()

TIMELINES = {
    (name, level): schedule(ROUTINES[name], level=level)
    for name in ("lower-back", "in-bed")
    for level in LEVELS
}

Session = tuple[int, str, float, datetime]

SESSIONS = st.lists(
    st.tuples(
        st.integers(0, 9),
        st.sampled_from(["lower-back", "in-bed"]),
        st.sampled_from(LEVELS),
        st.integers(0, 10**9).map(lambda ms: MONDAY + timedelta(milliseconds=ms)),
    ),
    max_size=6,
)


def batch(sessions: Iterable[Session], zone: str | None = "UTC") -> pa.RecordBatch:
    """Return sessions as a batch."""
    types = [pa.int64(), pa.string(), pa.float64(), pa.timestamp("us", zone)]
    fields = pa.schema([*zip(("patient", "routine", "level", "start"), types, strict=True)])
    columns = [*zip(*sessions, strict=True)] or [(), (), (), ()]
    arrays = [pa.array(each, of) for each, of in zip(columns, types, strict=True)]
    return pa.RecordBatch.from_arrays(arrays, schema=fields)


def expected(sessions: Iterable[Session]) -> list[tuple[Any, ...]]:
    """Return the rows of the events of sessions, an event at a time."""
    return [
        (*session, session[3] + event.at, *row)
        for session in sessions
        for event, row in zip(
            TIMELINES[session[1:3]], TIMELINES[session[1:3]].rows(NAMES), strict=True
        )
    ]


def rows(batches: Iterable[pa.RecordBatch]) -> list[tuple[Any, ...]]:
    """Return the rows of some batches."""
    return [row for each in batches for row in zip(*(c.to_pylist() for c in each), strict=True)]


@share(0.5)
@given(st.lists(SESSIONS, max_size=3), st.integers(200, 2_000))
def test_the_events_of_sessions(sessions: list[list[Session]], batch_rows: int) -> None:
    """Each session has the events of its timeline, in order, in batches of at most so many."""
    found = [*expand(map(batch, sessions), ROUTINES, columns=NAMES, batch_rows=batch_rows)]
    assert all(0 < each.num_rows <= batch_rows for each in found)
    assert rows(found) == [row for some in sessions for row in expected(some)]


def test_all_facts_are_there() -> None:
    """Where no columns are named, all are there, words as plain text."""
    [events] = expand([batch([(1, "in-bed", 0.0, MONDAY)])], ROUTINES, pacing=PLAIN)
    assert events.schema.names == [
        "patient",
        "routine",
        "level",
        "start",
        "at",
        *arrow_schema().names,
    ]
    assert events.schema.field("at").type == pa.timestamp("us", "UTC")
    assert events.schema.field("kind").type == pa.string()
    expected = [*schedule(ROUTINES["in-bed"]).rows()]
    facts = events.select(arrow_schema().names)
    assert [*zip(*facts.to_pydict().values(), strict=True)] == expected


def test_an_hour_that_the_clocks_leave_out() -> None:
    """Instants stay as far apart as they are, in the zone of the sessions or in none."""
    berlin = ZoneInfo("Europe/Berlin")
    start = datetime(2027, 3, 28, 1, 58, tzinfo=berlin)
    [events] = expand([batch([(1, "in-bed", 1.0, start)], "Europe/Berlin")], ROUTINES, columns=[])
    last = events["at"][-1].as_py()
    assert last.hour == 3
    assert last - start.astimezone(UTC) == TIMELINES["in-bed", 1.0].duration
    naive = datetime(2027, 3, 28, 1, 58)  # noqa: DTZ001 - a table without a zone
    [events] = expand([batch([(1, "in-bed", 1.0, naive)], None)], ROUTINES, columns=[])
    assert events["at"][-1].as_py() - naive == TIMELINES["in-bed", 1.0].duration


def test_it_can_be_pickled() -> None:
    """What an engine sends to its workers does there what it does here."""
    sessions = [(1, "in-bed", 1.0, MONDAY), (2, "lower-back", 0.0, MONDAY)]
    there = pickle.loads(pickle.dumps(partial(expand, routines=ROUTINES, columns=NAMES)))  # noqa: S301 - our own
    assert rows(there([batch(sessions)])) == expected(sessions)


def test_words_may_be_encoded() -> None:
    """Routines may come as a dictionary, levels as whole numbers and instants in seconds."""
    sessions = [(1, "in-bed", 1.0, MONDAY), (2, "lower-back", 0.0, MONDAY)]
    given = batch(sessions)
    given = given.set_column(1, "routine", given["routine"].dictionary_encode())
    given = given.set_column(2, "level", given["level"].cast(pa.int8()))
    given = given.set_column(3, "start", given["start"].cast(pa.timestamp("s", "UTC")))
    assert rows(expand([given], ROUTINES, columns=NAMES)) == expected(sessions)


def test_what_is_kept_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    """A worker that has seen many routines lets go of them, and lays them out again."""
    monkeypatch.setattr(_expand, "_MOST_KEPT", 100)
    sessions = [(n, "in-bed", LEVELS[n % 3], MONDAY) for n in range(7)]
    found = rows(expand(map(batch, [sessions[:4], sessions[4:]]), ROUTINES, columns=NAMES))
    assert found == expected(sessions)


# --- refusals ---------------------------------------------------------------------------


def refused(sessions: pa.RecordBatch, **given: Any) -> str:
    """Return how sessions are refused."""
    with pytest.raises((ModelError, UnknownNameError)) as caught:
        [*expand([sessions], ROUTINES, **given)]
    return str(caught.value)


def test_sessions_that_cannot_be_expanded() -> None:
    """What is wrong with a session is named, with the column."""
    good = batch([(1, "in-bed", 1.0, MONDAY)])
    assert refused(good.select(["patient", "start"])) == (
        "expand.batches: must have the columns routine, level, start (got ['routine', 'level'])"
    )
    assert refused(good.rename_columns(["kind", "routine", "level", "start"])) == (
        "expand.batches: must not have a column that events have (got ['kind'])"
    )
    null = good.set_column(2, "level", pa.array([None], pa.float64()))
    assert refused(null) == "expand.batches['level']: must have no nulls (got 1)"
    text = good.set_column(3, "start", pa.array(["2027-03-22"]))
    assert refused(text) == "expand.batches['start']: must be a timestamp (got 'string')"
    words = good.set_column(2, "level", pa.array(["full"]))
    assert refused(words) == "expand.batches['level']: must be a number (got 'string')"
    number = good.set_column(1, "routine", pa.array([1]))
    assert refused(number) == "expand.batches['routine']: must be text (got 'int64')"
    assert refused(batch([(1, "in-bad", 1.0, MONDAY)])) == (
        "no routine is named 'in-bad'; did you mean 'in-bed'?"
    )
    assert refused(batch([(1, "in-bed", 2.0, MONDAY)])).startswith("schedule.level: must be ")


def test_arguments_are_refused_at_once() -> None:
    """A wrong argument is refused before any session is asked for."""
    with pytest.raises(ModelError, match=r"expand.columns\[0\]: must be one of at_ms, "):
        expand([], ROUTINES, columns=["what"])
    with pytest.raises(ModelError, match=r"expand.batch_rows: must be a whole number from 1 "):
        expand([], ROUTINES, batch_rows=0)


# --- the table of templates -------------------------------------------------------------


def test_templates() -> None:
    """The table has the events of each timeline by routine and level."""
    table = templates(TIMELINES.values(), NAMES)
    assert rows(table.to_batches()) == [
        (*key, *row) for key, timeline in TIMELINES.items() for row in timeline.rows(NAMES)
    ]
    assert templates([], NAMES).schema == table.schema
    one = TIMELINES["in-bed", 1.0]
    with pytest.raises(ModelError) as caught:
        templates([one, one])
    assert str(caught.value) == (
        "templates.timelines[1]: must differ from those before it in routine or level "
        "(got ('in-bed', 1.0))"
    )


def test_duckdb_joins_them() -> None:
    """DuckDB has from sessions and templates what an event at a time has."""
    sessions = [(n, "in-bed", LEVELS[n % 3], MONDAY + timedelta(hours=n)) for n in range(5)]
    with duckdb.connect() as base:
        base.register("sessions", pa.Table.from_batches([batch(sessions)]))
        base.register("templates", templates(TIMELINES.values(), NAMES))
        found = base.sql("""
            SELECT patient, epoch_us(start) + at_ms * 1000 AS at, kind, text, rep
            FROM sessions JOIN templates USING (routine, level)
        """).fetchall()
    assert sorted(found, key=str) == sorted(plain(sessions), key=str)


def test_polars_joins_them() -> None:
    """Polars has from sessions and templates what an event at a time has."""
    sessions = [(n, "in-bed", LEVELS[n % 3], MONDAY + timedelta(hours=n)) for n in range(5)]
    at = (pl.col("start") + pl.duration(milliseconds="at_ms")).dt.epoch("us")
    frame = (
        pl.DataFrame(batch(sessions))
        .lazy()
        .join(pl.DataFrame(templates(TIMELINES.values(), NAMES)).lazy(), on=["routine", "level"])
        .select("patient", at.alias("at"), "kind", "text", "rep")
        .collect()
    )
    assert sorted(frame.rows(), key=str) == sorted(plain(sessions), key=str)


def plain(sessions: Iterable[Session]) -> list[tuple[Any, ...]]:
    """Return the patient, the instant, the kind, the text and the repetition of events."""
    return [
        (patient, round(at.timestamp() * 1000) * 1000, kind, text, rep)
        for patient, _, _, _, at, _, kind, text, _, _, rep, _ in expected(sessions)
    ]
