"""What happens on a timeline: an event at an instant, a segment over a stretch of time.

Events and segments of a repeated body differ only in when they come and in the counters. What
they have in common is one :class:`Content`, which all of them share.
"""

from __future__ import annotations

from enum import StrEnum
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final, NamedTuple, TypeAlias, final

from supple._model import Side, requirements as must
from supple._timeline.facts import COUNTED, Fact, Home, KindOfEvent, Plain, TrueOnly
from supple._timeline.kinds import (
    SEGMENT_STARTED_BY,
    EventKind,
    RestReason,
    SegmentKind,
    UnknownKind,
)
from supple._units import ms_to_timedelta

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from datetime import timedelta

    from supple._timeline.layout import Node

_LONGEST_SHOWN = 40

_FROM_1 = must.Whole(1)


class Place(NamedTuple):
    """What surrounds something on a timeline, and how often that is repeated."""

    exercise: str | None = None
    exercises: int | None = None
    side: Side | None = None
    reps: int | None = None
    sets: int | None = None
    rounds: int | None = None

    def on(self, side: Side | None) -> Place:
        """Return the same on a side, or on none."""
        exercise, exercises, _, reps, sets, rounds = self
        return Place(exercise, exercises, side, reps, sets, rounds)

    def repeated(self, reps: int) -> Place:
        """Return the same where something is repeated so often."""
        exercise, exercises, side, _, sets, rounds = self
        return Place(exercise, exercises, side, reps, sets, rounds)


NOWHERE: Final = Place()


class Content(NamedTuple):
    """What events that differ only in offset and counters have in common.

    A timeline of many items makes many: a tuple is what Python makes fastest.

    Attributes:
        text: What to show; where ``counter`` is set, ``{number}`` in it stands for that counter.
        pose: The name of the pose at the end of a step or in a hold, if the author gives one.
        extra: What a line says that this version of the library has no word for.
    """

    kind: EventKind | UnknownKind
    text: str
    place: Place
    counter: int | None = None
    duration_ms: int | None = None
    remaining_ms: int | None = None
    why: RestReason | None = None
    next_exercise: str | None = None
    next_side: Side | None = None
    note: str | None = None
    load: str | None = None
    open: bool = False
    jump: bool = False
    pose: str | None = None
    extra: tuple[tuple[str, Plain], ...] = ()

    def text_at(self, counters: Sequence[int | None]) -> str:
        """Return the text, with the counter filled in."""
        counter = self.counter
        return (
            self.text if counter is None else self.text.replace("{number}", str(counters[counter]))
        )


Counters: TypeAlias = "tuple[int | None, int | None, int | None, int]"
"""The repetition, the set and the round, each from 1, or ``None`` outside of one; and the number
of the exercise, as they are written, that is or comes next."""

REP, SET, ROUND, EXERCISE = range(len(COUNTED))

NOT_COUNTED: Final[Counters] = (None, None, None, 1)


def _text(said: Any) -> str:
    content: Content = said._content  # noqa: SLF001 - of an event, a segment or a moment
    return content.text_at(said._counters)  # noqa: SLF001 - as above


@final
class Event:
    """One instant on a timeline: something starts, something ends, or a cue is due.

    What does not apply is ``None``. An event cannot be changed; two are equal when everything
    that they say is equal. Timelines make them, and
    :func:`supple.export.event_lines.decode` does.
    """

    # A stream makes events by the million. This class therefore has no ``__init__``, and nothing
    # but convention keeps its three slots from being written to: :func:`event_at` fills them.
    __slots__ = ("_at_ms", "_content", "_counters")

    _at_ms: int
    _content: Content
    _counters: Counters

    at_ms: Fact[int] = Fact(
        must.COUNT,
        "when, in milliseconds from the start of the routine",
        Home.OFFSET,
        is_needed=True,
    )
    kind: Fact[EventKind | UnknownKind] = Fact(KindOfEvent(), "what happens", is_needed=True)
    text: Fact[str] = Fact(must.LINE, "what to show", get=_text, is_needed=True, is_wording=True)
    duration_ms: Fact[int | None] = Fact(
        _FROM_1,
        "how long that lasts which starts or ends here",
        kinds=("*.started", "*.ended"),
        is_needed=True,
    )
    remaining_ms: Fact[int | None] = Fact(
        must.COUNT,
        "how much is left: of the segment at a cue, of what starts or ends at a jump",
        kinds=("cue.*",),
        is_needed=True,
        with_jump=True,
        least=("cue.*", 1),
    )
    exercise: Fact[str | None] = Fact(
        must.NAME,
        "the identifier of the exercise that this is part of",
        Home.PLACE,
    )
    exercise_number: Fact[int | None] = Fact(
        _FROM_1,
        "which exercise that is, from 1, in the order in which they are written; it stays the "
        "same in every round of a circuit",
        Home.COUNTERS,
        total="exercises",
    )
    exercises: Fact[int | None] = Fact(
        _FROM_1,
        "how many exercises are written, one that stands twice counted twice",
        Home.PLACE,
    )
    side: Fact[Side | None] = Fact(must.WordOf(Side), "the side that is worked", Home.PLACE)
    rep: Fact[int | None] = Fact(
        _FROM_1, "which repetition this is part of, from 1", Home.COUNTERS, total="reps"
    )
    reps: Fact[int | None] = Fact(_FROM_1, "how many repetitions there are", Home.PLACE)
    set: Fact[int | None] = Fact(
        _FROM_1, "which set this is part of, from 1", Home.COUNTERS, total="sets"
    )
    sets: Fact[int | None] = Fact(_FROM_1, "how many sets there are", Home.PLACE)
    round: Fact[int | None] = Fact(
        _FROM_1,
        "which round of the innermost circuit this is part of, from 1",
        Home.COUNTERS,
        total="rounds",
    )
    rounds: Fact[int | None] = Fact(
        _FROM_1,
        "how many rounds the innermost circuit has",
        Home.PLACE,
    )
    why: Fact[RestReason | None] = Fact(
        must.WordOf(RestReason),
        "why there is a rest",
        kinds=("rest.*",),
        is_needed=True,
    )
    next_exercise: Fact[str | None] = Fact(
        must.NAME,
        "the identifier of the exercise that comes after the rest",
        kinds=("rest.*",),
    )
    next_side: Fact[Side | None] = Fact(
        must.WordOf(Side),
        "the side that comes after the rest",
        kinds=("rest.*", "cue.switch-soon"),
    )
    note: Fact[str | None] = Fact(
        must.LINE,
        "what the person who prescribed the exercise says about it",
        kinds=("exercise.*",),
        is_wording=True,
    )
    load: Fact[str | None] = Fact(
        must.LINE,
        "what the exercise is done with, such as 2 kg",
        kinds=("exercise.*",),
        is_wording=True,
    )
    open: Fact[bool] = Fact(
        TrueOnly(),
        "a step that lasts until the person is ready: its end is an estimate",
        kinds=("step.*",),
    )
    jump: Fact[bool] = Fact(
        TrueOnly(),
        "a jump or a stop has brought the event, and not the timeline",
        kinds=("*.started", "*.ended"),
    )

    @property
    def at(self) -> timedelta:
        """When, as the time since the start of the routine.

        Raises:
            OverflowError: Beyond 999,999,999 days; ``at_ms`` has no such limit.
        """
        return ms_to_timedelta(self._at_ms)

    @property
    def extra(self) -> Mapping[str, Plain]:
        """What a line said that this version of the library has no word for; usually nothing."""
        return MappingProxyType(dict(self._content.extra))

    def as_dict(self) -> dict[str, Plain]:
        """Return what applies, by name, as values for JSON: an event line without its format."""
        return said_by(self, FACTS) | dict(self._content.extra)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Event):
            return NotImplemented
        if self._content is other._content and self._counters == other._counters:
            return self._at_ms == other._at_ms
        return self.as_dict() == other.as_dict()

    def __hash__(self) -> int:
        return hash((self._at_ms, self._content.kind, self.text))

    def __repr__(self) -> str:
        return f"<Event {' '.join(f'{name}={said!r}' for name, said in self.as_dict().items())}>"


def event_at(at_ms: int, content: Content, counters: Counters = NOT_COUNTED) -> Event:
    """Return an event."""
    event = Event()
    event._at_ms = at_ms  # noqa: SLF001 - its constructor
    event._content = content  # noqa: SLF001 - as above
    event._counters = counters  # noqa: SLF001 - as above
    return event


FACTS: Final[Mapping[str, Fact[Any]]] = MappingProxyType(
    {name: fact for name, fact in vars(Event).items() if isinstance(fact, Fact)}
)
"""Everything that an event says, by name, in the order in which it is written."""

_KEPT_IN: Final = {
    home: [name for name, fact in FACTS.items() if fact.home is home]
    for home in (Home.CONTENT, Home.PLACE)
}

LINE_FORMAT: Final = must.Version(1)
"""The format of an event line."""

NEEDED_ALWAYS: Final = [
    name for name, fact in FACTS.items() if fact.is_needed and fact.is_anywhere
]
"""The facts that every event has."""

STRUCTURE: Final = {name: fact for name, fact in FACTS.items() if not fact.is_wording}
"""What stays of that whatever the language."""


def event_of(said: Mapping[str, Any], extra: Iterable[tuple[str, Plain]] = ()) -> Event:
    """Return the event that says some facts, by name, and what else a line says."""
    content = {name: said[name] for name in _KEPT_IN[Home.CONTENT] if name in said}
    place = Place(**{name: said[name] for name in _KEPT_IN[Home.PLACE] if name in said})
    counters: Any = map(said.get, COUNTED, NOT_COUNTED)
    made = Content(**content, place=place, extra=tuple(extra))
    return event_at(said["at_ms"], made, tuple(counters))


def said_by(said: object, names: Iterable[str]) -> dict[str, Plain]:
    """Return which of some attributes apply, as values for JSON."""
    values = ((name, getattr(said, name)) for name in names)
    return {
        name: value.value if isinstance(value, StrEnum) else value
        for name, value in values
        if value is not None and value is not False
    }


class _Placed:
    """The facts that a segment and a moment have in common with an event."""

    __slots__ = ("_content", "_counters")

    _content: Content
    _counters: Counters

    text = Event.text
    exercise = Event.exercise
    exercise_number = Event.exercise_number
    exercises = Event.exercises
    side = Event.side
    rep = Event.rep
    reps = Event.reps
    set = Event.set
    sets = Event.sets
    round = Event.round
    rounds = Event.rounds
    why = Event.why
    next_exercise = Event.next_exercise
    next_side = Event.next_side
    open = Event.open


_PLACED: Final = {name: fact for name, fact in vars(_Placed).items() if isinstance(fact, Fact)}


class Posed(NamedTuple):
    """How the body lies or stands, as an exercise says it on a side.

    Attributes:
        pose: The name of the pose.
        side: The side for which it is said; ``None`` for none.
    """

    pose: str
    side: Side | None


@final
class Segment(_Placed):
    """A stretch of time in which one thing happens: a step, a hold or a rest."""

    __slots__ = ("_before", "_start_ms")

    def __init__(
        self,
        start_ms: int,
        content: Content,
        counters: Counters = NOT_COUNTED,
        before: Node | Posed | None = None,
    ) -> None:
        self._start_ms = start_ms
        self._content = content
        self._counters = counters
        self._before = before  # the pose before, or where to look for it when somebody asks

    @property
    def start_ms(self) -> int:
        """When it starts, in milliseconds from the start of the routine."""
        return self._start_ms

    @property
    def kind(self) -> SegmentKind:
        """What fills the time."""
        return SEGMENT_STARTED_BY[self._content.kind]

    @property
    def duration_ms(self) -> int:
        """How long it lasts."""
        return self._content.duration_ms or 0

    @property
    def end_ms(self) -> int:
        """When it ends, in milliseconds from the start of the routine."""
        return self._start_ms + (self._content.duration_ms or 0)

    @property
    def pose(self) -> str | None:
        """The name of the pose at its end; ``None`` where the author says nothing."""
        return self._content.pose

    @property
    def pose_before(self) -> Posed | None:
        """The pose in which it starts: the last one before it that its exercise names.

        ``None`` where the exercise has named none so far, and outside of exercises.
        """
        before = self._before
        if before is None or isinstance(before, Posed):
            return before
        self._before = found = _pose_before(before, self)
        return found

    @property
    def pose_after(self) -> Posed | None:
        """The pose in which it ends: its own, or else that in which it starts."""
        own = self._content.pose
        return self.pose_before if own is None else Posed(own, self.side)

    def as_dict(self) -> dict[str, Plain]:
        """Return what applies, by name, as values for JSON."""
        own = {"start_ms": self._start_ms, "end_ms": self.end_ms, "kind": self.kind.value}
        return own | {"duration_ms": self.duration_ms} | said_by(self, _PLACED)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Segment):
            return NotImplemented
        if self._content is other._content and self._counters == other._counters:
            return self._start_ms == other._start_ms
        return self.as_dict() == other.as_dict()

    def __hash__(self) -> int:
        return hash((self._start_ms, self.text))

    def __reduce__(self) -> tuple[Callable[..., Segment], tuple[Any, ...]]:
        return Segment, (self._start_ms, self._content, self._counters, self.pose_before)

    def __repr__(self) -> str:
        return f"<Segment {self.kind} {_short(self.text)} {self._start_ms}–{self.end_ms} ms>"


@final
class Moment(_Placed):
    """What is going on at one instant of a timeline.

    Args:
        at_ms: The instant, in milliseconds from the start of the routine.
        segment: The segment that is running.
        next: The segment that comes after it; ``None`` in the last one.
    """

    __slots__ = ("_at_ms", "_next", "_segment")

    def __init__(self, at_ms: int, segment: Segment, next: Segment | Node | None) -> None:  # noqa: A002 - its attribute
        self._at_ms = at_ms
        self._segment = segment
        self._content = segment._content  # noqa: SLF001 - as below
        self._counters = segment._counters  # noqa: SLF001 - that of its segment
        self._next = next  # or where to look for it when somebody asks

    @property
    def at_ms(self) -> int:
        """The instant, in milliseconds from the start of the routine."""
        return self._at_ms

    @property
    def segment(self) -> Segment:
        """The segment that is running."""
        return self._segment

    @property
    def next(self) -> Segment | None:
        """The segment that comes after the running one; ``None`` in the last one."""
        following = self._next
        if following is None or isinstance(following, Segment):
            return following
        end_ms = self._segment.end_ms
        self._next = found = (
            segment_at(following, end_ms) if end_ms < following.duration_ms else None
        )
        return found

    @property
    def pose_before(self) -> Posed | None:
        """The pose in which the running segment starts, if its exercise has named one."""
        return self._segment.pose_before

    @property
    def pose_after(self) -> Posed | None:
        """The pose in which the running segment ends, if its exercise has named one."""
        return self._segment.pose_after

    @property
    def elapsed_ms(self) -> int:
        """How much of the running segment has passed."""
        return self._at_ms - self._segment.start_ms

    @property
    def remaining_ms(self) -> int:
        """How much of the running segment is left."""
        return self._segment.end_ms - self._at_ms

    def as_dict(self) -> dict[str, Any]:
        """Return everything as values for JSON, the running segment and the next one as such."""
        following = self.next
        return {
            "at_ms": self._at_ms,
            "elapsed_ms": self.elapsed_ms,
            "remaining_ms": self.remaining_ms,
            "segment": self._segment.as_dict(),
            "next": following and following.as_dict(),
        }

    def __eq__(self, other: object) -> bool:
        return self.as_dict() == other.as_dict() if isinstance(other, Moment) else NotImplemented

    def __hash__(self) -> int:
        return hash((self._at_ms, self._segment))

    def __reduce__(self) -> tuple[type[Moment], tuple[int, Segment, Segment | None]]:
        return Moment, (self._at_ms, self._segment, self.next)

    def __repr__(self) -> str:
        segment = self._segment
        of = f"{segment.kind} {_short(segment.text)}"
        return f"<Moment at {self._at_ms} ms, {self.remaining_ms} ms left of {of}>"


def segment_at(root: Node, ms: int) -> Segment:
    """Return the segment of an instant before the end."""
    start, run, i, counters = root.at_ms(ms, 0, NOT_COUNTED)
    return Segment(start + run.offsets[i], run.contents[i], counters, root)


def _pose_before(root: Node, segment: Segment) -> Posed | None:
    if segment.exercise is None:
        return None
    # Nothing starts behind a segment at its own instant: it is the last event of that.
    last = root.last_posed(root.rank(segment.start_ms + 1) - 1)
    if last is None or last.pose is None:
        return None
    return Posed(last.pose, last.place.side)


def _short(text: str) -> str:
    return repr(text if len(text) <= _LONGEST_SHOWN else f"{text[: _LONGEST_SHOWN - 1]}…")
