"""The kit for testing with supple: two conformance suites, strategies, a manual clock.

``conformance``
    Every check of a catalog as a test of pytest, in one line. ``CHECKS`` lists the checks.
``timer_conformance``
    The same for a timer. ``TIMER_CHECKS`` lists the checks.
``ManualClock``
    A clock, and a timer by it, that stand still until they are told to go on.
``supple.testing.strategies``
    Strategies of hypothesis for every type. ``st.from_type(supple.Routine)`` finds them by
    itself, without an import of this package.

The suites need pytest and the strategies need hypothesis. Both come with the extra ``testing``,
and neither is imported before it is used.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from supple.testing._checks import CHECKS, Check
    from supple.testing._clock import ManualClock, ManualHandle
    from supple.testing._conformance import conformance
    from supple.testing._timer_bench import OpenTimer, Run
    from supple.testing._timer_checks import TIMER_CHECKS, TimerCheck
    from supple.testing._timer_conformance import timer_conformance

__all__ = [
    "CHECKS",
    "TIMER_CHECKS",
    "Check",
    "ManualClock",
    "ManualHandle",
    "OpenTimer",
    "Run",
    "TimerCheck",
    "conformance",
    "timer_conformance",
]

_HOME = {
    "CHECKS": "supple.testing._checks",
    "TIMER_CHECKS": "supple.testing._timer_checks",
    "Check": "supple.testing._checks",
    "ManualClock": "supple.testing._clock",
    "ManualHandle": "supple.testing._clock",
    "OpenTimer": "supple.testing._timer_bench",
    "Run": "supple.testing._timer_bench",
    "TimerCheck": "supple.testing._timer_checks",
    "conformance": "supple.testing._conformance",
    "timer_conformance": "supple.testing._timer_conformance",
}


def __getattr__(name: str) -> object:
    if name not in _HOME:
        raise AttributeError(f"module 'supple.testing' has no attribute {name!r}")
    value = getattr(import_module(_HOME[name]), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
