"""The rules of a timer: what each asks for, why, and what to do where it finds something."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from types import MappingProxyType
from typing import TYPE_CHECKING

from attrs import field, frozen

from supple.testing import _timer_findings as find
from supple.testing._report import report
from supple.testing._timer_bench import LONGEST, Bench, OpenTimer

if TYPE_CHECKING:
    from collections.abc import Mapping


@frozen
class TimerRule:
    """One thing that a timer should keep to.

    Attributes:
        id: What it is called, such as ``call-is-not-early``.
        reason: Why a timer should keep it.
        remedy: What to do where it does not.
    """

    id: str
    reason: str = field(kw_only=True)
    remedy: str = field(kw_only=True)
    _find: Callable[[OpenTimer], Iterator[str]] = field(kw_only=True, repr=False)

    def findings(self, open_timer: OpenTimer) -> tuple[str, ...]:
        """Return everything that it finds wrong with a timer; nothing where that passes.

        Args:
            open_timer: What makes the timer, as for :func:`timer_conformance`.
        """
        return tuple(self._find(open_timer))

    def report(self, findings: tuple[str, ...]) -> str:
        """Return findings as a text to read, with the reason and the remedy."""
        return report(self, findings, remedy=self.remedy)


def _on_a_bench(look: Callable[[Bench], Iterator[str]]) -> Callable[[OpenTimer], Iterator[str]]:
    """Return what opens a timer, looks at it, and leaves it."""

    def opened(open_timer: OpenTimer) -> Iterator[str]:
        with open_timer() as (timer, run):
            yield from look(Bench(timer, run))

    return opened


TIMER_RULES: Mapping[str, TimerRule] = MappingProxyType(
    {
        rule.id: rule
        for rule in (
            TimerRule(
                "clock-goes-on",
                reason="What has fallen due is worked out from the clock, and from nothing else.",
                remedy="Return seconds of a monotonic clock, such as time.monotonic().",
                find=_on_a_bench(find.goes_on),
            ),
            TimerRule(
                "call-comes-once",
                reason="A call that does not come is the end of the routine.",
                remedy=f"Call within {LONGEST:g} s on a loaded machine, and forget the call.",
                find=_on_a_bench(find.comes_once),
            ),
            TimerRule(
                "call-is-not-early",
                reason="What is more than a millisecond early has to be asked for over and over.",
                remedy="Round delays up to what the framework can wait for, and where it still "
                "wakes early, wait again.",
                find=_on_a_bench(find.is_not_early),
            ),
            TimerRule(
                "call-comes-after-asking",
                reason="Who asks for a call has not made a note of the handle yet.",
                remedy="Hand over to the framework what is due already, with a delay of 0.",
                find=_on_a_bench(find.comes_after_asking),
            ),
            TimerRule(
                "call-outlives-handle",
                reason="Nobody needs to keep the handle of a call that is not to be cancelled.",
                remedy="Keep what the framework would forget until the call has come.",
                find=_on_a_bench(find.outlives_handle),
            ),
            TimerRule(
                "wrong-call-does-no-harm",
                reason="One caller's mistake must not be the end of everybody's calls.",
                remedy="Refuse at once an instant that is no number and what cannot be called.",
                find=_on_a_bench(find.survives_wrong_calls),
            ),
            TimerRule(
                "cancel-takes-back",
                reason="A pause must not wake anybody.",
                remedy="Cancel the framework's own timer, and make a note that it was cancelled.",
                find=_on_a_bench(find.is_taken_back),
            ),
            TimerRule(
                "cancel-from-callback",
                reason="Most calls are cancelled by what another call brings.",
                remedy="Look whether a call was cancelled when its turn comes, not before.",
                find=_on_a_bench(find.is_taken_back_from_a_callback),
            ),
            TimerRule(
                "cancel-is-harmless",
                reason="Whoever cancels cannot know whether the call is just coming.",
                remedy="Do nothing where the call has come or was cancelled before.",
                find=_on_a_bench(find.is_taken_back_harmlessly),
            ),
            TimerRule(
                "calls-come-in-order",
                reason="Two things that are due at different times are heard in that order.",
                remedy="Sort the calls by their instants, and make them one at a time.",
                find=_on_a_bench(find.come_in_order),
            ),
            TimerRule(
                "call-is-not-held-up",
                reason="A skip brings the next event nearer, while the timer waits for another.",
                remedy="Wake what waits for the soonest call when a sooner one is asked for.",
                find=_on_a_bench(find.do_not_hold_up),
            ),
            TimerRule(
                "call-from-callback",
                reason="That is how a whole routine runs: each call asks for the next.",
                remedy="Hold no lock while a callback runs.",
                find=_on_a_bench(find.come_from_calls),
            ),
            TimerRule(
                "error-keeps-other-calls",
                reason="A program that fails to show one event still wants the next.",
                remedy="Report what a callback raises as the framework does, and go on.",
                find=_on_a_bench(find.outlive_errors),
            ),
            TimerRule(
                "many-calls-are-made",
                reason="Programs share one timer among all that they do.",
                remedy="Keep each call by itself, and not under its instant.",
                find=_on_a_bench(find.are_all_made),
            ),
            TimerRule(
                "routine-is-played",
                reason="That is what the timer is for.",
                remedy="Keep the rules above first.",
                find=_on_a_bench(find.plays_a_routine),
            ),
            TimerRule(
                "commands-are-obeyed",
                reason="The person pauses, skips and stops while the timer waits.",
                remedy="Keep the rules above first.",
                find=_on_a_bench(find.obeys_commands),
            ),
            TimerRule(
                "nothing-is-left",
                reason="A program must be able to end.",
                remedy="Cancel what is to come when the timer is left, and join its threads.",
                find=find.leaves_nothing,
            ),
        )
    }
)
"""Every rule of a timer by its id, in the order in which they run."""
