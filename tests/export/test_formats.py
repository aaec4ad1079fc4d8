"""The formats that there are: one shape, other packages' formats, files that are whole."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
import threading
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import pytest

from supple import (
    ExportError,
    Problem,
    Routine,
    Timeline,
    UnknownNameError,
    load_catalog,
    schedule,
)
from supple._errors import show
from supple.cli import _lookup, main
from supple.export import Format, _formats as module, formats, load_errors, svg, write_file

from ..needs import needs

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

OWN = formats()


@pytest.fixture(scope="module")
def timeline() -> Timeline:
    """Return the bundled routine, laid out in time."""
    return schedule(load_catalog("lower-back").routines["lower-back"])


# --- the shape of each ------------------------------------------------------------------


@pytest.mark.parametrize("name", OWN)
def test_every_format_has_the_same_shape(name: str) -> None:
    """A format writes bytes, the same each time, leaves the stream open, and says what is lost."""
    to = OWN[name]
    if to.media_type.startswith("audio/"):
        needs("espeak-ng")
    rolls = Routine("rolls", items=[load_catalog("lower-back")["knee-rolls"]])
    timeline = schedule(rolls)
    one, other = io.BytesIO(), io.BytesIO()
    to.write(timeline, one)
    to.write(timeline, other)
    assert one.getvalue()
    assert one.getvalue() == other.getvalue()
    lost = to.lost(timeline)
    assert isinstance(lost, tuple)
    assert all(each.strip() for each in lost)
    assert to.suffix.startswith(".")
    assert to.about
    assert to.distribution is None


def test_the_ending_chooses(tmp_path: Path, timeline: Timeline) -> None:
    """A file has the format that its ending stands for, or the one that is named."""
    assert write_file(timeline, tmp_path / "a.SVG") == svg.lost(timeline) != ()
    assert (tmp_path / "a.SVG").read_text(encoding="utf-8").startswith("<svg")
    write_file(timeline, tmp_path / "b.txt", to="event-lines")
    assert json.loads((tmp_path / "b.txt").read_text().partition("\n")[0])["at_ms"] == 0
    write_file(timeline, tmp_path / "c.ics")
    assert sorted(each.name for each in tmp_path.iterdir()) == ["a.SVG", "b.txt", "c.ics"]


@pytest.mark.parametrize("name", ["a.nothing", ".svg", "svg"])
def test_an_ending_that_stands_for_nothing(name: str, tmp_path: Path, timeline: Timeline) -> None:
    """An ending that no format has is refused, with those that there are."""
    endings = ", ".join(sorted({each.suffix for each in OWN.values()}))
    with pytest.raises(ExportError) as caught:
        write_file(timeline, tmp_path / name)
    assert str(caught.value).startswith(f"path: must end in one of {endings} (got ")
    assert [*tmp_path.iterdir()] == []


def test_an_unknown_format(tmp_path: Path, timeline: Timeline) -> None:
    """A format that nobody brings is refused, with what comes close."""
    with pytest.raises(UnknownNameError, match="no format is named 'svgg'; did you mean 'svg'"):
        write_file(timeline, tmp_path / "a.svg", to="svgg")


@pytest.mark.parametrize("name", ["programme", "translations"])
def test_what_a_format_does_not_take(name: str, tmp_path: Path, timeline: Timeline) -> None:
    """What is given and would not be written is refused, and nothing is begun."""
    given: dict[str, Any] = {"programme": "mine", "translations": [timeline]}
    with pytest.raises(ExportError, match=f"^{name}: must be left out, for svg takes none"):
        write_file(timeline, tmp_path / "a.svg", **{name: given[name]})
    assert [*tmp_path.iterdir()] == []
    write_file(timeline, tmp_path / "a.svg", programme=None, translations=[], progress=print)


def test_a_file_is_the_old_one_or_the_new_one(
    tmp_path: Path, timeline: Timeline, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where writing fails in the midst, the file is as it was and nothing lies beside it."""
    path = tmp_path / "a.svg"
    path.write_text("old")

    def fail(_: Timeline, stream: Any) -> None:
        stream.write(b"half")
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("supple.export.svg.write", fail)
    with pytest.raises(OSError, match="No space left"):
        write_file(timeline, path)
    assert [(each.name, each.read_text()) for each in tmp_path.iterdir()] == [("a.svg", "old")]


# --- formats of other packages ----------------------------------------------------------


def a_format(**instead: Any) -> SimpleNamespace:
    """Return what a package may offer as a format."""

    def write(timeline: Timeline, stream: Any) -> None:
        stream.write(timeline.routine.id.encode())

    given = {"SUFFIX": ".id", "MEDIA_TYPE": "text/plain", "write": write, "lost": lambda _: ()}
    return SimpleNamespace(**(given | instead))


class Mischief:
    """Leaves Python where it is looked at."""

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError
        raise SystemExit(7)


@pytest.fixture
def offer(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Return what lets packages offer formats: pairs of a name and what it loads."""

    def install(*offers: tuple[str, Any]) -> None:
        found: dict[str, list[Any]] = {}
        for i, (name, offered) in enumerate(offers):
            plugin = SimpleNamespace(
                name=name, value="pack:it", distribution=f"pack{i} 1.0", load=lambda it=offered: it
            )
            found.setdefault(name, []).append(plugin)
        plugins = SimpleNamespace(found=found, broken={}, unknown={})
        monkeypatch.setattr(module, "find_plugins", lambda _: plugins)

    return install


def test_a_package_offers_a_format(
    offer: Callable[..., None], tmp_path: Path, timeline: Timeline
) -> None:
    """What another package offers is listed, chosen by its ending and written."""
    offer(("ids", a_format(__doc__="The identifier.\n\nAnd no more.")))
    ids = formats()["ids"]
    assert (ids.suffix, ids.media_type, ids.distribution) == (".id", "text/plain", "pack0 1.0")
    assert isinstance(ids, Format)
    write_file(timeline, tmp_path / "x.id")
    assert (tmp_path / "x.id").read_text() == "lower-back"
    assert load_errors() == {}


def test_two_formats_of_one_ending(
    offer: Callable[..., None], tmp_path: Path, timeline: Timeline
) -> None:
    """Of two formats of one ending, one must be named; a longer ending goes before."""
    offer(("one", a_format()), ("two", a_format()), ("long", a_format(SUFFIX=".big.id")))
    with pytest.raises(ExportError, match="must come with a format that it is in: 'one' or 'two'"):
        write_file(timeline, tmp_path / "x.id")
    write_file(timeline, tmp_path / "x.id", to="two")
    assert module.format_for("x.big.id").name == "long"


@pytest.mark.parametrize(
    ("offered", "message"),
    [
        (a_format(SUFFIX="id"), "must have a SUFFIX such as '.txt', in small letters (got "),
        (a_format(SUFFIX=".ID"), "must have a SUFFIX such as '.txt', in small letters (got "),
        (
            a_format(SUFFIX=".x\x1b[2J"),
            "must have a SUFFIX such as '.txt', in small letters (got ",
        ),
        (a_format(SUFFIX="./../x"), "must have a SUFFIX such as '.txt', in small letters (got "),
        (Mischief(), "must be a format, but to look at it raised SystemExit(7) (got "),
        (a_format(write=type), "must be a format, but to look at it raised ValueError("),
        (a_format(SUFFIX=None), "must have a SUFFIX such as '.txt', in small letters (got "),
        (a_format(MEDIA_TYPE="text"), "must have a MEDIA_TYPE such as 'text/plain' (got "),
        (a_format(lost=()), "must have a function lost (got "),
        (object(), "must have the names SUFFIX, MEDIA_TYPE, write, lost (got "),
    ],
)
def test_a_broken_format_costs_itself_only(
    offered: Any, message: str, offer: Callable[..., None], tmp_path: Path, timeline: Timeline
) -> None:
    """A format that lacks something is left out; what is wrong with it can be read."""
    offer(("broken", offered), ("good", a_format()))
    assert set(formats()) == {*OWN, "good"}
    [(name, error)] = load_errors().items()
    assert name == "broken"
    told = str(error)
    assert told.startswith(f"format 'broken' of pack0 1.0: {message}")
    assert told.endswith("'pack:it')")
    with pytest.raises(ExportError) as caught:
        write_file(timeline, tmp_path / "x", to="broken")
    assert caught.value.args == error.args


@pytest.mark.parametrize("raised", [ValueError("\x1b[2J"), SystemExit(7), RecursionError()])
def test_a_format_that_fails(
    raised: BaseException,
    offer: Callable[..., None],
    tmp_path: Path,
    timeline: Timeline,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """Whatever a format of another package raises, the old file is left, and it is named."""

    def fail(*_: Any, **__: Any) -> None:
        raise raised

    offer(("writes", a_format(write=fail)), ("loses", a_format(SUFFIX=".lost", lost=fail)))
    file = tmp_path / "x.id"
    file.write_text("old")
    requirement = f"must write or refuse it, but it raised {show(raised)} (got 'pack:it')"
    with pytest.raises(ExportError) as caught:
        write_file(timeline, file)
    assert str(caught.value) == f"format 'writes' of pack0 1.0: {requirement}"
    assert caught.value.__cause__ is raised
    assert [each.name for each in tmp_path.iterdir()] == ["x.id"]
    assert file.read_text() == "old"
    assert main(["export", "in-bed", "-o", str(file.with_suffix(".lost"))]) == 1
    assert capsys.readouterr().err == f"supple: format 'loses' of pack1 1.0: {requirement}\n"


def test_a_format_refuses_in_its_own_words(
    offer: Callable[..., None], tmp_path: Path, timeline: Timeline
) -> None:
    """What a format of another package refuses, and a full disk, comes through as it is."""
    for raised in (ExportError("ids", "must be short", "x"), OSError(28, "No space left")):

        def fail(*_: Any, raised: Exception = raised) -> None:
            raise raised

        offer(("ids", a_format(write=fail)))
        with pytest.raises(type(raised)) as caught:
            write_file(timeline, tmp_path / "x.id")
        assert caught.value is raised


def test_slow_formats_are_told(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Who waits for the formats of other packages is told after a while; others do not wait."""
    called, heard = threading.Event(), list[str]()

    def complain(message: str) -> None:
        heard.append(message)
        called.set()

    def find_plugins(_: str) -> Any:
        assert called.wait(60)
        return SimpleNamespace(found={}, broken={}, unknown={})

    monkeypatch.setattr(module, "find_plugins", find_plugins)
    monkeypatch.setattr(_lookup, "complain", complain)
    monkeypatch.setattr(_lookup, "PATIENCE", 0.05)
    told = "formats of other packages take longer than 0.05 seconds to load"
    for words in (["export", "in-bed", "-o", os.devnull + ".x"], ["export", "--to"]):
        called.clear()
        main(words)
        assert heard.pop() == told
    called.clear()
    assert main(["export", "in-bed", "--to", "csv", "-o", "-"]) == 0
    assert heard == []
    assert told not in capsys.readouterr().err


def test_names_that_are_taken(offer: Callable[..., None]) -> None:
    """A format of supple keeps its name, and of two that share one neither is taken."""
    offer(("svg", a_format()), ("twin", a_format()), ("twin", a_format()))
    assert formats()["svg"].distribution is None
    assert "twin" not in formats()
    assert [str(each) for each in load_errors().values()] == [
        (
            "format 'svg' of pack0 1.0: must not have the name of one that comes with supple "
            "(got 'svg')"
        ),
        (
            "format 'twin': must come from one package only, not pack1 1.0 and pack2 1.0 "
            "(got 'twin')"
        ),
    ]


def test_a_distribution_that_cannot_be_read(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is wrong with a distribution that offers formats is told by its name."""
    problem = Problem("pack 1.0", requirement="must be readable", got="x")
    plugins = SimpleNamespace(found={}, broken={"pack 1.0": [problem]}, unknown={})
    monkeypatch.setattr(module, "find_plugins", lambda _: plugins)
    assert set(formats()) == set(OWN)
    assert {name: str(error) for name, error in load_errors().items()} == {
        "pack 1.0": "pack 1.0: must be readable (got 'x')"
    }


PROJECT = """
[build-system]
requires = ["hatchling"]
build-backend = "hatchling.build"

[project]
name = "acme-formats"
version = "2.0"
requires-python = ">=3.11"

[project.entry-points."supple.exporters"]
ids = "acme_formats.ids"
broken = "acme_formats.broken"
leaving = "acme_formats.leaving"

[tool.hatch.build.targets.wheel]
packages = ["acme_formats"]
"""

IDS = '''
"""The identifier of a routine.

And no more.
"""
SUFFIX = ".id"
MEDIA_TYPE = "text/plain"

def write(timeline, stream):
    stream.write(timeline.routine.id.encode())

def lost(timeline):
    return ("everything else",)
'''

ASK = """
import json, sys
import supple
from supple.export import formats, load_errors, write_file
timeline = supple.schedule(supple.load_catalog("lower-back").routines["in-bed"])
print(json.dumps({
    "formats": {name: [each.about, each.distribution] for name, each in formats().items()
                if each.distribution},
    "lost": write_file(timeline, sys.argv[1]),
    "errors": {name: str(error) for name, error in load_errors().items()},
}))
"""


def test_formats_out_of_a_real_wheel(tmp_path: Path) -> None:
    """A built and installed wheel brings its formats; the broken ones cost themselves only."""
    source = tmp_path / "source"
    package = source / "acme_formats"
    package.mkdir(parents=True)
    (source / "pyproject.toml").write_text(PROJECT)
    (package / "__init__.py").write_text("")
    (package / "ids.py").write_text(IDS)
    (package / "broken.py").write_text("raise ValueError('boom')")
    (package / "leaving.py").write_text("import sys; sys.exit(3)")
    build = "import os, sys; from hatchling.build import build_wheel; build_wheel(sys.argv[1])"
    subprocess.run([sys.executable, "-P", "-c", build, str(tmp_path)], cwd=source, check=True)
    [wheel] = tmp_path.glob("*.whl")
    done = subprocess.run(
        [sys.executable, "-P", "-c", ASK, str(tmp_path / "routine.id")],
        env=os.environ | {"PYTHONPATH": str(wheel)},  # a wheel is a package as it stands
        capture_output=True,
        check=True,
        encoding="utf-8",
    )
    told = json.loads(done.stdout)
    assert told["formats"] == {"ids": ["The identifier of a routine", "acme-formats 2.0"]}
    assert told["lost"] == ["everything else"]
    assert (tmp_path / "routine.id").read_text() == "in-bed"
    assert sorted(told["errors"]) == ["broken", "leaving"]
    assert "importing acme_formats.broken raised ValueError('boom')" in told["errors"]["broken"]
    assert "SystemExit(3)" in told["errors"]["leaving"]
