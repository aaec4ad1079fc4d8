"""The example catalog, built and installed as its users would, beside the supple under test."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import sysconfig
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest

import supple

EXAMPLE = Path(__file__).parent.parent / "examples" / "desk_break"

LEFT_BEHIND = shutil.ignore_patterns("__pycache__", ".*", "build", "dist")

RUN = """
import json, supple
from supple.catalog import installed

desk = supple.load_catalog("desk-break")
found = {"installed": installed(), "exercises": sorted(desk), "routines": {}}
for name, routine in desk.routines.items():
    for level in (0.0, 1.0):
        timeline = supple.schedule(routine, level=level)
        events = list(timeline)
        assert len(events) == len(timeline)
        assert events[-1].at_ms == timeline.duration_ms
        found["routines"][f"{name} {level}"] = [str(events[-1].kind), timeline.duration_ms]
print(json.dumps(found))
"""

OFF = """
import supple
try:
    supple.load_catalog("desk-break")
except supple.UnknownNameError as error:
    print(error)
"""


class Place:
    """A copy of the example, and an environment into which it is installed."""

    def __init__(self, folder: Path) -> None:
        self.example = folder / "desk_break"
        self.environment = folder / "environment"
        shutil.copytree(EXAMPLE, self.example, ignore=LEFT_BEHIND)
        has_pip = find_spec("pip") is not None
        without = ["--without-pip"] if has_pip else []  # to have one installed takes long
        self._run(sys.executable, "-m", "venv", *without, self.environment)
        # What this test run can import can be imported there: supple, hatchling, pytest, pip.
        lent = {
            str(Path(supple.__file__).parent.parent),
            *(sysconfig.get_path(name) for name in ("purelib", "platlib")),
        }
        self._path("purelib").joinpath("lent.pth").write_text(
            "".join(f"{each}\n" for each in sorted(lent)), encoding=_pth_encoding()
        )
        options = ("--no-deps", "--no-build-isolation", "--no-index", "--quiet")
        self.python("-m", "pip", "install", "--disable-pip-version-check", *options, ".")

    def python(self, *arguments: str, **variables: str) -> str:
        """Return what Python prints that runs there, in the folder of the example."""
        python = self._path("scripts") / ("python.exe" if os.name == "nt" else "python")
        return self._run(python, *arguments, **variables)

    def _path(self, name: str) -> Path:
        base = str(self.environment)
        return Path(sysconfig.get_path(name, "venv", {"base": base, "platbase": base}))

    def _run(self, *command: str | Path, **variables: str) -> str:
        done = subprocess.run(
            command,
            cwd=self.example,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            encoding="utf-8",
            env={**os.environ, "PYTHONSAFEPATH": "1", "PYTHONUTF8": "1", **variables},
            timeout=120,
            check=False,
        )
        assert done.returncode == 0, done.stdout
        return done.stdout


def _pth_encoding() -> str:
    """Return how Python reads a .pth file: in UTF-8 from 3.13 on, as the locale has it before."""
    return "utf-8" if sys.version_info >= (3, 13) else "locale"


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Place:
    """Install the example once for all tests here."""
    return Place(tmp_path_factory.mktemp("desk_break"))


def test_installed_example_runs(place: Place) -> None:
    """The catalog is found by its name, and both routines run to their end at both levels."""
    found: dict[str, Any] = json.loads(place.python("-c", RUN))
    assert {"desk-break", "lower-back"} <= set(found["installed"])
    assert found["exercises"] == [
        "chest-stretch",
        "chin-tucks",
        "neck-side-bends",
        "neck-turns",
        "shoulder-blade-squeeze",
        "shoulder-rolls",
        "upper-back-extension",
        "wrist-stretch",
    ]
    assert found["routines"] == {
        "desk-break 0.0": ["routine.ended", 262_000],
        "desk-break 1.0": ["routine.ended", 292_000],
        "two-minutes 0.0": ["routine.ended", 123_000],
        "two-minutes 1.0": ["routine.ended", 129_000],
    }


def test_installed_example_can_be_switched_off(place: Place) -> None:
    """The environment variable hides the catalog, and the message says what there is."""
    message = place.python("-c", OFF, SUPPLE_DISABLE_PLUGINS="desk-break")
    assert "desk-break" in message
    assert "lower-back" in message


def test_own_tests_of_the_example_pass(place: Place) -> None:
    """What the author of the catalog tests holds for the catalog as it is installed."""
    printed = place.python("-m", "pytest", "-q", "-p", "no:cacheprovider")
    assert " passed" in printed
    assert "skipped" not in printed
