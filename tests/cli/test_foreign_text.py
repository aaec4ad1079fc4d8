"""What a catalog says never garbles the terminal, and is never taken for markup."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from supple import PlayerState, load_catalog, schedule
from supple._printable import printable
from supple.catalog import check
from supple.cli import main
from tests.cli.playing import Stage, on_stage

if TYPE_CHECKING:
    from pathlib import Path

HOSTILE = "[red]x[/] [@click=app.bell]y :smile:"
"""Markup of rich and Textual, and the name of an emoji."""
SEEN = printable(HOSTILE)

CATALOG = f"""\
format = 1
name = "acme"
title = "{HOSTILE} title"
version = "1"
language = "en"
summary = "{HOSTILE} summary"

[[advice]]
tier = "stop"
text = "{HOSTILE} stop"
source = "{HOSTILE} leaflet"

[[advice]]
tier = "emergency"
text = "{HOSTILE} emergency"

[[routines]]
id = "day"
name = "{HOSTILE} day"
purpose = "{HOSTILE} everything"
items = [{{ exercise = "reach", note = "{HOSTILE} note", load = "{HOSTILE} load" }}]
"""
REACH = f"""\
id = "reach"
name = "{HOSTILE} reach"
kind = "stretch"
position = "standing"
sides = "each"
reps = [1, 2]
purpose = "{HOSTILE} purpose"
targets = ["{HOSTILE} target"]
equipment = ["{HOSTILE} wall"]
cautions = ["{HOSTILE} caution"]
contraindications = ["{HOSTILE} contraindication"]
setup = [{{ step = "{HOSTILE} stand", seconds = 0.01 }}]
cycle = [{{ hold = "{HOSTILE} lean", seconds = 0.02, marks = [
    {{ text = "{HOSTILE} mark", fraction = 0.5 }},
] }}]

[[sources]]
title = "{HOSTILE} paper"
says = "{HOSTILE} says"
gives = ["hold"]
"""
FRENCH = f"""\
format = 1
language = "fr"
[texts]
"{HOSTILE} title" = "{HOSTILE} titre"
"nowhere {HOSTILE}" = "{HOSTILE}"
"""


@pytest.fixture
def acme(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the folder of a catalog all of whose texts are hostile."""
    folder = tmp_path / "acme"
    for name, content in (
        ("catalog.toml", CATALOG),
        ("exercises/reach.toml", REACH),
        ("translations/fr.toml", FRENCH),
    ):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(content, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    return folder


WALL = f"{HOSTILE} wall"


@pytest.mark.parametrize(
    ("words", "seen"),
    [
        (["list", "--catalog", "acme"], ["title", "summary"]),
        (["show", "reach", "--catalog", "acme"], ["reach", "purpose", "caution", "paper", "says"]),
        (["show", "day", "--catalog", "acme"], ["day", "everything", "note", "load", "stop"]),
        (["events", "day", "--catalog", "acme"], ["lean", "mark"]),
        (["events", "day", "--catalog", "acme", "--json"], []),
        (["figure", "reach", "--catalog", "acme"], []),
        (["play", "day", "--catalog", "acme", "--speed", "100"], ["stop", "emergency", "lean"]),
        (["play", "day", "--catalog", "acme", "--speed", "100", "--json"], []),
        (["plan", "--minutes", "1", "--catalog", "acme", "--equipment", WALL], ["reach"]),
        (["fit", "day", "--minutes", "0.1345", "--catalog", "acme"], ["reach"]),
        (["programme", "day", "--catalog", "acme", "--starts", "2027-03-22"], ["day"]),
        (["check", "acme"], []),
        (["translate", "fr", "acme"], []),
        (["stats"], []),
    ],
    ids=lambda words: words[0] if words else "",
)
@pytest.mark.usefixtures("acme")
def test_no_command_prints_it_raw(
    words: list[str], seen: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    """What would garble a terminal is escaped, and markup stands there as it was written."""
    assert main(words) <= (2 if words[0] == "figure" else 1)  # there is none
    out, err = capsys.readouterr()
    for line in [*out.split("\n"), *err.split("\n")]:
        assert printable(line) == line
    for each in seen:
        assert f"{SEEN} {each}" in out + err


def test_no_finding_has_it_raw(acme: Path) -> None:
    """What the check says of it is printable, too; a remedy is to be copied as it is."""
    for finding in check(acme).findings:
        for part in (finding.message, *finding.quote.split("\n")):
            assert printable(part) == part


def test_the_mat_shows_it_as_it_stands(acme: Path) -> None:
    """On the screen no text is markup, and no character that cannot be seen is left."""
    catalog = load_catalog(acme)
    routine = catalog.routines["day"]
    seen: list[str] = []

    def look(stage: Stage) -> None:
        shown = [str(each.render()) for each in stage.mat.screen.query("*") if not each.children]
        seen.extend([*shown, *stage.lines])

    async def act(stage: Stage) -> None:
        look(stage)
        await stage.press("enter")
        look(stage)
        await stage.press("question_mark")
        look(stage)
        await stage.press("escape")
        for seconds in (5, 0.015, 0.01, timeline.duration_ms / 1000):
            await stage.wait(seconds)
            look(stage)

    timeline = schedule(routine, phrases=catalog.phrases)
    mat = on_stage(timeline, act, size=(200, 55), hands_free=True)
    assert mat.player.state is PlayerState.FINISHED
    lines = [line for each in seen for line in each.split("\n")]
    assert all(printable(line) == line for line in lines)
    text = "\n".join(seen)
    for each in ("reach", "caution", "wall", "stop", "emergency", "note", "load", "lean", "day"):
        assert f"{SEEN} {each}" in text
