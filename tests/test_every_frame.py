"""The example `every_frame.py`, with frames from a clock of the test's own."""

from __future__ import annotations

import runpy
from itertools import count
from pathlib import Path

import pytest

import supple

EXAMPLE = Path(__file__).parent.parent / "examples" / "every_frame.py"


@pytest.mark.parametrize("frame_ms", [16, 700])
def test_frames_show_every_instruction(frame_ms: int, capsys: pytest.CaptureFixture[str]) -> None:
    """However long a frame is, each instruction comes once, and the last frame is the end."""
    frames = runpy.run_path(str(EXAMPLE))["frames"]
    timeline = supple.schedule(supple.load_catalog("lower-back").routines["in-bed"])
    clock = count(0, frame_ms)
    moments = list(frames(supple.Player(timeline), lambda: next(clock)))
    assert capsys.readouterr().out.splitlines() == [each.text for each in timeline.segments()]
    offsets = [moment.at_ms for moment in moments]
    assert offsets == sorted(offsets)
    assert offsets[0] == frame_ms
    assert timeline.duration_ms - offsets[-1] < 2 * frame_ms
