"""The facts of events as columns of numbers: themselves, or those of the words they stand for."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import numpy as np
from attrs import frozen

from supple._errors import ModelError, TimelineError
from supple._timeline.events import EXERCISE, FACTS, event_at
from supple._timeline.facts import Flag, Text, Whole, Word
from supple._timeline.kinds import EventKind
from supple._timeline.rows import COUNTERS, fact_names
from supple.columns._places import Places, written

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray

    from supple import Timeline
    from supple._timeline.events import Content
    from supple._timeline.facts import FactType
    from supple._timeline.layout import Node
    from supple.columns._places import Numbers, Written

_LATEST_MS: Final = 2**63 - 1


class Column(NamedTuple):
    """A fact of some events.

    Attributes:
        type: What it is.
        values: The numbers themselves, the flags, or the numbers of the words.
        words: The words; empty for a number and a flag.
        mask: The number of the mask that tells where the fact applies, and that mask; ``None``
            where it always does. What stands in ``values`` where it does not means nothing.
    """

    type: FactType
    values: NDArray[Any]
    words: Sequence[str]
    mask: tuple[int, NDArray[np.bool_]] | None


class _Said(NamedTuple):
    """What each content says of a fact."""

    values: NDArray[Any]
    words: Sequence[str]
    mask: int | None


@frozen
class Facts:
    """The facts of a timeline, to be read as columns a stretch at a time."""

    names: list[str]
    size: int
    _root: Node
    _written: Written
    _said: dict[str, _Said]
    _masks: list[NDArray[np.bool_]]

    def columns(self, first: int, last: int) -> list[Column]:
        """Return the columns of the events from number ``first`` up to ``last``."""
        places = Places(self._root, self._written, first, last)
        masks = [(i, _take(mask, places.content)) for i, mask in enumerate(self._masks)]
        columns = []
        for name in self.names:
            said = self._said[name]
            words = said.words
            if name == "at_ms":
                values = places.at_ms
            elif name in COUNTERS:
                values = places.counters[COUNTERS[name]]
            elif name == "exercise_number":
                values = places.counters[EXERCISE] + 1
            else:
                values = _take(said.values, places.content)
            if name == "text":
                words = [*words, *_fill_in(values, len(words), self._written.contents, places)]
            mask = None if said.mask is None else masks[said.mask]
            columns.append(Column(FACTS[name].type, values, words, mask))
        return columns


def facts_of(timeline: Timeline, where: str, columns: Iterable[str] | None) -> Facts:
    """Return the facts of a timeline that columns are wanted of, all where none are named.

    Raises:
        ModelError: If there is no such fact, or one is named twice.
        TimelineError: If the timeline lasts longer than 64 bits can count.
    """
    names = fact_names(f"{where}.columns", columns)
    for i, name in enumerate(names):
        if name in names[:i]:
            raise ModelError(f"{where}.columns[{i}]", "must be named once", name)
    if timeline.duration_ms > _LATEST_MS:
        requirement = f"must last at most {_LATEST_MS} ms"
        raise TimelineError(f"{where}.timeline", requirement, timeline.duration_ms)
    root = timeline._root  # noqa: SLF001 - what the columns are made from
    wrote = written(root)
    masks: list[NDArray[np.bool_]] = []
    said = {name: _said_of(name, wrote.contents, masks) for name in names}
    return Facts(names, timeline.count(), root, wrote, said, masks)


def words_of(fact_type: FactType) -> list[str] | None:
    """Return the words of a closed set; ``None`` where there is none."""
    if fact_type is Text.KIND:
        return [kind.value for kind in EventKind]
    return [word.value for word in fact_type.words] if isinstance(fact_type, Word) else None


def _said_of(name: str, contents: Sequence[Content], masks: list[NDArray[np.bool_]]) -> _Said:
    """Return what contents say of a fact; where it applies is added to the masks, each once."""
    fact = FACTS[name]
    # A counter stands where its total does; by itself no content has it.
    told = FACTS[fact.total] if fact.total else fact
    values = [told.get(event_at(0, content)) for content in contents]
    if isinstance(fact.type, Flag):
        return _Said(np.array(values), (), None)
    applies = np.array([value is not None for value in values])
    mask = None
    if not applies.all():
        same = (i for i, other in enumerate(masks) if np.array_equal(applies, other))
        mask = next(same, len(masks))
        if mask == len(masks):
            masks.append(applies)
    if isinstance(fact.type, Whole):
        numbers = [0 if value is None else value for value in values]
        return _Said(np.array(numbers, np.int64), (), mask)
    plain = [value.value if isinstance(value, StrEnum) else value for value in values]
    closed = words_of(fact.type)
    words = [*dict.fromkeys(filter(None, plain))] if closed is None else closed
    number = {word: i for i, word in enumerate(words)}
    codes = [number.get(word, 0) for word in plain]
    return _Said(np.array(codes, np.int32 if closed is None else np.int8), words, mask)


def _fill_in(
    codes: NDArray[np.int32], known: int, contents: Sequence[Content], places: Places
) -> list[str]:
    """Number the texts that count, from ``known`` on, and return them with the counts in them."""
    counter = np.array([-1 if each.counter is None else each.counter for each in contents])
    rows = np.flatnonzero(_take(counter >= 0, places.content))
    if not rows.size:
        return []
    content = places.content[rows]
    counts = np.choose(counter[content], [counts[rows] for counts in places.counters])
    span = int(counts.max()) + 1
    different, numbers = np.unique(content * span + counts, return_inverse=True)
    codes[rows] = known + numbers
    pairs = (divmod(key, span) for key in different.tolist())
    return [contents[i].text_at((count, count, count, count)) for i, count in pairs]


def _take(values: NDArray[Any], numbers: Numbers) -> NDArray[Any]:
    return values.take(numbers, mode="wrap")  # which spares looking for numbers out of range
