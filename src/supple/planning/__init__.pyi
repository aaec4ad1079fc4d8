from supple.planning._candidates import Reason as Reason, Why as Why
from supple.planning._compose import Plan as Plan, compose as compose
from supple.planning._dosed import (
    Dosed as Dosed,
    FollowsLevel as FollowsLevel,
    dosed as dosed,
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
