"""Where the events of a timeline stand and what they count, as arrays, without one made of them.

A run is written out once in its place. Of a loop one repetition is written out, and the others
are copied from it, in time and in the counter that the loop advances.
"""

from __future__ import annotations

from itertools import repeat
from typing import TYPE_CHECKING, TypeAlias

from attrs import field, frozen

from supple._errors import MissingExtraError
from supple._timeline.events import Content
from supple._timeline.layout import Chain, Loop, Run

try:
    import numpy as np
except ImportError as error:
    raise MissingExtraError("arrow", "numpy") from error

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from supple._timeline.layout import Node

Numbers: TypeAlias = "NDArray[np.int64]"

Counted: TypeAlias = "tuple[int, int, int, int]"
"""Counters as a :class:`~supple.Event` has them, but 0 in place of ``None``."""

NOT_COUNTED: Counted = (0, 0, 0, 0)


@frozen
class Written:
    """What is written out in a timeline: the contents, each once, and the runs made of them."""

    contents: list[Content]
    runs: dict[int, tuple[Numbers, Numbers]]
    """The offsets of a run and the numbers of its contents, by the identity of the run."""


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
        if isinstance(node, Run):
            yield node
        elif isinstance(node, Chain):
            waiting += reversed(node.parts)
        elif isinstance(node, Loop):
            waiting += node.between, node.body


@frozen(init=False)
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
    counters: tuple[Numbers, Numbers, Numbers, Numbers]
    _runs: dict[int, tuple[Numbers, Numbers]] = field(repr=False)

    def __init__(self, root: Node, written: Written, first: int, last: int) -> None:
        at_ms, content, *counters = (np.empty(last - first, np.int64) for _ in range(6))
        self.__attrs_init__(at_ms, content, tuple(counters), written.runs)
        self._fill(root, first, last, 0, 0, NOT_COUNTED)

    def _fill(  # noqa: PLR0913 - which events of what, where to, and what holds there
        self, node: Node, first: int, last: int, to: int, start: int, counted: Counted
    ) -> None:
        """Fill in the events of a node from ``first`` up to ``last``, ``to`` a row and behind."""
        if isinstance(node, Run):
            offsets, numbers = self._runs[id(node)]
            rows = slice(to, to + last - first)
            np.add(offsets[first:last], start, out=self.at_ms[rows])
            self.content[rows] = numbers[first:last]
            for column, count in zip(self.counters, counted, strict=True):
                column[rows] = count
        elif isinstance(node, Chain):
            self._fill_chain(node, first, last, to, start, counted)
        elif isinstance(node, Loop):
            self._fill_loop(node, first, last, to, start, counted)

    def _fill_chain(  # noqa: PLR0913 - as above
        self, chain: Chain, first: int, last: int, to: int, start: int, counted: Counted
    ) -> None:
        rep, set_, round_, exercise = counted
        before = 0
        for part, exercises in zip(chain.parts, chain.exercises or repeat(0)):  # noqa: B905 - repeat has no end
            low, high = max(first - before, 0), min(last - before, part.size)
            if high <= 0:
                break
            if low < high:
                self._fill(part, low, high, to, start, (rep, set_, round_, exercise))
                to += high - low
            before += part.size
            start += part.duration_ms
            exercise += exercises

    def _fill_loop(  # noqa: PLR0913 - as above
        self, loop: Loop, first: int, last: int, to: int, start: int, counted: Counted
    ) -> None:
        size = loop.body.size + loop.between.size
        done, low = divmod(first, size)
        if low:  # what is left of a repetition
            high = min(low + last - first, size)
            self._fill_lap(loop, done, low, high, to, start, counted)
            to += high - low
            first += high - low
            done += 1
        if last - first > size:
            self._repeat_lap(loop, done, last - first, to, start, counted)
        elif last > first:
            self._fill_lap(loop, done, 0, last - first, to, start, counted)

    def _fill_lap(  # noqa: PLR0913 - as above
        self, loop: Loop, done: int, low: int, high: int, to: int, start: int, counted: Counted
    ) -> None:
        """Fill in a part of one repetition, the one after ``done`` others."""
        body, between = loop.body, loop.between
        start += done * (body.duration_ms + between.duration_ms)
        if low < body.size:
            own = _with(counted, loop.counter, loop.first + done)
            self._fill(body, low, min(high, body.size), to, start, own)
            to += min(high, body.size) - low
        if high > body.size:
            low = max(low - body.size, 0)
            self._fill(between, low, high - body.size, to, start + body.duration_ms, counted)

    def _repeat_lap(  # noqa: PLR0913 - as above
        self, loop: Loop, done: int, many: int, to: int, start: int, counted: Counted
    ) -> None:
        """Fill in ``many`` events, more than those of one repetition, after ``done`` others."""
        body, between = loop.body, loop.between
        size, length = body.size + between.size, body.duration_ms + between.duration_ms
        rows = slice(to, to + many)
        # Counted as 0, so that what a loop inside this one counts itself is told from the rest.
        own = _with(counted, loop.counter, 0)
        self._fill(body, 0, body.size, to, start + done * length, own)
        if between.size:
            start_between = start + done * length + body.duration_ms
            self._fill(between, 0, between.size, to + body.size, start_between, counted)
        for column in (self.content, *self.counters):
            _tile(column[rows], size)
        _tile(self.at_ms[rows], size, step=length)

        column = self.counters[loop.counter][rows]
        is_own = column[: body.size] == 0
        whole, rest = divmod(many, size)
        numbers = np.arange(loop.first + done, loop.first + done + whole)[:, None]
        laps = column[: whole * size].reshape(whole, size)
        np.copyto(laps[:, : body.size], numbers, where=is_own)
        begun = column[whole * size :][: body.size]
        np.copyto(begun, loop.first + done + whole, where=is_own[: begun.size])


def _with(counted: Counted, counter: int, count: int) -> Counted:
    rep, set_, round_, exercise = (
        count if i == counter else each for i, each in enumerate(counted)
    )
    return rep, set_, round_, exercise


def _tile(column: Numbers, size: int, *, step: int = 0) -> None:
    """Repeat what stands at the head of a column through all of it, each time so much more."""
    filled = size
    while filled < column.size:
        more = min(filled, column.size - filled)
        np.add(column[:more], filled // size * step, out=column[filled : filled + more])
        filled += more


