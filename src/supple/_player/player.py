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

from typing import TYPE_CHECKING, Any, final, get_args

from supple._errors import SnapshotError
from supple._model import AdviceTier, requirements as must
from supple._player.commands import argument_of
from supple._player.machine import Machine
from supple._player.snapshots import REQUIRED, place_of, read_snapshot, settings_of, write_snapshot
from supple._player.states import (
    OVER,
    START_MS,
    GapPolicy,
    PlayerCommand,
    PlayerState,
    RestoreAt,
)
from supple._timeline.events import Event, Moment
from supple._timeline.kinds import EventKind
from supple._timeline.timeline import Timeline

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from supple._model import Advice
    from supple._player.snapshots import Snapshot
    from supple._player.states import CommandWord, GapPolicyWord, SkipOverWord


@final
class Player(Machine):
    """Runs a timeline against a clock that it is told about.

    Every call takes ``now_ms``, the present instant of any clock in whole milliseconds, and
    returns the events that it brings, in order. An event keeps the offset that the timeline
    gives it, however late the call comes, so that nothing drifts. When it returns, the player
    has already moved on: an event that fails to be handled is not delivered again.

    At a step until ready it waits until it is told :meth:`ready`. A jump, that is
    :meth:`skip`, :meth:`back` or :meth:`seek`, ends what is under way, starts what the jump
    leads into the middle of, and marks these events as ``jump``; what is under way on both
    sides of the jump goes on. So the stream of events nests, whatever is done.

    A command that is refused has changed nothing: with :exc:`~supple.PlayerStateError` where the
    state has no place for it, with :exc:`~supple.ModelError` where an argument is not what it
    should be.

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

    __slots__ = ("restored_at",)

    restored_at: Event | None
    """Where it goes on that was restored on another timing: what starts the repetition, or the
    exercise where that repetition is no more; ``None`` where it goes on exactly."""

    def __init__(
        self,
        timeline: Timeline,
        *,
        speed: float = 1,
        hands_free: bool = False,
        gap_ms: int = 5000,
        on_gap: GapPolicyWord = GapPolicy.PAUSE,
    ) -> None:
        self.timeline = must.InstanceOf(Timeline).require("Player.timeline", timeline)
        self.hands_free = REQUIRED["hands_free"].require("Player.hands_free", hands_free)
        self.gap_ms = REQUIRED["gap_ms"].require("Player.gap_ms", gap_ms)
        self.on_gap = REQUIRED["on_gap"].require("Player.on_gap", on_gap)
        self._set_up(REQUIRED["speed"].require("Player.speed", speed))
        self.restored_at = None

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
        return self.timeline.routine.advice_in(AdviceTier.STOP)

    def moment(self, now_ms: int) -> Moment:
        """Return what is going on: the segment, how much of it is left, and what comes next.

        It changes nothing, and is never ahead of the events: where one has fallen due and not
        been delivered yet, the segment stands at its end. Where the player waits longer than
        the estimate says, nothing is left of the step.

        Raises:
            ModelError: If ``now_ms`` is no whole number.
        """
        now_ms = max(must.INSTANT.require("Player.moment.now_ms", now_ms), self._now_ms)
        here = self._moment()
        segment = here.segment
        return Moment(min(self._head.at(now_ms), segment.end_ms), segment, here.next)

    def __repr__(self) -> str:
        of = self.timeline
        return f"<Player {self.state} at {self._position_ms} of {of.duration_ms} ms>"

    # --- time passes --------------------------------------------------------------

    def due(self, now_ms: int) -> tuple[Event, ...]:
        """Return the events that have fallen due.

        Many calls bring the same events as a late one does, unless that is so late that the
        clock counts as having jumped ahead. Where very many have fallen due, a call brings the
        first of them, ``next_deadline_ms`` is ``now_ms``, and the next call goes on. A command
        does not wait for those: it is carried out where the events have led.

        Whoever calls every ten seconds is late by up to ten seconds, which is a gap unless
        ``gap_ms`` is more than that.

        Raises:
            ModelError: If ``now_ms`` is no whole number. Nothing has changed then.
        """
        if type(now_ms) is not int:
            now_ms = must.INSTANT.require("Player.due.now_ms", now_ms)
        return tuple(self._advance(now_ms))

    # --- commands -----------------------------------------------------------------

    def command(self, command: CommandWord, now_ms: int, **arguments: Any) -> tuple[Event, ...]:
        """Give a command by its word: the way in for commands that come from outside.

        Each is as the method of its name. :func:`supple.read_command` reads the word and the
        arguments out of text.

        Args:
            command: A :class:`~supple.PlayerCommand` or its word, such as ``set-speed``.
            now_ms: The present instant.
            **arguments: What the method takes besides, such as ``to_ms`` for ``seek``.

        Raises:
            PlayerStateError: If it has no place in the present state. Nothing has changed then.
            ModelError: If there is no such command, an argument that it needs is missing, or
                one is not what it should be. Nothing has changed then.

        >>> import supple
        >>> back = supple.load_catalog("lower-back")
        >>> player = supple.Player(supple.schedule(back.routines["lower-back"]))
        >>> [event.at_ms for event in player.command("start", 0, at_ms=1500)]
        [0, 1500]
        """
        word = must.WordOf(PlayerCommand).require("Player.command", command)
        return self._obey(word, now_ms, argument_of(word, arguments))

    def start(self, now_ms: int, *, at_ms: int = START_MS) -> tuple[Event, ...]:
        """Start, at the beginning or, as a jump, at another offset, such as that of an exercise.

        Raises:
            PlayerStateError: If it has started before or is over.
        """
        return self._obey(PlayerCommand.START, now_ms, at_ms)

    def pause(self, now_ms: int) -> tuple[Event, ...]:
        """Stand still until :meth:`resume`.

        Raises:
            PlayerStateError: If it neither runs nor waits.
        """
        return self._obey(PlayerCommand.PAUSE, now_ms)

    def resume(self, now_ms: int) -> tuple[Event, ...]:
        """Go on where the pause began.

        Raises:
            PlayerStateError: If it is not paused.
        """
        return self._obey(PlayerCommand.RESUME, now_ms)

    def toggle(self, now_ms: int) -> tuple[Event, ...]:
        """Pause, or go on after a pause: what a single key does.

        It goes by the state that the player shows when it is called. Where a gap is noticed
        only now, the player is paused afterwards, as after :meth:`pause`.

        Raises:
            PlayerStateError: If it has not started or is over.
        """
        return self._obey(PlayerCommand.TOGGLE, now_ms)

    def skip(self, now_ms: int, *, over: SkipOverWord = OVER) -> tuple[Event, ...]:
        """Leave out the rest of the exercise, or of the segment.

        What leads up to an exercise, such as the time to get ready, belongs to it here.

        Raises:
            PlayerStateError: If it has not started or is over.
        """
        return self._obey(PlayerCommand.SKIP, now_ms, over)

    def back(self, now_ms: int, *, over: SkipOverWord = OVER) -> tuple[Event, ...]:
        """Start the exercise, or the segment, again; within its first 3 seconds the one before.

        What leads up to an exercise, such as the time to get ready, belongs to it here. Time
        that the player has waited in it counts towards the 3 seconds, unless it was started
        again since.

        Raises:
            PlayerStateError: If it has not started or is over.
        """
        return self._obey(PlayerCommand.BACK, now_ms, over)

    def seek(self, now_ms: int, *, to_ms: int) -> tuple[Event, ...]:
        """Jump to an offset of the timeline, from 0 to its duration.

        What is under way there is started as of the middle: its event carries the time that
        remains of it. In a pause, the player stays paused.

        Raises:
            PlayerStateError: If it has not started or is over.
        """
        return self._obey(PlayerCommand.SEEK, now_ms, to_ms)

    def ready(self, now_ms: int) -> tuple[Event, ...]:
        """Go on from a step until ready: the person has done it.

        Marks of the step that were not due yet are left out.

        Raises:
            PlayerStateError: If it does not wait.
        """
        return self._obey(PlayerCommand.READY, now_ms)

    def set_speed(self, now_ms: int, *, speed: float) -> tuple[Event, ...]:
        """Go on at another speed: so many milliseconds of the timeline in one of the clock.

        Raises:
            PlayerStateError: If it is over.
        """
        return self._obey(PlayerCommand.SET_SPEED, now_ms, speed)

    def stop(self, now_ms: int, *, reason: str | None = None) -> tuple[Event, ...]:
        """End here: what is under way ends at once.

        Show :attr:`stop_advice` to the person who stopped. The reason is a few words that
        :attr:`stop_reason` keeps.

        Raises:
            PlayerStateError: If it is over.
        """
        return self._obey(PlayerCommand.STOP, now_ms, reason)

    # --- snapshots ----------------------------------------------------------------

    def snapshot(self) -> dict[str, str | int | float | bool | None]:
        """Return everything that :meth:`restore` needs, as plain values for JSON.

        It is the player as of its last call. It holds the shape of the timeline, and not the
        timeline.
        """
        head = self._head
        return write_snapshot(
            self.timeline,
            state=self.state,
            events=self._cursor.index,
            position_ms=head.origin_ms,
            position_part=head.part,
            since_ms=head.anchor_ms if head.is_moving else None,
            now_ms=self._now_ms,
            waited_ms=self._waited_before(),
            **settings_of(self),
            missed_ms=self.missed_ms,
            stop_reason=self.stop_reason,
            **place_of(self.timeline, self._cursor),
        )

    @classmethod
    def restore(
        cls,
        timeline: Timeline,
        snapshot: Mapping[str, object],
        *,
        now_ms: int | None = None,
        up_to_ms: int | None = None,
        at: RestoreAt = "exact",
    ) -> Player:
        """Return a player that goes on as the one that the snapshot was taken of.

        What counts is the structure and the timing of the timeline, its
        :attr:`~supple.Timeline.shape`: a text that was corrected, another language or other
        phrases change nothing.

        Args:
            timeline: The timeline, laid out again in the same way.
            snapshot: What :meth:`snapshot` returned.
            now_ms: The present instant, where the clock is not the same one any more, as in
                another process: the time in between then never passed. Left out, the clock
                has gone on, and a gap is treated like any other.
            up_to_ms: The instant up to which somebody has got the events already. The player
                is where timely calls up to then lead, at once, however many events lie before.
            at: What to do on a timeline of another timing: ``exact`` refuses it. ``nearest``
                goes on at the start of the same repetition of the same exercise, or of what
                leads up to the exercise where that has no such repetition any more;
                :attr:`restored_at` then says where. What starts there counts as told.

        Raises:
            SnapshotError: If it is not a snapshot, a newer one, or one of another timing; with
                ``nearest``, if the exercise is no more.
            ModelError: If another argument is not what it should be.
        """
        timeline = must.InstanceOf(Timeline).require("Player.restore.timeline", timeline)
        if at not in (known := get_args(RestoreAt)):
            must.refuse_word(at, known, "Player.restore.at")
        kept = read_snapshot(timeline, snapshot, is_strict=at == "exact")
        player = cls(timeline, **settings_of(kept))
        later_ms = 0
        if now_ms is not None:
            later_ms = must.INSTANT.require("Player.restore.now_ms", now_ms) - kept.now_ms
        if up_to_ms is not None:
            up_to_ms = must.INSTANT.require("Player.restore.up_to_ms", up_to_ms)
        player.state = kept.state
        player.missed_ms = kept.missed_ms
        player.stop_reason = kept.stop_reason
        player._now_ms = kept.now_ms + later_ms
        if snapshot["timeline"] == timeline.shape:
            player._go_on(kept, later_ms)
        else:
            player._go_on_nearby(kept)
        if up_to_ms is not None:
            player._pass(up_to_ms)
        return player

    def _go_on(self, kept: Snapshot, later_ms: int) -> None:
        """Take the very place of a snapshot of this timing."""
        self._cursor.move_to(kept.events)
        self._head.put(kept.position_ms, 0)
        self._head.take_part(kept.position_part)
        if kept.since_ms is not None:
            self._head.go(kept.since_ms + later_ms)
        self._open_end_ms = self._wait_here()
        if kept.waited_ms:
            self._waited_ms, self._waited_in = kept.waited_ms, self._exercises_over()
        self._require_place()
        self._settle()

    def _go_on_nearby(self, kept: Snapshot) -> None:
        """Take the place on this timeline that is that of a snapshot of another timing."""
        if kept.state is PlayerState.READY:
            return
        if kept.state is PlayerState.FINISHED:
            self._cursor.move_to(self.timeline.count())
            self._head.put(self.timeline.duration_ms, self._now_ms)
            return
        event = kept.found_on(self.timeline)
        if event is None:
            requirement = "must be one of those of the timeline"
            raise SnapshotError("snapshot.exercise", requirement, kept.exercise)
        self.restored_at = event
        at_ms = event.at_ms
        if event.kind is EventKind.EXERCISE_STARTED:
            self._cursor.move_to_ms(at_ms)
            at_ms = self.timeline.exercises.over_ms(self._exercises_over())
        if kept.since_ms is not None:
            self.state = PlayerState.RUNNING
            self._head.go(self._now_ms)
        self._jump(at_ms, at_ms)

    def _require_place(self) -> None:
        """Refuse a restored position that does not lie among the events around it."""
        number = self._cursor.index
        least = self.timeline[number - 1].at_ms if number else 0
        most = self._open_end_ms or self.timeline.duration_ms
        at_ms = self._coming_ms()
        if at_ms is not None:
            most = at_ms - 1 if number else 0  # what is due has been delivered
        if most < least:
            raise SnapshotError("snapshot.events", "must not part what happens at once", number)
        position_ms = self._position_ms
        is_late = self._head.is_moving and at_ms is not None and position_ms > most
        if is_late:  # more has fallen due than a call brings
            position_ms = most
        if not least <= position_ms <= most:
            raise SnapshotError(
                "snapshot.position_ms",
                f"must lead to between {least} and {most} by now",
                position_ms,
            )
        if self._head.is_moving:
            waits = self._open_end_ms is not None
            state = PlayerState.WAITING if waits else PlayerState.RUNNING
            if self.state is not state:
                raise SnapshotError("snapshot.state", f"must be {state} at this event", self.state)

    def __reduce__(self) -> tuple[Callable[..., Player], tuple[Timeline, dict[str, Any]]]:
        """Copy and pickle as what a snapshot restores: a player that is apart from this one."""
        return Player.restore, (self.timeline, self.snapshot())


def player_of(where: str, given: Player | Timeline) -> Player:
    """Return a player as it is, or one of a timeline."""
    must.InstanceOf(Player, Timeline).require(where, given)
    return Player(given) if isinstance(given, Timeline) else given
