"""The command line: list catalogs, show what they hold, play it, begin a new one.

::

    supple list                 the installed catalogs with their exercises and routines
    supple show knee-rolls      one exercise or one routine, as a page to read
    supple figure bridge        how an exercise looks, drawn in the terminal
    supple events lower-back    what happens when, as a table or as JSON Lines
    supple play lower-back      the routine on the screen, at its pace
    supple plan --minutes 8     a routine composed for a time, with the reasons
    supple fit lower-back ...   its amounts chosen for a time
    supple programme mine.toml  a routine at dated times over weeks
    supple stats                what was done, as a calendar and in numbers
    supple export lower-back    the routine as one file: a page, a picture, lines
    supple new neck-care        the beginnings of a catalog of one's own
    supple check my-catalog/    what is wrong with a catalog, in plain words
    supple import records.json  records of free-exercise-db as a catalog

Data goes to the standard output, errors go to the standard error. Each command has a module of
its own, which is imported when it is called.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Final

from supple.cli._command import UsageError
from supple.cli._parser import module_of, parse
from supple.cli._streams import complain, drop_output, make_legible

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["main"]

DONE: Final = 0
FAILED: Final = 1
WRONG_USE: Final = 2
INTERRUPTED: Final = 130  # 128 + SIGINT, as a shell reports it
NO_READER: Final = 141  # 128 + SIGPIPE


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command.

    Whatever goes wrong, by the user's hand or in a catalog, ends in a message on the standard
    error and a status. Where nobody reads the output any more, it ends without a word.

    Args:
        argv: The words after the name of the program; those of this process where left out.

    Returns:
        The exit status: 0 when it is done, 1 when it cannot be done, 2 for wrong use, 130 when
        the user interrupts it, 141 when the reader of the output has gone.
    """
    make_legible()
    try:
        status = _run(sys.argv[1:] if argv is None else argv)
        if sys.stdout is not None:
            sys.stdout.flush()
    except KeyboardInterrupt:
        status = INTERRUPTED
    except BrokenPipeError:
        status = NO_READER
    except OSError as error:
        complain(f"the output cannot be written: {error.strerror}")
        status = FAILED
    else:
        return status
    drop_output()
    return status


def _run(argv: Sequence[str]) -> int:
    try:
        arguments = parse(argv)
    except UsageError as error:
        complain(str(error))
        return WRONG_USE
    if arguments is None:
        return DONE

    from supple import SuppleError, UnknownNameError

    try:
        status: int = module_of(arguments.command).run(arguments)
    except (UsageError, UnknownNameError) as error:
        complain(str(error))
        return WRONG_USE
    except SuppleError as error:
        complain(str(error))
        return FAILED
    return status
