"""What a person hears of the events: a bell, and a voice."""

from __future__ import annotations

from typing import TYPE_CHECKING

from supple import EventKind, SegmentKind

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from supple import Event
    from supple.cli._playing.voice import Voice

_STARTS = {kind.started for kind in SegmentKind}
_SAID = _STARTS | {EventKind.HALFWAY, EventKind.MARK}


class Cues:
    """Rings a bell where something new begins, and says what to do.

    A count is left out while a sentence is being said; anything else breaks the sentence off.

    Args:
        ring: What rings the bell, if it is wanted.
        voice: What speaks, if it is wanted.
    """

    def __init__(
        self, *, ring: Callable[[], object] | None = None, voice: Voice | None = None
    ) -> None:
        self._ring = ring
        self._voice = voice

    def give(self, events: Iterable[Event]) -> None:
        """Let the person hear events that have fallen due; of several, the last one counts."""
        events = tuple(events)
        if self._ring is not None and any(each.kind in _STARTS for each in events):
            self._ring()
        if self._voice is None:
            return
        sentences = [each.text for each in events if each.kind in _SAID]
        counts = [each.text for each in events if each.kind is EventKind.COUNTDOWN]
        if sentences:
            self._voice.say(sentences[-1])
        elif counts and not self._voice.is_speaking:
            self._voice.say(counts[-1])

    def hush(self) -> None:
        """Break off what is being said."""
        if self._voice is not None:
            self._voice.hush()
