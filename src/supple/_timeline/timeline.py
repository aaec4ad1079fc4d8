"""A routine laid out in time, as something to iterate and to ask."""

from __future__ import annotations

import sys
from functools import cached_property
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple, final, overload

from attrs import field, frozen

from supple._errors import ModelError, TimelineError, TimelineIndexError, UnknownNameError
from supple._model import Pacing, Routine, requirements as must
from supple._notebook import InNotebook
from supple._phrases import Phrases
from supple._timeline.events import NOT_COUNTED, Event, Moment, Segment, event_at, segment_at
from supple._timeline.kinds import EventKind
from supple._timeline.layout import Node, of_kind
from supple._timeline.rows import fact_names, rows
from supple._units import ms_to_clock, ms_to_timedelta

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import timedelta

    from supple._timeline.facts import Plain
    from supple._timeline.kinds import EventKindWord
    from supple._timeline.layout import Row

_STARTS = of_kind(EventKind.EXERCISE_STARTED)

MOST_SLICED = 1_000_000
"""How many events a slice may have."""


class ExerciseSpan(NamedTuple):
    """An exercise as it comes on a timeline, with what leads up to it.

    Attributes:
        started: The event with which it starts.
        lead_in_ms: When what leads up to it begins: where the exercise before it ends, or the
            routine starts.
    """

    started: Event
    lead_in_ms: int

    @property
    def start_ms(self) -> int:
        """When it starts, without what leads up to it."""
        return self.started.at_ms

    @property
    def end_ms(self) -> int:
        """When it ends."""
        return self.started.at_ms + (self.started.duration_ms or 0)


@final
class ExerciseSpans:
    """The exercises of a timeline, each time that they come, in order and found when asked for.

    Made by :attr:`Timeline.exercises`. ``len`` raises a TimelineError beyond ``sys.maxsize``;
    ``timeline.count("exercise.started")`` has no such limit.
    """

    __slots__ = ("_timeline",)

    def __init__(self, timeline: Timeline) -> None:
        self._timeline = timeline

    def __len__(self) -> int:
        remedy = 'exercises; use timeline.count("exercise.started") instead'
        return _carried("len(timeline.exercises)", self._count, remedy)

    def __bool__(self) -> bool:
        return self._count > 0

    @property
    def _count(self) -> int:  # which may be more than what len can carry
        return self._timeline.count(EventKind.EXERCISE_STARTED)

    def __iter__(self) -> Iterator[ExerciseSpan]:
        before_ms = 0
        for nth in range(self._count):
            span = ExerciseSpan(self._started(nth), before_ms)
            before_ms = span.end_ms
            yield span

    def __getitem__(self, index: int) -> ExerciseSpan:
        """Return the exercise of a number, from 0; negative numbers count from the end.

        Raises:
            TimelineIndexError: If there is no exercise of that number.
            TimelineError: If the index is no whole number.
        """
        nth = _counted("timeline.exercises[index]", index, self._count)
        return ExerciseSpan(self._started(nth), self.over_ms(nth))

    def at(self, ms: int) -> ExerciseSpan:
        """Return the exercise under way at an instant, or the one to come; at the end, the last.

        Raises:
            TimelineError: If it lies before the start or after the end, or is no whole number.
        """
        required = must.Whole(0, self._timeline.duration_ms)
        instant = _whole("Timeline.exercises.at.ms", ms, required)
        root = self._timeline._root  # noqa: SLF001 - its own
        over = root.count_before(of_kind(EventKind.EXERCISE_ENDED), root.rank(instant + 1))
        return self[min(over, self._count - 1)]

    def over_ms(self, count: int) -> int:
        """Return when so many are over, at most as many as there are; 0 for none."""
        return ExerciseSpan(self._started(count - 1), 0).end_ms if count > 0 else 0

    def _started(self, nth: int) -> Event:
        timeline = self._timeline
        return timeline._event(timeline._root.find(_STARTS, nth))  # noqa: SLF001 - its own


@final
@frozen(repr=False)
class Timeline(InNotebook):
    """A routine at a level and a pacing, laid out in time.

    Iterating it yields every :class:`~supple.Event` in order: lazily, in constant memory, as
    often as you like. Offsets never decrease. The first event starts the routine at 0 and the
    last one ends it at ``duration_ms``. What starts ends, inner before outer; at one instant
    the ends come before the starts.

    A timeline is as large in memory as the routine is as written: neither the number of
    repetitions nor that of rounds matters, and every question below is answered without
    expanding them.

    Made by :func:`supple.schedule`.
    """

    routine: Routine
    level: int | float
    pacing: Pacing
    phrases: Phrases
    _root: Node = field(eq=False)

    @property
    def duration_ms(self) -> int:
        """How long the whole takes, in milliseconds."""
        return self._root.duration_ms

    @property
    def duration(self) -> timedelta:
        """How long the whole takes.

        Raises:
            OverflowError: Beyond 999,999,999 days; ``duration_ms`` has no such limit.
        """
        return ms_to_timedelta(self._root.duration_ms)

    def __repr__(self) -> str:
        events, clock = self._root.size, ms_to_clock(self._root.duration_ms)
        return f"<Timeline {self.routine.id}: {events} events in {clock}>"

    def __len__(self) -> int:
        """Return the number of events.

        Raises:
            TimelineError: Beyond ``sys.maxsize`` events, the most that ``len`` can carry;
                :meth:`count` has no such limit.
        """
        remedy = "events; use timeline.count() instead"
        return _carried("len(timeline)", self._root.size, remedy)

    def __bool__(self) -> bool:
        """Return true: every timeline has events."""
        return True

    def count(self, kind: EventKind | EventKindWord | None = None) -> int:
        """Return how many events there are, of one kind or of all.

        Args:
            kind: An :class:`~supple.EventKind` or its word, such as ``hold.started``.

        Raises:
            ModelError: If there is no such kind.
        """
        if kind is None:
            return self._root.size
        return self._root.count(
            of_kind(must.WordOf(EventKind).require("Timeline.count.kind", kind))
        )

    def find(
        self, kind: EventKind | EventKindWord, *, exercise: str | None = None, nth: int = 0
    ) -> int:
        """Return the number of an event of a kind; ``timeline[...]`` is that event.

        Args:
            kind: An :class:`~supple.EventKind` or its word, such as ``exercise.started``.
            exercise: The identifier of the exercise that it is part of; any, or none, where
                it is left out.
            nth: Which of those events, from 0; negative numbers count from the end.

        Raises:
            ModelError: If there is no such kind.
            UnknownNameError: If the routine has no such exercise.
            TimelineIndexError: If there are fewer of those events.
            TimelineError: If ``nth`` is no whole number.

        >>> import supple
        >>> back = supple.load_catalog("lower-back")
        >>> timeline = supple.schedule(back.routines["lower-back"])
        >>> timeline[timeline.find("exercise.started", exercise="bridge")].at_ms
        255000
        """
        wanted = of_kind(must.WordOf(EventKind).require("Timeline.find.kind", kind), exercise)
        count = self._root.count(wanted)
        if not count and exercise is not None and exercise not in self.routine.exercises:
            raise UnknownNameError("exercise", exercise, self.routine.exercises)
        return self._root.find(wanted, _counted("Timeline.find.nth", nth, count))

    @property
    def exercises(self) -> ExerciseSpans:
        """The exercises, each time that they come, with what leads up to each.

        >>> import supple
        >>> back = supple.load_catalog("lower-back")
        >>> timeline = supple.schedule(back.routines["lower-back"])
        >>> rolls, tilts, *_ = timeline.exercises
        >>> rolls.lead_in_ms, rolls.start_ms, rolls.end_ms, tilts.lead_in_ms, tilts.started.text
        (0, 5000, 44000, 44000, 'Pelvic tilts')
        """
        return ExerciseSpans(self)

    @cached_property
    def fingerprint(self) -> str:
        """A short text that tells timelines apart by what they say.

        Timelines that share it are of routines of one name and say the same at the same
        offsets. It is the same on every machine and every Python. Timelines that differ in it
        may yet say the same, written in another way.
        """
        return self._digest(has_words=True)

    @cached_property
    def shape(self) -> str:
        """A short text that tells timelines apart by structure and timing, whatever the words.

        Timelines that share it are of routines of one name, and what happens on them is of the
        same kind, exercise and side at the same offsets; texts and languages may differ.
        """
        return self._digest(has_words=False)

    def _digest(self, *, has_words: bool) -> str:
        from hashlib import sha256  # few ask, and it takes longer to load than this module

        digest = sha256()
        for line in self._root.described(has_words=has_words):
            digest.update(line.encode() + b"\n")
        return f"{self.routine.id} {digest.hexdigest()[:16]}"

    def __iter__(self) -> Iterator[Event]:
        """Yield every event in order, lazily."""
        return self._from(0)

    @overload
    def __getitem__(self, index: int) -> Event: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[Event, ...]: ...
    def __getitem__(self, index: int | slice) -> Event | tuple[Event, ...]:
        """Return the event of a number, from 0; negative numbers count from the end.

        A slice is a tuple of events, as of a list. To go through many, iterate
        :meth:`events`, which is lazy.

        Raises:
            TimelineIndexError: If there is no event of that number.
            TimelineError: If the index is no whole number, or a slice has too many events.
        """
        if isinstance(index, slice):
            return self._slice(index)
        return self._event(_counted("timeline[index]", index, self._root.size))

    def _event(self, i: int) -> Event:
        start, run, row, counters = self._root.at_index(i, 0, NOT_COUNTED)
        return event_at(start + run.offsets[row], run.contents[row], counters)

    def _slice(self, index: slice) -> tuple[Event, ...]:
        bounds = {"start": index.start, "stop": index.stop, "step": index.step}
        given = (
            None if bound is None else _whole(f"timeline[{name}]", bound)
            for name, bound in bounds.items()
        )
        start, stop, step = slice(*given).indices(self._root.size)
        many = max((stop - start + step - (1 if step > 0 else -1)) // step, 0)
        if many > MOST_SLICED:
            raise TimelineError(
                "timeline[slice]",
                f"must have at most {MOST_SLICED:,} events; iterate timeline.events() for more",
                many,
            )
        if step == 1:
            return tuple(islice(self._from(start), many))
        return tuple(self._event(start + step * i) for i in range(many))

    def __contains__(self, event: object) -> bool:
        """Tell whether this very event comes on the timeline."""
        return isinstance(event, Event) and event in tuple(
            self.events(event.at_ms, event.at_ms + 1)
        )

    def events(self, from_ms: int = 0, to_ms: int | None = None) -> Iterator[Event]:
        """Yield the events from one instant up to another, in order, lazily.

        Args:
            from_ms: The first instant that is meant.
            to_ms: The first instant after those that are meant. The event that ends the
                routine therefore comes only where this is past ``duration_ms``, or left out.

        Raises:
            TimelineError: If a bound is no whole number, at once and not while iterating.
        """
        first = self._root.rank(_whole("Timeline.events.from_ms", from_ms))
        if to_ms is None:
            return self._from(first)
        wanted = self._root.rank(_whole("Timeline.events.to_ms", to_ms)) - first
        return islice(self._from(first), min(max(wanted, 0), sys.maxsize))

    def at(self, ms: int) -> Moment:
        """Return what is going on at an instant.

        An instant at which one segment ends and another one starts belongs to the latter. At
        the very end, the last segment is over: it has nothing remaining.

        Args:
            ms: The instant, in milliseconds from the start of the routine.

        Raises:
            TimelineError: If it lies before the start or after the end, or is no whole number.
        """
        root = self._root
        last = root.duration_ms
        if type(ms) is not int or not 0 <= ms <= last:  # asked here, since most need no more
            ms = _whole("Timeline.at.ms", ms, must.Whole(0, last))
        return Moment(ms, segment_at(root, ms if ms < last else last - 1), root)

    def segments(self) -> Iterator[Segment]:
        """Yield the steps, holds and rests in order, lazily.

        Each starts when the one before it ends; together they fill the whole timeline.
        """
        root = self._root
        for start, run, _, counters in root.stretches(0, NOT_COUNTED, 0):
            for i in run.segments[0]:
                yield Segment(start + run.offsets[i], run.contents[i], counters, root)

    def rows(self, columns: Iterable[str] | None = None) -> Iterator[tuple[Plain | None, ...]]:
        """Yield every event as a plain tuple, lazily: what a table needs.

        A value is text, a whole number, true or false; what does not apply is ``None``.

        Args:
            columns: The names of facts, such as ``at_ms`` and ``kind``, in the order that is
                wanted; all of them, in the order of an event line, where they are left out.

        Raises:
            ModelError: If there is no such fact, at once and not while iterating.

        >>> import supple
        >>> back = supple.load_catalog("lower-back")
        >>> timeline = supple.schedule(back.routines["lower-back"])
        >>> rows = timeline.rows(["at_ms", "kind", "text"])
        >>> next(rows)
        (0, 'routine.started', 'Lower back')
        """
        names = fact_names("Timeline.rows.columns", columns)
        return rows(self._root.stretches(0, NOT_COUNTED, 0), names)

    def _from(self, index: int) -> Iterator[Event]:
        if index >= self._root.size:
            return
        new = Event
        for start, run, first, counters in self._root.stretches(0, NOT_COUNTED, index):
            # Without ``strict`` and without a call to ``run.rows``: both show in a short run.
            happens: Iterator[Row] = zip(run.offsets, run.contents)  # noqa: B905 - as above
            for offset, content in islice(happens, first, None) if first else happens:
                event = new()  # as event_at does, without the call
                event._at_ms = start + offset  # noqa: SLF001 - as above
                event._content = content  # noqa: SLF001 - as above
                event._counters = counters  # noqa: SLF001 - as above
                yield event


def _carried(where: str, size: int, remedy: str) -> int:
    """Return a size that ``len`` can carry."""
    if size > sys.maxsize:
        raise TimelineError(where, f"must be at most {sys.maxsize} {remedy}", size)
    return size


def _counted(where: str, value: int, size: int) -> int:
    """Return the number of one of so many, from 0; a negative one counts from the end."""
    number = i = value if type(value) is int else _whole(where, value)
    if i < 0:
        i += size
    if not 0 <= i < size:
        raise TimelineIndexError(where, f"must be at least {-size} and below {size}", number)
    return i


def _whole(where: str, value: object, required: must.Whole = must.WHOLE) -> int:
    if type(value) is int and required is must.WHOLE:  # most are
        return value
    try:
        return required.kept(value)
    except ModelError as error:
        raise TimelineError(where, error.requirement, value) from None
