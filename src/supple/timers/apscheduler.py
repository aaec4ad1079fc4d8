"""APScheduler 3 as a timer: a scheduler that a program has anyway."""

from __future__ import annotations

import time
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from functools import partial
from math import ceil
from threading import Lock
from typing import TYPE_CHECKING, final
from uuid import uuid4

from supple._errors import ModelError
from supple._extras import brought_by
from supple._units import US_PER_SECOND
from supple.timers._adapter import Adapter

with brought_by("apscheduler", "APScheduler"):
    from apscheduler.executors.debug import DebugExecutor
    from apscheduler.jobstores.base import JobLookupError

if TYPE_CHECKING:
    from collections.abc import Callable

    from apscheduler.schedulers.base import BaseScheduler

    from supple.timers._protocol import Handle


@final
class APSchedulerTimer(Adapter):
    """Calls back by jobs of a scheduler, each of which runs once.

    It fits every scheduler of APScheduler 3, and may be used from any thread. Before the
    scheduler is started its calls wait, and once it is shut down none comes any more.

    Callbacks run where the executor runs jobs, which is in the threads of a pool unless told
    otherwise, even with an ``AsyncIOScheduler``. A runner still calls one at a time and in order.
    What a callback raises goes to the log and to the scheduler's listeners for
    ``EVENT_JOB_ERROR``. No job is dropped because it is late.

    A call comes in the first full microsecond after its instant, or as soon after that as the
    scheduler wakes and the pool has a free thread, which often takes a few milliseconds; never
    early. The clock is monotonic and the time zone of the scheduler does not matter, but a
    scheduler knows no other clock than that on the wall: where that is set back, a call that is
    waited for comes later by as much, and where it is set ahead, nothing changes.

    Args:
        scheduler: What runs the jobs, started or not.
        jobstore: The alias of the store that keeps them. It has to be one in memory, since a
            callback cannot be written down.
        executor: The alias of what runs them. ``call_at`` refuses a ``DebugExecutor`` with a
            :class:`~supple.ModelError`: it runs jobs inside the lock of the scheduler, for which
            a command in another thread waits.

    >>> from apscheduler.schedulers.blocking import BlockingScheduler
    >>> scheduler = BlockingScheduler()
    >>> timer = APSchedulerTimer(scheduler)
    >>> handle = timer.call_at(timer.time() + 0.01, lambda: scheduler.shutdown(wait=False))
    >>> scheduler.start()
    """

    def __init__(
        self, scheduler: BaseScheduler, *, jobstore: str = "default", executor: str = "default"
    ) -> None:
        self._scheduler = scheduler
        self._executor = executor
        self._add_job = partial(
            scheduler.add_job,
            trigger="date",
            name="supple",
            misfire_grace_time=None,
            jobstore=jobstore,
            executor=executor,
        )

    def _call_at(self, when: float, callback: Callable[[], object]) -> Handle:
        executors = self._scheduler._executors  # noqa: SLF001 - there is no other way to ask
        if isinstance(executors.get(self._executor), DebugExecutor):
            raise ModelError(
                "APSchedulerTimer.executor",
                "must run jobs outside of the lock of the scheduler, as a pool of threads does",
                DebugExecutor,
            )
        call = _Call(self._scheduler, self._add_job, when, callback)
        call.wait()
        return call


class _Call:
    """A call to come, as a job."""

    def __init__(
        self,
        scheduler: BaseScheduler,
        add_job: Callable[..., object],
        when: float,
        callback: Callable[[], object],
    ) -> None:
        self._scheduler = scheduler
        self._add_job = add_job
        self._when = when
        self._callback = callback
        self._id = uuid4().hex
        self._lock = Lock()
        self._is_cancelled = False

    def wait(self) -> None:
        delay = max(self._when - time.monotonic(), 0)
        delay_us = ceil(delay * US_PER_SECOND)
        run_date = datetime.now(UTC) + timedelta(microseconds=delay_us)
        self._add_job(self._come, id=self._id, run_date=run_date)

    def _come(self) -> None:
        # Asking for the job waits until the scheduler has put it aside. Were the callback faster
        # and shut the scheduler down, that would look for the job in vain, and fail.
        self._scheduler.get_job(self._id)
        with self._lock:
            if self._is_cancelled:  # after the job had gone to the pool
                return
            if time.monotonic() < self._when:
                self.wait()
                return
        self._callback()

    def cancel(self) -> None:
        with self._lock:
            self._is_cancelled = True
            with suppress(JobLookupError):
                self._scheduler.remove_job(self._id)
