"""What it costs to run many players at once, and how late their events come then."""

from __future__ import annotations

import asyncio
import gc
from contextlib import contextmanager
from selectors import DefaultSelector
from statistics import quantiles
from time import process_time
from typing import TYPE_CHECKING

from measure import Row, Target, spread
from ticking import PERIOD_MS, by_fleet, by_runners, by_tasks

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine, Iterator
    from selectors import SelectorKey

    from ticking import Handle

    from supple import Event

    Way = Callable[[int, int, Handle], Coroutine[object, object, None]]

MANY = 100_000
PAIRS = 3
SECONDS = 2
"""So long counts, of the clock of the loop, when the cost is measured."""

LEAD_MS = 4_000
"""So long has everything to start, before the first event is due."""

SETTLING_MS = 6_000
REAL_SECONDS = 10
"""So long counts, of the real clock, when lateness is measured, after some time to settle."""


def rows() -> Iterator[Row]:
    """Measure the time of the processor, then lateness in real time."""
    yield from _cost()
    yield from _lateness()


# --- the cost: no waiting, since the clock of the loop jumps ahead ---------------------


def _cost() -> Iterator[Row]:
    """Run the same players in three ways in turn, and compare the time of the processor."""
    turns = [[_cost_us(way) for way in (by_fleet, by_tasks, by_runners)] for _ in range(PAIRS)]
    what = f"Fleet of {MANY:,} players, CPU time of an event"
    yield Row(what, "the clock", spread(fleet for fleet, _, _ in turns), "µs")
    yield Row(
        what,
        "an asyncio task for each, same events",
        spread(fleet / task for fleet, task, _ in turns),
        "× the time",
        Target("at most", 1 / 3),
    )
    yield Row(
        what,
        "a Runner on asyncio for each, same events",
        spread(fleet / runner for fleet, _, runner in turns),
        "× the time",
        Target("at most", 1 / 3),
    )


def _cost_us(way: Way) -> float:
    """Return how much time of the processor one event takes."""
    handled_ms = []

    async def cost_us() -> float:
        loop = asyncio.get_running_loop()
        running = asyncio.ensure_future(
            way(MANY, LEAD_MS, lambda due_ms, _: handled_ms.append(due_ms))
        )
        from_s = (LEAD_MS + PERIOD_MS - 0.5) / 1_000  # just before the second event of the first
        await asyncio.sleep(from_s - loop.time())
        with _set_up():
            handled_ms.clear()
            start = process_time()
            await asyncio.sleep(from_s + SECONDS - loop.time())
            used = process_time() - start
        running.cancel()
        await asyncio.wait([running])
        return used / len(handled_ms) * 1e6

    with asyncio.Runner(loop_factory=_JumpingLoop) as runner:
        figure = runner.run(cost_us())
    expected = range(LEAD_MS + PERIOD_MS, LEAD_MS + (1 + SECONDS) * PERIOD_MS)
    assert handled_ms == [due_ms for due_ms in expected for _ in range(MANY // PERIOD_MS)]
    return figure


class _JumpingLoop(asyncio.SelectorEventLoop):
    """An event loop like any other, but for a clock that jumps to where it would have waited."""

    def __init__(self) -> None:
        self._jumping = _JumpingSelector()
        super().__init__(self._jumping)

    def time(self) -> float:
        return self._jumping.now


class _JumpingSelector(DefaultSelector):
    def __init__(self) -> None:
        super().__init__()
        self.now = 0.0

    def select(self, timeout: float | None = None) -> list[tuple[SelectorKey, int]]:
        self.now += timeout or 0
        ready: list[tuple[SelectorKey, int]] = super().select(0)
        return ready


# --- lateness: in real time -----------------------------------------------------------


def _lateness() -> Iterator[Row]:
    """Let the fleet and the tasks run for a while, in turn."""
    turns = [[_latenesses_ms(way) for way in (by_fleet, by_tasks)] for _ in range(PAIRS)]
    for name, nth, target in (
        ("median", 500, None),
        ("99 %", 990, Target("at most", 5)),
        ("99.9 %", 999, None),
    ):
        fleet, tasks = (spread(each[nth - 1] for each in way) for way in zip(*turns, strict=True))
        what = f"{MANY:,} events a second, lateness, {name}"
        yield Row(f"Fleet: {what}", "the clock", fleet, "ms", target)
        yield Row(f"an asyncio task for each: {what}", "the clock", tasks, "ms")


def _latenesses_ms(way: Way) -> list[float]:
    """Return the lateness that so many thousandths of the events do not exceed."""
    latenesses: list[float] = []

    async def run() -> None:
        loop = asyncio.get_running_loop()
        start_ms = round(loop.time() * 1_000) + LEAD_MS
        from_ms = start_ms + SETTLING_MS
        until_ms = from_ms + REAL_SECONDS * 1_000

        def handle(due_ms: int, _: Event) -> None:
            if from_ms <= due_ms < until_ms:
                latenesses.append(loop.time() * 1_000 - due_ms)

        running = asyncio.ensure_future(way(MANY, start_ms, handle))
        await asyncio.sleep(start_ms / 1_000 - loop.time())
        with _set_up():
            await asyncio.sleep(until_ms / 1_000 - loop.time())
        running.cancel()
        await asyncio.wait([running])

    asyncio.run(run())
    return quantiles(latenesses, n=1_000)


@contextmanager
def _set_up() -> Iterator[None]:
    """Spare the garbage collector what was made so far, as a server does once it has started."""
    gc.collect()
    gc.freeze()
    try:
        yield
    finally:
        gc.unfreeze()
