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

TYPE_CHECKING = False  # as in the package above
if TYPE_CHECKING:
    from supple.planning._candidates import Reason as Reason, Why as Why
    from supple.planning._compose import Plan as Plan, compose as compose
    from supple.planning._dosed import (
        Dosed as Dosed,
        FollowsLevel as FollowsLevel,
        dosed as dosed,
        prescriptions as prescriptions,
    )
    from supple.planning._duration import duration_ms as duration_ms
    from supple.planning._fit import Fitted as Fitted, fit as fit
    from supple.planning._log import Entry as Entry, Log as Log
    from supple.planning._programme import Programme as Programme, Session as Session
    from supple.planning._programme_files import (
        read_programme as read_programme,
        write_programme as write_programme,
    )
    from supple.planning._progression import (
        Grow as Grow,
        Progression as Progression,
        grown as grown,
    )

    __all__: list[str]
else:
    __getattr__, __dir__, __all__ = lazy_names(
        __name__,
        {
            "_candidates": "Reason Why",
            "_compose": "Plan compose",
            "_dosed": "Dosed FollowsLevel dosed prescriptions",
            "_duration": "duration_ms",
            "_fit": "Fitted fit",
            "_log": "Entry Log",
            "_programme": "Programme Session",
            "_programme_files": "read_programme write_programme",
            "_progression": "Grow Progression grown",
        },
    )
