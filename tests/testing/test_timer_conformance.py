"""The conformance suite of timers: it passes a right one, and finds each way to be wrong."""

from __future__ import annotations

import subprocess
import sys
import threading
import time
from contextlib import contextmanager
from functools import partial
from typing import TYPE_CHECKING

import pytest

from supple import ModelError, UnknownNameError
from supple.testing import TIMER_RULES, ManualClock, timer_conformance

from . import wrong_timers as wrong

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from contextlib import AbstractContextManager
    from pathlib import Path

    from supple.testing import Run
    from supple.timers import Timer


def opened(timer: Timer, clock: ManualClock) -> AbstractContextManager[tuple[Timer, Run]]:
    """Return a timer with what moves the clock that it goes by."""

    def run(until: Callable[[], bool], timeout: float) -> None:
        end = clock.time() + timeout
        while not until() and clock.time() < end:
            clock.advance(0.001)

    @contextmanager
    def leave() -> Iterator[tuple[Timer, Run]]:
        yield timer, run

    return leave()


def manual_clock() -> AbstractContextManager[tuple[Timer, Run]]:
    """Return the manual clock as a timer."""
    clock = ManualClock()
    return opened(clock, clock)


test_manual_clock = timer_conformance(manual_clock)


# --- timers that are wrong in one way each --------------------------------------------


FINDINGS: list[tuple[str, Callable[[], wrong.Wrong], list[str]]] = [
    ("clock-goes-on", wrong.HasNoTime, ["time(): must be a finite number (got nan)"]),
    (
        "clock-goes-on",
        wrong.GoesBack,
        [
            "time(): must not go back from -0.0 (got -0.01)",
            "time(): must go on from -0.0 while the framework runs (got -0.01)",
        ],
    ),
    (
        "clock-goes-on",
        wrong.StandsStill,
        ["time(): must go on from 0.0 while the framework runs (got 0.0)"],
    ),
    ("call-comes-once", wrong.Forgets, ["call_at: must call once within 5 s (got 0 calls)"]),
    ("call-comes-once", wrong.CallsTwice, ["call_at: must call once within 5 s (got 2 calls)"]),
    (
        "call-is-not-early",
        wrong.IsEarly,
        [
            "call_at: must not call before 0.0016, in 1.6 ms (got 0.0)",
            "call_at: must not call before 0.0073, in 7.3 ms (got 0.0053)",
            "call_at: must not call before 0.0155, in 15.5 ms (got 0.0135)",
            "call_at: must not call before 0.0209, in 20.9 ms (got 0.0189)",
            "call_at: must not call before 0.033, in 33 ms (got 0.031)",
        ],
    ),
    (
        "call-comes-after-asking",
        wrong.CallsAtOnce,
        [
            "call_at: must return before it calls what is due, an hour ago",
            "call_at: must return before it calls what is due, now",
            "call_at: must return before it calls what is due, from a callback",
        ],
    ),
    (
        "call-comes-after-asking",
        wrong.MissesThePast,
        [
            "call_at: must call what is due, an hour ago, within 5 s",
            "call_at: must call what is due, from a callback, within 5 s",
        ],
    ),
    (
        "call-outlives-handle",
        wrong.KeepsNothing,
        ["call_at: must call even where nobody keeps the handle"],
    ),
    ("cancel-takes-back", wrong.CannotCancel, ["cancel: must take the call back"]),
    (
        "cancel-from-callback",
        wrong.CannotCancelWhileItCalls,
        ["cancel: must take a call back from inside another one"],
    ),
    (
        "cancel-is-harmless",
        wrong.MindsCancelling,
        [
            "cancel: must be possible twice (got LookupError('no such call'))",
            "cancel: must be possible after the call (got LookupError('no such call'))",
        ],
    ),
    ("cancel-is-harmless", wrong.CancelsAll, ["cancel: must leave other calls alone"]),
    (
        "calls-come-in-order",
        wrong.HasCoarseTicks,
        ["call_at: must call in the order of the instants (got ['3', '0', '4', '1', '2', '5'])"],
    ),
    (
        "call-is-not-held-up",
        wrong.WaitsInLine,
        ["call_at: must not wait for a later call that was asked for before"],
    ),
    (
        "call-from-callback",
        wrong.IsDeafWhileItCalls,
        ["call_at: must be possible from inside a call, each time (got ['0'])"],
    ),
    (
        "error-keeps-other-calls",
        wrong.DiesOfErrors,
        ["call_at: must go on after a callback has raised (got ['failed'])"],
    ),
    (
        "error-keeps-other-calls",
        wrong.TriesAgain,
        ["call_at: must go on after a callback has raised (got ['failed', 'failed'])"],
    ),
    (
        "many-calls-are-made",
        wrong.KeepsOneAnInstant,
        ["call_at: must make each of 300 calls once (got 30 calls, 270 missing)"],
    ),
    (
        "wrong-call-does-no-harm",
        wrong.DiesOfWrongCalls,
        ["call_at: must make other calls after a wrong one, nan or None (got ['before'])"],
    ),
    (
        "routine-is-played",
        partial(wrong.TiresOfIt, 5),
        ["routine: must bring its 24 events in order (got 15)"],
    ),
    (
        "routine-is-played",
        wrong.Stumbles,
        [
            "routine: must not bring hold.ended of 40 ms before (got 0.01)",
            "routine: must not bring step.started of 40 ms before (got 0.01)",
            "routine: must not bring step.ended of 50 ms before (got 0.01)",
            "routine: must not bring hold.started of 50 ms before (got 0.01)",
        ],
    ),
    (
        "commands-are-obeyed",
        partial(wrong.TiresOfIt, 2),
        [
            "start: must bring the next hold (got step.started)",
            "pause: must leave other calls alone",
            "resume: must bring the next hold (got hold.started)",
            "skip: must bring the next hold (got step.started)",
            "stop: must leave other calls alone",
        ],
    ),
    (
        "commands-are-obeyed",
        partial(wrong.TiresOfIt, 9),
        [
            "back: must bring the next hold (got step.started)",
            "stop: must leave other calls alone",
        ],
    ),
]


@pytest.mark.parametrize(("id", "make", "findings"), FINDINGS)
def test_a_check_finds_what_is_wrong(
    id: str, make: Callable[[], wrong.Wrong], findings: list[str]
) -> None:
    """A timer that is wrong in one way breaks the rule that is about it, and is told how."""

    def open_timer() -> AbstractContextManager[tuple[Timer, Run]]:
        timer = make()
        return opened(timer, timer.clock)

    assert list(TIMER_RULES[id].findings(open_timer)) == findings


def test_every_check_has_failed() -> None:
    """No rule is there that nothing has ever broken; leaving is looked at below."""
    assert {id for id, _, _ in FINDINGS} == {*TIMER_RULES} - {"nothing-is-left"}


def test_a_thread_that_is_left() -> None:
    """A thread that goes on is named; nobody waits for it any longer than need be."""

    class Worker(threading.Thread):
        def join(self, timeout: float | None = None) -> None:
            """Say at once that it has not ended, as after the time that is given."""
            assert timeout == 5

    done = threading.Event()
    worker = Worker(target=done.wait, name="worker")

    def open_timer() -> AbstractContextManager[tuple[Timer, Run]]:
        worker.start()
        return manual_clock()

    try:
        assert TIMER_RULES["nothing-is-left"].findings(open_timer) == (
            "leaving: must end the thread worker",
        )
    finally:
        done.set()
        threading.Thread.join(worker)


def test_a_thread_that_is_ending() -> None:
    """A thread that ends a little after the timer was left is none that is left."""
    done = threading.Event()

    class Worker(threading.Thread):
        def join(self, timeout: float | None = None) -> None:
            """End, and wait for that."""
            done.set()
            super().join(timeout)

    def open_timer() -> AbstractContextManager[tuple[Timer, Run]]:
        Worker(target=done.wait).start()
        return manual_clock()

    assert TIMER_RULES["nothing-is-left"].findings(open_timer) == ()


def test_a_timer_that_is_slow_to_leave(monkeypatch: pytest.MonkeyPatch) -> None:
    """A timer that waits for calls to come cannot be left."""
    now = time.monotonic()
    monkeypatch.setattr(time, "monotonic", lambda: now)

    @contextmanager
    def open_timer() -> Iterator[tuple[Timer, Run]]:
        with manual_clock() as pair:
            yield pair
            monkeypatch.setattr(time, "monotonic", lambda: now + 3600)

    assert TIMER_RULES["nothing-is-left"].findings(open_timer) == (
        "leaving: must not wait for calls to come (took 3600.0 s)",
    )


# --- as an author runs it -------------------------------------------------------------


SUITES = """\
from contextlib import contextmanager
from supple.testing import ManualClock, timer_conformance

@contextmanager
def open_timer():
    clock = ManualClock()

    def run(until, timeout):
        end = clock.time() + timeout
        while not until() and clock.time() < end:
            clock.advance(0.001)

    yield clock, run

class Deaf(ManualClock):
    def call_at(self, when, callback):
        return super().call_at(when, lambda: None)

@contextmanager
def open_deaf():
    yield Deaf(), lambda until, timeout: None

test_right = timer_conformance(open_timer)
test_deaf = timer_conformance(open_deaf, expect_failure={
    "call-comes-once": "not yet", "nothing-is-left": "never",
})
"""


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Return what pytest prints of suites that pass, fail, and are expected to fail."""
    folder: Path = tmp_path_factory.mktemp("suites")
    (folder / "test_suites.py").write_text(SUITES, encoding="utf-8")
    command = [sys.executable, "-m", "pytest", "-rA", "-p", "no:cacheprovider", "test_suites.py"]
    done = subprocess.run(
        command, cwd=folder, capture_output=True, encoding="utf-8", check=False, timeout=120
    )
    return done.stdout


def test_each_check_is_a_test_with_its_id(printed: str) -> None:
    """A rule that is kept is a test that passes, under the name that the author gave."""
    for id in TIMER_RULES:
        assert f"\nPASSED test_suites.py::test_right[{id}]" in printed


def test_a_failure_tells_the_finding_the_reason_and_the_remedy(printed: str) -> None:
    """The author reads what is wrong, and no line of code."""
    assert (
        "\n"
        "call-outlives-handle: 1 finding\n"
        "  call_at: must call even where nobody keeps the handle\n"
        "why: Nobody needs to keep the handle of a call that is not to be cancelled.\n"
        "remedy: Keep what the framework would forget until the call has come.\n"
    ) in printed
    assert "\ncall-comes-after-asking: 3 findings\n" in printed
    assert "Traceback" not in printed


def test_a_failure_can_be_expected(printed: str) -> None:
    """A rule that is broken as expected fails no run; one that is kept after all does."""
    assert "\nXFAIL test_suites.py::test_deaf[call-comes-once] - not yet\n" in printed
    assert (
        "\nFAILED test_suites.py::test_deaf[nothing-is-left] - [XPASS(strict)] never\n"
    ) in printed


def test_a_rule_that_is_unknown() -> None:
    """A failure can be expected of a rule only that there is."""
    with pytest.raises(UnknownNameError) as caught:
        timer_conformance(manual_clock, expect_failure={"nothing-left": "never"})
    assert str(caught.value) == (
        "no rule is named 'nothing-left'; did you mean 'nothing-is-left'?"
    )


def test_a_failure_without_a_reason() -> None:
    """Whoever expects a failure says why."""
    with pytest.raises(ModelError) as caught:
        timer_conformance(manual_clock, expect_failure={"call-comes-once": " "})
    assert str(caught.value) == (
        "timer_conformance.expect_failure.call-comes-once: must not be empty (got ' ')"
    )


def test_the_rules_need_no_pytest(tmp_path: Path) -> None:
    """Where pytest is missing, the rules are there, and the suite names the extra."""
    missing = "import sys\nsys.modules['pytest'] = sys.modules['hypothesis'] = None\n"
    program = missing + (
        "from supple.testing import TIMER_RULES, ManualClock\n"
        "print(len(TIMER_RULES))\n"
        "try: from supple.testing import timer_conformance\n"
        "except ImportError as error: print(error)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program],
        cwd=tmp_path,
        capture_output=True,
        encoding="utf-8",
        check=True,
        timeout=60,
    )
    assert done.stdout.splitlines() == [
        str(len(TIMER_RULES)),
        "this needs the package pytest, which is not installed: pip install 'supple[testing]'",
    ]
