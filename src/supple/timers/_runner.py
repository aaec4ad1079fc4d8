"""A runner lets a timer drive a player."""

from __future__ import annotations

import threading
from collections import deque
from functools import partial
from typing import TYPE_CHECKING, final

from supple._errors import RunnerClosedError
from supple._player.player import Player
from supple._player.states import SkipOver
from supple._timeline.timeline import Timeline
from supple._units import ms_to_seconds, seconds_to_whole_ms
from supple.timers._closing import Closing

if TYPE_CHECKING:
    from collections.abc import Callable

    from supple._player.states import PlayerState
    from supple._timeline.events import Event, Moment
    from supple.timers._protocol import Handle, Timer


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
        on_change: Callable[[PlayerState], object] | None = None,
    ) -> None:
        self.player = Player(player) if isinstance(player, Timeline) else player
        self._timer = timer
        self._on_event = on_event
        self._on_change = on_change
        self._told = self.player.state
        self._lock = threading.RLock()
        self._calls: deque[Callable[[], object]] = deque()
        self._is_calling = False
        self._is_closed = False
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

    # --- commands -----------------------------------------------------------------

    def start(self, *, at_ms: int = 0) -> None:
        """Start, at the beginning or elsewhere; for a restored player, use :meth:`poll`."""
        self._command(partial(self.player.start, at_ms=at_ms))

    def pause(self) -> None:
        """Stand still until :meth:`resume`."""
        self._command(self.player.pause)

    def resume(self) -> None:
        """Go on where the pause began."""
        self._command(self.player.resume)

    def skip(self, *, over: SkipOver | str = SkipOver.EXERCISE) -> None:
        """Leave out the rest of the exercise, or of the segment."""
        self._command(partial(self.player.skip, over=over))

    def back(self, *, over: SkipOver | str = SkipOver.EXERCISE) -> None:
        """Start the exercise, or the segment, again; in its first seconds the one before."""
        self._command(partial(self.player.back, over=over))

    def seek(self, *, to_ms: int) -> None:
        """Jump to an offset of the timeline."""
        self._command(partial(self.player.seek, to_ms=to_ms))

    def ready(self) -> None:
        """Go on from a step until ready: the person has done it."""
        self._command(self.player.ready)

    def set_speed(self, speed: float) -> None:
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
            self._arrange(None)

    # --- driving ------------------------------------------------------------------

    def _now_ms(self) -> int:
        return seconds_to_whole_ms(self._timer.time())

    def _command(self, command: Callable[[int], tuple[Event, ...]]) -> None:
        try:
            with self._lock:
                if self._is_closed:
                    raise RunnerClosedError
                self._advance(command)
        finally:
            self._call_back()

    def _due(self, number: int) -> None:
        try:
            with self._lock:
                if number == self._number:
                    self._handle = self._deadline_ms = None
                    self._advance(self.player.due)
        finally:
            self._call_back()

    def _advance(self, command: Callable[[int], tuple[Event, ...]]) -> None:
        """Let the player move, note what to call back with, and arrange for the next call."""
        events = command(self._now_ms())
        self._calls.extend(partial(self._on_event, event) for event in events)
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
            if self._is_calling:
                return
            self._is_calling = True
        try:
            while (call := self._next_call()) is not None:
                call()
        except BaseException:
            with self._lock:
                self._is_calling = False
                if self._calls:
                    self._timer.call_at(self._timer.time(), self._call_back)
            raise

    def _next_call(self) -> Callable[[], object] | None:
        with self._lock:
            if self._calls:
                return self._calls.popleft()
            self._is_calling = False  # in one breath, so that no call is left between two threads
            return None
