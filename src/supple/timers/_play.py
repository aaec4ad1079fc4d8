"""The plain ways in: the events one after the other, each when it falls due."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator
from typing import TYPE_CHECKING, final

from supple._player.player import Player
from supple._player.states import START_MS, PlayerState
from supple._units import ms_to_seconds, seconds_to_whole_ms
from supple.timers._closing import Single
from supple.timers._kinds import wanted_kinds
from supple.timers._waiting import clock

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from supple._timeline.events import Event
    from supple._timeline.timeline import Timeline
    from supple.timers._kinds import Kinds


def play(
    timeline: Timeline, *, speed: float = 1, at_ms: int = START_MS, only: Kinds | None = None
) -> Iterator[Event]:
    """Yield the events of a timeline, each when it falls due, and sleep in between.

    It sleeps to absolute deadlines, so nothing drifts. It is hands-free: a step until ready
    takes as long as its estimate says. Where whoever iterates, or the machine, is away for
    longer than the usual ``gap_ms`` of a :class:`~supple.Player`, the routine goes on from where
    it was, later by that time.

    To pause, to skip or to wait for the person, use a :class:`Runner`.

    Args:
        timeline: What to play.
        speed: How many milliseconds of the timeline pass in one of the clock.
        at_ms: The offset at which to start.
        only: The kinds of events to yield, such as ``{"hold.started", "hold.ended"}``;
            ``segments`` are what starts a step, a hold or a rest. Left out, every event.

    Raises:
        ModelError: If an argument is not what it should be, when the first event is asked for.

    >>> from supple import Exercise, Hold, Pacing, Routine, schedule
    >>> reach = Exercise(
    ...     "reach",
    ...     name="Reach",
    ...     kind="stretch",
    ...     position="standing",
    ...     cycle=[Hold("Reach up", seconds=0.01)],
    ... )
    >>> timeline = schedule(Routine("up", items=[reach]), pacing=Pacing(get_ready=0))
    >>> [event.text for event in play(timeline, only="segments")]
    ['Reach up']
    """
    for each in _course(timeline, speed, at_ms, only, time.monotonic):
        if isinstance(each, float):
            time.sleep(each)
        else:
            yield each


def aplay(
    timeline: Timeline, *, speed: float = 1, at_ms: int = START_MS, only: Kinds | None = None
) -> AsyncIterator[Event]:
    """Yield the events of a timeline, each when it falls due, under asyncio or trio.

    It is :func:`play` for ``async for``, with its arguments and errors. A task can be cancelled
    while it waits for an event. The wait can be taken up again: where it was cancelled by a
    timeout, the next :func:`anext` returns the event that it was for.
    """
    return _Playing(timeline, speed, at_ms, only)


@final
class _Playing(Single, AsyncIterator["Event"]):
    """The events of a timeline, for ``async for``.

    It is no generator, since those want to be closed where a loop over them breaks off.
    """

    def __init__(self, timeline: Timeline, speed: float, at_ms: int, only: Kinds | None) -> None:
        self._arguments = (timeline, speed, at_ms, only)
        self._course: Iterator[Event | float] | None = None

    async def __anext__(self) -> Event:
        if self._course is None:
            now, self._sleep = clock()
            self._course = _course(*self._arguments, now)
        for each in self._course:
            if not isinstance(each, float):
                return each
            await self._sleep(each)
        raise StopAsyncIteration


def _course(
    timeline: Timeline,
    speed: float,
    at_ms: int,
    only: Kinds | None,
    now: Callable[[], float],
) -> Iterator[Event | float]:
    """Yield the events that are wanted, and in between how many seconds to sleep."""
    player = Player(timeline, speed=speed, hands_free=True)
    kinds = wanted_kinds("play.only", only)
    events = player.start(seconds_to_whole_ms(now()), at_ms=at_ms)
    while True:
        for event in events:
            if event.kind in kinds:
                yield event
        if (deadline_ms := player.next_deadline_ms) is None:
            break
        yield max(ms_to_seconds(deadline_ms) - now(), 0.0)
        now_ms = seconds_to_whole_ms(now())
        events = player.due(now_ms)
        if player.state is PlayerState.PAUSED:
            events += player.resume(now_ms)
