"""Catalogs out of real wheels: built, installed by pip, and met by a fresh interpreter."""

from __future__ import annotations

import ensurepip
import json
import os
import subprocess
import sys
from collections import Counter
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest

from tests.catalog.files import CATALOG, SQUAT, write_folder

PROJECT = """
[build-system]
requires = ["hatchling"]
build-backend = "hatchling.build"

[project]
name = "supple-{name}"
version = "1.0"
requires-python = ">=3.11"

[project.entry-points."supple.catalogs"]
{point}

[tool.hatch.build.targets.wheel]
packages = ["{package}"]
"""

NOTE = """
import os
with open(os.environ["IMPORTED"], "a") as file:
    print(__name__, file=file)
"""
"""What every package here does first when it is imported: it leaves a mark."""

BUILD = """
import os, sys
from hatchling.build import build_wheel
wheels, *sources = sys.argv[1:]
for source in sources:
    os.chdir(source)
    build_wheel(wheels)
"""

CODE = {
    "good": "",
    "hollow": "",
    "leaving": "import sys; sys.exit(3)",
    "named": "",
    "pointing": "",
    "raising": "raise ValueError('boom')",
    "slow": "",  # whatever takes long is as good as its mark: no other catalog waits for it
    "twin-one": "",
    "twin-two": "",
    "zipped": "",
}
"""What each package goes on to do, by the name of its distribution without ``supple-``."""

POINTS = {
    "named": """'Neck care' = "named_catalog" """,
    "pointing": """pointing = "pointing_catalog:catalog" """,
}
"""The entry points that say something else than a name and a package."""

OFFERED = [
    "good",
    "hollow",
    "leaving",
    "lower-back",
    "pointing",
    "raising",
    "slow",
    "twin",
]

MALFORMED = {
    "supple_malformed/__init__.py": NOTE,
    "supple_malformed-1.0.dist-info/METADATA": (
        "Metadata-Version: 2.1\nName: supple-malformed\nVersion: 1.0\n"
    ),
    "supple_malformed-1.0.dist-info/entry_points.txt": "[supple.catalogs]\nsupple_malformed\n",
}
"""What no builder makes and pip refuses, but other tools may leave: a line that is no entry."""


def write_source(folder: Path, name: str) -> None:
    """Write the source of a distribution that offers a catalog."""
    package, catalog = f"{name}_catalog".replace("-", "_"), name.partition("-")[0]
    point = POINTS.get(name, f'{catalog} = "{package}"')
    routine = {"id": "two", "items": [{"exercise": "squat", "reps": 2}]}
    document = CATALOG | {"name": catalog, "routines": [routine]}
    files = {"__init__.py": f"{NOTE}\n{CODE[name]}\n"}
    if name != "hollow":
        files |= {"catalog.json": json.dumps(document), "exercises/squat.json": json.dumps(SQUAT)}
    write_folder(folder / package, files)
    project = PROJECT.format(name=name, point=point, package=package)
    write_folder(folder, {"pyproject.toml": project})


class Site:
    """A folder into which pip has installed the wheels, and one wheel that stays zipped."""

    def __init__(self, folder: Path) -> None:
        self.imported = folder / "imported.txt"
        self.folder, wheels = folder / "site", folder / "wheels"
        sources = [folder / "sources" / name for name in CODE]
        for source in sources:
            write_source(source, source.name)
        self._start([], "-c", BUILD, wheels, *sources)
        self.zipped = wheels / "supple_zipped-1.0-py3-none-any.whl"
        # Where there is no pip, Python has one in reserve.
        bundled = [] if find_spec("pip") else Path(ensurepip.__file__).parent.glob("*/pip-*.whl")
        options = ("--no-deps", "--no-index", "--no-compile", "--disable-pip-version-check")
        unpacked = [path for path in wheels.iterdir() if path != self.zipped]
        target = ("--quiet", "--target", self.folder)
        self._start([*bundled], "-m", "pip", "install", *options, *target, *unpacked)
        write_folder(self.folder, MALFORMED)

    def run(self, code: str, *path: Path, switched_off: str = "") -> Any:
        """Return what a fresh interpreter prints as JSON that finds the installed wheels."""
        return json.loads(self.python("-c", code, path=path, switched_off=switched_off).stdout)

    def python(
        self, *words: str, path: tuple[Path, ...] = (), switched_off: str = "", status: int = 0
    ) -> subprocess.CompletedProcess[str]:
        """Return what such an interpreter did."""
        self.imported.write_text("")
        variables = {"SUPPLE_DISABLE_PLUGINS": switched_off, "IMPORTED": str(self.imported)}
        return self._start([self.folder, *path], *words, status=status, **variables)

    def packages(self) -> list[str]:
        """Return the packages that the last interpreter imported, in order."""
        return self.imported.read_text().split()

    def _start(
        self, path: list[Path], *words: str | Path, status: int = 0, **variables: str
    ) -> subprocess.CompletedProcess[str]:
        paths = [*map(str, path), *filter(None, [os.environ.get("PYTHONPATH")])]
        variables |= {"PYTHONPATH": os.pathsep.join(paths), "PYTHONUTF8": "1"}
        done = subprocess.run(
            [sys.executable, "-P", *words],
            capture_output=True,
            encoding="utf-8",
            env=os.environ | variables,
            timeout=120,
            check=False,
        )
        assert done.returncode == status, done.stdout + done.stderr
        return done


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """Build and install the wheels once."""
    return Site(tmp_path_factory.mktemp("plugins"))


STREAM = """
import json, supple
from supple.catalog import installed

catalog = supple.load_catalog(NAME)
events = [*supple.schedule(catalog.routines["two"])]
print(json.dumps({"names": installed(), "events": [f"{e.at_ms} {e.kind}" for e in events]}))
"""

EVENTS = [
    "0 routine.started",
    "0 rest.started",
    "2000 cue.countdown",
    "3000 cue.countdown",
    "4000 cue.countdown",
    "5000 rest.ended",
    "5000 exercise.started",
]


def test_the_good_one_streams(site: Site) -> None:
    """A good catalog streams its events beside the bad ones, none of which is imported."""
    found = site.run(STREAM.replace("NAME", "'good'"))
    assert found["names"] == OFFERED
    assert found["events"][: len(EVENTS)] == EVENTS
    assert found["events"][-1] == "17000 routine.ended"
    assert site.packages() == ["good_catalog"]


def test_a_wheel_that_stays_zipped(site: Site) -> None:
    """A wheel that Python imports as it is, a zip file on its path, streams like any other."""
    found = site.run(STREAM.replace("NAME", "'zipped'"), site.zipped)
    assert found["names"] == sorted([*OFFERED, "zipped"])
    assert found["events"][: len(EVENTS)] == EVENTS
    assert site.packages() == ["zipped_catalog"]


def test_asking_for_names_imports_none(site: Site) -> None:
    """Importing supple, every public name of its catalogs included, and listing import none."""
    code = """
import json, supple, supple.catalog
from supple.catalog import *
print(json.dumps([supple.catalog.installed(), supple.load_catalog("lower-back").name]))
"""
    assert site.run(code) == [OFFERED, "lower-back"]
    assert site.packages() == []


FAILURES = {
    "Neck care": """\
catalog Neck care of supple-named 1.0 cannot be read: 1 problem
  supple-named 1.0: entry point: must be words of a-z and 0-9 joined by hyphens, such as \
'knee-rolls', of at most 64 characters (got 'Neck care')""",
    "entry points of supple-malformed 1.0": """\
catalog entry points of supple-malformed 1.0 cannot be read: 1 problem
  supple-malformed 1.0: entry_points.txt: must be readable, but reading it raised """,
    "hollow": """\
catalog hollow of supple-hollow 1.0 cannot be read: 2 problems
  catalog.toml: must be a file
  exercises: must be a folder""",
    "leaving": """\
catalog leaving of supple-leaving 1.0 cannot be read: 1 problem
  supple-leaving 1.0: entry point leaving: must be a package that can be imported, \
but importing leaving_catalog raised SystemExit(3)""",
    "pointing": """\
catalog pointing of supple-pointing 1.0 cannot be read: 1 problem
  supple-pointing 1.0: entry point pointing: must be the name of a package \
(got 'pointing_catalog:catalog')""",
    "raising": """\
catalog raising of supple-raising 1.0 cannot be read: 1 problem
  supple-raising 1.0: entry point raising: must be a package that can be imported, \
but importing raising_catalog raised ValueError('boom')""",
    "twin": """\
catalog twin cannot be read: 1 problem
  installed distributions: entry point twin: must be of one distribution only, but is of \
supple-twin-one 1.0 (twin_one_catalog) and supple-twin-two 1.0 (twin_two_catalog)""",
}
"""What is told of each failure, by its key."""

OTHERS_WORDS = "must be readable, but reading it raised "
"""What comes after this is in the words of the Python at hand."""


def ours(message: str) -> str:
    """Return the part of a message that is in our own words."""
    before, said, _ = message.partition(OTHERS_WORDS)
    return before + said


def test_all_failures_at_once(site: Site) -> None:
    """Every failure is returned with its distribution and entry point, in order; none raises."""
    code = """
import json
from supple.catalog import load_errors
print(json.dumps({name: str(error) for name, error in load_errors().items()}))
"""
    told = site.run(code)
    assert list(told) == list(FAILURES)
    assert {name: ours(message) for name, message in told.items()} == FAILURES
    importable = ["good", "hollow", "leaving", "raising", "slow"]
    assert site.packages() == [f"{name}_catalog" for name in importable]


def test_each_failure_alone(site: Site) -> None:
    """Loading a bad catalog raises the same error that is returned for it."""
    code = """
import json, supple
told = {}
for name in ["hollow", "leaving", "pointing", "raising", "twin"]:
    try:
        supple.load_catalog(name)
    except supple.CatalogError as error:
        told[name] = str(error)
print(json.dumps(told))
"""
    told = site.run(code)
    assert told == {name: message for name, message in FAILURES.items() if name in OFFERED}


def test_the_list_shows_the_good_and_names_the_bad(site: Site) -> None:
    """The command prints what it can, tells every failure apart from it, and ends with 1."""
    done = site.python("-m", "supple", "list", "--json", status=1)
    shown = [catalog["name"] for catalog in json.loads(done.stdout)["catalogs"]]
    assert shown == ["good", "lower-back", "slow"]
    lines = [ours(line) for line in done.stderr.splitlines()]
    assert lines == [
        *(line for each in FAILURES.values() for line in f"supple: {each}".splitlines()),
        "supple: to leave catalogs out, name them in SUPPLE_DISABLE_PLUGINS",
    ]


@pytest.mark.parametrize(
    ("value", "names", "errors"),
    [
        ("all", ["lower-back"], []),
        ("good,slow", sorted({*OFFERED} - {"good", "slow"}), list(FAILURES)),
        (
            "hollow, leaving,raising,pointing,Neck care,twin",
            ["good", "lower-back", "slow"],
            ["entry points of supple-malformed 1.0"],
        ),
    ],
)
def test_switched_off(site: Site, value: str, names: list[str], errors: list[str]) -> None:
    """What is switched off is neither offered nor imported, and is no failure."""
    code = """
import json
from supple.catalog import installed, load_errors
print(json.dumps([installed(), [*load_errors()]]))
"""
    assert site.run(code, switched_off=value) == [names, errors]
    off = {f"{name}_catalog" for name in value.replace(",", " ").split()}
    assert off.isdisjoint(site.packages())
    assert (site.packages() == []) == (value == "all")


def test_what_is_read_of_others(site: Site, tmp_path: Path) -> None:
    """Finding opens the entry points of each distribution, and nothing more of most.

    Those that offer a catalog are asked for name and version, once.
    """
    for i in range(20):
        about = {"METADATA": f"Name: other-{i}\n", "RECORD": "", "top_level.txt": f"other_{i}"}
        points = {"entry_points.txt": "[console_scripts]\nother = other:main\n"} if i % 2 else {}
        write_folder(tmp_path / f"other_{i}-1.0.dist-info", about | points)
    code = """
import json, sys, supple
from pathlib import Path
from supple.catalog import installed

supple.load_catalog("lower-back")  # the modules that this needs are loaded
opened = []

def note(event, arguments):
    if event == "open" and Path(str(arguments[0])).is_relative_to(FOLDER):
        opened.append(Path(str(arguments[0])).relative_to(FOLDER).as_posix())

def opened_by(find):
    opened.clear()
    find()
    return sorted(opened)

sys.addaudithook(note)
print(json.dumps([opened_by(installed), opened_by(lambda: supple.load_catalog("lower-back"))]))
"""
    others = [f"other_{i}-1.0.dist-info/entry_points.txt" for i in range(20)]
    foreign = code.replace("FOLDER", repr(str(tmp_path)))
    assert site.run(foreign, tmp_path) == [sorted(others)] * 2
    offering = code.replace("FOLDER", repr(str(site.folder)))
    for opened in site.run(offering, tmp_path):
        read = Counter(path.rpartition("/")[2] for path in opened)
        assert set(read) == {"METADATA", "entry_points.txt"}
        assert read["METADATA"] == len({*opened}) / 2 == len([*site.folder.glob("*.dist-info")])
