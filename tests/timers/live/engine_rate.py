"""How many events a second one worker brings into Postgres, beside the least that could be kept.

Its own session of nox runs it, and shows the figures.
"""

from __future__ import annotations

import json
import random
from statistics import median
from time import perf_counter, process_time
from typing import TYPE_CHECKING

import psycopg

import supple
from supple.timers import Fleet
from supple.timers.live import Request, Shard, _tables as tables, create_tables
from tests.timers.live.postgres import postgres

if TYPE_CHECKING:
    from supple.timers.live._tables import Connection

SESSIONS, SPEED, TICK_MS = 3000, 12, 50
TICKS = 100
AT_MOST = 2.0
"""How many times the time of the bare instants the whole events may take; 1.1 to 1.4 were seen."""


class Bare:
    """A fleet that writes a tick as one text of instants and kinds, without a way to go on."""

    def __init__(self, connection: Connection, timeline: supple.Timeline) -> None:
        self.connection, self.timeline = connection, timeline
        self.fleet = Fleet[str]()
        connection.execute("create table bare (body text); create table bare_mark (ms bigint)")
        connection.execute("insert into bare_mark values (0)")

    def open(self, names: list[str], now_ms: int) -> None:
        """Open and start sessions."""
        for name in names:
            player = supple.Player(self.timeline, speed=SPEED, hands_free=True, on_gap="catch-up")
            self.fleet.add(name, player)
            self.fleet.command(name, "start", now_ms)

    def tick(self, now_ms: int) -> int:
        """Write what is due, and return how much that was."""
        out = [
            (name, [(event.at_ms, event.kind.value) for event in events])
            for name, events in self.fleet.due(now_ms)
        ]
        with self.connection.transaction():
            body = json.dumps(out, separators=(",", ":"))
            self.connection.execute("insert into bare values (%s)", [body])
            self.connection.execute("update bare_mark set ms = %s", [now_ms])
        return sum(len(events) for _, events in out)


class Whole:
    """A shard whose commits are kept as a worker keeps them."""

    def __init__(self, connection: Connection, timeline: supple.Timeline) -> None:
        self.connection = connection
        self.shard = Shard({"daily": timeline})
        self.position = 0
        self.wanted: list[Request] = []
        create_tables(connection, partitions=1)

    def open(self, names: list[str], now_ms: int) -> None:
        """Open and start sessions."""
        settings = json.dumps({"speed": SPEED, "on_gap": "catch-up", "hands_free": True})
        requests = [Request(name, settings, "daily") for name in names]
        requests += [Request(name, "start") for name in names]
        with self.connection.transaction():
            commit = self.shard.tick(now_ms, requests)
            self.position = tables.keep(self.connection, 0, commit, self.position)

    def tick(self, now_ms: int) -> int:
        """Write what is due, and return how much that was."""
        with self.connection.transaction():
            commit = self.shard.tick(now_ms)
            self.position = tables.keep(self.connection, 0, commit, self.position)
        return len(commit.sent)


def test_whole_events_cost_little_more_than_bare_instants() -> None:
    """The same ticks, in turn: whole events with their numbers, and instants with their kinds."""
    timeline = supple.schedule(supple.load_catalog("lower-back").routines["lower-back"], level=0.5)
    with postgres() as server, psycopg.connect(server.conninfo, autocommit=True) as connection:
        ways: tuple[Bare | Whole, ...] = Bare(connection, timeline), Whole(connection, timeline)
        chance = random.Random(15)  # noqa: S311 - when to start is no secret
        now_ms = 0
        with connection.transaction():
            for start in range(0, SESSIONS, 20):
                now_ms += chance.randrange(60)
                for way in ways:
                    way.open([f"session-{i}" for i in range(start, start + 20)], now_ms)
        seconds: tuple[list[float], list[float]] = ([], [])
        processor, events = [0.0, 0.0], [0, 0]
        for tick in range(TICKS + 5):
            now_ms += TICK_MS
            for i, way in enumerate(ways):
                began, spent = perf_counter(), process_time()
                count = way.tick(now_ms)
                if tick >= 5:  # caches fill before anything counts
                    seconds[i].append((perf_counter() - began) / max(count, 1))
                    processor[i] += process_time() - spent
                    events[i] += count
        out = connection.execute("select count(*) from supple_events").fetchone()
    assert events[0] == events[1] > 50_000
    assert out is not None
    assert out[0] > events[1]
    for i, name in enumerate(("bare instants", "whole events")):
        rate, most = 1 / median(seconds[i]), 1 / min(seconds[i])
        print(  # noqa: T201 - the figures are for whoever runs it
            f"{name}: {events[i] / TICKS:.0f} a tick, {rate:,.0f} a second in the median tick,"
            f" {most:,.0f} in the best,"
            f" {processor[i] / events[i] * 1e6:.1f} µs each of this process"
        )
    ratio = median(whole / bare for bare, whole in zip(*seconds, strict=True))
    print(f"whole events take {ratio:.2f} times as long")  # noqa: T201 - as above
    assert ratio < AT_MOST
