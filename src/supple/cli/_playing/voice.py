"""What a person hears: a bell, and a voice, which is a program of the system."""

from __future__ import annotations

import subprocess
from contextlib import suppress
from typing import TYPE_CHECKING

from supple._timeline.kinds import SEGMENT_STARTED_BY

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from supple import Event
    from supple.narration import Narration


class Voice:
    """Says one sentence at a time, in a process of its own, so that nobody waits for it."""

    def __init__(self, command: Sequence[str]) -> None:
        self._command = command  # says what it reads
        self._speaking: subprocess.Popen[bytes] | None = None
        self._silenced: list[subprocess.Popen[bytes]] = []

    def say(self, text: str) -> None:
        """Say a text now, and break off what is being said."""
        self.hush()
        process = subprocess.Popen(  # noqa: S603 - the program was looked up, the text is its input
            self._command,
            bufsize=0,
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        self._speaking = process
        assert process.stdin is not None  # noqa: S101 - it is a pipe
        with suppress(OSError), process.stdin as words:  # a program that fails reads nothing
            words.write(text.encode())

    def hush(self) -> None:
        """Break off what is being said, without waiting for its end."""
        if self._speaking is not None:
            self._speaking.kill()
            self._silenced.append(self._speaking)
            self._speaking = None
        self._silenced = [each for each in self._silenced if each.poll() is None]

    def close(self) -> None:
        """Break off what is being said, and leave no process behind."""
        self.hush()
        for each in self._silenced:
            each.wait()
        self._silenced = []


class Sounds:
    """Rings a bell where something new begins, and says what the narration has for it.

    Each part may be missing; ``hear`` is told of every event besides.
    """

    def __init__(
        self,
        *,
        ring: Callable[[], object] | None = None,
        voice: Voice | None = None,
        narration: Narration | None = None,
        hear: Callable[[Event], object] | None = None,
    ) -> None:
        self._hear = hear
        self.ring = ring
        self._voice = voice
        self._narration = narration

    def give(self, events: Iterable[Event]) -> None:
        """Let the person hear events that have fallen due; of several, the last one counts."""
        events = tuple(events)
        if self._hear is not None:
            for event in events:
                self._hear(event)
        if self.ring is not None and any(each.kind in SEGMENT_STARTED_BY for each in events):
            self.ring()
        if self._voice is not None and self._narration is not None:
            said = [each for each in map(self._narration.at, events) if each is not None]
            if said:
                self._voice.say(said[-1].text)

    def hush(self) -> None:
        """Break off what is being said."""
        if self._voice is not None:
            self._voice.hush()
