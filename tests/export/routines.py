"""Routines to write in formats: plain ones, and some whose texts try to alter the structure."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from hypothesis import strategies as st

from supple import Exercise, Hold, Prescription, Routine, Step
from supple.testing import strategies as public

if TYPE_CHECKING:
    from supple import RoutineItem


def exercise(id: str = "reach", **given: Any) -> Exercise:
    """Return an exercise; where nothing else is said, a hold of four seconds."""
    about = {"name": "Reach", "kind": "stretch", "position": "standing"}
    return Exercise(id, **(about | {"cycle": [Hold("Keep", seconds=4)]} | given))


def routine(*items: RoutineItem, **given: Any) -> Routine:
    """Return a routine of some items."""
    return Routine("daily", items=items, **({"name": "Daily"} | given))


TRAPS = (
    "-->",
    "00:00:01,000 --> 00:00:02,000",
    "00:00:01.000",
    "<b>",
    "</b>",
    "<c.x>",
    "<script>",
    "{\\an8}",
    "{i}",
    "\\N",
    "&lt;",
    "&",
    "]]>",
    "5",
    "=1+1",
    "+1",
    "-1",
    "@SUM(A1)",
    "\uff1d1",
    "'=1",
    '"',
    '","',
    ";",
    "#",
    "\\",
    "\\n",
    "[CHAPTER]",
    "START=0",
    "NOTE",
    "STYLE",
    "WEBVTT",
    ":",
    "BEGIN:VEVENT",
    "END:VCALENDAR",
    "DTSTART;TZID=Europe/Berlin:20270101T080000",
    "%s",
    "{side}",
    "ü",
    "日本語",
    "🧘",
    " ",
    "–",
)
"""What means something in one of the formats."""

texts = (
    st.lists(st.sampled_from(TRAPS), min_size=1, max_size=6).map("".join).filter(str.strip)
    | public.texts()
)


@st.composite
def hostile_routines(draw: st.DrawFn) -> Routine:
    """Make a routine with a step, an open one, a hold and a rest, each with a hostile text."""
    reach = exercise(
        name=draw(texts),
        setup=[Step(without_braces(draw(texts)), until_ready=True)],
        cycle=[
            Step(without_braces(draw(texts)), seconds=2),
            Hold(without_braces(draw(texts)), seconds=5),
        ],
        sides=draw(st.sampled_from(["none", "alternate"])),
        reps=2,
    )
    item = Prescription(reach, note=draw(texts), load=draw(texts))
    return routine(item, item, name=draw(texts))


def without_braces(text: str) -> str:
    """Return a text with other brackets, since braces are for the side."""
    return text.replace("{", "(").replace("}", ")")
