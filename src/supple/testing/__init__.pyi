from supple.testing import strategies as strategies
from supple.testing._clock import ManualClock as ManualClock, ManualHandle as ManualHandle
from supple.testing._conformance import (
    catalog_conformance as catalog_conformance,
    timer_conformance as timer_conformance,
)
from supple.testing._timer_rules import (
    TIMER_RULES as TIMER_RULES,
    OpenTimer as OpenTimer,
    Run as Run,
    TimerRule as TimerRule,
)

__all__: list[str]
