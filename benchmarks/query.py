"""How long it takes to ask a timeline of more than a thousand million events one question.

The alternative is a list: of the first million events of the same timeline, or of the segments
among them. The timeline is asked all over its length, the list within what it holds; there the
answers are checked to be equal. A list is ready before the clock starts, unless a row says so.
"""

from __future__ import annotations

import random
from bisect import bisect_left, bisect_right
from itertools import islice
from operator import attrgetter
from typing import TYPE_CHECKING, Final, TypeAlias

from circuit import rounds_for, timeline_of
from measure import Row, Spread, Target, consume, seconds, spread, times_as_fast

from supple import EventKind, Moment, Segment

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from supple import Event, Timeline

HUGE: Final = 1_000_000_000
MANY: Final = 1_000_000
QUESTIONS: Final = 20_000
PAIRS: Final = 21
WITHIN: Final = Target("below", 5)
STARTS: Final = (EventKind.STEP_STARTED, EventKind.HOLD_STARTED, EventKind.REST_STARTED)

Action: TypeAlias = "Callable[[], object]"

_when = attrgetter("at_ms")


def rows() -> Iterator[Row]:
    """Ask for a moment and for an event, by arithmetic and by bisecting what is written out."""
    timeline = timeline_of(rounds_for(HUGE))
    assert timeline.count() > HUGE
    events = list(islice(timeline, MANY))
    yield from _moments(timeline, events)
    yield from _events(timeline, events)


def _moments(timeline: Timeline, events: list[Event]) -> Iterator[Row]:
    """Ask what is running, how long it still takes and what comes next."""

    def list_segments() -> list[Segment]:
        return list(islice(timeline.segments(), started))

    started = sum(event.kind in STARTS for event in events)
    segments = list_segments()
    starts = [segment.start_ms for segment in segments]

    def among_events(ms: int) -> Moment:
        """Find both segments with nothing at hand but the events."""
        later = bisect_right(events, ms, key=_when)
        earlier = later - 1
        while events[earlier].kind not in STARTS:
            earlier -= 1
        while events[later].kind not in STARTS:
            later += 1
        return Moment(ms, _segment(events[earlier]), _segment(events[later]))

    def among_starts(ms: int) -> Moment:
        """Find them with the segments at hand, and a list of their starts as plain integers."""
        i = bisect_right(starts, ms)
        return Moment(ms, segments[i - 1], segments[i])

    anywhere = _places(timeline.duration_ms)
    listed = _places(starts[-1])  # what comes after the last segment is not in the list
    for ms in listed:
        assert among_events(ms) == among_starts(ms) == timeline.at(ms)

    ask = "timeline.at(ms)"
    at = _all(timeline.at, anywhere)
    yield Row(f"{ask} of {timeline.count():,} events", "the clock", _us(at), "µs", WITHIN)
    for other, beside in (
        (among_events, "bisect 10⁶ events by at_ms, same Moment"),
        (among_starts, "bisect ready integers, Moment of ready segments"),
    ):
        yield _faster(ask, beside, at, _all(other, listed))
    once = anywhere[:1]
    yield _faster(
        f"{ask}, once", "making that list of segments", _all(timeline.at, once), list_segments
    )


def _events(timeline: Timeline, events: list[Event]) -> Iterator[Row]:
    """Ask for the event of a number; of a list, for the first event at an instant."""

    def list_events() -> list[Event]:
        return list(islice(timeline, MANY))

    offsets = [event.at_ms for event in events]

    def among_events(ms: int) -> Event:
        return events[bisect_left(events, ms, key=_when)]

    def among_offsets(ms: int) -> Event:
        return events[bisect_left(offsets, ms)]

    anywhere = _places(timeline.count())
    listed = _places(MANY)
    instants = [offsets[i] for i in listed]
    for i, ms in zip(listed, instants, strict=True):
        assert timeline[i] == events[i]
        assert among_events(ms) == among_offsets(ms) == next(timeline.events(ms))

    ask = "timeline[i]"
    get = _all(timeline.__getitem__, anywhere)
    yield Row(f"{ask} of {timeline.count():,} events", "the clock", _us(get), "µs", WITHIN)
    for other, beside in (
        (among_events, "bisect 10⁶ events by at_ms, ready event"),
        (among_offsets, "bisect ready integers, ready event"),
    ):
        yield _faster(ask, beside, get, _all(other, instants))
    index = _all(events.__getitem__, listed)
    yield Row(ask, "index of the ready list", times_as_fast(get, index, pairs=PAIRS), "× as fast")
    once = anywhere[:1]
    yield _faster(
        f"{ask}, once", "making that list of events", _all(timeline.__getitem__, once), list_events
    )


def _faster(ask: str, beside: str, ours: Action, other: Action) -> Row:
    ratio = times_as_fast(ours, other, pairs=PAIRS)
    return Row(ask, beside, ratio, "× as fast", Target("above", 1))


def _all(find: Callable[[int], object], places: Sequence[int]) -> Action:
    """Return what asks one question at all places, one after the other."""
    return lambda: consume(map(find, places))


def _us(action: Action) -> Spread:
    """Return the microseconds that one question takes."""
    return spread(seconds(action) / QUESTIONS * 1_000_000 for _ in range(PAIRS))


def _places(stop: int) -> list[int]:
    draw = random.Random(1)  # noqa: S311 - any places do, if always the same
    return [draw.randrange(stop) for _ in range(QUESTIONS)]


def _segment(event: Event) -> Segment:
    return Segment(event.at_ms, event._content, event._counters)  # noqa: SLF001 - what it is made of
