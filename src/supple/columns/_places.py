"""Where the events of a timeline stand and what they count, as arrays, without one made of them.

A run is written out once in its place. Of a loop one repetition is written out, and the others
are copied from it, in time and in the counter that the loop advances.
"""

from __future__ import annotations

from itertools import repeat
from typing import TYPE_CHECKING, Any, Final, NamedTuple, TypeAlias

import numpy as np

from supple._timeline.layout import Chain, Loop
from supple.columns._memory import empty

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from supple._timeline.events import Content
    from supple._timeline.layout import Node, Run

Numbers: TypeAlias = "NDArray[np.int64]"

_WORTH_COPYING: Final = 4096
"""How many rows are better copied from each other than looked up."""

Counted: TypeAlias = "tuple[int, int, int, int]"
"""The repetition, the set and the round, each 0 outside of one, and the number of the exercise
that is written next, from 1."""

NOT_COUNTED: Final[Counted] = (0, 0, 0, 1)


class Written(NamedTuple):
    """What is written out in a timeline: the contents, each once, and the runs made of them."""

    contents: list[Content]
    runs: dict[int, tuple[Numbers, Numbers]]
    """The offsets of a run and the numbers of its contents, by the identity of the run."""


class _Spot(NamedTuple):
    """Where something is filled in: from which row on, when it starts, and what is counted."""

    row: int
    start: int
    counted: Counted

    def moved(self, rows: int, ms: int) -> _Spot:
        return self._replace(row=self.row + rows, start=self.start + ms)

    def counting(self, counter: int, count: int) -> _Spot:
        rep, set_, round_, exercise = (
            count if i == counter else each for i, each in enumerate(self.counted)
        )
        return self._replace(counted=(rep, set_, round_, exercise))


def written(root: Node) -> Written:
    """Return what is written out below a node."""
    contents: list[Content] = []
    numbers: dict[int, int] = {}
    runs: dict[int, tuple[Numbers, Numbers]] = {}
    for run in _runs(root):
        for content in run.contents:
            if id(content) not in numbers:
                numbers[id(content)] = len(contents)
                contents.append(content)
        of_run = [numbers[id(content)] for content in run.contents]
        runs[id(run)] = np.array(run.offsets, np.int64), np.array(of_run, np.int64)
    return Written(contents, runs)


def _runs(root: Node) -> Iterator[Run]:
    """Yield every run once, in the order in which they first come."""
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
            yield node


class Places:
    """When some events come, what happens in each, by its number, and the counters there.

    Args:
        root: The timeline.
        written: What is written out in it.
        first: The number of the first event.
        last: The number of the one after the last.
    """

    at_ms: Numbers
    content: Numbers
    counters: Numbers
    """A row for each of the four."""

    def __init__(self, root: Node, written: Written, first: int, last: int) -> None:
        size = last - first
        self.at_ms, self.content = empty(size, np.int64), empty(size, np.int64)
        self.counters = empty(len(NOT_COUNTED) * size, np.int64).reshape(len(NOT_COUNTED), size)
        self._runs = written.runs
        # Which rows are copies of the first so many of them, but for time and counters.
        self._repeated: list[tuple[slice, int]] = []
        self._fill(root, first, last, _Spot(0, 0, NOT_COUNTED))

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
            self._fill_chain(node, first, last, spot)
        elif isinstance(node, Loop):
            self._fill_loop(node, first, last, spot)
        else:
            offsets, numbers = self._runs[id(node)]
            rows = slice(spot.row, spot.row + last - first)
            np.add(offsets[first:last], spot.start, out=self.at_ms[rows])
            self.content[rows] = numbers[first:last]
            for counter, count in enumerate(spot.counted):
                self.counters[counter, rows] = count

    def _fill_chain(self, chain: Chain, first: int, last: int, spot: _Spot) -> None:
        rep, set_, round_, exercise = spot.counted
        before = 0
        for part, exercises in zip(chain.parts, chain.exercises or repeat(0)):  # noqa: B905 - repeat has no end
            low, high = max(first - before, 0), min(last - before, part.size)
            if high <= 0:
                break
            if low < high:
                self._fill(part, low, high, spot)
                spot = spot.moved(high - low, 0)
            before += part.size
            exercise += exercises
            counted = rep, set_, round_, exercise
            spot = _Spot(spot.row, spot.start + part.duration_ms, counted)

    def _fill_loop(self, loop: Loop, first: int, last: int, spot: _Spot) -> None:
        size = loop.body.size + loop.between.size
        done, low = divmod(first, size)
        if low:  # what is left of a repetition
            high = min(low + last - first, size)
            self._fill_lap(loop, done, low, high, spot)
            spot = spot.moved(high - low, 0)
            first += high - low
            done += 1
        if last - first > size:
            self._repeat_lap(loop, done, last - first, spot)
        elif last > first:
            self._fill_lap(loop, done, 0, last - first, spot)

    def _fill_lap(self, loop: Loop, done: int, low: int, high: int, spot: _Spot) -> None:
        """Fill in a part of one repetition, the one after ``done`` others."""
        body, between = loop.body, loop.between
        spot = spot.moved(0, done * (body.duration_ms + between.duration_ms))
        if low < body.size:
            in_body = spot.counting(loop.counter, loop.first + done)
            self._fill(body, low, min(high, body.size), in_body)
        if high > body.size:
            spot = spot.moved(max(body.size - low, 0), body.duration_ms)
            self._fill(between, max(low - body.size, 0), high - body.size, spot)

    def _repeat_lap(self, loop: Loop, done: int, many: int, spot: _Spot) -> None:
        """Fill in ``many`` events, more than those of one repetition, after ``done`` others."""
        body, between = loop.body, loop.between
        size, length = body.size + between.size, body.duration_ms + between.duration_ms
        rows = slice(spot.row, spot.row + many)
        spot = spot.moved(0, done * length)
        # Counted as 0, so that what a loop inside this one counts itself is told from the rest.
        self._fill(body, 0, body.size, spot.counting(loop.counter, 0))
        if between.size:
            spot = spot.moved(body.size, body.duration_ms)
            self._fill(between, 0, between.size, spot)
        for column in (self.content, *self.counters):
            _tile(column[rows], size)
        _tile(self.at_ms[rows], size, step=length)
        if many - size >= _WORTH_COPYING:
            self._repeated.append((rows, size))

        column = self.counters[loop.counter, rows]
        is_own = column[: body.size] == 0
        whole = many // size
        numbers = np.arange(loop.first + done, loop.first + done + whole)[:, None]
        laps = column[: whole * size].reshape(whole, size)
        np.copyto(laps[:, : body.size], numbers, where=is_own)
        begun = column[whole * size :][: body.size]
        np.copyto(begun, loop.first + done + whole, where=is_own[: begun.size])


def _tile(column: NDArray[Any], size: int, *, step: int = 0) -> None:
    """Repeat what stands at the head of a column through all of it, each time so much more."""
    filled = size
    while filled < column.size:
        more = min(filled, column.size - filled)
        column[filled : filled + more] = column[:more]
        if step:
            column[filled : filled + more] += filled // size * step
        filled += more
