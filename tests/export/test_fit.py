"""A workout for a watch: read by another reader, step by step."""

from __future__ import annotations

import io
import sys
from typing import Any

import pytest
from hypothesis import given

from supple import (
    Circuit,
    ExportError,
    Hold,
    MissingExtraError,
    Prescription,
    Routine,
    Step,
    Timeline,
    load_catalog,
    schedule,
)
from supple.export import fit

from ..needs import needs_module
from .routines import exercise, hostile_routines, routine

needs_module("fit_tool")
needs_module("fitdecode")

import fitdecode  # noqa: E402 - as above


def read(timeline: Timeline, **options: Any) -> dict[str, list[dict[str, Any]]]:
    """Return the messages of a workout by their names, as another reader finds them."""
    stream = io.BytesIO()
    fit.write(timeline, stream, **options)
    found: dict[str, list[dict[str, Any]]] = {}
    with fitdecode.FitReader(
        io.BytesIO(stream.getvalue()), check_crc=fitdecode.CrcCheck.RAISE
    ) as it:
        for frame in it:
            if isinstance(frame, fitdecode.FitDataMessage):
                said = {
                    field.name: field.value for field in frame.fields if field.value is not None
                }
                found.setdefault(frame.name, []).append(said)
    return found


def played(steps: list[dict[str, Any]]) -> list[tuple[str, float | None]]:
    """Return what a watch shows for how many seconds, going through the steps as it does."""
    shown: list[tuple[str, float | None]] = []
    at = 0
    left: dict[int, int] = {}
    while at < len(steps):
        step = steps[at]
        if step["duration_type"] == "repeat_until_steps_cmplt":
            left.setdefault(at, step["repeat_steps"])
            left[at] -= 1
            at = step["duration_step"] if left[at] else at + 1
        else:
            shown.append((step["wkt_step_name"], step.get("duration_time")))
            at += 1
    return shown


@pytest.fixture(scope="module")
def timeline() -> Timeline:
    """Return the bundled routine, laid out in time."""
    return schedule(load_catalog("lower-back").routines["lower-back"])


def test_a_watch_finds_every_segment(timeline: Timeline) -> None:
    """Each step, hold and rest is a step with its name, its seconds, and whether it is a rest."""
    found = read(timeline)
    [file], [workout], steps = found["file_id"], found["workout"], found["workout_step"]
    assert (file["type"], workout["sport"], workout["sub_sport"]) == (
        "workout",
        "training",
        "flexibility_training",
    )
    assert workout["wkt_name"] == "Lower back"
    segments = [*timeline.segments()]
    assert workout["num_valid_steps"] == len(steps) == len(segments)
    assert [step["message_index"] for step in steps] == [*range(len(steps))]
    assert [step["duration_time"] * 1000 for step in steps] == [s.duration_ms for s in segments]
    assert [step["intensity"] for step in steps] == [
        "rest" if segment.why else "active" for segment in segments
    ]
    assert steps[2]["wkt_step_name"] == "Roll both knees slowly to the left"
    assert steps[3]["wkt_step_name"] == "left: Keep both shoulders flat and breathe normally"
    assert steps[3]["notes"] == "Knee rolls · left"
    assert steps[11]["notes"] == "Pelvic tilts · 1 of 8"


def test_repeats_play_the_same(timeline: Timeline) -> None:
    """Grouped, there are fewer steps, and a watch goes through the very same ones."""
    flat, grouped = read(timeline)["workout_step"], read(timeline, repeats=True)["workout_step"]
    assert len(grouped) < len(flat) / 2
    assert played(grouped) == played(flat)


def test_a_step_until_ready_is_open() -> None:
    """A step that waits for the person has no time; others have it to the millisecond."""
    get_up = Step("Get up", until_ready=True)
    given = schedule(routine(exercise(cycle=[get_up, Hold("Keep", seconds=4.007)])))
    _, opened, hold = read(given)["workout_step"]
    assert (opened["duration_type"], opened.get("duration_time")) == ("open", None)
    assert (hold["duration_type"], hold["duration_time"]) == ("time", 4.007)


def test_long_texts_are_cut_at_a_character() -> None:
    """A name that is too long for its field ends with a whole character."""
    given = schedule(routine(exercise(cycle=[Hold("ä" * 500, seconds=4)]), name="日" * 200))
    found = read(given)
    assert found["workout_step"][1]["wkt_step_name"] == "ä" * 127
    assert found["workout"][0]["wkt_name"] == "日" * 84
    assert fit.lost(given)[-1] == "the ends of long texts"


def test_too_many_steps() -> None:
    """More steps than any watch takes are refused by arithmetic."""
    endless = schedule(routine(Circuit([exercise()], rounds=10**12)))
    with pytest.raises(ExportError, match="fit: must have at most 10,000 steps, holds and rests"):
        read(endless)
    assert "the ends of long texts" not in fit.lost(endless)


def test_without_the_extra(timeline: Timeline, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where fit-tool is missing, the error names the extra."""
    monkeypatch.setitem(sys.modules, "fit_tool", None)
    with pytest.raises(MissingExtraError, match=r"package fit-tool, .*'supple\[garmin\]'"):
        read(timeline)


def test_the_load_and_the_note_stand_below() -> None:
    """A step has the load below it with the exercise, and where that begins its note."""
    noted = Prescription(exercise(reps=2), note="Slowly", load="2 kg")
    steps = read(schedule(routine(noted)))["workout_step"]
    assert [each.get("notes") for each in steps] == [
        *(None, "Reach · 2 kg · 1 of 2 · Slowly", "Reach · 2 kg · 2 of 2")
    ]


def test_what_is_lost(timeline: Timeline) -> None:
    """A watch has the steps and their counts, and neither cues nor advice."""
    lost = fit.lost(timeline)
    assert "the advice" in lost
    assert "the counts of repetitions, sets and rounds" not in lost


@given(hostile_routines())
def test_no_text_alters_the_structure(hostile: Routine) -> None:
    """Whatever the texts, the reader finds the steps, the names, and the same when grouped."""
    timeline = schedule(hostile)
    steps = read(timeline)["workout_step"]
    for step, segment in zip(steps, timeline.segments(), strict=True):
        assert step["wkt_step_name"].endswith(segment.text)
        assert (step["duration_type"] == "open") is segment.open
    assert played(read(timeline, repeats=True)["workout_step"]) == played(steps)
