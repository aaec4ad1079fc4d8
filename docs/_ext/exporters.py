# ruff: noqa: INP001 - read by Sphinx, no package
"""Says what each format is for and what it cannot carry, as the formats themselves tell it."""

from __future__ import annotations

import inspect
import re
from importlib import import_module
from typing import TYPE_CHECKING

import supple
from supple.export import formats

if TYPE_CHECKING:
    from collections.abc import Iterator


def with_everything() -> supple.Timeline:
    """Return a routine that has all that there is to lose."""
    reach = supple.Exercise(
        "reach",
        name="Reach",
        kind="stretch",
        position="standing",
        cycle=[
            supple.Step("Get up", until_ready=True),
            supple.Hold("Breathe", seconds=20, breath=supple.Breath(4, 4)),
        ],
        reps=2,
        sets=2,
        cautions=["Stand safely."],
        sources=[supple.DoseSource("A leaflet", says="Twice.", gives=["reps"])],
        pictures=[supple.Picture("reach.png", alt="Someone reaches")],
        links=[supple.Link("A film of it", url="https://example.org/film")],
    )
    item = supple.Prescription(reach, note="Slowly", load="2 kg")
    posed = supple.load_catalog("lower-back")["cat-camel"]
    advice = [supple.Advice("stop", text="Stop if it hurts.")]
    items = [supple.Circuit([item], rounds=2), supple.Rest(20), posed]
    return supple.schedule(supple.Routine("everything", items=items, advice=advice))


def rows() -> Iterator[tuple[str, ...]]:
    """Yield a row for each format: name, files, extra, what for, and what it cannot carry."""
    timeline = with_everything()
    for name, to in formats().items():
        module = import_module(f"supple.export.{name.replace('-', '_')}")
        extra = re.search(r"extra\s``(\w+)``", inspect.getdoc(module) or "")
        lost = (each.removeprefix("the ") for each in to.lost(timeline))
        yield (
            f"`{name}`",
            f"`{to.suffix}`",
            f"`{extra[1]}`" if extra else "",
            to.about,
            ", ".join(lost),
        )
