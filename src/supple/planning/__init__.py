"""Plan routines: how long they take, how they fit a time, and how they grow over weeks.

Routines in, routines out. Everything here but :class:`Log` is pure: the same arguments give the
same answer on every machine. Every time is exact, and every amount stays inside the range that
the author of the catalog gave it.

>>> from supple import load_catalog
>>> mine = fit(load_catalog("lower-back").routines["lower-back"], minutes=8)
>>> mine.duration_ms
480000
"""

from __future__ import annotations

from supple.planning._compose import Plan, compose
from supple.planning._dosed import Dosed, FollowsLevel, dosed, prescriptions
from supple.planning._duration import duration_ms
from supple.planning._fit import Fitted, fit
from supple.planning._reasons import Reason, Why

__all__ = [
    "Dosed",
    "Fitted",
    "FollowsLevel",
    "Plan",
    "Reason",
    "Why",
    "compose",
    "dosed",
    "duration_ms",
    "fit",
    "prescriptions",
]
