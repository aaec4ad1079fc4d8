"""What a release says of itself: its version, its changelog, what is stable."""

from __future__ import annotations

import pkgutil
import re
import tomllib
from datetime import date
from importlib import import_module
from pathlib import Path

import supple
from supple import Player, load_catalog, schedule
from supple.export import event_lines

ROOT = Path(__file__).parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
CHANGELOG = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
STABILITY = (ROOT / "docs" / "reference" / "stability.md").read_text(encoding="utf-8")
TYPES = {"Added", "Changed", "Deprecated", "Removed", "Fixed", "Security"}


def test_the_changelog_has_the_version_and_its_day() -> None:
    """It begins with what is unreleased, then come the versions with their days, newest first."""
    unreleased, *released = re.findall("^## (.*)$", CHANGELOG, re.MULTILINE)
    assert unreleased == "Unreleased"
    versions = [each.split(" - ") for each in released]
    days = [date.fromisoformat(day) for _, day in versions]
    assert days == sorted(days, reverse=True)
    assert PROJECT["version"] == supple.__version__
    coming = re.findall("^(.*) will be the first release.$", CHANGELOG, re.MULTILINE)
    assert [*coming, *(version for version, _ in versions)][0] == PROJECT["version"]
    assert {*re.findall("^### (.*)$", CHANGELOG, re.MULTILINE)} <= TYPES


def test_the_changelog_says_nothing_twice() -> None:
    """Each line says something of its own, in a whole sentence."""
    lines = [line for line in CHANGELOG.splitlines() if line.startswith("- ")]
    assert len({*lines}) == len(lines)
    whole = re.findall(r"^- .*(?:\n  .*)*", CHANGELOG, re.MULTILINE)
    assert [each for each in whole if not each.endswith((".", "`"))] == []


def test_the_public_modules_are_named() -> None:
    """The page names every package that has no underscore, but for the command line."""
    found = {name for _, name, is_package in pkgutil.iter_modules(supple.__path__) if is_package}
    row = re.search(
        r"^\| names imported from `supple` and from (.*), with", STABILITY, re.MULTILINE
    )
    assert row is not None
    told = {name.removeprefix("supple.") for name in re.findall("`(.*?)`", row[1])}
    assert told == {name for name in found if not name.startswith("_")} - {"cli"}


def test_the_versions_of_the_files() -> None:
    """The table has the versions that the code writes."""
    told = re.findall(r"^\| (.*) \| `format` \| (\d+) \|$", STABILITY, re.MULTILINE)
    player = Player(schedule(load_catalog("lower-back")["bridge"]))
    assert {name: int(version) for name, version in told} == {
        "catalog, exercise, routine, programme, translation": import_module(
            "supple.catalog._format"
        ).FORMAT.version,
        "event line": event_lines.FORMAT,
        "snapshot of a player": player.snapshot()["format"],
        "line of a log": import_module("supple.planning._log").FORMAT,
    }


def test_the_versions_of_python_that_are_tested() -> None:
    """Metadata, the page and the jobs of CI name the same ones; the README the first."""
    form = r"Programming Language :: Python :: (3\.\d+)"
    named = [m[1] for each in PROJECT["classifiers"] if (m := re.fullmatch(form, each))]
    jobs = (ROOT / ".github" / "workflows" / "checks.yml").read_text(encoding="utf-8")
    assert f"python: {named}".replace("'", '"') in jobs
    assert f"tested with CPython {named[0]} to {named[-1]} on Linux" in STABILITY
    assert f"Python {named[0]} or later" in (ROOT / "README.md").read_text(encoding="utf-8")
    assert PROJECT["requires-python"] == f">={named[0]}"


def test_where_things_go_is_there() -> None:
    """Each file and folder that CONTRIBUTING names by its path is there."""
    text = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    named = re.findall(r"`([\w.-]+/[\w./-]*)`", text)
    roots = (ROOT, ROOT / "src" / "supple")
    assert [each for each in named if not any((root / each).exists() for root in roots)] == []


def test_ci_installs_what_the_tests_need() -> None:
    """Each program that a test may need is looked for, and installed, by the job of CI."""
    comes_with = {
        "ffmpeg": "ffprobe",
        "mosquitto_passwd": "mosquitto",
        "pdfinfo": "pdftoppm",
        "pdftotext": "pdftoppm",
    }
    script = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    needed = set()
    for path in (ROOT / "tests").rglob("*.py"):
        found = re.findall(r'\bneeds\("([\w-]+)"\)', path.read_text(encoding="utf-8"))
        needed |= {comes_with.get(each, each) for each in found}
    needed.discard("runuser")  # every Debian has it
    looked_for = {*re.findall(r"([\w-]+)'? >/dev/null .*packages\+=", script)}
    assert needed - looked_for == set()
