"""A fleet runs many players, from one heap of their deadlines."""

from __future__ import annotations

from heapq import heappop, heappush
from typing import TYPE_CHECKING, Generic, TypeVar, final

from supple._errors import ModelError
from supple._model import checks as check
from supple._player.player import Player

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterator

    from supple._timeline.events import Event

Key = TypeVar("Key", bound="Hashable")

_FEW = 16
"""So many stale entries are no reason to tidy up, however few players there are."""


@final
class Fleet(Generic[Key]):
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

    Commands go to the player itself, as in ``fleet[key].pause(now_ms)``, which returns the
    events that they bring. Ask for the player each time: the fleet looks again at those that
    it has handed out, and would not notice what is done to one that was kept.

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
    ...     started = fleet[name].start(now_ms)
    >>> fleet.next_deadline_ms
    2000
    >>> for name, events in fleet.due(now_ms=2_500):
    ...     print(name, [event.text for event in events])
    ann ['3']
    bob ['3']
    >>> fleet["ann"].pause(now_ms=2_600)
    ()
    >>> fleet.next_deadline_ms
    3500
    """

    def __init__(self) -> None:
        self._seats: dict[Key, _Seat[Key]] = {}
        # Each deadline stands once in the heap, and in the book with those who have it: bare
        # numbers compare quickly, and many players share a millisecond. An entry of the book is
        # stale where the seat has another deadline by now.
        self._deadlines: list[int] = []
        self._book: dict[int, list[_Seat[Key]]] = {}
        self._entries = 0
        self._now_ms: int | None = None  # of the last call of due
        # Those that the fleet may know less of than their owner: whose deadline may have
        # changed, and who may have been told another instant since the last call of due.
        self._unseen: dict[_Seat[Key], None] = {}
        self._untold: dict[_Seat[Key], None] = {}

    # --- who is in it -------------------------------------------------------------

    def add(self, key: Key, player: Player) -> None:
        """Take on a player, which may have been started or not.

        Raises:
            ModelError: If there is a player under this key, or ``player`` is none. Nothing has
                changed then.
        """
        player = check.instance_of(Player)("Fleet.add.player", player)
        if key in self._seats:
            raise ModelError("Fleet.add.key", "must not be that of another player", key)
        seat = self._seats[key] = _Seat(key, player)
        self._unseen[seat] = self._untold[seat] = None

    def remove(self, key: Key) -> Player:
        """Let a player go, and return it; what it was due is not delivered any more.

        Raises:
            KeyError: If there is no player under this key.
        """
        player = self[key]
        seat = self._seats.pop(key)
        del self._unseen[seat], self._untold[seat]
        seat.deadline_ms = None
        self._tidy()
        return player

    def __getitem__(self, key: Key) -> Player:
        """Hand out a player, to be asked something or to be given a command.

        Unless it is due, it has got to the instant of the last call of :meth:`due`; a snapshot
        of it is therefore up to date.

        Raises:
            KeyError: If there is no player under this key.
        """
        seat = self._seats[key]
        if seat not in self._untold and self._now_ms is not None:
            seat.tell(self._now_ms)
        self._unseen[seat] = self._untold[seat] = None
        return seat.player

    def __contains__(self, key: object) -> bool:
        return key in self._seats

    def __iter__(self) -> Iterator[Key]:
        return iter(self._seats)

    def __len__(self) -> int:
        return len(self._seats)

    def __repr__(self) -> str:
        return f"<Fleet of {len(self)}, next at {self.next_deadline_ms} ms>"

    # --- time passes --------------------------------------------------------------

    @property
    def next_deadline_ms(self) -> int | None:
        """The instant of the clock at which to call :meth:`due` again.

        ``None`` while time alone brings nothing to any player. A new player or a command may
        change it, besides :meth:`due`.
        """
        if self._unseen:
            self._look_again()
        while self._deadlines:
            deadline_ms = self._deadlines[0]
            seats = self._book[deadline_ms]
            while seats:
                if seats[-1].deadline_ms == deadline_ms:
                    return deadline_ms
                seats.pop()
                self._entries -= 1
            del self._book[heappop(self._deadlines)]
        return None

    def due(self, now_ms: int) -> Iterator[tuple[Key, tuple[Event, ...]]]:
        """Yield the players that are due, each with the events that have fallen due.

        The one with the earliest deadline comes first; of equal deadlines, any of them. A
        player that pauses for a gap comes without events.

        It is lazy: a player moves on when it is yielded, and the fleet can be changed and asked
        in between. Who stops half way, or fails to handle something, has what was yielded; the
        others come with the next call.

        Raises:
            ModelError: If ``now_ms`` is not an integer. Nothing has changed then.
        """
        if type(now_ms) is not int:
            raise ModelError("Fleet.due.now_ms", "must be an integer, in milliseconds", now_ms)
        self._look_again()
        went_back = self._now_ms is not None and now_ms < self._now_ms
        for seat in self._seats.values() if went_back else self._untold:
            if self._now_ms is not None and seat not in self._untold:
                seat.tell(self._now_ms)
            seat.tell(now_ms)
            self._follow(seat)
        self._untold.clear()
        self._now_ms = now_ms
        return self._take_turns(now_ms)

    def _take_turns(self, now_ms: int) -> Iterator[tuple[Key, tuple[Event, ...]]]:
        while (deadline_ms := self.next_deadline_ms) is not None and deadline_ms <= now_ms:
            seat = self._book[deadline_ms].pop()
            self._entries -= 1
            player = seat.player
            events = player.due(now_ms)
            self._enter(seat, player.next_deadline_ms)
            yield seat.key, events

    def _look_again(self) -> None:
        """Notice what was done to the players that were handed out."""
        for seat in self._unseen:
            self._follow(seat)
        self._unseen.clear()

    def _follow(self, seat: _Seat[Key]) -> None:
        """Enter a player again if it has another deadline by now."""
        deadline_ms = seat.player.next_deadline_ms
        if deadline_ms != seat.deadline_ms:
            self._enter(seat, deadline_ms)
            self._tidy()

    def _enter(self, seat: _Seat[Key], deadline_ms: int | None) -> None:
        seat.deadline_ms = deadline_ms
        if deadline_ms is None:
            return
        if deadline_ms in self._book:
            self._book[deadline_ms].append(seat)
        else:
            self._book[deadline_ms] = [seat]
            heappush(self._deadlines, deadline_ms)
        self._entries += 1

    def _tidy(self) -> None:
        """Drop what is stale once that may be more than the rest."""
        if self._entries > 2 * len(self._seats) + _FEW:
            self._deadlines.clear()
            self._book.clear()
            self._entries = 0
            for seat in self._seats.values():
                self._enter(seat, seat.deadline_ms)


class _Seat(Generic[Key]):
    """The place of a player in a fleet.

    Attributes:
        deadline_ms: That of the player, as far as the fleet knows.
    """

    __slots__ = ("deadline_ms", "key", "player")

    deadline_ms: int | None

    def __init__(self, key: Key, player: Player) -> None:
        self.key = key
        self.player = player
        self.deadline_ms = None

    def tell(self, now_ms: int) -> None:
        """Tell a player the instant, unless it is due: then its turn comes."""
        if self.deadline_ms is None or now_ms < self.deadline_ms:
            self.player.due(now_ms)
