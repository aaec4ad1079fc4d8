"""The snapshot of a player, read as strictly as anything that comes from outside.

What a player has got to is told in two ways: by number and position, which mean something on the
very timeline, and by exercise and repetition, which mean something where its timing has changed.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from attrs import NOTHING, field, fields, frozen

from supple._errors import ModelError, SnapshotError
from supple._model import Side, requirements as must
from supple._player.playhead import PLACES
from supple._player.states import GapPolicy, PlayerState
from supple._timeline.kinds import EventKind
from supple._timeline.layout import of_kind

if TYPE_CHECKING:
    from supple._player.cursor import Cursor
    from supple._player.machine import Machine
    from supple._timeline.events import Content, Event
    from supple._timeline.timeline import Timeline

SNAPSHOT_FORMAT = must.Version(1)

SETTINGS = ("speed", "hands_free", "gap_ms", "on_gap")
"""What a snapshot says of how a player was made."""


class _PartOfMs(must.Name):
    """What is over of a millisecond, as a decimal number."""

    words = f"must be a part of 1 to {PLACES} places, such as '0.5'"
    pattern = rf"0|0\.[0-9]{{0,{PLACES - 1}}}[1-9]"


_COUNT_OR_NONE = must.optional(must.COUNT)


@frozen(kw_only=True)
class Snapshot:
    """What a snapshot says.

    Attributes:
        exercise: The identifier of the exercise that is under way, or comes next; ``None`` where
            none comes any more. So for its side, repetition, set and round.
        size: How many events the timeline has; with the number of those that are over it tells
            which of several is meant, where an exercise stands twice.
    """

    state: PlayerState = field(validator=must.WordOf(PlayerState))
    events: int = field(validator=must.COUNT)
    position_ms: int = field(validator=must.COUNT)
    position_part: str = field(validator=_PartOfMs())
    since_ms: int | None = field(validator=must.optional(must.INSTANT))
    now_ms: int = field(validator=must.INSTANT)
    waited_ms: int = field(validator=must.COUNT)
    speed: int | float = field(validator=must.SPEED)
    hands_free: bool = field(validator=must.FLAG)
    gap_ms: int = field(validator=must.Whole(0, must.LARGEST))
    on_gap: GapPolicy = field(validator=must.WordOf(GapPolicy))
    missed_ms: int | None = field(validator=_COUNT_OR_NONE)
    stop_reason: str | None = field(validator=must.optional(must.TEXT))
    exercise: str | None = field(validator=must.optional(must.NAME))
    side: Side | None = field(validator=must.optional(must.WordOf(Side)))
    rep: int | None = field(validator=_COUNT_OR_NONE)
    set: int | None = field(validator=_COUNT_OR_NONE)
    round: int | None = field(validator=_COUNT_OR_NONE)
    size: int = field(validator=must.COUNT)

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


REQUIRED: Mapping[str, Any] = {each.name: each.validator for each in fields(Snapshot)}
"""What a snapshot requires of each key, and a player of the settings among them."""


def settings_of(player: Machine | Snapshot) -> dict[str, Any]:
    """Return how a player was made."""
    return {name: getattr(player, name) for name in SETTINGS}


def place_of(timeline: Timeline, cursor: Cursor) -> dict[str, Any]:
    """Return what is under way or comes next, as a snapshot says it."""
    event = cursor.coming(lambda content: content.place.exercise is not None)
    place = ("exercise", "side", "rep", "set", "round")
    return {name: getattr(event, name, None) for name in place} | {"size": timeline.count()}


def write_snapshot(timeline: Timeline, **kept: Any) -> dict[str, str | int | float | bool | None]:
    """Return what a :class:`Snapshot` says as plain values for JSON, without a look at them."""
    plain = {key: str(value) if isinstance(value, str) else value for key, value in kept.items()}
    return {"format": SNAPSHOT_FORMAT.version, "timeline": timeline.shape, **plain}


def read_snapshot(timeline: Timeline, given: object, *, is_strict: bool = True) -> Snapshot:
    """Return what a snapshot says, if it agrees with itself and with the timeline.

    One of another timeline is taken where it need not be strict.
    """
    if not isinstance(given, Mapping):
        raise SnapshotError("snapshot", "must be what Player.snapshot returned", given)
    try:
        SNAPSHOT_FORMAT.require("snapshot.format", given.get("format", NOTHING))
    except ModelError as error:
        raise _refused(error) from error
    shape = given.get("timeline", NOTHING)
    is_same = shape == timeline.shape
    if not is_same and (is_strict or not isinstance(shape, str)):
        remedy = "; at='nearest' goes on at the same repetition" if isinstance(shape, str) else ""
        raise SnapshotError(
            "snapshot.timeline", f"must be that of {timeline.shape!r}{remedy}", shape
        )
    keys = ["format", "timeline", *REQUIRED]
    for key in given:
        if key not in keys:
            raise SnapshotError("snapshot", f"must have no keys but {', '.join(keys)}", key)
    for key in REQUIRED:
        if key not in given:
            raise SnapshotError(f"snapshot.{key}", "must be there", NOTHING)
    try:
        snapshot = Snapshot(**{key: given[key] for key in REQUIRED})
    except ModelError as error:
        raise _refused(error) from error
    _require_agreement(snapshot, timeline.count() if is_same else None)
    return snapshot


def _refused(error: ModelError) -> SnapshotError:
    return SnapshotError(error.where.lower(), error.requirement, error.got)


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
    if state.is_moving and snapshot.since_ms is None:
        raise SnapshotError(
            "snapshot.since_ms", f"must be a whole number where it is {state}", None
        )
    absent = {
        "since_ms": not state.is_moving,
        "missed_ms": state is not PlayerState.PAUSED,
        "stop_reason": state is not PlayerState.STOPPED,
    }
    for key, is_absent in absent.items():
        value = getattr(snapshot, key)
        if is_absent and value is not None:
            raise SnapshotError(f"snapshot.{key}", f"must be null where it is {state}", value)
