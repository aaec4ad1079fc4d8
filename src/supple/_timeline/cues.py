"""The cues inside a segment: which there are, and which one has an instant that two would like.

It is that of the countdown, then of a change of side, of the middle, of a mark, of breath; of two
marks it is the first one's.
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
    from collections.abc import Iterable, Iterator, Sized

    from supple._model import Mark, Pacing, Side
    from supple._phrases import Phrases
    from supple._timeline.events import Place


Cue: TypeAlias = "tuple[int, Content]"
"""The time left in the segment in milliseconds, and what to show."""


class Cues:
    """The cues of one timeline, at its pacing and in its phrases."""

    def __init__(self, pacing: Pacing, phrases: Phrases) -> None:
        self.phrases = phrases
        self.sides = phrases.sides()
        self.switch_soon_ms = _ms(pacing.switch_soon)
        self.halfway_ms = _ms(pacing.halfway)
        self._seconds = [(seconds_to_ms(second), str(second)) for second in pacing.countdown]
        self._counted: dict[Place, list[Cue]] = {}

    def most(self, ms: int, marks: Sized, breath_ms: tuple[int, int] | None) -> int:
        """Return how many cues a segment can have, without listing them."""
        breaths = 0 if breath_ms is None else 2 * (ms // sum(breath_ms) + 1)
        return len(self._seconds) + len(marks) + breaths + 2

    def of(
        self,
        kind: SegmentKind,
        ms: int,
        place: Place,
        marks: Iterable[Mark] = (),
        breath_ms: tuple[int, int] | None = None,
    ) -> list[Cue]:
        """Return the cues of a segment in order: those strictly inside it, one at an instant.

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
        return sorted(kept.items(), key=_left, reverse=True)

    def _countdown(self, place: Place) -> list[Cue]:
        """Count the last seconds of a hold or a rest."""
        counted = self._counted.get(place)
        if counted is None:
            counted = self._counted[place] = [
                _cue(ms, EventKind.COUNTDOWN, text, place) for ms, text in self._seconds
            ]
        return counted

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


def _cue(
    left: int, kind: EventKind, text: str, place: Place, next_side: Side | None = None
) -> Cue:
    return left, Content(kind, text, place, None, None, left, None, None, next_side)


_left = itemgetter(0)


def _ms(seconds: float | None) -> int | None:
    return None if seconds is None else seconds_to_ms(seconds)
