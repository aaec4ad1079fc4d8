"""The events of a timeline as plain tuples, for tables.

No event is made for it: what the events of a run have in common is read once, however often the
run comes, and only what counts and moves is filled in.
"""

from __future__ import annotations

from enum import StrEnum
from functools import lru_cache
from itertools import repeat
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from supple._errors import ModelError, close_matches, suggestion
from supple._timeline.events import FACTS, event_at
from supple._timeline.facts import COUNTED, Home

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from supple._timeline.events import Counters
    from supple._timeline.facts import Plain
    from supple._timeline.layout import Run, Stretch

_ONCE: Final[Counters] = (1, 1, 1, 1)

Filled: TypeAlias = "Callable[[int, Counters], Iterable[Plain | None]]"
"""The values of a column in one run, from where that starts and the counters there."""


def fact_names(where: str, columns: Iterable[str] | None) -> list[str]:
    """Return the names of columns, all of them where they are left out.

    Raises:
        ModelError: If there is no such fact.
    """
    names = [*FACTS] if columns is None else [*columns]
    for i, name in enumerate(names):
        if name not in FACTS:
            known = [*FACTS]
            hint = suggestion(close_matches(name, known))
            requirement = f"must be one of {', '.join(known)}{hint}"
            raise ModelError(f"{where}[{i}]", requirement, name)
    return names


def rows(
    stretches: Iterable[Stretch], columns: Sequence[str]
) -> Iterator[tuple[Plain | None, ...]]:
    """Yield the facts of every event of some runs in their places, in the order of columns."""
    known: dict[int, tuple[list[Any], list[tuple[int, Filled]]]] = {}
    if not columns:
        return
    for start, run, _, counters in stretches:
        plan = known.get(id(run))
        if plan is None:
            plan = known[id(run)] = _plan(run, columns)
        values, to_fill = plan
        for i, filled in to_fill:
            values[i] = filled(start, counters)
        yield from zip(*values)  # noqa: B905 - all are as long as the run, and to ask costs a tenth


def _plan(run: Run, columns: Sequence[str]) -> tuple[list[Any], list[tuple[int, Filled]]]:
    """Return the values of all columns in a run, and which of them are to be filled in."""
    events = [event_at(offset, content, _ONCE) for offset, content in run.rows]
    values: list[Any] = []
    to_fill: list[tuple[int, Filled]] = []
    for i, name in enumerate(columns):
        said = tuple(_plain(getattr(event, name)) for event in events)
        values.append(said)
        filled = _filled(run, name, said)
        if filled is not None:
            to_fill.append((i, filled))
    return values, to_fill


def _filled(run: Run, name: str, said: tuple[Plain | None, ...]) -> Filled | None:
    """Return what fills a column; ``None`` where it is the same wherever the run stands."""
    home = FACTS[name].home
    if home is Home.OFFSET:
        return lambda start, _: map(start.__add__, run.offsets)
    if home is Home.COUNTERS and any(said):
        return _counts(COUNTED.index(name), said)
    if name == "text" and any(content.counter is not None for content in run.contents):
        return _texts(run)
    return None


def _counts(index: int, said: tuple[Plain | None, ...]) -> Filled:
    """Return what fills in a counter where something is said of it."""
    if all(said):
        size = len(said)
        return lambda _, counters: repeat(counters[index], size)

    @lru_cache(maxsize=1)
    def numbers(count: int) -> tuple[int | None, ...]:
        return tuple(count if is_counted else None for is_counted in said)

    return lambda _, counters: numbers(counters[index])


def _texts(run: Run) -> Filled:
    """Return what fills in the texts of a run, some of which have a counter in them."""
    fixed: list[Plain | None] = [content.text for content in run.contents]
    counted = [(i, each, each.counter) for i, each in enumerate(run.contents)]

    @lru_cache(maxsize=8)  # a loop in a loop counts the same again and again
    def texts(*counts: int | None) -> tuple[Plain | None, ...]:
        filled = fixed.copy()
        for i, content, counter in counted:
            if counter is not None:
                filled[i] = content.text.replace("{number}", str(counts[counter]))
        return tuple(filled)

    needed = max(counter for _, _, counter in counted if counter is not None) + 1
    return lambda _, counters: texts(*counters[:needed])


def _plain(value: Plain | None) -> Plain | None:
    return value.value if isinstance(value, StrEnum) else value
