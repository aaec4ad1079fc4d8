"""TkTimer: calls from the main loop of a real window."""

from __future__ import annotations

import gc
import subprocess
import time
from contextlib import contextmanager, suppress
from functools import partial
from typing import TYPE_CHECKING

import pytest

from supple import EventKind, PlayerState
from supple.testing import timer_conformance
from supple.timers import Runner

from ..child import Child
from ..needs import needs, needs_module
from .brief import Listener, brief_timeline, import_without

needs_module("tkinter")

import tkinter as tk  # noqa: E402 - it may be missing

from supple.timers.tk import TkTimer  # noqa: E402 - it needs tkinter

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from supple import Event
    from supple.testing import Run


@pytest.fixture(scope="module", autouse=True)
def display() -> Iterator[None]:
    """Give the windows a screen that nobody sees."""
    command = [needs("Xvfb"), "-displayfd", "1", "-nolisten", "tcp"]
    with Child(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as server:
        assert server.stdout is not None
        with pytest.MonkeyPatch.context() as patched:
            patched.setenv("DISPLAY", f":{int(server.stdout.readline())}")
            yield
            gc.collect()  # an interpreter of Tk must not be dropped by another thread
        server.terminate()


@pytest.fixture
def window() -> Iterator[tk.Tk]:
    """Open a window, and close it where the test has not."""
    window = tk.Tk()
    window.update()
    yield window
    with suppress(tk.TclError):
        window.destroy()


def run(window: tk.Tk, until: Callable[[], bool], timeout: float = 60) -> None:
    """Run the main loop until a condition holds."""
    end = time.monotonic() + timeout

    def look() -> None:
        if until() or time.monotonic() > end:
            window.quit()
        else:
            window.after(1, look)

    window.after(0, look)
    window.mainloop()


def pending(window: tk.Misc) -> tuple[str, ...]:
    """Return the scripts that the interpreter is to run."""
    scripts: tuple[str, ...] = window.tk.splitlist(window.tk.call("after", "info"))
    return scripts


def closed_by_the_program(window: tk.Misc) -> None:
    """Close a window from Python."""
    window.destroy()


def closed_by_the_person(window: tk.Misc) -> None:
    """Close a window as its window manager does, which Python is not asked about."""
    window.tk.call("destroy", str(window))


# --- what every timer does


@contextmanager
def tk_timer() -> Iterator[tuple[TkTimer, Run]]:
    """Open a window and make a timer of it."""
    window = tk.Tk()
    window.update()
    yield TkTimer(window), partial(run, window)
    window.destroy()


test_tk_timer = timer_conformance(tk_timer)


def test_a_routine_comes_whole(window: tk.Tk) -> None:
    """Every event comes, in order, none early, and nothing is left to come."""
    timer, timeline = TkTimer(window), brief_timeline(0.02, 0.005, 0.03)
    listener = Listener(timer)
    with Runner(timeline, timer, listener) as runner:
        runner.start()
        run(window, lambda: runner.state is PlayerState.FINISHED)
    assert listener.events == list(timeline)
    assert listener.early == []
    assert pending(window) == ()


def test_what_a_callback_raises_is_reported(window: tk.Tk) -> None:
    """An exception goes where Tk reports those of callbacks, and the next events come."""
    timer, timeline = TkTimer(window), brief_timeline(0.01, 0.01)
    listener = Listener(timer)
    reported: list[BaseException] = []
    window.report_callback_exception = lambda *raised: reported.append(raised[1])

    def fail_at_holds(event: Event) -> None:
        listener(event)
        if event.kind is EventKind.HOLD_STARTED:
            raise LookupError(event.at_ms)

    with Runner(timeline, timer, fail_at_holds) as runner:
        runner.start()
        run(window, lambda: runner.state is PlayerState.FINISHED)
        run(window, lambda: listener.has_heard("routine.ended"))
    assert [error.args for error in reported] == [(10,), (30,)]
    assert listener.events == list(timeline)


# --- closing the window


@pytest.mark.parametrize("close", [closed_by_the_program, closed_by_the_person])
@pytest.mark.parametrize("make", [lambda window: window, tk.Toplevel], ids=["root", "other"])
def test_closing_the_window_ends_the_calls(
    window: tk.Tk,
    make: Callable[[tk.Tk], tk.Misc],
    close: Callable[[tk.Misc], None],
    capfd: pytest.CaptureFixture[str],
) -> None:
    """In the middle of a routine the window is closed: nothing comes, nothing is reported."""
    shown_in = make(window)
    timer = TkTimer(shown_in)
    listener = Listener(timer)
    runner = Runner(brief_timeline(0.01, 3600), timer, listener)
    runner.start()
    run(window, lambda: listener.has_heard("hold.ended"))
    assert len(pending(window)) == 1
    close(shown_in)
    assert pending(window) == ()
    runner.pause()  # which itself brings what has fallen due
    runner.resume()
    heard = len(listener.events)
    assert pending(window) == ()
    runner.close()
    if shown_in is not window:
        run(window, lambda: False, timeout=0.02)
    assert len(listener.events) == heard
    assert capfd.readouterr() == ("", "")


def test_a_callback_may_close_the_window(window: tk.Tk, capfd: pytest.CaptureFixture[str]) -> None:
    """An event closes the window: the main loop ends, and the runner can be closed."""
    timer, timeline = TkTimer(window), brief_timeline(0.01, 3600)
    heard: list[str] = []

    def close_at_the_end_of_a_hold(event: Event) -> None:
        heard.append(event.kind.value)
        if event.kind is EventKind.HOLD_ENDED:
            window.destroy()

    with Runner(timeline, timer, close_at_the_end_of_a_hold) as runner:
        runner.start()
        window.mainloop()
    # What has fallen due together comes together; of the next hold nothing ends.
    assert heard == [event.kind.value for event in timeline][: len(heard)]
    assert heard.count("hold.ended") == 1
    assert "cue.halfway" not in heard
    assert pending(window) == ()
    assert capfd.readouterr() == ("", "")


def test_closing_a_part_of_the_window_ends_nothing(window: tk.Tk) -> None:
    """What is inside the window may go, and so may bindings; the calls stay."""
    timer = TkTimer(window)
    label = tk.Label(window)
    handle = timer.call_at(timer.time() + 3600, window.quit)
    label.destroy()
    window.bind("<Destroy>", lambda _event: None)
    assert len(pending(window)) == 1
    window.destroy()
    assert pending(window) == ()
    handle.cancel()


# --- how exact it is


def test_a_call_that_tk_makes_too_soon_is_asked_for_again(
    window: tk.Tk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where the clock of Tcl has run ahead, the call waits until its own clock is there."""
    real = time.monotonic
    monkeypatch.setattr(time, "monotonic", lambda: real() / 3)
    timer = TkTimer(window)
    came: list[float] = []
    when = timer.time() + 0.01
    timer.call_at(when, lambda: came.append(timer.time()))
    run(window, lambda: bool(came))
    assert len(came) == 1
    assert came[0] >= when


def test_a_call_can_be_months_away(window: tk.Tk) -> None:
    """A call may lie further away than 32 bits of milliseconds reach."""
    timer = TkTimer(window)
    handle = timer.call_at(timer.time() + 90 * 24 * 3600, window.destroy)
    run(window, lambda: False, timeout=0.02)
    assert len(pending(window)) == 1
    handle.cancel()
    assert pending(window) == ()


def test_without_tkinter_the_import_says_where_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    """Importing the adapter without tkinter names the package that brings it."""
    error = import_without("tkinter", "supple.timers.tk", monkeypatch)
    assert isinstance(error, ModuleNotFoundError)
    assert error.name == "tkinter"
    assert str(error) == (
        "this needs tkinter, a part of Python that some systems ship apart: "
        "on Debian and Ubuntu it is the package python3-tk"
    )
