"""What may stand on the command line, and what it says about itself."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Any, NamedTuple, NoReturn

if TYPE_CHECKING:
    from collections.abc import Sequence

_ABOUT = """\
Look at stretching and mobility routines, and at the timed events that they
are made of. A routine is what its catalog says, not medical advice.
"""

_EPILOG = """\
examples:
  supple show knee-rolls
  supple events lower-back --level 0.5
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

_LONGEST = 60

_KINDS = ("exercise", "routine")

_WHICH = "its id, or CATALOG/ID where several catalogs have that id"


class UsageError(Exception):
    """The command line does not make sense; its text is the whole message."""


class _Command(NamedTuple):
    help: str
    about: str
    options: tuple[str, ...]
    name: tuple[str, str] | None = None
    """How the command calls its argument, and what it says about it."""


_COMMANDS = {
    "list": _Command(
        "list the catalogs with their exercises and routines",
        "List the installed catalogs with their exercises and routines: what each is called, "
        "how much of it to do, and how long it takes.",
        ("--catalog", "--language", "--json"),
    ),
    "show": _Command(
        "show one exercise or one routine, as a page to read",
        "Show all that there is to know about one exercise or one routine.",
        ("--catalog", "--kind", "--language"),
        ("NAME", f"an exercise or a routine: {_WHICH}"),
    ),
    "events": _Command(
        "print what happens in a routine, and when",
        "Print the events of a routine, as a table or as JSON Lines. They are written as they "
        "come, so a routine may be of any length.",
        ("--level", "--json", "--catalog", "--kind", "--language"),
        ("ROUTINE", f"a routine, or an exercise by itself: {_WHICH}"),
    ),
    "play": _Command(
        "play a routine on the screen, at its pace",
        "Play a routine: what to do now, how long still, and what comes next, large enough to "
        "read from a mat. The key ? says what the others do. Without a terminal, print each "
        "event when it falls due.",
        (
            *("--level", "--speed", "--from", "--hands-free", "--bell", "--say"),
            *("--json", "--catalog", "--kind", "--language"),
        ),
        ("ROUTINE", f"a routine, or an exercise by itself: {_WHICH}"),
    ),
    "check": _Command(
        "say what is wrong with a catalog, in plain words",
        "Check a catalog: say what is wrong with it and what is doubtful, on which line of "
        "which file, and what to write instead. The exit status is 1 where there is an error; "
        "warnings do not count.",
        ("--json",),
        ("PATH", "the folder or .zip file of a catalog, or the name of an installed one"),
    ),
    "import": _Command(
        "make a catalog of the records of free-exercise-db",
        "Read records in the form of free-exercise-db, write them as a catalog, and say what "
        "was filled in, left out and refused.",
        ("--name", "--to", "--json"),
        ("FILE", "the file with the records, in JSON"),
    ),
    "new": _Command(
        "begin a catalog of your own",
        "Write a new catalog: a package with one exercise, one routine and a test, which can be "
        "installed as it stands, and edited from there.",
        ("--in",),
        ("NAME", "the name of the catalog, such as neck-care"),
    ),
    "schema": _Command(
        "print the JSON Schema of a kind of document",
        "Print the JSON Schema of a kind of document, for an editor that completes keys and "
        "marks faults, or for any validator.",
        (),
        ("KIND", "catalog, exercise, routine or event"),
    ),
}


def parse(argv: Sequence[str]) -> argparse.Namespace | None:
    """Return what a command line asks for, or ``None`` where it has been given already.

    It has been given where the user asks for help or for the version.

    Raises:
        UsageError: If the command line does not make sense.
    """
    # The program's own options take no value, so the first word that is none is the command.
    command = next((word for word in argv if not word.startswith("-")), None)
    if command is not None and command not in _COMMANDS:
        raise _unknown("command", command, list(_COMMANDS), "supple")
    try:
        arguments, unknown = _parser().parse_known_args(argv)
    except SystemExit:
        return None
    if unknown:
        raise _unexpected(unknown[0], arguments.command)
    if arguments.version:
        import supple

        print(f"supple {supple.__version__}")
        return None
    if arguments.command is None:
        raise UsageError(f"no command is given: {', '.join(_COMMANDS)} (see 'supple --help')")
    return arguments


class _Parser(argparse.ArgumentParser):
    """A parser whose errors are its caller's to report, those of writing the help included."""

    def print_help(self, file: object = None) -> None:
        del file
        print(self.format_help(), end="")

    def error(self, message: str) -> NoReturn:
        raise UsageError(f"{message.removeprefix('argument ')} (see '{self.prog} --help')")


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(
        prog="supple",
        description=_ABOUT,
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    parser.add_argument("--version", action="store_true", help="show the version and exit")
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", dest="command")
    for word, command in _COMMANDS.items():
        own = commands.add_parser(
            word, help=command.help, description=command.about, allow_abbrev=False
        )
        if command.name is not None:
            metavar, about = command.name
            own.add_argument("name", metavar=metavar, help=about)
        for option in command.options:
            own.add_argument(option, **_OPTIONS[option])
    return parser


def _level(text: str) -> float:
    try:
        level = float(text)
    except ValueError:
        level = -1
    if not 0 <= level <= 1:  # false for NaN, too
        raise UsageError(f"--level: must be a number from 0 to 1 (got {_show(text)})")
    return level


def _speed(text: str) -> float:
    from supple import ModelError
    from supple._player.playhead import checked_speed

    try:
        return checked_speed("--speed", float(text))
    except ModelError as error:
        raise UsageError(str(error)) from error
    except ValueError as error:
        raise UsageError(f"--speed: must be a number (got {_show(text)})") from error


def _kind(text: str) -> str:
    if text not in _KINDS:
        raise UsageError(f"--kind: must be {' or '.join(_KINDS)} (got {_show(text)})")
    return text


def _language(text: str) -> str:
    from supple import ModelError
    from supple._model import checks as check

    try:
        return check.language("--language", text)
    except ModelError as error:
        raise UsageError(str(error)) from error


_OPTIONS: dict[str, dict[str, Any]] = {
    "--bell": {"action": "store_true", "help": "ring the terminal's bell where something begins"},
    "--catalog": {
        "metavar": "CATALOG",
        "help": "look in this catalog only: its name, or the path of its folder or .zip file",
    },
    "--from": {
        "metavar": "EXERCISE",
        "dest": "start",
        "help": "start with this exercise: its id or its name",
    },
    "--hands-free": {
        "action": "store_true",
        "help": "give a step until ready the time that its estimate says, instead of waiting",
    },
    "--in": {
        "metavar": "FOLDER",
        "dest": "folder",
        "default": ".",
        "help": "the folder to write into; the current one where it is left out",
    },
    "--json": {"action": "store_true", "help": "write JSON, for other programs"},
    "--kind": {
        "metavar": "KIND",
        "type": _kind,
        "help": f"{' or '.join(_KINDS)}, where one of each has that id",
    },
    "--language": {
        "metavar": "TAG",
        "type": _language,
        "help": "the language to have the texts in, such as de or pt-BR; the closest that a "
        "catalog has, and its own where it has none or this is left out",
    },
    "--say": {
        "action": "store_true",
        "help": "say what to do, with espeak-ng, or with say on macOS",
    },
    "--speed": {
        "metavar": "SPEED",
        "type": _speed,
        "default": 1.0,
        "help": "how fast to go, from 0.01 to 100; 1 where it is left out",
    },
    "--name": {
        "metavar": "NAME",
        "dest": "catalog_name",
        "default": "free-exercise-db",
        "help": "the name of the new catalog; free-exercise-db where it is left out",
    },
    "--to": {
        "metavar": "FOLDER",
        "dest": "folder",
        "required": True,
        "help": "the folder to write, which must not be there yet",
    },
    "--level": {
        "metavar": "LEVEL",
        "type": _level,
        "default": 0.0,
        "help": "how much to do: from 0, the gentle end of every dose, which is the default, "
        "to 1, the full dose",
    },
}


def _unexpected(word: str, command: str | None) -> UsageError:
    if not word.startswith("-"):
        return UsageError(
            f"{command} takes no argument {_show(word)} (see 'supple {command} --help')"
        )
    option = word.partition("=")[0]
    if command is None:
        return _unknown("option", option, ["--version", "--help"], "supple")
    known = [*_COMMANDS[command].options, "--help"]
    if option in known:
        return UsageError(f"{option}: must stand after {command} (see 'supple {command} --help')")
    return _unknown("option", option, known, f"supple {command}")


def _unknown(what: str, word: str, known: Sequence[str], prog: str) -> UsageError:
    # The core words its suggestions likewise; importing it would take longer than all the rest.
    from difflib import get_close_matches

    matches = get_close_matches(word[:_LONGEST], known)
    hint = f"; did you mean {' or '.join(map(repr, matches))}?" if matches else ""
    return UsageError(f"no {what} is named {_show(word)}{hint} (see '{prog} --help')")


def _show(word: str) -> str:
    return repr(word if len(word) <= _LONGEST else f"{word[:_LONGEST]}...")
