# ruff: noqa: INP001 - read by Sphinx, no package
"""Adds the directive ``state-diagram``: how a player gets from one state to another."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docutils import nodes
from sphinx.util.docutils import SphinxDirective
from state_picture import draw

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.util.typing import ExtensionMetadata


class StateDiagram(SphinxDirective):
    """Puts the picture where pages are HTML, and nothing anywhere else."""

    def run(self) -> list[nodes.Node]:
        """Return the picture."""
        return [nodes.raw("", draw(), format="html")]


def setup(app: Sphinx) -> ExtensionMetadata:
    """Add the directive."""
    app.add_directive("state-diagram", StateDiagram)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
