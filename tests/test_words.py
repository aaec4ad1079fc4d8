"""The literals beside the closed sets: type checkers know each word, and no other."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING, get_args

import pytest

from supple._model import pose, words
from supple._player import states

if TYPE_CHECKING:
    from pathlib import Path
    from types import ModuleType

PAIRS = [
    *((words, name) for name in ("AdviceTier", "DosePart", "ExerciseKind", "Phase")),
    *((words, name) for name in ("Position", "Side", "Sides")),
    *((pose, name) for name in ("Facing", "Ghost")),
    *((states, name) for name in ("GapPolicy", "SkipOver")),
]

MISSPELT = """
from supple import Advice, DoseSource, Exercise, Hold, Prescription, Routine, Step, schedule
from supple.catalog import schema
from supple.planning import compose
from supple import Player
from supple.timers import play
Hold("Keep", seconds="5")  # E
Hold("Keep", seconds=5)
Hold("Keep", seconds=(5, 10.5), breath=[4, 6])
Advice("urgend", text="x")  # E
Advice("urgent", text="x")
DoseSource("x", says="x", gives=["holds"])  # E
e = Exercise("a", name="A", kind="yoga", position="standing", cycle=[Step("x")])  # E
f = Exercise("a", name="A", kind="stretch", position="sittin", cycle=[Step("x")])  # E
g = Exercise("a", name="A", kind="stretch", position="sitting", cycle=[Step("x")], reps=2.5)  # E
h = Exercise("a", name="A", kind="stretch", position="sitting", cycle=[Step("x")], reps=(2, 5))
Prescription(h, side="lefft")  # E
Routine("r", items=[h, "rest"])  # E
t = schedule(Routine("r", items=[h]))
t.count("hold.start")  # E
t.count("hold.started")
play(t, only="segmnts")  # E
play(t, only="segments")
play(t, only=["hold.start"])  # E
play(t, only=["hold.started", "rest.started"])
Player(t, on_gap="skp")  # E
Player(t, on_gap="skip")
compose([], minutes=5, avoid_positions=["kneelin"])  # E
compose([], minutes=5, avoid_positions=["kneeling"])
schema("exercse")  # E
"""


@pytest.mark.parametrize(("module", "name"), PAIRS, ids=[name for _, name in PAIRS])
def test_literals_are_the_words(module: ModuleType, name: str) -> None:
    """The literal beside each enum has its words, in its order."""
    enum, literal = get_args(getattr(module, f"{name}Word"))
    assert enum is getattr(module, name)
    assert get_args(literal) == tuple(member.value for member in enum)


def test_misspelt_words_fail_type_checking(tmp_path: Path) -> None:
    """Mypy refuses a misspelt word, and a value that no field takes, and nothing else."""
    pytest.importorskip("mypy")
    file = tmp_path / "misspelt.py"
    file.write_text(MISSPELT)
    run = subprocess.run(
        [sys.executable, "-m", "mypy", "--strict", "--no-error-summary", str(file)],
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    told = {int(line.split(":")[1]) for line in run.stdout.splitlines() if ": error:" in line}
    wanted = {i for i, line in enumerate(MISSPELT.splitlines(), 1) if line.endswith("# E")}
    assert told == wanted, run.stdout
