"""A fleet runs many players, from one heap of their deadlines."""

from __future__ import annotations

from heapq import heappop, heappush
from typing import TYPE_CHECKING, Any, Generic, NamedTuple, TypeVar, final

from supple._errors import ModelError
from supple._model import requirements as must
from supple._player.player import Player
from supple.timers._closing import Single

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Iterator

    from supple._player.states import CommandWord, PlayerState
    from supple._timeline.events import Event, Moment

Key = TypeVar("Key", bound="Hashable")

_FEW = 16
"""So many deadlines that nobody has are no reason to tidy up, however few players there are."""


@final
class Fleet(Single, Generic[Key]):
    """Runs many players in one thread, each under a key of its own.

    Like a player it has no clock, no thread and no callback. It keeps the deadlines in one
    heap, so that time costs only those players something who are due, and its memory is
    proportional to the number of players. Whoever drives it passes the present instant, gets
    back who was due with which events, and asks when to call again::

        def tick():
            try:
                for key, events in fleet.due(now_ms()):
                    handle(key, events)
            finally:
                if (deadline_ms := fleet.next_deadline_ms) is not None:
                    timer.call_at(deadline_ms / 1000, tick)

    where the timer may be any :class:`~supple.timers.Timer`.

    Commands go through :meth:`command`. A player belongs to the fleet from :meth:`add` until
    :meth:`remove`, and whoever keeps it leaves it alone in between. A key that nobody has raises
    :exc:`KeyError`.

    Each player gets the same events as it would alone, if :meth:`due` were called for it
    whenever it is called for the fleet: those of a late call, a clock that jumps ahead and
    one that goes back are up to the player. A clock that goes back costs time for every
    player, so it should be monotonic.

    A fleet is for one thread at a time, and a player for one fleet.

    >>> import supple
    >>> back = supple.load_catalog("lower-back")
    >>> timeline = supple.schedule(back.routines["lower-back"])
    >>> fleet = Fleet()
    >>> for name, now_ms in {"ann": 0, "bob": 500}.items():
    ...     fleet.add(name, supple.Player(timeline))
    ...     started = fleet.command(name, "start", now_ms)
    >>> fleet.next_deadline_ms
    2000
    >>> for name, events in fleet.due(now_ms=2_500):
    ...     print(name, [event.text for event in events])
    ann ['3']
    bob ['3']
    >>> fleet.command("ann", "pause", 2_600)
    ()
    >>> fleet.next_deadline_ms
    3500
    """

    def __init__(self) -> None:
        self._seats: dict[Key, _Seat[Key]] = {}
        # Each deadline stands once in the heap, and in the book with those who have it, who may
        # all have left: bare numbers compare quickly, and many players share a millisecond.
        self._deadlines: list[int] = []
        self._book: dict[int, dict[_Seat[Key], None]] = {}
        # A player that is not due is not told the instant. Before anything else happens to it,
        # it is told the last one before its deadline out of these: that of the last call of
        # due, that of the call before, and the last that left nobody waiting for a turn.
        self._told: tuple[_Due, ...] = ()
        self._calls = 0
        self._latest_ms: int | None = None  # that anybody was told

    # --- who is in it -------------------------------------------------------------

    def add(self, key: Key, player: Player) -> None:
        """Take on a player, which may have been started or not.

        Raises:
            ModelError: If there is a player under this key, or ``player`` is none. Nothing has
                changed then.
        """
        player = must.InstanceOf(Player).require("Fleet.add.player", player)
        if key in self._seats:
            raise ModelError("Fleet.add.key", "must not be that of another player", key)
        seat = self._seats[key] = _Seat(key, player)
        self._note(seat)
        self._follow(seat)

    def remove(self, key: Key) -> Player:
        """Let a player go, and return it; what it was due is not delivered any more."""
        seat = self._up_to_date(key)
        del self._seats[key]
        self._leave(seat)
        return seat.player

    def __contains__(self, key: object) -> bool:
        return key in self._seats

    def __iter__(self) -> Iterator[Key]:
        return iter(self._seats)

    def __len__(self) -> int:
        return len(self._seats)

    def __repr__(self) -> str:
        return f"<Fleet of {len(self)}, next at {self.next_deadline_ms} ms>"

    # --- each of them -------------------------------------------------------------

    def command(
        self, key: Key, command: CommandWord, now_ms: int, **arguments: Any
    ) -> tuple[Event, ...]:
        """Give a player a command, and return the events that it brings.

        It is :meth:`supple.Player.command`, with its errors, after which nothing has changed.
        """
        seat = self._up_to_date(key)
        events = seat.player.command(command, now_ms, **arguments)
        self._note(seat)
        self._follow(seat)
        return events

    def state(self, key: Key) -> PlayerState:
        """Return what a player is doing, as of its last event or command."""
        return self._seats[key].player.state

    def moment(self, key: Key, now_ms: int) -> Moment:
        """Return what is going on, as :meth:`supple.Player.moment` does, with its errors."""
        return self._up_to_date(key).player.moment(now_ms)

    def snapshot(self, key: Key) -> dict[str, str | int | float | bool | None]:
        """Return everything that :meth:`supple.Player.restore` needs.

        Unless the player is due, it is as of the instant of the last call of :meth:`due`.
        """
        return self._up_to_date(key).player.snapshot()

    def _up_to_date(self, key: Key) -> _Seat[Key]:
        seat = self._seats[key]
        seat.tell(self._told)
        return seat

    # --- time passes --------------------------------------------------------------

    @property
    def next_deadline_ms(self) -> int | None:
        """The instant of the clock at which to call :meth:`due` again.

        ``None`` while time alone brings nothing to any player. A new player or a command may
        change it, besides :meth:`due`.
        """
        deadlines, book = self._deadlines, self._book
        while deadlines:
            if book[deadlines[0]]:
                return deadlines[0]
            del book[heappop(deadlines)]
        return None

    def due(self, now_ms: int) -> Iterator[tuple[Key, tuple[Event, ...]]]:
        """Yield the players that are due, each with the events that have fallen due.

        The one with the earliest deadline comes first; of equal deadlines, any of them. A
        player that pauses for a gap comes without events. One for which more has fallen due
        than :meth:`supple.Player.due` brings goes on a millisecond later.

        It is lazy: a player moves on when it is yielded, and the fleet can be changed and asked
        in between. Whoever stops half way, or fails to handle something, has what was yielded; the
        others come with the next call.

        Raises:
            ModelError: If ``now_ms`` is no whole number. Nothing has changed then.
        """
        now_ms = must.INSTANT.require("Fleet.due.now_ms", now_ms)
        self._calls += 1
        call = _Due(self._calls, now_ms)
        if self._latest_ms is not None and now_ms < self._latest_ms:
            for seat in self._seats.values():
                seat.tell(self._told)
                seat.tell((call,))
                self._follow(seat)
            self._told = (call,)
        else:
            *before, last = self._told or (call,)
            deadline_ms = self.next_deadline_ms
            if deadline_ms is None or last.now_ms < deadline_ms:
                before = []  # everybody has had a turn
            self._told = (*before[:1], last, call)
        self._latest_ms = now_ms
        return self._take_turns(call)

    def _take_turns(self, call: _Due) -> Iterator[tuple[Key, tuple[Event, ...]]]:
        now_ms = call.now_ms
        while (deadline_ms := self.next_deadline_ms) is not None and deadline_ms <= now_ms:
            seat, _ = self._book[deadline_ms].popitem()
            player = seat.player
            if now_ms - deadline_ms > player.gap_ms:  # or else it forgets what it was told
                seat.tell(self._told)
            events = player.due(now_ms)
            seat.call = call.number
            deadline_ms = player.next_deadline_ms
            if deadline_ms is not None and deadline_ms <= now_ms:
                deadline_ms = now_ms + 1  # who is due again at once has had this turn
            self._enter(seat, deadline_ms)
            yield seat.key, events

    def _note(self, seat: _Seat[Key]) -> None:
        """Note that a player was told an instant that only it knows."""
        seat.call = self._calls
        now_ms = seat.player._now_ms  # noqa: SLF001 - the library's own
        if self._latest_ms is None or now_ms > self._latest_ms:
            self._latest_ms = now_ms

    def _follow(self, seat: _Seat[Key]) -> None:
        """Enter a player again if it has another deadline by now."""
        deadline_ms = seat.player.next_deadline_ms
        if deadline_ms != seat.deadline_ms:
            self._leave(seat)
            self._enter(seat, deadline_ms)

    def _enter(self, seat: _Seat[Key], deadline_ms: int | None) -> None:
        seat.deadline_ms = deadline_ms
        if deadline_ms is None:
            return
        if deadline_ms in self._book:
            self._book[deadline_ms][seat] = None
        else:
            self._book[deadline_ms] = {seat: None}
            heappush(self._deadlines, deadline_ms)

    def _leave(self, seat: _Seat[Key]) -> None:
        if seat.deadline_ms in self._book:
            self._book[seat.deadline_ms].pop(seat, None)
        if len(self._book) > 2 * len(self._seats) + _FEW:  # most of them are nobody's
            self._book = {each_ms: seats for each_ms, seats in self._book.items() if seats}
            self._deadlines = sorted(self._book)


class _Due(NamedTuple):
    """A call of ``due``: which one it was, and the instant."""

    number: int
    now_ms: int


class _Seat(Generic[Key]):
    """The place of a player in a fleet.

    Attributes:
        deadline_ms: That of the player.
        call: The number of the last call of ``due`` that it knows of.
    """

    __slots__ = ("call", "deadline_ms", "key", "player")

    deadline_ms: int | None
    call: int

    def __init__(self, key: Key, player: Player) -> None:
        self.key = key
        self.player = player
        self.deadline_ms = None

    def tell(self, calls: Iterable[_Due]) -> None:
        """Tell a player of the last of some calls at which it was not due, if that is news."""
        last = None
        for call in calls:
            # Its own deadline counts: where more is due than a turn brings, that is no news.
            deadline_ms = self.player.next_deadline_ms
            is_calm = deadline_ms is None or call.now_ms < deadline_ms
            if call.number > self.call and is_calm:
                last = call
        if last is not None:
            self.call = last.number
            self.player.due(last.now_ms)
