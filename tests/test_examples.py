"""Every program in `examples` runs as a user would run it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

EXAMPLES = Path(__file__).parent.parent / "examples"

ARGUMENTS = {"asyncio_timer.py": ["100000"]}  # as fast as it will go

FIRST_LINE = {
    "asyncio_timer.py": "Get ready: Knee rolls, lying on your back (5 s)",
    "morning.py": "0 routine.started morning",
    "three_weeks.py": "day-1     6.4 minutes,  21 holds",
}


@pytest.mark.parametrize("name", sorted(path.name for path in EXAMPLES.glob("*.py")))
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
