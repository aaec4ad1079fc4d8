"""``supple play`` on a terminal: keys in, screens out, and the terminal as it was."""

import os
import re
import select
import shlex
import signal
import struct
import time
from base64 import b64decode
from collections.abc import Callable, Iterator
from contextlib import suppress
from io import BytesIO
from pathlib import Path
from typing import TypeAlias

import pytest

from tests.child import PATIENCE_SECONDS, Child
from tests.cli.playing import Pane, write_den
from tests.cli.program import PROGRAM
from tests.needs import needs_module

fcntl = pytest.importorskip("fcntl")
pty = pytest.importorskip("pty")
termios = pytest.importorskip("termios")

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

    def open_pane(*words: str, **variables: str) -> Pane:
        pane = Pane(tmp_path, environment | variables, 60, 16)
        panes.append(pane)
        program = shlex.join([*PROGRAM, "play", f"{den}/day", *words])
        (tmp_path / "go").write_text(
            f"before=$(stty -g)\nsh -c 'echo $$ >{tmp_path}/pid; exec {program}'\necho status $?\n"
            '[ "$before" = "$(stty -g)" ] && echo as before\n'
        )
        pane.type(f". {tmp_path}/go")
        pane.wait_for("Enter start")
        pane.send("Enter")
        pane.wait_for("Exercise 1 of 3", "left")
        return pane

    yield open_pane
    for pane in panes:
        pane.close()


def ended(pane: Pane, status: int) -> str:
    """Wait for the end, check what the terminal was left like, and return what it shows."""
    text = pane.wait_for(f"status {status}", "as before")
    asked = {each: pane.ask(each) for each in ("alternate_on", "cursor_flag", "wrap_flag")}
    assert asked == {"alternate_on": "0", "cursor_flag": "1", "wrap_flag": "1"}
    assert pane.ask("mouse_any_flag") == "0"
    return text


def test_playing_and_leaving(open_pane: Open, den: Path) -> None:
    """The screen is a page of its own, and what was done is said on the ordinary one."""
    pane = open_pane("--speed", "2", "--transition", "4", "--bell")
    text = pane.wait_for("             Reach up on the left")
    assert "→ Reach up on the left" in text
    assert "· 2×" in text
    assert (pane.ask("alternate_on"), pane.ask("cursor_flag")) == ("1", "0")
    pane.send("Space")
    pane.wait_for("Paused", "Space goes on")
    pane.send("q")
    text = ended(pane, 0)
    assert "Daybreak: Stopped" in text
    assert "Reach (in part), Waiting, Bow" in text
    assert "  - Stop if it hurts.\n" in text
    assert "chest" not in text
    again = f"supple play {den}/day --speed 2 --from reach --bell --transition 4"
    assert again in text.replace("\n", "").replace("   ", " ")


@pytest.mark.parametrize(("key", "status"), [("C-c", 130), ("C-\\", 131)], ids=str)
def test_keys_that_end(key: str, status: int, open_pane: Open) -> None:
    """Ctrl-C and Ctrl-backslash leave nothing on the terminal but the word at the end."""
    pane = open_pane()
    pane.send(key)
    assert "Stop if it hurts." in ended(pane, status)


def test_termination(open_pane: Open, tmp_path: Path) -> None:
    """SIGTERM leaves the terminal as it was, too, with the status that a shell gives it."""
    pane = open_pane(NO_COLOR="1")
    os.kill(int((tmp_path / "pid").read_text()), signal.SIGTERM)
    ended(pane, 143)


def test_suspending(open_pane: Open) -> None:
    """Ctrl-Z pauses and gives the terminal back; on return the routine shows as paused."""
    pane = open_pane()
    pane.send("C-z")
    ended(pane, 128 + signal.SIGSTOP)
    pane.type("clear; fg")
    pane.wait_for("Paused", "Space goes on")
    assert (pane.ask("alternate_on"), pane.ask("cursor_flag")) == ("1", "0")
    pane.send("Space")
    pane.wait_for("Exercise 1 of 3", gone="Paused")
    pane.send("q")
    pane.wait_for("Stopped")
    assert pane.ask("alternate_on") == "0"


def test_no_colours(open_pane: Open) -> None:
    """With NO_COLOR letters and ground are those of the terminal, and the side is reversed."""
    codes = {
        code
        for each in re.findall(r"\x1b\[([0-9;]*)m", open_pane(NO_COLOR="1").styled)
        for code in each.split(";")
    }
    assert codes <= {"0", "1", "7", "39", "49"}
    assert "7" in codes


@pytest.mark.parametrize("is_heard", [True, False], ids=["SIGHUP", "nohup"])
def test_hang_up(is_heard: bool, den: Path, environment: dict[str, str]) -> None:  # noqa: FBT001
    """When the terminal goes away, so does the program, whether or not a signal says so."""

    def take_terminal() -> None:
        fcntl.ioctl(0, termios.TIOCSCTTY, 0)
        if not is_heard:
            signal.signal(signal.SIGHUP, signal.SIG_IGN)

    ours, its = pty.openpty()
    fcntl.ioctl(its, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
    with Child(
        [*PROGRAM, "play", f"{den}/day"],
        env=environment,
        stdin=its,
        stdout=its,
        stderr=its,
        start_new_session=True,
        preexec_fn=take_terminal,
    ) as process:
        os.close(its)
        written = b""
        while b"Daybreak" not in written and b"start" not in written:
            written += os.read(ours, 4096)
        os.write(ours, b"\r")
        while b"Exercise" not in written:
            written += os.read(ours, 4096)
        os.close(ours)
    assert process.returncode == 129
    assert b"Traceback" not in written  # for a terminal that does not answer


class Kitty:
    """A terminal that shows pictures by the protocol of kitty, and keeps those that it is sent."""

    QUERY = re.compile(rb"\x1b_Gi=(\d+)[^;\x1b]*a=q[^;\x1b]*;AAAA\x1b\\|\x1b\[c")
    CHUNK = re.compile(rb"\x1b_Gi=(\d+)[^;\x1b]*\bf=100[^;\x1b]*;([\w+/=]+)\x1b\\")
    PLACE = re.compile(rb"\x1b_G[^;\x1b]*a=p[^;\x1b]*\bi=(\d+)[^;\x1b]*c=(\d+),r=(\d+)")

    def __init__(self, number: int) -> None:
        self._number = number
        self.seen = b""

    def show(self, is_enough: Callable[[], bool]) -> None:
        """Show what comes and answer what is asked, until there is enough."""
        deadline = time.monotonic() + PATIENCE_SECONDS
        while not is_enough():
            assert time.monotonic() < deadline, self.seen[-2000:]
            if select.select([self._number], [], [], 0.1)[0]:
                with suppress(OSError):  # once the program has ended
                    self.seen += os.read(self._number, 65536)
                while asked := self.QUERY.search(self.seen):
                    answer = b"\x1b_Gi=%s;OK\x1b\\" % asked[1] if asked[1] else b"\x1b[?62;c"
                    os.write(self._number, answer)
                    self.seen = self.seen.replace(asked[0], b"", 1)

    @property
    def pictures(self) -> dict[bytes, bytes]:
        """The pictures that have a place on the screen, by their numbers."""
        sent: dict[bytes, bytes] = {}
        for number, data in self.CHUNK.findall(self.seen):
            sent[number] = sent.get(number, b"") + data
        placed = {number for number, _, _ in self.PLACE.findall(self.seen)}
        return {number: b64decode(data) for number, data in sent.items() if number in placed}


def test_real_figure(environment: dict[str, str]) -> None:
    """A terminal that shows pictures is sent the figure, once for each place that it is in."""
    for module in ("PIL", "resvg_py", "textual_image"):
        needs_module(module)
    from PIL import Image

    master, slave = pty.openpty()
    fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", 30, 100, 1000, 600))
    words = [*PROGRAM, "play", "lower-back/in-bed", "--from", "0:05", "--speed", "3"]
    streams = {"stdin": slave, "stdout": slave, "stderr": slave}
    with Child(words, env=environment, start_new_session=True, **streams) as process:
        os.close(slave)
        kitty = Kitty(master)
        kitty.show(lambda: b"Enter" in kitty.seen)
        os.write(master, b"\r")
        kitty.show(lambda: len(kitty.pictures) > 3)
        process.send_signal(signal.SIGTERM)
        kitty.show(lambda: process.poll() is not None)
    os.close(master)
    painted = [Image.open(BytesIO(each)).convert("RGB") for each in kitty.pictures.values()]
    columns, lines = map(int, kitty.PLACE.findall(kitty.seen)[0][1:])
    assert {each.size for each in painted} == {(columns * 10, lines * 20)}
    assert len({each.tobytes() for each in painted}) > 3
    for each in painted:
        colours = {colour: n for n, colour in each.getcolors(1 << 24) or []}
        assert colours[0x14, 0x17, 0x1A] > 1000  # the ground of the mat
        assert colours[0x6B, 0xB5, 0xC9] > 1000  # the body
