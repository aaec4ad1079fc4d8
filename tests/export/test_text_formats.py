"""Captions, chapters, labels and tables: read back by the readers that others use."""

from __future__ import annotations

import csv as csv_reader
import io
import json
import subprocess
from html import unescape
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given

from supple import (
    Circuit,
    ExportError,
    Pacing,
    Prescription,
    Routine,
    Step,
    Timeline,
    load_catalog,
    schedule,
)
from supple.export import audacity, chapters, csv, ffmetadata, srt, webvtt
from supple.export._lost import Part

from ..needs import needs, needs_module
from .routines import exercise, hostile_routines, routine

needs_module("webvtt")
needs_module("pysubs2")

import pysubs2  # noqa: E402 - as above
import webvtt as webvtt_reader  # noqa: E402 - as above

if TYPE_CHECKING:
    from pathlib import Path
    from types import ModuleType

JOINER = "\u2060"


def written(to: ModuleType, timeline: Timeline) -> str:
    """Return a timeline in a format, as text with the line breaks that it has."""
    stream = io.BytesIO()
    to.write(timeline, stream)
    assert not stream.closed
    return stream.getvalue().decode()


@pytest.fixture(scope="module")
def timeline() -> Timeline:
    """Return the bundled routine, laid out in time."""
    return schedule(load_catalog("lower-back").routines["lower-back"])


# --- what stands in them ----------------------------------------------------------------


def test_a_caption_says_what_to_do_and_where_one_is(timeline: Timeline) -> None:
    """A caption has what to do, then exercise, side and repetition; a rest the side that comes."""
    found = [each.text for each in webvtt_reader.from_string(written(webvtt, timeline)).captions]
    assert found[0] == "Get ready: Knee rolls, lying on your back\nleft"
    assert found[3] == "Keep both shoulders flat and breathe normally\nKnee rolls · left"
    assert found[5] == "Switch sides\nright"
    assert found[11] == "Tighten your belly; tip your pelvis up\nPelvic tilts · 1 of 8"


def test_a_caption_has_the_load_and_the_note() -> None:
    """The load stands beside the exercise, and the note below where it begins, each time."""
    reach = exercise(cycle=[Step("Reach", seconds=2)], reps=2)
    noted = Prescription(reach, note="Slowly", load="2 kg")
    timeline = schedule(routine(Circuit([noted], rounds=2), exercise("rock", name="Rock")))
    found = [each.text for each in webvtt_reader.from_string(written(webvtt, timeline)).captions]
    once = ["Reach\nReach · 2 kg · 1 of 2\nSlowly", "Reach\nReach · 2 kg · 2 of 2"]
    assert [each for each in found if "\n" in each] == [*once, *once, "Keep\nRock"]
    assert "the notes and loads" not in webvtt.lost(timeline)
    assert "the notes and loads" in chapters.lost(timeline)


def test_chapters_begin_with_their_exercises(timeline: Timeline) -> None:
    """Each exercise begins a chapter; the time before the first one has the routine's name."""
    said = json.loads(written(chapters, timeline))
    assert (said["version"], said["title"]) == ("1.2.0", "Lower back")
    starts = [event for event in timeline if event.kind == "exercise.started"]
    assert [(each["startTime"], each["title"]) for each in said["chapters"]] == [
        (0, "Lower back"),
        *((event.at_ms / 1000, event.text) for event in starts),
    ]
    ends = [each["endTime"] for each in said["chapters"]]
    assert ends == [*(event.at_ms / 1000 for event in starts), 386]


def test_what_is_lost_is_what_there_is(timeline: Timeline) -> None:
    """A format names what a routine has and it cannot say, and nothing else."""
    assert "the cues" in webvtt.lost(timeline)
    assert "the advice" in csv.lost(timeline)
    assert "the steps and holds" in chapters.lost(timeline)
    bare = schedule(routine(exercise()), pacing=Pacing(countdown=()))
    assert csv.lost(bare) == audacity.lost(bare) == srt.lost(bare) == ()
    assert ffmetadata.lost(bare) == (Part.STEPS, Part.COUNTS)


# --- limits -----------------------------------------------------------------------------


@pytest.mark.parametrize("to", [chapters, ffmetadata])
def test_too_many_chapters(to: Any) -> None:
    """More chapters than a player can list are refused by arithmetic, however many they are."""
    endless = schedule(routine(Circuit([exercise()], rounds=10**12)))
    with pytest.raises(ExportError, match="must have at most 1,000 exercises, each time counted"):
        written(to, endless)


def test_a_hundred_hours_are_too_long_for_subtitles() -> None:
    """Subtitles have two digits for the hours."""
    with pytest.raises(ExportError, match="srt: must last less than 100 hours"):
        written(srt, schedule(routine(Circuit([exercise()], rounds=10**12))))


# --- no text alters their structure ------------------------------------------------------


@given(hostile_routines())
def test_no_text_alters_a_structure(hostile: Routine) -> None:
    """Whatever the texts, another reader finds the times, the counts and the very texts."""
    timeline = schedule(hostile)
    segments = [*timeline.segments()]
    times = [(each.start_ms, each.end_ms) for each in segments]
    texts = [each.text for each in segments]

    captions = webvtt_reader.from_string(written(webvtt, timeline)).captions
    assert [(ms(each.start), ms(each.end)) for each in captions] == times
    assert [unescape(each.raw_text).split("\n")[0] for each in captions] == texts

    subtitles = pysubs2.SSAFile.from_string(written(srt, timeline), format_="srt")
    assert [(each.start, each.end) for each in subtitles] == times
    read = [each.text.split("\\N")[0].replace(JOINER, "").strip() for each in subtitles]
    assert read == [each.strip() for each in texts]

    labels = csv_reader.reader(
        io.StringIO(written(audacity, timeline), newline=""),
        delimiter="\t",
        quoting=csv_reader.QUOTE_NONE,
    )
    for segment, (start, end, label) in zip(segments, labels, strict=True):
        assert (float(start) * 1000, float(end) * 1000) == (segment.start_ms, segment.end_ms)
        assert label.startswith(segment.text)

    rows = [*csv_reader.DictReader(io.StringIO(written(csv, timeline), newline=""))]
    for event, row in zip(timeline, rows, strict=True):
        said = {key: str(value) for key, value in event.as_dict().items() if value is not True}
        said |= {key: "true" for key, value in event.as_dict().items() if value is True}
        assert {key: shown(value) for key, value in row.items() if value} == said
        assert all(
            value.strip()[:1] not in "=+-@\uff1d\uff0b\uff0d\uff20"
            for value in row.values()
            if value
        )

    listed = json.loads(written(chapters, timeline))["chapters"]
    names = [segment.text for segment in timeline if segment.kind == "exercise.started"]
    assert [each["title"] for each in listed] == [timeline.routine.name, *names]
    assert unescaped(written(ffmetadata, timeline)) == [
        (round(each["startTime"] * 1000), round(each["endTime"] * 1000), each["title"])
        for each in listed
    ]


def ms(clock: str) -> int:
    """Return an instant of a caption in milliseconds."""
    hours, minutes, seconds = clock.split(":")
    return (int(hours) * 60 + int(minutes)) * 60_000 + round(float(seconds) * 1000)


def shown(cell: str) -> str:
    """Return what a spreadsheet shows of a cell: an apostrophe in front only makes it text."""
    return cell[1:] if cell.startswith("'") and len(cell) > 1 else cell


def unescaped(text: str) -> list[tuple[int, int, str]]:
    """Read chapters of ffmetadata by the rules of its documentation."""
    assert text.startswith(";FFMETADATA1\n")
    found: list[dict[str, str]] = []
    for line in text.splitlines()[2:]:
        if line == "[CHAPTER]":
            found.append({})
            continue
        key, _, value = line.partition("=")
        found[-1][key] = "".join(characters(value))
    return [(int(each["START"]), int(each["END"]), each["title"]) for each in found]


def characters(value: str) -> Any:
    """Yield the characters of a value, each with what makes it literal taken off."""
    rest = iter(value)
    for character in rest:
        assert character not in "=;#"
        yield next(rest) if character == "\\" else character


def test_ffmpeg_reads_the_chapters(tmp_path: Path) -> None:
    """The program that the file is for finds the chapters and their titles, whatever signs."""
    ffprobe = needs("ffprobe")
    names = ["a=b;c#d\\e", "[CHAPTER]", "; no comment", "START=0"]
    given = schedule(routine(*(exercise(f"e{i}", name=name) for i, name in enumerate(names))))
    path = tmp_path / "routine.ffmeta"
    path.write_text(written(ffmetadata, given), encoding="utf-8")
    command = [
        ffprobe,
        "-v",
        "error",
        "-show_chapters",
        "-of",
        "json",
        "-f",
        "ffmetadata",
        str(path),
    ]
    done = subprocess.run(command, capture_output=True, check=True)
    found = json.loads(done.stdout)["chapters"]
    expected = json.loads(written(chapters, given))["chapters"]
    assert [(each["start"], each["end"], each["tags"]["title"]) for each in found] == [
        (each["startTime"] * 1000, each["endTime"] * 1000, each["title"]) for each in expected
    ]
