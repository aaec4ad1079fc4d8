"""The events of a timeline in the memory format of Apache Arrow."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pyarrow as pa

from supple._model import requirements as must
from supple._timeline.events import FACTS
from supple._timeline.facts import Flag, Text, Whole
from supple.columns._facts import distinct_facts, facts_of, words_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from numpy.typing import NDArray

    from supple import Timeline
    from supple._timeline.facts import FactType
    from supple.columns._facts import Column, Facts

MOST_ROWS: Final = 1_000_000
"""How many events a batch has at the most."""


def schema(columns: Iterable[str] | None = None) -> pa.Schema:
    """Return the schema of the columns that :func:`to_arrow` makes.

    Each fact keeps its name and its type for ever; a later version may add facts at the end.

    Args:
        columns: The names of facts; all of them where they are left out.

    Raises:
        MissingExtraError: If the extra ``arrow`` is not installed.
        ModelError: If there is no such fact, or one is named twice.

    >>> from supple.columns import schema
    >>> print(schema(["at_ms", "kind", "text"]))
    at_ms: int64
    kind: dictionary<values=string, indices=int8, ordered=0>
    text: string
    """
    names = distinct_facts("schema", columns)
    return pa.schema([(name, _type(FACTS[name].type)) for name in names])


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
        batch_rows: How many events a batch has, from 1 to 1,000,000; the last one may have
            fewer.

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
    facts = facts_of(timeline, "to_arrow", columns)
    batch_rows = require_batch_rows("to_arrow", batch_rows)
    return pa.RecordBatchReader.from_batches(schema(facts.names), _batches(facts, batch_rows))


def require_batch_rows(where: str, batch_rows: int) -> int:
    """Return how many rows a batch has, if it is a number that it may have."""
    return must.Whole(1, MOST_ROWS).require(f"{where}.batch_rows", batch_rows)


def _type(fact_type: FactType) -> pa.DataType:
    if isinstance(fact_type, Whole):
        return pa.int64()
    if isinstance(fact_type, Flag):
        return pa.bool_()
    if fact_type is Text.LINE:
        return pa.string()
    is_closed = words_of(fact_type) is not None
    return pa.dictionary(pa.int8() if is_closed else pa.int32(), pa.string())


def _batches(facts: Facts, batch_rows: int) -> Iterator[pa.RecordBatch]:
    of_facts = schema(facts.names)
    nulls: dict[tuple[pa.DataType, int], pa.Array] = {}
    for first in range(0, facts.size, batch_rows):
        last = min(first + batch_rows, facts.size)
        applies: dict[int, pa.Buffer] = {}  # bits that many columns share
        arrays = []
        for column, each in zip(facts.columns(first, last), of_facts, strict=True):
            if column.values is None:
                key = each.type, last - first
                if key not in nulls:
                    nulls[key] = pa.nulls(last - first, each.type)
                arrays.append(nulls[key])
            else:
                arrays.append(_array(column.values, column, applies))
        yield pa.RecordBatch.from_arrays(arrays, schema=of_facts)


def _array(values: NDArray[Any], column: Column, applies: dict[int, pa.Buffer]) -> pa.Array:
    if isinstance(column.type, Flag):
        return pa.Array.from_buffers(pa.bool_(), values.size, [None, _bits(values)])
    where = None
    if column.mask is not None:
        number, mask = column.mask
        if number not in applies:
            applies[number] = _bits(mask)
        where = applies[number]
    of_values = pa.from_numpy_dtype(values.dtype)
    numbers = pa.Array.from_buffers(of_values, values.size, [where, pa.py_buffer(values)])
    if isinstance(column.type, Whole):
        return numbers
    words = pa.array(column.words, pa.string())
    if column.type is Text.LINE:
        return words.take(numbers)
    return pa.DictionaryArray.from_arrays(numbers, words, safe=False)


def _bits(flags: NDArray[Any]) -> pa.Buffer:
    return pa.py_buffer(np.packbits(flags, bitorder="little"))
