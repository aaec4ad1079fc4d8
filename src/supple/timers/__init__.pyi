from supple.timers import (
    apscheduler as apscheduler,
    live as live,
    qt as qt,
    sched as sched,
    threads as threads,
    tk as tk,
    trio as trio,
    twisted as twisted,
)
from supple.timers._fleet import Fleet as Fleet
from supple.timers._play import aplay as aplay, play as play
from supple.timers._protocol import Handle as Handle, Timer as Timer
from supple.timers._runner import Runner as Runner

__all__: list[str]
