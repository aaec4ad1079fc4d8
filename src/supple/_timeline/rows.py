"""The events of a timeline as plain tuples, for tables.

No event is made for it: what the events of a run have in common is read once, however often the
run comes, and only what counts and moves is filled in.
"""

from __future__ import annotations

from enum import StrEnum
from functools import lru_cache
from itertools import repeat
from typing import TYPE_CHECKING, Any, TypeAlias

from supple._errors import ModelError, close_matches, suggestion
from supple._timeline.events import EXERCISE, FACTS, REP, ROUND, SET, event_at

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from supple._timeline.events import Counters
    from supple._timeline.facts import Plain
    from supple._timeline.layout import Run, Stretch

COUNTERS = {"rep": REP, "set": SET, "round": ROUND}

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
    values: list[Any] = []
    to_fill: list[tuple[int, Filled]] = []
    for i, name in enumerate(columns):
        filled = _filled(run, name)
        if filled is None:
            events = (event_at(offset, content) for offset, content in run.rows)
            values.append(tuple(_plain(getattr(event, name)) for event in events))
        else:
            values.append(())
            to_fill.append((i, filled))
    return values, to_fill


def _filled(run: Run, name: str) -> Filled | None:
    """Return what fills a column; ``None`` where it is the same wherever the run stands."""
    contents = run.contents
    if name == "at_ms":
        return lambda start, _: map(start.__add__, run.offsets)
    if name in COUNTERS:
        counter = COUNTERS[name]
        size = run.size
        return lambda _, counters: repeat(counters[counter], size)
    if name == "exercise_number" and any(content.place.exercises for content in contents):
        are_in_one = [content.place.exercises is not None for content in contents]

        @lru_cache(maxsize=1)
        def numbers(before: int) -> tuple[int | None, ...]:
            return tuple(before + 1 if is_in_one else None for is_in_one in are_in_one)

        return lambda _, counters: numbers(counters[EXERCISE])
    if name == "text" and any(content.counter is not None for content in contents):
        return _texts(run)
    return None


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
