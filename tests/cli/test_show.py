"""``supple show``: one exercise or one routine, as a page to read."""

from pathlib import Path

import pytest
from attrs import evolve

from supple import AdviceTier, Phrases, Routine, load_catalog
from supple.catalog import write_routine
from supple.cli import main
from tests.cli.program import Run


def test_exercise(acme: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A page has all that an exercise says, in the order in which one needs it."""
    assert main(["show", f"{acme}/reach", "--kind", "exercise"]) == 0
    out, err = capsys.readouterr()
    assert err == ""
    assert (
        out
        == """\
Réach  acme/reach
Opens the side.

  Kind           dynamic stretch
  Position       standing
  Sides          first left, then the same right
  Dose           2 sets: 2–3 × hold 5–10 s, each side
  Rest           15 s between sets
  Works on       side, back
  What you need  a wall

To begin with
  1. Stand by the wall (until you are ready)

Each time, first left, then the same right
  2. Raise your left arm (until you are ready)
  3. Lean to the left (hold 5–10 s)
     after 50 % of the time: Breathe out
     1.5 s before the end: And back

To end with
  4. Shake your arms (2 s)

Take care
  - Mind the ceiling.

Where the doses come from
  - A paper (hold)
    Five to ten seconds.
    https://example.org/a-long-address/that-must-stay-in-one-piece/on-any-screen/whatever-its-width
  - acme (default for reps, sets)
    The rest.
  - Another paper (for comparison)
    A minute.

Pictures
  - A person leans to the side.
    pictures/reach.svg
    Acme, CC0
"""
    )


def test_exercise_that_says_little(acme: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What an exercise does not say has no place on its page."""
    assert main(["show", f"{acme}/squat"]) == 0
    out, err = capsys.readouterr()
    assert err == ""
    assert (
        out
        == """\
Squat  acme/squat

  Kind      strengthening
  Position  standing
  Dose      once

Each time
  1. Go down
  2. Come up
"""
    )


def test_routine(acme: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A page has the items, circuits opened, both durations, and the advice."""
    assert main(["show", f"{acme}/rounds"]) == 0
    out, err = capsys.readouterr()
    assert err == ""
    assert (
        out
        == """\
Rounds  acme/rounds

  Duration       2 min at the gentle end, 4 min at the full dose
  What you need  a wall

What to do
  1. 2–3 rounds, rest 10 s between rounds
     1. squat  Squat  2 times
     2. Rest, 5 s
     3. squat  Squat  once
  2. Have a sip, 20–30 s
  3. reach  Réach  2 sets: 2–3 × hold 1.5–2.5 s, each side

Take care
  - Mind the ceiling.

When to stop
  - Stop if it hurts.
    (Acme)
"""
    )


def test_note_and_load(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What a therapist says of an exercise stands below it, and the load with the dose."""
    knees = load_catalog("lower-back")["knee-rolls"].with_dose(hold=10)
    told = evolve(knees, note="Only as far as is easy.", load="a red band")
    write_routine(Routine("mine", items=[told]), tmp_path / "mine.json")
    assert main(["show", str(tmp_path / "mine.json")]) == 0
    lines = capsys.readouterr().out.splitlines()
    at = lines.index("What to do")
    assert lines[at + 1 : at + 3] == [
        "  1. knee-rolls  Knee rolls  hold 10 s, each side, with a red band",
        "     Only as far as is easy.",
    ]


def test_routine_without_a_range(acme: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A routine that takes as long at any level has one duration."""
    assert main(["show", f"{acme}/endless"]) == 0
    assert "\n  Duration  1\u00a0666\u00a0666\u00a0666 h 40 min\n" in capsys.readouterr().out


@pytest.mark.parametrize("name", ["lower-back/lower-back", "in-bed", "knee-rolls", "childs-pose"])
def test_bundled_pages(name: str, run: Run) -> None:
    """The bundled exercises and routines have pages whose titles say what to ask for."""
    done = run("show", name, SUPPLE_DISABLE_PLUGINS="all")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.partition("\n")[0].endswith(f"  lower-back/{name.rpartition('/')[2]}")


def test_bundled_advice_is_shown_by_tier(run: Run) -> None:
    """Advice stands below the word for how pressing it is, the mildest first."""
    out = run("show", "lower-back").stdout
    headings = [Phrases().tier(tier) for tier in AdviceTier]
    places = [out.index(f"\n\n{heading}\n  - ") for heading in headings]
    assert places == sorted(places)


def test_what_is_easier_and_harder(capsys: pytest.CaptureFixture[str]) -> None:
    """An exercise names its relatives as its language does, with what to type for each."""
    assert main(["show", "bridge", "--language", "de"]) == 0
    assert "Leichter\n  - Beckenkippen (lower-back/pelvic-tilts)\n" in capsys.readouterr().out
    assert main(["show", "pelvic-tilts"]) == 0
    assert "Harder\n  - Bridge (lower-back/bridge)\n" in capsys.readouterr().out


def test_what_is_no_file_of_a_routine(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A file of another kind, such as an exported page, is said to be none."""
    page = tmp_path / "x.html"
    page.touch()
    assert main(["show", str(page)]) == 2
    told = "is no file of a routine: such a file ends in .toml or .json\n"
    assert capsys.readouterr().err.endswith(told)


def test_a_catalog_that_is_here_is_pointed_at(
    acme: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Who stands in the folder of a catalog is told how to look in it."""
    monkeypatch.chdir(acme)
    assert main(["show", "squat"]) == 2
    assert capsys.readouterr().err == (
        "supple: no routine or exercise of an installed catalog is named 'squat'; "
        "the catalog in this folder has one: add --catalog .\n"
    )
    assert main(["show", "squats"]) == 2
    assert "--catalog" not in capsys.readouterr().err
    (acme / "catalog.toml").write_text("")
    assert main(["show", "squat"]) == 2
    assert "--catalog" not in capsys.readouterr().err


def test_a_name_stands_for_its_id(capsys: pytest.CaptureFixture[str]) -> None:
    """Who types what an exercise is called is told its id."""
    assert main(["show", "knee Rolls", "--catalog", "lower-back"]) == 2
    assert "; did you mean 'knee-rolls'? (see" in capsys.readouterr().err
