"""Where things lie in time: a tree whose size depends on what is written, not on repetition.

A :class:`Run` is a stretch that is written out in full. A :class:`Chain` is nodes one after the
other. A :class:`Loop` is one node repeated, with another one between its repetitions. Offsets
inside a node count from its own start, so a node is laid out once wherever it stands. A query
walks down from the root and passes over whatever lies before its goal by arithmetic. Nobody
changes a node once it is made.

An event has counters: the repetition, the set, the round, and the number of the exercise that is
or comes next. A loop advances one of the first three for its body, and none for what lies
between; the chain of the items of a routine or a circuit advances the last one.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from itertools import accumulate, islice
from typing import TYPE_CHECKING, Final, NamedTuple, TypeAlias

from supple._timeline.events import FACTS, REP, SET, STRUCTURE, Content, event_at, said_by
from supple._timeline.kinds import SEGMENT_STARTED_BY, EventKind

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from supple._timeline.events import Counters

MOST_LAPS_KEPT: Final = 256  # a stream holds so many stretches at the most, some 20 KiB

Row: TypeAlias = "tuple[int, Content]"
"""An offset in milliseconds, and what happens then."""

Wanted: TypeAlias = "Callable[[Content], bool]"
"""Which events are meant; it must not go by where they are."""

Stretch: TypeAlias = "tuple[int, Run, int, Counters]"
"""A run in its place: its start in milliseconds, the run, a row of it, its counters."""


def of_kind(kind: EventKind, exercise: str | None = None) -> Wanted:
    """Return what wants the events of one kind, of one exercise if that is named."""
    if exercise is None:
        return lambda content: content.kind is kind
    return lambda content: content.kind is kind and content.place.exercise == exercise


class Span(NamedTuple):
    """Something under way: it has started and not ended."""

    number: int
    """The number of the event that started it, which tells it from all others."""

    start_ms: int
    content: Content
    counters: Counters

    @property
    def end_ms(self) -> int:
        """When it is to end, in milliseconds from the start of the routine."""
        return self.start_ms + (self.content.duration_ms or 0)


class Run:
    """A stretch that is written out: what happens in it, in order.

    Attributes:
        contents: What happens.
        offsets: When each of that does, in milliseconds.
    """

    __slots__ = ("_segments", "contents", "duration_ms", "offsets", "size")

    laps = 1  # how many stretches it has, at the most

    def __init__(
        self, offsets: Iterable[int], contents: Iterable[Content], duration_ms: int
    ) -> None:
        # Two tuples, and no tuple for each row: a routine of many items has many of them, and
        # the garbage collector looks at each again and again.
        self.offsets: tuple[int, ...] = tuple(offsets)
        self.contents: tuple[Content, ...] = tuple(contents)
        self.size = len(self.contents)
        self.duration_ms = duration_ms
        self._segments: tuple[tuple[int, ...], tuple[int, ...]] | None = None

    @property
    def segments(self) -> tuple[tuple[int, ...], tuple[int, ...]]:
        """The rows that start a segment, and their offsets; found when somebody first asks."""
        found = self._segments
        if found is None:
            started = SEGMENT_STARTED_BY
            rows = tuple(i for i, each in enumerate(self.contents) if each.kind in started)
            found = self._segments = rows, tuple(self.offsets[i] for i in rows)
        return found

    @property
    def rows(self) -> Iterator[Row]:
        """What happens, each with its offset."""
        return zip(self.offsets, self.contents, strict=True)

    def count(self, wanted: Wanted) -> int:
        """Return how many of its events are wanted."""
        return self.count_before(wanted, self.size)

    def count_before(self, wanted: Wanted, index: int) -> int:
        """Return how many of its first ``index`` events are wanted; it has that many."""
        return sum(map(wanted, self.contents[:index]))

    def find(self, wanted: Wanted, nth: int) -> int:
        """Return the number of the n-th wanted event, from 0; it has one."""
        numbers = (i for i, content in enumerate(self.contents) if wanted(content))
        return next(islice(numbers, nth, None))

    def rank(self, ms: int) -> int:
        """Return how many of its events lie before an offset."""
        return bisect_left(self.offsets, ms)

    def stretches(self, start: int, counters: Counters, skip: int) -> Iterator[Stretch]:
        """Yield its runs in order, without its first ``skip`` events; it has more than those."""
        yield start, self, skip, counters

    def at_index(self, index: int, start: int, counters: Counters) -> Stretch:
        """Return the run with the event of a number, and that event's row in it."""
        return start, self, index, counters

    def at_ms(self, ms: int, start: int, counters: Counters) -> Stretch:
        """Return the run that is under way at an offset, and the row that starts its segment."""
        rows, offsets = self._segments or self.segments
        return start, self, rows[bisect_right(offsets, ms) - 1], counters

    def open_up(
        self, index: int, first: int, start: int, counters: Counters, spans: list[Span]
    ) -> None:
        """Take spans that are open before it to those open behind its first ``index`` events.

        Its own first event is number ``first`` of all.
        """
        for i, (offset, content) in enumerate(islice(self.rows, index)):
            if content.kind.is_start:
                spans.append(Span(first + i, start + offset, content, counters))
            elif content.kind.is_end:
                spans.pop()

    def last_posed(self, index: int) -> Content | None:
        """Return the last of its first ``index`` events that names a pose or starts an exercise.

        Behind the former one is in that pose, behind the latter in none that is known.
        """
        for content in reversed(self.contents[:index]):
            if content.pose is not None or content.kind is EventKind.EXERCISE_STARTED:
                return content
        return None

    def described(self, *, has_words: bool) -> Iterator[str]:
        """Yield lines that tell it from every node with other events, of other words or not."""
        for offset, content in self.rows:
            said = said_by(event_at(offset, content), FACTS if has_words else STRUCTURE)
            yield ascii(said)  # what repr escapes is not the same in every version of Python


EMPTY: Final = Run((), (), 0)


class Chain:
    """Parts that come one after the other; none of them is without events.

    Where it is told how many exercises are written in each part, it counts them. What many
    places share has a number of its own in each of them.
    """

    __slots__ = (
        *("_exercises_before", "_firsts", "_starts"),
        *("duration_ms", "exercises", "laps", "parts", "size"),
    )

    def __init__(self, parts: Iterable[Node], *, exercises: Iterable[int] | None = None) -> None:
        self.parts = parts = tuple(parts)
        # where each part starts, and behind them where the last one ends
        self._starts = (0, *accumulate([part.duration_ms for part in parts]))
        self._firsts = (0, *accumulate([part.size for part in parts]))
        self.duration_ms: int = self._starts[-1]
        self.size: int = self._firsts[-1]
        self.laps: int = sum([part.laps for part in parts])
        self.exercises = None if exercises is None else tuple(exercises)
        self._exercises_before = (
            None if self.exercises is None else (0, *accumulate(self.exercises))
        )

    def count(self, wanted: Wanted) -> int:
        return sum([part.count(wanted) for part in self.parts])

    def count_before(self, wanted: Wanted, index: int) -> int:
        i = bisect_left(self._firsts, index, 1) - 1
        count = sum([part.count(wanted) for part in self.parts[:i]])
        return count + self.parts[i].count_before(wanted, index - self._firsts[i])

    def find(self, wanted: Wanted, nth: int) -> int:
        before = (0, *accumulate([part.count(wanted) for part in self.parts]))
        i = bisect_right(before, nth) - 1
        return self._firsts[i] + self.parts[i].find(wanted, nth - before[i])

    def rank(self, ms: int) -> int:
        # The last part that starts before ``ms``: those before it have ended by then.
        i = max(bisect_left(self._starts, ms, 0, len(self.parts)) - 1, 0)
        return self._firsts[i] + self.parts[i].rank(ms - self._starts[i])

    def stretches(self, start: int, counters: Counters, skip: int) -> Iterator[Stretch]:
        first = bisect_right(self._firsts, skip) - 1
        skip -= self._firsts[first]
        for i in range(first, len(self.parts)):
            counted = self._counted(counters, i)
            yield from self.parts[i].stretches(start + self._starts[i], counted, skip)
            skip = 0

    def at_index(self, index: int, start: int, counters: Counters) -> Stretch:
        i = bisect_right(self._firsts, index) - 1
        if self._exercises_before is not None:
            counters = self._counted(counters, i)
        return self.parts[i].at_index(index - self._firsts[i], start + self._starts[i], counters)

    def at_ms(self, ms: int, start: int, counters: Counters) -> Stretch:
        # The last part that starts by then: what takes no time is passed over.
        i = bisect_right(self._starts, ms) - 1
        if self._exercises_before is not None:
            counters = self._counted(counters, i)
        before = self._starts[i]
        return self.parts[i].at_ms(ms - before, start + before, counters)

    def open_up(
        self, index: int, first: int, start: int, counters: Counters, spans: list[Span]
    ) -> None:
        for i in range(bisect_left(self._firsts, index)):
            part, before = self.parts[i], self._firsts[i]
            counted = self._counted(counters, i)
            upto = min(index - before, part.size)
            part.open_up(upto, first + before, start + self._starts[i], counted, spans)

    def last_posed(self, index: int) -> Content | None:
        for i in reversed(range(bisect_left(self._firsts, index))):
            part = self.parts[i]
            found = part.last_posed(min(index - self._firsts[i], part.size))
            if found is not None:
                return found
        return None

    def described(self, *, has_words: bool) -> Iterator[str]:
        for part in self.parts:
            yield from part.described(has_words=has_words)

    def _counted(self, counters: Counters, i: int) -> Counters:
        """Return the counters of a part."""
        if self._exercises_before is None:
            return counters
        rep, set_, round_, exercise = counters
        return rep, set_, round_, exercise + self._exercises_before[i]


class Loop:
    """One part that is repeated and counted, with a run between its repetitions.

    The counter starts at ``first``. A period is a repetition with what lies behind it.
    """

    __slots__ = (
        *("between", "body", "counter", "duration_ms", "first", "laps"),
        *("period_ms", "period_size", "size", "times"),
    )

    def __init__(
        self, counter: int, times: int, body: Node, between: Run = EMPTY, *, first: int = 1
    ) -> None:
        self.counter = counter
        self.times = times
        self.body = body
        self.between = between
        self.first = first
        self.period_ms = body.duration_ms + between.duration_ms
        self.period_size = body.size + between.size
        self.duration_ms: int = times * self.period_ms - between.duration_ms
        self.size: int = times * self.period_size - between.size
        self.laps: int = times * (body.laps + 1)

    def count(self, wanted: Wanted) -> int:
        return self.times * self.body.count(wanted) + (self.times - 1) * self.between.count(wanted)

    def count_before(self, wanted: Wanted, index: int) -> int:
        done, index = divmod(index, self.period_size)
        return (
            done * (self.body.count(wanted) + self.between.count(wanted))
            + self.body.count_before(wanted, min(index, self.body.size))
            + self.between.count_before(wanted, max(index - self.body.size, 0))
        )

    def find(self, wanted: Wanted, nth: int) -> int:
        in_body = self.body.count(wanted)
        done, nth = divmod(nth, in_body + self.between.count(wanted))
        if nth < in_body:
            return done * self.period_size + self.body.find(wanted, nth)
        return done * self.period_size + self.body.size + self.between.find(wanted, nth - in_body)

    def rank(self, ms: int) -> int:
        # The last repetition that starts before ``ms``: those before it have ended by then.
        done = min(max(ms - 1, 0) // self.period_ms, self.times - 1)
        ms -= done * self.period_ms
        within = self.body.rank(ms)
        if done < self.times - 1:
            within += self.between.rank(ms - self.body.duration_ms)
        return done * self.period_size + within

    def stretches(self, start: int, counters: Counters, skip: int) -> Iterator[Stretch]:
        done, skip = divmod(skip, self.period_size)
        start += done * self.period_ms
        if done == self.times - 1:
            return self.body.stretches(start, self._counted(counters, done), skip)
        return self._repeated(start, counters, done, skip)

    def _repeated(self, start: int, counters: Counters, done: int, skip: int) -> Iterator[Stretch]:
        """Yield what is left after a number of whole repetitions and ``skip`` events more."""
        body, between, counter, last = self.body, self.between, self.counter, self.times - 1
        counted: Counters
        laps: list[Stretch] = []
        if body.laps <= MOST_LAPS_KEPT:  # laid out once, and then only shifted and counted
            laps = [*body.stretches(0, self._counted(counters, -self.first), 0)]
        for i in range(done, self.times):
            if skip or not laps:
                if skip < body.size:
                    yield from body.stretches(start, self._counted(counters, i), skip)
            else:
                count = self.first + i
                for offset, run, _, (rep, set_, round_, exercise) in laps:
                    if counter == REP:
                        counted = count, set_, round_, exercise
                    elif counter == SET:
                        counted = rep, count, round_, exercise
                    else:  # 0 but for a circuit inside this one, which has counted already
                        counted = rep, set_, round_ or count, exercise
                    yield start + offset, run, 0, counted
            if between.size and i < last:
                yield start + body.duration_ms, between, max(skip - body.size, 0), counters
            skip = 0
            start += self.period_ms

    def at_index(self, index: int, start: int, counters: Counters) -> Stretch:
        done, index = divmod(index, self.period_size)
        start += done * self.period_ms
        if index < self.body.size:
            return self.body.at_index(index, start, self._counted(counters, done))
        return self.between.at_index(
            index - self.body.size, start + self.body.duration_ms, counters
        )

    def at_ms(self, ms: int, start: int, counters: Counters) -> Stretch:
        done, ms = divmod(ms, self.period_ms)
        start += done * self.period_ms
        body_ms = self.body.duration_ms
        if ms < body_ms:
            return self.body.at_ms(ms, start, self._counted(counters, done))
        return self.between.at_ms(ms - body_ms, start + body_ms, counters)

    def open_up(
        self, index: int, first: int, start: int, counters: Counters, spans: list[Span]
    ) -> None:
        # What starts in a repetition ends in it, and so does what starts in between.
        done, index = divmod(index, self.period_size)
        first += done * self.period_size
        start += done * self.period_ms
        if index < self.body.size:
            self.body.open_up(index, first, start, self._counted(counters, done), spans)
        else:
            self.between.open_up(
                index - self.body.size,
                first + self.body.size,
                start + self.body.duration_ms,
                counters,
                spans,
            )

    def last_posed(self, index: int) -> Content | None:
        # What lies between repetitions names no pose.
        done, index = divmod(index, self.period_size)
        found = self.body.last_posed(min(index, self.body.size))
        return self.body.last_posed(self.body.size) if found is None and done else found

    def described(self, *, has_words: bool) -> Iterator[str]:
        yield f"{self.times} times, counting {self.counter} from {self.first}"
        yield from self.body.described(has_words=has_words)
        yield "between"
        yield from self.between.described(has_words=has_words)
        yield "again"

    def _counted(self, counters: Counters, done: int) -> Counters:
        rep, set_, round_, exercise = counters
        count = self.first + done
        if self.counter == REP:
            return count, set_, round_, exercise
        if self.counter == SET:
            return rep, count, round_, exercise
        return rep, set_, count, exercise


Node: TypeAlias = Run | Chain | Loop
"""A part of a timeline. What each of them can do stands at :class:`Run`."""


def repeat(  # noqa: PLR0913 - a loop and its last time
    counter: int,
    times: int,
    usual: Node,
    last: Node,
    between: Run = EMPTY,
    *,
    first: int = 1,
) -> Node:
    """Repeat a part, the last time with something in its place that may differ from it."""
    if last is usual:
        return Loop(counter, times, usual, between, first=first)
    end = Loop(counter, 1, last, first=first + times - 1)
    if times == 1:
        return end
    return chain([Loop(counter, times - 1, usual, between, first=first), between, end])


def chain(pieces: Iterable[Node]) -> Node:
    """Lay pieces one after the other, and write adjacent ones out as one run."""
    flat = [
        part for each in pieces for part in (each.parts if isinstance(each, Chain) else (each,))
    ]
    parts: list[Node] = []
    runs: list[Run] = []
    for part in flat:
        if isinstance(part, Run):
            runs.append(part)
        else:
            parts += _as_one(runs)
            parts.append(part)
            runs = []
    parts += _as_one(runs)
    return parts[0] if len(parts) == 1 else Chain(parts)


def _as_one(runs: Sequence[Run]) -> list[Run]:
    """Return adjacent runs as one, if there is anything in them."""
    if len(runs) == 1:
        return [run for run in runs if run.contents]
    offsets: list[int] = []
    contents: list[Content] = []
    length = 0
    for run in runs:
        offsets += [length + offset for offset in run.offsets] if length else run.offsets
        contents += run.contents
        length += run.duration_ms
    return [Run(offsets, contents, length)] if contents else []
