"""The facts of events as columns of numbers: themselves, or those of the words they stand for."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Any, Final, NamedTuple, TypeAlias

import numpy as np

from supple._errors import ModelError, TimelineError
from supple._model import requirements as must
from supple._timeline.events import FACTS, event_at
from supple._timeline.facts import COUNTED, Home, KindOfEvent, TrueOnly
from supple._timeline.kinds import EventKind
from supple._timeline.rows import fact_names
from supple.columns._places import Places, taken, written

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from numpy.typing import NDArray

    from supple import Timeline
    from supple._timeline.events import Content, Event
    from supple.columns._places import Numbers

Flags: TypeAlias = "NDArray[np.bool_]"

_LATEST_MS: Final = 2**63 - 1


class Column(NamedTuple):
    """A fact of some events."""

    requirement: must.Requirement[Any]
    values: NDArray[Any] | None
    """Numbers, flags, or the numbers of words; ``None`` where the fact applies nowhere."""
    words: Sequence[str]
    mask: Flags | None
    """Where it applies, ``None`` where it always does; elsewhere the values mean nothing."""


class _Said(NamedTuple):
    """What each content says of a fact, and by which mask; no values where none says anything."""

    values: NDArray[Any] | None
    words: Sequence[str]
    mask: bytes | None


class Facts:
    """The facts of a timeline that columns are wanted of, to be read a stretch at a time."""

    def __init__(self, timeline: Timeline, where: str, columns: Iterable[str] | None) -> None:
        self.names = distinct_facts(where, columns)
        if timeline.duration_ms > _LATEST_MS:
            requirement = f"must last at most {_LATEST_MS} ms"
            raise TimelineError(f"{where}.timeline", requirement, timeline.duration_ms)
        self.size = timeline.count()
        self._root = timeline._root  # noqa: SLF001 - what the columns are made from
        self._written = written(self._root)
        self._masks: dict[bytes, Flags] = {}
        contents = self._written.contents
        events = [event_at(0, content) for content in contents]
        self._said = {name: _said_of(name, events, self._masks) for name in self.names}
        self._templates = _Templates(contents)

    def columns(self, first: int, last: int) -> list[Column]:
        """Return the columns of the events from number ``first`` up to ``last``."""
        places = Places(self._root, self._written, first, last)
        masks = {key: places.of_contents(mask) for key, mask in self._masks.items()}
        return [self._column(name, places, masks) for name in self.names]

    def _column(self, name: str, places: Places, masks: Mapping[bytes, Flags]) -> Column:
        values, words, mask = self._said[name]
        if values is not None:
            match FACTS[name].home:
                case Home.OFFSET:
                    values = places.at_ms
                case Home.COUNTERS:
                    values = places.counters[COUNTED.index(name)]
                case _:
                    values = places.of_contents(values)
            if name == "text":
                words = [*words, *self._templates.fill_in(values, len(words), places)]
        return Column(
            FACTS[name].requirement, values, words, None if mask is None else masks[mask]
        )


def distinct_facts(where: str, columns: Iterable[str] | None) -> list[str]:
    """Return the names of columns, all of them where they are left out, each named once."""
    names = fact_names(f"{where}.columns", columns)
    for i, name in enumerate(names):
        if name in names[:i]:
            raise ModelError(f"{where}.columns[{i}]", "must be named once", name)
    return names


def words_of(requirement: must.Requirement[Any]) -> list[str] | None:
    """Return the words of a closed set; ``None`` where there is none."""
    if isinstance(requirement, KindOfEvent):
        return [kind.value for kind in EventKind]
    if isinstance(requirement, must.WordOf):
        return [word.value for word in requirement.words]
    return None


def _said_of(name: str, events: Sequence[Event], masks: dict[bytes, Flags]) -> _Said:
    """Return what events of each content say of a fact; keep the mask of where it applies."""
    fact = FACTS[name]
    # A counter stands where its total does; by itself no content has it.
    values = [getattr(event, fact.total or name) for event in events]
    if isinstance(fact.requirement, TrueOnly):
        return _Said(np.array(values), (), None)
    applies = np.array([value is not None for value in values])
    if not applies.any():
        return _Said(None, (), None)
    mask = None if applies.all() else applies.tobytes()
    if mask is not None:
        masks[mask] = applies
    if isinstance(fact.requirement, must.Whole):
        numbers = [0 if value is None else value for value in values]
        return _Said(np.array(numbers, np.int64), (), mask)
    plain = [value.value if isinstance(value, StrEnum) else value for value in values]
    closed = words_of(fact.requirement)
    words = [*dict.fromkeys(filter(None, plain))] if closed is None else closed
    number = {word: i for i, word in enumerate(words)}
    codes = [number.get(word, 0) for word in plain]
    return _Said(np.array(codes, np.int32 if closed is None else np.int8), words, mask)


class _Templates:
    """The texts that count: a content with each, and for all contents which text they have.

    That is -1 where the text does not count; the counter that it goes by stands beside.
    """

    def __init__(self, contents: Sequence[Content]) -> None:
        keys = [(each.text, each.counter) for each in contents]
        templates = {
            key: each for key, each in zip(keys, contents, strict=True) if each.counter is not None
        }
        number = {key: i for i, key in enumerate(templates)}
        self.contents = [*templates.values()]
        self.number = np.array([number.get(key, -1) for key in keys])
        self.counter = np.array([each.counter or 0 for each in contents])

    def fill_in(self, codes: NDArray[Any], known: int, places: Places) -> list[str]:
        """Give those of some events codes, from ``known`` on, and return them filled in."""
        rows = np.flatnonzero(places.of_contents(self.number >= 0))
        if not rows.size:
            return []
        content = taken(places.content, rows)
        where = taken(self.counter, content)
        where *= codes.size
        where += rows
        counts = taken(places.counters.reshape(-1), where)
        span = int(counts.max()) + 1
        keys = taken(self.number, content)
        keys *= span
        keys += counts
        different, numbers = _numbered(keys, len(self.contents) * span)
        numbers += known
        codes[rows] = numbers
        pairs = (divmod(key, span) for key in different.tolist())
        return [self.contents[i].text_at((count,) * 4) for i, count in pairs]


def _numbered(keys: Numbers, below: int) -> tuple[Numbers, Numbers]:
    """Return the different keys in order, and for each key which of them it is."""
    if below > 4 * keys.size:
        return np.unique(keys, return_inverse=True)
    is_there = np.zeros(below, np.bool_)  # ticking them off spares sorting
    is_there[keys] = True
    different = np.flatnonzero(is_there)
    number = np.empty(below, np.int64)
    number[different] = np.arange(different.size)
    return different, taken(number, keys)
