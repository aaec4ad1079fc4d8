"""What the commands that make routines do with them."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from supple.cli._command import UsageError, shown
from supple.cli._lookup import is_file

if TYPE_CHECKING:
    from collections.abc import Iterable

    from supple import Catalog, Routine


def id_of(file: str | None, usual: str) -> str:
    """Return the id that a routine gets for its file: the name of that, where it can be one.

    Raises:
        UsageError: If it is the name of no such file.
    """
    if file is None:
        return usual
    if not is_file(file):
        raise UsageError(f"--output: must end in .toml or .json (got {shown(file)})")
    words = re.findall(r"[a-z0-9]+", Path(file).stem.lower())
    return "-".join(words)[:64].strip("-") or usual


def write(
    routine: Routine, file: str | None, catalogs: Iterable[Catalog], *, level: float
) -> None:
    """Write a routine into a file, if one is named, and say how to play it."""
    if file is None:
        return
    from supple.catalog import write_routine
    from supple.cli._streams import complain

    write_routine(routine, file, catalogs=catalogs)
    at = f" --level {level:g}" if level else ""
    complain(f"written; to play it: supple play {file}{at}")
