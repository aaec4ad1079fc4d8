"""``supple show``: one exercise or one routine, as a page to read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from supple.cli._command import THING, WHICH

if TYPE_CHECKING:
    from argparse import Namespace

ABOUT = "Show all that there is to know about one exercise or one routine."
ARGUMENTS = (THING, *WHICH)


def run(arguments: Namespace) -> int:
    """Show what the arguments name, and return the exit status."""
    from supple import Exercise
    from supple.cli._lookup import find
    from supple.cli._page import Page
    from supple.cli._showing import show_exercise, show_routine

    catalog, thing, _ = find(arguments)
    page = Page()
    page.title(thing.name, f"{catalog.name}/{thing.id}", thing.purpose)
    page.write()
    if isinstance(thing, Exercise):
        show_exercise(page, thing, catalog)
    else:
        show_routine(page, thing)
    return 0
