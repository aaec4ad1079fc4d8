"""What the commands that make routines do with them."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import TYPE_CHECKING

from supple.cli._command import UsageError, shown
from supple.cli._lookup import is_file

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Iterable

    from supple import Catalog, Phrases, Routine


def id_of(arguments: Namespace, usual: str) -> str:
    """Return the id that a routine gets for its file: the name of that, where it can be one.

    Raises:
        UsageError: If it is the name of no such file, or of one that is there already.
    """
    file = arguments.output
    if file is None:
        return usual
    if not is_file(file):
        raise UsageError(f"--output: must end in .toml or .json (got {shown(file)})")
    if os.path.lexists(file) and not arguments.replace:
        raise UsageError(f"{file} is there already: --replace replaces it")
    words = re.findall(r"[a-z0-9]+", Path(file).stem.lower())
    return "-".join(words)[:64].strip("-") or usual


def write(
    routine: Routine, arguments: Namespace, catalogs: Iterable[Catalog], phrases: Phrases
) -> None:
    """Write a routine into the file, if one is named, and say how to play it."""
    file, level = arguments.output, arguments.level
    if file is None:
        return
    from supple.catalog import write_routine
    from supple.cli._streams import complain

    write_routine(routine, file, catalogs=catalogs)
    at = f" --level {level:g}" if level else ""
    complain(phrases.to_play.format(command=f"supple play {file}{at}"))
