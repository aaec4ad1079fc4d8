"""Workers on a real Postgres, a step at a time."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import psycopg
import pytest

from supple import Exercise, Hold, ModelError, Pacing, Routine, Step, schedule
from supple.export import event_lines
from supple.timers.live import (
    ShardLimits,
    Worker,
    _tables as tables,
    create_tables,
    open_session,
    prometheus,
    tell,
)
from tests.timers.live.postgres import Server, postgres

if TYPE_CHECKING:
    from collections.abc import Iterator

    Connection = psycopg.Connection[tuple[Any, ...]]

KEEP = Exercise("keep", name="K", kind="stretch", position="sitting", cycle=[Hold("K", seconds=4)])
REACH = Exercise(
    "reach", name="R", kind="stretch", position="sitting", cycle=[Step("R", until_ready=True)]
)
NOTHING = Pacing(get_ready=0, countdown=(1,), halfway=None)
TIMELINES = {
    "holds": schedule(Routine("holds", items=[KEEP, KEEP]), pacing=NOTHING),
    "waits": schedule(Routine("waits", items=[REACH, KEEP]), pacing=NOTHING),
}


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    """A Postgres."""
    with postgres() as server:
        yield server


@pytest.fixture
def connection(server: Server) -> Iterator[Connection]:
    """A connection to new tables of four partitions."""
    with psycopg.connect(server.conninfo, autocommit=True) as connection:
        connection.execute(
            "drop table if exists supple_sessions, supple_requests, supple_batches,"
            " supple_refusals, supple_partitions cascade"
        )
        create_tables(connection, partitions=4)
        yield connection


@pytest.fixture
def workers(server: Server, connection: Connection) -> Iterator[list[Worker]]:
    """Three workers that have not begun."""
    assert connection.autocommit
    workers = [Worker(server.conninfo, TIMELINES, tick_ms=1) for _ in range(3)]
    yield workers
    for worker in workers:
        worker.stop()
        worker.run()


def until_over(connection: Connection, *workers: Worker) -> None:
    """Have workers do their steps until no session is left."""
    for _ in range(100_000):
        for worker in workers:
            worker.step()
        rows = "(select from supple_sessions union all select from supple_requests)"
        [(is_going,)] = connection.execute(f"select exists {rows}")
        if not is_going:
            return
    pytest.fail("sessions are left")


def share_out(*workers: Worker) -> list[int]:
    """Have workers share out the partitions, and return how many each has."""
    for _ in range(5):
        for worker in workers:
            worker._shared_out_ms = 0
            worker.step()
    return [worker.metrics()["partitions"] for worker in workers]


def events_of(connection: Connection, session: str) -> list[tuple[int, str]]:
    """Return the numbers and lines that are out of a session, in their order."""
    query = (
        "select number, event::text from supple_events where session = %s order by position, place"
    )
    return connection.execute(query, [session]).fetchall()


def whole(routine: str) -> list[tuple[int, str]]:
    """Return what should be out of a session that went through."""
    return [*enumerate(map(event_lines.encode, TIMELINES[routine]), 1)]


def test_one_thin_way_through(connection: Connection, workers: list[Worker]) -> None:
    """A session is opened, started, played and over; every event is in the table once."""
    assert share_out(workers[0]) == [4]
    open_session(connection, "ann", "holds", speed=100)
    tell(connection, "ann", "start")
    until_over(connection, workers[0])
    assert events_of(connection, "ann") == whole("holds")
    metrics = workers[0].metrics()
    assert metrics | {"commits": 1, "late_ms": 0} == {
        "partitions": 4,
        "players": 0,
        "late_ms": 0,
        "events": len(TIMELINES["holds"]),
        "commits": 1,
        "refused": 0,
        "taken": 4,
        "connections": 1,
    }
    assert f"\nsupple_events_total {metrics['events']}\n" in prometheus(metrics)


def test_partitions_are_shared_out(connection: Connection, workers: list[Worker]) -> None:
    """Who joins gets a share, and who leaves hands it on; everybody's sessions go on."""
    ann, bob, cat = workers
    names = [f"s{i}" for i in range(12)]
    for name in names:
        open_session(connection, name, "waits", speed=100, gap_ms=60_000)
        tell(connection, name, "start")
    assert share_out(ann) == [4]
    assert share_out(ann, bob) == [2, 2]
    assert sorted(share_out(ann, bob, cat)) == [1, 1, 2]
    assert sum(worker.metrics()["players"] for worker in workers) == 12
    bob._drop()  # as if killed
    assert sorted(share_out(ann, cat)) == [2, 2]
    for name in names:
        tell(connection, name, "ready")
    until_over(connection, ann, cat)
    kinds = [event.kind for event in TIMELINES["waits"]]
    for name in names:
        numbers, lines = zip(*events_of(connection, name), strict=True)
        assert numbers == (*range(1, len(kinds) + 1),)
        assert [event_lines.decode(line).kind for line in lines] == kinds


def test_partitions_are_taken_one_at_a_time(connection: Connection, workers: list[Worker]) -> None:
    """Nobody waits while sessions of others are brought back, nor do these for a tick."""
    open_session(connection, "ann", "holds", speed=100)
    steps = [(workers[0].step(), workers[0].metrics()["partitions"]) for _ in range(5)]
    assert [partitions for _, partitions in steps] == [1, 2, 3, 4, 4]
    assert [pause_ms for pause_ms, _ in steps[:4]] == [0] * 4


def test_a_tick_of_many_events_is_several_rows(
    connection: Connection, monkeypatch: pytest.MonkeyPatch, workers: list[Worker]
) -> None:
    """A row has so many events and no more, and the next position goes on."""
    monkeypatch.setattr(tables, "MOST_IN_BATCH", 4)
    monkeypatch.setattr(tables, "_MOST_LINES", 2)
    monkeypatch.setattr(tables, "_lines", {})
    open_session(connection, "ann", "holds", speed=100)
    tell(connection, "ann", "start")
    until_over(connection, workers[0])
    assert events_of(connection, "ann") == whole("holds")
    query = "select max(json_array_length(events::json)) from supple_batches"
    assert connection.execute(query).fetchone() == (4,)


def test_who_takes_over_goes_on_at_the_mark(connection: Connection, workers: list[Worker]) -> None:
    """What time alone has brought since the last command is out already, and stays so."""
    ann, bob, _ = workers
    open_session(connection, "ann", "holds", speed=20, gap_ms=60_000)
    tell(connection, "ann", "start")
    while len(events_of(connection, "ann")) < 6:
        ann.step()
    ann._drop()
    until_over(connection, bob)
    assert events_of(connection, "ann") == whole("holds")


def test_positions_have_no_gaps(connection: Connection, workers: list[Worker]) -> None:
    """A consumer that reads on from a position in a partition misses nothing."""
    for i in range(8):
        open_session(connection, f"s{i}", "holds", speed=100)
        tell(connection, f"s{i}", "start")
    until_over(connection, workers[0])
    query = "select count(*), max(position), min(position) from supple_batches group by partition"
    rows = connection.execute(query).fetchall()
    assert all((count, 1) == (most, least) for count, most, least in rows)
    count = connection.execute("select count(*) from supple_events").fetchone()
    assert count == (8 * len(TIMELINES["holds"]),)


def test_a_step_that_fails_leaves_nothing(connection: Connection, workers: list[Worker]) -> None:
    """Where a commit does not come about, the requests are still there, and the events are not."""
    open_session(connection, "ann", "holds", speed=100)
    tell(connection, "ann", "start")
    connection.execute("alter table supple_sessions add check (routine = 'none')")
    with pytest.raises(psycopg.errors.CheckViolation):
        workers[0].run()
    assert events_of(connection, "ann") == []
    assert workers[0].metrics()["partitions"] == 0
    connection.execute("alter table supple_sessions drop constraint supple_sessions_routine_check")
    until_over(connection, workers[0])
    assert events_of(connection, "ann") == whole("holds")


def test_who_loses_the_connection_commits_nothing_more(
    connection: Connection, workers: list[Worker]
) -> None:
    """The partitions are another's at once, and the one that has lost them begins anew."""
    ann, bob, _ = workers
    open_session(connection, "ann", "holds", speed=100, gap_ms=60_000)
    tell(connection, "ann", "start")
    share_out(ann)
    owned = ann._owned
    terminate = "select pg_terminate_backend(pid) from pg_locks where locktype = 'advisory'"
    connection.execute(terminate)
    for _ in range(1000):  # the server does that in its own time
        if share_out(bob) == [4]:
            break
    assert bob.metrics()["partitions"] == 4
    with pytest.raises(psycopg.OperationalError):
        ann.step()
    assert owned == {}
    until_over(connection, bob)
    assert events_of(connection, "ann") == whole("holds")
    assert share_out(ann, bob) == [2, 2]


def test_run_waits_for_the_database(
    server: Server, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """Where there is no database it tries again, until it is stopped."""
    worker = Worker(f"{server.conninfo} port=1", TIMELINES)
    waits: list[float] = []

    def wait(seconds: float) -> None:
        waits.append(seconds)
        if len(waits) == 2:
            worker.stop()

    monkeypatch.setattr(worker._stop, "wait", wait)
    worker.run()
    assert waits == [0.5, 0.5]
    [said] = caplog.messages
    assert said.startswith("the database is away, trying again: connection ")


def test_run_steps_until_it_is_stopped(
    server: Server, connection: Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It waits between two steps for no longer than a tick, and leaves its partitions."""
    worker = Worker(server.conninfo, TIMELINES, tick_ms=7, limits=ShardLimits(unattended_ms=1))
    open_session(connection, "ann", "holds")
    waits: list[float] = []

    def wait(seconds: float) -> None:
        waits.append(seconds)
        if worker.metrics()["commits"] > 4 and worker.metrics()["players"] == 0:
            worker.stop()

    monkeypatch.setattr(worker._stop, "wait", wait)
    worker.run()
    assert all(0 <= seconds <= 0.007 for seconds in waits)
    assert worker.metrics()["partitions"] == 0
    assert connection.execute("select session from supple_sessions").fetchall() == []


def test_what_is_refused_can_be_read(connection: Connection, workers: list[Worker]) -> None:
    """A refusal stands in a table of its own with the reason."""
    open_session(connection, "ann", "hold")
    tell(connection, "bob", "start")
    until_over(connection, workers[0])
    query = "select session, text, why from supple_refusals order by session"
    near = "; did you mean 'holds'? (got 'hold')"
    assert connection.execute(query).fetchall() == [
        ("ann", "{}", f"routine: must be one that is played here{near}"),
        ("bob", '{"command": "start"}', "session: must be one that is open (got 'bob')"),
    ]
    assert workers[0].metrics()["refused"] == 2


def test_the_number_of_partitions_stays(connection: Connection) -> None:
    """Tables that are there are left as they are."""
    create_tables(connection, partitions=9)
    assert connection.execute("select count(*) from supple_partitions").fetchone() == (4,)


def test_arguments_are_checked(connection: Connection) -> None:
    """Impossible numbers and names are refused, and nothing has changed."""
    with pytest.raises(ModelError, match=r"^create_tables.partitions: .* \(got 0\)$"):
        create_tables(connection, partitions=0)
    with pytest.raises(ModelError, match=r"^Worker.tick_ms: .* \(got 0\)$"):
        Worker("", TIMELINES, tick_ms=0)
    with pytest.raises(ModelError, match=r"^session: must have no zero character \(got 'a.*'\)$"):
        tell(connection, "a\0", "start")
