"""Terminals to play in: one of Textual's that is none, by a manual clock; and tmux, a real one."""

import asyncio
import shlex
import subprocess
import time
from collections.abc import Awaitable, Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from supple import Event, Player, Timeline
from supple.cli._playing.figure import Figure
from supple.cli._playing.mat import Mat
from supple.cli._playing.view import Shown
from supple.cli._playing.voice import Sounds
from supple.testing import ManualClock
from tests.needs import needs

if TYPE_CHECKING:
    from textual.pilot import Pilot

PATIENCE_SECONDS = 15
POLL_SECONDS = 0.02
STILL_ROUNDS = 5
"""In how many rounds of all messages nothing must change: a key goes three ways to be answered."""

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


class Stage:
    """A mat on a terminal that is none, played by a manual clock.

    Attributes:
        mat: The mat.
        clock: What tells it the time.
        heard: The events that a person hears of, those that come together in one tuple.
    """

    def __init__(self, mat: Mat, clock: ManualClock, heard: list[tuple[Event, ...]]) -> None:
        self.mat = mat
        self.clock = clock
        self.heard = heard
        self.pilot: Pilot[int]

    async def press(self, *keys: str) -> str:
        """Press keys, and return what is on the screen then."""
        await self.pilot.press(*keys)
        return await self.wait(0)

    async def wait(self, seconds: float) -> str:
        """Let time pass, and return what is on the screen then."""
        self.clock.advance(seconds)
        await self._settle()
        self.mat.show()
        await self._settle()
        return self.text

    async def _settle(self) -> None:
        """Let all that was asked for be done: until for some rounds nothing more is to be seen."""
        shown, rounds = "", 0
        deadline = time.monotonic() + PATIENCE_SECONDS
        while rounds < STILL_ROUNDS:
            assert time.monotonic() < deadline, f"the mat still shows:\n{shown}"
            await self.pilot.pause(0)
            before, shown = shown, self.text
            rounds = rounds + 1 if shown == before and shown.strip() else 0

    @property
    def text(self) -> str:
        """What is on the screen."""
        strips = self.mat.screen._compositor.render_strips()
        return "\n".join("".join(each.text for each in strip).rstrip() for strip in strips)

    @property
    def lines(self) -> list[str]:
        """The lines that are on the screen."""
        return self.text.split("\n")


def on_stage(
    timeline: Timeline,
    act: Callable[[Stage], Awaitable[None]],
    *,
    size: tuple[int, int] = (80, 24),
    **settings: Any,
) -> Mat:
    """Let a test act on a mat of a size, and return the mat when it is over."""
    clock, heard = ManualClock(100), list[tuple[Event, ...]]()
    shown = Shown(timeline)
    sounds = settings.pop("sounds", None) or Heard(heard)
    player = Player(timeline, hands_free=settings.pop("hands_free", False))
    figure = settings.pop("figure", None)
    mat = Mat(player, shown, lambda: figure or Figure(shown), sounds, timer=clock, **settings)
    stage = Stage(mat, clock, heard)

    async def run() -> None:
        async with mat.run_test(size=size) as stage.pilot:
            await stage.pilot.pause()
            await act(stage)

    asyncio.run(run())
    return mat


class Heard(Sounds):
    """Keeps what a person hears."""

    def __init__(self, heard: list[tuple[Event, ...]]) -> None:
        super().__init__()
        self._heard = heard

    def give(self, events: Any) -> None:
        """Keep events."""
        self._heard.append(tuple(events))

    def hush(self) -> None:
        """Keep that nothing is to be heard any more."""
        self._heard.append(())


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
