"""A terminal to play in: tmux, which shows what is on it and what state it is in."""

import shlex
import subprocess
import time
from collections.abc import Callable, Mapping
from pathlib import Path

from tests.needs import needs

PATIENCE_SECONDS = 15
POLL_SECONDS = 0.02

CATALOG = """\
format = 1
name = "den"
title = "Den"
version = "1.0"
language = "en"
summary = "Made for the screen."

[[advice]]
tier = "stop"
text = "Stop if it hurts."

[[advice]]
tier = "emergency"
text = "Get help if your chest hurts."

[[routines]]
id = "day"
name = "Daybreak"
items = [{ exercise = "reach" }, { exercise = "wait" }, { exercise = "bow" }]
"""
REACH = """\
id = "reach"
name = "Reach"
kind = "stretch"
position = "standing"
sides = "each"
reps = 2
cycle = [{ hold = "Reach up on the {side}", seconds = 40 }]
"""
WAIT = """\
id = "wait"
name = "Waiting"
kind = "stretch"
position = "standing"
cycle = [{ step = "Find a wall", until_ready = true }, { hold = "Lean on it", seconds = 30 }]
"""
BOW = """\
id = "bow"
name = "Bow"
kind = "stretch"
position = "standing"
cycle = [{ hold = "Bow down", seconds = 50 }]
"""


def write_den(folder: Path) -> Path:
    """Write a catalog whose routine has sides, repetitions and a step until ready."""
    (folder / "exercises").mkdir(parents=True)
    (folder / "catalog.toml").write_text(CATALOG, encoding="utf-8")
    for name, text in (("reach", REACH), ("wait", WAIT), ("bow", BOW)):
        (folder / "exercises" / f"{name}.toml").write_text(text, encoding="utf-8")
    return folder


class Pane:
    """A terminal of a size, in which a shell waits for commands."""

    def __init__(
        self, folder: Path, environment: Mapping[str, str], width: int, height: int
    ) -> None:
        self._tmux = [needs("tmux"), "-S", str(folder / "tmux"), "-f", "/dev/null"]
        self._is_closed = False
        size = ["-x", str(width), "-y", str(height)]
        variables = [f"{name}={value}" for name, value in environment.items()]
        shell = shlex.join(["env", "-i", *variables, "PS1=$ ", "/bin/sh", "-i"])
        self._run("new-session", "-d", *size, shell)
        self.wait_for("$")

    def close(self) -> None:
        """End everything that runs in it; once is enough."""
        if not self._is_closed:
            self._is_closed = True
            self._run("kill-server")

    def send(self, *keys: str) -> None:
        """Press keys, by the names that tmux has for them."""
        self._run("send-keys", *keys)

    def type(self, text: str) -> None:
        """Type a line, and Enter."""
        self._run("send-keys", "-l", text)
        self.send("Enter")

    def resize(self, width: int, height: int) -> None:
        """Change the size."""
        self._run("resize-window", "-x", str(width), "-y", str(height))

    def ask(self, variable: str) -> str:
        """Return what tmux knows of the terminal, such as ``alternate_on``."""
        return self._run("display-message", "-p", f"#{{{variable}}}").rstrip("\n")

    @property
    def text(self) -> str:
        """What is on the screen."""
        return self._run("capture-pane", "-p")

    @property
    def styled(self) -> str:
        """What is on the screen, with its escape sequences."""
        return self._run("capture-pane", "-p", "-e")

    def wait_for(self, *wanted: str, gone: str | None = None) -> str:
        """Return the screen once it shows all that is wanted, and not what should be gone."""
        return self.wait_until(
            lambda text: (
                all(each in text for each in wanted) and (gone is None or gone not in text)
            )
        )

    def wait_until(self, is_there: Callable[[str], bool]) -> str:
        """Return the screen once it is as wanted."""
        deadline = time.monotonic() + PATIENCE_SECONDS
        while not is_there(text := self.text):
            assert time.monotonic() < deadline, f"the screen still shows:\n{text}"
            time.sleep(POLL_SECONDS)
        return text

    def _run(self, *words: str) -> str:
        done = subprocess.run(
            [*self._tmux, *words], capture_output=True, encoding="utf-8", check=True, timeout=60
        )
        return done.stdout
