"""The loop around a player on a terminal: keys, signals and deadlines in, pictures out."""

from __future__ import annotations

import signal
import time
from typing import TYPE_CHECKING, Protocol

from supple import PlayerState
from supple._labels import labels_for
from supple._units import ms_to_seconds, seconds_to_whole_ms
from supple.cli._playing.controls import Controls
from supple.cli._playing.keys import Key, KeyReader
from supple.cli._playing.notices import Notice, draw_notice
from supple.cli._playing.screen import draw
from supple.cli._playing.view import view_of

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from supple import Event, Player
    from supple._labels import Labels
    from supple.cli._playing.cues import Cues
    from supple.cli._playing.painter import Painter
    from supple.cli._playing.terminal import Woken

_FRAME_SECONDS = 0.1
_ESCAPE_SECONDS = 0.05  # how long the rest of an arrow key may take to arrive
_ENDING = {signal.SIGINT, signal.SIGTERM, signal.SIGHUP}
_STOPPING = {signal.SIGTSTP, signal.SIGCONT}
_GOES_ON = {Key.SPACE, Key.ENTER}


def help_in(labels: Labels) -> Notice:
    """Return what each key does."""
    return Notice(
        labels.help,
        (
            (labels.space, labels.help_space),
            ("n", labels.help_next),
            ("p", labels.help_previous),
            ("← →", labels.help_seek),
            (f"{labels.enter}, r", labels.help_ready),
            ("q", labels.hint_stop),
            ("Ctrl-Z", labels.help_suspend),
        ),
        labels.any_key,
    )


class Screen(Protocol):
    """What the loop needs of a terminal."""

    @property
    def size(self) -> tuple[int, int]:
        """How many columns and lines there are."""

    def wait(self, seconds: float | None) -> Woken:
        """Wait for keys or a signal."""

    def take(self) -> None:
        """Set the modes again."""

    def suspend(self) -> None:
        """Stop the program, and come back when it is continued."""


class SignalledError(Exception):
    """A signal ends the program.

    Attributes:
        number: Which one.
    """

    def __init__(self, number: int) -> None:
        super().__init__(number)
        self.number = number


def now_ms() -> int:
    """Return the present instant of a clock that goes on while the machine sleeps, if it can."""
    if hasattr(time, "CLOCK_BOOTTIME"):
        return time.clock_gettime_ns(time.CLOCK_BOOTTIME) // 1_000_000
    return seconds_to_whole_ms(time.monotonic())


class Loop:
    """Plays to a person in front of a terminal.

    Args:
        player: The player, not started.
        screen: The terminal, taken over.
        painter: What paints on it.
        cues: What the person hears.
        clock: What tells the time, in milliseconds.
    """

    def __init__(
        self,
        player: Player,
        screen: Screen,
        painter: Painter,
        cues: Cues,
        *,
        clock: Callable[[], int] = now_ms,
    ) -> None:
        self._player = player
        self._screen = screen
        self._painter = painter
        self._cues = cues
        self._clock = clock
        self._controls = Controls(player)
        self._keys = KeyReader()

    def read(self, notice: Notice) -> bool:
        """Show something to read, page by page, until the person goes on.

        Returns:
            Whether the person went on; not so with ``q``.

        Raises:
            SignalledError: If a signal ends the program.
        """
        shown = 0
        while True:
            width, height = self._screen.size
            pages = draw_notice(notice, width, height)
            shown = min(shown, len(pages) - 1)
            self._painter.paint(pages[shown], (width, height))
            for key in self._attend(None):
                if key is Key.QUIT:
                    return False
                shown += key in _GOES_ON
                if shown == len(pages):
                    return True

    def play(self, *, at_ms: int = 0) -> None:
        """Play from an offset on, to the end or until the person stops it.

        Raises:
            SignalledError: If a signal ends the program; the player has not been stopped.
        """
        self._take(self._player.start(self._clock(), at_ms=at_ms))
        while self._controls.is_live:
            self._paint()
            for key in self._attend(self._patience):
                self._take(self._controls.press(key, self._clock()))
            self._take(self._player.due(self._clock()))

    def _take(self, events: Sequence[Event]) -> None:
        """Let the person see events, then hear them: a voice takes a moment to begin."""
        if not self._controls.is_live or self._player.state is PlayerState.PAUSED:
            self._cues.hush()
        elif events:
            self._paint()
            self._cues.give(events)

    def _paint(self) -> None:
        width, height = self._screen.size
        if self._controls.is_help_shown:
            words = labels_for(self._player.timeline.routine.language)
            [lines, *_] = draw_notice(help_in(words), width, height)
        else:
            view = view_of(self._player, self._clock())
            lines = draw(view, width, height, with_letters=not self._painter.in_ascii)
        self._painter.paint(lines, (width, height))

    @property
    def _patience(self) -> float | None:
        """How many seconds nothing will happen by itself; ``None`` for without end."""
        deadline_ms = self._player.next_deadline_ms
        if deadline_ms is None:
            return None
        until = max(ms_to_seconds(deadline_ms - self._clock()), 0)
        return min(until, _FRAME_SECONDS)

    def _attend(self, seconds: float | None) -> list[Key]:
        """Wait, see to the signals, and return the keys."""
        if self._keys.is_waiting:
            seconds = _ESCAPE_SECONDS
        woken = self._screen.wait(seconds)
        for number in woken.signals:
            if number in _ENDING:
                raise SignalledError(number)
            if number in _STOPPING:
                self._pause_and_return(number)
        return self._keys.feed(woken.data) if woken.data else self._keys.flush()

    def _pause_and_return(self, number: int) -> None:
        if self._controls.is_live:
            self._take(self._controls.pause(self._clock()))
        if number == signal.SIGTSTP:
            self._screen.suspend()
        else:
            self._screen.take()
        self._painter.forget()
