"""A runner lets a timer drive a player."""

from __future__ import annotations

import threading
from collections import deque
from functools import partial
from typing import TYPE_CHECKING, Any, final

from supple._errors import RunnerClosedError
from supple._player.player import player_of
from supple._player.states import OVER, START_MS
from supple._units import ms_to_seconds, seconds_to_whole_ms
from supple.timers._closing import Closing
from supple.timers._kinds import wanted_kinds
from supple.timers._waiting import waiter

if TYPE_CHECKING:
    from collections.abc import Callable

    from supple._player.player import Player
    from supple._player.states import CommandWord, PlayerState, SkipOverWord
    from supple._timeline.events import Event, Moment
    from supple._timeline.timeline import Timeline
    from supple.timers._kinds import Kinds
    from supple.timers._protocol import Handle, Timer

_RETRY_MS = 100
"""So much later is the next try where the clock could not be read when something was due."""


@final
class Runner(Closing):
    """Drives a player with a timer, and hands its events on when they fall due.

    It asks the timer for one call at a time, at the instant of the next event, so that nothing
    drifts. The commands are those of :class:`supple.Player`, at the present instant, and raise
    what those raise.

    Events come one at a time and in order. Before the first of them is handed on, the player
    has moved on and the next call is arranged. A command that a callback gives is therefore
    carried out at once, and the events that it brings come after those that were due before
    it. What a callback raises goes to whoever called: to the framework, in the way in which it
    reports errors of its callbacks, or to the one who gave the command. The events behind it
    come all the same.

    Commands may come from every thread from which the timer may be called. Where that is its
    own only, hand them over, as by ``loop.call_soon_threadsafe(runner.pause)``. Callbacks run
    in the thread in which the timer calls or in which a command is given; never in two at
    once. A command that is given while another thread runs one leaves its events to that.

    Where the timer cannot be asked for a call, as when its loop is closed, its error is raised;
    the player has moved on, and its events have come. :meth:`stop` and :meth:`close` need no
    call.

    Args:
        player: The player, or a timeline to make one of. While the runner drives it, commands
            go to the runner.
        timer: What tells the time and calls back, such as an asyncio event loop.
        on_event: What to call with each event.
        only: The kinds of events to call it with; ``segments`` are what starts a step, a hold
            or a rest. Left out, every event.
        on_change: What to call with the new state when the state has changed, after the events
            that have led to it.

    >>> import supple
    >>> from supple.testing import ManualClock
    >>> back = supple.load_catalog("lower-back")
    >>> clock = ManualClock()
    >>> timeline = supple.schedule(back.routines["lower-back"])
    >>> runner = Runner(timeline, clock, lambda event: print(clock.time(), event.text))
    >>> runner.start()
    0.0 Lower back
    0.0 Get ready: Knee rolls, lying on your back
    >>> clock.advance(3)
    2.0 3
    3.0 2
    >>> runner.close()
    """

    def __init__(
        self,
        player: Player | Timeline,
        timer: Timer,
        on_event: Callable[[Event], object],
        *,
        only: Kinds | None = None,
        on_change: Callable[[PlayerState], object] | None = None,
    ) -> None:
        self.player = player_of("Runner.player", player)
        self._timer = timer
        self._on_event = on_event
        self._kinds = wanted_kinds("Runner.only", only)
        self._on_change = on_change
        self._told = self.player.state
        self._lock = threading.RLock()
        self._calls: deque[Callable[[], object]] = deque()
        self._caller: int | None = None  # the thread that makes the calls
        self._is_closed = False
        self._wakers: set[Callable[[], object]] = set()
        self._seen_ms = 0  # when the clock was last read
        # The call to come, if there is one: an old one may come, too, where it was cancelled too
        # late, but has another number.
        self._handle: Handle | None = None
        self._deadline_ms: int | None = None
        self._number = 0

    @property
    def state(self) -> PlayerState:
        """What the player is doing."""
        return self.player.state

    def moment(self) -> Moment:
        """Return what is going on at the present instant."""
        with self._lock:
            return self.player.moment(self._now_ms())

    # --- waiting for the end ------------------------------------------------------

    def wait(self, timeout: float | None = None) -> bool:
        """Wait in this thread until the routine is over, or the runner closed.

        When it returns, every event and the last change of state have been handed on. It is
        for a program whose timer calls in another thread, such as a
        :class:`~supple.timers.threads.ThreadTimer`; a coroutine awaits :meth:`until_over`.

        Args:
            timeout: For how many seconds to wait at the most; without end where left out.

        Returns:
            Whether the routine is over.

        Raises:
            RuntimeError: If a callback of this runner calls it, for that would wait for itself.

        >>> import supple
        >>> from supple.timers.threads import ThreadTimer
        >>> back = supple.load_catalog("lower-back")
        >>> player = supple.Player(supple.schedule(back.routines["in-bed"]))
        >>> with ThreadTimer() as timer, Runner(player, timer, int, only=()) as runner:
        ...     runner.start()
        ...     runner.wait(timeout=0.01)
        False
        """
        if self._caller == threading.get_ident():
            raise RuntimeError("a callback must not wait for the runner that calls it")
        ended = threading.Event()
        self._add_waker(ended.set)
        try:
            ended.wait(timeout)
        finally:
            self._wakers.discard(ended.set)
        return self.state.is_over

    async def until_over(self) -> bool:
        """Wait until the routine is over, or the runner closed, under asyncio or trio.

        It is :meth:`wait` for coroutines, whatever the timer. Cancelling it does nothing to
        the runner.

        Returns:
            Whether the routine is over.
        """
        wake, woken = waiter()
        self._add_waker(wake)
        try:
            await woken()
        finally:
            self._wakers.discard(wake)
        return self.state.is_over

    def _add_waker(self, wake: Callable[[], object]) -> None:
        with self._lock:
            self._wakers.add(wake)
            if self._is_ended:
                wake()

    @property
    def _is_ended(self) -> bool:
        """Whether nothing is handed on any more."""
        is_idle = not self._calls and self._caller is None
        return self._is_closed or (self.state.is_over and is_idle)

    def _wake(self) -> None:
        """Wake those who wait for the end, if this is it."""
        with self._lock:
            if self._is_ended:
                for wake in tuple(self._wakers):
                    wake()

    # --- commands -----------------------------------------------------------------

    def command(self, command: CommandWord, **arguments: Any) -> None:
        """Give a command by its word, as :meth:`supple.Player.command` does."""
        self._command(lambda now_ms: self.player.command(command, now_ms, **arguments))

    def start(self, *, at_ms: int = START_MS) -> None:
        """Start, at the beginning or elsewhere; for a restored player, use :meth:`poll`."""
        self._command(partial(self.player.start, at_ms=at_ms))

    def pause(self) -> None:
        """Stand still until :meth:`resume`."""
        self._command(self.player.pause)

    def resume(self) -> None:
        """Go on where the pause began."""
        self._command(self.player.resume)

    def toggle(self) -> None:
        """Pause, or go on after a pause: what a single key does."""
        self._command(self.player.toggle)

    def skip(self, *, over: SkipOverWord = OVER) -> None:
        """Leave out the rest of the exercise, or of the segment."""
        self._command(partial(self.player.skip, over=over))

    def back(self, *, over: SkipOverWord = OVER) -> None:
        """Start the exercise, or the segment, again; in its first seconds the one before."""
        self._command(partial(self.player.back, over=over))

    def seek(self, *, to_ms: int) -> None:
        """Jump to an offset of the timeline."""
        self._command(partial(self.player.seek, to_ms=to_ms))

    def ready(self) -> None:
        """Go on from a step until ready: the person has done it."""
        self._command(self.player.ready)

    def set_speed(self, *, speed: float) -> None:
        """Go on at another speed."""
        self._command(partial(self.player.set_speed, speed=speed))

    def stop(self, *, reason: str | None = None) -> None:
        """End here."""
        self._command(partial(self.player.stop, reason=reason))

    def poll(self) -> None:
        """Hand on what has fallen due, and arrange for what comes next.

        A restored player goes on with it, in the state in which it was kept. It is also for
        who learns that the clock was changed, and may be called at any time.
        """
        self._command(self.player.due)

    def close(self) -> None:
        """Let go of the timer; nothing is called any more.

        The player stays as it is, and a snapshot of it can still be taken. A callback that
        another thread is running is not waited for. Closing twice does nothing.
        """
        with self._lock:
            self._is_closed = True
            self._calls.clear()
            try:
                self._arrange(None)
            finally:
                self._wake()

    # --- driving ------------------------------------------------------------------

    def _now_ms(self) -> int:
        self._seen_ms = seconds_to_whole_ms(self._timer.time())
        return self._seen_ms

    def _command(self, command: Callable[[int], tuple[Event, ...]]) -> None:
        try:
            with self._lock:
                if self._is_closed:
                    raise RunnerClosedError
                self._advance(command, self._now_ms())
        finally:
            self._call_back()

    def _due(self, number: int) -> None:
        try:
            with self._lock:
                if number == self._number:
                    self._take_turn()
        finally:
            self._call_back()

    def _take_turn(self) -> None:
        deadline_ms = self._deadline_ms or 0
        self._handle = self._deadline_ms = None
        try:
            now_ms = self._now_ms()
        except BaseException:  # the routine goes on once the clock can be read again
            self._arrange(deadline_ms + _RETRY_MS)
            raise
        self._advance(self.player.due, now_ms)

    def _advance(self, command: Callable[[int], tuple[Event, ...]], now_ms: int) -> None:
        """Let the player move, note what to call back with, and arrange for the next call."""
        events = command(now_ms)
        for event in events:
            if event.kind in self._kinds:
                self._calls.append(partial(self._on_event, event))
        if self._told is not self.player.state:
            self._told = self.player.state
            if self._on_change is not None:
                self._calls.append(partial(self._on_change, self._told))
        self._arrange(self.player.next_deadline_ms)

    def _arrange(self, deadline_ms: int | None) -> None:
        if deadline_ms == self._deadline_ms:
            return
        self._number += 1
        if self._handle is not None:
            self._handle.cancel()
        self._handle = self._deadline_ms = None
        if deadline_ms is not None:
            call = partial(self._due, self._number)
            self._handle = self._timer.call_at(ms_to_seconds(deadline_ms), call)
            self._deadline_ms = deadline_ms

    def _call_back(self) -> None:
        """Make the calls that are noted, unless somebody is at it."""
        with self._lock:
            if self._caller is not None:
                return
            self._caller = threading.get_ident()
        try:
            while (call := self._next_call()) is not None:
                call()
        except BaseException:
            with self._lock:
                self._caller = None
                if self._calls:  # soon, by an instant that is over: the clock may be what fails
                    self._timer.call_at(ms_to_seconds(self._seen_ms), self._call_back)
            raise
        finally:
            self._wake()

    def _next_call(self) -> Callable[[], object] | None:
        with self._lock:
            if self._calls:
                return self._calls.popleft()
            self._caller = None  # in one breath, so that no call is left between two threads
            return None
