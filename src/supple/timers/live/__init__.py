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

from supple._lazy import lazy_names

__getattr__, __dir__, __all__ = lazy_names(__name__)
