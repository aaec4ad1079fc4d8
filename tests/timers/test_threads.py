"""ThreadTimer: calls from a thread that is there while there is something to call."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from contextlib import contextmanager
from functools import partial
from typing import TYPE_CHECKING, Any

import pytest

from supple import ModelError
from supple.testing import timer_conformance
from supple.timers import Runner
from supple.timers.threads import ThreadTimer

from .brief import Listener, brief_timeline

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from supple.testing import Run

WITHIN = 60


def wait(until: Callable[[], bool], timeout: float) -> None:
    """Wait for what a thread does by itself."""
    end = time.monotonic() + timeout
    while not until() and time.monotonic() < end:
        time.sleep(0.001)


@contextmanager
def opened() -> Iterator[tuple[ThreadTimer, Run]]:
    """Open a timer, whose errors nobody wants to read."""
    with pytest.MonkeyPatch.context() as patched, ThreadTimer() as timer:
        patched.setattr(threading, "excepthook", lambda _report: None)
        yield timer, wait


test_conformance = timer_conformance(opened)


def workers() -> list[threading.Thread]:
    """Return the threads of timers."""
    return [thread for thread in threading.enumerate() if thread.name == "supple timer"]


@pytest.fixture(autouse=True)
def alone() -> None:
    """Let the threads of earlier tests come to their end."""
    join_workers()


def join_workers() -> None:
    """Wait until no thread of a timer is left."""
    for thread in workers():
        thread.join(WITHIN)
    assert workers() == []


def test_a_routine() -> None:
    """A program starts a runner, and waits for the end."""
    timeline = brief_timeline(0.01, 0.02)
    over = threading.Event()
    with ThreadTimer() as timer:
        listener = Listener(timer)

        def change(state: str) -> None:
            if state == "finished":
                over.set()

        with Runner(timeline, timer, listener, on_change=change) as runner:
            runner.start()
            assert over.wait(WITHIN)
    assert listener.events == list(timeline)
    assert listener.early == []
    assert workers() == []


def test_the_thread_ends_with_the_last_call() -> None:
    """Nothing runs where nothing is to come; the next call brings another thread."""
    timer = ThreadTimer()
    assert workers() == []
    for _ in range(2):
        called = threading.Event()
        timer.call_at(timer.time(), called.set)
        assert called.wait(WITHIN)
        join_workers()


def test_the_thread_ends_when_the_last_call_is_taken_back() -> None:
    """A call that was cancelled keeps no program from ending."""
    timer = ThreadTimer()
    handle = timer.call_at(timer.time() + 3600, int)
    [worker] = workers()
    assert not worker.daemon
    handle.cancel()
    handle.cancel()
    join_workers()


def test_closing_takes_back_what_is_to_come() -> None:
    """Leaving ends the thread at once, whatever was asked for; closing twice does nothing."""
    with ThreadTimer() as timer:
        handle = timer.call_at(timer.time() + 3600, int)
        timer.call_at(1e300, int)
    assert workers() == []
    handle.cancel()
    timer.close()
    with pytest.raises(RuntimeError) as caught:
        timer.call_at(timer.time(), int)
    assert str(caught.value) == "the timer is closed"
    assert workers() == []


def test_closing_without_a_call() -> None:
    """A timer that was never used has nothing to end."""
    with ThreadTimer():
        assert workers() == []


def test_closing_from_a_callback() -> None:
    """The thread does not wait for itself, and makes no other call."""
    timer = ThreadTimer()
    called: list[str] = []
    asked = threading.Event()

    def call() -> None:
        assert asked.wait(WITHIN)
        timer.close()
        called.append("first")

    timer.call_at(timer.time(), call)
    timer.call_at(timer.time(), partial(called.append, "second"))
    asked.set()
    join_workers()
    assert called == ["first"]


def test_closing_waits_for_the_call_that_is_being_made() -> None:
    """When it has returned, no callback is running any more."""
    timer = ThreadTimer()
    entered, closing = threading.Event(), threading.Event()
    done: list[bool] = []

    def call() -> None:
        entered.set()
        assert closing.wait(WITHIN)
        done.append(True)

    timer.call_at(timer.time(), call)
    assert entered.wait(WITHIN)
    closing.set()
    timer.close()
    assert done == [True]


@pytest.mark.parametrize("error", [LookupError, KeyboardInterrupt, SystemExit])
def test_what_a_callback_raises(
    error: type[BaseException], monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is reported as that of any thread, and the next call comes."""
    reports: list[threading.ExceptHookArgs] = []
    monkeypatch.setattr(threading, "excepthook", reports.append)

    def fail() -> None:
        raise error

    called = threading.Event()
    with ThreadTimer() as timer:
        timer.call_at(timer.time(), fail)
        timer.call_at(timer.time() + 0.01, called.set)
        assert called.wait(WITHIN)
    [report] = reports
    assert report.exc_type is error
    assert report.thread is not None
    assert report.thread.name == "supple timer"


def test_a_thread_that_cannot_be_started(monkeypatch: pytest.MonkeyPatch) -> None:
    """The error is raised, nothing has changed, and the next call tries again."""
    timer = ThreadTimer()
    called: list[str] = []

    def refuse(_thread: threading.Thread) -> None:
        raise RuntimeError("can't start new thread")

    with monkeypatch.context() as patched:
        patched.setattr(threading.Thread, "start", refuse)
        with pytest.raises(RuntimeError, match="can't start new thread"):
            timer.call_at(timer.time(), partial(called.append, "lost"))
    timer.call_at(timer.time(), partial(called.append, "made"))
    join_workers()
    assert called == ["made"]


def test_a_program_ends_with_the_routine() -> None:
    """Its last line need not wait: the thread goes on until nothing is to come."""
    program = """
from supple.timers.threads import ThreadTimer
timer = ThreadTimer()
timer.call_at(timer.time() + 0.05, lambda: print("called"))
print("end")
"""
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, check=True, text=True, timeout=60
    )
    assert done.stdout.split() == ["end", "called"]


@pytest.mark.parametrize(
    ("when", "callback", "message"),
    [
        (float("nan"), int, "when: must be a finite number (got nan)"),
        (float("inf"), int, "when: must be a finite number (got inf)"),
        ("1", int, "when: must be a number (got '1')"),
        (1.0, None, "callback: must be something to call (got None)"),
    ],
)
def test_a_call_that_could_never_come(when: Any, callback: Any, message: str) -> None:
    """It is refused when it is asked for, and no thread is started for it."""
    timer = ThreadTimer()
    with pytest.raises(ModelError) as caught:
        timer.call_at(when, callback)
    assert str(caught.value) == f"ThreadTimer.call_at.{message}"
    assert workers() == []


@pytest.mark.parametrize("last", [print, None], ids=["reported", "unreported"])
def test_a_hook_that_raises(last: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """A hook for errors that fails itself ends nothing; that is reported, or at worst lost."""
    reports: list[type[BaseException]] = []

    def fail(*_: object) -> None:
        raise LookupError("deliberate")

    def note(kind: type[BaseException], *_: object) -> None:
        reports.append(kind)
        if last is None:
            raise ValueError("deliberate")

    monkeypatch.setattr(threading, "excepthook", fail)
    monkeypatch.setattr(sys, "excepthook", note)
    called = threading.Event()
    with ThreadTimer() as timer:
        timer.call_at(timer.time(), partial(int, "x"))
        timer.call_at(timer.time() + 0.01, called.set)
        assert called.wait(WITHIN)
    assert reports == [LookupError]


@pytest.mark.skipif(not hasattr(os, "fork"), reason="there is no fork on this system")
def test_a_fork() -> None:
    """A child makes none of the calls of its parent, and all that it asks for itself."""
    program = """
import os, sys, threading
from supple.timers.threads import ThreadTimer
timer = ThreadTimer()
handle = timer.call_at(timer.time() + 3600, int)
parent = os.getpid()
timer.call_at(timer.time() + 0.2, lambda: print(os.getpid() == parent, flush=True))
with timer._changed:  # as if the thread was just at it
    child = os.fork()
if child == 0:
    handle.cancel()
    called = threading.Event()
    timer.call_at(timer.time(), called.set)
    assert called.wait(20)
    timer.close()
    os._exit(7)
print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))
handle.cancel()
"""
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, check=True, text=True, timeout=60
    )
    assert sorted(done.stdout.split()) == ["7", "True"]
