"""The command line: list catalogs, show what they hold, play it, begin a new one.

Data goes to the standard output, errors go to the standard error. Each command has a module of
its own, which is imported when it is called; ``supple --help`` tells of all of them.
"""

from __future__ import annotations

import sys

from supple.cli._command import FailedError, UsageError
from supple.cli._parser import parse
from supple.cli._streams import complain, drop_output, make_legible

TYPE_CHECKING = False  # importing typing for it would take longer than the rest of the help
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import NoReturn

__all__ = ["main"]

DONE = 0
FAILED = 1
WRONG_USE = 2
SIGNALLED = 128
"""What a shell adds to the number of the signal that has ended a program."""

INTERRUPTED = SIGNALLED + 2  # SIGINT
NO_READER = SIGNALLED + 13  # SIGPIPE
TERMINATED = SIGNALLED + 15  # SIGTERM


class _TerminatedError(BaseException):
    """The program has been told to end, and cleans up as it does."""


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command.

    Whatever goes wrong, by the user's hand or in a catalog, ends in a message on the standard
    error and a status. Where nobody reads the output any more, it ends without a word.

    Args:
        argv: The words after the name of the program; those of this process where left out,
            which then ends as it should when it is told to by a signal, too.

    Returns:
        The exit status: 0 when it is done, 1 when it cannot be done, 2 for wrong use, 130 when
        the user interrupts it, 141 when the reader of the output has gone, 143 when it is told
        to end.
    """
    make_legible()
    try:
        status = _run(argv)
        if sys.stdout is not None:
            sys.stdout.flush()
    except KeyboardInterrupt:
        status = INTERRUPTED
    except _TerminatedError:
        status = TERMINATED
    except BrokenPipeError:
        status = NO_READER
    except OSError as error:
        complain(f"the output cannot be written: {error.strerror}")
        status = FAILED
    else:
        return status
    drop_output()
    return status


def _run(argv: Sequence[str] | None) -> int:
    try:
        arguments = parse(sys.argv[1:] if argv is None else argv)
    except UsageError as error:
        complain(str(error))
        return WRONG_USE
    if arguments is None:
        return DONE

    import signal  # which the help has no use for
    import threading

    from supple import SuppleError, UnknownNameError

    before = signal.getsignal(signal.SIGTERM)  # None where it is not Python's
    takes_over = (
        argv is None
        and before not in {None, signal.SIG_IGN}
        and threading.current_thread() is threading.main_thread()
    )
    if takes_over:
        signal.signal(signal.SIGTERM, _terminate)
    try:
        status: int = arguments.run(arguments)
    except (UsageError, UnknownNameError) as error:
        complain(str(error))
        return WRONG_USE
    except (FailedError, SuppleError) as error:
        complain(str(error))
        return FAILED
    finally:
        if takes_over:
            signal.signal(signal.SIGTERM, before)
    return status


def _terminate(number: int, frame: object) -> NoReturn:
    del number, frame
    raise _TerminatedError
