"""Sessions that survive: many players on many machines, and no crash loses or repeats an event.

A timeline is deterministic, and a snapshot stays valid on a clock that goes on. So nothing has to
be kept for an event: a snapshot for each command, and one mark for each partition of the
sessions, "out until here". A :class:`Shard` runs the sessions of a partition, without input or
output; one transaction commits what a tick has brought. With the extra ``postgres``, a
:class:`Worker` does that on Postgres, beside as many others as there are.

:func:`create_tables`, :func:`open_session` and :func:`tell` are what a program needs that starts
sessions and passes commands on; each is a line of SQL, which any language can say.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from supple._lazy import lazy_names

if TYPE_CHECKING:
    from supple.timers.live._shard import (
        Commit as Commit,
        Kept as Kept,
        Limits as Limits,
        Refused as Refused,
        Request as Request,
        Sent as Sent,
        Shard as Shard,
    )
    from supple.timers.live._tables import (
        create_tables as create_tables,
        open_session as open_session,
        tell as tell,
    )
    from supple.timers.live._worker import Worker as Worker, prometheus as prometheus

    __all__: list[str]
else:
    __getattr__, __dir__, __all__ = lazy_names(
        __name__,
        {
            "_shard": "Commit Kept Limits Refused Request Sent Shard",
            "_tables": "create_tables open_session tell",
            "_worker": "Worker prometheus",
        },
    )
