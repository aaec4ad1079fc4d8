"""``supple play`` on a terminal: keys in, screens out, and the terminal as it was."""

import os
import re
import shlex
import signal
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeAlias

import pytest

from tests.cli.playing import PATIENCE_SECONDS, POLL_SECONDS, Pane, write_den
from tests.cli.program import PROGRAM

pytest.importorskip("termios")

Open: TypeAlias = Callable[..., Pane]
"""The words behind ``play``, the size, and environment variables by their names."""


@pytest.fixture
def den(tmp_path: Path) -> Path:
    """Return the folder of a catalog made for the screen."""
    return write_den(tmp_path / "den")


@pytest.fixture
def open_pane(tmp_path: Path, environment: dict[str, str], den: Path) -> Iterator[Open]:
    """Open a terminal in which the routine is played, and say afterwards what became of it."""
    panes = []

    def open_pane(
        *words: str, size: tuple[int, int] = (60, 16), read: bool = True, **variables: str
    ) -> Pane:
        plain = environment | {"XDG_STATE_HOME": str(tmp_path / "state")} | variables
        pane = Pane(tmp_path, plain, *size)
        panes.append(pane)
        program = shlex.join([*PROGRAM, "play", f"{den}/day", *words])
        (tmp_path / "go").write_text(
            f"before=$(stty -g)\nsh -c 'echo $$ >{tmp_path}/pid; exec {program}'\necho status $?\n"
            '[ "$before" = "$(stty -g)" ] && echo as before\n'
        )
        pane.type(f". {tmp_path}/go")
        if read:
            pane.wait_for("before you start")
            pane.send("Enter")
            pane.wait_for("Daybreak", "left")
        return pane

    yield open_pane
    for pane in panes:
        pane.close()


def count_of(text: str) -> int:
    """Return the seconds that are left of the routine."""
    found = re.search(r"(\d+):(\d\d) left", text)
    assert found, text
    return int(found[1]) * 60 + int(found[2])


def ended(pane: Pane, status: int) -> str:
    """Wait for the end, check what the terminal was left like, and return what it shows."""
    text = pane.wait_for(f"status {status}", "as before")
    assert pane.ask("alternate_on") == "0"
    assert pane.ask("cursor_flag") == "1"
    assert pane.ask("wrap_flag") == "1"
    return text


def is_running(program: int) -> bool:
    """Tell whether there is a process of that number."""
    try:
        os.kill(program, 0)
    except ProcessLookupError:
        return False
    return True


def test_what_it_shows(open_pane: Open) -> None:
    """The screen says what to do, which side and repetition, how long, and what comes next."""
    pane = open_pane("--from", "reach", "--speed", "2")
    text = pane.wait_for("Reach up on the left", "Reach  ·  left  ·  Repetition 1 of 2")
    assert "Next: Reach up on the left" in text
    assert "at 2×" in text
    assert "█" in text
    assert pane.ask("alternate_on") == "1"
    assert pane.ask("cursor_flag") == "0"


def test_pause_stops_the_countdown(open_pane: Open) -> None:
    """In a pause nothing moves, however long it lasts; space goes on."""
    pane = open_pane("--speed", "10")
    pane.wait_for("Reach up on the left")
    pane.send("Space")
    paused = pane.wait_for("Paused", "Space goes on")
    pane.send("Right")
    sought = pane.wait_until(lambda text: text != paused)
    assert count_of(sought) == count_of(paused) - 10
    pane.send("x", "x", "x")
    pane.send("Left")
    assert pane.wait_until(lambda text: text != sought) == paused
    pane.send("Space")
    pane.wait_until(lambda text: "Paused" not in text and count_of(text) < count_of(paused))


def test_moving_between_exercises(open_pane: Open) -> None:
    """Keys go to the next exercise and back to the one before; ready goes on from a wait."""
    pane = open_pane("--speed", "5")
    pane.send("n")
    pane.wait_for("Next: Waiting")
    text = pane.wait_for("Find a wall", "Enter", "when you are ready")
    assert "█" not in text
    pane.send("r")
    pane.wait_for("Lean on it")
    pane.send("n")
    pane.wait_for("Next: Bow")
    pane.send("p")
    pane.wait_for("when you are ready")
    pane.send("Enter")
    pane.wait_for("Lean on it", gone="when you are ready")


def test_help_pauses(open_pane: Open) -> None:
    """The help stands over the routine, which is paused until it is closed."""
    pane = open_pane()
    pane.send("?")
    pane.wait_for("the routine is paused", "Ctrl-Z")
    pane.send("Escape")
    pane.wait_for("left", gone="the routine is paused")


def test_quitting_shows_the_stop_advice(open_pane: Open) -> None:
    """The key to stop leaves the routine with its advice on stopping and status 0."""
    pane = open_pane()
    pane.send("q")
    text = ended(pane, 0)
    assert "Daybreak: stopped at 0:00\n  - Stop if it hurts.\n" in text
    assert "chest" not in text


@pytest.mark.parametrize("read", [True, False], ids=["playing", "reading"])
def test_interruption_shows_the_stop_advice(read: bool, open_pane: Open) -> None:  # noqa: FBT001
    """Ctrl-C does the same at any time, with status 130."""
    pane = open_pane(read=read)
    pane.wait_for("left" if read else "before you start")
    pane.send("C-c")
    assert "Daybreak: stopped at 0:00\n  - Stop if it hurts.\n" in ended(pane, 130)


def test_termination(open_pane: Open, tmp_path: Path) -> None:
    """SIGTERM leaves the terminal as it was, too, with the status that a shell gives it."""
    pane = open_pane()
    os.kill(int((tmp_path / "pid").read_text()), signal.SIGTERM)
    ended(pane, 143)


def test_hang_up(open_pane: Open, tmp_path: Path) -> None:
    """When the terminal goes away, so does the program."""
    pane = open_pane()
    program = int((tmp_path / "pid").read_text())
    pane.close()
    deadline = time.monotonic() + PATIENCE_SECONDS
    while is_running(program):
        assert time.monotonic() < deadline
        time.sleep(POLL_SECONDS)


def test_suspending(open_pane: Open) -> None:
    """Ctrl-Z pauses and gives the terminal back; on return the routine shows as paused."""
    pane = open_pane("--speed", "10")
    pane.send("C-z")
    ended(pane, 148)
    pane.type("fg")
    text = pane.wait_for("Paused", "Space goes on")
    assert pane.ask("alternate_on") == "1"
    assert pane.ask("cursor_flag") == "0"
    pane.send("Space")
    pane.wait_until(lambda now: "Paused" not in now and count_of(now) < count_of(text))
    pane.send("q")
    pane.wait_for("stopped at")


@pytest.mark.parametrize("size", [(40, 12), (200, 50)], ids=str)
def test_resizing(size: tuple[int, int], open_pane: Open) -> None:
    """The screen follows the size of the terminal, and nothing is cut."""
    pane = open_pane()
    width, height = size
    pane.resize(width, height)
    text = pane.wait_until(lambda text: len(text.splitlines()) == height and "q stop" in text)
    assert pane.ask("pane_width") == str(width)
    assert "Daybreak" in text.splitlines()[0]
    assert text.splitlines()[0].rstrip().endswith(" left")
    pane.send("q")
    ended(pane, 0)


@pytest.mark.parametrize("no_colour", ["", "1"])
def test_no_colour(no_colour: str, open_pane: Open) -> None:
    """The count has the colour of what it counts, and NO_COLOR leaves weights only."""
    pane = open_pane("--from", "bow", NO_COLOR=no_colour)
    pane.send("Right")
    pane.wait_for("Bow down", gone="Next: Bow down")
    assert ("\x1b[36m" in pane.styled) is not bool(no_colour)
    assert "\x1b[1m" in pane.styled


def test_end(open_pane: Open) -> None:
    """At the end the screen says so until the person leaves."""
    pane = open_pane("--speed", "100", "--hands-free", "--from", "bow")
    pane.wait_for("Done, 4:21", "Enter leaves")
    pane.send("Enter")
    text = ended(pane, 0)
    assert "Daybreak: done" in text


def test_advice_is_shown_once(open_pane: Open, tmp_path: Path) -> None:
    """The advice on safety comes before the first time only; with q nothing starts."""
    pane = open_pane(read=False)
    pane.wait_for("Stop if it hurts.", "Get help if your chest hurts.")
    pane.send("q")
    assert "stopped" not in ended(pane, 0)
    pane.type(f"clear; . {tmp_path}/go")
    pane.wait_for("before you start")
    pane.send("Space")
    pane.wait_for("left")
    pane.send("q")
    pane.wait_for("stopped")
    pane.type(f"clear; . {tmp_path}/go")
    pane.wait_for("Daybreak", "left")
    [kept] = (tmp_path / "state" / "supple").iterdir()
    assert re.fullmatch(r"[0-9a-f]{16}\n", kept.read_text())
