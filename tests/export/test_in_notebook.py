"""What a notebook shows of exercises, routines and timelines."""

from __future__ import annotations

from html.parser import HTMLParser
from typing import Any

import pytest

from supple import Circuit, Exercise, Hold, Rest, Routine, load_catalog, schedule
from supple.export._in_notebook import shown

BACK = load_catalog("lower-back")


class Reader(HTMLParser):
    """Lists the elements and the words of some HTML."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.words: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note an element."""
        del attrs
        self.tags.add(tag)

    def handle_data(self, data: str) -> None:
        """Note some words."""
        self.words.append(data)


def read(html: str) -> tuple[set[str], str]:
    """Return the elements and the words of some HTML, by another reader."""
    reader = Reader()
    reader.feed(html)
    return reader.tags, " ".join(" ".join(reader.words).split())


@pytest.mark.parametrize(
    "value",
    [
        BACK["knee-rolls"],
        Routine("day", items=[BACK["knee-rolls"]]),
        schedule(Routine("day", items=[BACK["knee-rolls"]])),
    ],
    ids=lambda value: type(value).__name__,
)
def test_picture_and_dose(value: Any) -> None:
    """A notebook shows a picture and the dose in words."""
    tags, words = read(value._repr_html_())
    assert {"svg", "rect", "ol", "li"} <= tags
    assert "Knee rolls : hold 10 s, each side" in words
    assert words.count("Lying on the back") == 2  # what its two figures show


def test_everything_of_a_routine() -> None:
    """Circuits are lists in the list, rests have a line, and text stays text."""
    hack = Exercise(
        "hack",
        name="<script>",
        kind="stretch",
        position="standing",
        cycle=[Hold("Keep", seconds=(5, 10))],
        reps=3,
        sets=2,
    )
    routine = Routine(
        "day", items=[Circuit([hack, Rest(5), BACK["cat-camel"]], rounds=2, rest=45), hack]
    )
    tags, words = read(shown(routine))
    assert "script" not in tags
    assert "2 rounds, rest 45 s between rounds <script> : 2 sets: 3 × hold 5–10 s" in words
    assert "hold 5–10 s Rest, 5 s Cat-camel : 5–8 times" in words
    assert words.endswith("<script> : 2 sets: 3 × hold 5–10 s")


def test_too_much_for_a_picture_and_what_is_none_of_these() -> None:
    """Of more exercises than a picture holds the doses are shown; nothing else is shown at all."""
    tags, words = read(shown(Routine("day", items=[BACK["bridge"]] * 501)))
    assert "svg" not in tags
    assert words.count("Bridge : 8–10 × hold 5 s") == 501
    with pytest.raises(TypeError, match="must be an exercise, a routine or a timeline, not"):
        shown("day")
