"""SchedTimer: calls from the scheduler of the standard library."""

from __future__ import annotations

import time
from contextlib import contextmanager
from sched import scheduler
from typing import TYPE_CHECKING

import pytest

from supple.testing import timer_conformance
from supple.timers import Runner
from supple.timers.sched import SchedTimer

from .brief import Listener, brief_timeline

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from supple.testing import Run


@contextmanager
def opened() -> Iterator[tuple[SchedTimer, Run]]:
    """Open a timer by a scheduler that is run over and over."""
    agenda = scheduler()

    def run(until: Callable[[], bool], timeout: float) -> None:
        end = time.monotonic() + timeout
        while not until() and time.monotonic() < end:
            agenda.run(blocking=False)
            time.sleep(0.001)

    yield SchedTimer(agenda), run


test_conformance = timer_conformance(opened)


def test_a_routine() -> None:
    """Running the scheduler runs the routine, and returns at its end."""
    timeline = brief_timeline(0.01, 0.02)
    agenda = scheduler()
    listener = Listener(SchedTimer(agenda))
    Runner(timeline, SchedTimer(agenda), listener).start()
    agenda.run()
    assert listener.events == list(timeline)
    assert listener.early == []
    assert agenda.empty()


def test_what_a_callback_raises() -> None:
    """It comes out of the scheduler; run again, that goes on with the next event."""
    timeline = brief_timeline(0.01)
    agenda = scheduler()
    told: list[str] = []

    def hear(event: object) -> None:
        told.append(str(event))
        if len(told) == 6:
            raise LookupError("no speaker")

    Runner(timeline, SchedTimer(agenda), hear).start()
    with pytest.raises(LookupError, match="no speaker"):
        agenda.run()
    agenda.run()
    assert len(told) == len(timeline)


def test_a_clock_of_its_own() -> None:
    """The timer goes by the clock that the scheduler has."""
    now = [100.0]

    def sleep(seconds: float) -> None:
        now[0] += seconds

    agenda = scheduler(lambda: now[0], sleep)
    told: list[float] = []
    timer = SchedTimer(agenda)
    Runner(brief_timeline(60), timer, lambda _event: told.append(timer.time())).start()
    agenda.run()
    assert told[0] == 100
    assert told[-1] == pytest.approx(160.01)
