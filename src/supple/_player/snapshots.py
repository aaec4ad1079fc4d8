"""The snapshot of a player, read as strictly as anything that comes from outside.

What a player has got to is told in two ways: by number and position, which mean something on the
very timeline, and by exercise and repetition, which mean something where its timing has changed.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Mapping
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from attrs import NOTHING, fields, frozen

from supple._errors import ModelError, SnapshotError
from supple._model import Side, requirements as must
from supple._player.playhead import PLACES, checked_speed
from supple._player.states import GapPolicy, PlayerState
from supple._timeline.kinds import EventKind
from supple._timeline.layout import of_kind

if TYPE_CHECKING:
    from collections.abc import Callable

    from supple._player.cursor import Cursor
    from supple._timeline.events import Content, Event
    from supple._timeline.timeline import Timeline

SNAPSHOT_FORMAT = 1

_PART = re.compile(rf"0|0\.[0-9]{{0,{PLACES - 1}}}[1-9]")


@frozen(kw_only=True)
class Place:
    """Which repetition of which exercise is under way, or comes next.

    Attributes:
        exercise: The identifier of the exercise; ``None`` where none comes any more.
        side: The side that is worked, where it is one.
        rep: Which repetition, from 1; ``None`` where none is under way.
        set: Which set of the exercise.
        round: Which round of the circuit in which the exercise stands.
        size: How many events the timeline has; with the number of those that are over it tells
            which of several is meant, where an exercise stands twice.
    """

    exercise: str | None
    side: Side | None
    rep: int | None
    set: int | None
    round: int | None
    size: int

    @classmethod
    def at(cls, timeline: Timeline, cursor: Cursor) -> Place:
        """Return the place of a cursor."""
        event = cursor.coming(lambda content: content.place.exercise is not None)
        size = timeline.count()
        if event is None:
            return cls(exercise=None, side=None, rep=None, set=None, round=None, size=size)
        return cls(
            exercise=event.exercise,
            side=event.side,
            rep=event.rep,
            set=event.set,
            round=event.round,
            size=size,
        )

    def found_on(self, timeline: Timeline, passed: int) -> Event | None:
        """Return the event that starts it: that of the repetition, or else of the exercise.

        There is nothing where the exercise does not come at all.

        Args:
            timeline: Another timeline than the one that the place is of.
            passed: How many events of that one are over.
        """
        root = timeline._root  # noqa: SLF001 - the core's own
        starts = of_kind(EventKind.EXERCISE_STARTED, self.exercise)
        count = 0 if self.exercise is None else root.count(starts)
        if not count:
            return None

        def event_of(nth: int) -> Event:
            return timeline[root.find(starts, nth)]

        # In a circuit the exercise of the n-th round is the n-th, if it stands there once. Where
        # it is not, the one that lies as far along as before is meant.
        nth = min((self.round or 1) - 1, count - 1)
        if event_of(nth).round != self.round or self.round is None:
            share = Fraction(min(passed, self.size), self.size or 1)
            nth = bisect_right(
                range(count), share, key=lambda n: Fraction(root.find(starts, n), root.size)
            )
            nth = max(nth - 1, 0)
        first = root.find(starts, nth)
        return self._repetition(timeline, first) or timeline[first]

    def _repetition(self, timeline: Timeline, first: int) -> Event | None:
        """Return what starts the repetition in the exercise that an event starts."""
        if self.rep is None or self.set is None:
            return None
        root = timeline._root  # noqa: SLF001 - the core's own
        wanted = of_kind(EventKind.REP_STARTED, self.exercise)
        sides = {self.side, None}  # alternating sides are worked in one repetition

        def starts_rep(content: Content) -> bool:
            return wanted(content) and content.place.side in sides

        before, count = root.count_before(starts_rep, first), root.count(starts_rep)
        if before == count:
            return None
        reps = timeline[root.find(starts_rep, before)].reps or 1
        nth = before + (self.set - 1) * reps + self.rep - 1
        if not before <= nth < count:
            return None
        event = timeline[root.find(starts_rep, nth)]
        return event if (event.set, event.rep) == (self.set, self.rep) else None


@frozen(kw_only=True)
class Snapshot:
    """What a snapshot says, each value checked on its own."""

    state: PlayerState
    events: int
    position_ms: int
    position_part: str
    since_ms: int | None
    now_ms: int
    waited_ms: int
    speed: int | float
    hands_free: bool
    gap_ms: int
    on_gap: GapPolicy
    missed_ms: int | None
    stop_reason: str | None
    place: Place

    def written(self, timeline: Timeline) -> dict[str, str | int | float | bool | None]:
        """Return it as plain values for JSON."""
        values = {each.name: getattr(self, each.name) for each in fields(Snapshot)}
        place = values.pop("place")
        values |= {each.name: getattr(place, each.name) for each in fields(Place)}
        plain = {
            key: str(value) if isinstance(value, str) else value for key, value in values.items()
        }
        return {"format": SNAPSHOT_FORMAT, "timeline": timeline.shape, **plain}


def _integer(where: str, value: object) -> int:
    if isinstance(value, bool) or not isinstance(value, int):
        raise ModelError(where, "must be an integer", value)
    return int(value)


def _count(where: str, value: object) -> int:
    kept = _integer(where, value)
    if kept < 0:
        raise ModelError(where, "must be at least 0", value)
    return kept


def _optional(required: Callable[[str, object], int]) -> Callable[[str, object], int | None]:
    return lambda where, value: None if value is None else required(where, value)


def _part(where: str, value: object) -> str:
    if not isinstance(value, str) or not _PART.fullmatch(value):
        raise ModelError(where, f"must be a part of 1 to {PLACES} places, such as '0.5'", value)
    return str(value)


SETTINGS: dict[str, Callable[[str, object], Any]] = {
    "speed": checked_speed,
    "hands_free": must.FLAG.require,
    "gap_ms": must.Whole(0, must.MOST_TIMES).require,
    "on_gap": must.WordOf(GapPolicy).require,
}
"""What the settings of a player require."""

_CHECKS: dict[str, Callable[[str, object], Any]] = {
    "state": must.WordOf(PlayerState).require,
    "events": _count,
    "position_ms": _count,
    "position_part": _part,
    "since_ms": _optional(_integer),
    "now_ms": _integer,
    "waited_ms": _count,
    **SETTINGS,
    "missed_ms": _optional(_count),
    "stop_reason": must.optional(must.TEXT).require,
    "exercise": must.optional(must.NAME).require,
    "side": must.optional(must.WordOf(Side)).require,
    "rep": _optional(_count),
    "set": _optional(_count),
    "round": _optional(_count),
    "size": _count,
}
_KEYS = ("format", "timeline", *_CHECKS)


def read_snapshot(timeline: Timeline, given: object, *, is_strict: bool = True) -> Snapshot:
    """Return what a snapshot says, if a player of a timeline can go on from it.

    Args:
        timeline: What it should be one of.
        given: What it may be.
        is_strict: Whether to refuse one of another timeline.

    Raises:
        SnapshotError: If it is not a snapshot, a newer one, one of another timeline, or does
            not agree with itself.
    """
    if not isinstance(given, Mapping):
        raise SnapshotError("snapshot", "must be what Player.snapshot returned", given)
    version = given.get("format", NOTHING)
    if type(version) is not int or version != SNAPSHOT_FORMAT:
        newer = type(version) is int and version > SNAPSHOT_FORMAT
        remedy = "; a newer version of supple may read it" if newer else ""
        raise SnapshotError("snapshot.format", f"must be {SNAPSHOT_FORMAT}{remedy}", version)
    shape = given.get("timeline", NOTHING)
    is_same = shape == timeline.shape
    if not is_same and (is_strict or not isinstance(shape, str)):
        remedy = "; at='nearest' goes on at the same repetition" if isinstance(shape, str) else ""
        raise SnapshotError(
            "snapshot.timeline", f"must be that of {timeline.shape!r}{remedy}", shape
        )
    for key in given:
        if key not in _KEYS:
            raise SnapshotError("snapshot", f"must have no keys but {', '.join(_KEYS)}", key)
    values = {key: _checked(key, given.get(key, NOTHING)) for key in _CHECKS}
    place = Place(**{each.name: values.pop(each.name) for each in fields(Place)})
    snapshot = Snapshot(**values, place=place)
    _require_agreement(snapshot, timeline.count() if is_same else None)
    return snapshot


def _checked(key: str, value: object) -> Any:
    where = f"snapshot.{key}"
    if value is NOTHING:
        raise SnapshotError(where, "must be there", value)
    try:
        return _CHECKS[key](where, value)
    except ModelError as error:
        raise SnapshotError(where, error.requirement, value) from error


def _require_agreement(snapshot: Snapshot, total: int | None) -> None:
    """Require what a player can have come to, of a timeline of so many events if it is known."""
    state, events = snapshot.state, snapshot.events
    if total is not None:
        least, most = {
            PlayerState.READY: (0, 0),
            PlayerState.STOPPED: (0, total - 1),
            PlayerState.FINISHED: (total, total),
        }.get(state, (1, total - 1))
        if not least <= events <= most:
            raise SnapshotError(
                "snapshot.events", f"must be at least {least} and at most {most}", events
            )
    moves = state in {PlayerState.RUNNING, PlayerState.WAITING}
    if moves and snapshot.since_ms is None:
        raise SnapshotError("snapshot.since_ms", f"must be an integer where it is {state}", None)
    absent = {
        "since_ms": not moves,
        "missed_ms": state is not PlayerState.PAUSED,
        "stop_reason": state is not PlayerState.STOPPED,
    }
    for key, is_absent in absent.items():
        value = getattr(snapshot, key)
        if is_absent and value is not None:
            raise SnapshotError(f"snapshot.{key}", f"must be null where it is {state}", value)
