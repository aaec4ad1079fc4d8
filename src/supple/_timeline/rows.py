"""The events of a timeline as plain tuples, for tables.

No event is made for it: what the events of a run have in common is read once, however often the
run comes, and only what counts and moves is filled in.
"""

from __future__ import annotations

from enum import StrEnum
from functools import lru_cache
from itertools import repeat
from typing import TYPE_CHECKING, Final

from supple._model.requirements import refuse_word
from supple._timeline.events import FACTS, event_at
from supple._timeline.facts import COUNTED, Home

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from supple._timeline.events import Counters
    from supple._timeline.facts import Plain
    from supple._timeline.layout import Run, Stretch

_ONCE: Final[Counters] = (1, 1, 1, 1)


def fact_names(where: str, columns: Iterable[str] | None) -> list[str]:
    """Return the names of columns, of all where they are left out, if there are such facts."""
    names = [*FACTS] if columns is None else [*columns]
    for i, name in enumerate(names):
        if name not in FACTS:
            refuse_word(name, [*FACTS], f"{where}[{i}]")
    return names


def rows(
    stretches: Iterable[Stretch], columns: Sequence[str]
) -> Iterator[tuple[Plain | None, ...]]:
    """Yield the facts of every event of some runs in their places, in the order of columns."""
    plans: dict[int, _Plan] = {}
    if not columns:
        return
    for start, run, _, counters in stretches:
        plan = plans.get(id(run))
        if plan is None:
            plan = plans[id(run)] = _Plan(run, columns)
        values, size = plan.values, run.size
        for i in plan.offsets:
            values[i] = map(start.__add__, run.offsets)
        for i, counter in plan.counters:
            values[i] = repeat(counters[counter], size)
        for i, filled in plan.texts:
            values[i] = filled(counters)
        yield from zip(*values)  # noqa: B905 - all are as long as the run, and to ask costs a tenth


class _Plan:
    """The columns of one run, and those among them that depend on where the run stands."""

    def __init__(self, run: Run, columns: Sequence[str]) -> None:
        self.values: list[Iterable[Plain | None]] = []
        self.offsets: list[int] = []
        self.counters: list[tuple[int, int]] = []
        self.texts: list[tuple[int, Callable[[Counters], Iterable[Plain | None]]]] = []
        events = [event_at(offset, content, _ONCE) for offset, content in run.rows]
        for i, name in enumerate(columns):
            said = tuple(_plain(getattr(event, name)) for event in events)
            self.values.append(said)
            home = FACTS[name].home
            if home is Home.OFFSET:
                self.offsets.append(i)
            elif home is Home.COUNTERS and all(said):  # a run is counted as a whole, or not at all
                self.counters.append((i, COUNTED.index(name)))
            elif name == "text" and any(each.counter is not None for each in run.contents):
                self.texts.append((i, _texts(run)))


def _texts(run: Run) -> Callable[[Counters], tuple[Plain | None, ...]]:
    """Return what fills in the texts of a run, some of which have a counter in them."""
    fixed: list[Plain | None] = [content.text for content in run.contents]
    counted = [(i, each) for i, each in enumerate(run.contents) if each.counter is not None]

    @lru_cache(maxsize=8)  # a loop in a loop counts the same again and again
    def texts(*counts: int | None) -> tuple[Plain | None, ...]:
        filled = fixed.copy()
        for i, content in counted:
            filled[i] = content.text_at(counts)
        return tuple(filled)

    needed = max(content.counter or 0 for _, content in counted) + 1
    return lambda counters: texts(*counters[:needed])


def _plain(value: Plain | None) -> Plain | None:
    return value.value if isinstance(value, StrEnum) else value
