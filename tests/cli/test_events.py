"""``supple events``: what happens in a routine, as a table or as JSON Lines."""

import subprocess
from pathlib import Path

import pytest

import supple
from supple.cli import main
from supple.export import event_lines
from tests.child import Child
from tests.cli.program import PROGRAM, Run


def test_table(acme: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A table has a heading, then a line for each event, its text at the end."""
    assert main(["events", f"{acme}/squat"]) == 0
    out, err = capsys.readouterr()
    assert err == ""
    assert (
        out
        == """\
time  event             exercise  text
0:00  routine.started             Squat
0:00  rest.started                Get ready: Squat, standing
0:02  cue.countdown               3
0:03  cue.countdown               2
0:04  cue.countdown               1
0:05  rest.ended                  Get ready: Squat, standing
0:05  exercise.started  squat     Squat
0:05  set.started       squat     Set 1 of 1
0:05  rep.started       squat     Repetition 1 of 1
0:05  step.started      squat     Go down
0:08  step.ended        squat     Go down
0:08  step.started      squat     Come up
0:11  step.ended        squat     Come up
0:11  rep.ended         squat     Repetition 1 of 1
0:11  set.ended         squat     Set 1 of 1
0:11  exercise.ended    squat     Squat
0:11  routine.ended               Squat
"""
    )


def test_table_with_every_column(acme: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Sides and counters have columns where there are any, and fractions have their room."""
    assert main(["events", f"{acme}/rounds", "--level", "0.5"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "time      event             exercise  side   rep  set  round  text"
    for line in (
        "0:05      round.started                                  1/3  Round 1 of 3",
        "0:11      rep.ended         squat            1/2         1/3  Repetition 1 of 2",
        "1:34      rest.started                                        Have a sip",
        "2:06      hold.started      reach     left   1/3  1/2         Lean to the left",
        "2:06.500  cue.mark          reach     left   1/3  1/2         And back",
        "2:26      rep.started       reach     right  2/3  1/2         Repetition 2 of 3",
        "2:51      set.started       reach                 2/2         Set 2 of 2",
        "3:26      routine.ended                                       Rounds",
    ):
        assert line in lines


def test_level_picks_from_the_ranges(capsys: pytest.CaptureFixture[str]) -> None:
    """The gentle end is the default; the last line says how long the whole takes."""
    last = {}
    for level in ([], ["--level", "0"], ["--level=1"]):
        assert main(["events", "lower-back/lower-back", *level]) == 0
        last["".join(level)] = capsys.readouterr().out.splitlines()[-1].split()[0]
    assert last == {"": "6:26", "--level0": "6:26", "--level=1": "8:38"}


@pytest.mark.parametrize("level", ["0", "0.5", "1"])
def test_json_lines_are_the_timeline(level: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Every line is one event, and all of them are those of the timeline."""
    assert main(["events", "in-bed", "--json", "--level", level]) == 0
    routine = supple.load_catalog("lower-back").routines["in-bed"]
    lines = capsys.readouterr().out.splitlines()
    assert [event_lines.decode(line) for line in lines] == list(
        supple.schedule(routine, level=float(level))
    )


def test_exercise_by_itself(capsys: pytest.CaptureFixture[str]) -> None:
    """An exercise is run as a routine of nothing else, under its own name."""
    assert main(["events", "bridge", "--json"]) == 0
    bridge = supple.load_catalog("lower-back").exercises["bridge"]
    alone = supple.Routine("bridge", name="Bridge", items=[bridge])
    lines = capsys.readouterr().out.splitlines()
    assert [event_lines.decode(line) for line in lines] == list(supple.schedule(alone))


@pytest.mark.parametrize("more", [[], ["--json"]], ids=["table", "json"])
def test_endless_routine_starts_at_once(
    more: list[str], acme: Path, environment: dict[str, str]
) -> None:
    """A million million repetitions are written as they come, in columns wide enough."""
    with Child(
        [*PROGRAM, "events", f"{acme}/endless", *more],
        env=environment,
        stdout=subprocess.PIPE,
        encoding="utf-8",
    ) as process:
        assert process.stdout is not None
        lines = [next(process.stdout) for _ in range(5000)]
        process.stdout.close()
    if not more:
        assert len({line.index(" squat ") for line in lines if " squat " in line}) == 1


def test_output_is_the_same_bytes(run: Run) -> None:
    """The same routine gives the same lines every time."""
    assert run("events", "in-bed").stdout == run("events", "in-bed").stdout
