"""Exercises and routines, one a line: the id to ask for, the name, and what to say of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from supple.cli._page import screen_width

if TYPE_CHECKING:
    from collections.abc import Iterable

    from supple import Exercise, Routine
    from supple.cli._page import Page

_GAP = "  "
_ROOM_FOR_TEXT = 20


class Entries:
    """Lines whose columns are wide enough for all of some exercises and routines.

    Where a screen is too narrow for three columns, the name gives way.
    """

    def __init__(self, page: Page, things: Iterable[Exercise | Routine]) -> None:
        things = tuple(things)
        self._page = page
        self._ids = max((len(each.id) for each in things), default=0)
        self._names = max((screen_width(each.name) for each in things), default=0)

    def write(self, thing: Exercise | Routine, text: str, *, lead: str = _GAP) -> None:
        """Write one line; ``lead`` stands before it."""
        width = self._page.width
        taken = len(lead) + self._ids + len(_GAP) + self._names + len(_GAP)
        name = thing.name + " " * (self._names - screen_width(thing.name)) + _GAP
        if width is not None and width - taken < _ROOM_FOR_TEXT:
            name = ""
        self._page.write(
            (lead, "dim"), (f"{thing.id:{self._ids}}{_GAP}", "cyan"), (name, ""), (text, "")
        )
