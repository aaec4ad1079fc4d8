# ruff: noqa: INP001 - read by Sphinx, no package
"""Adds the directives ``format-keys`` and ``format-values``: the format, made from the schemas."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import format_words
from sphinx.util.docutils import SphinxDirective

if TYPE_CHECKING:
    from collections.abc import Iterable

    from docutils import nodes
    from sphinx.application import Sphinx
    from sphinx.util.typing import ExtensionMetadata


class FormatKeys(SphinxDirective):
    """Puts the table of keys below its heading, which is its argument."""

    required_arguments = 1
    final_argument_whitespace = True

    def run(self) -> list[nodes.Node]:
        """Return the table."""
        rows = format_words.table_of_keys(self.arguments[0])
        return self.parse_text_to_nodes(_table([("key", "value", "default", "meaning"), *rows]))


class FormatValues(SphinxDirective):
    """Puts the table of the words for values where it stands."""

    def run(self) -> list[nodes.Node]:
        """Return the table."""
        rows = format_words.table_of_values()
        return self.parse_text_to_nodes(_table([("word", "what it stands for"), *rows]))


def _table(rows: Iterable[tuple[str, ...]]) -> str:
    head, *others = [f"| {' | '.join(row)} |" for row in rows]
    rule = re.sub(r"[^|]+", "---", head)
    return "\n".join([head, rule, *others])


def setup(app: Sphinx) -> ExtensionMetadata:
    """Add the directives."""
    app.add_directive("format-keys", FormatKeys)
    app.add_directive("format-values", FormatValues)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
