"""The example break_reminder.py, by a clock that the test moves."""

from __future__ import annotations

import runpy
import signal
import subprocess
import sys
from pathlib import Path

import pytest

import supple
from supple.testing import ManualClock
from tests.child import Child

EXAMPLE = Path(__file__).parent.parent / "examples" / "break_reminder.py"


def test_breaks() -> None:
    """A break comes every so often, each instruction once a side, and never by itself twice."""
    example = runpy.run_path(str(EXAMPLE))
    timeline = supple.schedule(example["DESK"].routines["two-minutes"])
    clock, seen = ManualClock(), list[tuple[float, str]]()
    example["BreakReminder"](
        timeline, clock, lambda title, _: seen.append((clock.time(), title)), minutes=45
    )
    clock.advance(2700)
    assert seen == [(2700, "Time for a break: Two minutes")]
    clock.advance(timeline.duration_ms / 1000)
    first = [
        (2700 + event.at_ms / 1000, event.text)
        for event in timeline
        if event.kind in {"step.started", "hold.started"} and event.rep in {None, 1}
    ]
    assert seen[1:] == [*first, (2700 + timeline.duration_ms / 1000, "The break is over")]
    seen.clear()
    clock.advance(2699)
    assert seen == []
    clock.advance(1)
    assert [title for _, title in seen] == ["Time for a break: Two minutes"]


def test_machine_that_sleeps() -> None:
    """A break during which the machine sleeps is over when it wakes, and the next one comes."""
    example = runpy.run_path(str(EXAMPLE))
    timeline = supple.schedule(example["DESK"].routines["two-minutes"])
    clock, seen = ManualClock(), list[str]()
    example["BreakReminder"](timeline, clock, lambda title, _: seen.append(title), minutes=45)
    clock.advance(2710)
    seen.clear()
    clock.jump(8 * 3600)
    assert seen == ["The break is over"]
    clock.advance(2700)
    assert seen[1] == "Time for a break: Two minutes"


def test_notifications(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    """Notifications are printed where the desktop has none."""
    example = runpy.run_path(str(EXAMPLE))
    monkeypatch.setenv("PATH", str(tmp_path))
    example["desktop_notifier"]()("Title", "Text")
    assert capsys.readouterr().out == "Title. Text\n"


@pytest.mark.skipif(sys.platform == "win32", reason="notify-send is a program of Unix")
def test_desktop(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Texts reach the program as they are, whatever they begin with."""
    program = tmp_path / "notify-send"
    program.write_text(f'#!/bin/sh\nprintf "%s|" "$@" > {tmp_path}/said\n', encoding="utf-8")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    runpy.run_path(str(EXAMPLE))["desktop_notifier"]()("--title", "$(text)")
    assert (tmp_path / "said").read_text(encoding="utf-8") == "--|--title|$(text)|"


@pytest.mark.skipif(sys.platform == "win32", reason="a process there cannot be interrupted so")
def test_interrupted() -> None:
    """Ctrl-C ends it without a complaint."""
    with Child(
        [sys.executable, "-W", "error", EXAMPLE, "45"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
    ) as program:
        assert program.stdout is not None
        shown = program.stdout.readline()
        program.send_signal(signal.SIGINT)
        _, complaints = program.communicate(timeout=30)
    assert shown == "The first break is in 45 minutes; Ctrl-C ends this\n"
    assert (program.returncode, complaints) == (0, "")
