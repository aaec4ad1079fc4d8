"""What a bridge answers: why a command was refused, and what was lost, but no flood of it."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, final

from supple._printable import printable

if TYPE_CHECKING:
    from collections.abc import Callable

    from supple.timers import Handle, Timer

MOST_A_SECOND = 10


@final
class Answers:
    """Publishes so many answers a second; the rest of them are counted, and that is told."""

    def __init__(self, publish: Callable[[str], bool], timer: Timer) -> None:
        self.lost = 0  # how many events the client has not taken
        self._publish = publish
        self._timer = timer
        self._lock = threading.RLock()
        self._second: Handle | None = None  # the end of the second that is counted
        self._said = 0
        self._unsaid = 0
        self._untold_losses = 0
        self._is_closed = False

    def say(self, text: str) -> None:
        """Publish an answer now, or count it; it is made printable, whosever words are in it."""
        with self._lock:
            if self._said < MOST_A_SECOND:
                self._publish(printable(text))
                self._said += 1
            else:
                self._unsaid += 1
            self._count()

    def drop(self) -> None:
        """Count a command that was not even looked at; it may come from any thread."""
        with self._lock:
            self._unsaid += 1

    def lose(self) -> None:
        """Count an event that the client has not taken."""
        with self._lock:
            self.lost += 1
            self._untold_losses += 1
            self._count()

    def tell(self) -> None:
        """Tell what was counted since it was told last; where nobody hears it, keep counting."""
        with self._lock:
            self._said = 0
            unsaid, losses = self._unsaid, self._untold_losses
            if unsaid and self._publish(f"commands: {unsaid} more were refused or dropped"):
                self._unsaid = 0
            if losses and self._publish(
                f"events: {losses} were lost, for the client keeps no more of them; "
                f"{self.lost} so far"
            ):
                self._untold_losses = 0

    def look_after_drops(self) -> None:
        """Have it told in a second if a command was dropped."""
        with self._lock:
            if self._unsaid:
                self._count()

    def close(self) -> None:
        """Count no more."""
        with self._lock:
            self._is_closed = True
            if self._second is not None:
                self._second.cancel()
                self._second = None

    def _count(self) -> None:
        if self._second is None and not self._is_closed:
            self._second = self._timer.call_at(self._timer.time() + 1, self._end_second)

    def _end_second(self) -> None:
        with self._lock:
            self._second = None
            self.tell()
