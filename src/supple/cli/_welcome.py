"""What the program says where nothing is asked for: what there is, and what to type."""

from __future__ import annotations

from typing import TYPE_CHECKING

from supple import schedule
from supple._dosing import duration_in_words
from supple._phrases import phrases_for

if TYPE_CHECKING:
    from collections.abc import Iterable

    from supple import Routine
    from supple.cli._page import Page

_WIDTH = 36

_MORE = (
    ("supple show knee-rolls", "one exercise or routine, to read"),
    ("supple export lower-back --to html", "one file, to print, send or play"),
    ("supple list", "everything that is installed"),
    ("supple --help", "all the commands"),
)


def welcome() -> None:
    """Write the routines that are installed, each with the command that plays it."""
    from supple.cli._lookup import catalogs
    from supple.cli._page import Page

    page = Page()
    page.write(("Guided stretching and mobility routines.", "bold"))
    read, _ = catalogs(None, language=None)
    for catalog in read:
        routines = [
            (
                f"supple play {routine.id}",
                f"{routine.name}, {_length(routine)}",
            )
            for routine in catalog.routines.values()
        ]
        if routines:
            page.heading(catalog.title)
            _write(page, routines)
    page.heading("And also")
    _write(page, _MORE)


def _write(page: Page, lines: Iterable[tuple[str, str]]) -> None:
    for command, about in lines:
        page.write((f"  {command:{_WIDTH}}", "cyan"), (about, ""))


def _length(routine: Routine) -> str:
    """Return about how long a routine takes."""
    return duration_in_words(schedule(routine).duration_ms, phrases_for(routine.language))
