"""Run sessions that survive, beside any number of others: `python worker.py CONNINFO [SECONDS]`.

Stop it by Ctrl-C or a signal, or kill it: another one goes on with its sessions. Every so many
seconds (10) it prints what there is to watch.
"""

import signal
import sys
from threading import Timer

import supple
from supple.timers.live import Worker, prometheus

conninfo = sys.argv[1] if sys.argv[1:] else ""  # and libpq's variables, such as PGHOST
seconds = float(sys.argv[2]) if sys.argv[2:] else 10.0

back = supple.load_catalog("lower-back")
timelines = {name: supple.schedule(each, level=0.5) for name, each in back.routines.items()}
worker = Worker(conninfo, timelines)


def watch() -> None:
    """Print the metrics, again and again."""
    print(prometheus(worker.metrics()), flush=True)
    timer = Timer(seconds, watch)
    timer.daemon = True
    timer.start()


for each in (signal.SIGINT, signal.SIGTERM):
    signal.signal(each, lambda *_: worker.stop())
watch()
worker.run()
