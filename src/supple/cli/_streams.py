"""The two streams of the program: text that any of them can carry, and when nobody reads it."""

from __future__ import annotations

import codecs
import os
import sys
from contextlib import contextmanager, suppress
from io import TextIOWrapper

from supple.cli._command import FailedError

TYPE_CHECKING = False  # importing typing for it would take longer than the rest of the help
if TYPE_CHECKING:
    from collections.abc import Iterator

_LEGIBLE = "supple.legible"

_IN_ASCII = {
    "–": "-",
    "—": "-",
    "−": "-",
    "×": "x",
    "·": "-",
    "’": "'",
    "“": '"',
    "”": '"',
    "…": "...",
    "\u00a0": " ",
}


def make_legible() -> None:
    """Let the standard output replace what its encoding lacks, instead of failing."""
    codecs.register_error(_LEGIBLE, _replace)
    if isinstance(sys.stdout, TextIOWrapper):
        sys.stdout.reconfigure(errors=_LEGIBLE)


def complain(message: str) -> None:
    """Write a message to the standard error, if there is one, each of its lines printable."""
    from supple._printable import printable  # its pattern would take longer than the help

    visible = "\n".join(map(printable, message.split("\n")))
    if sys.stderr is not None:
        with suppress(OSError):
            print(f"supple: {visible}", file=sys.stderr)


@contextmanager
def writing(what: str) -> Iterator[None]:
    """Say what cannot be written where the system refuses to; that nobody reads is no failure."""
    try:
        yield
    except BrokenPipeError:
        raise
    except OSError as error:
        raise FailedError(f"{what} cannot be written: {error.strerror or error}") from error


def drop_output() -> None:
    """Send what is still to be written to the standard output nowhere.

    Otherwise the interpreter would try to write it as it exits, and report that it cannot.
    """
    with suppress(AttributeError, OSError, ValueError):  # no standard output, or not a file
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, sys.stdout.fileno())
        os.close(nowhere)


def _replace(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeEncodeError):
        raise error
    lacking = error.object[error.start : error.end]
    return "".join(
        _IN_ASCII.get(c) or c.encode("unicode_escape").decode("ascii") for c in lacking
    ), error.end
