"""What a command says of itself, and the options that several of them share.

A command is one file beside this one: what it says of itself as ``COMMAND``, and ``run``, which
does it. Both the help and a wrong word must be answered at once, so such a file imports what it
needs in ``run``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable

_LONGEST = 60


class UsageError(Exception):
    """The command line does not make sense; its text is the whole message."""


class Argument(NamedTuple):
    """One thing that may stand after a command: an option, or the name that it works on."""

    flag: str
    settings: dict[str, Any]
    short: str | None = None

    @property
    def flags(self) -> tuple[str, ...]:
        """All that it can be called by."""
        return (self.flag,) if self.short is None else (self.short, self.flag)

    @property
    def is_option(self) -> bool:
        """Whether it begins with two hyphens."""
        return self.flag.startswith("--")


class Command(NamedTuple):
    """What a command says of itself."""

    help: str
    """One line, for the list of the commands."""

    about: str
    """What it does, above its own options."""

    arguments: tuple[Argument, ...]

    more: Callable[[], tuple[Argument, ...]] = tuple
    """What else may stand there, where that takes an import to know."""


def name(metavar: str, about: str, **settings: Any) -> Argument:
    """Return the one argument that stands without an option, called ``arguments.name``."""
    return Argument("name", {"metavar": metavar, "help": about, **settings})


def option(flag: str, about: str, *, short: str | None = None, **settings: Any) -> Argument:
    """Return an option that takes a value."""
    metavar = settings.pop("metavar", flag.removeprefix("--").upper())
    return Argument(flag, {"metavar": metavar, "help": about, **settings}, short)


def switch(flag: str, about: str, **settings: Any) -> Argument:
    """Return an option that takes no value."""
    return Argument(flag, {"action": "store_true", "help": about, **settings})


def shown(word: str) -> str:
    """Return a word of the command line as a message quotes it."""
    return repr(word if len(word) <= _LONGEST else f"{word[:_LONGEST]}...")


# --- what a value must be: each is called by the parser, and raises UsageError --------------


def _level(text: str) -> float:
    try:
        level = float(text)
    except ValueError:
        level = -1
    if not 0 <= level <= 1:  # false for NaN, too
        raise UsageError(f"--level: must be a number from 0 to 1 (got {shown(text)})")
    return level


def number(flag: str, text: str) -> float:
    """Return a number, whole where it is written so."""
    try:
        return int(text) if text.lstrip("-").isdecimal() else float(text)
    except ValueError as error:
        raise UsageError(f"{flag}: must be a number (got {shown(text)})") from error


def _kind(text: str) -> str:
    if text not in _KINDS:
        raise UsageError(f"--kind: must be {' or '.join(_KINDS)} (got {shown(text)})")
    return text


def language(flag: str, text: str) -> str:
    """Return the tag of a language."""
    from supple import ModelError
    from supple._model import requirements as must

    try:
        return must.LANGUAGE.require(flag, text)
    except ModelError as error:
        raise UsageError(str(error)) from error


# --- what several commands share ------------------------------------------------------------

_KINDS = ("exercise", "routine")
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
KIND = option("--kind", f"{' or '.join(_KINDS)}, where one of each has that id", type=_kind)
LANGUAGE = option(
    "--language",
    "the language to have the texts in, such as de or pt-BR; the closest that a catalog has, and "
    "its own where it has none or this is left out",
    metavar="TAG",
    type=lambda text: language("--language", text),
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
LEVEL = option(
    "--level",
    "how much to do: from 0, the gentle end of every dose, which is the default, to 1, the full "
    "dose",
    type=_level,
    default=0.0,
)

MINUTES = option(
    "--minutes",
    "how long it should take; it is never longer",
    type=lambda text: number("--minutes", text),
    required=True,
)
OUTPUT = option(
    "--output",
    "write the routine into this file, in TOML or JSON as its ending says",
    short="-o",
    metavar="FILE",
)
REPLACE = switch("--replace", "replace the file where there is one already")
