"""What would be released: the files in it, and what each extra brings to a fresh environment.

`nox -s release` builds both distributions into dist and runs this.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tarfile
import tomllib
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import uv

if TYPE_CHECKING:
    from collections.abc import Iterable

ROOT = Path(__file__).parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
EXTRAS = PROJECT["optional-dependencies"]
[WHEEL] = (ROOT / "dist").glob("*.whl")
[SDIST] = (ROOT / "dist").glob("*.tar.gz")
with zipfile.ZipFile(WHEEL) as wheel:
    [ABOUT] = (wheel.read(name).decode() for name in wheel.namelist() if "/METADATA" in name)

REQUIRES = re.findall(r"^Requires-Dist: ([^;\n]*)(?:;.* == '(.*)')?$", ABOUT, re.MULTILINE)
"""What the wheel requires, each with the extra for which it does."""

BEGIN = """
import io
import supple
back = supple.load_catalog("lower-back")
timeline = supple.schedule(back.routines["in-bed"])
stream = io.BytesIO()
"""
PROMISES = {
    "apscheduler": "import supple.timers.apscheduler",
    "arrow": """
from supple.columns import to_arrow, to_numpy
from supple.export import arrow, parquet
assert sum(batch.num_rows for batch in to_arrow(timeline)) == len(timeline)
to_numpy(timeline)
for format in (arrow, parquet):
    format.write(timeline, stream)
""",
    "audio": """
from supple.export import m4b, mp3, opus, wav
turn = supple.schedule(supple.Routine("turn", items=[back["knee-rolls"]]))
for format in (m4b, mp3, opus, wav):
    format.write(turn, stream, speak=None)
""",
    "calendar": "from supple.export import ics; ics.write(timeline, stream, zone='Europe/Berlin')",
    "cli": """
from supple.cli import main
import supple.cli._playing.on_screen
assert main(["list"]) == main(["show", "lower-back"]) == main(["stats"]) == 0
""",
    "garmin": "from supple.export import fit; fit.write(timeline, stream)",
    "log": "from supple.planning import Log; assert [*Log()] == []",
    "mqtt": """
from supple.mqtt import Bridge
Bridge(supple.Player(timeline), host="localhost", topic="supple").close()
""",
    "pictures": """
import supple.cli._playing.on_screen
from resvg_py import svg_to_bytes
from textual_image import renderable, widget
from textual_image._terminal import get_cell_size
from supple.figures import draw_svg, stage_for
poses = back["bridge"].poses
picture = draw_svg(poses[0], stage=stage_for(poses, width=99, height=99), has_style=False)
assert svg_to_bytes(picture, width=99)[1:4] == b"PNG"
""",
    "postgres": """
from supple.timers.live import Worker
import psycopg
assert psycopg.pq.__impl__ == "binary"
""",
    "programme": """
from datetime import date
from supple.planning import Programme
Programme(back.routines["in-bed"], starts=date(2027, 3, 22), zone="Europe/Berlin", days=3)
""",
    "qt": "import supple.timers.qt",
    "spreadsheet": """
from contextlib import suppress
from supple.catalog import spreadsheet
with suppress(supple.CatalogError):  # it is no Excel file
    spreadsheet.read("exercises.xlsx", b"")
""",
    "testing": """
import supple.testing
from supple.testing import strategies
assert "routines" in dir(strategies)
supple.testing.catalog_conformance
""",
    "trio": "import supple.timers.trio",
    "twisted": "import supple.timers.twisted",
}
"""What can be done with an extra. Without it, that is refused with its name."""

WITHOUT = {"pictures", "programme"}
"""Those without which nothing is refused: others are drawn, and Windows alone lacks zones."""

ALONG = {"pictures": "cli,pictures"}
"""Those that do nothing by themselves, with what they go along with."""

SUFFIXES = {".css", ".js", ".md", ".py", ".pyi", ".tcss", ".toml", ".typed"}


# --- what is in them --------------------------------------------------------------------


def test_the_wheel_is_the_package_and_nothing_else() -> None:
    """Every file of the source is in the wheel, and no file besides: data, pages, types."""
    source = ROOT / "src"
    there = {
        path.relative_to(source).as_posix()
        for path in source.rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    with zipfile.ZipFile(WHEEL) as wheel:
        names = {name for name in wheel.namelist() if not name.endswith("/")}
        [folder] = {name.partition("/")[0] for name in names} - {"supple"}
    assert {name for name in names if name.startswith("supple/")} == there
    assert folder == f"supple-{PROJECT['version']}.dist-info"
    assert {"supple/py.typed", "supple/catalog/data/lower_back/catalog.toml"} <= there
    assert {Path(name).suffix for name in there} == SUFFIXES
    assert f"{folder}/licenses/LICENSE" in names
    assert set(re.findall("^Provides-Extra: (.*)$", ABOUT, re.MULTILINE)) == {*EXTRAS}


def test_the_sdist_has_what_a_packager_needs() -> None:
    """Source, tests, pages and the files beside them are there, and nothing that tools made."""
    with tarfile.open(SDIST) as sdist:
        names = {name.partition("/")[2] for name in sdist.getnames()}
    beside = {"CHANGELOG.md", "CONTRIBUTING.md", "LICENSE", "README.md", "SECURITY.md"}
    assert beside <= names
    assert {".ci/run", ".github/workflows/checks.yml", ".pre-commit-config.yaml"} <= names
    assert {"src/supple/py.typed", "tests/release_dist.py", "docs/index.md"} <= names
    made = {"__pycache__", ".venv", ".nox", "build", "dist", ".hypothesis", ".pytest_cache"}
    assert not [name for name in names if made & {*name.split("/")} or name.endswith(".pyc")]


# --- what they bring --------------------------------------------------------------------


def environment(folder: Path, requirements: Iterable[str]) -> Path:
    """Make an environment with the wheel in it, and return its Python."""
    python = folder / ("Scripts" if os.name == "nt" else "bin") / "python"
    program = uv.find_uv_bin()
    subprocess.run([program, "venv", "-q", "--python", sys.executable, str(folder)], check=True)
    install = [program, "pip", "install", "-q", "--python", str(python), *requirements]
    subprocess.run(install, check=True)
    return python


def run(python: Path, code: str, home: Path) -> subprocess.CompletedProcess[str]:
    """Run code in an environment, in a home of its own."""
    command = [str(python), "-P", "-W", "error", "-c", BEGIN + code]
    given = os.environ | {"HOME": str(home), "XDG_DATA_HOME": str(home), "NO_COLOR": "1"}
    return subprocess.run(command, env=given, capture_output=True, text=True, check=False)


@pytest.fixture(scope="module")
def bare(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the Python of an environment with the wheel and no extra."""
    return environment(tmp_path_factory.mktemp("bare") / "env", [str(WHEEL)])


def test_every_extra_promises_something() -> None:
    """No extra is without a promise, and no promise without an extra."""
    assert PROMISES.keys() == EXTRAS.keys() - {"all"}


def test_one_extra_is_all_of_them() -> None:
    """The extra `all` requires what all the others do."""
    others = {bound for bound, extra in REQUIRES if extra in PROMISES}
    assert {bound for bound, extra in REQUIRES if extra == "all"} == others


def test_without_an_extra(bare: Path, tmp_path: Path) -> None:
    """The package alone brings two others, and lays out a routine."""
    code = """
from importlib.metadata import distributions
print(*sorted(each.name for each in distributions()))
print(supple.__version__, len(timeline))
"""
    done = run(bare, code, tmp_path)
    names, told = done.stdout.splitlines()
    assert names == "attrs importlib_resources supple"
    assert told.split()[0] == PROJECT["version"]


@pytest.mark.parametrize("extra", sorted(PROMISES.keys() - WITHOUT))
def test_what_is_refused_without_the_extra(extra: str, bare: Path, tmp_path: Path) -> None:
    """Without the extra the error names it, and says how to install it."""
    done = run(bare, PROMISES[extra], tmp_path)
    assert done.returncode == 1
    *_, last = done.stderr.splitlines()
    assert last.startswith("supple._errors.MissingExtraError: this needs the package ")
    assert last.endswith(f", which is not installed: pip install 'supple[{extra}]'")


@pytest.mark.parametrize("age", ["newest", "oldest"])
@pytest.mark.parametrize("extra", PROMISES)
def test_what_an_extra_brings(extra: str, age: str, tmp_path: Path) -> None:
    """With it, in the newest and in the oldest versions admitted, what it promises works."""
    extras = ALONG.get(extra, extra)
    wanted = [f"supple[{extras}] @ {WHEEL.as_uri()}"]
    if age == "oldest":
        needed = {"", *extras.split(",")}
        wanted += [bound.replace(">=", "==") for bound, of in REQUIRES if of in needed]
    done = run(environment(tmp_path / "env", wanted), PROMISES[extra], tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
