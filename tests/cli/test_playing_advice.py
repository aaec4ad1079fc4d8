"""Advice before the first time, and where it is remembered that it was shown."""

import os
from pathlib import Path

import pytest

from supple import Advice, Exercise, Hold, Routine
from supple.cli._playing.advice import ShownAdvice, safety_advice, state_folder

STOP = Advice("stop", text="Stop if it hurts.")
HELP = Advice("emergency", text="Get help if your chest hurts.")


def test_what_is_shown_first() -> None:
    """When to stop comes first, then when to get help at once; the rest is for reading up."""
    up = Exercise(
        "up", name="Up", kind="stretch", position="standing", cycle=[Hold("Up", seconds=3)]
    )
    general = Advice("general", text="Drink water.")
    assert safety_advice(Routine("day", items=[up], advice=[general, HELP, STOP])) == (STOP, HELP)
    assert safety_advice(Routine("day", items=[up])) == ()


def test_remembering(tmp_path: Path) -> None:
    """Each set of advice is remembered by itself, and nothing but a fingerprint is stored."""
    folder = tmp_path / "new" / "supple"
    shown = ShownAdvice(folder)
    assert [STOP] not in shown
    shown.add([STOP])
    shown.add([STOP])
    assert [STOP] in ShownAdvice(folder)
    assert [STOP, HELP] not in shown
    shown.add([STOP, HELP])
    [file] = folder.iterdir()
    assert file.name == "advice-shown"
    assert [len(line) for line in file.read_text().splitlines()] == [16, 16]


def test_nowhere_to_remember(tmp_path: Path) -> None:
    """Where nothing can be stored or read, the advice is shown again."""
    (tmp_path / "file").touch()
    (tmp_path / "folder" / "advice-shown").mkdir(parents=True)
    for folder in (None, tmp_path / "file", tmp_path / "folder"):
        shown = ShownAdvice(folder)
        shown.add([STOP])
        assert [STOP] not in shown
    assert [each.name for each in (tmp_path / "folder").iterdir()] == ["advice-shown"]


@pytest.mark.parametrize(
    ("environment", "platform", "folder"),
    [
        ({"XDG_STATE_HOME": "/s", "HOME": "/h"}, "linux", "/s/supple"),
        ({"XDG_STATE_HOME": "s", "HOME": "/h"}, "linux", "/h/.local/state/supple"),
        ({"HOME": "/h"}, "darwin", "/h/Library/Application Support/supple"),
        ({}, "linux", None),
        ({"LOCALAPPDATA": "/l"}, "win32", "/l/supple"),
        ({"HOME": "/h"}, "win32", None),
    ],
)
@pytest.mark.skipif(os.name != "posix", reason="has paths as POSIX has them")
def test_folder(environment: dict[str, str], platform: str, folder: str | None) -> None:
    """Each platform has its own folder for state, and XDG_STATE_HOME names another."""
    assert state_folder(environment, platform=platform) == (folder and Path(folder))
