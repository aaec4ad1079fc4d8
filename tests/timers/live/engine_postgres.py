"""Kill workers and the database at random instants: no event is lost, none is there twice.

Its own session of nox runs it. `SUPPLE_LIVE_SESSIONS` says how many sessions there are, and
`SUPPLE_LIVE_SPEED` how fast: 3000 have a million events.
"""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter, defaultdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import psycopg
import pytest

import supple
from supple.export import event_lines
from supple.timers.live import create_tables, open_session, tell
from tests.child import Child
from tests.timers.live.postgres import Server, postgres

if TYPE_CHECKING:
    from collections.abc import Callable

    Connection = psycopg.Connection[tuple[Any, ...]]

WORKER = Path(__file__).parents[3] / "examples" / "live" / "worker.py"
SESSIONS = int(os.environ.get("SUPPLE_LIVE_SESSIONS", "300"))
PARTITIONS, WORKERS = 4, 3
SPEED = float(os.environ.get("SUPPLE_LIVE_SPEED", "12"))
KILLS = 8
MOST_SILENT_MS = 5000
MOST_FROZEN_MS = 5000


class Stage:
    """Workers, a database and sessions, and what befalls them."""

    def __init__(self, server: Server) -> None:
        self.server = server
        self.random = random.Random(15)  # noqa: S311 - when to kill is no secret
        self.connection = self.connect()
        create_tables(self.connection, partitions=PARTITIONS)
        self.connection.execute("create table commits (at timestamptz)")
        self.workers = [self.worker() for _ in range(WORKERS)]
        self.names = [f"s{i}" for i in range(SESSIONS)]
        self.silent_ms = 0
        self.slowest_ms = 0

    def connect(self) -> Connection:
        """Return a connection to the database."""
        return psycopg.connect(self.server.conninfo, autocommit=True)

    def worker(self) -> Child[bytes]:
        """Start a worker, in a process of its own."""
        return Child(
            [sys.executable, str(WORKER), self.server.conninfo, "600"], stdout=subprocess.DEVNULL
        )

    def routine(self, i: int) -> str:
        """Return what a session plays."""
        return ("lower-back", "in-bed")[i % 2]

    def open_all(self) -> None:
        """Open and start every session; one in five waits for its person at open steps."""
        with self.connection.transaction(), self.connection.pipeline():
            for i, name in enumerate(self.names):
                settings = {"speed": SPEED, "on_gap": "catch-up", "hands_free": i % 5 > 0}
                open_session(self.connection, name, self.routine(i), **settings)
                tell(self.connection, name, "start")

    def tell_some(self) -> None:
        """Let persons do this and that, and whoever waits be ready."""
        query = "select session, snapshot ->> 'state' from supple_sessions"
        states = self.connection.execute(query).fetchall()
        with self.connection.transaction(), self.connection.pipeline():
            for name in self.random.sample(self.names, 5):
                tell(self.connection, name, "pause")
                tell(
                    self.connection,
                    name,
                    "set-speed",
                    speed=SPEED * self.random.choice([0.5, 1, 2]),
                )
            for name, state in states:
                if state in {"waiting", "paused"}:
                    tell(self.connection, name, "ready" if state == "waiting" else "resume")

    def live(self, seconds: float) -> None:
        """Let some time pass, and note how long some partition was silent.

        Note, too, how long the machine takes for a commit that has nothing to do with it.
        """
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            began = time.monotonic()
            self.connection.execute("insert into commits values (clock_timestamp())")
            self.slowest_ms = max(self.slowest_ms, round((time.monotonic() - began) * 1000))
            self.silent_ms = max(self.silent_ms, self.silence_ms())
            time.sleep(0.05)

    def silence_ms(self) -> int:
        """Return for how long nothing has been heard of some partition."""
        [(silent_ms,)] = self.connection.execute(
            "select max(extract(epoch from clock_timestamp()) * 1000 - mark_ms)::bigint"
            " from supple_partitions"
        )
        return int(silent_ms)

    def kill_a_worker(self) -> None:
        """Kill one by signal 9, and start another in its place."""
        worker = self.workers.pop(self.random.randrange(WORKERS))
        worker.send_signal(signal.SIGKILL)
        worker.wait()
        self.workers.append(self.worker())

    def freeze_a_worker(self) -> int:
        """Stop one between two commits and let it go on later; return the silence meanwhile."""
        worker, before_ms = self.random.choice(self.workers), self.silent_ms
        while True:
            worker.send_signal(signal.SIGSTOP)
            self.live(0.3)
            [(busy,)] = self.connection.execute(
                "select count(*) from pg_stat_activity where application_name = 'supple'"
                " and state <> 'idle' and clock_timestamp() - state_change > '0.25 s'"
            )
            if not busy:
                break
            worker.send_signal(signal.SIGCONT)
            self.live(0.3)
        self.silent_ms = 0
        self.live(9)
        is_taken_over = self.are_heard_of()
        worker.send_signal(signal.SIGCONT)
        assert is_taken_over
        frozen_ms, self.silent_ms = self.silent_ms, before_ms
        return frozen_ms

    def crash_the_database(self) -> None:
        """Stop it at once, and start it again."""
        self.connection.close()
        self.server.stop("immediate")
        self.server.start()
        self.connection = self.connect()

    def until(self, is_so: Callable[[], bool], seconds: float) -> None:
        """Go on until something is so."""
        for _ in range(int(seconds)):
            if is_so():
                return
            self.live(1)
            self.tell_some()
        pytest.fail(f"not so after {seconds} seconds: {is_so.__doc__}")

    def are_heard_of(self) -> bool:
        """Every partition is at work."""
        return self.silence_ms() < MOST_SILENT_MS / 2

    def are_all_there(self) -> bool:
        """Every worker has joined."""
        [(there,)] = self.connection.execute(
            "select count(*) from pg_locks where locktype = 'advisory' and mode = 'ShareLock'"
        )
        return bool(there == WORKERS)

    def are_over(self) -> bool:
        """Every session is over."""
        [(going,)] = self.connection.execute(
            "select (select count(*) from supple_sessions) + (select count(*) from"
            " supple_requests where routine is not null)"
        )
        return bool(going == 0)

    def events(self) -> dict[str, list[tuple[int, str]]]:
        """Return what is in the table of each session, in the order in which it went out."""
        got: dict[str, list[tuple[int, str]]] = defaultdict(list)
        with self.connection.transaction(), self.connection.cursor("all") as cursor:
            cursor.execute(
                "select session, number, event::text from supple_events"
                " order by partition, position, place"
            )
            for session, number, line in cursor:
                got[session].append((number, line))
        return got


def test_no_crash_loses_or_repeats_an_event() -> None:
    """Every event of every session is in the table once, in its order, with its number."""
    back = supple.load_catalog("lower-back")
    lines = {
        name: [
            *enumerate(map(event_lines.encode, supple.schedule(back.routines[name], level=0.5)), 1)
        ]
        for name in ("lower-back", "in-bed")
    }
    with postgres() as server:
        stage = Stage(server)
        try:
            stage.until(stage.are_heard_of, 60)
            stage.silent_ms = 0
            began = time.monotonic()
            stage.open_all()
            for i in range(KILLS):
                stage.live(stage.random.uniform(1, 3))
                stage.tell_some()
                stage.until(stage.are_all_there, 60)  # so that there is who takes over
                if i == 1:
                    frozen_ms = stage.freeze_a_worker()
                stage.kill_a_worker()
                if i == KILLS // 2:
                    silent_ms = stage.silent_ms  # a crash of the database is not the workers'
                    stage.crash_the_database()
                    stage.until(stage.are_heard_of, 60)
                    stage.silent_ms = silent_ms
            stage.until(stage.are_over, 300)
            seconds = time.monotonic() - began
            got = stage.events()
        finally:
            stage.connection.close()
            for worker in stage.workers:
                worker.terminate()
            for worker in stage.workers:
                assert worker.wait(60) == 0
    lost, doubled = Counter[str](), Counter[str]()
    for i, name in enumerate(stage.names):
        wanted = lines[stage.routine(i)]
        lost += Counter(f"{name} {pair}" for pair in wanted) - Counter(
            f"{name} {pair}" for pair in got[name]
        )
        doubled += Counter(f"{name} {pair}" for pair in got[name]) - Counter(
            f"{name} {pair}" for pair in wanted
        )
    total = sum(map(len, got.values()))
    print(  # noqa: T201 - the figures are for whoever runs it
        f"{total} events of {SESSIONS} sessions in {seconds:.0f} s, {KILLS} workers killed,"
        f" the database crashed once: {lost.total()} lost, {doubled.total()} too many,"
        f" silent for {stage.silent_ms} ms at the most, {frozen_ms} ms where one was frozen;"
        f" a commit of nobody took up to {stage.slowest_ms} ms"
    )
    assert (lost.total(), doubled.total()) == (0, 0), (lost.most_common(3), doubled.most_common(3))
    assert all(got[name] == lines[stage.routine(i)] for i, name in enumerate(stage.names))
    assert total > SESSIONS * 300
    # A takeover takes some commits, whatever the machine makes of these.
    assert stage.silent_ms <= MOST_SILENT_MS + stage.slowest_ms
    assert 2000 < frozen_ms <= MOST_FROZEN_MS + stage.slowest_ms
