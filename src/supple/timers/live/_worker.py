"""A worker runs its share of the partitions on Postgres, beside as many others as there are."""

from __future__ import annotations

import logging
import threading
from typing import TYPE_CHECKING, final

from attrs import define

from supple._model import requirements as must
from supple._units import ms_to_seconds
from supple.timers.live import _tables as tables
from supple.timers.live._shard import Shard, ShardLimits

if TYPE_CHECKING:
    from collections.abc import Mapping

    from supple._timeline.timeline import Timeline
    from supple.timers.live._shard import Commit
    from supple.timers.live._tables import Connection

log = logging.getLogger(__name__)

_MARK_EVERY_MS = 1000
"""So often the mark is kept, even where nothing else happens."""

_SHARE_OUT_EVERY_MS = 500

_SECONDS_TO_RECONNECT = 0.5

_COUNTED = ("events", "commits", "refused", "taken", "connections")
"""Which metrics only grow."""


@final
class Worker:
    """Runs its share of the partitions, with the others that are there.

    Workers join, leave and die as they like. A partition belongs to the one whose connection
    holds its advisory lock, and every commit goes over that very connection: whoever has lost it
    can commit nothing more. There is no lease to renew. Partitions are shared out evenly anew
    within half a second of a worker that comes, goes or is killed, and within about three of one
    that freezes or whose machine is unplugged; a minute, if it freezes in the middle of a commit.

    The clock is that of the database, so those of the machines do not matter.

    The connection has to be a direct one, or pooled by session: a lock does not live through a
    pooler that shares connections between transactions. The server must not lose commits that
    it has confirmed: leave ``fsync`` and ``synchronous_commit`` on, and fail over to synchronous
    replicas only.

    Args:
        conninfo: Where the database is, as libpq says it; the tables are there already.
        timelines: The timelines by the names that sessions are opened with, the same for all
            workers. While there are sessions of a name, its timing must not change.
        limits: How long sessions are waited for, and how far they catch up.
        tick_ms: How often to look for what is due and wanted, which is also how late an event
            comes at the most where there is no load.

    Raises:
        ModelError: If ``tick_ms`` is out of its bounds: it is a second at the most.
    """

    def __init__(
        self,
        conninfo: str,
        timelines: Mapping[str, Timeline],
        *,
        limits: ShardLimits | None = None,
        tick_ms: int = 50,
    ) -> None:
        self._conninfo = conninfo
        self._timelines = timelines
        self._limits = limits or ShardLimits()
        self._tick_ms = must.Whole(1, _MARK_EVERY_MS).require("Worker.tick_ms", tick_ms)
        self._connection: Connection | None = None
        self._owned: dict[int, _Owned] = {}
        self._shared_out_ms = 0
        self._stop = threading.Event()
        self._counts = dict.fromkeys(_COUNTED, 0)
        self._late_ms = 0

    def metrics(self) -> dict[str, int]:
        """Return what there is to watch, as plain numbers.

        ``partitions`` and ``players`` are those of now, ``late_ms`` is how late the last commit
        was for the first event that was due. The others count since the start: ``events`` and
        ``commits`` that went out, requests ``refused``, partitions ``taken`` and
        ``connections`` made.

        >>> Worker("", {}).metrics()["players"]
        0
        """
        return {
            "partitions": len(self._owned),
            "players": sum(len(owned.shard) for owned in list(self._owned.values())),
            "late_ms": self._late_ms,
            **self._counts,
        }

    # --- for as long as it runs ---------------------------------------------------

    def run(self) -> None:
        """Work until :meth:`stop` is called, which another thread or a signal handler may do.

        Where the database is away it waits and goes on, with what was committed. Partitions are
        free for others when it returns.
        """
        level = logging.WARNING
        try:
            while not self._stop.is_set():
                try:
                    pause_ms = self.step()
                except tables.Lost as error:
                    log.log(level, "the database is away, trying again: %s", error)
                    level = logging.DEBUG  # once is enough
                    self._stop.wait(_SECONDS_TO_RECONNECT)
                else:
                    level = logging.WARNING
                    self._stop.wait(ms_to_seconds(pause_ms))
        finally:
            self._drop()

    def stop(self) -> None:
        """Have :meth:`run` return after the tick that is under way."""
        self._stop.set()

    def _drop(self) -> None:
        """Forget everything that is not in the tables, and the locks with it."""
        self._owned.clear()
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def step(self) -> int:
        """Do once what there is to do, and return after how many milliseconds to come again.

        Raises:
            psycopg.OperationalError: If the database is away. Nothing is owned then, and the
                next step begins anew.
        """
        try:
            return self._step()
        except BaseException:
            self._drop()  # what has gone wrong half way must not go on
            raise

    def _step(self) -> int:
        if self._connection is None:
            self._connection = tables.join(self._conninfo)
            self._shared_out_ms = 0
            self._counts["connections"] += 1
        connection = self._connection
        now_ms, wanted = tables.look(connection, list(self._owned))
        if not 0 <= now_ms - self._shared_out_ms < _SHARE_OUT_EVERY_MS:
            has_taken = self._share_out(connection)
            self._shared_out_ms = 0 if has_taken else now_ms
            now_ms, wanted = tables.look(connection, list(self._owned))
        due = [
            (partition, owned)
            for partition, owned in self._owned.items()
            if partition in wanted or owned.is_due(now_ms)
        ]
        if due:
            with connection.transaction():  # one for all: what takes time is to make it safe
                commits = [
                    self._tick(connection, now_ms, *each, has_requests=each[0] in wanted)
                    for each in due
                ]
            self._counts["commits"] += 1
            self._counts["events"] += sum(len(commit.sent) for commit in commits)
            self._counts["refused"] += sum(len(commit.refused) for commit in commits)
        if not self._shared_out_ms:  # there may be more to take
            return 0
        return max(now_ms + self._tick_ms - tables.look(connection, [])[0], 0)

    def _share_out(self, connection: Connection) -> bool:
        """Leave what is above the share of this worker, or take one that is free.

        Return whether one was taken. It is no more than one, so that nobody waits for sessions
        that others could bring back meanwhile.
        """
        place, workers, partitions = tables.rank(connection)
        share = partitions // workers + (place < partitions % workers)
        while len(self._owned) > share:
            tables.leave(connection, self._owned.popitem()[0])
        if len(self._owned) < share:
            for partition in range(partitions):
                if partition not in self._owned and tables.take(connection, partition):
                    found = tables.load(connection, partition, self._timelines, self._limits)
                    self._owned[partition] = _Owned(*found)
                    self._counts["taken"] += 1
                    return True
        return False

    def _tick(
        self,
        connection: Connection,
        now_ms: int,
        partition: int,
        owned: _Owned,
        *,
        has_requests: bool,
    ) -> Commit:
        requests = tables.take_requests(connection, partition) if has_requests else []
        deadline_ms = owned.shard.next_deadline_ms
        commit = owned.shard.tick(now_ms, requests)
        owned.position = tables.keep(connection, partition, commit, owned.position)
        owned.kept_ms = now_ms
        if deadline_ms is not None and deadline_ms <= now_ms:
            self._late_ms = now_ms - deadline_ms
        return commit


@define(eq=False)
class _Owned:
    """A partition of this worker: its shard, and how far it has been kept."""

    shard: Shard
    position: int
    kept_ms: int = 0

    def is_due(self, now_ms: int) -> bool:
        """Whether there are events to send, or the mark is to be kept once more."""
        deadline_ms = self.shard.next_deadline_ms
        has_events = deadline_ms is not None and deadline_ms <= now_ms
        return has_events or now_ms - self.kept_ms >= _MARK_EVERY_MS


def prometheus(metrics: Mapping[str, int]) -> str:
    """Return the metrics of a worker as text for Prometheus.

    >>> print(prometheus({"players": 3, "events": 40}), end="")
    # TYPE supple_players gauge
    supple_players 3
    # TYPE supple_events_total counter
    supple_events_total 40
    """
    lines = []
    for name, value in metrics.items():
        kind, end = ("counter", "_total") if name in _COUNTED else ("gauge", "")
        lines += [f"# TYPE supple_{name}{end} {kind}", f"supple_{name}{end} {value}"]
    return "".join(f"{line}\n" for line in lines)
