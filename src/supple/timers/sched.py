"""A timer for programs that run the module ``sched`` of the standard library."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, final

from supple.timers._adapter import Adapter, Call

if TYPE_CHECKING:
    import sched
    from collections.abc import Callable

    from supple.timers._protocol import Handle


@final
class SchedTimer(Adapter):
    """A timer that enters its calls into a scheduler.

    They come while ``scheduler.run()`` runs, in its thread, and that raises what a callback
    raises; run again, it goes on with the next. It returns once nothing is entered any more,
    as in a pause; and while it sleeps, it does not notice what another thread enters.

    The clock of the scheduler must tell seconds, as that of ``sched.scheduler()`` does.

    Args:
        scheduler: What to enter the calls into.

    >>> from sched import scheduler
    >>> agenda = scheduler()
    >>> timer = SchedTimer(agenda)
    >>> handle = timer.call_at(timer.time() + 0.01, lambda: print("called"))
    >>> agenda.run()
    called
    """

    def __init__(self, scheduler: sched.scheduler) -> None:
        self._scheduler = scheduler

    def time(self) -> float:
        """Return the present instant of the scheduler's clock, in seconds."""
        return self._scheduler.timefunc()

    def _call_at(self, when: float, callback: Callable[[], object]) -> Handle:
        event = self._scheduler.enterabs(when, 0, callback)
        return Call(partial(self._scheduler.cancel, event), ValueError)
