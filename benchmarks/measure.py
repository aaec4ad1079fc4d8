"""Figures that can be trusted on a busy machine: two things in turn, pair by pair.

Whatever slows the machine down slows both halves of a pair, so that their ratio holds. A row
has the median of the ratios, beside it the least and the greatest.
"""

from __future__ import annotations

import operator
from collections import deque
from statistics import median
from time import perf_counter, process_time
from typing import TYPE_CHECKING, Final

from attrs import frozen

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

_MEETS: Final = {
    "at most": operator.le,
    "below": operator.lt,
    "at least": operator.ge,
    "above": operator.gt,
}


@frozen
class Spread:
    """The median of some figures, with the least and the greatest."""

    median: float
    least: float
    greatest: float


@frozen
class Target:
    """What a figure is meant to be: ``at most``, ``below``, ``at least`` or ``above`` a limit."""

    word: str
    limit: float

    def is_met(self, figure: float) -> bool:
        """Tell whether a figure is as it is meant to be."""
        return bool(_MEETS[self.word](figure, self.limit))


@frozen
class Row:
    """One line of the table.

    Attributes:
        what: What supple does.
        beside: What it is measured against.
        figure: What came out.
        unit: What that is: ``× the time``, ``× as fast``, ``µs`` or ``KiB``.
        target: What it is meant to be; ``None`` where the figure stands for comparison only.
    """

    what: str
    beside: str
    figure: Spread
    unit: str
    target: Target | None = None


def spread(figures: Iterable[float]) -> Spread:
    """Return the median of figures, with the least and the greatest."""
    kept = list(figures)
    return Spread(median(kept), min(kept), max(kept))


def seconds(action: Callable[[], object]) -> float:
    """Return how long an action takes, with what it returns dropped before the clock stops."""
    start = perf_counter()
    action()
    return perf_counter() - start


def processor_seconds(action: Callable[[], object]) -> float:
    """Return how long the processor is busy with an action, whatever else it has to do."""
    start = process_time()
    action()
    return process_time() - start


def times_the_time(
    ours: Callable[[], object], other: Callable[[], object], *, pairs: int
) -> Spread:
    """Return how many times as long ours takes; below 1 it is faster."""
    return spread(a / b for a, b in _in_turn(ours, other, pairs))


def times_as_fast(
    ours: Callable[[], object], other: Callable[[], object], *, pairs: int
) -> Spread:
    """Return how many times as fast ours is; below 1 it is slower."""
    return spread(b / a for a, b in _in_turn(ours, other, pairs))


def consume(events: Iterable[object]) -> None:
    """Take everything and keep nothing."""
    deque(events, maxlen=0)


def _in_turn(
    ours: Callable[[], object], other: Callable[[], object], pairs: int
) -> list[tuple[float, float]]:
    ours()  # caches fill and files are compiled before anything counts
    other()
    return [(seconds(ours), seconds(other)) for _ in range(pairs)]
