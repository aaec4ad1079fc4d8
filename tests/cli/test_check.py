"""``supple check``: what is wrong with a catalog, in plain words."""

import json
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from supple import Position
from supple.cli import main
from tests.child import Child
from tests.cli.program import PROGRAM, SQUAT, Run
from tests.cli.test_terminal import ESCAPES, OnTerminal, on_terminal  # noqa: F401 - a fixture

SOURCES = """
[[sources]]
title = "acme"
says = "Our own."
gives = ["reps", "sets"]
is_default = true
"""

WRONG = f"position must be one of {', '.join(Position)}; it is 'standig'"
BROKEN = SQUAT.replace('"standing"', '"standig"')

EMERGENCY = """
[[advice]]
tier = "emergency"
text = "Get help."
"""


@pytest.fixture
def sound(acme: Path) -> Path:
    """Return the folder of a catalog with nothing wrong or doubtful."""
    (acme / "exercises" / "reach.toml").unlink()
    (acme / "exercises" / "squat.toml").write_text(f'cautions = ["Go slowly."]\n{SQUAT}{SOURCES}')
    catalog = acme / "catalog.toml"
    kept = catalog.read_text().partition("[[routines]]")[0]
    catalog.write_text(kept + EMERGENCY)
    return acme


def test_nothing_wrong(sound: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Of a sound catalog there is a summary and no more."""
    assert main(["check", str(sound)]) == 0
    assert capsys.readouterr() == ("no errors, no warnings in 2 files\n", "")
    assert main(["check", str(sound), "--json"]) == 0
    assert capsys.readouterr() == ("", "")


def test_errors_and_warnings(sound: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Each finding has its place, its reason and its remedy; an error is status 1."""
    (sound / "exercises" / "hop.toml").write_text(SQUAT.replace('"squat"', '"hop"') + SOURCES)
    (sound / "exercises" / "squat.toml").write_text(BROKEN)
    assert main(["check", str(sound)]) == 1
    assert capsys.readouterr() == (
        (
            "error    exercises/squat.toml, line 4\n"
            f"         {WRONG}\n"
            "         did you mean 'standing'?\n"
            "\n"
            "warning  exercises/hop.toml\n"
            "         there is no word on who should take care, and of what\n"
            "         write, above the first line in [[double brackets]], for example:\n"
            '           cautions = ["Do not push to the end of the stretch."]\n'
            "\n"
            "1 error, 1 warning in 3 files\n"
        ),
        "",
    )


def test_json(sound: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Each finding is a line of JSON, of the same keys always."""
    (sound / "exercises" / "squat.toml").write_text(BROKEN)
    assert main(["check", str(sound), "--json"]) == 1
    out, err = capsys.readouterr()
    assert err == ""
    assert [json.loads(line) for line in out.splitlines()] == [
        {
            "severity": "error",
            "rule": "catalog-loads",
            "file": "exercises/squat.toml",
            "line": 4,
            "path": "position",
            "message": WRONG,
            "quote": "",
            "remedy": "did you mean 'standing'?",
        }
    ]


def test_warnings_do_not_fail(capsys: pytest.CaptureFixture[str]) -> None:
    """An installed catalog is checked by its name, and a warning is status 0."""
    assert main(["check", "lower-back"]) == 0
    assert capsys.readouterr().out.endswith("\n\nno errors, 2 warnings in 24 files\n")


def test_nothing_to_check(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A name that nothing has is wrong use; a path with nothing there cannot be done."""
    assert main(["check", "nothing-of-this-name"]) == 2
    assert "no catalog is named 'nothing-of-this-name'" in capsys.readouterr().err
    assert main(["check", str(tmp_path / "nothing")]) == 1
    out, err = capsys.readouterr()
    assert out == ""
    assert "must be the name of an installed catalog, a folder or a .zip file" in err


def test_the_file_of_a_routine(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A routine by itself is checked, too, line by line, and so is a programme around it."""
    item = '{ catalog = "lower-back", exercise = "bridge" }'
    text = f'format = 1\nid = "mine"\nitems = [\n    {item},\n]\n'
    file = tmp_path / "mine.toml"
    file.write_text(text)
    assert main(["check", str(file)]) == 0
    assert capsys.readouterr() == ("no errors, no warnings in 1 file\n", "")
    file.write_text(text.replace("bridge", "brigde"))
    assert main(["check", str(file)]) == 1
    assert capsys.readouterr().out == (
        "error    mine.toml, line 4\n"
        "         exercise in items no. 1 must be the id of an exercise of lower-back; it is "
        "'brigde'\n"
        "         did you mean 'bridge'?\n\n"
        "1 error, no warnings in 1 file\n"
    )
    file.write_text(text.replace('"mine"', "mine"))
    assert main(["check", str(file)]) == 1
    assert "error    mine.toml, line 2\n" in capsys.readouterr().out
    table = '[programme]\nstarts = 2027-03-22\nzone = "Mars"\ndays = 0\n'
    file.write_text(f"{text}\n{table}")
    assert main(["check", str(file)]) == 1
    assert capsys.readouterr() == (
        (
            "error    mine.toml, line 9\n"
            "         zone in programme must be the name of a time zone, such as 'Europe/Berlin'; "
            "it is 'Mars'\n"
            "         write, for example:\n"
            '           zone = "Europe/Berlin"\n\n'
            "error    mine.toml, line 10\n"
            "         days in programme must be a whole number from 1 to 36525; it is 0\n"
            "         write, for example:\n"
            "           days = 42\n\n"
            "2 errors, no warnings in 1 file\n"
        ),
        "",
    )


def test_json_works_without_rich(run: Run, tmp_path: Path) -> None:
    """JSON needs nothing that the library itself does not need."""
    (tmp_path / "sitecustomize.py").write_text("import sys\nsys.modules['rich'] = None\n")
    done = run("check", "lower-back", "--json", PYTHONPATH=str(tmp_path))
    assert (done.returncode, done.stderr) == (0, "")
    rules = [json.loads(line)["rule"] for line in done.stdout.splitlines()]
    assert rules == ["source-can-be-found", "exercise-has-cautions"]


@pytest.mark.skipif(sys.platform == "win32", reason="needs a pseudo-terminal")
@pytest.mark.parametrize("width", [40, 80])
def test_lines_fit(width: int, on_terminal: OnTerminal) -> None:  # noqa: F811 - the fixture
    """On a terminal no line is longer than it is wide, and the text goes on below itself."""
    lines = [ESCAPES.sub("", line) for line in on_terminal(width, "check", "lower-back")]
    assert max(map(len, lines)) <= width
    assert lines[0] == "warning  exercises/bridge.toml, line 38"
    assert all(line.startswith(" " * 9) for line in lines[1:4])


# --- watching ------------------------------------------------------------------------


def test_watching(sound: Path, environment: dict[str, str]) -> None:
    """Each time a file is saved the catalog is checked again, and the exercise shown."""
    file = sound / "exercises" / "squat.toml"
    text = file.read_text()
    with Child(
        [*PROGRAM, "check", str(file), "--watch"],
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        encoding="utf-8",
    ) as process:
        assert process.stdout is not None
        lines = iter(process.stdout.readline, "")
        assert next(line for line in lines if "no errors" in line)
        assert next(line for line in lines if "Go slowly." in line)
        file.write_text(BROKEN)
        assert "it is 'standig'" in next(line for line in lines if "position must be" in line)
        file.write_text(text.replace("Go slowly.", "Go very slowly."))
        assert next(line for line in lines if "no errors" in line)
        assert next(line for line in lines if "Go very slowly." in line)
        process.send_signal(signal.SIGINT)
        assert process.wait(timeout=30) == 130


def test_watching_no_folder(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What cannot change cannot be watched."""
    assert main(["check", "--watch", str(tmp_path / "nothing")]) == 2
    assert "--watch: needs a folder or a file of one" in capsys.readouterr().err
