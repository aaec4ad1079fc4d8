"""The table of formats is made of what the formats say, of a routine that has everything."""

from __future__ import annotations

import runpy
from pathlib import Path
from types import SimpleNamespace

from supple.export import formats
from supple.export._lost import Part, present

DOCS = Path(__file__).parents[2] / "docs"

words = SimpleNamespace(**runpy.run_path(str(DOCS / "_ext" / "exporters.py")))


def test_the_table_says_what_the_formats_say() -> None:
    """Each format has its row: its ending, its extra, what it is for, and what it loses."""
    assert present(words.with_everything(), *Part) == tuple(Part)
    rows = list(words.rows())
    assert [row[0] for row in rows] == [f"`{name}`" for name in formats()]
    assert rows[0] == (
        "`arrow`",
        "`.arrow`",
        "`arrow`",
        "A table of the events for data tools, to be mapped into memory (Apache Arrow)",
        (
            "pictures, figures, advice, cautions and contraindications, what the exercises are "
            "good for, links, sources of the doses"
        ),
    )
