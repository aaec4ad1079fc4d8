"""Plan routines: choose exercises, fit them to a time, and let them grow over weeks.

Routines in, routines out. Everything here but :class:`Log` is pure: the same arguments give the
same answer on every machine. Every time is exact, and every amount stays inside the range that
the author of the catalog gave it.

>>> from supple import load_catalog
>>> from supple.planning import compose, fit
>>> plan = compose([load_catalog("lower-back")], minutes=8, targets=["lower-back"], seed=3)
>>> fit(plan.routine, minutes=7).duration_ms
420000
"""

from __future__ import annotations

from supple._lazy import lazy_names

__getattr__, __dir__, __all__ = lazy_names(__name__)
