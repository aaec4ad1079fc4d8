"""The page of formats says what the formats say."""

from __future__ import annotations

import inspect
import re
from importlib import import_module
from pathlib import Path

from supple import (
    Advice,
    Breath,
    Circuit,
    Hold,
    Picture,
    Prescription,
    Step,
    Timeline,
    load_catalog,
    schedule,
)
from supple.export import formats
from supple.export._parts import Part, present

from .routines import exercise, routine

PAGE = Path(__file__).parents[2] / "docs" / "reference" / "formats.md"


def with_everything() -> Timeline:
    """Return a routine that has all that there is to lose."""
    posed = load_catalog("lower-back")["cat-camel"]
    breath = Hold("Breathe", seconds=20, breath=Breath(4, 4))
    reach = exercise(
        cycle=[Step("Get up", until_ready=True), breath],
        reps=2,
        sets=2,
        pictures=[Picture("reach.png", alt="Someone reaches")],
    )
    item = Prescription(reach, note="Slowly", load="2 kg")
    return schedule(
        routine(
            Circuit([item], rounds=2), posed, advice=[Advice("stop", text="Stop if it hurts.")]
        )
    )


def test_the_table_says_what_the_formats_say() -> None:
    """Each format stands in the table with its ending, its extra, and what it loses."""
    timeline = with_everything()
    assert present(timeline, *Part) == tuple(Part)
    rows = ["| format | files | extra | what for | cannot carry |", "|---|---|---|---|---|"]
    for name, to in formats().items():
        module = import_module(f"supple.export.{name.replace('-', '_')}")
        extra = re.search(r"extra\s``(\w+)``", inspect.getdoc(module) or "")
        cells = [
            f"`{name}`",
            f"`{to.suffix}`",
            f"`{extra[1]}`" if extra else "",
            to.about,
            ", ".join(
                each.removeprefix("the ").replace(" of Reach", "") for each in to.lost(timeline)
            ),
        ]
        rows.append(f"| {' | '.join(cells)} |")
    assert "\n".join(rows) in PAGE.read_text(encoding="utf-8")
