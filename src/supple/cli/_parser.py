"""What may stand on the command line: the commands, each with its own arguments."""

from __future__ import annotations

import argparse
from importlib import import_module
from keyword import iskeyword
from typing import TYPE_CHECKING, NoReturn

from supple.cli._command import UsageError, shown

if TYPE_CHECKING:
    from collections.abc import Sequence
    from types import ModuleType

    from supple.cli._command import Argument, Command

COMMANDS = (
    *("list", "show", "figure", "events", "play", "export", "plan", "fit", "programme", "stats"),
    *("check", "translate", "import", "new", "schema"),
)
"""The commands in the order of need; each is a module of that name beside this one."""

_ABOUT = """\
Look at stretching and mobility routines, and at the timed events that they
are made of. A routine is what its catalog says, not medical advice.
"""

_EPILOG = """\
examples:
  supple show knee-rolls
  supple play lower-back
  supple plan --minutes 8 --target lower-back -o mine.toml
  supple export lower-back --to html
  supple events lower-back --json

Without a terminal the output is plain text, one line for one thing, however
long. NO_COLOR turns colours off and FORCE_COLOR turns them on.

exit status:
  0    done
  1    cannot be done: a broken catalog, a package that is not installed, a
       full disk
  2    wrong use
  130  interrupted by Ctrl-C
  141  the reader of the output has gone
"""


def module_of(command: str) -> ModuleType:
    """Return the module of a command."""
    return import_module(
        f"supple.cli.{command}_" if iskeyword(command) else f"supple.cli.{command}"
    )


def parse(argv: Sequence[str]) -> argparse.Namespace | None:
    """Return what a command line asks for, or ``None`` where it has been given already.

    It has been given where the user asks for help or for the version, or for nothing at all.

    Raises:
        UsageError: If the command line does not make sense.
    """
    # The program's own options take no value, so the first word that is none is the command.
    command = next((word for word in argv if not word.startswith("-")), None)
    if command is not None and command not in COMMANDS:
        raise _unknown("command", command, COMMANDS, "supple")
    # One command is enough to read its own words; only the help tells of them all.
    parser = _parser(COMMANDS if command is None else (command,))
    try:
        arguments, unknown = parser.parse_known_args(argv)
    except SystemExit:
        return None
    if unknown:
        raise _unexpected(unknown[0], arguments.command)
    if arguments.version:
        import supple

        print(f"supple {supple.__version__}")
        return None
    if arguments.command is None:
        from supple.cli._welcome import welcome

        welcome()
        return None
    return arguments


class _Parser(argparse.ArgumentParser):
    """A parser whose errors are its caller's to report, those of writing the help included."""

    def print_help(self, file: object = None) -> None:
        del file
        print(self.format_help(), end="")

    def error(self, message: str) -> NoReturn:
        raise UsageError(f"{message.removeprefix('argument ')} (see '{self.prog} --help')")


def _parser(words: Sequence[str]) -> argparse.ArgumentParser:
    parser = _Parser(
        prog="supple",
        description=_ABOUT,
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    parser.add_argument("-V", "--version", action="store_true", help="show the version and exit")
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", dest="command")
    for word in words:
        command = _command(word)
        own = commands.add_parser(
            word, help=command.help, description=command.about, allow_abbrev=False
        )
        for argument in _arguments(command) if len(words) == 1 else ():
            own.add_argument(*argument.flags, **argument.settings)
    return parser


def _command(word: str) -> Command:
    command: Command = module_of(word).COMMAND
    return command


def _arguments(command: Command) -> tuple[Argument, ...]:
    return (*command.arguments, *command.more())


def _unexpected(word: str, command: str | None) -> UsageError:
    if not word.startswith("-"):
        return UsageError(
            f"{command} takes no argument {shown(word)} (see 'supple {command} --help')"
        )
    option = word.partition("=")[0]
    if command is None:
        return _unknown("option", option, ["--version", "--help"], "supple")
    arguments = _arguments(_command(command))
    known = [*(each.flag for each in arguments if each.is_option), "--help"]
    if option in known:
        return UsageError(f"{option}: must stand after {command} (see 'supple {command} --help')")
    return _unknown("option", option, known, f"supple {command}")


def _unknown(what: str, word: str, known: Sequence[str], prog: str) -> UsageError:
    # The core words its suggestions likewise; importing it would take longer than all the rest.
    from difflib import get_close_matches

    matches = get_close_matches(word[:60], known)
    hint = f"; did you mean {' or '.join(map(repr, matches))}?" if matches else ""
    return UsageError(f"no {what} is named {shown(word)}{hint} (see '{prog} --help')")
