"""The example `pygame_window.py`, with frames from a clock of the test's own and from pygame's."""

from __future__ import annotations

import runpy
import subprocess
import sys
from itertools import count
from pathlib import Path
from typing import Any

import pytest

import supple
from tests.needs import needs_module

needs_module("pygame")

EXAMPLE = Path(__file__).parent.parent / "examples" / "pygame_window.py"
TIMELINE = supple.schedule(supple.load_catalog("lower-back").routines["in-bed"])
TEXTS = [segment.text for segment in TIMELINE.segments()]


@pytest.fixture
def example(monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """Return what the example defines, with pygame told to do without a screen."""
    monkeypatch.setenv("PYGAME_HIDE_SUPPORT_PROMPT", "1")
    monkeypatch.setenv("SDL_VIDEODRIVER", "dummy")
    return runpy.run_path(str(EXAMPLE))


@pytest.mark.parametrize("frame_ms", [16, 700])
def test_frames_show_every_instruction(
    frame_ms: int, example: dict[str, Any], capsys: pytest.CaptureFixture[str]
) -> None:
    """However long a frame is, each instruction comes once, and the last frame is the end."""
    clock = count(0, frame_ms)
    moments = list(example["frames"](supple.Player(TIMELINE), lambda: next(clock)))
    assert capsys.readouterr().out.splitlines() == TEXTS
    offsets = [moment.at_ms for moment in moments]
    assert offsets == sorted(offsets)
    assert offsets[0] == frame_ms
    assert TIMELINE.duration_ms - offsets[-1] < 2 * frame_ms


def test_what_a_frame_looks_like(example: dict[str, Any]) -> None:
    """The bar is as full as the segment is over."""
    import pygame

    pygame.font.init()
    try:
        screen = pygame.Surface(example["SIZE"])
        segment = next(TIMELINE.segments())
        half = supple.Moment(segment.duration_ms // 2, segment, None)
        example["draw"](screen, half)
        left = (screen.get_width() - 600) // 2
        row = [screen.get_at((left + x, 405)) for x in (10, 290, 310, 590)]
    finally:
        pygame.quit()
    full, track = pygame.Color(example["FULL"]), pygame.Color(example["FAINT"])
    assert row == [full, full, track, track]


def test_the_window_plays_to_the_end(monkeypatch: pytest.MonkeyPatch) -> None:
    """The real window and the real clock bring every instruction, and the window closes."""
    monkeypatch.setenv("PYGAME_HIDE_SUPPORT_PROMPT", "1")
    monkeypatch.setenv("SDL_VIDEODRIVER", "dummy")
    done = subprocess.run(
        [sys.executable, EXAMPLE, "100"], capture_output=True, text=True, timeout=60, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.splitlines() == TEXTS
