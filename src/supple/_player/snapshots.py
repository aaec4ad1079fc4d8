"""The snapshot of a player, read as strictly as anything that comes from outside.

What a player has got to is told in two ways: by number and position, which mean something on the
very timeline, and by exercise and repetition, which mean something where its timing has changed.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Mapping
from fractions import Fraction
from functools import partial
from typing import TYPE_CHECKING, Any

from attrs import NOTHING, field, fields, frozen

from supple._errors import ModelError, SnapshotError
from supple._model import Side, requirements as must
from supple._player.playhead import PLACES, checked_speed, instant
from supple._player.states import GapPolicy, PlayerState
from supple._timeline.kinds import EventKind
from supple._timeline.layout import of_kind

if TYPE_CHECKING:
    from collections.abc import Callable

    from supple._player.cursor import Cursor
    from supple._timeline.events import Content, Event
    from supple._timeline.timeline import Timeline

SNAPSHOT_FORMAT = must.Version(1)

SETTINGS = ("speed", "hands_free", "gap_ms", "on_gap")
"""What a snapshot says of how a player was made."""

_PART = re.compile(rf"0|0\.[0-9]{{0,{PLACES - 1}}}[1-9]")


def _integer(where: str, value: object) -> int:
    return instant(where, value, "must be an integer")


def _count(where: str, value: object) -> int:
    kept = _integer(where, value)
    if kept < 0:
        raise ModelError(where, "must be at least 0", value)
    return kept


def _part(where: str, value: object) -> str:
    if not isinstance(value, str) or not _PART.fullmatch(value):
        raise ModelError(where, f"must be a part of 1 to {PLACES} places, such as '0.5'", value)
    return str(value)


def _by(required: Callable[[str, object], Any], *, is_optional: bool = False) -> dict[str, Any]:
    """Return what a field requires, as its metadata."""
    return {"required": required, "is_optional": is_optional}


@frozen(kw_only=True)
class Snapshot:
    """What a snapshot says.

    Attributes:
        exercise: The identifier of the exercise that is under way, or comes next; ``None`` where
            none comes any more. So for its side, repetition, set and round.
        size: How many events the timeline has; with the number of those that are over it tells
            which of several is meant, where an exercise stands twice.
    """

    state: PlayerState = field(metadata=_by(must.WordOf(PlayerState).require))
    events: int = field(metadata=_by(_count))
    position_ms: int = field(metadata=_by(_count))
    position_part: str = field(metadata=_by(_part))
    since_ms: int | None = field(metadata=_by(_integer, is_optional=True))
    now_ms: int = field(metadata=_by(_integer))
    waited_ms: int = field(metadata=_by(_count))
    speed: int | float = field(metadata=_by(checked_speed))
    hands_free: bool = field(metadata=_by(must.FLAG.require))
    gap_ms: int = field(metadata=_by(must.Whole(0, must.MOST_TIMES).require))
    on_gap: GapPolicy = field(metadata=_by(must.WordOf(GapPolicy).require))
    missed_ms: int | None = field(metadata=_by(_count, is_optional=True))
    stop_reason: str | None = field(metadata=_by(must.TEXT.require, is_optional=True))
    exercise: str | None = field(metadata=_by(must.NAME.require, is_optional=True))
    side: Side | None = field(metadata=_by(must.WordOf(Side).require, is_optional=True))
    rep: int | None = field(metadata=_by(_count, is_optional=True))
    set: int | None = field(metadata=_by(_count, is_optional=True))
    round: int | None = field(metadata=_by(_count, is_optional=True))
    size: int = field(metadata=_by(_count))

    def written(self, timeline: Timeline) -> dict[str, str | int | float | bool | None]:
        """Return it as plain values for JSON."""
        values = ((each.name, getattr(self, each.name)) for each in fields(Snapshot))
        plain = {key: str(value) if isinstance(value, str) else value for key, value in values}
        return {"format": SNAPSHOT_FORMAT.version, "timeline": timeline.shape, **plain}

    def found_on(self, timeline: Timeline) -> Event | None:
        """Return what starts the same on another timeline: the repetition, or else the exercise.

        There is nothing where the exercise does not come at all.
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
            share = Fraction(min(self.events, self.size), self.size or 1)
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


def required(name: str, where: str, value: object) -> Any:
    """Return a value of a snapshot, or the setting of that name, as it is kept."""
    if value is NOTHING:
        raise ModelError(where, "must be there", value)
    said = getattr(fields(Snapshot), name).metadata
    return None if said["is_optional"] and value is None else said["required"](where, value)


def place_of(timeline: Timeline, cursor: Cursor) -> dict[str, Any]:
    """Return what is under way or comes next, as a snapshot says it."""
    event = cursor.coming(lambda content: content.place.exercise is not None)
    place = ("exercise", "side", "rep", "set", "round")
    return {name: getattr(event, name, None) for name in place} | {"size": timeline.count()}


def read_snapshot(timeline: Timeline, given: object, *, is_strict: bool = True) -> Snapshot:
    """Return what a snapshot says, if it agrees with itself and with the timeline.

    One of another timeline is taken where it need not be strict.
    """
    if not isinstance(given, Mapping):
        raise SnapshotError("snapshot", "must be what Player.snapshot returned", given)
    _checked(given, "format", SNAPSHOT_FORMAT.require)
    shape = given.get("timeline", NOTHING)
    is_same = shape == timeline.shape
    if not is_same and (is_strict or not isinstance(shape, str)):
        remedy = "; at='nearest' goes on at the same repetition" if isinstance(shape, str) else ""
        raise SnapshotError(
            "snapshot.timeline", f"must be that of {timeline.shape!r}{remedy}", shape
        )
    names = [each.name for each in fields(Snapshot)]
    keys = ["format", "timeline", *names]
    for key in given:
        if key not in keys:
            raise SnapshotError("snapshot", f"must have no keys but {', '.join(keys)}", key)
    snapshot = Snapshot(**{name: _checked(given, name, partial(required, name)) for name in names})
    _require_agreement(snapshot, timeline.count() if is_same else None)
    return snapshot


def _checked(given: Mapping[str, Any], key: str, require: Callable[[str, object], Any]) -> Any:
    value = given.get(key, NOTHING)
    try:
        return require(f"snapshot.{key}", value)
    except ModelError as error:
        raise SnapshotError(error.where, error.requirement, value) from error


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
