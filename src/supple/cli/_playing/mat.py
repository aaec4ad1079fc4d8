"""The mat: a screen around a player, with keys, a voice and a figure."""

from __future__ import annotations

import asyncio
import signal
import time
from contextlib import suppress
from typing import TYPE_CHECKING, ClassVar

from textual.app import App
from textual.binding import Binding
from textual.containers import Horizontal
from textual.theme import Theme

from supple import PlayerState, Side, Sides
from supple._units import seconds_to_ms
from supple.cli import SIGNALLED
from supple.cli._playing import parts
from supple.cli._playing.places import Done
from supple.cli._playing.screens import End, Help, Sized, Start
from supple.cli._playing.view import View
from supple.timers import Runner

if TYPE_CHECKING:
    from asyncio import AbstractEventLoop, TimerHandle
    from collections.abc import Callable

    from textual.app import ComposeResult
    from textual.binding import BindingType
    from textual.driver import Driver
    from textual.widget import Widget

    from supple import Event, Player
    from supple.cli._playing.view import Shown
    from supple.cli._playing.voice import Sounds
    from supple.timers import Timer

HUNG_UP = 1
"""The number of SIGHUP, which not every system has by name."""

_FRAME_SECONDS = 0.1
_QUIET = {PlayerState.PAUSED, PlayerState.STOPPED}
_ENDING = ("SIGINT", "SIGTERM", "SIGHUP", "SIGQUIT")

DARK = Theme(
    "mat-dark",
    primary="#8fb8a8",
    accent="#9fd3bd",
    foreground="#e6e4df",
    background="#14171a",
    surface="#14171a",
    panel="#1d2125",
    error="#f08a7d",
    dark=True,
    variables={"quiet": "#9aa3a8", "faint": "#4b545a", "left": "#7db7f0", "right": "#f2b263"},
)
LIGHT = Theme(
    "mat-light",
    primary="#2f6f5b",
    accent="#1f6b55",
    foreground="#22282c",
    background="#faf8f3",
    surface="#faf8f3",
    panel="#f0ece3",
    error="#a8261b",
    dark=False,
    variables={"quiet": "#5c666c", "faint": "#b9bdb8", "left": "#14599c", "right": "#9a4c00"},
)


class Mat(App[int]):
    """Plays to a person in front of a terminal.

    Args:
        player: The player, not started.
        shown: What it plays.
        figure: What makes the part that shows the body.
        sounds: What the person hears.
        at_ms: The offset at which to start.
        is_light: Whether to begin with dark letters on a light ground.
        is_plain: Whether to use no colours but those of the terminal.
        timer: What tells the time and calls back, in place of the loop that it runs in.
        is_there: What tells whether the terminal still is.
        driver: What takes the terminal over, in place of Textual's own.
    """

    TITLE = "supple play"
    CSS_PATH = "mat.tcss"
    ENABLE_COMMAND_PALETTE = False
    BINDINGS: ClassVar[list[BindingType]] = [
        ("q", "leave"),
        Binding("ctrl+c", "signalled(2)", priority=True),
        Binding("ctrl+backslash", "signalled(3)", priority=True),
        Binding("ctrl+z", "suspend_process", priority=True),
        Binding("ctrl+q", "leave", priority=True),
        ("d", "light"),
    ]

    def __init__(  # noqa: PLR0913 - what it is put together from
        self,
        player: Player,
        shown: Shown,
        figure: Callable[[], Widget],
        sounds: Sounds,
        *,
        at_ms: int = 0,
        is_light: bool = False,
        is_plain: bool = False,
        timer: Timer | None = None,
        is_there: Callable[[], bool] = lambda: True,
        driver: type[Driver] | None = None,
    ) -> None:
        super().__init__(driver_class=driver, ansi_color=is_plain or None)
        self.animation_level = "none"
        self.player = player
        self.done = Done()
        self.reached_ms = at_ms
        self._shown = shown
        self._figure = figure
        self._sounds = sounds
        self._at_ms = at_ms
        self._timer = timer
        self._is_there = is_there
        self._events: list[Event] = []
        self._goes_on = False
        for theme in (DARK, LIGHT):
            self.register_theme(theme)
        self.theme = (LIGHT if is_light else DARK).name

    def on_mount(self) -> None:
        loop = asyncio.get_running_loop()
        timer = self._timer or BootTimer(loop)
        self.runner = Runner(self.player, timer, self._note, on_change=self._changed)
        for name in _ENDING:
            with suppress(AttributeError, NotImplementedError, RuntimeError, ValueError):
                number = getattr(signal, name)
                if signal.getsignal(number) is not signal.SIG_IGN:  # as nohup has it
                    loop.add_signal_handler(number, self.action_signalled, number)
        self.app_suspend_signal.subscribe(self, self._pause)
        self.app_resume_signal.subscribe(self, self._pause)
        self.mat = MatScreen(self._shown, self._figure)
        self.push_screen(Start(self._shown))
        self.set_interval(_FRAME_SECONDS, self.show)

    # --- what happens ------------------------------------------------------------------

    def show(self) -> None:
        """Show what is going on now, unless the screens are being closed."""
        if not self.is_running:
            return
        if not self._is_there():
            self.action_signalled(HUNG_UP)
        elif self.screen is self.mat:
            self.mat.show(View.of(self.player, self._shown, self.runner.moment()))

    def _note(self, event: Event) -> None:
        """Keep an event until all that come together are there: the last one counts."""
        if not self._events:
            self.call_later(self._tell)
        self._events.append(event)

    def _tell(self) -> None:
        """Let the person see the events, then hear them: a voice takes a moment to begin."""
        events, self._events = self._events, []
        self.show()
        if self.player.state not in _QUIET:
            self._sounds.give(events)

    def _changed(self, state: PlayerState) -> None:
        if state in _QUIET:
            self._sounds.hush()
        if state is PlayerState.FINISHED:
            self._reach()
            self.call_later(self.switch_screen, End(self._shown, self.done))

    def _reach(self) -> None:
        if self.player.state is not PlayerState.READY:
            self.reached_ms = self.runner.moment().at_ms
            self.done.reach(self.reached_ms)

    def _pause(self, _: object = None) -> None:
        if self.player.state.is_moving:
            self.runner.pause()

    # --- what the person does ----------------------------------------------------------

    def action_start(self) -> None:
        self.switch_screen(self.mat)
        self.done.begin(self._at_ms)
        self.runner.start(at_ms=self._at_ms)

    def action_player(self, command: str) -> None:
        """Give the player a command that takes nothing, if it has a place now."""
        self._command(lambda: self.runner.command(command))  # type: ignore[arg-type]  # a word

    def action_seek(self, by_seconds: int) -> None:
        to_ms = self.runner.moment().at_ms + seconds_to_ms(by_seconds)
        last_ms = self._shown.timeline.duration_ms
        self._command(lambda: self.runner.seek(to_ms=min(max(to_ms, 0), last_ms)))

    def action_ready(self) -> None:
        if self.player.state is PlayerState.WAITING:
            self._command(self.runner.ready)

    def _command(self, command: Callable[[], None]) -> None:
        if not self.player.state.is_under_way:
            return
        missed_ms = self.player.missed_ms
        self.runner.poll()
        if self.player.missed_ms != missed_ms:  # the key that woke the machine is no answer yet
            return
        self._reach()
        command()
        if self.player.state.is_under_way:
            self.done.begin(self.runner.moment().at_ms)
        self.show()

    def action_help(self) -> None:
        """Show the keys while the routine is paused, or close them and go on as before."""
        if isinstance(self.screen, Help):
            self.pop_screen()
            if self._goes_on:
                self.runner.resume()
        else:
            self._goes_on = self.player.state.is_moving
            self._pause()
            self.push_screen(Help(self._shown))

    def action_light(self) -> None:
        self.theme = (LIGHT if self.theme == DARK.name else DARK).name

    def action_leave(self) -> None:
        self._end(0)

    def action_signalled(self, number: int) -> None:
        self._end(SIGNALLED + number)

    def panic(self, *renderables: object) -> None:
        """Leave; without a word where there is no terminal to say it."""
        if self._is_there():
            super().panic(*renderables)  # type: ignore[arg-type]  # as they come
        else:
            self.call_later(self.action_signalled, HUNG_UP)

    def _end(self, status: int) -> None:
        self._reach()
        if self.player.state.is_under_way:
            self.runner.stop()
        self.runner.close()
        self._sounds.hush()
        self.exit(status)


class MatScreen(Sized):
    """The routine while it runs: each part in its place, whatever is going on."""

    BINDINGS: ClassVar[list[BindingType]] = [
        ("space", "app.player('toggle')"),
        ("n", "app.player('skip')"),
        ("p", "app.player('back')"),
        ("left", f"app.seek(-{parts.SEEK_SECONDS})"),
        ("right", f"app.seek({parts.SEEK_SECONDS})"),
        ("enter,r", "app.ready"),
        ("question_mark", "app.help"),
    ]

    def __init__(self, shown: Shown, figure: Callable[[], Widget]) -> None:
        sides = {each.sides for each in shown.timeline.routine.exercises.values()}
        super().__init__(classes="" if sides - {Sides.NONE} else "-one-sided")
        self._shown = shown
        self._figure = figure

    def compose(self) -> ComposeResult:
        """Lay the parts out; the style sheet says which are shown at which size."""
        for draw in (parts.top, parts.route, parts.place, parts.remark):
            yield parts.MatPart(draw)
        with Horizontal(id="middle"):
            yield parts.SidePanel(Side.LEFT, classes="beside")
            yield self._figure()
            yield parts.MatPart(parts.count)
            yield parts.SidePanel(Side.RIGHT, classes="beside")
        with Horizontal(id="sides"):
            yield parts.SidePanel(Side.LEFT, classes="below")
            yield parts.SidePanel(Side.RIGHT, classes="below")
        for draw in (parts.instruction, parts.meter, parts.coming, parts.keys):
            yield parts.MatPart(draw)

    def on_resize(self) -> None:
        """Give the words the room that the longest of them takes."""
        super().on_resize()
        remark, *others = map(self.query_one, ("#remark", "#instruction", "#coming"))
        width = others[0].size.width
        if width:
            lines, *needed = parts.lines_needed(self._shown, width)
            remark.display = lines > 0
            remark.styles.height = min(lines, self.size.height // 6)
            for part, lines in zip(others, needed, strict=True):
                part.styles.min_height = lines

    def show(self, view: View) -> None:
        for part in self.query(parts.MatPart):
            part.show(view)


class BootTimer:
    """The timer of an event loop, by a clock that goes on while the machine sleeps."""

    def __init__(self, loop: AbstractEventLoop) -> None:
        self._loop = loop

    def time(self) -> float:
        if hasattr(time, "CLOCK_BOOTTIME"):
            return time.clock_gettime(time.CLOCK_BOOTTIME)
        return time.monotonic()

    def call_at(self, when: float, callback: Callable[[], object]) -> TimerHandle:
        return self._loop.call_later(max(when - self.time(), 0), callback)
