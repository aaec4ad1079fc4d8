"""TwistedTimer: calls from a real reactor, and from a clock that stands in for one."""

from __future__ import annotations

import subprocess
import sys
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, cast

import pytest
from twisted.internet.selectreactor import SelectReactor
from twisted.internet.task import Clock
from twisted.logger import globalLogPublisher

from supple import EventKind, MissingExtraError, PlayerState
from supple.testing import timer_conformance
from supple.timers import Runner
from supple.timers.twisted import TwistedTimer

from .brief import Listener, brief_timeline, import_without

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from twisted.logger import ILogObserver, LogEvent

    from supple import Event
    from supple.testing import Run

REACTOR: Any = SelectReactor()
"""A reactor of the tests' own, which is not installed; the types of its calls lack self."""


def run(until: Callable[[], bool], timeout: float = 60) -> None:
    """Run the reactor until a condition holds."""
    end = time.monotonic() + timeout

    def look() -> None:
        if until() or time.monotonic() > end:
            REACTOR.crash()  # unlike stop, it lets the reactor run again
        else:
            REACTOR.callLater(0.001, look)

    REACTOR.callLater(0, look)
    REACTOR.run(installSignalHandlers=False)


@pytest.fixture(autouse=True)
def logged() -> Iterator[list[LogEvent]]:
    """Keep what Twisted logs; afterwards nothing is left to come."""
    events: list[LogEvent] = []
    observer = cast("ILogObserver", events.append)
    globalLogPublisher.addObserver(observer)
    yield events
    globalLogPublisher.removeObserver(observer)
    assert REACTOR.getDelayedCalls() == []


# --- what every timer does


@contextmanager
def twisted_timer() -> Iterator[tuple[TwistedTimer, Run]]:
    """Make a timer of a reactor, and take back what is left of its calls."""
    yield TwistedTimer(REACTOR), run
    for call in REACTOR.getDelayedCalls():
        call.cancel()


test_twisted_timer = timer_conformance(twisted_timer)


def test_a_routine_comes_whole() -> None:
    """Every event comes, in order, none early, and nothing is left to come."""
    timer, timeline = TwistedTimer(REACTOR), brief_timeline(0.02, 0.005, 0.03)
    listener = Listener(timer)
    with Runner(timeline, timer, listener) as runner:
        runner.start()
        run(lambda: runner.state is PlayerState.FINISHED)
        assert REACTOR.getDelayedCalls() == []
    assert listener.events == list(timeline)
    assert listener.early == []


def test_closing_the_runner_takes_the_call_back() -> None:
    """In the middle of a routine the runner is closed: its one call is taken back."""
    timer = TwistedTimer(REACTOR)
    listener = Listener(timer)
    runner = Runner(brief_timeline(0.01, 3600), timer, listener)
    runner.start()
    run(lambda: listener.has_heard("hold.ended"))
    assert len(REACTOR.getDelayedCalls()) == 1
    runner.close()
    assert REACTOR.getDelayedCalls() == []


def test_what_a_callback_raises_is_logged(logged: list[LogEvent]) -> None:
    """An exception goes to the log of Twisted, and the next events come."""
    timer, timeline = TwistedTimer(REACTOR), brief_timeline(0.01, 0.01)
    listener = Listener(timer)

    def fail_at_holds(event: Event) -> None:
        listener(event)
        if event.kind is EventKind.HOLD_STARTED:
            raise LookupError(event.at_ms)

    with Runner(timeline, timer, fail_at_holds) as runner:
        runner.start()
        run(lambda: listener.has_heard("routine.ended"))
    errors = [event["log_failure"].value for event in logged if "log_failure" in event]
    assert [(type(error), error.args) for error in errors] == [
        (LookupError, (10,)),
        (LookupError, (30,)),
    ]
    assert listener.events == list(timeline)


# --- which reactor


def test_a_clock_stands_in_for_a_reactor() -> None:
    """With the clock that Twisted has for tests, events come when it is moved, to the ms."""
    clock = Clock()
    told: list[tuple[int, str]] = []
    timeline = brief_timeline(0.5)
    runner = Runner(
        timeline,
        TwistedTimer(clock),
        lambda event: told.append((round(clock.seconds() * 1000), event.kind)),
    )
    runner.start()
    clock.pump([0.001] * 520)
    assert told == [(event.at_ms, str(event.kind)) for event in timeline]
    assert clock.getDelayedCalls() == []


def test_the_clock_may_be_set_back() -> None:
    """The clock on the wall is set back by an hour: once polled, the routine goes on at once."""
    clock = Clock()
    clock.advance(10_000)
    told: list[str] = []
    runner = Runner(
        brief_timeline(20, 20), TwistedTimer(clock), lambda event: told.append(event.kind)
    )
    runner.start()
    clock.advance(0.01)
    clock.rightNow -= 3600
    clock.pump([1] * 30)
    assert told[-1] == "hold.started"
    runner.poll()
    clock.pump([1] * 19)
    assert told[-1] == "cue.halfway"
    clock.advance(1)
    assert "hold.ended" in told


def test_left_out_the_reactor_is_the_installed_one() -> None:
    """Without a reactor the timer takes the one that Twisted installs."""
    timer = TwistedTimer()
    from twisted.internet import reactor

    installed: Any = reactor
    handle = timer.call_at(timer.time() + 3600, REACTOR.crash)
    assert len(installed.getDelayedCalls()) == 1
    handle.cancel()
    assert installed.getDelayedCalls() == []


def test_importing_the_adapter_installs_no_reactor() -> None:
    """A program may still choose its reactor after the adapter has been imported."""
    program = "import sys, supple.timers.twisted; print('twisted.internet.reactor' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, check=True)
    assert done.stdout.split() == [b"False"]


def test_without_twisted_the_import_names_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    """Importing the adapter without Twisted says how to install it."""
    error = import_without("twisted", "supple.timers.twisted", monkeypatch)
    assert isinstance(error, MissingExtraError)
    assert str(error) == (
        "this needs the package Twisted, which is not installed: pip install 'supple[twisted]'"
    )
