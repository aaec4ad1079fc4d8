"""Segments and spans as they are written out: amounts picked, texts filled, cues in place.

Of two cues that would like one instant, that of the countdown has it, then that of a change of
side, of the middle, of a mark, of breath; of two marks the first one.
"""

from __future__ import annotations

from bisect import bisect_left
from operator import itemgetter
from typing import TYPE_CHECKING, Any, TypeAlias

from supple._errors import ModelError
from supple._model import Hold
from supple._model.sided import on_side
from supple._timeline.events import Content
from supple._timeline.kinds import SPANS, EventKind, SegmentKind
from supple._timeline.layout import EMPTY, Run
from supple._units import exact, round_half_up, seconds_to_ms

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from supple._model import Mark, Side, Step
    from supple._phrases import Phrases
    from supple._timeline.events import Place
    from supple._timeline.layout import Node
    from supple._timeline.timing import Pause, Timing

MOST_LAID = 1_000_000
"""How many events a routine may have as written, with every repetition counted once."""

Coming: TypeAlias = "tuple[str | None, Side | None]"
"""What comes after a rest: an exercise, a side."""

Cue: TypeAlias = "tuple[int, Content]"
"""The time left in the segment in milliseconds, and what to show."""


class Writer:
    """Writes out what one timeline says, in its timing and its phrases."""

    def __init__(self, timing: Timing, phrases: Phrases) -> None:
        self.timing = timing
        self.phrases = phrases
        self.sides = phrases.sides()
        pacing = timing.pacing
        self.switch_soon_ms = _ms(pacing.switch_soon)
        self.halfway_ms = _ms(pacing.halfway)
        self._seconds = [(seconds_to_ms(second), str(second)) for second in pacing.countdown]
        self._countdowns: dict[Place, list[Cue]] = {}
        self._events = 0

    def rest(self, pause: Pause, text: str, place: Place, coming: Coming | None = None) -> Run:
        """Write a rest; one of no length is no segment at all."""
        why, ms = pause
        if not ms:
            return EMPTY
        exercise, side = coming or (None, None)
        started = Content(EventKind.REST_STARTED, text, place, None, ms, None, why, exercise, side)
        return self._segment(started, EventKind.REST_ENDED, SegmentKind.REST)

    def step_or_hold(self, segment: Step | Hold, place: Place, ms: int) -> Run:
        """Write a step or a hold of a length."""
        breath = segment.breath
        breath_ms = (
            None if breath is None else (seconds_to_ms(breath.in_), seconds_to_ms(breath.out))
        )
        text = on_side(segment.text, place.side, self.sides)
        if isinstance(segment, Hold):
            kind, starts, ends = SegmentKind.HOLD, EventKind.HOLD_STARTED, EventKind.HOLD_ENDED
            is_open = False
        else:
            kind, starts, ends = SegmentKind.STEP, EventKind.STEP_STARTED, EventKind.STEP_ENDED
            is_open = segment.until_ready
        started = Content(starts, text, place, duration_ms=ms, open=is_open, pose=segment.pose)
        return self._segment(started, ends, kind, segment.marks, breath_ms)

    def span(
        self, what: str, text: str, body: Iterable[Node], place: Place, **said: Any
    ) -> list[Node]:
        """Put the events around a body that say when it starts and ends."""
        body = [*body]
        ms = sum([piece.duration_ms for piece in body])
        starts, ends = SPANS[what]
        started = Content(starts, text, place, duration_ms=ms, **said)
        ended = Content(ends, *started[1:])
        return [Run((0,), (started,), 0), *body, Run((0,), (ended,), 0)]

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

    def _segment(
        self,
        started: Content,
        ends: EventKind,
        kind: SegmentKind,
        marks: Collection[Mark] = (),
        breath_ms: tuple[int, int] | None = None,
    ) -> Run:
        ms = started.duration_ms or 0
        # Start and end, halfway and a change of side, and what else there can be, before it is.
        breaths = 0 if breath_ms is None else 2 * (ms // sum(breath_ms) + 1)
        self._events += 4 + len(self._seconds) + len(marks) + breaths
        if self._events > MOST_LAID:
            raise ModelError(
                "schedule.routine",
                f"must have at most {MOST_LAID:,} events as written, cues included: "
                "give it fewer items, or its pacing fewer cues",
                self._events,
            )
        offsets, contents = [0], [started]
        for left, cue in self._cues(kind, ms, started.place, marks, breath_ms):
            offsets.append(ms - left)
            contents.append(cue)
        offsets.append(ms)
        contents.append(Content(ends, *started[1:]))
        return Run(offsets, contents, ms)

    def _cues(
        self,
        kind: SegmentKind,
        ms: int,
        place: Place,
        marks: Iterable[Mark],
        breath_ms: tuple[int, int] | None,
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
        return sorted(kept.items(), key=itemgetter(0), reverse=True)

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
