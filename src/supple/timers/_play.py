"""The plain ways in: the events one after the other, each when it falls due."""

from __future__ import annotations

import sys
import time
from collections.abc import AsyncIterator
from typing import TYPE_CHECKING, final

from supple._player.player import Player
from supple._player.states import PlayerState
from supple._units import ms_to_seconds, seconds_to_whole_ms

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterator

    from supple._timeline.events import Event
    from supple._timeline.timeline import Timeline


def play(timeline: Timeline, *, speed: float = 1, at_ms: int = 0) -> Iterator[Event]:
    """Yield every event of a timeline when it falls due, and sleep in between.

    It sleeps to absolute deadlines, so nothing drifts. It is hands-free: a step until ready
    takes as long as its estimate says. Where whoever iterates, or the machine, is away for
    more than five seconds, the routine goes on from where it was, later by that time.

    To pause, to skip or to wait for the person, use a :class:`Runner`.

    Args:
        timeline: What to play.
        speed: How many milliseconds of the timeline pass in one of the clock.
        at_ms: The offset at which to start.

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
    >>> [event.kind.value for event in play(timeline) if event.kind.is_start]
    ['routine.started', 'exercise.started', 'set.started', 'rep.started', 'hold.started']
    """
    for each in _course(timeline, speed, at_ms, time.monotonic):
        if isinstance(each, float):
            time.sleep(each)
        else:
            yield each


def aplay(timeline: Timeline, *, speed: float = 1, at_ms: int = 0) -> AsyncIterator[Event]:
    """Yield every event of a timeline when it falls due, under asyncio or trio.

    It is :func:`play` for ``async for``. A task can be cancelled while it waits for an event.
    The wait can be taken up again: where it was cancelled by a timeout, the next
    :func:`anext` returns the event that it was for.

    Args:
        timeline: What to play.
        speed: How many milliseconds of the timeline pass in one of the clock.
        at_ms: The offset at which to start.

    Raises:
        ModelError: If an argument is not what it should be, when the first event is asked for.
    """
    return _Playing(timeline, speed, at_ms)


@final
class _Playing(AsyncIterator["Event"]):
    """The events of a timeline, for ``async for``.

    It is no generator, since those want to be closed where a loop over them breaks off.
    """

    def __init__(self, timeline: Timeline, speed: float, at_ms: int) -> None:
        self._arguments = (timeline, speed, at_ms)
        self._course: Iterator[Event | float] | None = None

    async def __anext__(self) -> Event:
        if self._course is None:
            now, self._sleep = _clock()
            self._course = _course(*self._arguments, now)
        for each in self._course:
            if not isinstance(each, float):
                return each
            await self._sleep(each)
        raise StopAsyncIteration


def _course(
    timeline: Timeline, speed: float, at_ms: int, now: Callable[[], float]
) -> Iterator[Event | float]:
    """Yield the events, and in between how many seconds to sleep."""
    player = Player(timeline, speed=speed, hands_free=True)
    yield from player.start(seconds_to_whole_ms(now()), at_ms=at_ms)
    while (deadline_ms := player.next_deadline_ms) is not None:
        yield max(ms_to_seconds(deadline_ms) - now(), 0.0)
        now_ms = seconds_to_whole_ms(now())
        yield from player.due(now_ms)
        if player.state is PlayerState.PAUSED:
            yield from player.resume(now_ms)


def _clock() -> tuple[Callable[[], float], Callable[[float], Awaitable[object]]]:
    """Return the clock and the sleep of the framework that runs this."""
    trio = sys.modules.get("trio")
    if trio is not None and trio.lowlevel.in_trio_run():
        return trio.current_time, trio.sleep
    import asyncio

    return asyncio.get_running_loop().time, asyncio.sleep
