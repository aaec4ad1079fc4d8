"""How long a whole process takes that imports supple, or runs its command line."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

from measure import Row, Target, times_the_time

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

PAIRS = 31


def rows() -> Iterator[Row]:
    """Start one interpreter after the other."""
    attrs = _process("-c", "import attrs")
    yield Row(
        "process: import supple",
        "process: import attrs",
        times_the_time(_process("-c", "import supple"), attrs, pairs=PAIRS),
        "× the time",
        Target("at most", 1.3),
    )
    loaded = "import supple; supple.schedule, supple.Routine"
    yield Row(
        f"process: {loaded}",
        "process: import attrs",
        times_the_time(_process("-c", loaded), attrs, pairs=PAIRS),
        "× the time",
    )
    yield Row(
        "process: supple --help",
        "process: pass",
        times_the_time(_process("-m", "supple", "--help"), _process("-c", "pass"), pairs=PAIRS),
        "× the time",
        Target("at most", 4),
    )


def _process(*arguments: str) -> Callable[[], object]:
    # a process that may not keep what it compiles would compile everything each time
    kept = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}

    def run() -> None:
        command = [sys.executable, *arguments]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, env=kept)

    return run
