"""The events of a timeline as arrays: in the memory format of Apache Arrow, or of numpy."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pyarrow as pa

from supple._model import requirements as must
from supple._timeline.events import FACTS
from supple._timeline.facts import TrueOnly
from supple.columns._facts import Facts, distinct_facts, words_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from numpy.typing import NDArray

    from supple import Timeline
    from supple.columns._facts import Column

MOST_ROWS: Final = 1_000_000
"""How many events a batch has at the most."""

_DOES_NOT_APPLY: Final = -1  # which no fact ever is


def arrow_schema(columns: Iterable[str] | None = None) -> pa.Schema:
    """Return the schema of the columns that :func:`to_arrow` makes.

    Each fact keeps its name and its type for ever; a later version may add facts at the end.

    Args:
        columns: The names of facts; all of them where they are left out.

    Raises:
        MissingExtraError: If the extra ``arrow`` is not installed.
        ModelError: If there is no such fact, or one is named twice.

    >>> from supple.columns import arrow_schema
    >>> print(arrow_schema(["at_ms", "kind", "text"]))
    at_ms: int64
    kind: dictionary<values=string, indices=int8, ordered=0>
    text: string
    """
    names = distinct_facts("arrow_schema", columns)
    return pa.schema([(name, _type(FACTS[name].requirement)) for name in names])


def to_arrow(
    timeline: Timeline, columns: Iterable[str] | None = None, *, batch_rows: int = MOST_ROWS
) -> pa.RecordBatchReader:
    """Return the facts of all events of a timeline as record batches, lazily.

    No event is made for it: a batch takes time for the events that are written and a few copies
    of memory for those that repeat them, and only one is in memory at a time. What does not
    apply is null. Below a thousand events iterating the timeline is as good.

    The reader can be gone through once. ``read_all()`` makes a table of it, ``read_pandas()`` a
    data frame; Polars, DuckDB and whatever else takes a stream of Arrow data takes it as it is.

    Args:
        timeline: The timeline.
        columns: The names of facts, such as ``at_ms`` and ``kind``, in the order that is
            wanted; all of them, in the order of an event line, where they are left out.
        batch_rows: How many events a batch has, no more than where it is left out; the last one
            may have fewer.

    Raises:
        MissingExtraError: If the extra ``arrow`` is not installed.
        ModelError: If there is no such fact, one is named twice, or ``batch_rows`` is out of
            its bounds. At once, and not while reading.
        TimelineError: If the timeline lasts longer than 64 bits can count.

    >>> import supple
    >>> from supple.columns import to_arrow
    >>> back = supple.load_catalog("lower-back")
    >>> timeline = supple.schedule(back.routines["lower-back"])
    >>> table = to_arrow(timeline, ["at_ms", "kind"]).read_all()
    >>> table.slice(2, 1).to_pylist()
    [{'at_ms': 2000, 'kind': 'cue.countdown'}]
    """
    facts = Facts(timeline, "to_arrow", columns)
    batch_rows = require_batch_rows("to_arrow", batch_rows)
    return pa.RecordBatchReader.from_batches(
        arrow_schema(facts.names), _batches(facts, batch_rows)
    )


def to_numpy(timeline: Timeline, columns: Iterable[str] | None = None) -> dict[str, NDArray[Any]]:
    """Return the facts of all events of a timeline as arrays, by name.

    No event is made for it: it takes time for the events that are written and a few copies of
    memory for those that repeat them. All of it is in memory at once; :func:`to_arrow` goes
    through a long timeline in batches. Below a thousand events iterating the timeline is as
    good.

    Args:
        timeline: The timeline.
        columns: The names of facts, such as ``at_ms`` and ``kind``, in the order that is
            wanted; all of them, in the order of an event line, where they are left out.

    Returns:
        Arrays with one value an event. A whole number is an ``int64``, -1 where it does not
        apply; a text and a word are a ``str``, ``None`` where they do not apply, in an array of
        objects; a flag is a ``bool``.

    Raises:
        MissingExtraError: If the extra ``arrow`` is not installed.
        ModelError: If there is no such fact, or one is named twice.
        TimelineError: If the timeline lasts longer than 64 bits can count.
        MemoryError: If there is no room for so many events.

    >>> import supple
    >>> from supple.columns import to_numpy
    >>> back = supple.load_catalog("lower-back")
    >>> timeline = supple.schedule(back.routines["lower-back"])
    >>> columns = to_numpy(timeline, ["kind", "duration_ms"])
    >>> int(columns["duration_ms"][columns["kind"] == "hold.started"].sum())
    150000
    """
    facts = Facts(timeline, "to_numpy", columns)
    found = facts.columns(0, facts.size)
    return {
        name: _numpy_array(column, facts.size)
        for name, column in zip(facts.names, found, strict=True)
    }


def require_batch_rows(where: str, batch_rows: int) -> int:
    """Return how many rows a batch has, if it is a number that it may have."""
    return must.Whole(1, MOST_ROWS).require(f"{where}.batch_rows", batch_rows)


def _type(requirement: must.Requirement[Any]) -> pa.DataType:
    if isinstance(requirement, must.Whole):
        return pa.int64()
    if isinstance(requirement, TrueOnly):
        return pa.bool_()
    if requirement is must.LINE:
        return pa.string()
    is_closed = words_of(requirement) is not None
    return pa.dictionary(pa.int8() if is_closed else pa.int32(), pa.string())


def _batches(facts: Facts, batch_rows: int) -> Iterator[pa.RecordBatch]:
    of_facts, nulls = arrow_schema(facts.names), cache(pa.nulls)
    for first in range(0, facts.size, batch_rows):
        last = min(first + batch_rows, facts.size)
        applies: dict[int, pa.Buffer] = {}  # bits that many columns share
        arrays = [
            nulls(last - first, each.type)
            if column.values is None
            else _array(column.values, column, applies)
            for column, each in zip(facts.columns(first, last), of_facts, strict=True)
        ]
        yield pa.RecordBatch.from_arrays(arrays, schema=of_facts)


def _array(values: NDArray[Any], column: Column, applies: dict[int, pa.Buffer]) -> pa.Array:
    if isinstance(column.requirement, TrueOnly):
        return pa.Array.from_buffers(pa.bool_(), values.size, [None, _bits(values)])
    where = None
    if column.mask is not None:
        if id(column.mask) not in applies:
            applies[id(column.mask)] = _bits(column.mask)
        where = applies[id(column.mask)]
    of_values = pa.from_numpy_dtype(values.dtype)
    numbers = pa.Array.from_buffers(of_values, values.size, [where, pa.py_buffer(values)])
    if isinstance(column.requirement, must.Whole):
        return numbers
    words = pa.array(column.words, pa.string())
    if column.requirement is must.LINE:
        return words.take(numbers)
    return pa.DictionaryArray.from_arrays(numbers, words, safe=False)


def _bits(flags: NDArray[Any]) -> pa.Buffer:
    return pa.py_buffer(np.packbits(flags, bitorder="little"))


def _numpy_array(column: Column, size: int) -> NDArray[Any]:
    is_number = isinstance(column.requirement, must.Whole)
    nothing = _DOES_NOT_APPLY if is_number else None
    if column.values is None:
        return np.full(size, nothing)
    if is_number or isinstance(column.requirement, TrueOnly):
        values = column.values
    else:
        values = np.array([*column.words, None], object).take(column.values)
    if column.mask is not None:
        values = values.copy() if is_number else values  # others may see the same
        values[~column.mask] = nothing
    return values
