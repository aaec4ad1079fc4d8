"""``supple new``: the beginnings of a catalog of one's own, as a whole distribution."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from supple.cli._command import TAG, FailedError, UsageError, name, option, switch

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Callable

ABOUT = (
    "Write a new catalog: a package with one exercise, one routine and a test, which can be "
    "installed as it stands, and edited from there. Without a name it asks for what it needs."
)
ARGUMENTS = (
    name("NAME", "the name of the catalog, such as neck-care", nargs="?"),
    option("--title", "what people call it; made of the name where it is left out"),
    option(
        "--language",
        "the language that you will write it in, such as de or pt-BR; en where it is left out; "
        "the example is in it where supple speaks it",
        metavar="TAG",
        read=TAG,
    ),
    switch(
        "--spreadsheet",
        "put a spreadsheet beside it, to write exercises in; without a name, into the project "
        "here",
    ),
    option(
        "--in",
        "the folder to write into; the current one where it is left out",
        metavar="FOLDER",
        dest="folder",
        default=".",
    ),
)

_NEXT: tuple[tuple[str, str], ...] = (
    ("supple check --watch", "what is wrong, again whenever you save"),
    ("supple show {name} --catalog .", "the routine as a page to read"),
    ("supple play {name} --catalog .", "the routine as it will be done"),
    ("supple translate {other}", "a file to fill in, for another language"),
    ("supple figure --help", "how an exercise gets its figure"),
    ('python -m pip install -e ".[test]"', "your programs find the catalog from now on"),
    ("python -m pytest", "every check as a test, before you publish it"),
    ("python -m pip wheel --no-deps -w dist .", "one file, to give to others"),
)
SPREADSHEET = "exercises.csv"
_IMPORT: tuple[str, str] = (
    f"supple import {SPREADSHEET}",
    "the exercises that you have written into it",
)
_WIDTH = max(len(command) for command, _ in _NEXT) + 2


def run(arguments: Namespace) -> int:
    """Write the catalog that the arguments name, say what to do next, and return the status."""
    from supple import ModelError
    from supple._errors import show
    from supple._printable import printable
    from supple.catalog import new_catalog
    from supple.catalog._finding.nearby import nearby
    from supple.catalog._reading.mistakes import id_meant

    if arguments.name is None and arguments.spreadsheet and nearby(".") != ".":
        return _put_spreadsheet()
    if arguments.name is None:
        _ask_for_all(arguments)
    language = arguments.language or "en"
    try:
        made = new_catalog(
            arguments.name, arguments.folder, title=arguments.title, language=language
        )
    except ModelError as error:
        where = "--title" if error.where == "new_catalog.title" else "NAME"
        meant = id_meant(str(error.got)) if where == "NAME" else ""
        hint = f"; did you mean {meant!r}?" if meant not in {"", error.got} else ""
        raise UsageError(f"{where}: {error.requirement}{hint} (got {show(error.got)})") from error
    except FileExistsError as error:
        raise FailedError(f"{error.filename}: {error.strerror}") from error
    except OSError as error:
        raise FailedError(
            f"{arguments.folder}: a catalog cannot be written there: {error.strerror}"
        ) from error
    if arguments.spreadsheet:
        from supple.catalog import spreadsheet

        (made / SPREADSHEET).write_bytes(spreadsheet.template())
    _say_what_next(printable(str(made)), arguments, language)
    return 0


def _say_what_next(folder: str, arguments: Namespace, language: str) -> None:
    from supple._phrases import is_spoken

    is_known = is_spoken(language)
    note = "" if is_known else f", its example in English: write over it in {language}"
    print(f"{folder} is written{note}. Next:")
    print(f'  cd "{folder}"' if " " in folder else f"  cd {folder}")
    own = (f"supple translate {language}", "what supple itself says, to be filled in")
    steps = [own] * (not is_known) + [_IMPORT] * arguments.spreadsheet + [*_NEXT]
    for command, about in steps:
        said = command.format(name=arguments.name, other="fr" if is_known else "en")
        print(f"  {said:{_WIDTH}}{about}")


def _put_spreadsheet() -> int:
    """Put the spreadsheet into the current folder, unless there is one."""
    from supple.catalog import spreadsheet

    try:
        with Path(SPREADSHEET).open("xb") as file:
            file.write(spreadsheet.template())
    except OSError as error:
        raise FailedError(f"{SPREADSHEET}: {error.strerror}") from error
    print(f"{SPREADSHEET} is written. Next:")
    print(f"  {_IMPORT[0]:{_WIDTH}}{_IMPORT[1]}")
    return 0


def _ask_for_all(arguments: Namespace) -> None:
    """Ask the person for what the command line leaves out."""
    from supple._model import requirements as must

    if sys.stdin is None or not sys.stdin.isatty():
        raise UsageError("NAME: must be given (see 'supple new --help')")
    arguments.name = _ask("Name, in small letters, such as neck-care", "", must.NAME.require)
    if arguments.title is None:
        usual = arguments.name.replace("-", " ").capitalize()
        arguments.title = _ask("Title, as people will read it", usual, must.TEXT.require)
    if arguments.language is None:
        arguments.language = _ask(
            "Language of its texts, such as en, de or pt-BR", "en", must.LANGUAGE.require
        )


def _ask(question: str, usual: str, required: Callable[[str, str], str]) -> str:
    """Ask until the answer is what is required; an empty one stands for what is usual."""
    from supple import ModelError

    while True:
        try:
            text = input(f"{question} [{usual}]: " if usual else f"{question}: ").strip()
        except EOFError as error:
            raise UsageError("NAME: must be given") from error
        try:
            return required("answer", text or usual)
        except ModelError as error:
            print(f"  {error.requirement}")
