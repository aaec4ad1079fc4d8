"""Guided stretching and mobility routines as exact, timed event streams.

Describe exercises as data, put them into a routine, lay the routine out in time, and let any
timer run the stream of events.

>>> import supple
>>> back = supple.load_catalog("lower-back")
>>> timeline = supple.schedule(back.routines["lower-back"])
>>> for event in timeline.events(0, 5_000):
...     print(event.at_ms, event.kind, event.text)
0 routine.started Lower back
0 rest.started Get ready: Knee rolls, lying on your back
2000 cue.countdown 3
3000 cue.countdown 2
4000 cue.countdown 1

Importing this package is cheap: each name is loaded when it is first used.
"""

from __future__ import annotations

from supple._lazy import lazy_names

__getattr__, __dir__, __all__ = lazy_names(__name__)
