"""QtTimer: calls from the event loop of Qt."""

from __future__ import annotations

import sys
import time
from contextlib import contextmanager
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from supple import EventKind, MissingExtraError, PlayerState, load_catalog, schedule
from supple.testing import ManualClock, timer_conformance
from supple.timers import Runner

from ..needs import needs_module
from .brief import Listener, brief_timeline, import_without

needs_module("PySide6.QtWidgets")

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, QTimer  # noqa: E402
from PySide6.QtTest import QTest  # noqa: E402
from PySide6.QtWidgets import QApplication, QLabel, QWidget  # noqa: E402

from supple.timers.qt import QtTimer  # noqa: E402

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from types import ModuleType

    from supple import Event
    from supple.testing import Run


@pytest.fixture(scope="module", autouse=True)
def application() -> Iterator[QCoreApplication]:
    """Start Qt without a screen."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("QT_QPA_PLATFORM", "offscreen")
        application = QApplication([])
    yield application
    application.shutdown()


@pytest.fixture
def window() -> Iterator[QWidget]:
    """Open a window that is destroyed when it is closed."""
    window = QWidget()
    window.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    window.show()
    yield window
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


def run(until: Callable[[], bool], timeout: float = 60) -> None:
    """Run the event loop until a condition holds."""
    end = time.monotonic() + timeout
    looking = QTimer()

    def look() -> None:
        if until() or time.monotonic() > end:
            QCoreApplication.exit()

    looking.timeout.connect(look)
    looking.start(1)
    QCoreApplication.exec()
    looking.stop()


def pending(timer: QtTimer) -> list[QTimer]:
    """Return the calls of a timer that are to come."""
    return [call for call in timer.findChildren(QTimer) if call.isActive()]


# --- what every timer does


@contextmanager
def qt_timer() -> Iterator[tuple[QtTimer, Run]]:
    """Make a timer of the event loop, and destroy it with its calls."""
    owner = QObject()
    yield QtTimer(owner), run
    owner.deleteLater()
    QCoreApplication.sendPostedEvents(owner, QEvent.Type.DeferredDelete.value)


test_qt_timer = timer_conformance(qt_timer)


def test_a_routine_comes_whole() -> None:
    """Every event comes, in order, none early, and no timer of Qt is left."""
    timer, timeline = QtTimer(), brief_timeline(0.02, 0.005, 0.03)
    listener = Listener(timer)
    with Runner(timeline, timer, listener) as runner:
        runner.start()
        run(lambda: runner.state is PlayerState.FINISHED)
    assert listener.events == list(timeline)
    assert listener.early == []
    run(lambda: timer.findChildren(QTimer) == [])
    assert timer.findChildren(QTimer) == []


def test_what_a_callback_raises_is_reported(monkeypatch: pytest.MonkeyPatch) -> None:
    """An exception goes to `sys.excepthook`, and the next events come."""
    timer, timeline = QtTimer(), brief_timeline(0.01, 0.01)
    listener = Listener(timer)
    reported: list[BaseException] = []
    monkeypatch.setattr(sys, "excepthook", lambda *raised: reported.append(raised[1]))

    def fail_at_holds(event: Event) -> None:
        listener(event)
        if event.kind is EventKind.HOLD_STARTED:
            raise LookupError(event.at_ms)

    with Runner(timeline, timer, fail_at_holds) as runner:
        runner.start()
        run(lambda: listener.has_heard("routine.ended"))
    assert [error.args for error in reported] == [(10,), (30,)]
    assert listener.events == list(timeline)


# --- closing the window


def test_closing_the_window_ends_the_calls(
    window: QWidget, capfd: pytest.CaptureFixture[str]
) -> None:
    """In the middle of a routine the window is closed: nothing comes, nothing is reported."""
    timer = QtTimer(window)
    listener = Listener(timer)
    runner = Runner(brief_timeline(0.01, 3600), timer, listener)
    runner.start()
    run(lambda: listener.has_heard("hold.ended"))
    assert len(pending(timer)) == 1
    window.close()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    runner.pause()  # which itself brings what has fallen due
    runner.resume()
    heard = len(listener.events)
    run(lambda: False, timeout=0.05)
    runner.close()
    assert len(listener.events) == heard
    assert capfd.readouterr() == ("", "")


def test_a_callback_may_close_the_window(
    window: QWidget, capfd: pytest.CaptureFixture[str]
) -> None:
    """An event closes the window: no other comes, and the runner can be closed."""
    heard: list[str] = []

    def close_at_the_second_hold(event: Event) -> None:
        heard.append(event.kind.value)
        if heard.count("hold.started") == 2:
            window.close()

    with Runner(brief_timeline(0.01, 0.2), QtTimer(window), close_at_the_second_hold) as runner:
        runner.start()
        run(lambda: heard.count("hold.started") == 2)
        run(lambda: False, timeout=0.25)
    assert heard[-2:] == ["step.ended", "hold.started"]
    assert capfd.readouterr() == ("", "")


# --- how exact it is


def test_a_call_is_asked_for_precisely() -> None:
    """The timers of Qt are precise ones, that run once."""
    timer = QtTimer()
    timer.call_at(timer.time() + 3600, QCoreApplication.quit)
    [call] = pending(timer)
    assert call.timerType() is Qt.TimerType.PreciseTimer
    assert call.isSingleShot()


def test_a_call_can_be_months_away() -> None:
    """What 32 bits of milliseconds do not reach is waited for in parts, and taken back whole."""
    timer = QtTimer()
    called: list[str] = []
    handle = timer.call_at(timer.time() + 90 * 24 * 3600, lambda: called.append("call"))
    [part] = pending(timer)
    assert part.interval() == 2**31 - 1
    part.timeout.emit()  # as after 24.8 days
    assert called == []
    [part] = pending(timer)
    assert part.interval() == 2**31 - 1
    handle.cancel()
    assert pending(timer) == []


def test_without_pyside_the_import_names_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    """Importing the adapter without PySide6 says how to install it."""
    error = import_without("PySide6", "supple.timers.qt", monkeypatch)
    assert isinstance(error, MissingExtraError)
    assert str(error) == (
        "this needs the package PySide6-Essentials, which is not installed: "
        "pip install 'supple[qt]'"
    )


# --- the example


@pytest.fixture
def example() -> ModuleType:
    """Load the example that shows a window."""
    path = Path(__file__).parents[2] / "examples" / "qt_window.py"
    spec = spec_from_file_location("qt_window", path)
    assert spec is not None
    assert spec.loader is not None
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def press(window: QWidget, *keys: Qt.Key) -> None:
    """Press keys, one after the other."""
    for key in keys:
        QTest.keyClick(window, key)


def test_texts_are_no_markup(example: ModuleType) -> None:
    """Every text of the window is shown as it stands; none is HTML that could load a picture."""
    timeline = schedule(load_catalog("lower-back").routines["in-bed"])
    window = example.RoutineWindow(timeline, timer=ManualClock())
    labels = window.findChildren(QLabel)
    assert {each.textFormat() for each in labels} == {Qt.TextFormat.PlainText}


def test_the_window_shows_what_to_do_and_takes_keys(
    example: ModuleType, capsys: pytest.CaptureFixture[str]
) -> None:
    """The example shows each moment; keys pause, skip and go back; Escape closes it."""
    clock = ManualClock()
    timeline = schedule(load_catalog("lower-back").routines["lower-back"])
    window = example.RoutineWindow(timeline, timer=clock)

    def shown() -> set[str]:
        return {label.text() for label in window.findChildren(QLabel)}

    window.start()
    window.activateWindow()
    clock.advance(14)
    window.refresh()
    assert shown() >= {
        "Knee rolls",
        "1 of 6",
        "Keep both shoulders flat and breathe normally",
        "Left side",
        "Then: Bring your knees back to the middle",
        "6:12 left",
        "Stop an exercise at once if it brings severe pain.",
    }
    assert window.grab().toImage().pixelColor(380, 20).name() == example.PAPER
    press(window, Qt.Key.Key_Space)
    assert window.runner.state is PlayerState.PAUSED
    press(window, Qt.Key.Key_Space, Qt.Key.Key_Right)
    assert shown() >= {"Pelvic tilts", "2 of 6"}
    press(window, Qt.Key.Key_Left)
    assert shown() >= {"Knee rolls", "1 of 6"}
    press(window, Qt.Key.Key_Escape)
    assert clock.pending == ()
    assert capsys.readouterr().out == "Lower back: 0:00 of 6:26\n"
