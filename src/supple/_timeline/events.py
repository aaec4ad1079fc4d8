"""What happens on a timeline: an event at an instant, a segment over a stretch of time.

Events and segments of a repeated body differ only in when they come and in the counters. What
they have in common is one :class:`Content`, which all of them share.
"""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, TypeAlias

from attrs import field, frozen

from supple._model import Side
from supple._units import ms_to_timedelta

if TYPE_CHECKING:
    from datetime import timedelta


class EventKind(StrEnum):
    """What an event reports."""

    ROUTINE_STARTED = "routine.started"
    ROUTINE_ENDED = "routine.ended"
    EXERCISE_STARTED = "exercise.started"
    EXERCISE_ENDED = "exercise.ended"
    ROUND_STARTED = "round.started"
    ROUND_ENDED = "round.ended"
    SET_STARTED = "set.started"
    SET_ENDED = "set.ended"
    REP_STARTED = "rep.started"
    REP_ENDED = "rep.ended"
    STEP_STARTED = "step.started"
    STEP_ENDED = "step.ended"
    HOLD_STARTED = "hold.started"
    HOLD_ENDED = "hold.ended"
    REST_STARTED = "rest.started"
    REST_ENDED = "rest.ended"
    COUNTDOWN = "cue.countdown"
    HALFWAY = "cue.halfway"
    MARK = "cue.mark"

    @property
    def is_start(self) -> bool:
        """Whether something starts."""
        return self.value.endswith(".started")

    @property
    def is_end(self) -> bool:
        """Whether something ends."""
        return self.value.endswith(".ended")

    @property
    def is_cue(self) -> bool:
        """Whether it is a cue inside a segment."""
        return self.value.startswith("cue.")


class SegmentKind(StrEnum):
    """What fills a stretch of time."""

    STEP = "step"
    HOLD = "hold"
    REST = "rest"

    @property
    def started(self) -> EventKind:
        """The kind of the event that starts such a segment."""
        return EventKind(f"{self.value}.started")

    @property
    def ended(self) -> EventKind:
        """The kind of the event that ends such a segment."""
        return EventKind(f"{self.value}.ended")


SEGMENT_STARTED_BY = {kind.started: kind for kind in SegmentKind}
"""What is under way once an event of a kind has come."""


class RestReason(StrEnum):
    """Why there is a rest."""

    GET_READY = "get-ready"
    TRANSITION = "transition"
    SWITCH_SIDES = "switch-sides"
    BETWEEN_SETS = "between-sets"
    REST = "rest"


@frozen(kw_only=True, weakref_slot=False)
class Place:
    """What surrounds something on a timeline, and how often that is repeated."""

    exercise: str | None = None
    side: Side | None = None
    reps: int | None = None
    sets: int | None = None
    rounds: int | None = None


NOWHERE = Place()


@frozen(weakref_slot=False)
class Content:
    """What events that differ only in offset and counters have in common."""

    kind: EventKind
    text: str
    place: Place = field(kw_only=True)
    duration_ms: int | None = field(default=None, kw_only=True)
    remaining_ms: int | None = field(default=None, kw_only=True)
    why: RestReason | None = field(default=None, kw_only=True)
    open: bool = field(default=False, kw_only=True)
    jump: bool = field(default=False, kw_only=True)


Counters: TypeAlias = "tuple[int | None, int | None, int | None]"
"""The repetition, the set and the round, each from 1, or ``None`` outside of one."""

NOT_COUNTED: Counters = (None, None, None)


class _Placed:
    """The attributes that an event, a segment and a moment have in common."""

    __slots__ = ()

    if TYPE_CHECKING:

        @property
        def content(self) -> Content: ...
        @property
        def counters(self) -> Counters: ...

    @property
    def text(self) -> str:
        """What to show or say."""
        return self.content.text

    @property
    def exercise(self) -> str | None:
        """The identifier of the exercise that this is part of."""
        return self.content.place.exercise

    @property
    def side(self) -> Side | None:
        """The side that is worked."""
        return self.content.place.side

    @property
    def rep(self) -> int | None:
        """Which repetition this is part of, from 1."""
        return self.counters[0]

    @property
    def reps(self) -> int | None:
        """How many repetitions there are."""
        return self.content.place.reps

    @property
    def set(self) -> int | None:
        """Which set this is part of, from 1."""
        return self.counters[1]

    @property
    def sets(self) -> int | None:
        """How many sets there are."""
        return self.content.place.sets

    @property
    def round(self) -> int | None:
        """Which round of the innermost circuit this is part of, from 1."""
        return self.counters[2]

    @property
    def rounds(self) -> int | None:
        """How many rounds the innermost circuit has."""
        return self.content.place.rounds

    @property
    def why(self) -> RestReason | None:
        """Why there is a rest; ``None`` where this is no rest."""
        return self.content.why

    @property
    def open(self) -> bool:
        """Whether this is a step until ready, whose duration is an estimate."""
        return self.content.open


class _EventSlots(_Placed):
    """The storage of an event.

    A frozen class takes three times as long to fill its slots as a plain one does. A stream
    therefore fills a plain :class:`Draft` and then gives it the class of an event. Neither adds
    slots of its own, which makes the change of class cheap, too.
    """

    __slots__ = ("at_ms", "content", "counters")


class Draft(_EventSlots):
    """An event that can still be written to; it becomes one before anybody sees it."""

    __slots__ = ()

    at_ms: int
    content: Content
    counters: Counters


@frozen(repr=False, weakref_slot=False)
class Event(_EventSlots):
    """One instant on a timeline: something starts, something ends, or a cue is due.

    Attributes:
        at_ms: When, in milliseconds from the start of the routine.

    What does not apply is ``None``. Events are equal when everything they say is equal.
    """

    at_ms: int
    content: Content
    counters: Counters = NOT_COUNTED

    @property
    def at(self) -> timedelta:
        """When, as the time since the start of the routine.

        Raises:
            OverflowError: Beyond 999,999,999 days; ``at_ms`` has no such limit.
        """
        return ms_to_timedelta(self.at_ms)

    @property
    def kind(self) -> EventKind:
        """What happens."""
        return self.content.kind

    @property
    def duration_ms(self) -> int | None:
        """How long that lasts which starts or ends here; ``None`` for a cue."""
        return self.content.duration_ms

    @property
    def remaining_ms(self) -> int | None:
        """How much time is left, at a cue of the segment, at a jump of what starts or ends.

        ``None`` for any other event.
        """
        return self.content.remaining_ms

    @property
    def jump(self) -> bool:
        """Whether a jump or a stop has brought it, and not the timeline."""
        return self.content.jump

    def __repr__(self) -> str:
        said = (f"{name}={value!r}" for name, value in facts(self).items())
        return f"<Event {' '.join(said)}>"


EVENT_FACTS = (
    "at_ms",
    "kind",
    "text",
    "duration_ms",
    "remaining_ms",
    "exercise",
    "side",
    "rep",
    "reps",
    "set",
    "sets",
    "round",
    "rounds",
    "why",
    "open",
    "jump",
)
"""The names of everything that an event says, in the order in which it is written."""


def facts(event: Event) -> dict[str, int | str | bool]:
    """Return what applies to an event, by name, in the order of ``EVENT_FACTS``."""
    said = {name: getattr(event, name) for name in EVENT_FACTS}
    return {
        name: value.value if isinstance(value, StrEnum) else value
        for name, value in said.items()
        if value is not None and value is not False
    }


@frozen(weakref_slot=False)
class Segment(_Placed):
    """A stretch of time in which one thing happens: a step, a hold or a rest.

    Attributes:
        start_ms: When it starts, in milliseconds from the start of the routine.
    """

    start_ms: int
    content: Content
    counters: Counters = NOT_COUNTED

    @property
    def kind(self) -> SegmentKind:
        """What fills the time."""
        return SEGMENT_STARTED_BY[self.content.kind]

    @property
    def duration_ms(self) -> int:
        """How long it lasts."""
        return self.content.duration_ms or 0

    @property
    def end_ms(self) -> int:
        """When it ends, in milliseconds from the start of the routine."""
        return self.start_ms + self.duration_ms


@frozen(weakref_slot=False)
class Moment(_Placed):
    """What is going on at one instant of a timeline.

    Attributes:
        at_ms: The instant, in milliseconds from the start of the routine.
        segment: The segment that is running.
        next: The segment that comes after it; ``None`` in the last one.
    """

    at_ms: int
    segment: Segment
    next: Segment | None

    @property
    def content(self) -> Content:
        """What the running segment says."""
        return self.segment.content

    @property
    def counters(self) -> Counters:
        """The repetition, the set and the round that are running."""
        return self.segment.counters

    @property
    def elapsed_ms(self) -> int:
        """How much of the running segment has passed."""
        return self.at_ms - self.segment.start_ms

    @property
    def remaining_ms(self) -> int:
        """How much of the running segment is left."""
        return self.segment.end_ms - self.at_ms
