"""The snapshot of a player, read as strictly as anything that comes from outside."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from attrs import NOTHING, frozen

from supple._errors import ModelError, SnapshotError
from supple._model import checks as check
from supple._player.playhead import checked_speed
from supple._player.states import GapPolicy, PlayerState

if TYPE_CHECKING:
    from collections.abc import Callable

    from supple._timeline.timeline import Timeline

SNAPSHOT_FORMAT = 1


@frozen(kw_only=True)
class Snapshot:
    """What a snapshot says, each value checked on its own."""

    state: PlayerState
    events: int
    position_ms: int
    since_ms: int | None
    now_ms: int
    speed: int | float
    hands_free: bool
    gap_ms: int
    on_gap: GapPolicy
    missed_ms: int | None
    stop_reason: str | None


def _integer(where: str, value: object) -> int:
    if isinstance(value, bool) or not isinstance(value, int):
        raise ModelError(where, "must be an integer", value)
    return value


def _count(where: str, value: object) -> int:
    if _integer(where, value) < 0:
        raise ModelError(where, "must be at least 0", value)
    return int(value)  # type: ignore[call-overload, no-any-return]  # an integer by now


_CHECKS: dict[str, Callable[[str, object], Any]] = {
    "state": check.word_of(PlayerState),
    "events": _count,
    "position_ms": _count,
    "since_ms": check.optional(_integer),
    "now_ms": _integer,
    "speed": checked_speed,
    "hands_free": check.flag,
    "gap_ms": check.whole(0, check.MOST_TIMES),
    "on_gap": check.word_of(GapPolicy),
    "missed_ms": check.optional(_count),
    "stop_reason": check.optional(check.text),
}
_KEYS = ("format", "timeline", *_CHECKS)


def read_snapshot(timeline: Timeline, given: object) -> Snapshot:
    """Return what a snapshot says, if a player of a timeline can go on from it.

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
    fingerprint = given.get("timeline", NOTHING)
    if fingerprint != timeline.fingerprint:
        raise SnapshotError(
            "snapshot.timeline", f"must be that of {timeline.fingerprint!r}", fingerprint
        )
    for key in given:
        if key not in _KEYS:
            raise SnapshotError("snapshot", f"must have no keys but {', '.join(_KEYS)}", key)
    values = {key: _checked(key, given.get(key, NOTHING)) for key in _CHECKS}
    snapshot = Snapshot(**values)
    _require_agreement(snapshot, timeline)
    return snapshot


def _checked(key: str, value: object) -> Any:
    where = f"snapshot.{key}"
    if value is NOTHING:
        raise SnapshotError(where, "must be there", value)
    try:
        return _CHECKS[key](where, value)
    except ModelError as error:
        raise SnapshotError(where, error.requirement, value) from error


def _require_agreement(snapshot: Snapshot, timeline: Timeline) -> None:
    """Require what a player of this timeline can have come to."""
    state, events, total = snapshot.state, snapshot.events, timeline.count()
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
