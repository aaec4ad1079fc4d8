"""``supple stats``, and the log that ``supple play`` writes for it."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import pytest

from supple import Phrases
from supple.cli import main
from supple.cli._heat_map import HeatMap, totals
from supple.planning import Entry, Log

if TYPE_CHECKING:
    from pathlib import Path

Capture = pytest.CaptureFixture[str]
MONDAY = date(2027, 3, 1)


def entries() -> list[Entry]:
    """Return what was done on a Monday once and on each later day of a week once more."""
    start = datetime(2027, 3, 1, 8, tzinfo=UTC)
    return [
        Entry(
            start + timedelta(days=day, hours=i), routine="lower-back", seconds=60, finished=not i
        )
        for day in range(7)
        for i in range(day + 1)
    ]


def test_the_calendar(capsys: Capture) -> None:
    """A column is a week, a row a weekday, and four times or more look the same."""
    heat = HeatMap.of(entries(), since=MONDAY, until=date(2027, 5, 5), phrases=Phrases())
    heat.write(totals(entries()))
    assert capsys.readouterr().out == (
        "     Mar       Apr     May\n"
        "Mon  ░ · · · · · · · · ·\n"
        "     ▒ · · · · · · · · ·\n"
        "Wed  ▓ · · · · · · · · ·\n"
        "     █ · · · · · · · ·\n"
        "Fri  █ · · · · · · · ·\n"
        "     █ · · · · · · · ·\n"
        "Sun  █ · · · · · · · ·\n"
        "\n"
        "     · none   ░ 1   ▒ 2   ▓ 3   █ 4 or more\n"
        "\n"
        "in all\n"
        "  sessions  28, 7 of them to the end\n"
        "  days      7\n"
        "  time      28 min\n"
    )


def test_the_picture_says_the_same() -> None:
    """The picture has a square for each day with its count, and a title."""
    heat = HeatMap.of(entries(), since=MONDAY, until=date(2027, 5, 5), phrases=Phrases())
    root = ET.fromstring(heat.svg())  # noqa: S314 - our own
    name = "{http://www.w3.org/2000/svg}"
    assert root.findtext(f"{name}title") == (
        "Days on which something was done, 2027-03-01 to 2027-05-05: 7"
    )
    days = [each.findtext(f"{name}title") for each in root.findall(f"{name}rect")[1:]]
    assert days[:3] == ["2027-03-01: 1", "2027-03-02: 2", "2027-03-03: 3"]
    assert len(days) == 66
    words = [each.text for each in root.findall(f"{name}text")]
    assert words == ["Mon", "Wed", "Fri", "Sun", "Mar", "Apr", "May"]


def test_totals_and_a_picture(tmp_path: Path, capsys: Capture) -> None:
    """The totals are there as JSON, of one routine if wanted, and the picture as a file."""
    log = Log(tmp_path / "log.jsonl")
    for each in entries():
        log.add(each)
    log.add(Entry(datetime(2027, 3, 9, 8, tzinfo=UTC), routine="neck", seconds=30))
    assert main(["stats", "--log", str(log.path), "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == {
        "sessions": 29,
        "finished": 8,
        "days": 8,
        "seconds": 1710,
        "first": "2027-03-01",
        "last": "2027-03-09",
    }
    picture = tmp_path / "calendar.svg"
    words = ["--log", str(log.path), "--routine", "neck", "--svg", str(picture)]
    assert main(["stats", *words]) == 0
    assert "sessions  1, 1 of them to the end" in capsys.readouterr().out
    assert picture.read_text().startswith("<svg ")


def test_nothing_has_been_logged(tmp_path: Path, capsys: Capture) -> None:
    """Without a log it says how to get one."""
    words = ["stats", "--log", str(tmp_path / "none"), "--weeks", "3"]
    assert main(words) == 0
    last = capsys.readouterr().out.splitlines()[-1]
    assert last == "Nothing has been logged: supple play --log does."
    assert main([*words, "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["first"] is None
    assert main([*words[:3], "--weeks", "0"]) == 2
    assert capsys.readouterr().err == (
        "supple: --weeks: must be a whole number from 1 to 520 (got '0')\n"
    )


def test_what_cannot_be_shown(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Capture
) -> None:
    """A log that cannot be read, a routine that it lacks and a picture of no kind are told."""
    monkeypatch.chdir(tmp_path)
    Log("log.jsonl").add(Entry(datetime(2027, 3, 9, 8, tzinfo=UTC), routine="neck", seconds=30))
    for words, status, message in (
        (["--log", "."], 1, "the log '.' cannot be read: Is a directory"),
        (
            ["--log", "log.jsonl", "--routine", "nekc"],
            2,
            "no routine of the log is named 'nekc'; did you mean 'neck'?",
        ),
        (["--log", "none.jsonl", "--routine", "neck"], 2, "no routine of the log is named 'neck'"),
        (["--svg", "s.png"], 2, "--svg: must end in .svg (got 's.png')"),
    ):
        assert main(["stats", *words]) == status
        assert capsys.readouterr() == ("", f"supple: {message}\n")


def test_playing_is_logged_where_that_is_asked_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The option or the variable keeps an entry; without either nothing is kept."""
    log = Log(tmp_path / "log.jsonl")
    monkeypatch.setattr("supple.cli._playing.diary.log_at", lambda _path: log)
    monkeypatch.delenv("SUPPLE_LOG", raising=False)
    assert main(["play", "childs-pose", "--speed", "100"]) == 0
    assert [*log] == []
    assert main(["play", "childs-pose", "--speed", "100", "--log"]) == 0
    [entry] = log
    assert (entry.routine, entry.seconds, entry.finished) == ("childs-pose", 34, True)
    monkeypatch.setenv("SUPPLE_LOG", str(log.path))
    assert main(["play", "childs-pose", "--speed", "100"]) == 0
    assert len([*log]) == 2


def test_a_log_that_cannot_be_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Capture
) -> None:
    """Who cannot be logged has still played."""
    monkeypatch.setenv("SUPPLE_LOG", str(tmp_path))
    assert main(["play", "childs-pose", "--speed", "100"]) == 0
    assert "supple: the log cannot be written: " in capsys.readouterr().err
