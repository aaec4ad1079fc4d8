"""Text for people: coloured and wrapped on a terminal, plain and unbroken elsewhere."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, TypeAlias

from supple._extras import brought_by
from supple._printable import printable

with brought_by("cli", "rich"):
    from rich.cells import cell_len
    from rich.console import Console
    from rich.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import NoReturn

Span: TypeAlias = tuple[str, str]
"""A piece of text and its style in the words of rich, such as ``bold cyan``, or none."""

_NARROWEST = 16
_LABEL = 10
_GAP = 2


class _Console(Console):
    def on_broken_pipe(self) -> NoReturn:
        """Leave it to the program to end, and how."""
        raise  # noqa: PLE0704 - rich calls this while it handles the error


class Page:
    """The standard output, written line by line.

    Nothing that is written is markup: what a catalog says appears as it stands. Where lines may
    have any length there is no ``width``.
    """

    def __init__(self) -> None:
        self._console = _Console(highlight=False, markup=False, emoji=False)
        on_terminal = sys.stdout is not None and sys.stdout.isatty()
        self.width = self._console.width if on_terminal else None
        self._is_plain = self.width is None and self._console.color_system is None

    def write(self, *spans: Span) -> None:
        """Write a line; where it is too long, the last span goes on below its own start.

        What could garble the screen is escaped.
        """
        spans = tuple((printable(text), style) for text, style in spans)
        if self._is_plain:
            print("".join(text for text, _ in spans).rstrip())
            return
        *lead, (text, style) = spans or [("", "")]
        indent = sum(cell_len(each) for each, _ in lead)
        last = Text(text, style)
        lines = [last]
        if self.width is not None and " " in text:  # an address must stay in one piece
            lines = [*last.wrap(self._console, max(self.width - indent, _NARROWEST))]
        line = Text.assemble(*lead, *lines[:1])
        line.rstrip()
        self._console.print(line, soft_wrap=True)
        for line in lines[1:]:
            self._console.print(Text(" " * indent).append_text(line), soft_wrap=True)

    def title(self, name: str, note: str, text: str | None = None) -> None:
        """Write what a page or a part of it is about."""
        self.write((name, "bold"), (f"  {note}", "dim"))
        if text is not None:
            self.write((text, ""))

    def heading(self, text: str, style: str = "bold") -> None:
        """Write a heading, a blank line above it."""
        self.write()
        self.write((text, style))

    def facts(self, facts: Iterable[tuple[str, str]]) -> None:
        """Write what things are, each after its label."""
        facts = tuple(facts)
        wide = max((cell_len(label) + _GAP for label, _ in facts), default=0)
        for label, text in facts:
            gap = " " * (max(wide, _LABEL) - cell_len(label))
            self.write((f"  {label}{gap}", "cyan"), (text, ""))

    def points(self, heading: str, points: Iterable[Iterable[str]]) -> None:
        """Write points below a heading, each a text and notes on it, if there are any."""
        for i, (text, *notes) in enumerate(points):
            if not i:
                self.heading(heading)
            self.write(("  - ", "dim"), (text, ""))
            for note in filter(None, notes):
                self.write(("    ", ""), (note, "dim"))


screen_width = cell_len
"""How many columns a text takes on a screen."""
