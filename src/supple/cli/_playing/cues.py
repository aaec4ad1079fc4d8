"""What a person hears of the events: a bell, and a voice."""

from __future__ import annotations

from typing import TYPE_CHECKING

from supple import SegmentKind

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from supple import Event
    from supple.cli._playing.voice import Voice
    from supple.narration import Narration

_STARTS = {kind.started for kind in SegmentKind}


class Cues:
    """Rings a bell where something new begins, and says what the narration has for it.

    Args:
        ring: What rings the bell, if it is wanted; it may come later.
        voice: What speaks, if it is wanted.
        narration: What it says.
        hear: What else is told of every event.
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
        if self.ring is not None and any(each.kind in _STARTS for each in events):
            self.ring()
        if self._voice is not None and self._narration is not None:
            said = [each for each in map(self._narration.at, events) if each is not None]
            if said:
                self._voice.say(said[-1].text)

    def hush(self) -> None:
        """Break off what is being said."""
        if self._voice is not None:
            self._voice.hush()
