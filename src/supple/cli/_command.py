"""How a command says what may stand behind it, and the options that several of them share.

A command is one file beside this one: ``ABOUT`` says what it does, ``ARGUMENTS`` what it takes,
and ``run`` does it. Both its help and a wrong word must be answered at once, so such a file
imports what it needs in ``run``; ``play`` alone has options that a class tells.
"""

from __future__ import annotations

TYPE_CHECKING = False  # importing typing for it would take longer than the rest of the help
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from typing import Any, TypeAlias

    Argument: TypeAlias = tuple[tuple[str, ...], dict[str, Any]]
    """One thing that may stand after a command: its names, and what argparse is told of it."""

    Reader: TypeAlias = tuple[Callable[[str], Any], str]
    """What makes a value of a word or raises ValueError, and what the word must be."""

_LONGEST = 60


class UsageError(Exception):
    """The command line does not make sense; its text is the whole message."""


class FailedError(Exception):
    """What the command line asks for cannot be done; its text is the whole message."""


def name(metavar: str, about: str, **settings: Any) -> Argument:
    """Return the one argument that stands without an option, called ``arguments.name``."""
    return ("name",), {"metavar": metavar, "help": about, **settings}


def option(
    flag: str,
    about: str,
    *,
    short: str | None = None,
    read: Reader | None = None,
    usual: object = None,
    **settings: Any,
) -> Argument:
    """Return an option that takes a value, and tells of the usual one where there is one."""
    settings = {"metavar": flag.removeprefix("--").upper(), "help": about, **settings}
    if read is not None:
        settings["type"] = reading(flag, read)
    if usual is not None:
        settings |= {"default": usual, "help": f"{about}; {usual} where it is left out"}
    return ((flag,) if short is None else (short, flag)), settings


def several(flag: str, about: str, **settings: Any) -> Argument:
    """Return an option that may be given several times."""
    about = f"{about}; may be given several times"
    return option(flag, about, action="append", default=[], **settings)


def switch(flag: str, about: str) -> Argument:
    """Return an option that takes no value."""
    return (flag,), {"action": "store_true", "help": about}


def shown(word: str) -> str:
    """Return a word of the command line as a message quotes it."""
    return repr(word if len(word) <= _LONGEST else f"{word[:_LONGEST]}...")


def in_options(error: Exception, options: Mapping[str, str]) -> UsageError:
    """Return a refusal that names the option instead of the parameter, where they differ."""
    where, _, rest = str(error).partition(": ")
    parameter = where.rpartition(".")[2].partition("[")[0]
    return UsageError(f"--{options.get(parameter, parameter).replace('_', '-')}: {rest}")


# --- what a value must be -------------------------------------------------------------------


def reading(flag: str, read: Reader) -> Callable[[str], Any]:
    """Return what makes a value of a word, and raises UsageError where it cannot."""
    make, otherwise = read

    def value_of(text: str) -> Any:
        try:
            return make(text)
        except ValueError as error:
            said = getattr(error, "requirement", otherwise)  # a ModelError says it by itself
            raise UsageError(f"{flag}: {said} (got {shown(text)})") from error

    return value_of


def _plainest(text: str) -> str | float:
    """Return a number, whole where it is written so, and any other text as it is."""
    for make in (int, float):
        try:
            return make(text)
        except ValueError:
            pass
    return text


def required(find: Callable[[Any], Any], make: Callable[[str], Any] = _plainest) -> Reader:
    """Return what reads what a requirement accepts, found in the module of requirements."""

    def value_of(text: str) -> Any:
        from supple._model import requirements as must  # not before there is a word to read

        return find(must).require("", make(text))

    return value_of, ""


def one_of(*words: str) -> Reader:
    """Return what reads one of some words."""
    return lambda text: words[words.index(text)], f"must be {' or '.join(words)}"


def ends_in(*endings: str) -> Reader:
    """Return what reads the name of a file with one of some endings."""

    def name(text: str) -> str:
        if not text.endswith(endings):
            raise ValueError
        return text

    return name, f"must end in {' or '.join(endings)}"


NUMBER = required(lambda must: must.REAL)
WHOLE = required(lambda must: must.WHOLE)
TAG = required(lambda must: must.LANGUAGE, str)

# --- what several commands share ------------------------------------------------------------

_WHICH = "its id, or CATALOG/ID where several catalogs have that id"

THING = name("NAME", f"an exercise or a routine: {_WHICH}; or the file of a routine")
ROUTINE = name(
    "ROUTINE", f"a routine, or an exercise by itself: {_WHICH}; or the file of a routine"
)
CATALOG = option(
    "--catalog",
    "look in this catalog only: its name, or the path of its folder, of the project that it is "
    "in, of a .zip file or a wheel",
)
KIND = option(
    "--kind",
    "exercise or routine, where one of each has that id",
    read=one_of("exercise", "routine"),
)
LANGUAGE = option(
    "--language",
    "the language to have the texts in, such as de or pt-BR; the closest that a catalog has, and "
    "its own where it has none or this is left out",
    metavar="TAG",
    read=TAG,
)
WHICH = (CATALOG, KIND, LANGUAGE)
"""What tells things of one name apart."""

NEARBY = name(
    "PATH",
    "the catalog: its folder, one of its files, the project that it is in, a .zip file, a wheel, "
    "or the name of an installed one; the current folder where it is left out",
    nargs="?",
    default=".",
)
JSON = switch("--json", "write JSON, for other programs")


def level(about: str) -> Argument:
    """Return the option for a level, with what it does."""
    return option("--level", about, read=required(lambda must: must.LEVEL))


HOW_MUCH = (
    "how much to do: from 0, the gentle end of every dose, to 1, the full dose; 0 where it is "
    "left out"
)
LEVEL = level(f"{HOW_MUCH}; of the file of a programme it changes rests alone")
MINUTES = option(
    "--minutes", "how long it should take; it is never longer", read=NUMBER, required=True
)
OUTPUT = option(
    "--output",
    "write it into this file, in TOML or JSON as its ending says",
    short="-o",
    metavar="FILE",
)
REPLACE = switch("--replace", "replace the file where there is one already")
WRITTEN = (OUTPUT, REPLACE)
"""What all that make a routine take."""
