"""Doing something again whenever a file is saved."""

from __future__ import annotations

import sys
import time
from contextlib import suppress
from itertools import islice
from typing import TYPE_CHECKING

from supple.cli._command import FailedError

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path
    from typing import Never

_POLL_SECONDS = 0.2
_HOME = "\x1b[H\x1b[2J\x1b[3J"
_MOST_FILES = 10_000


def watch(place: Path, do: Callable[[], object]) -> Never:
    """Do something now, and whenever a file changes, until Ctrl-C.

    A folder is watched with all that is in it. On a terminal each time begins on an empty screen.
    What supple refuses is shown instead.
    """
    from supple import SuppleError

    seen: object = None
    while True:
        state = _state(place)
        if state != seen:
            seen = state
            if sys.stdout.isatty():
                print(_HOME, end="")
            try:
                do()
            except (FailedError, SuppleError) as error:
                print(error)
            sys.stdout.flush()
        time.sleep(_POLL_SECONDS)


def _state(place: Path) -> dict[Path, tuple[int, int] | None]:
    """Return what changes when a file does."""
    inside = islice(place.rglob("[!.]*.*"), _MOST_FILES) if place.is_dir() else ()
    stamps: dict[Path, tuple[int, int] | None] = dict.fromkeys((place, *inside))
    for file in stamps:
        with suppress(OSError):
            found = file.stat()
            stamps[file] = found.st_mtime_ns, found.st_size
    return stamps
