"""``supple play`` without a terminal: lines as they fall due, and wrong use."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

import supple
from supple.cli import main
from supple.cli._parser import parse
from supple.cli._playing.places import place_of, start_of
from supple.cli.play import ARGUMENTS, _again, _has_screen
from supple.export import event_lines
from tests.child import Child
from tests.cli.playing import write_den
from tests.cli.program import PROGRAM, Run

needs_posix = pytest.mark.skipif(os.name != "posix", reason="sends signals as POSIX has them")


@pytest.fixture
def den(tmp_path: Path) -> str:
    """Return the name of a routine that takes a while."""
    return f"{write_den(tmp_path / 'den')}/day"


def test_plain_lines(acme: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Each event is a line; the advice on safety stands among the errors."""
    assert main(["play", f"{acme}/squat", "--speed", "100", "--bell"]) == 0
    out, err = capsys.readouterr()
    assert err == "Stop if it hurts.\n"
    assert out.splitlines()[:6] == [
        "0:00  routine.started   Squat",
        "0:00  rest.started      Get ready: Squat, standing",
        "0:02  cue.countdown     3",
        "0:03  cue.countdown     2",
        "0:04  cue.countdown     1",
        "0:05  rest.ended        Get ready: Squat, standing",
    ]
    assert out.splitlines()[-1] == "0:11  routine.ended     Squat"


def test_load_and_note(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Where an exercise starts, its line says what it is done with, and the note."""
    den = write_den(tmp_path / "den")
    told = '{ exercise = "bow", load = "2 kg", note = "Easy." }'
    catalog = den / "catalog.toml"
    catalog.write_text(catalog.read_text().replace('{ exercise = "bow" }', told))
    for words in (["play", "--speed", "100", "--from", "bow"], ["events"]):
        assert main([words[0], f"{den}/day", *words[1:]]) == 0
        lines = [line.split() for line in capsys.readouterr().out.splitlines()]
        [start] = [line for line in lines if "exercise.started" in line and "Bow" in line]
        assert " ".join(start).endswith("Bow · with 2 kg · Easy.")


def test_json_lines_are_the_timeline(acme: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The lines of JSON are the events of the timeline, and nothing else is written."""
    assert main(["play", f"{acme}/squat", "--speed", "100", "--json"]) == 0
    out, err = capsys.readouterr()
    assert err == ""
    catalog = supple.load_catalog(str(acme))
    squat = supple.Routine("squat", name="Squat", items=[catalog.exercises["squat"]])
    timeline = supple.schedule(squat, phrases=catalog.phrases)
    assert [event_lines.decode(line) for line in out.splitlines()] == list(timeline)


@pytest.mark.parametrize(
    ("start", "first"),
    [
        ("bow", "3:26  rest.started      Next: Bow"),
        ("BOW", "3:26  rest.started      Next: Bow"),
        ("waiting", "2:48  rest.started      Next: Waiting"),
        ("reach", "0:00  rest.started      Get ready: Reach, standing"),
        ("1:10", "1:10  exercise.started  Reach"),
    ],
)
def test_start(start: str, first: str, den: str, environment: dict[str, str]) -> None:
    """It starts with what leads up to the exercise, named by its id or its name."""
    with Child(
        [*PROGRAM, "play", den, "--from", start],
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        encoding="utf-8",
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "0:00  routine.started   Daybreak\n"
        assert process.stdout.readline() == f"{first}\n"
        process.kill()


@needs_posix
@pytest.mark.parametrize(
    ("more", "number", "err"),
    [
        ([], signal.SIGINT, "Stop if it hurts.\n"),
        (["--json"], signal.SIGINT, ""),
        ([], signal.SIGTERM, ""),
    ],
)
def test_stopping(
    more: list[str], number: int, err: str, den: str, environment: dict[str, str]
) -> None:
    """Ctrl-C shows the advice on stopping, but not among event lines."""
    with Child(
        [*PROGRAM, "play", den, *more],
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
    ) as process:
        assert process.stdout is not None
        process.stdout.readline()
        process.send_signal(number)
        _, written = process.communicate(timeout=60)
    before = "" if more else "Stop if it hurts.\nGet help if your chest hurts.\n"
    assert (process.returncode, written) == (128 + number, before + err)


def test_wrong_use(capsys: pytest.CaptureFixture[str]) -> None:
    """Wrong use is told in one line, with the names that come close."""
    wrong = {
        ("--from", "brigde"): "--from: no exercise of the routine is named 'brigde'; "
        "did you mean 'bridge'?",
        ("--from", "zzz"): "--from: no exercise of the routine is named 'zzz'; known are "
        "'knee-rolls', 'pelvic-tilts', 'single-knee-hug', 'bridge'",
        ("--from", "6:26"): "--from: must be before the end at 4:57 (got 6:26)",
        ("--transition", "-1"): "--transition: must be at least 0 and at most 86400 (got '-1')",
        ("--step", "soon"): "--step: must be a number (got 'soon')",
        ("--speed", "0"): "--speed: must be at least 0.01 and at most 100 (got '0')",
        ("--speed", "fast"): "--speed: must be a number (got 'fast')",
    }
    for words, message in wrong.items():
        assert main(["play", "in-bed", *words]) == 2
        assert capsys.readouterr() == ("", f"supple: {message}\n")


def test_pacing(acme: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Each time between and around the exercises can be set."""
    words = ["--get-ready", "0", "--step", "1.5", "--speed", "100", "--json"]
    assert main(["play", f"{acme}/squat", *words]) == 0
    out = capsys.readouterr().out
    starts = [event_lines.decode(line).at_ms for line in out.splitlines() if "step.st" in line]
    assert starts == [0, 1500]


def test_command_that_goes_on() -> None:
    """It says again all that was asked for, also what is nought, but where to start."""
    asked = (
        "play in-bed --level 0.5 --speed 2 --from {} --hands-free --bell --say --log --json "
        "--catalog lower-back --kind routine --language de --get-ready 0 --transition 0 "
        "--position-change 0 --switch-sides 4 --between-sets 0 --step 2"
    )
    arguments = parse(asked.format("bridge").split())
    assert arguments is not None
    assert {flag for word, _ in ARGUMENTS[1:] for flag in word} <= {*asked.split()}
    assert _again(arguments, "knee-rolls") == f"supple {asked.format('knee-rolls')}"


def test_command_that_goes_on_says_nothing_usual() -> None:
    """What is as it would be without being said is left out."""
    arguments = parse(["play", "in-bed", "--speed", "1", "--get-ready", "5"])
    assert arguments is not None
    assert _again(arguments, "1:00") == "supple play in-bed --from 1:00"
    arguments = parse(["play", "weeks.toml", "--level", "0"])
    assert arguments is not None
    assert _again(arguments, "1:00") == "supple play weeks.toml --level 0 --from 1:00"


def test_place_that_comes_again() -> None:
    """An exercise that comes several times is named by its time, from the second one on."""
    up = supple.Exercise(
        "up", name="Up", kind="stretch", position="standing", cycle=[supple.Hold("Up", seconds=9)]
    )
    twice = supple.schedule(supple.Routine("day", items=[up, up]))
    assert [place_of(twice, ms) for ms in (0, 8000, 20_000)] == ["up", "up", "0:19"]
    assert start_of(twice, "0:19") == twice[twice.find("exercise.started", nth=1)].at_ms


def test_all_that_leads_up_to_an_exercise_belongs_to_it() -> None:
    """To begin with an exercise leads to where skipping to it does, whatever rests lie before."""
    back = supple.load_catalog("lower-back")
    rests = [supple.Rest(10), supple.Rest(5)]
    timeline = supple.schedule(
        supple.Routine("a", items=[back["cat-camel"], *rests, back["bridge"]])
    )
    player = supple.Player(timeline)
    player.start(0)
    player.skip(0)
    at_ms = player.moment(0).at_ms
    assert start_of(timeline, "bridge") == at_ms == timeline.exercises[1].lead_in_ms
    assert timeline.exercises[1].start_ms - at_ms == 15_000


def test_screen(monkeypatch: pytest.MonkeyPatch) -> None:
    """A screen is three streams that are terminals, and letters of Unicode on them."""

    class Stream:
        encoding = "UTF-8"

        def isatty(self) -> bool:
            return True

    streams = {name: Stream() for name in ("stdin", "stdout", "stderr")}
    for name, stream in streams.items():
        monkeypatch.setattr(sys, name, stream)
    monkeypatch.setenv("TERM", "xterm")
    assert _has_screen()
    monkeypatch.setattr(streams["stderr"], "encoding", "latin-1")
    assert not _has_screen()
    monkeypatch.setattr(streams["stderr"], "encoding", "utf-8")
    monkeypatch.setenv("TERM", "dumb")
    assert not _has_screen()
    monkeypatch.setenv("TERM", "linux")
    assert _has_screen()
    monkeypatch.setattr(sys, "stdin", None)
    assert not _has_screen()


def test_missing_textual(environment: dict[str, str]) -> None:
    """The screen needs the extra, and says so."""
    code = "import sys; sys.modules['textual'] = None; import supple.cli._playing.on_screen"
    words = [sys.executable, "-c", code]
    done = subprocess.run(words, env=environment, capture_output=True, text=True, check=False)
    assert "pip install 'supple[cli]'" in done.stderr.splitlines()[-1]


def test_no_voice(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """Where nothing can speak, nothing is played."""
    monkeypatch.setenv("PATH", "")
    assert main(["play", "in-bed", "--say"]) == 1
    assert capsys.readouterr() == (
        "",
        "supple: --say: needs the program espeak-ng, or say on macOS, to be installed\n",
    )


def test_json_needs_no_rich(run: Run, den: str, tmp_path: Path) -> None:
    """Event lines need nothing that the library itself does not need."""
    (tmp_path / "sitecustomize.py").write_text("import sys\nsys.modules['rich'] = None\n")
    words = ("play", den, "--json", "--speed", "100", "--from", "bow")
    done = run(*words, PYTHONPATH=str(tmp_path))
    assert (done.returncode, done.stderr) == (0, "")
