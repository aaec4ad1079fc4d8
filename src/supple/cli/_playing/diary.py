"""What of a routine was done, for the log, where the person has asked for one."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from supple import EventKind
from supple._units import seconds_over
from supple.cli._routine_files import LOG_VARIABLE, log_at
from supple.cli._streams import complain

if TYPE_CHECKING:
    from supple import Event


class Diary:
    """Follows a routine from somewhere on, and writes an entry when it is closed.

    It does so where that is asked for, here or by the variable.
    """

    def __init__(self, routine: str, from_ms: int, *, is_asked: bool) -> None:
        self._log = log_at(None) if is_asked or os.environ.get(LOG_VARIABLE) else None
        self._routine = routine
        self._from_ms = self._at_ms = from_ms
        self._began = datetime.now(UTC).astimezone()
        self._finished = False

    def hear(self, event: Event) -> None:
        """Hear of an event that has fallen due."""
        self._at_ms = event.at_ms
        self._finished = event.kind is EventKind.ROUTINE_ENDED

    def told(self, done_ms: int, *, finished: bool) -> None:
        """Be told how much was done, where a person may have left something out."""
        self._at_ms = self._from_ms + done_ms
        self._finished = finished

    def close(self) -> None:
        """Write what was done; nothing was where not even a second has passed."""
        from supple.planning import Entry

        seconds = seconds_over(max(self._at_ms - self._from_ms, 0))
        if self._log is None or not seconds:
            return
        entry = Entry(self._began, routine=self._routine, seconds=seconds, finished=self._finished)
        try:
            self._log.add(entry)
        except OSError as error:
            complain(f"the log cannot be written: {error.strerror or error}")
