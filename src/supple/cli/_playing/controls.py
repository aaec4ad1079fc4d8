"""What each key does to a player."""

from __future__ import annotations

from typing import TYPE_CHECKING

from supple import PlayerState
from supple.cli._playing.keys import Key

if TYPE_CHECKING:
    from supple import Event, Player

SEEK_MS = 10_000
_LIVE = {PlayerState.RUNNING, PlayerState.WAITING, PlayerState.PAUSED}


class Controls:
    """Hands the keys of a person on to a player.

    While the help is shown the player is paused. Afterwards it goes on, if it did before.

    Attributes:
        player: The player.
        is_help_shown: Whether the person is reading what the keys do.
    """

    def __init__(self, player: Player) -> None:
        self.player = player
        self.is_help_shown = False
        self._goes_on = False

    @property
    def is_live(self) -> bool:
        """Whether the routine has begun and is not over."""
        return self.player.state in _LIVE

    def press(self, key: Key, now_ms: int) -> tuple[Event, ...]:
        """Do what a key is for, if that has a place now, and return the events that it brings."""
        missed_ms = self.player.missed_ms
        events = self.player.due(now_ms)
        if not self.is_live:
            return events
        if key is Key.QUIT:
            return events + self.player.stop(now_ms)
        if self.player.missed_ms != missed_ms:  # the key that woke the machine is no answer yet
            return events
        if self.is_help_shown:
            return events + self._close_help(now_ms)
        if key is Key.HELP:
            return events + self._open_help(now_ms)
        return events + self._command(key, now_ms)

    def pause(self, now_ms: int) -> tuple[Event, ...]:
        """Pause, where anything moves or waits; and stay paused when the help is closed."""
        self._goes_on = False
        events = self.player.due(now_ms)
        if self.player.state in _LIVE - {PlayerState.PAUSED}:
            events += self.player.pause(now_ms)
        return events

    def _command(self, key: Key, now_ms: int) -> tuple[Event, ...]:
        player = self.player
        if key is Key.SPACE:
            is_paused = player.state is PlayerState.PAUSED
            return player.resume(now_ms) if is_paused else player.pause(now_ms)
        if key is Key.NEXT:
            return player.skip(now_ms)
        if key is Key.PREVIOUS:
            return player.back(now_ms)
        if key in {Key.LEFT, Key.RIGHT}:
            return self._seek(SEEK_MS if key is Key.RIGHT else -SEEK_MS, now_ms)
        if key in {Key.READY, Key.ENTER} and player.state is PlayerState.WAITING:
            return player.ready(now_ms)
        return ()

    def _seek(self, by_ms: int, now_ms: int) -> tuple[Event, ...]:
        to_ms = self.player.moment(now_ms).at_ms + by_ms
        return self.player.seek(now_ms, to_ms=min(max(to_ms, 0), self.player.timeline.duration_ms))

    def _open_help(self, now_ms: int) -> tuple[Event, ...]:
        self.is_help_shown = True
        goes_on = self.player.state is not PlayerState.PAUSED
        events = self.pause(now_ms)
        self._goes_on = goes_on
        return events

    def _close_help(self, now_ms: int) -> tuple[Event, ...]:
        self.is_help_shown = False
        return self.player.resume(now_ms) if self._goes_on else ()
