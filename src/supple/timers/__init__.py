"""Drive anything from the event stream: the event loop or timer that a program already has.

A :class:`Timer` is anything with ``time`` and ``call_at``. The event loop of asyncio is one as it
is, and so is that of uvloop; they need no adapter. A :class:`Runner` lets a timer drive a player.
Each adapter is a module of its own, and importing it imports its framework and nothing else.

========================= =================================================== ===============
what the program has      timer                                               extra
========================= =================================================== ===============
asyncio, uvloop           the event loop itself
trio                      :class:`supple.timers.trio.TrioTimer`               ``trio``
threads, or nothing       :class:`supple.timers.threads.ThreadTimer`
the module ``sched``      :class:`supple.timers.sched.SchedTimer`
Tk                        :class:`supple.timers.tk.TkTimer`
Qt                        :class:`supple.timers.qt.QtTimer`                   ``qt``
APScheduler 3             :class:`supple.timers.apscheduler.APSchedulerTimer` ``apscheduler``
Twisted                   :class:`supple.timers.twisted.TwistedTimer`         ``twisted``
========================= =================================================== ===============

uvloop counts whole milliseconds and rounds delays, and so calls up to one millisecond early. A
runner that is called early brings nothing early, and asks for another call.

Where one process is not enough, or must not be missed, :mod:`supple.timers.live` runs sessions on
many machines.

Where a program just wants the events one after the other, :func:`play` and :func:`aplay` are
all it needs.
"""

from __future__ import annotations

from supple._lazy import lazy_names

__getattr__, __dir__, __all__ = lazy_names(__name__)
