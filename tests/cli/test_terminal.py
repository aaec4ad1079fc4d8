"""What a terminal shows: colours, and lines that fit."""

import os
import re
import struct
from collections.abc import Callable
from pathlib import Path
from typing import TypeAlias

import pytest

from tests.child import Child
from tests.cli.program import PROGRAM, Run

fcntl = pytest.importorskip("fcntl")
pty = pytest.importorskip("pty")
termios = pytest.importorskip("termios")

OnTerminal: TypeAlias = Callable[..., list[str]]
"""The width, the words of the command line, and environment variables by their names."""

ESCAPES = re.compile(r"\x1b\[[0-9;]*m")
COLOURS = re.compile(r"\x1b\[(?:\d+;)*[349]\d(?:;\d+)*m")


@pytest.fixture
def on_terminal(environment: dict[str, str]) -> OnTerminal:
    """Run the program on a terminal, and return the lines that it writes there."""

    def on_terminal(width: int, *words: str, **variables: str) -> list[str]:
        ours, its = pty.openpty()
        fcntl.ioctl(its, termios.TIOCSWINSZ, struct.pack("HHHH", 24, width, 0, 0))
        with Child(
            [*PROGRAM, *words],
            env=environment | variables,
            stdin=its,
            stdout=its,
            stderr=its,
            close_fds=True,
        ) as process:
            os.close(its)
            written = b"".join(iter(lambda: _read(ours), b""))
        os.close(ours)
        assert process.returncode == 0
        return written.decode().splitlines()

    return on_terminal


def _read(terminal: int) -> bytes:
    try:
        return os.read(terminal, 4096)
    except OSError:  # how Linux says that the other side has closed
        return b""


def test_colours(on_terminal: OnTerminal) -> None:
    """What matters stands out, and what only ends or counts is quiet."""
    lines = on_terminal(120, "events", "bridge")
    starts = {
        "\x1b[2mtime  event ": "quiet",
        "0:00\x1b[1m  routine.started ": "bold",
        "0:00  rest.started ": "plain",
        "\x1b[2m0:02\x1b[0m\x1b[2m  cue.countdown ": "quiet",
        "0:05\x1b[32m  step.started ": "green",
        "0:12\x1b[36m  hold.started ": "cyan",
        "\x1b[2m0:17\x1b[0m\x1b[2m  hold.ended ": "quiet",
    }
    for start, look in starts.items():
        assert any(line.startswith(start) for line in lines), look


def test_no_colour_wanted(on_terminal: OnTerminal) -> None:
    """NO_COLOR leaves weights but no colours; a terminal that can do nothing gets plain text."""
    text = "\n".join(on_terminal(80, "show", "bridge", NO_COLOR="1"))
    assert ESCAPES.search(text)
    assert not COLOURS.search(text)
    assert "\x1b" not in "\n".join(on_terminal(80, "show", "bridge", TERM="dumb"))


def test_colours_without_a_terminal(run: Run) -> None:
    """In a pipe there are colours where FORCE_COLOR asks for them, and no line is broken."""
    plain = run("show", "lower-back").stdout
    assert "\x1b" not in plain
    coloured = run("show", "lower-back", FORCE_COLOR="1").stdout
    assert COLOURS.search(coloured)
    assert ESCAPES.sub("", coloured) == plain


@pytest.mark.parametrize("width", [40, 60, 80, 120])
@pytest.mark.parametrize(
    "words",
    [("list",), ("show", "lower-back"), ("show", "knee-rolls"), ("events", "in-bed")],
    ids=" ".join,
)
def test_lines_fit(width: int, words: tuple[str, ...], on_terminal: OnTerminal) -> None:
    """No line is longer than the terminal is wide, but for an address in one piece."""
    lines = [ESCAPES.sub("", line) for line in on_terminal(width, *words)]
    assert max(len(line) for line in lines if "://" not in line) <= width


def test_text_continues_below_itself(acme: Path, on_terminal: OnTerminal) -> None:
    """A text that is too long goes on under its own start; an address stays in one piece."""
    lines = on_terminal(30, "show", f"{acme}/reach", "--kind", "exercise")
    page = [ESCAPES.sub("", line) for line in lines]
    start = page.index("  1. Stand by the wall (until")
    assert page[start + 1] == "     you are ready)"
    [address] = [line for line in page if "https:" in line]
    assert address.startswith("    https://example.org/")
    assert address.endswith("/whatever-its-width")


def test_narrow_table_leaves_out_columns(on_terminal: OnTerminal) -> None:
    """The narrower the terminal, the fewer columns stand before the text."""
    headings = {
        width: ESCAPES.sub("", on_terminal(width, "events", "in-bed")[0]).split()
        for width in (120, 80, 50)
    }
    assert headings == {
        120: ["time", "event", "exercise", "side", "rep", "text"],
        80: ["time", "event", "side", "rep", "text"],
        50: ["time", "event", "text"],
    }


def test_narrow_list_leaves_out_names(on_terminal: OnTerminal) -> None:
    """Where there is little room, the ids and what is said of them stay."""
    lines = [ESCAPES.sub("", line) for line in on_terminal(40, "list")]
    assert "  knee-rolls       hold 10 s, each side" in lines
