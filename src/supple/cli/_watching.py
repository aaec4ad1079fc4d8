"""Doing something again whenever a file is saved."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path
    from typing import Never

_POLL_SECONDS: Final = 0.2
_HOME: Final = "\x1b[H\x1b[2J\x1b[3J"
_MOST_FILES: Final = 10_000


def watch(place: Path, do: Callable[[], object]) -> Never:
    """Do something now, and whenever a file changes, until Ctrl-C.

    On a terminal each time begins on an empty screen. What supple refuses is shown instead.

    Args:
        place: The file to watch, or the folder with all that is in it.
        do: What to do.
    """
    import sys
    import time

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
            except SuppleError as error:
                print(error)
            sys.stdout.flush()
        time.sleep(_POLL_SECONDS)


def _state(place: Path) -> dict[Path, tuple[int, int] | None]:
    """Return what changes when a file does."""
    inside = islice(place.rglob("[!.]*.*"), _MOST_FILES) if place.is_dir() else ()
    return {file: _stamp(file) for file in (place, *inside)}


def _stamp(file: Path) -> tuple[int, int] | None:
    try:
        found = file.stat()
    except OSError:
        return None
    return found.st_mtime_ns, found.st_size
