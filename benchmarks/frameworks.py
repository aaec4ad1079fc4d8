"""Each framework that has an adapter, with the primitive that a program would use without one."""

from __future__ import annotations

import asyncio
import atexit
import os
import sched
import subprocess
import threading
import time
from datetime import UTC, datetime, timedelta
from functools import cache, partial
from math import ceil
from shutil import which
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable

    from race import Race


class Framework(NamedTuple):
    """A framework.

    Attributes:
        timer: What drives a runner.
        bare: What it is measured against.
        run: Runs both side by side, until both are over; raises ``ImportError`` where the
            framework is not installed.
    """

    timer: str
    bare: str
    run: Callable[[Race], None]


def _asyncio(race: Race, new_loop: Callable[[], asyncio.AbstractEventLoop]) -> None:
    async def run() -> None:
        loop = asyncio.get_running_loop()
        over = asyncio.Event()
        race.start(loop, time.monotonic, over.set)  # uvloop's own clock tells whole milliseconds
        race.chain(time.monotonic, loop.call_at)
        await over.wait()

    with asyncio.Runner(loop_factory=new_loop) as runner:
        runner.run(run())


def _uvloop(race: Race) -> None:
    import uvloop

    _asyncio(race, uvloop.new_event_loop)


def _trio(race: Race) -> None:
    import trio

    from supple.timers.trio import TrioTimer

    async def run() -> None:
        over = trio.Event()
        async with trio.open_nursery() as nursery:
            race.start(TrioTimer(nursery), trio.current_time, over.set)
            for when in race.deadlines(trio.current_time):
                await trio.sleep_until(when)
            await over.wait()

    trio.run(run)


def _threads(race: Race) -> None:
    from supple.timers.threads import ThreadTimer

    over = threading.Event()
    with ThreadTimer() as timer:
        race.start(timer, time.monotonic, over.set)
        for when in race.deadlines(time.monotonic):
            time.sleep(max(when - time.monotonic(), 0))
        over.wait()


def _sched(race: Race) -> None:
    from supple.timers.sched import SchedTimer

    agenda = sched.scheduler()
    race.start(SchedTimer(agenda), agenda.timefunc, lambda: None)
    race.chain(agenda.timefunc, lambda when, callback: agenda.enterabs(when, 0, callback))
    agenda.run()


def _tk(race: Race) -> None:
    import tkinter as tk

    from supple.timers.tk import TkTimer

    def call_at(when: float, callback: Callable[[], None]) -> None:
        window.after(max(ceil((when - time.monotonic()) * 1_000), 0), callback)

    _show_nobody()
    window = tk.Tk()
    race.start(TkTimer(window), time.monotonic, window.quit)
    race.chain(time.monotonic, call_at)
    window.mainloop()
    window.destroy()


@cache
def _show_nobody() -> None:
    """Give windows a screen that nobody sees, for as long as the program runs."""
    server = which("Xvfb")
    if server is None:
        raise ImportError("Xvfb is not installed")
    command = [server, "-displayfd", "1", "-nolisten", "tcp"]
    screen = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    atexit.register(screen.terminate)
    assert screen.stdout is not None
    os.environ["DISPLAY"] = f":{int(screen.stdout.readline())}"


def _qt(race: Race) -> None:
    from PySide6.QtCore import QCoreApplication, Qt, QTimer

    from supple.timers.qt import QtTimer

    application = QCoreApplication.instance() or QCoreApplication([])
    timer = QTimer(application)
    timer.setSingleShot(True)
    timer.setTimerType(Qt.TimerType.PreciseTimer)

    def call_at(when: float, callback: Callable[[], None]) -> None:
        timer.timeout.connect(callback, type=Qt.ConnectionType.SingleShotConnection)
        timer.start(max(ceil((when - time.monotonic()) * 1_000), 0))

    race.start(QtTimer(application), time.monotonic, application.quit)
    race.chain(time.monotonic, call_at)
    application.exec()


def _apscheduler(race: Race) -> None:
    from apscheduler.schedulers.blocking import BlockingScheduler

    from supple.timers.apscheduler import APSchedulerTimer

    scheduler = BlockingScheduler()

    def call_at(when: float, callback: Callable[[], None]) -> None:
        run_date = datetime.now(UTC) + timedelta(seconds=when - time.monotonic())
        scheduler.add_job(callback, "date", run_date=run_date, misfire_grace_time=None)

    stop = partial(scheduler.shutdown, wait=False)
    race.start(APSchedulerTimer(scheduler), time.monotonic, stop)
    race.chain(time.monotonic, call_at)
    scheduler.start()


def _twisted(race: Race) -> None:
    from twisted.internet.selectreactor import SelectReactor

    from supple.timers.twisted import TwistedTimer

    reactor = SelectReactor()

    def call_at(when: float, callback: Callable[[], None]) -> None:
        reactor.callLater(max(when - reactor.seconds(), 0), callback)

    race.start(TwistedTimer(reactor), reactor.seconds, reactor.crash)
    race.chain(reactor.seconds, call_at)
    reactor.run(installSignalHandlers=False)


FRAMEWORKS = (
    Framework("asyncio", "loop.call_at", partial(_asyncio, new_loop=asyncio.new_event_loop)),
    Framework("uvloop", "loop.call_at", _uvloop),
    Framework("TrioTimer", "trio.sleep_until", _trio),
    Framework("ThreadTimer", "time.sleep", _threads),
    Framework("SchedTimer", "scheduler.enterabs", _sched),
    Framework("TkTimer", "Tk.after", _tk),
    Framework("QtTimer", "QTimer, precise", _qt),
    Framework("APSchedulerTimer", "scheduler.add_job", _apscheduler),
    Framework("TwistedTimer", "reactor.callLater", _twisted),
)
