from supple.timers.live._shard import (
    Commit as Commit,
    Kept as Kept,
    Refused as Refused,
    Request as Request,
    Sent as Sent,
    Shard as Shard,
    ShardLimits as ShardLimits,
)
from supple.timers.live._tables import (
    create_tables as create_tables,
    open_session as open_session,
    tell as tell,
)
from supple.timers.live._worker import Worker as Worker, prometheus as prometheus

__all__: list[str]
