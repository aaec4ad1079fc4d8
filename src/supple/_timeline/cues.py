"""The cues inside one segment: countdown, change of side, halfway, the author's marks, breath.

Of two cues that would like one instant, that of the countdown has it, then that of a change of
side, of the middle, of a mark, of breath; of two marks the first one.
"""

from __future__ import annotations

from bisect import bisect_left
from operator import itemgetter
from typing import TYPE_CHECKING, TypeAlias

from supple._model.sided import on_side
from supple._timeline.events import Content
from supple._timeline.kinds import EventKind, SegmentKind
from supple._timeline.layout import Run
from supple._units import exact, round_half_up, seconds_to_ms

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from supple._model import Mark, Pacing, Side
    from supple._phrases import Phrases
    from supple._timeline.events import Place

Cue: TypeAlias = "tuple[int, Content]"
"""The time left in the segment in milliseconds, and what to show."""

BreathMs: TypeAlias = "tuple[int, int] | None"
"""How long a breath in and one out take, in milliseconds, where somebody counts them."""


class Cues:
    """The cues of one timeline, in its pacing and its phrases."""

    def __init__(self, pacing: Pacing, phrases: Phrases) -> None:
        self.phrases = phrases
        self.sides = phrases.sides()
        self.switch_soon_ms = _ms(pacing.switch_soon)
        self.halfway_ms = _ms(pacing.halfway)
        self._seconds = [(seconds_to_ms(second), str(second)) for second in pacing.countdown]
        self._countdowns: dict[Place, list[Cue]] = {}

    def most(self, ms: int, marks: Collection[Mark], breath_ms: BreathMs) -> int:
        """Return how many a segment can have at the most, before any is made."""
        breaths = 0 if breath_ms is None else 2 * (ms // sum(breath_ms) + 1)
        return 2 + len(self._seconds) + len(marks) + breaths

    def of(
        self,
        kind: SegmentKind,
        ms: int,
        place: Place,
        marks: Collection[Mark],
        breath_ms: BreathMs,
    ) -> list[Cue]:
        """Return those of a segment in order: strictly inside it, one at an instant.

        That of a change of side is not among them: :meth:`announcing` puts it in.
        """
        cues: list[Cue] = []
        if kind is not SegmentKind.STEP:
            cues += self._countdown(place)
        if kind is SegmentKind.HOLD and self.halfway_ms is not None and ms >= self.halfway_ms:
            cues.append(_cue(ms // 2, EventKind.HALFWAY, self.phrases.halfway, place))
        cues += [self._mark(mark, ms, place) for mark in marks]
        if breath_ms is not None:
            cues += self._breath(*breath_ms, ms, place)
        kept: dict[int, Content] = {}
        for left, content in cues:
            if 0 < left < ms:
                kept.setdefault(left, content)
        return sorted(kept.items(), key=itemgetter(0), reverse=True)

    def announcing(self, segment: Run, side: Side) -> Run:
        """Return a segment with a cue in it that a change to a side comes.

        Any cue gives way to it, but for one that counts down.
        """
        left = self.switch_soon_ms or 0
        offsets, contents, at = segment.offsets, segment.contents, segment.duration_ms - left
        before = after = bisect_left(offsets, at)
        if offsets[after] == at:
            if contents[after].kind is EventKind.COUNTDOWN:
                return segment
            after += 1
        _, cue = _cue(
            left, EventKind.SWITCH_SOON, self.phrases.switch_soon, contents[0].place, side
        )
        return Run(
            (*offsets[:before], at, *offsets[after:]),
            (*contents[:before], cue, *contents[after:]),
            segment.duration_ms,
        )

    def _countdown(self, place: Place) -> list[Cue]:
        """Count the last seconds of a hold or a rest."""
        found = self._countdowns.get(place)
        if found is None:
            found = self._countdowns[place] = [
                _cue(ms, EventKind.COUNTDOWN, text, place) for ms, text in self._seconds
            ]
        return found

    def _mark(self, mark: Mark, ms: int, place: Place) -> Cue:
        """Say what the author wrote, where the author placed it."""
        if mark.before_end is not None:
            left = seconds_to_ms(mark.before_end)
        else:
            left = ms - round_half_up(ms * exact(mark.fraction or 0))
        return _cue(left, EventKind.MARK, on_side(mark.text, place.side, self.sides), place)

    def _breath(self, in_ms: int, out_ms: int, left: int, place: Place) -> Iterator[Cue]:
        """Breathe out and in by turns; the first breath in is the start of the segment itself."""
        breathe_in, breathe_out = self.phrases.breathe_in, self.phrases.breathe_out
        while left > 0:
            left -= in_ms
            yield _cue(left, EventKind.BREATHE_OUT, breathe_out, place)
            left -= out_ms
            yield _cue(left, EventKind.BREATHE_IN, breathe_in, place)


def _cue(
    left: int, kind: EventKind, text: str, place: Place, next_side: Side | None = None
) -> Cue:
    return left, Content(kind, text, place, None, None, left, None, None, next_side)


def _ms(seconds: float | None) -> int | None:
    return None if seconds is None else seconds_to_ms(seconds)
