"""The example resume.py: day after day, and what becomes of a file that is of no use."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

EXAMPLE = Path(__file__).parent.parent / "examples" / "resume.py"


def run(kept: Path) -> list[str]:
    """Return what a day shows."""
    done = subprocess.run(
        [sys.executable, "-W", "error", EXAMPLE, kept, "100"],
        capture_output=True,
        check=True,
        encoding="utf-8",
        timeout=60,
    )
    assert done.stderr == ""
    return done.stdout.splitlines()


def test_one_exercise_a_day(tmp_path: Path) -> None:
    """Each day goes on where the one before has ended, and the last one leaves nothing behind."""
    kept = tmp_path / "routine.json"
    days = [run(kept) for _ in range(4)]
    assert days[0][0] == "There is nothing to go on with yet"
    assert days[0][1] == "Now: Get ready: Knee rolls, lying on your back"
    assert [day[-1] for day in days] == [
        "Next time: Next: Pelvic tilts",
        "Next time: Next: Single knee hug",
        "Next time: Next: Bridge",
        "That was all of it",
    ]
    assert [day[0] for day in days[1:]] == [
        "Now: Next: Pelvic tilts",
        "Now: Next: Single knee hug",
        "Now: Next: Bridge",
    ]
    assert [*tmp_path.iterdir()] == []


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (
            json.dumps({"format": 1, "timeline": "another"}),
            "snapshot.state: must be there (got nothing)",
        ),
        ("[]", "snapshot: must be what Player.snapshot returned (got [])"),
        ('{"format"', "Expecting ':' delimiter"),
    ],
)
def test_file_of_no_use(tmp_path: Path, content: str, reason: str) -> None:
    """A file that is no snapshot, or no more than a part of one, begins anew and says why."""
    kept = tmp_path / "routine.json"
    kept.write_text(content, encoding="utf-8")
    shown = run(kept)
    assert shown[0].startswith(f"Beginning anew: {reason}")
    assert shown[1] == "Now: Get ready: Knee rolls, lying on your back"
    assert json.loads(kept.read_text(encoding="utf-8"))["state"] == "paused"
