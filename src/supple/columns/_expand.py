"""Sessions in, events out: what engines run in bulk."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
import pyarrow as pa

from supple._errors import ModelError, UnknownNameError
from supple._timeline.schedule import schedule
from supple._units import US_PER_MS
from supple.columns._arrays import MOST_ROWS, arrow_schema, require_batch_rows, to_arrow
from supple.columns._facts import distinct_facts

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from numpy.typing import NDArray

    from supple import Pacing, Routine, Timeline


def _is_text(of_column: pa.DataType) -> bool:
    if pa.types.is_dictionary(of_column):
        of_column = of_column.value_type
    return bool(pa.types.is_string(of_column) or pa.types.is_large_string(of_column))


def _is_number(of_column: pa.DataType) -> bool:
    return bool(pa.types.is_floating(of_column) or pa.types.is_integer(of_column))


_NEEDED: Final[Mapping[str, tuple[Callable[[pa.DataType], bool], str]]] = {
    "routine": (_is_text, "must be text"),
    "level": (_is_number, "must be a number"),
    "start": (pa.types.is_timestamp, "must be a timestamp"),
}
"""The columns that sessions need, what each has to be, and the words for it."""

_KEY = (pa.field("routine", pa.string()), pa.field("level", pa.float64()))
_MOST_KEPT = 4 * MOST_ROWS
"""How many events of routines are kept for the sessions of the next batch, at the most."""


def templates(timelines: Iterable[Timeline], columns: Iterable[str] | None = None) -> pa.Table:
    """Return the events of some timelines as one table, to be joined with sessions.

    An engine that joins it with a table of sessions, each with the routine, the level and the
    start, has the events of them all and never stores them.

    Args:
        timelines: The timelines, which differ in routine or level.
        columns: The names of facts; all of them where they are left out.

    Returns:
        A table with the columns ``routine``, the identifier of the routine, and ``level``, and
        then the facts, as :func:`to_arrow` has them, but words as plain text.

    Raises:
        MissingExtraError: If the extra ``arrow`` is not installed.
        ModelError: If there is no such fact, or one is named twice, or two timelines are of one
            routine and level.
        TimelineError: If a timeline lasts longer than 64 bits can count.

    >>> import supple
    >>> from supple.columns import templates
    >>> routine = supple.load_catalog("lower-back").routines["in-bed"]
    >>> of_levels = [supple.schedule(routine, level=level) for level in (0, 0.5, 1)]
    >>> table = templates(of_levels, ["at_ms", "kind"])
    >>> table.slice(0, 1).to_pylist()
    [{'routine': 'in-bed', 'level': 0.0, 'at_ms': 0, 'kind': 'routine.started'}]
    """
    names = distinct_facts("templates", columns)
    seen: set[tuple[str, float]] = set()
    tables = [_plain_schema(names, before=_KEY).empty_table()]
    for i, timeline in enumerate(timelines):
        key = timeline.routine.id, float(timeline.level)
        if key in seen:
            requirement = "must differ from those before it in routine or level"
            raise ModelError(f"templates.timelines[{i}]", requirement, key)
        seen.add(key)
        events = _plain(timeline, names)
        of_key = [pa.repeat(pa.scalar(each), events.num_rows) for each in key]
        arrays = [*of_key, *events.columns]
        tables.append(pa.Table.from_arrays(arrays, schema=tables[0].schema))
    return pa.concat_tables(tables)


def expand(
    batches: Iterable[pa.RecordBatch],
    routines: Mapping[str, Routine],
    *,
    pacing: Pacing | None = None,
    columns: Iterable[str] | None = None,
    batch_rows: int = MOST_ROWS,
) -> Iterator[pa.RecordBatch]:
    """Yield the events of many sessions, batch by batch, lazily.

    A session is a row with the columns ``routine``, its name in ``routines``; ``level``, from 0
    to 1; and ``start``, a timestamp. Whatever else it has, such as a patient, goes along. The
    events come in the order of the sessions and, in each, in their own.

    It reads nothing and keeps nothing from one call to the next, and a
    :func:`functools.partial` of it can be pickled: this is what ``mapInArrow`` of Spark and
    ``map_batches`` of others take.

    Args:
        batches: The sessions.
        routines: The routines by name, such as those of a catalog.
        pacing: The time between things, and the cues; ``Pacing()`` where it is left out.
        columns: The names of facts; all of them where they are left out.
        batch_rows: How many events a batch has at the most, no more than where it is left out.

    Yields:
        Batches with the columns of the sessions; ``at``, the instant of the event, a timestamp
        in microseconds in the zone of ``start``; and the facts, as :func:`to_arrow` has them,
        but words as plain text, which every engine reads.

    Raises:
        MissingExtraError: If the extra ``arrow`` is not installed.
        ModelError: If there is no such fact, one is named twice, ``batch_rows`` is out of its
            bounds, or a level is; if the sessions lack a column, have a null in one, one of
            another type, or one with the name of an event's. What came before has been yielded.
        UnknownNameError: If there is no routine of a name.

    >>> from datetime import datetime, timezone
    >>> import pyarrow, supple
    >>> from supple.columns import expand
    >>> start = datetime(2027, 1, 4, 7, 30, tzinfo=timezone.utc)
    >>> session = {"patient": 7, "routine": "in-bed", "level": 0.5, "start": start}
    >>> sessions = pyarrow.RecordBatch.from_pylist([session])
    >>> routines = supple.load_catalog("lower-back").routines
    >>> [events] = expand([sessions], routines, columns=["kind"])
    >>> events.schema.names
    ['patient', 'routine', 'level', 'start', 'at', 'kind']
    >>> print(events["patient"][-1], events["at"][-1], events["kind"][-1])
    7 2027-01-04 07:35:52+00:00 routine.ended
    """
    names = distinct_facts("expand", columns)
    batch_rows = require_batch_rows("expand", batch_rows)
    return _expanded(batches, _Sheet(routines, pacing, names), batch_rows)


def _expanded(
    batches: Iterable[pa.RecordBatch], sheet: _Sheet, batch_rows: int
) -> Iterator[pa.RecordBatch]:
    for sessions in batches:
        _require_sessions(sessions, sheet.names)
        if not sessions.num_rows:
            continue
        first, size = sheet.places(
            sessions["routine"].to_pylist(), sessions["level"].cast(pa.float64()).to_pylist()
        )
        instant = pa.timestamp("us", sessions["start"].type.tz)
        start = np.asarray(sessions["start"].cast(instant).cast(pa.int64()))
        ends = np.cumsum(size)
        for low in range(0, int(ends[-1]), batch_rows):
            high = min(low + batch_rows, int(ends[-1]))
            some = np.arange(
                np.searchsorted(ends, low, side="right"), np.searchsorted(ends, high) + 1
            )
            begins = ends[some] - size[some]
            many = np.minimum(ends[some], high) - np.maximum(begins, low)
            session = np.repeat(some, many)
            row = np.arange(low, high) + np.repeat(first[some] - begins, many)
            at = start.take(session) + sheet.at_ms.take(row) * US_PER_MS
            of_sessions = sessions.take(pa.array(session))
            of_events = sheet.events.take(pa.array(row))
            fields = [*sessions.schema, pa.field("at", instant), *of_events.schema]
            facts = (column.combine_chunks() for column in of_events.columns)
            arrays = [*of_sessions.columns, pa.array(at).cast(instant), *facts]
            yield pa.RecordBatch.from_arrays(arrays, schema=pa.schema(fields))


class _Sheet:
    """The events of every routine and level that has come up, one behind the other."""

    def __init__(
        self, routines: Mapping[str, Routine], pacing: Pacing | None, names: list[str]
    ) -> None:
        self.names = names
        self._routines = routines
        self._pacing = pacing
        self._place: dict[tuple[str, float], tuple[int, int]] = {}
        self.events = _plain_schema(names).empty_table()
        self.at_ms: NDArray[np.int64] = np.empty(0, np.int64)

    def places(
        self, routines: Sequence[str], levels: Sequence[float]
    ) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Return where the events of sessions begin, and how many they are."""
        keys = [*zip(routines, levels, strict=True)]
        if self.at_ms.size > _MOST_KEPT:
            self._place.clear()
            self.events, self.at_ms = self.events.schema.empty_table(), np.empty(0, np.int64)
        new = [key for key in dict.fromkeys(keys) if key not in self._place]
        events, at_ms, size = [self.events], [self.at_ms], self.at_ms.size
        for name, level in new:
            if name not in self._routines:
                raise UnknownNameError("routine", name, self._routines)
            timeline = schedule(self._routines[name], level=level, pacing=self._pacing)
            table = _plain(timeline, [*dict.fromkeys(["at_ms", *self.names])])
            events.append(table.select(self.names))
            at_ms.append(table["at_ms"].to_numpy())
            self._place[name, level] = size, table.num_rows
            size += table.num_rows
        if new:
            self.events = pa.concat_tables(events).combine_chunks()
            self.at_ms = np.concatenate(at_ms)
        first, many = zip(*(self._place[key] for key in keys), strict=True)
        return np.array(first), np.array(many)


def _plain_schema(names: Iterable[str], before: Iterable[pa.Field] = ()) -> pa.Schema:
    """Return the schema of some facts with the words as plain text."""
    fields = (
        pa.field(each.name, pa.string()) if pa.types.is_dictionary(each.type) else each
        for each in arrow_schema(names)
    )
    return pa.schema([*before, *fields])


def _plain(timeline: Timeline, names: list[str]) -> pa.Table:
    return to_arrow(timeline, names).read_all().cast(_plain_schema(names))


def _require_sessions(sessions: pa.RecordBatch, names: Iterable[str]) -> None:
    """Refuse sessions that cannot be expanded."""
    where = "expand.batches"
    given = sessions.schema.names
    if missing := [name for name in _NEEDED if name not in given]:
        raise ModelError(where, f"must have the columns {', '.join(_NEEDED)}", missing)
    if taken := [name for name in given if name in {"at", *names}]:
        raise ModelError(where, "must not have a column that events have", taken)
    for name, (is_one, requirement) in _NEEDED.items():
        column = sessions[name]
        if column.null_count:
            raise ModelError(f"{where}[{name!r}]", "must have no nulls", column.null_count)
        if not is_one(column.type):
            raise ModelError(f"{where}[{name!r}]", requirement, str(column.type))
