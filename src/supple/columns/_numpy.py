"""The events of a timeline as arrays of numpy."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from supple._timeline.facts import Flag, Whole
from supple.columns._facts import Facts

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray

    from supple import Timeline
    from supple.columns._facts import Column

_DOES_NOT_APPLY = -1  # which no fact ever is


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
        name: _array(column, facts.size) for name, column in zip(facts.names, found, strict=True)
    }


def _array(column: Column, size: int) -> NDArray[Any]:
    is_number = isinstance(column.type, Whole)
    nothing = _DOES_NOT_APPLY if is_number else None
    if column.values is None:
        return np.full(size, nothing)
    if is_number or isinstance(column.type, Flag):
        values = column.values
    else:
        values = np.array([*column.words, None], object).take(column.values)
    if column.mask is not None:
        values = values.copy() if is_number else values  # others may see the same
        values[~column.mask] = nothing
    return values
