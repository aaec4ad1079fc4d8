"""The kit for testing with supple: two conformance suites, strategies, a manual clock.

``catalog_conformance``
    Every rule of a catalog as a test of pytest, in one line. ``supple.catalog.RULES`` lists them.
``timer_conformance``
    The same for a timer. ``TIMER_RULES`` lists the rules.
``ManualClock``
    A clock, and a timer by it, that stand still until they are told to go on.
``supple.testing.strategies``
    Strategies of hypothesis for every type. ``st.from_type(supple.Routine)`` finds them by
    itself, without an import of this package.

The suites need pytest and the strategies need hypothesis. Both come with the extra ``testing``,
and neither is imported before it is used.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from supple._lazy import lazy_names

if TYPE_CHECKING:
    from supple.testing._clock import ManualClock as ManualClock, ManualHandle as ManualHandle
    from supple.testing._conformance import (
        catalog_conformance as catalog_conformance,
        timer_conformance as timer_conformance,
    )
    from supple.testing._timer_bench import OpenTimer as OpenTimer, Run as Run
    from supple.testing._timer_rules import TIMER_RULES as TIMER_RULES, TimerRule as TimerRule

    __all__: list[str]
else:
    __getattr__, __dir__, __all__ = lazy_names(
        __name__,
        {
            "_clock": "ManualClock ManualHandle",
            "_conformance": "catalog_conformance timer_conformance",
            "_timer_bench": "OpenTimer Run",
            "_timer_rules": "TIMER_RULES TimerRule",
        },
        rooms="strategies",
    )
