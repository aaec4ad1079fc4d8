"""A player runs a timeline against a clock that it is told about.

It has no clock, no thread and no callback of its own. Whoever drives it passes the present
instant to every call, gets back the events that this brings, and asks when to call again::

    player = Player(timeline)
    handle(player.start(now_ms()))
    while (deadline_ms := player.next_deadline_ms) is not None:
        sleep_until(deadline_ms)
        handle(player.due(now_ms()))
"""

from __future__ import annotations

from typing import TYPE_CHECKING, final

from supple._errors import ModelError, PlayerStateError, SnapshotError
from supple._model import AdviceTier, checks as check
from supple._player.cursor import Cursor
from supple._player.jumps import jump_events
from supple._player.playhead import Playhead, checked_speed
from supple._player.snapshots import SNAPSHOT_FORMAT, read_snapshot
from supple._player.states import (
    COMMANDS,
    HAPPENINGS,
    GapPolicy,
    Happening,
    PlayerCommand,
    PlayerState,
    SkipOver,
)
from supple._timeline.events import EventKind, Moment
from supple._timeline.layout import of_kind
from supple._timeline.timeline import Timeline

if TYPE_CHECKING:
    from collections.abc import Mapping

    from supple._model import Advice
    from supple._timeline.events import Content, Event, Segment

_RESTART_AFTER_MS = 3000
"""How far into something ``back`` starts it again instead of going to what came before."""

_ends_exercise = of_kind(EventKind.EXERCISE_ENDED)


def _starts_wait(content: Content) -> bool:
    """Whether this starts a step until ready."""
    return content.open and content.kind is EventKind.STEP_STARTED


@final
class Player:
    """Runs a timeline against a clock that it is told about.

    Every call takes ``now_ms``, the present instant of any clock in whole milliseconds, and
    returns the events that it brings, in order. An event keeps the offset that the timeline
    gives it, however late the call comes, so that nothing drifts. When it returns, the player
    has already moved on: an event that fails to be handled is not delivered again.

    At a step until ready it waits until it is told :meth:`ready`. A jump, that is
    :meth:`skip`, :meth:`back` or :meth:`seek`, ends what is under way, starts what the jump
    leads into the middle of, and marks these events as ``jump``; what is under way on both
    sides of the jump goes on. So the stream of events nests, whatever is done.

    A clock that goes back moves nothing: the player stands still until the clock has caught up,
    or goes on at once where the clock has gone back by more than ``gap_ms``.

    A player is for one thread at a time.

    Args:
        timeline: What to run.
        speed: How many milliseconds of the timeline pass in one of the clock.
        hands_free: Whether to take a step until ready for as long as its estimate says,
            instead of waiting.
        gap_ms: How late a call may come before the clock counts as having jumped ahead.
        on_gap: What to do then: ``pause`` where the clock last was, ``skip`` to where it is
            now, or ``catch-up`` with everything that lies between.

    Raises:
        ModelError: If an argument is not what it should be.

    >>> import supple
    >>> back = supple.load_catalog("lower-back")
    >>> player = supple.Player(supple.schedule(back.routines["lower-back"]))
    >>> for event in player.start(now_ms=60_000):
    ...     print(event.at_ms, event.kind)
    0 routine.started
    0 rest.started
    >>> player.next_deadline_ms
    62000
    >>> [event.text for event in player.due(now_ms=63_000)]
    ['3', '2']
    """

    __slots__ = (
        "_cursor",
        "_deadline_ms",
        "_head",
        "_now_ms",
        "_open_end_ms",
        "gap_ms",
        "hands_free",
        "missed_ms",
        "on_gap",
        "state",
        "stop_reason",
        "timeline",
    )

    state: PlayerState
    """What the player is doing, as of the last call."""

    missed_ms: int | None
    """How late the call came that made it pause for a gap; ``None`` in any other state."""

    stop_reason: str | None
    """The reason that was given for stopping."""

    def __init__(
        self,
        timeline: Timeline,
        *,
        speed: float = 1,
        hands_free: bool = False,
        gap_ms: int = 5000,
        on_gap: GapPolicy | str = GapPolicy.PAUSE,
    ) -> None:
        self.timeline = check.instance_of(Timeline)("Player.timeline", timeline)
        self.hands_free = check.flag("Player.hands_free", hands_free)
        self.gap_ms = check.whole(0, check.MOST_TIMES)("Player.gap_ms", gap_ms)
        self.on_gap = check.word_of(GapPolicy)("Player.on_gap", on_gap)
        self.state = PlayerState.READY
        self.missed_ms = None
        self.stop_reason = None
        self._head = Playhead(checked_speed("Player.speed", speed))
        self._cursor = Cursor(timeline._root)  # noqa: SLF001 - the core's own
        self._now_ms = 0
        self._deadline_ms: int | None = None
        self._open_end_ms: int | None = None  # the end of the step that it waits at

    # --- asking -------------------------------------------------------------------

    @property
    def speed(self) -> int | float:
        """How many milliseconds of the timeline pass in one of the clock."""
        return self._head.speed

    @property
    def next_deadline_ms(self) -> int | None:
        """The instant of the clock at which to call :meth:`due` again.

        ``None`` while time alone brings nothing: before the start, in a pause, where it waits,
        and at the end. Every call may change it.
        """
        return self._deadline_ms

    @property
    def stop_advice(self) -> tuple[Advice, ...]:
        """What the routine says about stopping, to be shown when the person stops."""
        return tuple(each for each in self.timeline.routine.advice if each.tier is AdviceTier.STOP)

    def moment(self, now_ms: int) -> Moment:
        """Return what is going on: the segment, how much of it is left, and what comes next.

        It changes nothing, and is never ahead of the events: where one has fallen due and not
        been delivered yet, the segment stands at its end. Where the player waits longer than
        the estimate says, nothing is left of the step.

        Raises:
            ModelError: If ``now_ms`` is not an integer.
        """
        now_ms = max(_instant("Player.moment.now_ms", now_ms), self._now_ms)
        segment, following = self._segment()
        return Moment(min(self._head.at(now_ms), segment.end_ms), segment, following)

    def __repr__(self) -> str:
        of = self.timeline
        return f"<Player {self.state} at {self._position_ms} of {of.duration_ms} ms>"

    # --- time passes --------------------------------------------------------------

    def due(self, now_ms: int) -> tuple[Event, ...]:
        """Return the events that have fallen due.

        Many calls bring the same events as a late one does, unless that is so late that the
        clock counts as having jumped ahead.

        Raises:
            ModelError: If ``now_ms`` is not an integer. Nothing has changed then.
        """
        if type(now_ms) is not int:
            now_ms = _instant("Player.due.now_ms", now_ms)
        return tuple(self._advance(now_ms))

    def _advance(self, now_ms: int) -> list[Event]:
        """Let time pass up to an instant of the clock."""
        if now_ms < self._now_ms:
            self._go_back(now_ms)
            return []
        deadline_ms = self._deadline_ms
        if deadline_ms is None or now_ms < deadline_ms:
            self._now_ms = now_ms
            return []
        late_ms = now_ms - deadline_ms
        if (
            late_ms <= self.gap_ms
            or self.on_gap is GapPolicy.CATCH_UP
            or Happening.GAP not in HAPPENINGS[self.state]
        ):
            self._now_ms = now_ms
            return self._deliver()
        if self.on_gap is GapPolicy.PAUSE:
            self._head.stop(self._position_ms)
            self._now_ms = now_ms
            self._deadline_ms = None
            self.missed_ms = late_ms
            self._happen(Happening.GAP)
            return []
        to_ms = self._first_wait(self._head.at(now_ms))
        left_ms = self._position_ms
        self._now_ms = now_ms
        return self._jump(left_ms, to_ms)

    def _go_back(self, now_ms: int) -> None:
        """Take a clock that has gone back: wait for it, or follow it where that is too far."""
        if self._now_ms - now_ms <= self.gap_ms:
            return
        if self._head.is_moving:
            self._head.move(self._head.at(self._now_ms), now_ms)
        self._now_ms = now_ms
        self._settle()

    def _deliver(self) -> list[Event]:
        """Take the events up to where the clock is, or to where the player has to wait."""
        events: list[Event] = []
        cursor = self._cursor
        position_ms = self._head.at(self._now_ms)
        while (event := self._coming()) is not None and event.at_ms <= position_ms:
            events.append(event)
            cursor.step()
            if _starts_wait(event.content) and not self.hands_free:
                self._open_end_ms = event.at_ms + (event.duration_ms or 0)
        self._settle()
        return events

    def _settle(self) -> None:
        """Take the state to which the events have led, and find out when to call again."""
        if self._cursor.event is None:
            self._head.stop(self.timeline.duration_ms)
            self.missed_ms = None
            self._happen(Happening.END)
        elif self._open_end_ms is not None:
            self._happen(Happening.OPEN_STEP)
        event = self._coming()
        is_due = event is not None and self._head.is_moving
        self._deadline_ms = self._head.reaches(event.at_ms) if event and is_due else None

    def _coming(self) -> Event | None:
        """Return the next event that time alone brings."""
        event = self._cursor.event
        if self._open_end_ms is None or event is None:
            return event
        return None if event.content.kind is EventKind.STEP_ENDED else event

    def _happen(self, happening: Happening) -> None:
        self.state = HAPPENINGS[self.state].get(happening, self.state)

    # --- commands -----------------------------------------------------------------
    #
    # A command is judged by the state that the player shows. Then time passes, up to the
    # present; and if that has led to a state in which the command has no place any more, such
    # as the end of the routine, there is nothing left to do.

    def start(self, now_ms: int, *, at_ms: int = 0) -> tuple[Event, ...]:
        """Start, at the beginning or elsewhere.

        Args:
            now_ms: The present instant.
            at_ms: The offset at which to start, as a jump; such as that of an exercise.

        Raises:
            PlayerStateError: If it has started before or is over. Nothing has changed then.
            ModelError: If an argument is not what it should be. Nothing has changed then.
        """
        self._judge(PlayerCommand.START)
        now_ms = _instant("Player.start.now_ms", now_ms)
        at_ms = self._offset("Player.start.at_ms", at_ms)
        self._now_ms = now_ms
        self._takes(PlayerCommand.START)
        self._head.move(0, now_ms)
        if not at_ms:
            return tuple(self._deliver())
        first = self.timeline[0]
        self._cursor.step()
        return (first, *self._jump(0, at_ms))

    def pause(self, now_ms: int) -> tuple[Event, ...]:
        """Stand still until :meth:`resume`.

        Raises:
            PlayerStateError: If it neither runs nor waits. Nothing has changed then.
            ModelError: If ``now_ms`` is not an integer. Nothing has changed then.
        """
        events = self._until(PlayerCommand.PAUSE, now_ms)
        if self._takes(PlayerCommand.PAUSE):
            self._head.stop(self._head.at(self._now_ms))
            self._settle()
        return tuple(events)

    def resume(self, now_ms: int) -> tuple[Event, ...]:
        """Go on where the pause began.

        Raises:
            PlayerStateError: If it is not paused. Nothing has changed then.
            ModelError: If ``now_ms`` is not an integer. Nothing has changed then.
        """
        events = self._until(PlayerCommand.RESUME, now_ms)
        self._takes(PlayerCommand.RESUME)
        self.missed_ms = None
        self._head.move(self._head.origin_ms, self._now_ms)
        self._settle()
        return tuple(events)

    def skip(self, now_ms: int, *, over: SkipOver | str = SkipOver.EXERCISE) -> tuple[Event, ...]:
        """Leave out the rest of the exercise, or of the segment.

        What leads up to an exercise, such as the time to get ready, belongs to it here.

        Args:
            now_ms: The present instant.
            over: What to skip: ``exercise`` or ``segment``.

        Raises:
            PlayerStateError: If it has not started or is over. Nothing has changed then.
            ModelError: If an argument is not what it should be. Nothing has changed then.
        """
        part = check.word_of(SkipOver)("Player.skip.over", over)
        events = self._until(PlayerCommand.SKIP, now_ms)
        if self._takes(PlayerCommand.SKIP):
            events += self._jump(self._position_ms, self._end_of(part))
        return tuple(events)

    def back(self, now_ms: int, *, over: SkipOver | str = SkipOver.EXERCISE) -> tuple[Event, ...]:
        """Start the exercise, or the segment, again; within its first 3 seconds the one before.

        What leads up to an exercise, such as the time to get ready, belongs to it here. Time
        that the player has waited in it counts towards the 3 seconds.

        Args:
            now_ms: The present instant.
            over: What to go back over: ``exercise`` or ``segment``.

        Raises:
            PlayerStateError: If it has not started or is over. Nothing has changed then.
            ModelError: If an argument is not what it should be. Nothing has changed then.
        """
        part = check.word_of(SkipOver)("Player.back.over", over)
        events = self._until(PlayerCommand.BACK, now_ms)
        if self._takes(PlayerCommand.BACK):
            events += self._jump(self._position_ms, self._start_of(part))
        return tuple(events)

    def seek(self, now_ms: int, *, to_ms: int) -> tuple[Event, ...]:
        """Jump to an offset of the timeline.

        What is under way there is started as of the middle: its event carries the time that
        remains of it. In a pause, the player stays paused.

        Args:
            now_ms: The present instant.
            to_ms: The offset, from 0 to the duration of the timeline.

        Raises:
            PlayerStateError: If it has not started or is over. Nothing has changed then.
            ModelError: If an argument is not what it should be. Nothing has changed then.
        """
        to_ms = self._offset("Player.seek.to_ms", to_ms)
        events = self._until(PlayerCommand.SEEK, now_ms)
        if self._takes(PlayerCommand.SEEK):
            events += self._jump(self._position_ms, to_ms)
        return tuple(events)

    def ready(self, now_ms: int) -> tuple[Event, ...]:
        """Go on from a step until ready: the person has done it.

        Marks of the step that were not due yet are left out.

        Raises:
            PlayerStateError: If it does not wait. Nothing has changed then.
            ModelError: If ``now_ms`` is not an integer. Nothing has changed then.
        """
        events = self._until(PlayerCommand.READY, now_ms)
        self._takes(PlayerCommand.READY)
        while self._coming() is not None:
            self._cursor.step()
        self._head.move(self._open_end_ms or 0, self._now_ms)
        self._open_end_ms = None
        return (*events, *self._deliver())

    def set_speed(self, now_ms: int, *, speed: float) -> tuple[Event, ...]:
        """Go on at another speed.

        Args:
            now_ms: The present instant.
            speed: How many milliseconds of the timeline pass in one of the clock.

        Raises:
            PlayerStateError: If it is over. Nothing has changed then.
            ModelError: If an argument is not what it should be. Nothing has changed then.
        """
        speed = checked_speed("Player.set_speed.speed", speed)
        events = self._until(PlayerCommand.SET_SPEED, now_ms)
        if self._takes(PlayerCommand.SET_SPEED):
            self._head.change_speed(speed, self._now_ms)
            self._settle()
        return tuple(events)

    def stop(self, now_ms: int, *, reason: str | None = None) -> tuple[Event, ...]:
        """End here: what is under way ends at once.

        Show :attr:`stop_advice` to the person who stopped.

        Args:
            now_ms: The present instant.
            reason: Why, in a few words that :attr:`stop_reason` keeps.

        Raises:
            PlayerStateError: If it is over. Nothing has changed then.
            ModelError: If an argument is not what it should be. Nothing has changed then.
        """
        reason = check.optional(check.text)("Player.stop.reason", reason)
        events = self._until(PlayerCommand.STOP, now_ms)
        if self._takes(PlayerCommand.STOP):
            here_ms = self._position_ms
            events += jump_events(self._cursor.under_way(), here_ms, (), here_ms)
            self._head.stop(here_ms)
            self._deadline_ms = None
            self.missed_ms = None
            self.stop_reason = reason
        return tuple(events)

    def _judge(self, command: PlayerCommand) -> None:
        """Refuse a command that has no place in the present state."""
        if command not in COMMANDS[self.state]:
            raise PlayerStateError(self.state, command)

    def _until(self, command: PlayerCommand, now_ms: int) -> list[Event]:
        """Judge a command, and return what has fallen due before it."""
        self._judge(command)
        where = f"Player.{command.replace('-', '_')}.now_ms"
        return self._advance(_instant(where, now_ms))

    def _takes(self, command: PlayerCommand) -> bool:
        """Take on the state to which a command leads, if it still has a place."""
        state = COMMANDS[self.state].get(command)
        if state is None:
            return False
        self.state = state
        return True

    # --- jumps --------------------------------------------------------------------

    def _jump(self, left_ms: int, to_ms: int) -> list[Event]:
        """Go from one position to another; return what that ends, starts and brings at once."""
        left = self._cursor.under_way()
        self._cursor.move_to_ms(to_ms)
        events = jump_events(left, left_ms, self._cursor.under_way(), to_ms)
        self._open_end_ms = self._wait_here()
        if self._head.is_moving:
            self._head.move(to_ms, self._now_ms)
        else:
            self._head.stop(to_ms)
        return events + self._deliver()

    def _end_of(self, part: SkipOver) -> int:
        if part is SkipOver.SEGMENT:
            return self._segment()[0].end_ms
        return self._behind_exercises(self._cursor.passed(_ends_exercise) + 1)

    def _start_of(self, part: SkipOver) -> int:
        """Return where a part starts, or the one before it in its first seconds."""
        latest_ms = self._head.at(self._now_ms) - _RESTART_AFTER_MS  # waiting counts, too
        if part is SkipOver.SEGMENT:
            start_ms = self._segment()[0].start_ms
            if start_ms > 0 and start_ms > latest_ms:
                start_ms = self.timeline.at(start_ms - 1).segment.start_ms
            return start_ms
        done = self._cursor.passed(_ends_exercise)
        start_ms = self._behind_exercises(done)
        return start_ms if start_ms <= latest_ms else self._behind_exercises(done - 1)

    def _behind_exercises(self, count: int) -> int:
        """Return where so many exercises are over."""
        if count < 1:
            return 0
        return self.timeline[self.timeline.find(EventKind.EXERCISE_ENDED, nth=count - 1)].at_ms

    def _first_wait(self, to_ms: int) -> int:
        """Return how far a jump ahead gets: to an offset, or to the first step until ready."""
        to_ms = min(to_ms, self.timeline.duration_ms)
        if self.hands_free:
            return to_ms
        wait = self._cursor.next_of(_starts_wait)
        return to_ms if wait is None else min(to_ms, self.timeline[wait].at_ms)

    # --- where it is --------------------------------------------------------------

    @property
    def _position_ms(self) -> int:
        """The position, as of the last call; at most the end of what it waits for."""
        position_ms = self._head.at(self._now_ms)
        return position_ms if self._open_end_ms is None else min(position_ms, self._open_end_ms)

    def _segment(self) -> tuple[Segment, Segment | None]:
        """Return the segment that was started last, and the one after it."""
        position_ms = self._position_ms
        if self._open_end_ms is not None:
            position_ms = min(position_ms, self._open_end_ms - 1)
        moment = self.timeline.at(position_ms)
        return moment.segment, moment.next

    def _wait_here(self) -> int | None:
        """Return the end of the step under way, if it is one to wait for."""
        spans = self._cursor.under_way()
        if self.hands_free or not (spans and spans[-1].content.open):
            return None
        return spans[-1].end_ms

    def _offset(self, where: str, value: object) -> int:
        return check.whole(0, self.timeline.duration_ms)(where, value)

    # --- snapshots ----------------------------------------------------------------

    def snapshot(self) -> dict[str, str | int | float | bool | None]:
        """Return everything that :meth:`restore` needs, as plain values for JSON.

        It is the player as of its last call. It holds the fingerprint of the timeline, and not
        the timeline.
        """
        return {
            "format": SNAPSHOT_FORMAT,
            "timeline": self.timeline.fingerprint,
            "state": self.state.value,
            "events": self._cursor.index,
            "position_ms": self._head.origin_ms,
            "since_ms": self._head.anchor_ms if self._head.is_moving else None,
            "now_ms": self._now_ms,
            "speed": self.speed,
            "hands_free": self.hands_free,
            "gap_ms": self.gap_ms,
            "on_gap": self.on_gap.value,
            "missed_ms": self.missed_ms,
            "stop_reason": self.stop_reason,
        }

    @classmethod
    def restore(
        cls, timeline: Timeline, snapshot: Mapping[str, object], *, now_ms: int | None = None
    ) -> Player:
        """Return a player that goes on as the one that the snapshot was taken of.

        Args:
            timeline: The timeline, laid out again in the same way.
            snapshot: What :meth:`snapshot` returned.
            now_ms: The present instant, where the clock is not the same one any more, as in
                another process: the time in between then never passed. Left out, the clock
                has gone on, and a gap is treated like any other.

        Raises:
            SnapshotError: If it is not a snapshot, a newer one, or one of another timeline.
            ModelError: If another argument is not what it should be.
        """
        timeline = check.instance_of(Timeline)("Player.restore.timeline", timeline)
        kept = read_snapshot(timeline, snapshot)
        player = cls(
            timeline,
            speed=kept.speed,
            hands_free=kept.hands_free,
            gap_ms=kept.gap_ms,
            on_gap=kept.on_gap,
        )
        later_ms = 0
        if now_ms is not None:
            later_ms = _instant("Player.restore.now_ms", now_ms) - kept.now_ms
        player.state = kept.state
        player.missed_ms = kept.missed_ms
        player.stop_reason = kept.stop_reason
        player._now_ms = kept.now_ms + later_ms
        player._cursor.move_to(kept.events)
        if kept.since_ms is None:
            player._head.stop(kept.position_ms)
        else:
            player._head.move(kept.position_ms, kept.since_ms + later_ms)
        player._open_end_ms = player._wait_here()
        player._require_place()
        player._settle()
        return player

    def _require_place(self) -> None:
        """Refuse a restored position that does not lie among the events around it."""
        number = self._cursor.index
        least = self.timeline[number - 1].at_ms if number else 0
        most = self._open_end_ms or self.timeline.duration_ms
        if (event := self._coming()) is not None:
            most = event.at_ms - 1 if number else 0  # what is due has been delivered
        if most < least:
            raise SnapshotError("snapshot.events", "must not part what happens at once", number)
        if not least <= self._position_ms <= most:
            raise SnapshotError(
                "snapshot.position_ms",
                f"must lead to between {least} and {most} by now",
                self._position_ms,
            )
        if self._head.is_moving:
            waits = self._open_end_ms is not None
            state = PlayerState.WAITING if waits else PlayerState.RUNNING
            if self.state is not state:
                raise SnapshotError("snapshot.state", f"must be {state} at this event", self.state)


def _instant(where: str, value: object) -> int:
    if isinstance(value, bool) or not isinstance(value, int):
        raise ModelError(where, "must be an integer, in milliseconds", value)
    return int(value)
