"""The events of a timeline as columns: those of its iteration, a fact each."""

from __future__ import annotations

import io
import subprocess
import sys
from itertools import islice
from typing import TYPE_CHECKING, Any

import polars as pl
import pyarrow as pa
import pyarrow.parquet
import pytest
from hypothesis import assume, given, strategies as st

from supple import (
    Circuit,
    Event,
    Exercise,
    Hold,
    ModelError,
    Pacing,
    Prescription,
    Routine,
    Step,
    TimelineError,
    load_catalog,
    schedule,
)
from supple.columns import _places, arrow_schema, to_arrow, to_numpy
from supple.columns._facts import Facts
from supple.export import arrow, parquet
from tests.laws import hold_to, share
from tests.strategies import timelines

if TYPE_CHECKING:
    from collections.abc import Iterable

    from supple import RoutineItem, Timeline

MOST_EVENTS = 1_000

SCHEMA = """
at_ms: int64
kind: dictionary<values=string, indices=int8, ordered=0>
text: string
duration_ms: int64
remaining_ms: int64
exercise: dictionary<values=string, indices=int32, ordered=0>
exercise_number: int64
exercises: int64
side: dictionary<values=string, indices=int8, ordered=0>
rep: int64
reps: int64
set: int64
sets: int64
round: int64
rounds: int64
why: dictionary<values=string, indices=int8, ordered=0>
next_exercise: dictionary<values=string, indices=int32, ordered=0>
next_side: dictionary<values=string, indices=int8, ordered=0>
note: string
load: string
open: bool
jump: bool
"""

FACTS = arrow_schema().names


def column_of(events: Iterable[Event], name: str) -> list[Any]:
    """Return a fact of every event, read from the events."""
    return [getattr(event, name) for event in events]


def table_of(events: Iterable[Event]) -> dict[str, list[Any]]:
    """Return the facts of events, by name."""
    events = [*events]
    return {name: column_of(events, name) for name in FACTS}


def exercise(id: str, **given: Any) -> Exercise:
    """Return an exercise of a step and a hold."""
    cycle = [Step("Go", seconds=2), Hold("Keep {side}", seconds=5)]
    about = {"name": id.title(), "kind": "stretch", "position": "standing", "sides": "alternate"}
    return Exercise(id, **(about | {"cycle": cycle} | given))


def nested(rounds: int, inner: int, reps: int) -> Timeline:
    """Return a circuit in a circuit with rests, between and around exercises of many sets."""
    reach = exercise("reach", reps=reps, sets=3)
    turn = Prescription(exercise("turn", reps=2), note="Slowly", load="2 kg")
    within = Circuit([turn, exercise("bend", sides="each", sets=2)], rounds=inner, rest=10)
    items: list[RoutineItem] = [reach, Circuit([within, reach], rounds=rounds, rest=20), turn]
    return schedule(Routine("nested", items=items), level=0.5)


# --- the law ----------------------------------------------------------------------------


@share(0.5)
@given(timelines, st.integers(30, 400), st.sampled_from([1, 50, _places._WORTH_COPYING]))
def test_columns_are_those_of_iteration(timeline: Timeline, rows: int, worth: int) -> None:
    """Batches of any size, and arrays, have what the events say, column by column."""
    assume(timeline.count() <= MOST_EVENTS)
    expected = table_of(timeline)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(_places, "_WORTH_COPYING", worth)
        hold_to(arrow_has_them, timeline, rows, expected)
        hold_to(numpy_has_them, timeline, expected)


def arrow_has_them(timeline: Timeline, rows: int, expected: dict[str, list[Any]]) -> None:
    """Record batches are full but for the last one, valid, of the schema, and have the facts."""
    batches = [*to_arrow(timeline, batch_rows=rows)]
    count = timeline.count()
    assert [batch.num_rows for batch in batches[:-1]] == [rows] * ((count - 1) // rows)
    for batch in batches:
        batch.validate(full=True)
    assert pa.Table.from_batches(batches, arrow_schema()).to_pydict() == expected


def numpy_has_them(timeline: Timeline, expected: dict[str, list[Any]]) -> None:
    """Arrays have the facts, and -1 where a number does not apply."""
    arrays = to_numpy(timeline)
    assert [*arrays] == FACTS
    for name, array in arrays.items():
        values = array.tolist()
        if array.dtype == "int64":
            values = [None if value == -1 else value for value in values]
        assert values == expected[name], name


@given(st.data())
def test_a_stretch_of_a_long_timeline(data: st.DataObject) -> None:
    """Wherever a stretch of a huge timeline begins and ends, it has the events of its numbers."""
    counts = st.integers(1, 10**6) | st.integers(1, 3)
    timeline = nested(data.draw(counts), data.draw(counts), data.draw(counts))
    last = timeline.count()
    first = data.draw(st.integers(0, last - 1))
    last = min(first + data.draw(st.integers(1, 300)), last)
    facts = Facts(timeline, "test", ["at_ms", "rep", "set", "round", "exercise_number", "text"])
    columns = facts.columns(first, last)
    for name, column in zip(facts.names, columns, strict=True):
        values = column.values.tolist() if column.values is not None else []
        if name == "text":
            values = [column.words[value] for value in values]
        if column.mask is not None:
            applies = column.mask.tolist()
            values = [value if does else None for value, does in zip(values, applies, strict=True)]
        assert values == [getattr(timeline[i], name) for i in range(first, last)], name


# --- at length --------------------------------------------------------------------------


def test_what_is_repeated_is_copied() -> None:
    """Loops long enough to be copied, one within the other, are as iterating has them."""
    timeline = nested(2, 30, 250)
    assert timeline.count() > 5 * _places._WORTH_COPYING
    expected = table_of(timeline)
    for rows in (1_000_000, 17_777):
        assert to_arrow(timeline, batch_rows=rows).read_all().to_pydict() == expected


def test_a_million_repetitions_have_a_text_each() -> None:
    """Texts that count are filled in for the batch that they stand in."""
    timeline = schedule(exercise("reach", reps=10**12))
    batch = next(to_arrow(timeline, ["text"], batch_rows=100_000))
    assert batch["text"].to_pylist() == [event.text for event in islice(timeline, 100_000)]


def test_memory_does_not_grow_with_the_batches() -> None:
    """Nothing of a batch stays once it is dropped."""
    events = to_arrow(nested(10**9, 3, 10), batch_rows=50_000)
    held = []
    for _ in range(20):
        next(events)
        held.append(pa.total_allocated_bytes())
    assert max(held) - min(held) < 64 * 1024  # the texts of a batch are not all as long


# --- the schema -------------------------------------------------------------------------


def test_the_schema() -> None:
    """The columns have these names and types."""
    assert str(arrow_schema()) == SCHEMA.strip()


def test_columns_are_chosen() -> None:
    """Columns come in the order in which they are named."""
    timeline = nested(2, 2, 2)
    table = to_arrow(timeline, ["side", "at_ms"]).read_all()
    assert table.schema == arrow_schema(["side", "at_ms"])
    assert table["at_ms"].to_pylist() == column_of(timeline, "at_ms")
    assert [*to_numpy(timeline, ["side", "at_ms"])] == ["side", "at_ms"]
    assert to_arrow(timeline, []).schema == pa.schema([])


@pytest.mark.parametrize("call", [to_arrow, to_numpy])
def test_no_such_column(call: Any) -> None:
    """A column that there is not is refused at once, and so is one named twice."""
    timeline, name = nested(1, 1, 1), call.__name__
    with pytest.raises(ModelError, match=rf"{name}.columns\[1\]: must be one of at_ms, .*'kind'"):
        call(timeline, ["at_ms", "kinds"])
    with pytest.raises(ModelError) as caught:
        call(timeline, ["at_ms", "at_ms"])
    assert str(caught.value) == f"{name}.columns[1]: must be named once (got 'at_ms')"


@pytest.mark.parametrize("rows", [0, -1, 1_000_001, True, 1.0, "many"])
def test_batches_of_no_size(rows: Any) -> None:
    """A batch has from one to a million rows."""
    with pytest.raises(ModelError) as caught:
        to_arrow(nested(1, 1, 1), batch_rows=rows)
    assert caught.value.where == "to_arrow.batch_rows"
    assert caught.value.requirement == "must be a whole number from 1 to 1000000"


def test_a_timeline_of_more_than_64_bits() -> None:
    """A timeline whose offsets no column can hold is refused at once."""
    reach = exercise("reach", reps=10**12, sets=10**12)
    with pytest.raises(TimelineError) as caught:
        to_arrow(schedule(reach, pacing=Pacing(between_sets=0)))
    assert caught.value.where == "to_arrow.timeline"
    assert caught.value.requirement == "must last at most 9223372036854775807 ms"


def test_it_is_loaded_when_it_is_used() -> None:
    """Neither numpy nor pyarrow is loaded before it is needed; one that is missing is named."""
    program = """
import sys, supple.columns, supple.export
supple.export.formats()
print(sorted({"numpy", "pyarrow"} & {*sys.modules}))
sys.modules["pyarrow"] = None
try:
    supple.columns.to_arrow
except supple.MissingExtraError as error:
    print(error)
sys.modules["supple.columns._expand"] = None
try:
    supple.columns.expand
except ModuleNotFoundError as error:
    print(type(error).__name__, error.name)
"""
    command = [sys.executable, "-c", program]
    done = subprocess.run(command, capture_output=True, check=True, text=True)
    assert done.stdout.splitlines() == [
        "[]",
        "this needs the package pyarrow, which is not installed: pip install 'supple[arrow]'",
        "ModuleNotFoundError supple.columns._expand",
    ]


# --- files and frames -------------------------------------------------------------------


def written(module: Any, timeline: Timeline) -> io.BytesIO:
    """Return a file of a timeline."""
    stream = io.BytesIO()
    module.write(timeline, stream)
    stream.seek(0)
    return stream


@pytest.mark.parametrize("language", ["en", "de"])
def test_files_have_the_columns(language: str) -> None:
    """Both files give back the schema and the facts, to two readers each."""
    timeline = schedule(load_catalog("lower-back", language=language).routines["lower-back"])
    expected = table_of(timeline)
    of_parquet = pyarrow.parquet.read_table(written(parquet, timeline))
    of_arrow = pa.ipc.open_file(written(arrow, timeline)).read_all()
    assert of_arrow.schema == arrow_schema()
    assert of_parquet.schema.names == arrow_schema().names
    assert of_parquet.to_pydict() == of_arrow.to_pydict() == expected
    assert pl.read_parquet(written(parquet, timeline)).to_dict(as_series=False) == expected
    assert pl.read_ipc(written(arrow, timeline)).to_dict(as_series=False) == expected


def test_what_files_lose() -> None:
    """What is no event is lost, and no more."""
    timeline = schedule(load_catalog("lower-back").routines["lower-back"])
    assert parquet.lost(timeline) == arrow.lost(timeline)
    assert "the advice" in arrow.lost(timeline)
    assert arrow.lost(nested(1, 1, 1)) == ()


def test_a_file_has_many_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    """A file of more than one batch has one dictionary for all of them."""
    timeline = nested(3, 3, 3)
    real = to_arrow
    monkeypatch.setattr("supple.columns.to_arrow", lambda timeline: real(timeline, batch_rows=100))
    expected = table_of(timeline)
    assert pa.ipc.open_file(written(arrow, timeline)).read_all().to_pydict() == expected
    file = pyarrow.parquet.ParquetFile(written(parquet, timeline))
    assert file.num_row_groups == -(-timeline.count() // 100)
    assert file.read().to_pydict() == expected
