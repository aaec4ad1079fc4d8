"""Every program in `examples` runs as a user would run it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

EXAMPLES = Path(__file__).parent.parent / "examples"

ARGUMENTS = {  # as fast as it will go
    "asyncio_timer.py": ["100"],
    "in_a_thread.py": ["100"],
}

FIRST_LINE = {
    "asyncio_timer.py": "Get ready: Knee rolls, lying on your back (5 s)",
    "in_a_thread.py": "The program begins",
    "morning.py": "0 routine.started morning",
    "three_weeks.py": "day-1     6.4 minutes,  21 holds",
}

WITH_TESTS_OF_THEIR_OWN = {
    "break_reminder.py": "tests/test_break_reminder.py",
    "pygame_window.py": "tests/test_pygame_window.py",
    "mqtt_bridge.py": "tests/mqtt/test_example.py",
    "qt_window.py": "tests/timers/test_qt.py",
    "resume.py": "tests/test_resume.py",
    "textual_app.py": "tests/test_textual_app.py",
    "web_events.py": "tests/test_web_events.py",
}


@pytest.mark.parametrize(
    "name",
    sorted({path.name for path in EXAMPLES.glob("*.py")} - WITH_TESTS_OF_THEIR_OWN.keys()),
)
def test_example_runs(name: str) -> None:
    """An example ends well, says what its docstring promises, and complains about nothing."""
    done = subprocess.run(
        [sys.executable, "-W", "error", EXAMPLES / name, *ARGUMENTS.get(name, [])],
        capture_output=True,
        text=True,
        encoding="utf-8",
        env={**os.environ, "PYTHONIOENCODING": "utf-8"},
        timeout=60,
        check=False,
    )
    assert done.stderr == ""
    assert done.returncode == 0
    assert done.stdout.splitlines()[0] == FIRST_LINE[name]


@pytest.mark.parametrize("name", sorted(WITH_TESTS_OF_THEIR_OWN))
def test_example_has_tests_of_its_own(name: str) -> None:
    """An example that does not end by itself has tests of its own."""
    tests = EXAMPLES.parent / WITH_TESTS_OF_THEIR_OWN[name]
    assert name in tests.read_text(encoding="utf-8")
