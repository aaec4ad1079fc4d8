"""``supple export``: a routine as one file, in any format that there is."""

from __future__ import annotations

import os
import sys
import warnings
from argparse import Namespace
from contextlib import contextmanager
from typing import TYPE_CHECKING

from supple.cli._command import LEVEL, ROUTINE, WHICH, UsageError, option, shown
from supple.cli._streams import complain, writing

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from typing import Any, BinaryIO

    from supple import Timeline
    from supple.export import Format

ABOUT = (
    "Write a routine as one file, in the format that the ending of FILE stands for, or that --to "
    "names. What the format cannot carry is told on the standard error."
)
ARGUMENTS = (
    (ROUTINE[0], ROUTINE[1] | {"nargs": "?"}),
    option(
        "--to",
        "the format; without one, list the formats that there are",
        metavar="FORMAT",
        nargs="?",
        const="",
    ),
    option(
        "--output",
        "the file to write, or - for the standard output; where it is left out, a new file in "
        "this folder that is called like the routine",
        short="-o",
        metavar="FILE",
    ),
    LEVEL,
    *WHICH,
)

_OTHERS = "formats of other packages take"
_CELLS = 24
"""The length of a bar."""


def run(arguments: Namespace) -> int:
    """Write the file that the arguments name, and return the exit status."""
    if arguments.to == "":
        return _list_formats()
    if arguments.name is None:
        raise UsageError("export: needs the name of a routine (see 'supple export --help')")
    if arguments.to is None and arguments.output in {None, "-"}:
        raise UsageError("export: needs --to FORMAT or -o FILE (see 'supple export --to')")
    to = _format(arguments)
    timeline = _laid_out(arguments, arguments.language)
    besides = _besides(to, arguments)
    with warnings.catch_warnings(record=True) as told:
        warnings.simplefilter("always", UserWarning)
        if arguments.output == "-":
            to.write(timeline, _standard_output(to), **besides)
            lost = to.lost(timeline)
        else:
            lost = _write_file(to, timeline, arguments.output, besides)
    for each in told:
        complain(str(each.message))
    if lost:
        complain(f"{to.name} cannot carry {', '.join(lost)}")
    return 0


def _format(arguments: Namespace) -> Format:
    from supple import ExportError
    from supple.cli._lookup import waiting_for
    from supple.export._formats import find_format, format_for

    try:
        with waiting_for(_OTHERS):
            return find_format(arguments.to) if arguments.to else format_for(arguments.output)
    except ExportError as error:
        if error.where != "path":
            raise
        raise UsageError(str(error).replace("path", "--output", 1)) from error


def _laid_out(arguments: Namespace, language: str | None) -> Timeline:
    from supple import schedule
    from supple.cli._lookup import find

    found = find(Namespace(**{**vars(arguments), "language": language}))
    return schedule(found.thing, level=found.level)


def _besides(to: Format, arguments: Namespace) -> dict[str, Any]:
    """Return what a format takes besides the timeline."""
    besides: dict[str, Any] = {}
    if "programme" in to.takes:
        from supple.cli._routine_files import programme_in

        besides["programme"] = programme_in(arguments.name)
    if "translations" in to.takes:
        from supple.cli._lookup import find

        catalog = find(Namespace(**{**vars(arguments), "language": None})).catalog
        besides["translations"] = [_laid_out(arguments, each) for each in catalog.languages]
    return besides


def _write_file(
    to: Format, timeline: Timeline, name: str | None, besides: dict[str, Any]
) -> tuple[str, ...]:
    """Write a timeline into a file, and return what the format cannot carry."""
    from supple.export import write_file

    path = name or f"{timeline.routine.id}{to.suffix}"
    if name is None and os.path.lexists(path):
        raise UsageError(f"{path} is there already: -o {path} replaces it")
    with writing(shown(path)), _bar(to) as progress:
        lost = write_file(timeline, path, to=to.name, progress=progress, **besides)
    if name is None:
        print(path)
    return lost


@contextmanager
def _bar(to: Format) -> Iterator[Callable[[float], None] | None]:
    """Show on a terminal how much is done, where the format tells it, and wipe it in the end."""
    from supple._printable import printable

    err = sys.stderr
    if "progress" not in to.takes or err is None or not err.isatty():
        yield None
        return
    name = printable(to.suffix)
    done, rest = "━─" if "utf" in (err.encoding or "").lower() else "#-"

    def show(share: float) -> None:
        filled = round(share * _CELLS)
        bar = f"{done * filled}{rest * (_CELLS - filled)}"
        print(f"\r{name}  {bar}  {share:4.0%}", end="", file=err, flush=True)

    show(0)
    try:
        yield show
    finally:
        print(f"\r{' ' * (len(name) + _CELLS + 8)}\r", end="", file=err, flush=True)


def _standard_output(to: Format) -> BinaryIO:
    stdout = sys.stdout
    if stdout is None or (stdout.isatty() and not to.media_type.startswith("text/")):
        raise UsageError(f"-o: {to.name} is not for a terminal: write it to a file")
    stdout.flush()
    return stdout.buffer


def _list_formats() -> int:
    from supple.cli._lookup import waiting_for
    from supple.cli._page import Page
    from supple.export import formats, load_errors

    page = Page()
    with waiting_for(_OTHERS):
        known = formats().values()
    names = max(len(each.name) for each in known)
    endings = max(len(each.suffix) for each in known)
    for each in known:
        by = f" ({each.distribution})" if each.distribution else ""
        lead = f"{each.name:{names}}  "
        page.write((lead, "bold"), (f"{each.suffix:{endings}}  ", "cyan"), (each.about + by, ""))
    broken = load_errors()
    for error in broken.values():
        complain(str(error))
    return 1 if broken else 0
