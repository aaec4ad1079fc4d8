"""A shard runs the sessions of one partition, and says what of it must be kept."""

from __future__ import annotations

from operator import itemgetter
from typing import TYPE_CHECKING, Any, NamedTuple, final

from attrs import define, field, frozen

from supple._errors import ModelError, SnapshotError, SuppleError, close_matches, suggestion
from supple._json import read_object
from supple._model import requirements as must
from supple._player.commands import read_command, refused_in
from supple._player.machine import MOST_AT_ONCE
from supple._player.player import Player
from supple._player.snapshots import SETTINGS
from supple._player.states import GapPolicy
from supple._units import MS_PER_HOUR, MS_PER_MINUTE
from supple.timers._closing import Single
from supple.timers._fleet import Fleet

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from supple._player.states import GapPolicyWord
    from supple._timeline.events import Event
    from supple._timeline.timeline import Timeline

_LONGEST_NAME = 200


_MS = must.Whole(1, must.LARGEST)


def _policy(word: GapPolicyWord) -> Any:
    return word


@frozen(kw_only=True)
class ShardLimits:
    """How long sessions are waited for, and how far they catch up.

    Args:
        unattended_ms: A session that stands still, since it was not started, was paused or
            waits for its person, is stopped after so long without a command.
        outage_ms: After a silence of the shard longer than this, sessions do not catch up.
        on_outage: What those that would catch up do instead, as ``on_gap`` of a player:
            ``pause`` where the shard fell silent, ``skip`` to where the clock is, or
            ``catch-up`` nevertheless.
    """

    unattended_ms: int = field(default=24 * MS_PER_HOUR, validator=_MS)
    outage_ms: int = field(default=10 * MS_PER_MINUTE, validator=_MS)
    on_outage: GapPolicy = field(
        default=GapPolicy.PAUSE, converter=_policy, validator=must.WordOf(GapPolicy)
    )


class Request(NamedTuple):
    """What somebody wants of a session.

    Attributes:
        session: The name of the session.
        text: A command, as :func:`supple.read_command` reads it; or the settings of a new
            session, as a JSON object of what :class:`supple.Player` takes by name.
        routine: What a new session plays; ``None`` for a command.
    """

    session: str
    text: str
    routine: str | None = None


class Sent(NamedTuple):
    """An event that goes out, with its number in the session, from 1 without gaps."""

    session: str
    number: int
    event: Event


class Kept(NamedTuple):
    """What is kept of a session: nothing for an event, all of this for a command.

    Attributes:
        session: The name of the session.
        routine: What it plays.
        snapshot: That of its player.
        sent: How many events had gone out when the snapshot was taken.
    """

    session: str
    routine: str
    snapshot: Mapping[str, Any]
    sent: int


class Refused(NamedTuple):
    """A request that was refused, and a session that cannot go on, with the reason."""

    session: str
    text: str
    why: str


class Commit(NamedTuple):
    """What a tick has brought, to be kept as a whole or not at all.

    Attributes:
        mark_ms: The instant up to which everything has gone out.
        sent: The events that go out, in order.
        kept: Sessions whose snapshot replaces the one before.
        over: The names of the sessions that are over, to be kept no more.
        refused: What had no place.
    """

    mark_ms: int
    sent: list[Sent]
    kept: list[Kept]
    over: list[str]
    refused: list[Refused]

    @property
    def is_quiet(self) -> bool:
        """Whether nothing has happened but time."""
        return not (self.sent or self.kept or self.over or self.refused)


@final
class Shard(Single):
    """Runs the sessions of one partition.

    It has no clock and keeps nothing. Whoever drives it commits what each tick returns in one
    transaction, together with having taken the requests. Where that fails, in whatever way, the
    shard is thrown away and another one made of what was committed: it goes on as if the tick
    had never been, and nothing is lost or sent twice.

    The clock has to be one that goes on while nobody looks, such as that of the database. One
    that is set back moves nothing until it has caught up.

    A session has a name of its own, which is used once. Its player is late for a call as any
    player is: after a gap it pauses, skips or catches up, as it was set.

    Args:
        timelines: The timelines by the names that sessions are opened with. While there are
            sessions of a name, its timing must not change.
        mark_ms: The mark that was committed last, or 0.
        sessions: What was committed of each session.
        limits: How long sessions are waited for, and how far they catch up.

    >>> import supple
    >>> back = supple.load_catalog("lower-back")
    >>> timelines = {"daily": supple.schedule(back.routines["lower-back"])}
    >>> shard = Shard(timelines)
    >>> commit = shard.tick(0, [Request("ann", "{}", "daily"), Request("ann", "start")])
    >>> [(sent.number, sent.event.kind.value) for sent in commit.sent]
    [(1, 'routine.started'), (2, 'rest.started')]
    >>> again = Shard(timelines, commit.mark_ms, commit.kept)  # on another machine
    >>> [(sent.number, sent.event.text) for sent in again.tick(2_500).sent]
    [(3, '3')]
    """

    def __init__(
        self,
        timelines: Mapping[str, Timeline],
        mark_ms: int = 0,
        sessions: Iterable[Kept] = (),
        *,
        limits: ShardLimits | None = None,
    ) -> None:
        self._timelines = timelines
        self._limits = limits or ShardLimits()
        self._fleet = Fleet[str]()
        self._seats: dict[str, _Seat] = {}
        # Since when each session stands still, which is when its last snapshot was taken; the
        # longest first.
        self._standing: dict[str, int] = {}
        self._stuck: set[str] = set()  # who is kept and cannot go on
        self._keep: dict[str, None] = {}
        self._commit = Commit(mark_ms, [], [], [], [])
        self.mark_ms = mark_ms
        for kept in sessions:
            try:
                self._bring_back(kept)
            except (KeyError, SnapshotError) as error:
                self._stuck.add(kept.session)
                self._refuse(kept.session, "", f"cannot go on: {error}")
        self._standing = dict(sorted(self._standing.items(), key=itemgetter(1)))

    def _bring_back(self, kept: Kept) -> None:
        timeline, taken_ms = self._timelines[kept.routine], kept.snapshot["now_ms"]
        # At the very mark there is nothing to pass over, but there may be more to send.
        up_to_ms = self.mark_ms if taken_ms < self.mark_ms else None
        player = Player.restore(timeline, kept.snapshot, up_to_ms=up_to_ms)
        # Since the snapshot time alone has moved it, one event after the other.
        passed = player._cursor.index - kept.snapshot["events"]  # noqa: SLF001 - the library's own
        self._seats[kept.session] = _Seat(player, kept.routine, kept.sent + passed)
        self._fleet.add(kept.session, player)
        if player.state.is_standing:
            self._standing[kept.session] = taken_ms

    # --- asking -------------------------------------------------------------------

    def __len__(self) -> int:
        return len(self._seats)

    def __repr__(self) -> str:
        return f"<Shard of {len(self)}, out until {self.mark_ms} ms>"

    @property
    def next_deadline_ms(self) -> int | None:
        """The instant at which time alone brings something; ``None`` where it never does."""
        deadline_ms = self._fleet.next_deadline_ms
        if not self._standing:
            return deadline_ms
        timeout_ms = next(iter(self._standing.values())) + self._limits.unattended_ms
        return timeout_ms if deadline_ms is None else min(timeout_ms, deadline_ms)

    # --- time passes --------------------------------------------------------------

    def tick(self, now_ms: int, requests: Iterable[Request] = ()) -> Commit:
        """Carry out what is wanted, let time pass, and return what that has brought.

        A request that is refused stands in the result with the reason, and changes nothing.

        Raises:
            ModelError: If ``now_ms`` is no whole number. Nothing has changed then.
        """
        now_ms = max(must.INSTANT.require("Shard.tick.now_ms", now_ms), self.mark_ms)
        silent_ms = now_ms - self.mark_ms
        if silent_ms > self._limits.outage_ms:
            self._end_outage(now_ms)
        for request in requests:
            try:
                self._carry_out(request, now_ms)
            except SuppleError as error:
                self._refuse(request.session, request.text, str(error))
        for session, events in self._fleet.due(now_ms):
            seat = self._seats[session]
            may_have_jumped = silent_ms > seat.player.gap_ms and session not in self._standing
            self._note(session, events, now_ms, keeps=may_have_jumped)
        self._time_out(now_ms)
        self.mark_ms = now_ms
        commit, self._commit = self._commit, Commit(now_ms, [], [], [], [])
        for session in self._keep:
            seat, snapshot = self._seats[session], self._fleet.snapshot(session)
            commit.kept.append(Kept(session, seat.routine, snapshot, seat.sent))
        self._keep.clear()
        return commit._replace(mark_ms=now_ms)

    def _refuse(self, session: str, text: str, why: str) -> None:
        self._commit.refused.append(Refused(session, text, why))

    def _carry_out(self, request: Request, now_ms: int) -> None:
        session = request.session
        if request.routine is not None:
            self._open(session, request.routine, request.text, now_ms)
            events: tuple[Event, ...] = ()
        elif session not in self._seats:
            near = suggestion(close_matches(session, list(self._seats)))
            raise ModelError("session", f"must be one that is open{near}", session)
        else:
            word, arguments = read_command(request.text)
            events = self._fleet.command(session, word, now_ms, **arguments)
        self._note(session, events, now_ms, keeps=True)

    def _open(self, session: str, routine: str, text: str, now_ms: int) -> None:
        if session in self._seats or session in self._commit.over or session in self._stuck:
            raise ModelError("session", "must not be open or over already", session)
        if not 1 <= len(session) <= _LONGEST_NAME:
            raise ModelError("session", f"must have 1 to {_LONGEST_NAME} characters", session)
        try:
            timeline = self._timelines[routine]
        except KeyError as error:
            known = list(self._timelines)
            near = suggestion(close_matches(routine, known), known)
            raise ModelError(
                "routine", f"must be one that is played here{near}", routine
            ) from error
        player = Player(timeline, **_settings(text))
        player.due(now_ms)  # its snapshot tells since when it has not been started
        self._seats[session] = _Seat(player, routine, 0)
        self._fleet.add(session, player)

    def _end_outage(self, now_ms: int) -> None:
        """Let those who would catch up be late as the policy for outages says."""
        for session, seat in list(self._seats.items()):
            player = seat.player
            if player.on_gap is GapPolicy.CATCH_UP:
                self._fleet.remove(session)
                player.on_gap = self._limits.on_outage
                events = player.due(now_ms)
                player.on_gap = GapPolicy.CATCH_UP
                self._fleet.add(session, player)
                self._note(session, events, now_ms, keeps=session not in self._standing)

    def _time_out(self, now_ms: int) -> None:
        """Stop the sessions that nobody comes back to."""
        while self._standing:
            session, since_ms = next(iter(self._standing.items()))
            if since_ms + self._limits.unattended_ms > now_ms:
                break
            events = self._fleet.command(session, "stop", now_ms)
            self._note(session, events, now_ms, keeps=True)

    def _note(self, session: str, events: tuple[Event, ...], now_ms: int, *, keeps: bool) -> None:
        """Note what a session sends, and whether time alone would lead where it is now."""
        seat = self._seats[session]
        for number, event in enumerate(events, seat.sent + 1):
            self._commit.sent.append(Sent(session, number, event))
        seat.sent += len(events)
        state = seat.player.state
        if state.is_over:
            self._fleet.remove(session)
            del self._seats[session]
            self._commit.over.append(session)
            self._keep.pop(session, None)
            self._standing.pop(session, None)
            return
        may_be_behind = len(events) >= MOST_AT_ONCE
        stands_now = state.is_standing and session not in self._standing
        if keeps or stands_now or may_be_behind:
            self._keep[session] = None
            self._standing.pop(session, None)
            if state.is_standing:
                self._standing[session] = now_ms


@define(eq=False)
class _Seat:
    """The place of a session in a shard."""

    player: Player
    routine: str
    sent: int


def _settings(text: str) -> dict[str, Any]:
    """Return the settings of a player out of a JSON object."""
    given = read_object(text, "must be a JSON object", refused_in("settings"))
    for key in given:
        if key not in SETTINGS:
            raise ModelError("settings", f"must have no keys but {', '.join(SETTINGS)}", key)
    return given
