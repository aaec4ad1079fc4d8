"""APSchedulerTimer: calls from jobs of real schedulers."""

from __future__ import annotations

import asyncio
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from apscheduler.events import EVENT_JOB_ERROR
from apscheduler.executors.debug import DebugExecutor
from apscheduler.executors.pool import ThreadPoolExecutor as PoolOfScheduler
from apscheduler.jobstores.memory import MemoryJobStore
from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.schedulers.background import BackgroundScheduler
from apscheduler.schedulers.blocking import BlockingScheduler

from supple import EventKind, MissingExtraError, ModelError, PlayerState
from supple.testing import timer_conformance
from supple.timers import Runner
from supple.timers.apscheduler import APSchedulerTimer

from .brief import Listener, brief_timeline, import_without

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from apscheduler.events import JobExecutionEvent

    from supple import Event
    from supple.testing import Run


WITHIN = 60


def wait(until: Callable[[], bool], timeout: float = WITHIN) -> None:
    """Wait until a condition holds, while the threads of a scheduler run."""
    end = time.monotonic() + timeout
    while not until() and time.monotonic() < end:
        threading.Event().wait(0.001)


@pytest.fixture
def scheduler() -> Iterator[BackgroundScheduler]:
    """Start a scheduler in a thread of its own, and end it with its threads."""
    scheduler = BackgroundScheduler(timezone="America/St_Johns")
    scheduler.start()
    yield scheduler
    assert scheduler.get_jobs() == []
    scheduler.shutdown()


# --- what every timer does


@contextmanager
def background() -> Iterator[tuple[APSchedulerTimer, Run]]:
    """Make a timer of a scheduler that has one thread for its jobs, so that these are in order."""
    scheduler = BackgroundScheduler(executors={"default": PoolOfScheduler(1)})
    scheduler.start()
    yield APSchedulerTimer(scheduler), wait
    scheduler.shutdown()


@contextmanager
def asynchronous() -> Iterator[tuple[APSchedulerTimer, Run]]:
    """Make a timer of a scheduler in an event loop, which has one thread for its jobs."""
    loop = asyncio.new_event_loop()
    loop.set_default_executor(ThreadPoolExecutor(1))

    def run(until: Callable[[], bool], timeout: float) -> None:
        end = time.monotonic() + timeout

        def look() -> None:
            if until() or time.monotonic() > end:
                loop.stop()
            else:
                loop.call_later(0.001, look)

        loop.call_soon(look)
        loop.run_forever()

    scheduler = AsyncIOScheduler(event_loop=loop)
    scheduler.start()
    yield APSchedulerTimer(scheduler), run
    scheduler.shutdown()
    loop.run_until_complete(loop.shutdown_default_executor())
    loop.close()


test_background_scheduler = timer_conformance(background)
test_asyncio_scheduler = timer_conformance(asynchronous)


def test_a_routine_comes_whole(scheduler: BackgroundScheduler) -> None:
    """Every event comes, in order, none early, and no job is left."""
    timer, timeline = APSchedulerTimer(scheduler), brief_timeline(0.02, 0.005, 0.03)
    listener = Listener(timer)
    with Runner(timeline, timer, listener) as runner:
        runner.start()
        wait(lambda: listener.has_heard("routine.ended"))
    assert listener.events == list(timeline)
    assert listener.early == []


def test_a_blocking_scheduler_starts_with_the_runner_started() -> None:
    """What is asked of a scheduler that has not started comes once it has."""
    before = threading.enumerate()
    scheduler = BlockingScheduler()
    timer, timeline = APSchedulerTimer(scheduler), brief_timeline(0.02, 0.01)
    listener = Listener(timer)

    def hear(event: Event) -> None:
        listener(event)
        if event.kind is EventKind.ROUTINE_ENDED:
            scheduler.shutdown(wait=False)

    with Runner(timeline, timer, hear) as runner:
        runner.start()
        scheduler.start()
    for thread in {*threading.enumerate()}.difference(before):
        thread.join(WITHIN)
        assert not thread.is_alive()
    assert listener.events == list(timeline)
    assert listener.early == []


def test_what_a_callback_raises_goes_to_the_listeners(scheduler: BackgroundScheduler) -> None:
    """An exception is an event of the scheduler, and the next events of the routine come."""
    timer, timeline = APSchedulerTimer(scheduler), brief_timeline(0.01, 0.01)
    listener = Listener(timer)
    failed: list[JobExecutionEvent] = []
    scheduler.add_listener(failed.append, EVENT_JOB_ERROR)

    def fail_at_holds(event: Event) -> None:
        listener(event)
        if event.kind is EventKind.HOLD_STARTED:
            raise LookupError(event.at_ms)

    with Runner(timeline, timer, fail_at_holds) as runner:
        runner.start()
        wait(lambda: listener.has_heard("routine.ended") and len(failed) == 2)
    assert [event.exception.args for event in failed] == [(10,), (30,)]
    assert listener.events == list(timeline)


# --- ending early


def test_closing_the_runner_removes_the_job(scheduler: BackgroundScheduler) -> None:
    """In the middle of a routine the runner is closed: its one job is removed."""
    timer = APSchedulerTimer(scheduler)
    listener = Listener(timer)
    runner = Runner(brief_timeline(0.01, 3600), timer, listener)
    runner.start()
    wait(lambda: listener.has_heard("hold.ended") and len(scheduler.get_jobs()) == 1)
    [job] = scheduler.get_jobs()
    assert job.name == "supple"
    runner.close()
    assert scheduler.get_jobs() == []


def test_a_call_is_taken_back_even_from_the_pool() -> None:
    """A job that already waits for a free thread calls nothing once it was cancelled."""
    scheduler = BackgroundScheduler(executors={"default": PoolOfScheduler(1)})
    scheduler.start()
    timer = APSchedulerTimer(scheduler)
    busy, go_on = threading.Event(), threading.Event()
    called: list[str] = []

    def occupy() -> None:
        busy.set()
        go_on.wait(WITHIN)

    timer.call_at(timer.time(), occupy)
    assert busy.wait(WITHIN)
    handle = timer.call_at(timer.time(), lambda: called.append("cancelled"))
    wait(lambda: scheduler.get_jobs() == [])
    handle.cancel()
    timer.call_at(timer.time(), lambda: called.append("last"))
    go_on.set()
    wait(lambda: bool(called))
    scheduler.shutdown()
    assert called == ["last"]


def test_after_the_shutdown_nothing_comes() -> None:
    """A scheduler is shut down in the middle of a routine: the runner stays silent."""
    scheduler = BackgroundScheduler()
    scheduler.start()
    timer = APSchedulerTimer(scheduler)
    listener = Listener(timer)
    with Runner(brief_timeline(0.01, 3600), timer, listener) as runner:
        runner.start()
        wait(lambda: listener.has_heard("hold.ended"))
        scheduler.shutdown()
        runner.pause()
        runner.resume()
        assert runner.state is PlayerState.RUNNING
    assert scheduler.get_jobs() == []
    assert not listener.has_heard("routine.ended")


# --- where and when


def test_the_job_says_when_whatever_the_time_zone(scheduler: BackgroundScheduler) -> None:
    """The job of a call in an hour runs in an hour, and is not dropped when it is late."""
    timer = APSchedulerTimer(scheduler)
    before = datetime.now(UTC)
    handle = timer.call_at(timer.time() + 3600, scheduler.shutdown)
    [job] = scheduler.get_jobs()
    hour, slack = timedelta(hours=1), timedelta(seconds=1)
    assert before + hour - slack <= job.next_run_time <= datetime.now(UTC) + hour + slack
    assert job.misfire_grace_time is None
    handle.cancel()


def test_the_store_and_the_executor_can_be_named(scheduler: BackgroundScheduler) -> None:
    """Jobs go into the store, and run in the executor, that the timer is given."""
    scheduler.add_jobstore(MemoryJobStore(), "brief")
    scheduler.add_executor(PoolOfScheduler(1, {"thread_name_prefix": "calm"}), "calm")
    timer = APSchedulerTimer(scheduler, jobstore="brief", executor="calm")
    handle = timer.call_at(timer.time() + 3600, scheduler.shutdown)
    assert len(scheduler.get_jobs("brief")) == 1
    handle.cancel()
    threads: list[str] = []
    timer.call_at(timer.time(), lambda: threads.append(threading.current_thread().name))
    wait(lambda: bool(threads))
    assert threads == ["calm_0"]


def test_a_job_that_runs_too_soon_asks_for_another(
    scheduler: BackgroundScheduler, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where the clock on the wall has run ahead, the call waits until its own clock is there."""
    real = time.monotonic
    monkeypatch.setattr(time, "monotonic", lambda: real() / 3)
    timer = APSchedulerTimer(scheduler)
    came: list[float] = []
    when = timer.time() + 0.01
    timer.call_at(when, lambda: came.append(timer.time()))
    wait(lambda: bool(came))
    assert len(came) == 1
    assert came[0] >= when


def test_without_apscheduler_the_import_names_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    """Importing the adapter without APScheduler says how to install it."""
    error = import_without("apscheduler", "supple.timers.apscheduler", monkeypatch)
    assert isinstance(error, MissingExtraError)
    assert str(error) == (
        "this needs the package APScheduler, which is not installed: "
        "pip install 'supple[apscheduler]'"
    )


def test_an_executor_that_holds_the_lock() -> None:
    """An executor that runs jobs inside the lock of the scheduler is refused, not waited for."""
    scheduler = BackgroundScheduler(executors={"default": DebugExecutor()})
    timer = APSchedulerTimer(scheduler)
    for _ in range(2):
        with pytest.raises(ModelError) as caught:
            timer.call_at(timer.time(), int)
        assert str(caught.value).startswith(
            "APSchedulerTimer.executor: must run jobs outside of the lock of the scheduler, "
            "as a pool of threads does (got "
        )
        if not scheduler.running:
            scheduler.start()
    assert scheduler.get_jobs() == []
    scheduler.shutdown()
