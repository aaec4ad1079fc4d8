"""The snapshot of a player, read as strictly as anything that comes from outside.

What a player has got to is told in two ways: by number and position, which mean something on the
very timeline, and by exercise and repetition, which mean something where its timing has changed.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from attrs import NOTHING, asdict, fields, frozen

from supple._errors import ModelError, SnapshotError
from supple._model import Side, checks as check
from supple._player.playhead import PLACES, checked_speed
from supple._player.states import GapPolicy, PlayerState
from supple._timeline.events import EventKind
from supple._timeline.layout import of_kind

if TYPE_CHECKING:
    from collections.abc import Callable

    from supple._player.cursor import Cursor
    from supple._timeline.events import Event
    from supple._timeline.timeline import Timeline

SNAPSHOT_FORMAT = 1

_PART = re.compile(rf"0|0\.[0-9]{{0,{PLACES - 1}}}[1-9]")
_starts_exercise = of_kind(EventKind.EXERCISE_STARTED)


@frozen(kw_only=True)
class Place:
    """Which repetition of which exercise is under way, or comes next.

    Attributes:
        exercise: The identifier of the exercise; ``None`` where the routine has none.
        nth: How often it has come before on the timeline.
        set: Of the repetition, ...
        rep: ... ``None`` before the first of the exercise.
        side: ``None`` where a repetition is not of one side.
    """

    exercise: str | None = None
    nth: int = 0
    set: int | None = None
    rep: int | None = None
    side: Side | None = None

    @classmethod
    def at(cls, timeline: Timeline, cursor: Cursor) -> Place:
        """Return the place of a cursor."""
        kinds = {span.content.kind for span in cursor.under_way()}
        started = cursor.passed(_starts_exercise)
        if EventKind.EXERCISE_STARTED in kinds or started == timeline.count("exercise.started"):
            started -= 1  # it is under way, or the last one
        if started < 0:
            return cls()
        first = timeline.find(EventKind.EXERCISE_STARTED, nth=started)
        exercise = timeline[first].exercise
        root = timeline._root  # noqa: SLF001 - the core's own
        nth = root.count_before(of_kind(EventKind.EXERCISE_STARTED, exercise), first)
        starts_rep = of_kind(EventKind.REP_STARTED, exercise)
        before, passed = root.count_before(starts_rep, first), cursor.passed(starts_rep)
        if passed <= before:
            return cls(exercise=exercise, nth=nth)
        rep = timeline[root.find(starts_rep, passed - 1)]
        return cls(exercise=exercise, nth=nth, set=rep.set, rep=rep.rep, side=rep.side)

    def found_on(self, timeline: Timeline) -> Event | None:
        """Return the event that starts it: that of the repetition, or else of the exercise.

        Where the exercise comes less often than before, the last one is meant. There is nothing
        where it does not come at all.
        """
        root = timeline._root  # noqa: SLF001 - the core's own
        starts = of_kind(EventKind.EXERCISE_STARTED, self.exercise)
        count = root.count(starts) if self.exercise is not None else 0
        if not count:
            return None
        first = root.find(starts, min(self.nth, count - 1))
        if self.rep is None or self.set is None:
            return timeline[first]

        side = self.side

        def starts_rep(content: Any) -> bool:
            of = content.place
            is_one = content.kind is EventKind.REP_STARTED and of.exercise == self.exercise
            return is_one and of.side is side

        before = root.count_before(starts_rep, first)
        if before == root.count(starts_rep):
            return timeline[first]
        reps = timeline[root.find(starts_rep, before)].reps or 1
        wanted = before + (self.set - 1) * reps + self.rep - 1
        if wanted < root.count(starts_rep):
            event = timeline[root.find(starts_rep, wanted)]
            if (event.set, event.rep) == (self.set, self.rep):
                return event
        return timeline[first]


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
    exercise: str | None
    nth: int
    set: int | None
    rep: int | None
    side: Side | None

    @property
    def place(self) -> Place:
        """Which repetition of which exercise was under way."""
        return Place(**{each.name: getattr(self, each.name) for each in fields(Place)})

    def written(self, timeline: Timeline) -> dict[str, str | int | float | bool | None]:
        """Return it as plain values for JSON."""
        plain = {"format": SNAPSHOT_FORMAT, "timeline": timeline.shape, **asdict(self)}
        return {
            key: str(value) if isinstance(value, str) else value for key, value in plain.items()
        }


def _integer(where: str, value: object) -> int:
    if isinstance(value, bool) or not isinstance(value, int):
        raise ModelError(where, "must be an integer", value)
    return int(value)


def _count(where: str, value: object) -> int:
    kept = _integer(where, value)
    if kept < 0:
        raise ModelError(where, "must be at least 0", value)
    return kept


def _part(where: str, value: object) -> str:
    if not isinstance(value, str) or not _PART.fullmatch(value):
        raise ModelError(where, f"must be a part of 1 to {PLACES} places, such as '0.5'", value)
    return str(value)


SETTINGS: dict[str, Callable[[str, object], Any]] = {
    "speed": checked_speed,
    "hands_free": check.flag,
    "gap_ms": check.whole(0, check.MOST_TIMES),
    "on_gap": check.word_of(GapPolicy),
}
"""What the settings of a player require."""

_CHECKS: dict[str, Callable[[str, object], Any]] = {
    "state": check.word_of(PlayerState),
    "events": _count,
    "position_ms": _count,
    "position_part": _part,
    "since_ms": check.optional(_integer),
    "now_ms": _integer,
    "waited_ms": _count,
    **SETTINGS,
    "missed_ms": check.optional(_count),
    "stop_reason": check.optional(check.text),
    "exercise": check.optional(check.name),
    "nth": _count,
    "set": check.optional(_count),
    "rep": check.optional(_count),
    "side": check.optional(check.word_of(Side)),
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
    snapshot = Snapshot(**values)
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
