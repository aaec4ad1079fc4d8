"""``supple plan``, ``fit`` and ``programme``, and the files that they write."""

from __future__ import annotations

import json
import os
import re
import time
from argparse import Namespace
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from supple import Rest, Routine, load_catalog
from supple.catalog import read_routine
from supple.cli import main
from supple.cli._routine_files import id_of
from supple.export import event_lines
from supple.planning import Programme, read_programme, write_programme

if TYPE_CHECKING:
    from tests.cli.program import Install, Run

Capture = pytest.CaptureFixture[str]


pytestmark = pytest.mark.usefixtures("no_log")


def test_a_plan_tells_what_and_why(capsys: Capture) -> None:
    """The plan shows positions, times, doses and reasons, and what was left out."""
    words = ["plan", "--minutes", "8", "--avoid", "kneeling", "--target", "lower-back"]
    assert main([*words, "--catalog", "lower-back"]) == 0
    out, err = capsys.readouterr()
    assert err == ""
    lines = out.splitlines()
    assert lines[0] == "4:57  of 8:00, in one position"
    assert lines[1] == "3:03 is left over. More of each exercise takes up to 6:41: see supple fit."
    assert lines[3] == "lying on your back"
    assert (
        lines[lines.index("  1:32  Bridge  8–10 × hold 5 s") + 1]
        == "        It works: lower back."
    )
    assert lines[-3:] == [
        "left out",
        "  - cat-camel: It rests on the knees, which you want to avoid: on all fours.",
        "  - childs-pose: It is done in a position that you want to avoid: kneeling.",
    ]


def test_a_plan_tells_what_to_mind(capsys: Capture) -> None:
    """What a condition speaks against is left out, and what it is a caution for tells."""
    words = ["plan", "--minutes", "8", "--catalog", "lower-back", "--condition"]
    assert main([*words, "pregnancy"]) == 0
    assert "Bridge" not in capsys.readouterr().out
    assert main([*words, "osteoporosis"]) == 0
    assert (
        "It fills the time. Its catalog says: If you have osteoporosis, do not push to the end "
        "of the twist."
    ) in " ".join(capsys.readouterr().out.split())


def test_a_plan_tells_which_language_is_used_instead(capsys: Capture) -> None:
    """What is composed in another language than the one asked for is told."""
    words = ["plan", "--catalog", "lower-back", "--minutes", "8", "--language", "fr"]
    assert main(words) == 0
    told = "supple: lower-back has no texts in fr; they are in en instead\n"
    assert capsys.readouterr().err == told


def test_a_plan_tells_what_it_could_not_choose_from(install: Install, run: Run) -> None:
    """A catalog that cannot be read is named, and the others are composed from."""
    site = install("neck")
    (site / "neck_stretches" / "catalog.toml").write_text("format = 1\n")
    done = run("plan", "--minutes", "8", PYTHONPATH=str(site))
    assert (done.returncode, done.stdout) == (0, run("plan", "--minutes", "8").stdout)
    assert done.stderr.startswith("supple: catalog neck of neck_stretches 1.0 cannot be read: ")


def test_a_plan_is_a_routine_file(tmp_path: Path, capsys: Capture) -> None:
    """What a plan writes is read by every command that takes a routine."""
    file = str(tmp_path / "My plan.toml")
    assert main(["plan", "--minutes", "6", "--seed", "3", "-o", file]) == 0
    assert capsys.readouterr().err == f"supple: written; to play it: supple play {file}\n"
    routine = read_routine(file)
    assert routine.id == "my-plan"
    assert main(["events", file, "--json"]) == 0
    events = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert events[-1]["kind"] == "routine.ended"
    assert events[-1]["at_ms"] <= 360_000
    assert main(["show", file]) == 0
    assert capsys.readouterr().out.startswith("my-plan  my-plan/my-plan\n")
    assert main(["play", file, "--speed", "100"]) == 0


def test_what_is_missing_and_estimated_is_told(tmp_path: Path, capsys: Capture) -> None:
    """A plan says which targets it does not cover, and that its time is an estimate."""
    folder = tmp_path / "small"
    (folder / "exercises").mkdir(parents=True)
    (folder / "catalog.json").write_text(
        json.dumps({"format": 1, "name": "small", "title": "S", "version": "1", "language": "en"})
    )
    for id, target, reps in (("one", "hips", 1), ("two", "neck", 30)):
        exercise = {
            "id": id,
            "name": id,
            "kind": "mobility",
            "position": "sitting",
            "targets": [target],
            "reps": reps,
            "cycle": [{"step": "Move", "until_ready": True, "seconds": 5}],
        }
        (folder / "exercises" / f"{id}.json").write_text(json.dumps(exercise))
    words = ["plan", "--minutes", "1", "--target", "hips", "--target", "neck"]
    assert main([*words, "--catalog", str(folder)]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "0:10 (estimated)  of 1:00, in one position"
    assert lines[1:3] == ["0:50 is left over. ".rstrip(), "Not covered: neck"]


@pytest.mark.parametrize(
    ("words", "status", "message"),
    [
        (["--minutes", "x"], 2, "--minutes: must be a number (got 'x')"),
        (["--minutes", "0"], 2, "--minutes: must be more than 0 and at most 1440 minutes (got 0)"),
        (["--minutes", "8", "--seed", "x"], 2, "--seed: must be a whole number (got 'x')"),
        (
            ["--minutes", "8", "--target", "lower-bakc"],
            2,
            "--target: must be what an exercise of the catalogs works; did you mean",
        ),
        (
            ["--minutes", "8", "--condition", "pregnant"],
            2,
            "--condition: must stand in a contraindication or a caution of the catalogs; did you",
        ),
        (
            ["--minutes", "8", "--avoid", "kneling"],
            2,
            "--avoid: must be one of lying-on-back, lying-on-front, lying-on-side, all-fours",
        ),
        (
            ["--minutes", "8", "--include", "brige"],
            2,
            "no exercise is named 'brige'; did you mean",
        ),
        (["--minutes", "0.1"], 1, "no exercise may be there: 6 are too long for the time"),
        (
            ["--minutes", "8", "-o", "x.txt"],
            2,
            "--output: must end in .toml or .json (got 'x.txt')",
        ),
    ],
)
def test_what_cannot_be_planned(
    words: list[str], status: int, message: str, capsys: Capture
) -> None:
    """Wrong words name their option, and what cannot be had says why."""
    assert main(["plan", "--catalog", "lower-back", *words]) == status
    assert capsys.readouterr().err.startswith(f"supple: {message}")


def test_a_fit_shows_each_dose(tmp_path: Path, capsys: Capture) -> None:
    """Each exercise stands with its dose and how far that is towards the fullest."""
    file = str(tmp_path / "seven.toml")
    assert main(["fit", "lower-back", "--minutes", "7", "--output", file]) == 0
    assert capsys.readouterr().out == (
        "7:00  of 7:00\n"
        "\n"
        "dose, and how far it is from the gentlest (0 %) to the fullest (100 %)\n"
        "  Knee rolls        100 %  hold 10 s, each side\n"
        "  Pelvic tilts       15 %  9 × hold 5 s\n"
        "  Single knee hug    40 %  hold 17 s, each side\n"
        "  Cat-camel          33 %  6 times\n"
        "  Bridge             50 %  9 × hold 5 s\n"
        "  Child's pose       20 %  hold 22 s\n"
    )
    assert main(["events", file, "--json"]) == 0
    assert json.loads(capsys.readouterr().out.splitlines()[-1])["at_ms"] == 420_000


def test_a_routine_is_called_as_its_file_is(tmp_path: Path) -> None:
    """The name of a file becomes an id by the one rule that there is for that."""
    for name, id in (("Übung Nr 5", "ubung-nr-5"), ("x" * 70, "x" * 64), ("骨", "usual")):
        arguments = Namespace(output=str(tmp_path / f"{name}.toml"), replace=False)
        assert id_of(arguments, "usual") == id


def test_what_is_made_of_a_file_goes_into_a_file(tmp_path: Path, capsys: Capture) -> None:
    """A plan is fitted and put on a programme, and its exercises are named in each file."""
    plan, weeks = str(tmp_path / "mine.json"), str(tmp_path / "weeks.json")
    assert main(["plan", "--minutes", "8", "--catalog", "lower-back", "-o", plan]) == 0
    assert main(["fit", plan, "--minutes", "7", "-o", plan]) == 2
    assert f"{plan} is there already: --replace replaces it" in capsys.readouterr().err
    assert main(["fit", plan, "--minutes", "7", "-o", plan, "--replace"]) == 0
    assert main(["programme", plan, "--days", "7", "-o", weeks]) == 0
    assert read_programme(weeks).routine.items == read_routine(plan).items
    for file in (plan, weeks):
        kept = json.loads(Path(file).read_text(encoding="utf-8"))
        assert {item["catalog"] for item in kept["items"]} == {"lower-back"}
        assert "exercises" not in kept
    assert "cannot be read" not in capsys.readouterr().err


def test_what_is_made_of_a_folder_is_carried(
    tmp_path: Path, acme: Path, monkeypatch: pytest.MonkeyPatch, capsys: Capture
) -> None:
    """Exercises of a catalog that is not installed stand in the file, which can be opened."""
    monkeypatch.chdir(tmp_path)
    for words in (
        ["programme", "reach", "--zone", "UTC", "--kind", "routine", "-o", "weeks.toml"],
        ["fit", "reach", "--kind", "routine", "--minutes", "2", "-o", "two.toml"],
        ["plan", "--minutes", "2", "--equipment", "a wall", "-o", "plan.toml"],
    ):
        assert main([*words, "--catalog", str(acme)]) == 0
        capsys.readouterr()
        assert main(["show", words[-1]]) == 0
        assert "Réach" in capsys.readouterr().out


def test_a_level_goes_with_the_file(tmp_path: Path, capsys: Capture) -> None:
    """Where amounts belong to a level, the way to play them names it."""
    file = str(tmp_path / "hug.json")
    words = ["fit", "single-knee-hug", "--minutes", "1", "--level", "0.5", "-o", file]
    assert main(words) == 0
    assert capsys.readouterr().err.endswith(f"supple play {file} --level 0.5\n")


@pytest.mark.parametrize(
    ("words", "status", "message"),
    [
        (["--minutes", "10"], 1, "lower-back takes 6:26 to 8:38 inside its ranges, which is 1:22"),
        (["--minutes", "-1"], 2, "--minutes: must be more than 0 and at most 1440 minutes"),
        (["--minutes", "7", "--slack", "-1"], 2, "--slack: must be at least 0"),
    ],
)
def test_what_cannot_be_fitted(
    words: list[str], status: int, message: str, capsys: Capture
) -> None:
    """A misfit says by how much, and a wrong number names its option."""
    assert main(["fit", "lower-back", *words]) == status
    assert capsys.readouterr().err.startswith(f"supple: {message}")


WEEKS = ["--zone", "Europe/Berlin", "--at", "08:00", "--at", "20:00", "--days", "42"]
GROWTH = ["--grow", "hold:1:2:5", "--grow", "reps:1:3", "--easier-week", "4", "--back-after", "7"]


def test_a_programme_shows_what_is_next(tmp_path: Path, no_log: Path, capsys: Capture) -> None:
    """A programme is shown, written, read, and counts what the log says."""
    file = str(tmp_path / "weeks.toml")
    starts = date.today() - timedelta(days=3)  # noqa: DTZ011 - as the command does
    words = ["programme", "lower-back", "--starts", str(starts), *WEEKS, *GROWTH, "-o", file]
    assert main(words) == 0
    out, err = capsys.readouterr()
    assert err == f"supple: written; for today's session: supple play {file}\n"
    assert out.splitlines()[0] == f"Lower back  from {starts} in Europe/Berlin"
    assert "missed" not in out
    assert re.search(
        r"^  \d{4}-\d\d-\d\d \w{3} (08|20):00    \d:\d\d  day \d+$", out, re.MULTILINE
    )
    assert read_programme(file).progression.easier_week == 4

    entry = {"at": f"{starts}T08:00:00+01:00", "routine": "weeks", "seconds": 9, "finished": True}
    no_log.write_text(json.dumps(entry) + "\n")
    assert main(["programme", file]) == 0
    assert re.search(
        r"^\d sessions were missed. Nothing jumps ahead for them.$",
        capsys.readouterr().out,
        re.MULTILINE,
    )
    assert main(["show", file]) == 0
    assert "8 × hold 5 s" in capsys.readouterr().out


def test_a_programme_is_done_at_its_level(tmp_path: Path, capsys: Capture) -> None:
    """Its sessions have the level of the programme, unless another one is asked for."""
    file = str(tmp_path / "weeks.json")
    exercises = [load_catalog("lower-back")[id] for id in ("bridge", "cat-camel")]
    routine = Routine("both", items=[exercises[0], Rest((10, 60)), exercises[1]])
    weeks = Programme(routine, starts=date(2090, 1, 1), zone="UTC", level=1)
    write_programme(weeks, file)

    def rest_in(*words: str) -> int:
        assert main(["events", file, "--json", *words]) == 0
        events = map(event_lines.decode, capsys.readouterr().out.splitlines())
        return next(each.duration_ms or 0 for each in events if each.why == "rest")

    assert (rest_in(), rest_in("--level", "0"), rest_in("--level", "0.5")) == (
        60_000,
        10_000,
        35_000,
    )
    assert main(["fit", file, "--minutes", "3.2", "-o", str(tmp_path / "fitted.toml")]) == 0
    assert capsys.readouterr().err.endswith("fitted.toml --level 1\n")


def test_a_programme_that_is_over(tmp_path: Path, capsys: Capture) -> None:
    """Where no session is left it says so, and there is none to play."""
    file = str(tmp_path / "weeks.json")
    assert main(["programme", "bridge", "--starts", "2020-01-01", *WEEKS, "-o", file]) == 0
    assert capsys.readouterr().out.splitlines()[-1] == "The programme is over."
    assert main(["play", file]) == 2
    assert capsys.readouterr().err == f"supple: the programme in {file!r} is over\n"


def test_a_programme_of_tomorrow(tmp_path: Path, capsys: Capture) -> None:
    """Before the first day the next session is what there is to play."""
    file = str(tmp_path / "weeks.json")
    assert main(["programme", "bridge", "--starts", "2090-01-01", *WEEKS, "-o", file]) == 0
    assert main(["events", file]) == 0
    assert "bridge" in capsys.readouterr().out


@pytest.mark.parametrize(
    "words",
    [
        ["--days", "7"],
        ["--at", "08:00"],
        ["--easier-week", "4"],
        ["--level", "1"],
        ["--output", "x.toml"],
        ["--replace"],
        ["--catalog", "lower-back"],
    ],
)
def test_a_programme_is_as_its_file_has_it(
    words: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Capture
) -> None:
    """What would make another programme is refused beside the file of one."""
    monkeypatch.chdir(tmp_path)
    file = "weeks.json"
    assert main(["programme", "bridge", "--starts", "2090-01-01", *WEEKS, "-o", file]) == 0
    capsys.readouterr()
    assert main(["programme", file, *words]) == 2
    requirement = "must be left out where the file of a programme is named"
    assert capsys.readouterr().err == f"supple: {words[0]}: {requirement} (got {file!r})\n"


def test_a_programme_in_another_language(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Capture
) -> None:
    """A wish for a language makes no other programme; what is used instead is told."""
    monkeypatch.chdir(tmp_path)
    file = "weeks.json"
    assert main(["programme", "bridge", "--starts", "2090-01-01", *WEEKS, "-o", file]) == 0
    capsys.readouterr()
    assert main(["programme", file, "--language", "en"]) == 0
    asked = capsys.readouterr()
    assert asked.err == ""
    assert main(["programme", file, "--language", "de"]) == 0
    told = "supple: Bridge has no texts in de; they are in en instead\n"
    assert capsys.readouterr() == (asked.out, told)


def test_a_session_does_not_replace_its_programme(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Capture
) -> None:
    """The routine of today is fitted into another file than that of the programme."""
    monkeypatch.chdir(tmp_path)
    file, other = "weeks.json", "today.json"
    made = ["programme", "lower-back", "--starts", "2090-01-01", *WEEKS, "-o", file]
    assert main(made) == 0
    before = Path(file).read_bytes()
    capsys.readouterr()
    words = ["fit", file, "--minutes", "6.5", "--replace", "-o"]
    assert main([*words, f"./{file}"]) == 2
    requirement = "must be another file than that of the programme"
    assert capsys.readouterr().err == f"supple: --output: {requirement} (got './{file}')\n"
    assert Path(file).read_bytes() == before
    assert main([*words, other]) == 0


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (
            ["--starts", "1.2.2027"],
            "--starts: must be a day alone, such as 2027-03-22 (got '1.2.2027')",
        ),
        (["--at", "8"], "--at: must be a time of day such as 08:00 (got '8')"),
        (
            ["--at", "08:00", "--at", "08:00"],
            "--at: must not name a time twice (got ['08:00', '08:00'])",
        ),
        (
            ["--starts", "0001-01-01"],
            "--starts: must lie in the years from 1900 to 9000 (got '0001",
        ),
        (
            ["--grow", "reps:1:1", "--grow", "hold:1:1"],
            "--grow PART:BY:EVERY:UPTO: must be given, or what follows never begins (got None)",
        ),
        (["--days", "x"], "--days: must be a whole number (got 'x')"),
        (["--zone", "Nowhere"], "--zone: must be the name of a time zone"),
        (["--grow", "hold"], "--grow: must be PART:BY:EVERY or PART:BY:EVERY:UPTO (got 'hold')"),
        (["--grow", "hold:x:1"], "--grow: must be a number (got 'x')"),
        (["--grow", "hld:1:1"], "--grow: must be one of reps, sets, hold; did you mean 'hold'?"),
        (["--easier-week", "1"], "--easier-week: must be a whole number from 2 to 100000 (got 1)"),
    ],
)
def test_what_is_no_programme(words: list[str], message: str, capsys: Capture) -> None:
    """Wrong words name their option."""
    assert main(["programme", "lower-back", "--zone", "UTC", *words]) == 2
    assert capsys.readouterr().err.startswith(f"supple: {message}")


@pytest.mark.skipif(not hasattr(time, "tzset"), reason="Windows tells no zone")
def test_the_zone_of_the_machine(
    monkeypatch: pytest.MonkeyPatch, capsys: Capture, tmp_path: Path
) -> None:
    """Without a zone it is that of the machine, as the variable or the system has it."""
    monkeypatch.setenv("TZ", "Asia/Tokyo")
    assert main(["programme", "lower-back", "--starts", "2090-01-01"]) == 0
    assert capsys.readouterr().out.splitlines()[0] == "Lower back  from 2090-01-01 in Asia/Tokyo"
    message = "supple: --zone: must be given, for this system does not tell its time zone\n"
    monkeypatch.setenv("TZ", "CET-1CEST")
    assert main(["programme", "lower-back"]) == 2
    assert capsys.readouterr().err == message
    monkeypatch.setenv("TZ", "")
    link = "/usr/share/zoneinfo/Europe/Rome"
    monkeypatch.setattr(os.path, "realpath", lambda _path: link)
    assert main(["programme", "lower-back", "--starts", "2090-01-01"]) == 0
    assert capsys.readouterr().out.splitlines()[0] == "Lower back  from 2090-01-01 in Europe/Rome"
    monkeypatch.setattr(os.path, "realpath", lambda _path: str(tmp_path))
    assert main(["programme", "lower-back"]) == 2
    assert capsys.readouterr().err == message


def test_a_file_needs_no_catalog(capsys: Capture) -> None:
    """Options that tell things of one name apart have no place beside a file."""
    file = "./x.toml"
    assert main(["show", file, "--kind", "routine"]) == 2
    message = f"supple: --kind: must be left out where a file is named (got {file!r})\n"
    assert capsys.readouterr().err == message
    assert main(["show", file]) == 1
    assert capsys.readouterr().err == f"supple: there is no file {file!r}\n"
