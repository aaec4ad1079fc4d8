"""``supple export``: a routine as one file, whose ending chooses the format."""

from __future__ import annotations

import io
import json
import os
import signal
import subprocess
import sys
import warnings
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import pytest

from supple import ExportError
from supple.cli import export as module, main

from ..child import Child
from ..needs import needs_module
from .program import PROGRAM

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.program import Run


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Work in an empty folder."""
    folder = tmp_path / "here"
    folder.mkdir()
    monkeypatch.chdir(folder)
    return folder


def test_a_file_called_like_the_routine(
    here: Path, acme: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Without a file name there is a new file, and never in the place of another."""
    assert main(["export", f"{acme}/rounds", "--to", "svg"]) == 0
    assert capsys.readouterr() == (
        "rounds.svg\n",
        (
            "supple: svg cannot carry the cues, the rests between exercises, the counts of "
            "repetitions, sets and rounds, the waits until a person is ready, the pictures, "
            "the advice, the cautions and contraindications, what the exercises are good for, "
            "the sources of the doses\n"
        ),
    )
    assert "<svg" in (here / "rounds.svg").read_text(encoding="utf-8")
    assert main(["export", f"{acme}/rounds", "--to", "svg"]) == 2
    assert capsys.readouterr() == (
        "",
        "supple: rounds.svg is there already: -o rounds.svg replaces it\n",
    )


def test_the_ending_chooses(here: Path, acme: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A file name chooses the format, whatever its folder, and replaces what was there."""
    (here / "there.jsonl").write_text("old")
    words = ["export", f"{acme}/squat", "-o", "there.jsonl", "--level", "1"]
    assert main(words) == 0
    assert capsys.readouterr() == ("", "supple: event-lines cannot carry the advice\n")
    lines = (here / "there.jsonl").read_text().splitlines()
    assert json.loads(lines[0])["text"] == "Squat"
    assert main(["export", f"{acme}/squat", "--output", "x.txt", "--to", "event-lines"]) == 0
    assert (here / "x.txt").read_text().splitlines() == lines


def test_standard_output(run: Run, acme: Path) -> None:
    """A hyphen stands for the standard output."""
    done = run("export", f"{acme}/squat", "--to", "event-lines", "-o", "-")
    assert done.returncode == 0
    assert json.loads(done.stdout.splitlines()[-1])["kind"] == "routine.ended"
    assert done.stderr == "supple: event-lines cannot carry the advice\n"


def test_no_picture_for_a_terminal(
    acme: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is no text is not written to a terminal."""
    terminal = SimpleNamespace(isatty=lambda: True, flush=lambda: None, buffer=io.BytesIO())
    monkeypatch.setattr(sys, "stdout", terminal)
    assert main(["export", f"{acme}/squat", "--to", "svg", "-o", "-"]) == 2
    assert capsys.readouterr().err == "supple: -o: svg is not for a terminal: write it to a file\n"
    assert terminal.buffer.getvalue() == b""


def test_formats_are_listed(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without a name --to lists the formats; those that cannot be loaded are errors."""
    assert main(["export", "--to"]) == 0
    out, err = capsys.readouterr()
    [line] = [line for line in out.splitlines() if line.startswith("svg ")]
    assert line.split(maxsplit=2) == [
        *("svg", ".svg", "A timeline as a picture: a row for each exercise, readable on a phone")
    ]
    assert err == ""
    broken = {"broken": ExportError("format 'broken' of acme 1.0", "must be there", None)}
    monkeypatch.setattr("supple.export.load_errors", lambda: broken)
    monkeypatch.setattr(
        "supple.export.formats",
        lambda: {
            "ids": SimpleNamespace(name="ids", suffix=".id", about="Ids", distribution="a 1")
        },
    )
    assert main(["export", "--to"]) == 1
    assert capsys.readouterr() == (
        "ids  .id  Ids (a 1)\n",
        "supple: format 'broken' of acme 1.0: must be there (got None)\n",
    )


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ([], "export: needs the name of a routine (see 'supple export --help')"),
        (["NAME"], "export: needs --to FORMAT or -o FILE (see 'supple export --to')"),
        (["NAME", "-o", "-"], "export: needs --to FORMAT or -o FILE (see 'supple export --to')"),
        (["NAME", "--to", "svgg"], "no format is named 'svgg'; did you mean 'svg'?"),
    ],
)
def test_wrong_use(words: list[str], message: str, capsys: pytest.CaptureFixture[str]) -> None:
    """What is missing or unknown is told in one line."""
    assert main(["export", *words]) == 2
    assert capsys.readouterr() == ("", f"supple: {message}\n")


def test_what_cannot_be_written(
    here: Path, acme: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """An unknown ending, a routine that the format cannot carry, and a missing folder are told."""
    assert main(["export", f"{acme}/squat", "-o", "x.nothing"]) == 2
    assert capsys.readouterr().err.startswith("supple: --output: must end in one of .arrow, ")
    assert main(["export", f"{acme}/squat", "-o", "none/x.svg"]) == 1
    assert capsys.readouterr().err == (
        "supple: 'none/x.svg' cannot be written: No such file or directory\n"
    )

    def refuse(_: Any, stream: Any) -> None:
        stream.write(b"half")
        raise ExportError("svg", "must be short", 7)

    monkeypatch.setattr("supple.export.svg.write", refuse)
    assert main(["export", f"{acme}/squat", "-o", "x.svg"]) == 1
    assert capsys.readouterr().err == "supple: svg: must be short (got 7)\n"
    assert [*here.iterdir()] == []


def test_a_file_without_end_is_refused(
    here: Path, acme: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """What would fill any disk is refused at once, and nothing is begun."""
    for name in ("x.csv", "x.jsonl", "x.labels.txt", "x.vtt", "x.arrow", "x.parquet"):
        assert main(["export", f"{acme}/endless", "-o", name]) == 1
        told = capsys.readouterr().err
        assert ": must have at most 10,000,000 events (got 6000000000011)" in told
    assert [*here.iterdir()] == []


def test_other_languages_go_along(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A format that takes translations gets the routine in every language of its catalog."""
    told: list[Any] = []

    def write(timeline: Any, stream: Any, *, translations: Any) -> None:
        del stream
        told.extend([timeline.routine.name, *(each.routine.name for each in translations)])

    to = SimpleNamespace(
        name="page",
        suffix=".page",
        takes={"translations"},
        grows=False,
        write=write,
        lost=lambda _: (),
    )
    monkeypatch.setattr("supple.export._formats.find_format", lambda _: to)
    assert main(["export", "knee-rolls", "--to", "page", "--language", "de"]) == 0
    assert capsys.readouterr().out == "knee-rolls.page\n"
    assert told == ["Knierollen", "Knierollen", "Knee rolls", "Giros de rodillas"]
    flags, _ = module.ARGUMENTS[2]
    assert flags == ("-o", "--output")


def test_a_programme_goes_into_a_calendar(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Of a programme a calendar gets the sessions, and not the routine for ever."""
    weeks = ["--zone", "Europe/Berlin", "--at", "08:00", "--starts", "2027-03-22", "--days", "3"]
    assert main(["programme", "lower-back", *weeks, "-o", "weeks.toml"]) == 0
    assert main(["export", "weeks.toml", "-o", "weeks.ics"]) == 0
    capsys.readouterr()
    calendar = (here / "weeks.ics").read_text(encoding="utf-8")
    assert calendar.count("BEGIN:VEVENT") == 3
    assert "RRULE:FREQ=DAILY" not in calendar
    assert main(["export", "lower-back", "-o", "routine.ics"]) == 0
    assert "RRULE:FREQ=DAILY" in (here / "routine.ics").read_text(encoding="utf-8")


def test_what_a_format_warns_of_is_told(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A warning of a format is a line on the standard error, and the file is written."""

    def write(_: Any, stream: Any) -> None:
        stream.write(b"sound")
        warnings.warn("'Go' cannot be said", stacklevel=2)

    monkeypatch.setattr("supple.export.svg.write", write)
    assert main(["export", "in-bed", "-o", "a.svg"]) == 0
    assert "supple: 'Go' cannot be said\n" in capsys.readouterr().err


# --- what takes long ----------------------------------------------------------------------


class Terminal(io.StringIO):
    """A standard error that is a terminal."""

    def isatty(self) -> bool:
        """Say so."""
        return True


def slowly(_: Any, stream: Any, *, progress: Any = None) -> None:
    """Write something in three steps."""
    for share in (0.5, 0.75, 1) if progress else ():
        progress(share)
    stream.write(b"sound")


@pytest.fixture
def slow(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have a format that tells how much is done."""
    to = SimpleNamespace(
        name="slow",
        suffix=".slow",
        takes={"progress"},
        grows=False,
        write=slowly,
        lost=lambda _: (),
        media_type="audio/x",
    )
    monkeypatch.setattr("supple.export._formats.find_format", lambda _: to)


@pytest.mark.usefixtures("slow")
@pytest.mark.parametrize(("encoding", "cells"), [("utf-8", "━─"), ("ascii", "#-"), (None, "#-")])
def test_a_terminal_shows_how_much_is_done(
    encoding: str | None, cells: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A bar grows on one line, in what the terminal can show, and is gone in the end."""
    terminal = Terminal()
    monkeypatch.setattr(Terminal, "encoding", encoding)
    monkeypatch.setattr(sys, "stderr", terminal)
    assert main(["export", "in-bed", "--to", "slow"]) == 0
    done, rest = [*cells]
    shown = [line.split() for line in terminal.getvalue().split("\r")]
    assert [line for line in shown if line] == [
        [".slow", rest * 24, "0%"],
        [".slow", done * 12 + rest * 12, "50%"],
        [".slow", done * 18 + rest * 6, "75%"],
        [".slow", done * 24, "100%"],
    ]
    bar, spaces, nothing = terminal.getvalue().split("\r")[-3:]
    assert (len(spaces), spaces.strip(), nothing) == (len(bar), "", "")


@pytest.mark.usefixtures("slow")
def test_no_bar_elsewhere(
    monkeypatch: pytest.MonkeyPatch, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    """Neither a file nor the standard output has a bar beside it, nor is one needed."""
    assert main(["export", "in-bed", "--to", "slow"]) == 0
    assert capfdbinary.readouterr() == (b"in-bed.slow\n", b"")
    monkeypatch.setattr(sys, "stderr", terminal := Terminal())
    assert main(["export", "in-bed", "--to", "slow", "-o", "-"]) == 0
    assert (capfdbinary.readouterr().out, terminal.getvalue()) == (b"sound", "")
    monkeypatch.setattr(sys, "stderr", None)
    assert main(["export", "in-bed", "--to", "slow", "-o", "b.slow"]) == 0


@pytest.mark.skipif(os.name != "posix", reason="the output has a path")
def test_an_output_is_added_to_by_its_path(here: Path) -> None:
    """What is in the file that the output goes to stays there."""
    file = here / "a.srt"
    file.write_text("mine\n")
    with file.open("a") as output:
        words = [*PROGRAM, "export", "in-bed", "--to", "srt", "-o", "/dev/stdout"]
        subprocess.run(words, stdout=output, check=True)
    content = file.read_text(encoding="utf-8")
    assert content.startswith("mine\n1\n00:00:00")
    assert [*here.iterdir()] == [file]


@pytest.mark.skipif(os.name != "posix", reason="signals as POSIX has them")
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_what_is_interrupted_leaves_nothing(number: int, here: Path, tmp_path: Path) -> None:
    """Who presses Ctrl-C while a voice speaks gets no half file, and keeps the old one."""
    needs_module("av")
    voice, speaks = tmp_path / "espeak-ng", tmp_path / "speaks"
    os.mkfifo(speaks)
    voice.write_text(
        f"#!/bin/sh\ncase $1 in -q) exit ;; esac\necho now > {speaks}\nexec sleep 50\n"
    )
    voice.chmod(0o755)
    (here / "a.wav").write_bytes(b"old")
    words = [*PROGRAM, "export", "in-bed", "-o", "a.wav"]
    path = os.pathsep.join([str(tmp_path), os.environ["PATH"]])
    with Child(words, env=os.environ | {"PATH": path}, start_new_session=True) as child:
        assert speaks.read_text() == "now\n"
        assert len([*here.iterdir()]) == 2  # the new one is begun beside the old one
        os.killpg(child.pid, number)
        assert child.wait(20) == 128 + number
    assert {each.name: each.read_bytes() for each in here.iterdir()} == {"a.wav": b"old"}


def test_a_missing_extra_is_named(
    here: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where a package is missing, the extra that brings it is named, and no file is there."""
    monkeypatch.setitem(sys.modules, "fit_tool", None)
    assert main(["export", "in-bed", "-o", "a.fit"]) == 1
    assert capsys.readouterr().err == (
        "supple: this needs the package fit-tool, which is not installed: "
        "pip install 'supple[garmin]'\n"
    )
    assert [*here.iterdir()] == []
