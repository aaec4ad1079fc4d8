"""Segments and spans as they are written out: amounts picked, texts filled, cues in place."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from supple._errors import ModelError
from supple._model import Hold
from supple._model.sided import on_side
from supple._timeline.cues import Cues, Inside
from supple._timeline.events import Content
from supple._timeline.kinds import SPANS, SegmentKind
from supple._timeline.layout import NOTHING_WRITTEN, Written
from supple._units import seconds_to_ms

if TYPE_CHECKING:
    from collections.abc import Iterable

    from supple._model import Range, Side, Step
    from supple._phrases import Phrases
    from supple._timeline.events import Place
    from supple._timeline.layout import Piece
    from supple._timeline.timing import Pause, Timing

MOST_LAID = 1_000_000
"""How many events a routine may have as written, with every repetition counted once."""


class Coming(NamedTuple):
    """What comes after a rest."""

    exercise: str | None
    side: Side | None


class Writer:
    """Writes out what one timeline says, in its timing and its phrases."""

    def __init__(self, timing: Timing, phrases: Phrases) -> None:
        self.timing = timing
        self.phrases = phrases
        self.cues = Cues(timing.pacing, phrases)
        self._events = 0

    def rest(self, pause: Pause, text: str, place: Place, coming: Coming | None = None) -> Written:
        """Write a rest; one of no length is no segment at all."""
        why, ms = pause
        if not ms:
            return NOTHING_WRITTEN
        exercise, side = coming or (None, None)
        inside = Inside(SegmentKind.REST, ms, place)
        return self._segment(inside, text, why=why, next_exercise=exercise, next_side=side)

    def step_or_hold(
        self,
        segment: Step | Hold,
        place: Place,
        *,
        hold: Range | None = None,
        switch_to: Side | None = None,
    ) -> Written:
        """Write a step or a hold.

        Args:
            segment: What the author wrote.
            place: What surrounds it.
            hold: How long a hold lasts, where the dose says so.
            switch_to: The side that comes after it, where it is the last one on its own.
        """
        is_open = False if isinstance(segment, Hold) else segment.until_ready
        kind = SegmentKind.HOLD if isinstance(segment, Hold) else SegmentKind.STEP
        inside = Inside(
            kind, self.timing.segment(segment, hold), place, segment.marks, switch_to=switch_to
        )
        breath = segment.breath
        if breath is not None:
            breath_ms = (seconds_to_ms(breath.in_), seconds_to_ms(breath.out))
            inside = inside._replace(breath_ms=breath_ms)
        text = on_side(segment.text, place.side, self.cues.sides)
        return self._segment(inside, text, open=is_open, pose=segment.pose)

    def _segment(self, inside: Inside, text: str, **said: Any) -> Written:
        self._events += 2 + self.cues.most(inside)
        if self._events > MOST_LAID:
            raise ModelError(
                "schedule.routine",
                f"must have at most {MOST_LAID:,} events as written, cues included: "
                "give it fewer items, or its pacing fewer cues",
                self._events,
            )
        kind, ms, place = inside.kind, inside.ms, inside.place
        started, ended = (
            Content(happens, text, place=place, duration_ms=ms, **said) for happens in SPANS[kind]
        )
        return Written([(0, started), *self.cues.of(inside), (ms, ended)], ms)

    def span(
        self,
        what: str,
        text: str,
        body: Iterable[Piece],
        place: Place,
        *,
        counter: int | None = None,
        **said: Any,
    ) -> list[Piece]:
        """Put the events around a body that say when it starts and ends."""
        body = [*body]
        ms = sum(piece.duration_ms for piece in body)
        started, ended = (
            Content(happens, text, place=place, duration_ms=ms, counter=counter, **said)
            for happens in SPANS[what]
        )
        return [Written([(0, started)], 0), *body, Written([(0, ended)], 0)]
