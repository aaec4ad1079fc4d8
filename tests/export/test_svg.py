"""A timeline as a picture: well-formed, exact, told apart without colour, harmless."""

from __future__ import annotations

import io
import re
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given, strategies as st

from supple import (
    Circuit,
    Exercise,
    ExportError,
    Hold,
    Pacing,
    Prescription,
    Rest,
    Routine,
    Step,
    load_catalog,
    schedule,
)
from supple.export import html, svg
from tests import strategies as my

if TYPE_CHECKING:
    from supple import Timeline

NS = "{http://www.w3.org/2000/svg}"


def drawn(timeline: Timeline) -> ET.Element:
    """Return the picture of a timeline, read by another parser."""
    stream = io.BytesIO()
    svg.write(timeline, stream)
    return ET.fromstring(stream.getvalue())  # noqa: S314 - our own output


def blocks(picture: ET.Element) -> list[ET.Element]:
    """List the blocks, those of the legend left out."""
    return [*picture.iter(f"{NS}rect")][1:-3]


def exercise(name: str = "Reach", **given: Any) -> Exercise:
    """Return an exercise; where nothing else is said, a hold of four seconds."""
    about = {"kind": "stretch", "position": "standing", "cycle": [Hold("Keep", seconds=4)]}
    return Exercise("reach", name=name, **(about | given))


def test_the_bundled_routine() -> None:
    """Each exercise has a row with its name and when it starts, and each segment a block."""
    timeline = schedule(load_catalog("lower-back").routines["lower-back"])
    picture = drawn(timeline)
    texts = ["".join(each.itertext()) for each in picture.iter(f"{NS}text")]
    assert texts[:4] == ["Lower back", "6 min", "Knee rolls", "0:05"]
    assert texts[-3:] == ["hold", "movement", "rest"]
    inside = [each for each in timeline.segments() if each.exercise is not None]
    found = blocks(picture)
    assert [each.get("class") for each in found] == [each.kind.value for each in inside]
    assert found[2][0].text == "Keep both shoulders flat and breathe normally (0:10)"
    widths = {each.get("class"): float(each.get("width", 0)) + 1 for each in found[:4]}
    assert widths["hold"] / widths["step"] == pytest.approx(10 / 3, rel=0.01)
    heights = {each.get("class"): each.get("height") for each in found}
    assert len({*heights.values()}) == 3
    assert picture.find(f"{NS}title") is not None
    assert svg.lost(timeline) == (
        *("the cues", "the counts of repetitions, sets and rounds", "the figures", "the advice"),
        *("the cautions and contraindications", "what the exercises are good for", "the links"),
        "the sources of the doses",
    )


def test_what_is_lost() -> None:
    """A picture has no room for counts, waits, notes and rests between, and says so of each."""
    reach = exercise("Reach", reps=2, cycle=[Step("Go", until_ready=True)])
    plain = Pacing(countdown=())
    routine = Routine(
        "day", items=[Prescription(reach, load="2 kg"), Rest(5, text="Drink"), reach]
    )
    assert svg.lost(schedule(routine, pacing=plain)) == (
        *("the rests between exercises", "the counts of repetitions, sets and rounds"),
        *("the waits until a person is ready", "the notes and loads"),
    )
    inner = Routine(
        "day", items=[Circuit([Circuit([exercise("Keep")], rounds=2, rest=5)], rounds=1)]
    )
    assert svg.lost(schedule(inner, pacing=plain))[0] == "the rests between exercises"
    bare = Routine("day", items=[Circuit([exercise("Keep")], rounds=1)])
    assert svg.lost(schedule(bare, pacing=plain))[:1] != ("the rests between exercises",)


@given(my.timelines)
def test_every_timeline_can_be_drawn(timeline: Timeline) -> None:
    """Any timeline gives a well-formed picture, in which rows lie in their width."""
    for block in blocks(drawn(timeline)):
        x, width = float(block.get("x", -1)), float(block.get("width", -1))
        assert x >= 16
        assert width >= 0
        assert x + width <= 344.02


@given(st.text(min_size=1).filter(str.strip))
def test_text_stays_text(text: str) -> None:
    """Whatever a catalog may say is text in the picture, and nothing else."""
    try:
        timeline = schedule(Routine("day", name=text, items=[exercise(text)]))
    except ValueError:
        return
    picture = drawn(timeline)
    assert (picture.findtext(f"{NS}title") or "").strip() == text.strip()
    assert {each.tag for each in picture.iter()} == {
        f"{NS}{name}" for name in ("svg", "title", "desc", "style", "rect", "text", "path")
    }


def test_too_much_for_a_picture() -> None:
    """A row of many thousand blocks is one block, which is said; too many rows are refused."""
    cycle = [Step("Go", seconds=1), Step("Stop", seconds=1)]
    timeline = schedule(Routine("day", items=[exercise("Many", reps=10**9, cycle=cycle)]))
    assert svg.lost(timeline)[-1] == "the steps and holds of Many, which are too many"
    assert len(blocks(drawn(timeline))) == 1
    long = schedule(Routine("day", items=[exercise("x" * 50)] * 501))
    with pytest.raises(ExportError) as caught:
        drawn(long)
    assert str(caught.value) == "svg: must have at most 500 exercises, each time counted (got 501)"
    assert svg.lost(long) == svg.lost(schedule(Routine("day", items=[exercise("x" * 50)])))


def test_a_kind_has_the_colour_that_it_has_on_a_page() -> None:
    """A hold, a step and a rest have one colour in the picture and on the page, dark or light."""
    timeline = schedule(load_catalog("lower-back").routines["in-bed"])
    on_page, picture = html.page(timeline), svg.picture(timeline)
    for kind in ("hold", "step", "rest"):
        colours = re.findall(rf"--{kind}:(#\w+);", on_page)
        assert len(colours) == 2
        assert re.findall(rf"\.{kind}\{{fill:(#\w+)\}}", picture) == colours
