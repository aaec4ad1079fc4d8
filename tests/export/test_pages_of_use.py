"""The pages on how to use the files: what they tell to type works as it stands."""

from __future__ import annotations

import re
import shlex
import subprocess
from pathlib import Path

import pytest

from supple._voices import SystemVoice
from supple.cli import main

from ..needs import needs_module
from .test_sound import a_voice

for package in ("av", "fit_tool", "icalendar", "numpy"):
    needs_module(package)

HOW_TO = Path(__file__).parents[2] / "docs" / "how-to"
PAGES = (
    "export-a-routine",
    "follow-along-in-a-video",
    "listen-with-a-locked-phone",
    "put-it-in-the-calendar",
    "send-a-plan-to-a-clinic",
    "send-a-routine-as-one-file",
    "take-breaks-with-workrave",
    "train-with-a-watch",
)


@pytest.mark.parametrize("page", PAGES)
def test_what_to_type(page: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """In an empty folder each line does its work, one after the other, and leaves its file."""

    def hum(command: list[str], text: str) -> subprocess.CompletedProcess[bytes]:
        return subprocess.CompletedProcess(command, 0, a_voice(0.5)(text, "en", 1), b"")

    a_program = SystemVoice("espeak-ng", "en", is_say=False)
    monkeypatch.setattr("supple.export._sound._voices.find_voice", lambda _: a_program)
    monkeypatch.setattr("supple.export._sound._voices._run", hum)
    monkeypatch.chdir(tmp_path)
    told = (HOW_TO / f"{page}.md").read_text(encoding="utf-8")
    lines = re.findall(r"^(?:\$ )?(supple (?:export|programme) .*)$", told, re.MULTILINE)
    assert lines
    for line in lines:
        words = shlex.split(line, comments=True)[1:]
        assert main(words) == 0, line
        if "-o" in words and (name := words[words.index("-o") + 1]) != "-":
            assert (tmp_path / name).stat().st_size > 0
