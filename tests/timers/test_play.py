"""play and aplay: every event, each when it falls due, whoever sleeps and however long."""

from __future__ import annotations

import asyncio
import copy
import gc
import sys
import time
from typing import TYPE_CHECKING, Any, cast

import pytest
import trio
import trio.testing

from supple import Exercise, Hold, ModelError, Pacing, Routine, Step, schedule
from supple.timers import aplay, play

from .brief import brief_timeline

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable

    from supple import Event
    from supple.timers._kinds import Kinds

REACH = Exercise(
    "reach",
    name="Reach",
    kind="stretch",
    position="standing",
    cycle=[Step("Reach up", seconds=2, until_ready=True), Hold("Stay", seconds=4)],
    reps=3,
)
TIMELINE = schedule(Routine("reach", items=[REACH]), pacing=Pacing(countdown=()))


def run_in_asyncio(main: Callable[[], Awaitable[None]]) -> None:
    """Run a coroutine function as a program of asyncio does."""

    async def run() -> None:
        await main()

    asyncio.run(run())


def run_in_uvloop(main: Callable[[], Awaitable[None]]) -> None:
    """Run a coroutine function as a program of asyncio with uvloop does."""
    uvloop = pytest.importorskip("uvloop", reason="there is no uvloop for Windows")

    async def run() -> None:
        await main()

    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        runner.run(run())


in_each_loop = pytest.mark.parametrize(
    "run", [run_in_asyncio, run_in_uvloop, trio.run], ids=["asyncio", "uvloop", "trio"]
)


class Sleeper:
    """The clock of this process, and a sleep that moves it on instead of waiting."""

    def __init__(self) -> None:
        self.now = 1000.0
        self.naps: list[float] = []
        self.late = 0.0
        self.share = 1.0

    def sleep(self, seconds: float) -> None:
        """Be over at once, a little late, or after a share of the time only."""
        self.naps.append(seconds)
        self.now += seconds * self.share + self.late


@pytest.fixture
def sleeper(monkeypatch: pytest.MonkeyPatch) -> Sleeper:
    """Replace the clock and the sleep of this process."""
    sleeper = Sleeper()
    monkeypatch.setattr(time, "monotonic", lambda: sleeper.now)
    monkeypatch.setattr(time, "sleep", sleeper.sleep)
    return sleeper


# --- play -----------------------------------------------------------------------------


def test_play_brings_each_event_at_its_instant(sleeper: Sleeper) -> None:
    """It yields the timeline; a step until ready takes as long as its estimate says."""
    told = [(round((sleeper.now - 1000) * 1000), event) for event in play(TIMELINE)]
    assert told == [(event.at_ms, event) for event in TIMELINE]
    assert sleeper.naps == pytest.approx([5, 2, 4, 2, 4, 2, 4])


def test_play_does_not_drift(sleeper: Sleeper) -> None:
    """Each event is as late as its own sleep was, and no later for those before."""
    sleeper.late = 0.002
    told = [(round((sleeper.now - 1000) * 1000), event.at_ms) for event in play(TIMELINE)]
    assert {late_ms - at_ms for late_ms, at_ms in told if at_ms} == {2}


def test_play_after_a_sleep_that_was_too_short(sleeper: Sleeper) -> None:
    """Where a sleep ends early, it sleeps again, and brings nothing early."""
    sleeper.share = 0.5
    told = [(round((sleeper.now - 1000) * 1000), event) for event in play(TIMELINE)]
    assert told == [(event.at_ms, event) for event in TIMELINE]
    assert sleeper.naps[:3] == [5, 2.5, 1.25]


def test_play_for_a_slow_consumer(sleeper: Sleeper) -> None:
    """Who takes two seconds over an event gets what fell due meanwhile, and is in time again."""
    told = []
    for event in play(TIMELINE):
        told.append((round((sleeper.now - 1000) * 1000), event))
        if event.kind == "step.started" and event.rep == 1:
            sleeper.now += 3
    assert [event for _, event in told] == list(TIMELINE)
    late = {event.at_ms: at_ms - event.at_ms for at_ms, event in told}
    assert late == {
        0: 0,
        5000: 0,
        7000: 1000,
        11_000: 0,
        13_000: 0,
        17_000: 0,
        19_000: 0,
        23_000: 0,
    }


def test_play_for_a_consumer_who_was_away(sleeper: Sleeper) -> None:
    """After a minute the routine goes on where it was, and is over a minute later."""
    told = []
    for event in play(TIMELINE):
        told.append(event)
        if event.kind == "hold.started" and event.rep == 2:
            sleeper.now += 60
    assert told == list(TIMELINE)
    assert sleeper.now == pytest.approx(1000 + 60 + TIMELINE.duration_ms / 1000)


def test_play_at_a_speed_and_from_the_middle(sleeper: Sleeper) -> None:
    """Twice as fast, from the second repetition on."""
    told = list(play(TIMELINE, speed=2, at_ms=11_000))
    assert told[0] == TIMELINE[0]
    assert [event.rep for event in told if event.kind == "hold.ended"] == [2, 3]
    assert sleeper.now == pytest.approx(1000 + (TIMELINE.duration_ms - 11_000) / 2000)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"speed": 0}, "Player.speed: must be at least 0.01 and at most 100 (got 0)"),
        ({"at_ms": -1}, "Player.start.at_ms: must be a whole number from 0 to 23000 (got -1)"),
        ({"only": 3}, "play.only: must be kinds of events (got 3)"),
    ],
)
def test_play_with_wrong_arguments(arguments: dict[str, Any], message: str) -> None:
    """They are refused when the first event is asked for."""
    events = play(TIMELINE, **arguments)
    with pytest.raises(ModelError) as caught:
        next(events)
    assert str(caught.value) == message


BRIEF = brief_timeline(0.01, 0.02)


def test_only_some_events() -> None:
    """Only the kinds that are named come, each when it falls due; segments are what starts one."""
    for only, kinds in (
        ("segments", {"step.started", "hold.started", "rest.started"}),
        (["hold.ended", "routine.ended"], {"hold.ended", "routine.ended"}),
    ):
        expected = [event for event in BRIEF if event.kind in kinds]
        assert list(play(BRIEF, only=cast("Kinds", only))) == expected
        asynchronous = aplay(BRIEF, only=cast("Kinds", only))

        async def drain(events: AsyncIterator[Event] = asynchronous) -> list[Event]:
            return [event async for event in events]

        assert asyncio.run(drain()) == expected


def test_events_in_time_are_not_copied() -> None:
    """A copy would share its place with the original, so there is none."""
    with pytest.raises(TypeError, match="cannot be copied"):
        copy.copy(aplay(TIMELINE))


def test_play_in_real_time() -> None:
    """With the real clock, too, the events are those of the timeline, and none is early."""
    timeline = brief_timeline(0.01, 0.02)
    start = time.monotonic()
    told = [(time.monotonic() - start, event) for event in play(timeline)]
    assert [event for _, event in told] == list(timeline)
    assert [event for seconds, event in told if seconds < (event.at_ms - 1) / 1000] == []


# --- aplay ----------------------------------------------------------------------------


@in_each_loop
def test_aplay_in_real_time(run: Callable[[Callable[[], Awaitable[None]]], None]) -> None:
    """In each event loop it brings the events of the timeline, none of them early."""
    timeline = brief_timeline(0.01, 0.02)
    told: list[tuple[float, Event]] = []

    async def follow() -> None:
        start = time.monotonic()
        async for event in aplay(timeline):
            told.append((time.monotonic() - start, event))  # noqa: PERF401 - the time counts

    run(follow)
    assert [event for _, event in told] == list(timeline)
    # uvloop keeps its time in milliseconds, and may be one of them ahead at either end.
    assert [event for seconds, event in told if seconds < (event.at_ms - 2) / 1000] == []


@in_each_loop
def test_aplay_can_be_left(run: Callable[[Callable[[], Awaitable[None]]], None]) -> None:
    """Breaking off leaves nothing to close, and so no warning."""
    told: list[Event] = []

    async def follow() -> None:
        async for event in aplay(TIMELINE):
            told.append(event)
            break
        gc.collect()

    run(follow)
    assert told == [TIMELINE[0]]


def test_aplay_in_virtual_time() -> None:
    """By a clock that jumps, each event comes at its very instant, at any speed."""
    told: list[tuple[float, Event]] = []

    async def follow() -> None:
        async for event in aplay(TIMELINE, speed=2):
            told.append((trio.current_time() * 2000, event))  # noqa: PERF401 - the time counts

    trio.run(follow, clock=trio.testing.MockClock(autojump_threshold=0))
    start = told[0][0]
    assert [round(at - start) for at, _ in told] == [event.at_ms for event in TIMELINE]
    assert [event for _, event in told] == list(TIMELINE)


def test_aplay_where_trio_is_not_there(monkeypatch: pytest.MonkeyPatch) -> None:
    """Under asyncio it does not need trio."""
    monkeypatch.delitem(sys.modules, "trio")
    timeline = brief_timeline(0.001)

    async def follow() -> list[Event]:
        return [event async for event in aplay(timeline)]

    assert asyncio.run(follow()) == list(timeline)


def test_aplay_without_a_loop() -> None:
    """What nothing runs cannot wait."""
    with pytest.raises(RuntimeError, match="no running event loop"):
        aplay(TIMELINE).__anext__().__await__().__next__()


def test_aplay_with_wrong_arguments() -> None:
    """They are refused when the first event is asked for."""

    async def follow() -> None:
        events = aplay(TIMELINE, speed=0)
        with pytest.raises(ModelError) as caught:
            await anext(events)
        assert str(caught.value) == "Player.speed: must be at least 0.01 and at most 100 (got 0)"

    asyncio.run(follow())


def test_aplay_is_cancelled_in_asyncio() -> None:
    """Cancelling the task ends it where it waits; nothing swallows that."""
    told: list[Event] = []
    has_begun: list[asyncio.Event] = []

    async def follow() -> None:
        async for event in aplay(TIMELINE):
            told.append(event)
            has_begun[0].set()

    async def main() -> None:
        has_begun.append(asyncio.Event())
        task = asyncio.create_task(follow())
        await has_begun[0].wait()
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        assert task.cancelled()

    asyncio.run(main())
    assert [event.at_ms for event in told] == [0] * len(told)


def test_a_wait_that_was_cancelled_in_trio_is_taken_up_again() -> None:
    """A timeout takes nothing away: the next event is the one that was waited for."""

    async def main() -> None:
        events = aplay(TIMELINE)
        told = [await anext(events), await anext(events)]
        with trio.move_on_after(2) as scope:
            told.append(await anext(events))
        assert scope.cancelled_caught
        assert trio.current_time() == start + 2
        told += [event async for event in events]
        assert told == list(TIMELINE)
        assert trio.current_time() == pytest.approx(start + TIMELINE.duration_ms / 1000)

    clock = trio.testing.MockClock(autojump_threshold=0)
    start = clock.current_time()
    trio.run(main, clock=clock)
