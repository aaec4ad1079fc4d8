"""The tables of Postgres that keep sessions, and every statement about them."""

from __future__ import annotations

import json
from functools import lru_cache
from typing import TYPE_CHECKING, Any, TypeAlias

from supple._errors import ModelError
from supple._extras import brought_by
from supple._model import requirements as must
from supple.export import event_lines
from supple.timers.live._shard import Kept, Request, Shard, ShardLimits

with brought_by("postgres", "psycopg"):
    import psycopg

if TYPE_CHECKING:
    from collections.abc import Mapping

    from supple._timeline.events import Counters, Event
    from supple._timeline.timeline import Timeline
    from supple.timers.live._shard import Commit

Connection: TypeAlias = psycopg.Connection[tuple[Any, ...]]
Lost: TypeAlias = psycopg.OperationalError

MOST_PARTITIONS = 1024
MOST_IN_BATCH = 10_000
MOST_REQUESTS = 5000
"""So many requests a partition takes in one tick; the others wait for the next."""

LOCKS = 0x73757070
"""The first key of the advisory locks: the second is the partition, or -1 for being a worker."""

TABLES = """
create table if not exists supple_partitions (
    partition int primary key,
    mark_ms bigint not null default 0,   -- everything up to here is out
    position bigint not null default 0   -- that of the last batch of events that is out
);
create table if not exists supple_sessions (
    session text primary key,
    partition int not null references supple_partitions,
    routine text not null,
    snapshot jsonb not null,
    sent bigint not null                 -- events that were out when the snapshot was taken
);
create index if not exists supple_sessions_of on supple_sessions (partition);
create table if not exists supple_requests (
    number bigint generated always as identity,
    partition int not null references supple_partitions,
    session text not null,
    routine text,                        -- what a new session plays; null for a command
    text text not null,
    primary key (partition, number)
);
create table if not exists supple_batches (
    partition int not null,
    position bigint not null,            -- in the partition: 1, 2, 3 ... in the order of commits
    events text not null,                -- as JSON: [[session, number, event], ...]
    primary key (partition, position)
);
do $$ begin
    alter table supple_batches alter events set compression lz4;
exception when feature_not_supported then null;  -- a server built without it
end $$;
create or replace view supple_events as
    select partition, position, place,
        item ->> 0 as session,
        (item ->> 1)::bigint as number,  -- in the session: 1, 2, 3 ...
        item -> 2 as event               -- an event line
    from supple_batches, json_array_elements(events::json) with ordinality as item_at(item, place);
create table if not exists supple_refusals (
    at timestamptz not null default clock_timestamp(),
    session text not null,
    text text not null,
    why text not null
);
create or replace function supple_request(name text, command text, plays text default null)
returns void language sql as $$
    insert into supple_requests (partition, session, routine, text)
    select ('x' || left(md5(name), 7))::bit(28)::int % count(*), name, plays, command
    from supple_partitions
$$;
"""


def create_tables(connection: Connection, *, partitions: int = 16) -> None:
    """Create the tables that keep sessions, where there are none yet.

    More partitions than there will ever be workers let the work be shared out evenly. Their
    number is for ever: that of tables that are there already stays as it is.

    Args:
        connection: A connection of psycopg. The transaction is committed.
        partitions: Into how many parts the sessions are divided.

    Raises:
        ModelError: If ``partitions`` is out of its bounds. Nothing has changed then.
    """
    must.Whole(1, MOST_PARTITIONS).require("create_tables.partitions", partitions)
    with connection.transaction():
        connection.execute("select pg_advisory_xact_lock(%s, -2)", [LOCKS])  # one at a time
        connection.execute(TABLES)
        connection.execute(
            "insert into supple_partitions (partition) select generate_series(0, %s - 1)"
            " where not exists (select from supple_partitions)",
            [partitions],
        )


def open_session(connection: Connection, session: str, routine: str, **settings: Any) -> None:
    """Have a session opened, which then waits to be told ``start``.

    In SQL it is ``select supple_request('ann', '{"speed": 1}', 'lower-back')``. What is refused,
    as for a routine that no worker knows, stands in ``supple_refusals``.

    Args:
        connection: A connection of psycopg. The transaction is left to you.
        session: A name of its own, which is used once, such as a UUID.
        routine: The name of one of the timelines of the workers.
        **settings: What :class:`supple.Player` takes by name.

    Raises:
        ModelError: If a name holds a zero character, which Postgres has no place for.
    """
    _request(connection, session, json.dumps(settings), routine)


def tell(connection: Connection, session: str, command: str, **arguments: Any) -> None:
    """Pass a command on to a session, whoever runs it.

    In SQL it is ``select supple_request('ann', 'pause')``. Commands of one connection are carried
    out in their order, and each of them once.

    Args:
        connection: A connection of psycopg. The transaction is left to you.
        session: The name of the session.
        command: A :class:`~supple.PlayerCommand` or its word.
        **arguments: What the command takes, as :meth:`supple.Player.command`.

    Raises:
        ModelError: If a name holds a zero character, which Postgres has no place for.
    """
    _request(connection, session, json.dumps({"command": command, **arguments}), None)


def _request(connection: Connection, session: str, text: str, routine: str | None) -> None:
    for where, name in {"session": session, "routine": routine or ""}.items():
        if "\0" in name:
            raise ModelError(where, "must have no zero character", name)
    connection.execute("select supple_request(%s, %s, %s)", [session, text, routine])


# Sessions of one timeline say the same. An event is known by what it is made of, since to compare
# two takes longer than all the rest; it is kept, so that nothing else has its identity.
_lines: dict[tuple[int, int, Counters], tuple[str, Event]] = {}
_MOST_LINES = 65_536

_name = lru_cache(maxsize=65_536)(json.dumps)


def _line(event: Event) -> str:
    made_of = (id(event._content), event.at_ms, event._counters)  # noqa: SLF001 - the library's own
    try:
        return _lines[made_of][0]
    except KeyError:
        if len(_lines) >= _MOST_LINES:
            _lines.clear()
        line = event_lines.encode(event)
        _lines[made_of] = (line, event)
        return line


# --- what a worker says, which holds the lock of the partition -----------------------


def load(
    connection: Connection, partition: int, timelines: Mapping[str, Timeline], limits: ShardLimits
) -> tuple[Shard, int]:
    """Return the shard of what was committed of a partition, and the position of its batches."""
    with connection.transaction():
        [(mark_ms, position)] = connection.execute(
            "select mark_ms, position from supple_partitions where partition = %s", [partition]
        )
        rows = connection.execute(
            "select session, routine, snapshot, sent from supple_sessions where partition = %s",
            [partition],
        )
        return Shard(timelines, mark_ms, map(Kept._make, rows), limits=limits), position


def look(connection: Connection, partitions: list[int]) -> tuple[int, set[int]]:
    """Return the instant of the database, and which partitions have requests."""
    [(now_ms, wanted)] = connection.execute(
        "select floor(extract(epoch from clock_timestamp()) * 1000)::bigint, array("
        " select p from unnest(%s::int[]) p"
        " where exists (select from supple_requests where partition = p))",
        [partitions],
    )
    return now_ms, set(wanted)


def take_requests(connection: Connection, partition: int) -> list[Request]:
    """Take what is wanted of a partition, in order, as part of the transaction."""
    rows = connection.execute(
        "with taken as (delete from supple_requests where partition = %s and number in"
        " (select number from supple_requests where partition = %s order by number limit %s)"
        " returning number, session, text, routine)"
        " select session, text, routine from taken order by number",
        [partition, partition, MOST_REQUESTS],
    )
    return [Request._make(row) for row in rows]


def keep(connection: Connection, partition: int, commit: Commit, position: int) -> int:
    """Write what a tick has brought, as part of the transaction; return the last position."""
    cursor = connection.cursor()
    # A row for many events: Postgres writes them many times as fast as a row for each.
    for start in range(0, len(commit.sent), MOST_IN_BATCH):
        position += 1
        items = ",".join(
            [
                f"[{_name(session)},{number},{_line(event)}]"
                for session, number, event in commit.sent[start : start + MOST_IN_BATCH]
            ]
        )
        cursor.execute(
            "insert into supple_batches (partition, position, events) values (%s, %s, %s)",
            [partition, position, f"[{items}]"],
        )
    if commit.kept:
        cursor.executemany(
            "insert into supple_sessions (session, partition, routine, snapshot, sent)"
            " values (%s, %s, %s, %s, %s)"
            " on conflict (session) do update"
            " set snapshot = excluded.snapshot, sent = excluded.sent",
            [
                (kept.session, partition, kept.routine, json.dumps(kept.snapshot), kept.sent)
                for kept in commit.kept
            ],
        )
    if commit.over:
        cursor.execute("delete from supple_sessions where session = any(%s)", [commit.over])
    if commit.refused:
        cursor.executemany(
            "insert into supple_refusals (session, text, why) values (%s, %s, %s)", commit.refused
        )
    cursor.execute(
        "update supple_partitions set mark_ms = %s, position = %s where partition = %s",
        [commit.mark_ms, position, partition],
    )
    return position


# --- who owns what: locks that die with the connection -------------------------------


_ON_THE_CLIENT: dict[str, Any] = {
    "application_name": "supple",
    "connect_timeout": 5,
    "keepalives_idle": 2,
    "keepalives_interval": 1,
    "keepalives_count": 2,
    "tcp_user_timeout": 4000,
}
_ON_THE_SERVER = {
    "idle_session_timeout": "2s",  # whoever is frozen loses its partitions ...
    "idle_in_transaction_session_timeout": "60s",  # ... but a shard may take a while to load
    "tcp_keepalives_idle": 2,  # whose machine is unplugged, too
    "tcp_keepalives_interval": 1,
    "tcp_keepalives_count": 2,
}


def join(conninfo: str) -> Connection:
    """Return the connection of a new worker, which is one for as long as that lives."""
    connection = psycopg.connect(conninfo, autocommit=True, **_ON_THE_CLIENT)
    for name, value in _ON_THE_SERVER.items():
        connection.execute("select set_config(%s, %s, false)", [name, str(value)])
    connection.execute("select pg_advisory_lock_shared(%s, -1)", [LOCKS])
    return connection


def rank(connection: Connection) -> tuple[int, int, int]:
    """Return which of the workers this is, from 0, how many there are, and the partitions."""
    [row] = connection.execute(
        "select count(*) filter (where pid < pg_backend_pid()), count(*),"
        " (select count(*) from supple_partitions)"
        " from pg_locks where locktype = 'advisory' and classid::bigint = %s"
        " and objid::bigint = 4294967295 and granted"
        " and database = (select oid from pg_database where datname = current_database())",
        [LOCKS],
    )
    return row[0], row[1], row[2]


def take(connection: Connection, partition: int) -> bool:
    """Return whether the partition is this worker's from now on."""
    [(taken,)] = connection.execute("select pg_try_advisory_lock(%s, %s)", [LOCKS, partition])
    return bool(taken)


def leave(connection: Connection, partition: int) -> None:
    """Let another worker take the partition."""
    connection.execute("select pg_advisory_unlock(%s, %s)", [LOCKS, partition])
