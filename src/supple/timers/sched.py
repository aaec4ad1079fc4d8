"""A timer for programs that run the module ``sched`` of the standard library."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, final

from supple.timers._calls import require_call

if TYPE_CHECKING:
    import sched
    from collections.abc import Callable

    from supple.timers._protocol import Handle


@final
class SchedTimer:
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

    def call_at(self, when: float, callback: Callable[[], object], /) -> Handle:
        """Have a callback called once the clock has got to an instant.

        Args:
            when: The instant, in seconds.
            callback: What to call. What it returns is ignored.

        Raises:
            ModelError: If ``when`` is no finite number, or there is nothing to call. Nothing
                has changed then.
        """
        require_call(self, when, callback)
        return _Call(self._scheduler, self._scheduler.enterabs(when, 0, callback))


class _Call:
    """A call to come, as an event of the scheduler."""

    def __init__(self, scheduler: sched.scheduler, event: sched.Event) -> None:
        self._scheduler = scheduler
        self._event = event

    def cancel(self) -> None:
        with suppress(ValueError):  # it is not entered any more
            self._scheduler.cancel(self._event)
