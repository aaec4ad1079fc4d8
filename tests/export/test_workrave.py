"""Exercises for Workrave: read as it reads them, with every picture there."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET
from zipfile import ZipFile

import pytest
from hypothesis import given

from supple import (
    Circuit,
    ExportError,
    Hold,
    Pacing,
    Prescription,
    Rest,
    Routine,
    load_catalog,
    schedule,
)
from supple.export import workrave

from .routines import exercise, hostile_routines, routine

if TYPE_CHECKING:
    from supple import Timeline

LANG = "{http://www.w3.org/XML/1998/namespace}lang"


def files(timeline: Timeline, **options: Any) -> dict[str, bytes]:
    """Return what is in the folder, by name."""
    stream = io.BytesIO()
    workrave.write(timeline, stream, **options)
    with ZipFile(stream) as folder:
        assert folder.testzip() is None
        return {name: folder.read(name) for name in folder.namelist()}


def read(timeline: Timeline, **options: Any) -> list[dict[Any, Any]]:
    """Return the exercises as Workrave finds them.

    It stops at an element that its own file does not have, takes seconds as whole numbers, looks
    for pictures beside the file, and shows titles and descriptions as markup of Pango.
    """
    found = files(timeline, **options)
    root = ET.fromstring(found.pop("exercises.xml"))  # noqa: S314 - our own output
    assert (root.tag, root.attrib) == ("exercises", {})
    exercises: list[dict[Any, Any]] = []
    for each in root:
        assert (each.tag, each.attrib) == ("exercise", {})
        *texts, sequence = each
        assert {text.tag for text in texts} == {"title", "description"}
        assert (sequence.tag, [*sequence.attrib]) == ("sequence", ["duration"])
        for image in sequence:
            assert image.tag == "image"
            assert {*image.attrib} in ({"src", "duration"}, {"src", "mirrorx", "duration"})
            assert image.get("src") in found
            assert image.get("mirrorx") in {None, "yes"}
        said: dict[Any, Any] = {
            (text.tag, text.get(LANG)): markup(text.text or "") for text in texts
        }
        said["seconds"] = int(sequence.attrib["duration"])
        said["images"] = [
            (image.attrib["src"], "mirrorx" in image.attrib, int(image.attrib["duration"]))
            for image in sequence
        ]
        exercises.append(said)
    return exercises


def markup(text: str) -> str:
    """Return what is shown of a text with markup, in which there must be none."""
    element = ET.fromstring(f"<markup>{text}</markup>")  # noqa: S314 - our own output
    assert len(element) == 0
    return element.text or ""


@pytest.fixture(scope="module")
def timeline() -> Timeline:
    """Return the bundled routine, laid out in time."""
    return schedule(load_catalog("lower-back").routines["lower-back"])


def test_workrave_finds_the_exercises(timeline: Timeline) -> None:
    """Each exercise has its name, what to do, and the seconds that it takes on the timeline."""
    found = read(timeline)
    starts = [event for event in timeline if event.kind == "exercise.started"]
    assert [each["title", "en"] for each in found] == [event.text for event in starts]
    assert [each["seconds"] * 1000 for each in found] == [event.duration_ms for event in starts]
    assert found[0]["description", "en"].split("\n") == [
        "lying on your back, hold 10 s, each side",
        "Bend your knees and place your feet flat (4 s)",
        "Roll both knees slowly to the left",
        "Keep both shoulders flat and breathe normally (10 s)",
        "Bring your knees back to the middle",
        "first left, then the same right",
    ]


def test_pictures_follow_the_time_and_the_side(timeline: Timeline) -> None:
    """Pictures change in whole seconds, and those of the right side are mirrored."""
    rolls, *_ = read(timeline)
    assert rolls["images"] == [
        ("knee-rolls-knees-up.svg", False, 4),
        ("knee-rolls-knees-rolled.svg", False, 13),
        ("knee-rolls-knees-up.svg", False, 6),
        ("knee-rolls-knees-rolled.svg", True, 13),
        ("knee-rolls-knees-up.svg", True, 3),
    ]
    for each in read(timeline):
        assert sum(seconds for *_, seconds in each["images"]) == each["seconds"]
    pictures = files(timeline)
    del pictures["exercises.xml"]
    for picture in pictures.values():
        svg = ET.fromstring(picture)  # noqa: S314 - our own output
        assert (svg.get("width"), svg.get("height")) in {("250", "250"), (None, None)}
        assert b"var(" not in picture


def test_times_finer_than_a_second_do_not_drift() -> None:
    """Fractions of seconds even out from picture to picture."""
    catalog = load_catalog("lower-back")
    tilts = catalog["pelvic-tilts"].with_dose(hold=5.4)
    for pacing in (Pacing(), Pacing(step=0.2)):
        [found] = read(schedule(routine(tilts), pacing=pacing))
        assert found["seconds"] - sum(seconds for *_, seconds in found["images"]) in {0, 1}


def test_every_language_goes_along() -> None:
    """Workrave picks the language of the person, so the folder has all that there are."""
    timelines = [
        schedule(catalog.routines["in-bed"], phrases=catalog.phrases)
        for catalog in (load_catalog("lower-back", language=tag) for tag in ("en", "de"))
    ]
    first, *_ = read(timelines[0], translations=timelines)
    assert first["title", "de"] == "Knierollen"
    assert first["title", "en"] == "Knee rolls"
    other = schedule(routine(exercise()))
    with pytest.raises(ExportError, match="translations: must be the same routine"):
        read(
            timelines[0], translations=[schedule(Routine("x", items=[exercise()], language="de"))]
        )
    assert read(other)[0]["images"] == []


def test_an_exercise_of_a_circuit_comes_once() -> None:
    """What is written once comes once, however many rounds; rests have no place."""
    lift = Prescription(exercise("lift", name="Lift", sides="each"), side="right")
    given = routine(Circuit([exercise(), Rest(5), lift], rounds=3), exercise())
    found = read(schedule(given))
    assert [each["title", "en"] for each in found] == ["Reach", "Lift", "Reach"]
    assert "first" not in found[1]["description", "en"]


def test_what_is_too_much() -> None:
    """Too many exercises are refused by arithmetic, and so are too many parts of one."""
    with pytest.raises(ExportError, match="workrave: must have at most 200 exercises"):
        files(schedule(routine(Circuit([exercise()], rounds=10**12))))
    endless = exercise(cycle=[Hold("Keep", seconds=1)], reps=10**9)
    with pytest.raises(ExportError, match="workrave: Reach: must have at most 1,000 steps"):
        files(schedule(routine(endless)))


def test_the_same_bytes_and_what_is_lost(timeline: Timeline) -> None:
    """Written twice it is the same; the figures are not lost."""
    assert files(timeline) == files(timeline)
    assert "the figures" not in workrave.lost(timeline)
    assert "the cues" in workrave.lost(timeline)


@given(hostile_routines())
def test_no_text_alters_the_structure(hostile: Routine) -> None:
    """Whatever the texts, Workrave finds two exercises and the very words."""
    found = read(schedule(hostile))
    [item, _] = hostile.items
    assert isinstance(item, Prescription)
    assert [each["title", "en"] for each in found] == [item.exercise.name] * 2
    lines = found[0]["description", "en"].split("\n")
    assert lines[1].startswith(item.exercise.setup[0].text)
