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

from supple._lazy import lazy_names

__getattr__, __dir__, __all__ = lazy_names(__name__)
