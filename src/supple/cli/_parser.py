"""What may stand on the command line: the commands, each with its own arguments."""

from __future__ import annotations

from importlib import import_module

from supple.cli._command import UsageError, shown

TYPE_CHECKING = False  # importing typing for it would take longer than the rest of the help
if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Iterable, Sequence
    from types import ModuleType
    from typing import NoReturn

COMMANDS = {
    "list": "list the catalogs with their exercises and routines",
    "show": "show one exercise or one routine, as a page to read",
    "figure": "draw a pose or an exercise, and again whenever its file changes",
    "events": "print what happens in a routine, and when",
    "play": "play a routine on the screen, at its pace",
    "export": "write a routine as one file: a page, sound, a calendar and more",
    "plan": "compose a routine for a time, and say why it is so",
    "fit": "choose the amounts of a routine so that it takes a time",
    "programme": "put a routine at dated times over weeks",
    "stats": "show on which days something was done, and how much in all",
    "check": "say what is wrong with a catalog or a routine, in plain words",
    "translate": "begin or complete the translation of a catalog",
    "import": "take exercises from a spreadsheet, or from free-exercise-db",
    "new": "begin a catalog of your own",
    "schema": "print the JSON Schema of a kind of document",
}
"""What each command does, in the order of need; its module beside this one has the rest."""

_LINES = "\n".join(f"    {command:<13}{about}" for command, about in COMMANDS.items())
_HELP = f"""\
usage: supple [-h] [-V] COMMAND ...

Look at stretching and mobility routines, and at the timed events that they
are made of. A routine is what its catalog says, not medical advice.

options:
  -h, --help     show this help message and exit
  -V, --version  show the version and exit

commands:
  COMMAND
{_LINES}

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
  143  ended by SIGTERM
"""


def module_of(command: str) -> ModuleType:
    """Return the module of a command."""
    return import_module(f"supple.cli.{'import_' if command == 'import' else command}")


def parse(argv: Sequence[str]) -> Namespace | None:
    """Return what a command line asks for, or ``None`` where it has been given already.

    It has been given where the user asks for help or for the version, or for nothing at all.
    What does the rest is called ``run``.
    """
    # The program's own options take no value, so the first word that is none is the command.
    at = next((i for i, word in enumerate(argv) if not word.startswith("-")), len(argv))
    own = [each for word in argv[:at] for each in _apart(word)]
    command = argv[at] if at < len(argv) else None
    if command is not None and command not in COMMANDS:
        raise _unknown("command", command, COMMANDS, "supple")
    if "-h" in own or "--help" in own:
        print(_HELP, end="")
        return None
    for word in own:
        if word not in {"-V", "--version"}:
            raise _unexpected(word, command)
    if own:
        import supple

        print(f"supple {supple.__version__}")
        return None
    if command is None:
        from supple.cli._showing import welcome

        welcome()
        return None
    return _parse_own(command, argv[at + 1 :])


def _apart(word: str) -> list[str]:
    """Return options that are written as one word, such as ``-hV``, one by one."""
    is_joined = len(word) > 2 and {*word[1:]} <= {"h", "V"}  # noqa: PLR2004 - two are one option
    return [f"-{letter}" for letter in word[1:]] if is_joined else [word]


def _parse_own(command: str, words: Sequence[str]) -> Namespace | None:
    from argparse import ArgumentParser

    class Parser(ArgumentParser):
        """A parser whose errors are its caller's, those of writing the help included."""

        def print_help(self, file: object = None) -> None:
            del file
            print(self.format_help(), end="")

        def error(self, message: str) -> NoReturn:
            raise UsageError(f"{message.removeprefix('argument ')} (see '{self.prog} --help')")

    module = module_of(command)
    parser = Parser(prog=f"supple {command}", description=module.ABOUT, allow_abbrev=False)
    parser.set_defaults(run=module.run)
    for flags, settings in module.ARGUMENTS:
        parser.add_argument(*flags, **settings)
    try:
        arguments, unknown = parser.parse_known_args(words)
    except SystemExit:
        return None
    if unknown:
        raise _unexpected(unknown[0], command)
    return arguments


def _unexpected(word: str, command: str | None) -> UsageError:
    if not word.startswith("-"):
        return UsageError(
            f"{command} takes no argument {shown(word)} (see 'supple {command} --help')"
        )
    option = word.partition("=")[0]
    if command is None:
        return _unknown("option", word, ["--version", "--help"], "supple")
    flags = [flag for flags, _ in module_of(command).ARGUMENTS for flag in flags]
    known = [*(flag for flag in flags if flag.startswith("--")), "--help"]
    if option in known:
        return UsageError(f"{option}: must stand after {command} (see 'supple {command} --help')")
    return _unknown("option", option, known, f"supple {command}")


def _unknown(what: str, word: str, known: Iterable[str], prog: str) -> UsageError:
    # The core words its suggestions likewise; importing it would take longer than all the rest.
    from difflib import get_close_matches

    matches = get_close_matches(word[:60], [*known])
    hint = f"; did you mean {' or '.join(map(repr, matches))}?" if matches else ""
    return UsageError(f"no {what} is named {shown(word)}{hint} (see '{prog} --help')")
