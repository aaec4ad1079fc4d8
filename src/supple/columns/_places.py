"""Where the events of a timeline stand and what they count, as arrays, without one made of them.

A run is written out once in its place. Of a loop one repetition is written out, and the others
are copied from it, in time and in the counter that the loop advances.

The arrays are in memory of Arrow's pool, which keeps what is given back. Memory of the system's
own is new each time, and to touch it first takes several times as long as to fill it.
"""

from __future__ import annotations

from itertools import accumulate, repeat
from typing import TYPE_CHECKING, Any, Final, NamedTuple, TypeAlias

import numpy as np
import pyarrow as pa

from supple._timeline.layout import Chain, Loop

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import DTypeLike, NDArray

    from supple._timeline.events import Content
    from supple._timeline.layout import Node

Numbers: TypeAlias = "NDArray[np.int64]"

_WORTH_COPYING: Final = 4096
"""How many rows are better copied from each other than looked up."""

Counted: TypeAlias = "tuple[int, ...]"
"""The repetition, the set and the round, each 0 outside of one, and the number of the exercise
that is written next, from 1."""

NO_COUNTS: Final[Counted] = (0, 0, 0, 1)


def empty(size: int, dtype: DTypeLike) -> NDArray[Any]:
    """Return an array whose values mean nothing yet."""
    dtype = np.dtype(dtype)
    return np.frombuffer(pa.allocate_buffer(size * dtype.itemsize), dtype)


def taken(values: NDArray[Any], numbers: Numbers) -> NDArray[Any]:
    """Return the values of some numbers, all of which must be in range."""
    out = empty(numbers.size, values.dtype)
    return values.take(numbers, out=out, mode="wrap")  # which spares the look whether they are


class Written(NamedTuple):
    """What is written out in a timeline: the contents, each once, and the runs made of them."""

    contents: list[Content]
    runs: dict[int, tuple[Numbers, Numbers]]
    """The offsets of a run and the numbers of its contents, by the identity of the run."""


def written(root: Node) -> Written:
    """Return what is written out below a node, in the order in which it first comes."""
    found = Written([], {})
    numbers: dict[int, int] = {}
    waiting, seen = [root], set[int]()
    while waiting:
        node = waiting.pop()
        if id(node) in seen:
            continue
        seen.add(id(node))
        if isinstance(node, Chain):
            waiting += reversed(node.parts)
        elif isinstance(node, Loop):
            waiting += node.between, node.body
        else:
            for content in node.contents:
                if id(content) not in numbers:
                    numbers[id(content)] = len(numbers)
                    found.contents.append(content)
            of_run = [numbers[id(content)] for content in node.contents]
            found.runs[id(node)] = np.array(node.offsets, np.int64), np.array(of_run, np.int64)
    return found


class _Spot(NamedTuple):
    """Where something is filled in: from which row on, when it starts, and what is counted."""

    row: int
    start: int
    counted: Counted


class Places:
    """When the events from ``first`` up to ``last`` come, and what happens and counts in each."""

    def __init__(self, root: Node, written: Written, first: int, last: int) -> None:
        size, counters = last - first, len(NO_COUNTS)
        self.at_ms: Numbers = empty(size, np.int64)
        self.content: Numbers = empty(size, np.int64)  # by its number
        self.counters: Numbers = empty(counters * size, np.int64).reshape(counters, size)
        self._runs = written.runs
        # Which rows are copies of the first so many of them, but for time and counters.
        self._repeated: list[tuple[slice, int]] = []
        self._fill(root, first, last, _Spot(0, 0, NO_COUNTS))

    def of_contents(self, values: NDArray[Any]) -> NDArray[Any]:
        """Return for each event the value of what happens in it, from the value of each content.

        It is looked up once for all the rows that are copies of each other.
        """
        column = empty(self.content.size, values.dtype)
        done = 0
        copies = [(rows.start + size, rows.stop) for rows, size in self._repeated]
        for first, last in [*sorted(copies), (column.size, column.size)]:
            # Wrapping spares the look whether a number is out of range, which none is.
            values.take(self.content[done:first], out=column[done:first], mode="wrap")
            done = last
        for rows, size in self._repeated:
            _tile(column[rows], size)
        return column

    def _fill(self, node: Node, first: int, last: int, spot: _Spot) -> None:
        """Fill in the events of a node from number ``first`` up to ``last``."""
        if isinstance(node, Chain):
            *laps, exercise = spot.counted
            before = accumulate(node.exercises or repeat(0), initial=exercise)
            parts = ((part, (*laps, next(before))) for part in node.parts)
            self._fill_in_turn(parts, first, last, spot)
        elif isinstance(node, Loop):
            self._fill_loop(node, first, last, spot)
        else:
            offsets, numbers = self._runs[id(node)]
            rows = slice(spot.row, spot.row + last - first)
            np.add(offsets[first:last], spot.start, out=self.at_ms[rows])
            self.content[rows] = numbers[first:last]
            for counter, count in enumerate(spot.counted):
                self.counters[counter, rows] = count

    def _fill_in_turn(
        self, parts: Iterable[tuple[Node, Counted]], first: int, last: int, spot: _Spot
    ) -> None:
        """Fill in events of nodes that come one after the other, with what is counted in each."""
        row, start, _ = spot
        for node, counted in parts:
            low, high = max(first, 0), min(last, node.size)
            if high <= 0:
                break
            if low < high:
                self._fill(node, low, high, _Spot(row, start, counted))
                row += high - low
            start += node.duration_ms
            first, last = first - node.size, last - node.size

    def _fill_loop(self, loop: Loop, first: int, last: int, spot: _Spot) -> None:
        size, length = loop.period_size, loop.period_ms
        row, start, counted = spot
        while first < last:
            done, low = divmod(first, size)
            many = last - first
            lap = _Spot(row, start + done * length, counted)
            if low or many <= size:  # what is left of a repetition, or a part of one
                many = min(many, size - low)
                self._fill_lap(loop, low, low + many, lap, loop.first + done)
            else:
                self._repeat_lap(loop, many, lap, loop.first + done)
            first, row = first + many, row + many

    def _fill_lap(self, loop: Loop, low: int, high: int, spot: _Spot, count: int) -> None:
        """Fill in a part of one repetition, from where that starts."""
        counted = [*spot.counted]
        counted[loop.counter] = count
        parts = (loop.body, tuple(counted)), (loop.between, spot.counted)
        self._fill_in_turn(parts, low, high, spot)

    def _repeat_lap(self, loop: Loop, many: int, spot: _Spot, count: int) -> None:
        """Fill in ``many`` events, more than one repetition has, from the start of one."""
        size, length, in_body = loop.period_size, loop.period_ms, loop.body.size
        rows = slice(spot.row, spot.row + many)
        # Counted as 0, so that what a loop inside this one counts itself is told from the rest.
        self._fill_lap(loop, 0, size, spot, 0)
        for column in (self.content, *self.counters):
            _tile(column[rows], size)
        _tile(self.at_ms[rows], size, step=length)
        if many - size >= _WORTH_COPYING:
            self._repeated.append((rows, size))

        column = self.counters[loop.counter, rows]
        is_own = column[:in_body] == 0
        whole = many // size
        numbers = np.arange(count, count + whole)[:, None]
        laps = column[: whole * size].reshape(whole, size)
        np.copyto(laps[:, :in_body], numbers, where=is_own)
        begun = column[whole * size :][:in_body]
        np.copyto(begun, count + whole, where=is_own[: begun.size])


def _tile(column: NDArray[Any], size: int, *, step: int = 0) -> None:
    """Repeat what stands at the head of a column through all of it, each time so much more."""
    filled = size
    while filled < column.size:
        more = min(filled, column.size - filled)
        column[filled : filled + more] = column[:more]
        if step:
            column[filled : filled + more] += filled // size * step
        filled += more
