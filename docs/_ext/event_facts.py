# ruff: noqa: INP001 - read by Sphinx, no package
"""Adds the directive ``event-facts``: what an event says, made from the facts themselves."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx.util.docutils import SphinxDirective

from supple._timeline.events import FACTS
from supple._timeline.facts import Fact, Flag, Text, Whole, Word
from supple._timeline.kinds import EventKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sphinx.application import Sphinx
    from sphinx.util.typing import ExtensionMetadata

Cell = str | nodes.Node


class EventFacts(SphinxDirective):
    """Puts the table of facts where it stands."""

    def run(self) -> list[nodes.Node]:
        """Return the table."""
        rows = [_row(name, fact) for name, fact in FACTS.items()]
        return [table(("key", "value", "stands in", "meaning"), rows)]


class EventKinds(SphinxDirective):
    """Puts the list of kinds where it stands."""

    def run(self) -> list[nodes.Node]:
        """Return the kinds as one paragraph."""
        paragraph = nodes.paragraph()
        for i, kind in enumerate(EventKind):
            paragraph += [nodes.Text(", " if i else ""), nodes.literal(text=kind.value)]
        return [paragraph]


def _row(name: str, fact: Fact[Any]) -> list[list[Cell]]:
    kinds: list[Cell] = []
    for kind in () if fact.is_anywhere else fact.kinds:
        kinds += [", " if kinds else "", nodes.literal(text=kind)]
    if fact.with_jump:
        kinds.append(", and any jump")
    if fact.is_anywhere:
        kinds = ["every event" if fact.is_needed else "any event"]
    elif not fact.is_needed:
        kinds.append(", some")
    return [[nodes.literal(text=name)], _value(fact), kinds, [fact.words]]


def _value(fact: Fact[Any]) -> list[Cell]:
    match fact.type:
        case Whole(least):
            return [f"integer from {least}"]
        case Flag():
            return ["true"]
        case Word(words):
            cells: list[Cell] = []
            for word in words:
                cells += [", " if cells else "", nodes.literal(text=word.value)]
            return cells
        case Text() as text:
            return [f"text: {text.value}"]


def table(head: Sequence[str], rows: Iterable[Sequence[Sequence[Cell]]]) -> nodes.table:
    """Return a table."""
    group = nodes.tgroup(cols=len(head))
    group += [nodes.colspec(colwidth=1) for _ in head]
    group += nodes.thead("", _line([[each] for each in head]))
    group += nodes.tbody("", *(_line(row) for row in rows))
    return nodes.table("", group)


def _line(cells: Iterable[Sequence[Cell]]) -> nodes.row:
    row = nodes.row()
    for cell in cells:
        paragraph = nodes.paragraph()
        paragraph += [nodes.Text(each) if isinstance(each, str) else each for each in cell]
        row += nodes.entry("", paragraph)
    return row


def setup(app: Sphinx) -> ExtensionMetadata:
    """Add the directives."""
    app.add_directive("event-facts", EventFacts)
    app.add_directive("event-kinds", EventKinds)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
