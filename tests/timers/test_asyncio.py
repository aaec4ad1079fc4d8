"""An event loop of asyncio is a timer as it is, and so is one of uvloop."""

from __future__ import annotations

import asyncio
import threading
from contextlib import contextmanager
from functools import partial
from typing import TYPE_CHECKING, Any

import pytest

from supple import PlayerState
from supple.testing import timer_conformance
from supple.timers import Runner

from .brief import Listener, brief_timeline

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from supple import Event
    from supple.testing import Run


@contextmanager
def opened(
    make: Callable[[], asyncio.AbstractEventLoop],
) -> Iterator[tuple[asyncio.AbstractEventLoop, Run]]:
    """Open an event loop, whose errors nobody wants to read."""
    loop = make()
    loop.set_exception_handler(lambda _loop, _context: None)

    def run(until: Callable[[], bool], timeout: float) -> None:
        async def wait() -> None:
            end = loop.time() + timeout
            while not until() and loop.time() < end:  # noqa: ASYNC110 - of any condition
                await asyncio.sleep(0.001)

        loop.run_until_complete(wait())

    try:
        yield loop, run
    finally:
        loop.close()


def uvloop() -> asyncio.AbstractEventLoop:
    """Make an event loop of uvloop."""
    package: Any = pytest.importorskip("uvloop", reason="there is no uvloop for Windows")
    loop: asyncio.AbstractEventLoop = package.new_event_loop()
    return loop


test_asyncio = timer_conformance(partial(opened, asyncio.new_event_loop))
test_uvloop = timer_conformance(partial(opened, uvloop))


@pytest.mark.parametrize("make", [asyncio.new_event_loop, uvloop])
def test_a_routine_in_a_coroutine(make: Callable[[], asyncio.AbstractEventLoop]) -> None:
    """A program starts a runner on its own loop, and waits for the end."""
    timeline = brief_timeline(0.01, 0.02)

    async def main() -> Listener:
        loop = asyncio.get_running_loop()
        over = asyncio.Event()
        listener = Listener(loop)

        def change(state: PlayerState) -> None:
            if state is PlayerState.FINISHED:
                over.set()

        with Runner(timeline, loop, listener, on_change=change) as runner:
            runner.start()
            await over.wait()
        return listener

    with asyncio.Runner(loop_factory=make) as loop:
        listener = loop.run(main())
    assert listener.events == list(timeline)
    assert listener.early == []


def test_what_a_callback_raises_is_reported_by_the_loop() -> None:
    """The loop tells its exception handler, and the events behind come all the same."""
    timeline = brief_timeline(0.01)
    told: list[Event] = []
    reported: list[dict[str, Any]] = []

    async def main() -> None:
        loop = asyncio.get_running_loop()
        loop.set_exception_handler(lambda _loop, context: reported.append(context))
        over = asyncio.Event()

        def hear(event: Event) -> None:
            told.append(event)
            if event.kind == "routine.ended":
                over.set()
            if event.kind == "step.ended":
                raise LookupError("no speaker")

        with Runner(timeline, loop, hear) as runner:
            runner.start()
            await over.wait()

    asyncio.run(main())
    assert told == list(timeline)
    assert [str(context["exception"]) for context in reported] == ["no speaker"]


def test_a_command_from_another_thread_is_handed_over() -> None:
    """A loop is for one thread; call_soon_threadsafe brings a command to it."""
    timeline = brief_timeline(60)
    where: list[int] = []
    told: list[Event] = []

    async def main() -> PlayerState:
        loop = asyncio.get_running_loop()
        over = asyncio.Event()

        def change(state: PlayerState) -> None:
            if state is PlayerState.STOPPED:
                where.append(threading.get_ident())
                over.set()

        with Runner(timeline, loop, told.append, on_change=change) as runner:
            runner.start()
            thread = threading.Thread(target=loop.call_soon_threadsafe, args=(runner.stop,))
            thread.start()
            await over.wait()
            thread.join()
            return runner.state

    assert asyncio.run(main()) is PlayerState.STOPPED
    assert where == [threading.get_ident()]


def test_a_loop_that_is_closed() -> None:
    """What needs a call is refused by the loop; stopping and closing need none."""
    timeline = brief_timeline(60)
    told: list[Event] = []
    loop = asyncio.new_event_loop()
    runner = Runner(timeline, loop, told.append)
    runner.start()
    loop.close()
    with pytest.raises(RuntimeError, match="Event loop is closed"):
        runner.seek(to_ms=1000)
    runner.stop()
    assert told[-1].kind == "routine.ended"
    runner.close()
