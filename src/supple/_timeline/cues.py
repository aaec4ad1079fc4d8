"""The cues inside a segment: which there are, and which one has an instant that two would like."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple, TypeAlias

from supple._model.sided import on_side
from supple._timeline.events import Content
from supple._timeline.kinds import EventKind, SegmentKind
from supple._units import exact, round_half_up, seconds_to_ms

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from supple._model import Mark, Pacing, Side
    from supple._phrases import Phrases
    from supple._timeline.events import Place
    from supple._timeline.layout import Row


class Inside(NamedTuple):
    """What a segment is, as far as its cues go."""

    kind: SegmentKind
    ms: int
    place: Place
    marks: tuple[Mark, ...] = ()
    breath_ms: tuple[int, int] | None = None
    switch_to: Side | None = None


Cue: TypeAlias = "tuple[int, EventKind, str]"
"""The time left in the segment in milliseconds, the kind, and what to show."""

_NO_CUES: Final[tuple[Cue, ...]] = ()


class Cues:
    """The cues of one timeline, at its pacing and in its phrases."""

    def __init__(self, pacing: Pacing, phrases: Phrases) -> None:
        self.phrases = phrases
        self.sides = phrases.sides()
        self.switch_soon_ms = _ms(pacing.switch_soon)
        self.halfway_ms = _ms(pacing.halfway)
        self._countdown: tuple[Cue, ...] = tuple(
            (seconds_to_ms(second), EventKind.COUNTDOWN, str(second))
            for second in pacing.countdown
        )

    def most(self, inside: Inside) -> int:
        """Return how many cues a segment can have, without listing them."""
        breaths = 0 if inside.breath_ms is None else 2 * (inside.ms // sum(inside.breath_ms) + 1)
        return len(self._countdown) + len(inside.marks) + breaths + 2

    def of(self, inside: Inside) -> list[Row]:
        """Return the cues of a segment: those strictly inside it, one at an instant."""
        ms, place = inside.ms, inside.place
        kept: dict[int, Content] = {}
        for of_one_kind in PRIORITY:
            for left, kind, text in of_one_kind(self, inside):
                if 0 < left < ms and left not in kept:
                    to = inside.switch_to if kind is EventKind.SWITCH_SOON else None
                    kept[left] = Content(kind, text, place=place, remaining_ms=left, next_side=to)
        return [(ms - left, kept[left]) for left in sorted(kept, reverse=True)]

    def countdown(self, inside: Inside) -> Iterable[Cue]:
        """Count the last seconds of a hold or a rest."""
        return _NO_CUES if inside.kind is SegmentKind.STEP else self._countdown

    def switch_soon(self, inside: Inside) -> Iterable[Cue]:
        """Say that a change of side comes, in the last segment before it."""
        if self.switch_soon_ms is None or inside.switch_to is None:
            return _NO_CUES
        return [(self.switch_soon_ms, EventKind.SWITCH_SOON, self.phrases.switch_soon)]

    def halfway(self, inside: Inside) -> Iterable[Cue]:
        """Say that half of a long hold is over."""
        shortest = self.halfway_ms
        if shortest is None or inside.ms < shortest or inside.kind is not SegmentKind.HOLD:
            return _NO_CUES
        return [(inside.ms // 2, EventKind.HALFWAY, self.phrases.halfway)]

    def marks(self, inside: Inside) -> Iterable[Cue]:
        """Say what the author wrote, where the author placed it."""
        for mark in inside.marks:
            text = on_side(mark.text, inside.place.side, self.sides)
            if mark.before_end is not None:
                yield seconds_to_ms(mark.before_end), EventKind.MARK, text
            else:
                passed = round_half_up(inside.ms * exact(mark.fraction or 0))
                yield inside.ms - passed, EventKind.MARK, text

    def breath(self, inside: Inside) -> Iterable[Cue]:
        """Breathe out and in by turns; the first breath in is the start of the segment itself."""
        if inside.breath_ms is None:
            return
        breathe_in_ms, breathe_out_ms = inside.breath_ms
        left = inside.ms
        while left > 0:
            left -= breathe_in_ms
            yield left, EventKind.BREATHE_OUT, self.phrases.breathe_out
            left -= breathe_out_ms
            yield left, EventKind.BREATHE_IN, self.phrases.breathe_in


PRIORITY: Final[tuple[Callable[[Cues, Inside], Iterable[Cue]], ...]] = (
    Cues.countdown,
    Cues.switch_soon,
    Cues.halfway,
    Cues.marks,
    Cues.breath,
)
"""The kinds of cues. An instant is the first one's that wants it; marks are in their order."""


def _ms(seconds: float | None) -> int | None:
    return None if seconds is None else seconds_to_ms(seconds)
