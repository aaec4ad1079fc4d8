"""What moves a player: time that passes, jumps, and the commands as far as they change anything.

It goes by the tables of :mod:`supple._player.states` alone.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from supple._errors import PlayerStateError
from supple._model import requirements as must
from supple._player.cursor import Cursor, jump_events
from supple._player.playhead import Playhead
from supple._player.states import (
    ARGUMENTS,
    COMMANDS,
    HAPPENINGS,
    TOGGLED,
    GapPolicy,
    Happening,
    PlayerCommand,
    PlayerState,
    SkipOver,
)
from supple._timeline.kinds import EventKind
from supple._timeline.layout import of_kind

if TYPE_CHECKING:
    from supple._timeline.events import Content, Event, Moment
    from supple._timeline.timeline import Timeline

RESTART_AFTER_MS = 3000
"""How far into something ``back`` starts it again instead of going to what came before."""

MOST_AT_ONCE = 1000
"""After so many events a call ends with the instant of the last of them."""

_ends_exercise = of_kind(EventKind.EXERCISE_ENDED)


def _starts_wait(content: Content) -> bool:
    """Whether this starts a step until ready."""
    return content.open and content.kind is EventKind.STEP_STARTED


class Machine:
    """A place on a timeline, and what moves it."""

    __slots__ = (
        "_cursor",
        "_deadline_ms",
        "_head",
        "_now_ms",
        "_open_end_ms",
        "_waited_in",
        "_waited_ms",
        "gap_ms",
        "hands_free",
        "missed_ms",
        "on_gap",
        "state",
        "stop_reason",
        "timeline",
    )

    timeline: Timeline
    hands_free: bool
    gap_ms: int
    on_gap: GapPolicy

    state: PlayerState
    """What the player is doing, as of the last call."""

    missed_ms: int | None
    """How late the call came that made it pause for a gap; ``None`` in any other state."""

    stop_reason: str | None
    """The reason that was given for stopping."""

    def _set_up(self, speed: float) -> None:
        self.state = PlayerState.READY
        self.missed_ms = None
        self.stop_reason = None
        self._head = Playhead(speed)
        self._cursor = Cursor(self.timeline._root)  # noqa: SLF001 - the core's own
        self._now_ms = 0
        self._deadline_ms: int | None = None
        self._open_end_ms: int | None = None  # the end of the step that it waits at
        self._waited_ms = 0  # for how much longer than estimated it has waited ...
        self._waited_in = 0  # ... in the exercise before which so many have ended

    # --- time passes --------------------------------------------------------------

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
            self._stay()
            self._head.stop(self._now_ms)
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
        self._head.follow(self._now_ms, now_ms)
        self._now_ms = now_ms
        self._settle()

    def _deliver(self) -> list[Event]:
        """Take the events up to where the clock is, or to where the player has to wait.

        Where there are too many it breaks off, but never between two of one instant.
        """
        events: list[Event] = []
        cursor = self._cursor
        position_ms = self._head.at(self._now_ms)
        while (at_ms := self._coming_ms()) is not None and at_ms <= position_ms:
            if len(events) >= MOST_AT_ONCE and at_ms > events[-1].at_ms:
                break
            content = cursor.content
            events.append(cursor.take())
            if content.open and not self.hands_free and _starts_wait(content):
                self._open_end_ms = at_ms + (content.duration_ms or 0)
        self._settle()
        return events

    def _pass(self, now_ms: int) -> None:
        """Be where timely calls up to an instant lead, without a look at what they bring."""
        self._now_ms = max(now_ms, self._now_ms)
        if not self._head.is_moving:
            return
        cursor = self._cursor
        position_ms = self._head.at(self._now_ms)
        if self._open_end_ms is None:
            passed = cursor.rank(position_ms + 1)
            wait = None if self.hands_free else cursor.next_of(_starts_wait)
            cursor.move_to(passed if wait is None else min(passed, wait + 1))
            self._open_end_ms = self._wait_here()
        while (at_ms := self._coming_ms()) is not None and at_ms <= position_ms:
            cursor.take()  # the marks of the step that it waits at
        self._settle()

    def _settle(self) -> None:
        """Take the state to which the events have led, and find out when to call again."""
        if self._cursor.at_ms is None:
            self._head.stop(self._now_ms)
            self._head.put(self.timeline.duration_ms, self._now_ms)
            self.missed_ms = None
            self._happen(Happening.END)
        elif self._open_end_ms is not None:
            self._happen(Happening.OPEN_STEP)
        at_ms = self._coming_ms()
        if at_ms is None or not self._head.is_moving:
            self._deadline_ms = None
        else:  # at once where more is due than a call brings
            self._deadline_ms = max(self._head.reaches(at_ms), self._now_ms)

    def _coming_ms(self) -> int | None:
        """Return the offset of the next event that time alone brings."""
        cursor = self._cursor
        if self._open_end_ms is not None and cursor.content.kind is EventKind.STEP_ENDED:
            return None
        return cursor.at_ms

    def _happen(self, happening: Happening) -> None:
        self.state = HAPPENINGS[self.state].get(happening, self.state)

    # --- commands -----------------------------------------------------------------
    #
    # A command is judged by the state that the player shows. Then time passes, up to the
    # present; and if that has led to a state in which the command has no place any more, such
    # as the end of the routine, there is nothing left to do.

    def _obey(
        self, command: PlayerCommand, now_ms: int, value: object = None
    ) -> tuple[Event, ...]:
        """Carry a command out, by the method of its name, or refuse it and change nothing."""
        if command not in COMMANDS[self.state]:
            raise PlayerStateError(self.state, command)
        where = f"Player.{command.method}"
        now_ms = must.INSTANT.require(f"{where}.now_ms", now_ms)
        if (argument := ARGUMENTS.get(command)) is not None:
            required = argument.requirement or must.Whole(0, self.timeline.duration_ms)
            value = required.require(f"{where}.{argument.name}", value)
        if command is PlayerCommand.TOGGLE:
            command = TOGGLED[self.state]
        events: list[Event] = []
        if command is PlayerCommand.START:
            self._now_ms = now_ms  # no time has passed before
        else:
            events += self._advance(now_ms)
            self._stay()
        state = COMMANDS[self.state].get(command)
        if state is not None:
            self.state = state
            events += getattr(self, f"_{command.method}")(value)
        return tuple(events)

    def _start(self, at_ms: int) -> list[Event]:
        self._head.go(self._now_ms)
        if not at_ms:
            return self._deliver()
        return [self._cursor.take(), *self._jump(0, at_ms)]

    def _pause(self, _: object) -> list[Event]:
        self._head.stop(self._now_ms)
        self._settle()
        return []

    def _resume(self, _: object) -> list[Event]:
        self.missed_ms = None
        self._head.go(self._now_ms)
        self._settle()
        return []

    def _skip(self, over: SkipOver) -> list[Event]:
        return self._jump(self._position_ms, self._end_of(over))

    def _back(self, over: SkipOver) -> list[Event]:
        return self._jump(self._position_ms, self._start_of(over))

    def _seek(self, to_ms: int) -> list[Event]:
        return self._jump(self._position_ms, to_ms)

    def _ready(self, _: object) -> list[Event]:
        while self._coming_ms() is not None:
            self._cursor.take()
        self._note_wait()
        self._head.put(self._open_end_ms or 0, self._now_ms)
        self._open_end_ms = None
        return self._deliver()

    def _set_speed(self, speed: float) -> list[Event]:
        self._head.change_speed(speed, self._now_ms)
        self._settle()
        return []

    def _stop(self, reason: str | None) -> list[Event]:
        here_ms = self._position_ms
        self._head.stop(self._now_ms)
        self._head.put(here_ms, self._now_ms)
        self._deadline_ms = None
        self.missed_ms = None
        self.stop_reason = reason
        return jump_events(self._cursor.under_way(), here_ms, (), here_ms)

    # --- jumps --------------------------------------------------------------------

    def _jump(self, left_ms: int, to_ms: int) -> list[Event]:
        """Go from one position to another; return what that ends, starts and brings at once."""
        self._note_wait()
        if to_ms < left_ms:
            self._waited_ms = 0
        left = self._cursor.under_way()
        self._cursor.move_to_ms(to_ms)
        events = jump_events(left, left_ms, self._cursor.under_way(), to_ms)
        self._head.put(to_ms, self._now_ms)
        self._open_end_ms = self._wait_here()
        return events + self._deliver()

    def _end_of(self, part: SkipOver) -> int:
        if part is SkipOver.SEGMENT:
            return self._moment().segment.end_ms
        return self.timeline.exercises.over_ms(self._exercises_over() + 1)

    def _start_of(self, part: SkipOver) -> int:
        """Return where a part starts, or the one before it in its first seconds."""
        latest_ms = self._head.at(self._now_ms) - RESTART_AFTER_MS  # waiting counts, too
        if part is SkipOver.SEGMENT:
            start_ms = self._moment().segment.start_ms
            if start_ms > 0 and start_ms > latest_ms:
                start_ms = self.timeline.at(start_ms - 1).segment.start_ms
            return start_ms
        over = self._exercises_over()
        start_ms = self.timeline.exercises.over_ms(over)
        if start_ms <= latest_ms + self._waited_before():
            return start_ms
        return self.timeline.exercises.over_ms(over - 1)

    def _exercises_over(self) -> int:
        return self._cursor.passed(_ends_exercise)

    def _first_wait(self, to_ms: int) -> int:
        """Return how far a jump ahead gets: to an offset, or to the first step until ready."""
        to_ms = min(to_ms, self.timeline.duration_ms)
        if self.hands_free:
            return to_ms
        wait = self._cursor.next_of(_starts_wait)
        return to_ms if wait is None else min(to_ms, self.timeline[wait].at_ms)

    def _note_wait(self) -> None:
        """Note, where it waits, for how much longer than estimated: ``back`` asks for it."""
        if self._open_end_ms is not None:
            longer_ms = max(self._head.at(self._now_ms) - self._open_end_ms, 0)
            self._waited_ms = self._waited_before() + longer_ms
            self._waited_in = self._exercises_over()

    def _waited_before(self) -> int:
        """Return what was noted in this exercise, where nothing led back since."""
        if not self._waited_ms or self._waited_in != self._exercises_over():
            return 0
        return self._waited_ms

    # --- where it is --------------------------------------------------------------

    @property
    def _is_behind(self) -> bool:
        """Whether more has fallen due than the last call has brought."""
        return self._deadline_ms is not None and self._deadline_ms <= self._now_ms

    def _stay(self) -> None:
        """Be where the events have led; what is due beyond that is left for later."""
        if self._is_behind:
            self._head.put(self._position_ms, self._now_ms)

    @property
    def _position_ms(self) -> int:
        """The position, as of the last call; never beyond what the events have led to."""
        position_ms = self._head.at(self._now_ms)
        if self._is_behind and (at_ms := self._coming_ms()) is not None:
            position_ms = min(position_ms, at_ms - 1)
        return position_ms if self._open_end_ms is None else min(position_ms, self._open_end_ms)

    def _moment(self) -> Moment:
        """Return the moment of the segment that was started last."""
        position_ms = self._position_ms
        if self._open_end_ms is not None:
            position_ms = min(position_ms, self._open_end_ms - 1)
        return self.timeline.at(position_ms)

    def _wait_here(self) -> int | None:
        """Return the end of the step under way, if it is one to wait for."""
        spans = self._cursor.under_way()
        if self.hands_free or not (spans and spans[-1].content.open):
            return None
        return spans[-1].end_ms
