"""What people are doing right now."""

from __future__ import annotations

import asyncio
import json
from collections import deque
from secrets import token_hex
from typing import TYPE_CHECKING, Any

import supple
from supple.timers import Runner

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable

    from .store import Store

MOST_LIVE = 1000
MOST_LISTENERS = 4
MOST_PAST = 500
"""So many events can be caught up with after a lost connection."""
SILENCE_SECONDS = 15  # a proxy would take more of it for the end


class BusyError(Exception):
    """There is no room for another one."""


class Session:
    """A person's way through a routine, and those who listen to it."""

    def __init__(self, player: supple.Player, keep: Callable[[dict[str, Any]], None]) -> None:
        loop = asyncio.get_running_loop()
        self.runner = Runner(player, loop, self._hear, on_change=lambda _: self._tell())
        self.listeners = 0
        self._keep = keep
        self._name = token_hex(4)  # the numbers of another process mean nothing here
        self._past: deque[tuple[int, supple.Event]] = deque(maxlen=MOST_PAST)
        self._number = 0
        self._news = asyncio.Event()

    def command(self, body: bytes) -> None:
        """Carry out a command from outside, and keep where it has led."""
        word, arguments = supple.read_command(body)
        self.runner.command(word, **arguments)
        self.save()
        self._tell()

    def save(self) -> None:
        """Keep a snapshot: all that the next process needs."""
        self._keep(self.runner.player.snapshot())

    def as_dict(self) -> dict[str, Any]:
        """Return how things stand, for JSON."""
        player = self.runner.player
        return {
            "state": player.state,
            "speed": player.speed,
            "moment": self.runner.moment().as_dict(),
            "stop_advice": [advice.text for advice in player.stop_advice],
        }

    def _hear(self, event: supple.Event) -> None:
        self._number += 1
        self._past.append((self._number, event))
        if event.kind in {"step.started", "hold.started", "rest.started", "routine.ended"}:
            self.save()  # a crash costs a person one segment at the most
        self._tell()

    def _tell(self) -> None:
        """Wake everybody who waits for news."""
        self._news.set()
        self._news = asyncio.Event()

    async def stream(self, last_event_id: str) -> AsyncIterator[str]:
        """Yield how things stand, and then each event, as server-sent events.

        Somebody who comes back with the number of the last event gets what came since.
        """
        name, _, number = last_event_id.partition("-")
        is_known = name == self._name and number.isdecimal() and len(number) < 10
        seen = int(number) if is_known else self._number
        self.listeners += 1
        try:
            told = None
            while True:
                news = self._news
                for number_now, event in [*self._past]:
                    if number_now > seen:
                        seen = number_now
                        data = json.dumps(event.as_dict())
                        yield f"id: {self._name}-{seen}\ndata: {data}\n\n"
                if told != self.runner.state:
                    told = self.runner.state
                    yield f"event: state\ndata: {json.dumps(self.as_dict())}\n\n"
                if told in {"finished", "stopped"}:
                    return
                try:
                    async with asyncio.timeout(SILENCE_SECONDS):
                        await news.wait()
                except TimeoutError:
                    yield ": still here\n\n"
        finally:
            self.listeners -= 1


class Sessions:
    """The sessions that this process has in memory; the others are in the store."""

    def __init__(
        self, store: Store, read: Callable[[str], supple.Routine], *, speed: float
    ) -> None:
        self._store = store
        self._read = read
        self._speed = speed
        self._live: dict[str, Session] = {}

    def find(self, key: str) -> Session | None:
        """Return a session, going on where its snapshot says.

        Raises:
            BusyError: If too many are running.
            SnapshotError: If the routine was changed and lacks the exercise that was under way.
        """
        if key in self._live:
            return self._live[key]
        kept = self._store.session(key)
        if kept is None:
            return None
        self._make_room()
        document, snapshot = kept
        player = self._player(supple.schedule(self._read(document)), snapshot)
        self._live[key] = Session(player, lambda now: self._store.keep(key, now))
        return self._live[key]

    def _player(self, timeline: supple.Timeline, snapshot: dict[str, Any] | None) -> supple.Player:
        if snapshot is None:
            return supple.Player(timeline, speed=self._speed)
        now_ms = round(asyncio.get_running_loop().time() * 1000)
        player = supple.Player.restore(timeline, snapshot, now_ms=now_ms, at="nearest")
        if player.state in {"running", "waiting"}:
            player.pause(now_ms)  # the process has died, and nobody was being guided meanwhile
        return player

    def _make_room(self) -> None:
        if len(self._live) < MOST_LIVE:
            return
        for key, session in self._live.items():
            if session.listeners == 0 and session.runner.state not in {"running", "waiting"}:
                self._drop(key)
                return
        raise BusyError

    def _drop(self, key: str) -> None:
        session = self._live.pop(key)
        session.save()
        session.runner.close()

    def close(self) -> None:
        """Keep where everybody is, and let go of the clock."""
        for key in [*self._live]:
            self._drop(key)
