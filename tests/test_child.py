"""What the tests themselves rely on: no process that they start outlives them."""

from __future__ import annotations

import subprocess
import sys

import pytest

from tests import child
from tests.child import Child

DEAF = """
import signal, time
signal.signal(signal.SIGTERM, signal.SIG_IGN)
print("deaf", flush=True)
time.sleep(3600)
"""


def deaf() -> Child[str]:
    """Start a process that ignores SIGTERM."""
    process = Child([sys.executable, "-c", DEAF], stdout=subprocess.PIPE, encoding="utf-8")
    assert process.stdout is not None
    assert process.stdout.readline() == "deaf\n"
    return process


def test_who_ignores_a_signal_is_killed(monkeypatch: pytest.MonkeyPatch) -> None:
    """A process that does not end is killed, and fails its test."""
    monkeypatch.setattr(child, "PATIENCE_SECONDS", 0.05)
    with (
        pytest.raises(pytest.fail.Exception, match=r"still running after 0\.05 seconds"),
        deaf() as process,
    ):
        process.terminate()
    assert process.returncode not in {None, 0}


def test_a_test_that_fails_leaves_nothing_running() -> None:
    """Where the test fails for a reason of its own, that reason is told, and at once."""
    with pytest.raises(ZeroDivisionError), deaf() as process:
        raise ZeroDivisionError
    assert process.returncode not in {None, 0}
