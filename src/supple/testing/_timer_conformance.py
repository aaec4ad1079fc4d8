"""Every rule of a timer as a test of pytest."""

from __future__ import annotations

from typing import TYPE_CHECKING

from supple._errors import UnknownNameError
from supple._model import requirements as must
from supple.testing._suite import as_test
from supple.testing._timer_rules import TIMER_RULES, TimerRule

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from supple.testing._timer_bench import OpenTimer


def timer_conformance(
    open_timer: OpenTimer, *, expect_failure: Mapping[str, str] | None = None
) -> Callable[[TimerRule], None]:
    """Return a test that holds a timer to every rule.

    Give it a name that pytest collects, and each rule is a test of its own::

        from contextlib import contextmanager
        from supple.testing import ManualClock, timer_conformance


        @contextmanager
        def manual_clock():
            clock = ManualClock()

            def run(until, timeout):
                end = clock.time() + timeout
                while not until() and clock.time() < end:
                    clock.advance(0.001)

            yield clock, run


        test_manual_clock = timer_conformance(manual_clock)

    runs as ``test_manual_clock[call-comes-once]``, ``test_manual_clock[cancel-takes-back]`` and
    so on. What a rule finds is told with the reason and the remedy. All of them together take
    about a second, and only what does not pass takes longer.

    Args:
        open_timer: What is called for each rule. It returns a context manager that gives the
            timer, and a function ``run(until, timeout)``, which lets the framework run until
            ``until()`` is true, or for at most ``timeout`` seconds. It need not run anything
            where threads of its own do, and then just waits. What a callback raises may come
            out of it. Leaving the context manager lets go of everything, calls that have not
            come included.
        expect_failure: The rules that are known to be broken, by id, with why that is so. One that
            passes after all fails its test, so that no such note outlives its cause.

    Raises:
        UnknownNameError: If there is no rule of an id.
        ModelError: If a failure is expected without a reason.
    """
    expected = dict(expect_failure or {})
    for id, reason in expected.items():
        if id not in TIMER_RULES:
            raise UnknownNameError("rule", id, TIMER_RULES)
        must.TEXT.require(f"timer_conformance.expect_failure.{id}", reason)
    return as_test(TIMER_RULES, lambda rule: rule.findings(open_timer), expected=expected)
