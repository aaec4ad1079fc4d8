# ruff: noqa: INP001 - read by Sphinx, no package
"""Adds the directive ``phrases``: every phrase of the library, from the table of them itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docutils import nodes
from event_facts import table
from sphinx.util.docutils import SphinxDirective

from supple._phrases import GROUPS

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.util.typing import ExtensionMetadata


class PhraseTable(SphinxDirective):
    """Puts a table of each group where it stands."""

    def run(self) -> list[nodes.Node]:
        """Return the tables, each below what it is about."""
        made: list[nodes.Node] = []
        for group in GROUPS:
            rows = [([nodes.literal(text=id)], [text]) for id, text in group.english.items()]
            made += [nodes.rubric("", group.about), table(("key", "in English"), rows)]
        return made


def setup(app: Sphinx) -> ExtensionMetadata:
    """Add the directive."""
    app.add_directive("phrases", PhraseTable)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
