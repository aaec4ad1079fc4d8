"""Segments and spans as they are written out: amounts picked, texts filled, cues in place."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeAlias

from supple._errors import ModelError
from supple._model import Hold
from supple._model.sided import on_side
from supple._timeline.cues import Cues
from supple._timeline.events import Content
from supple._timeline.kinds import SPANS, EventKind, SegmentKind
from supple._timeline.layout import EMPTY, Run
from supple._units import seconds_to_ms

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from supple._model import Mark, Side, Step
    from supple._phrases import Phrases
    from supple._timeline.cues import BreathMs
    from supple._timeline.events import Place
    from supple._timeline.layout import Node
    from supple._timeline.timing import Pause, Timing

MOST_LAID = 1_000_000
"""How many events a routine may have as written, with every repetition counted once."""

Coming: TypeAlias = "tuple[str | None, Side | None]"
"""What comes after a rest: an exercise, a side."""


class Writer:
    """Writes out what one timeline says, in its timing and its phrases."""

    def __init__(self, timing: Timing, phrases: Phrases) -> None:
        self.timing = timing
        self.phrases = phrases
        self.cues = Cues(timing.pacing, phrases)
        self._events = 0

    def rest(self, pause: Pause, text: str, place: Place, coming: Coming | None = None) -> Run:
        """Write a rest; one of no length is no segment at all."""
        why, ms = pause
        if not ms:
            return EMPTY
        exercise, side = coming or (None, None)
        started = Content(EventKind.REST_STARTED, text, place, None, ms, None, why, exercise, side)
        return self._segment(started, SegmentKind.REST)

    def step_or_hold(self, segment: Step | Hold, place: Place, ms: int) -> Run:
        """Write a step or a hold of a length."""
        breath = segment.breath
        breath_ms = (
            None if breath is None else (seconds_to_ms(breath.in_), seconds_to_ms(breath.out))
        )
        text = on_side(segment.text, place.side, self.cues.sides)
        if isinstance(segment, Hold):
            kind, is_open = SegmentKind.HOLD, False
        else:
            kind, is_open = SegmentKind.STEP, segment.until_ready
        starts, _ = SPANS[kind]
        started = Content(starts, text, place, duration_ms=ms, open=is_open, pose=segment.pose)
        return self._segment(started, kind, segment.marks, breath_ms)

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

    def _segment(
        self,
        started: Content,
        kind: SegmentKind,
        marks: Collection[Mark] = (),
        breath_ms: BreathMs = None,
    ) -> Run:
        ms = started.duration_ms or 0
        self._events += 2 + self.cues.most(ms, marks, breath_ms)
        if self._events > MOST_LAID:
            raise ModelError(
                "schedule.routine",
                f"must have at most {MOST_LAID:,} events as written, cues included: "
                "give it fewer items, or its pacing fewer cues",
                self._events,
            )
        offsets, contents = [0], [started]
        for left, cue in self.cues.of(kind, ms, started.place, marks, breath_ms):
            offsets.append(ms - left)
            contents.append(cue)
        offsets.append(ms)
        contents.append(Content(SPANS[kind][1], *started[1:]))
        return Run(offsets, contents, ms)
