"""TrioTimer: calls from the tasks of a nursery."""

from __future__ import annotations

import threading
import time
from contextlib import contextmanager
from functools import partial
from queue import SimpleQueue
from typing import TYPE_CHECKING, TypeVar

import pytest
import trio
import trio.testing

from supple import MissingExtraError, PlayerState
from supple.testing import timer_conformance
from supple.timers import Runner
from supple.timers.trio import TrioTimer

from .brief import Listener, brief_timeline, import_without

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterator

    from supple.testing import Run
    from supple.timers import Handle

T = TypeVar("T")


class FromThread:
    """A timer of trio for the thread of the checks, which is not the one of trio."""

    def __init__(self, timer: TrioTimer) -> None:
        self.timer = timer
        self.token = trio.lowlevel.current_trio_token()

    def do(self, call: Callable[[], T]) -> T:
        """Call in the thread of trio."""
        if trio.lowlevel.in_trio_run():
            return call()
        return trio.from_thread.run_sync(call, trio_token=self.token)

    def time(self) -> float:
        """Return the present instant."""
        return self.do(self.timer.time)

    def call_at(self, when: float, callback: Callable[[], object], /) -> Handle:
        """Ask for a call."""
        handle = self.do(partial(self.timer.call_at, when, callback))
        return Cancelling(partial(self.do, handle.cancel))


class Cancelling:
    """A handle that cancels in the thread of trio."""

    def __init__(self, cancel: Callable[[], object]) -> None:
        self.cancel = cancel


@contextmanager
def opened() -> Iterator[tuple[FromThread, Run]]:
    """Open a timer in a thread that runs trio."""
    ready: SimpleQueue[tuple[FromThread, trio.CancelScope]] = SimpleQueue()

    async def main() -> None:
        with trio.CancelScope() as leaving:
            try:
                async with trio.open_nursery() as nursery:
                    ready.put((FromThread(TrioTimer(nursery)), leaving))
                    await trio.sleep_forever()
            except* Exception:  # noqa: BLE001 - what a check raises, the only thing to raise here
                broken.set()
            await trio.sleep_forever()

    broken = threading.Event()
    thread = threading.Thread(target=trio.run, args=(main,))
    thread.start()
    timer, leaving = ready.get()

    def run(until: Callable[[], bool], timeout: float) -> None:
        end = time.monotonic() + timeout
        while not until() and not broken.is_set() and time.monotonic() < end:
            time.sleep(0.001)

    try:
        yield timer, run
    finally:
        timer.do(leaving.cancel)
        thread.join()


test_conformance = timer_conformance(
    opened,
    expect_failure={"error-keeps-other-calls": "in trio, an error cancels the whole nursery"},
)


def run_virtually(main: Callable[[], Awaitable[None]]) -> None:
    """Run a program of trio by a clock that jumps to where something happens."""
    trio.run(main, clock=trio.testing.MockClock(autojump_threshold=0))


def test_a_routine() -> None:
    """The nursery lasts as long as the routine; each event comes at its very instant."""
    timeline = brief_timeline(60, 0.02)

    async def main() -> None:
        async with trio.open_nursery() as nursery:
            timer = TrioTimer(nursery)
            listener = Listener(timer)
            Runner(timeline, timer, listener).start()
        assert listener.events == list(timeline)
        assert listener.early == []

    run_virtually(main)


def test_calls_that_wake_together_come_in_order() -> None:
    """Where the loop is late for several calls, they come in the order of their instants."""
    told: list[int] = []

    async def main() -> None:
        async with trio.open_nursery() as nursery:
            timer = TrioTimer(nursery)
            now = timer.time()
            for number in range(50):
                timer.call_at(now - 1 + number / 100, partial(told.append, number))

    run_virtually(main)
    assert told == list(range(50))


def test_a_call_that_is_cancelled_by_one_that_wakes_with_it() -> None:
    """It does not come, and takes no other one's place."""
    told: list[str] = []

    async def main() -> None:
        async with trio.open_nursery() as nursery:
            timer = TrioTimer(nursery)
            now = timer.time()

            def first() -> None:
                second.cancel()

            timer.call_at(now - 3, first)
            second = timer.call_at(now - 2, partial(told.append, "second"))
            timer.call_at(now - 1, partial(told.append, "third"))
            timer.call_at(now + 9, lambda: told.append(f"fourth at {timer.time() - now:g}"))

    run_virtually(main)
    assert told == ["third", "fourth at 9"]


def test_cancellation_takes_back_every_call() -> None:
    """Leaving the nursery by cancelling ends the routine; nothing swallows that."""
    told: list[object] = []

    async def main() -> None:
        with trio.move_on_after(5) as scope:
            async with trio.open_nursery() as nursery:
                Runner(brief_timeline(60), TrioTimer(nursery), told.append).start()
        assert scope.cancelled_caught
        before = len(told)
        await trio.sleep(100)
        assert len(told) == before

    run_virtually(main)


def test_what_a_callback_raises_comes_out_of_the_nursery() -> None:
    """It cancels what else is in the nursery, as an error of any task does."""

    async def main() -> None:
        async with trio.open_nursery() as nursery:
            timer = TrioTimer(nursery)
            timer.call_at(timer.time() + 1, partial(int, "x"))
            await trio.sleep_forever()

    with pytest.raises(ExceptionGroup) as caught:
        run_virtually(main)
    assert caught.group_contains(ValueError, match="invalid literal", depth=1)


def test_a_nursery_that_is_closed() -> None:
    """What needs a call is refused by trio; stopping and closing need none."""

    async def main() -> None:
        async with trio.open_nursery() as nursery:
            runner = Runner(brief_timeline(60), TrioTimer(nursery), lambda _event: None)
            runner.start()
            runner.pause()
        with pytest.raises(RuntimeError, match="Nursery is closed"):
            runner.resume()
        runner.stop()
        assert runner.state is PlayerState.STOPPED

    run_virtually(main)


def test_trio_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without trio, the error names the extra that brings it."""
    error = import_without("trio", "supple.timers.trio", monkeypatch)
    assert isinstance(error, MissingExtraError)
    assert (error.extra, error.package) == ("trio", "trio")
