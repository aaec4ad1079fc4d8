"""The rules of a timer: what each asks for, why, what to do about it, and what finds it broken."""

from __future__ import annotations

import gc
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, suppress
from functools import partial
from itertools import pairwise
from math import isfinite, nan
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from attrs import field, frozen

from supple._errors import show
from supple._model import Exercise, Hold, Pacing, Routine, Step
from supple._player.states import SkipOver
from supple._timeline.schedule import schedule
from supple._units import ms_to_seconds
from supple.timers import Runner, Timer

if TYPE_CHECKING:
    from supple._timeline.events import Event
    from supple._timeline.timeline import Timeline

Run: TypeAlias = Callable[[Callable[[], bool], float], object]
"""What lets a framework run until a condition holds, or until so many seconds are over."""

OpenTimer: TypeAlias = Callable[[], AbstractContextManager[tuple[Timer, Run]]]
"""What makes a context manager of a timer and of what lets its framework run."""

LONGEST: Final = 5.0
"""How many seconds a call may take to come: a loaded machine needs some of them."""

_SOON: Final = 0.01
_FAR: Final = 3600.0
_MANY: Final = 300


@frozen
class TimerRule:
    """One thing that a timer should keep to.

    Attributes:
        id: What it is called, such as ``call-is-not-early``.
        why: Why a timer should keep it.
        remedy: What to do where it does not.
    """

    id: str
    why: str = field(kw_only=True)
    remedy: str = field(kw_only=True)
    _find: Callable[[OpenTimer], Iterator[str]] = field(kw_only=True, repr=False)

    def findings(self, open_timer: OpenTimer) -> tuple[str, ...]:
        """Return everything that it finds wrong with a timer; nothing where that passes.

        Args:
            open_timer: What makes the timer, as for :func:`timer_conformance`.
        """
        return tuple(self._find(open_timer))


class _Bench:
    """A timer that is being checked, and the calls that it has made."""

    def __init__(self, timer: Timer, run: Run) -> None:
        self.timer = timer
        self.calls: list[tuple[str, float]] = []
        self._run = run

    @property
    def names(self) -> list[str]:
        """What has been called, in order."""
        return [name for name, _ in self.calls]

    def note(self, name: str) -> Callable[[], None]:
        """Return a callback that notes that it was called, and when."""
        return lambda: self.calls.append((name, self.timer.time()))

    def ask(self, name: str, *, at: float) -> None:
        """Ask for a call that is noted."""
        self.timer.call_at(at, self.note(name))

    def run(self, until: Callable[[], bool]) -> bool:
        """Let the framework run; return whether it got there in time."""
        self._run(until, LONGEST)
        return until()

    def run_until(self, name: str) -> bool:
        """Let the framework run until a call has come; return whether it has."""
        return self.run(lambda: name in self.names)

    def run_for(self, seconds: float) -> bool:
        """Let the framework run until a call has come that is asked for so much later."""
        witness = f"witness {len(self.calls)}"
        self.ask(witness, at=self.timer.time() + seconds)
        return self.run_until(witness)


_RULES: list[TimerRule] = []


def _rule(
    id: str, *, why: str, remedy: str
) -> Callable[[Callable[[_Bench], Iterator[str]]], None]:
    """Enter what looks at a timer on a bench as a rule."""

    def enter(look: Callable[[_Bench], Iterator[str]]) -> None:
        def find(open_timer: OpenTimer) -> Iterator[str]:
            with open_timer() as (timer, run):
                yield from look(_Bench(timer, run))

        _RULES.append(TimerRule(id, why=why, remedy=remedy, find=find))

    return enter


# What is cancelled, or must not come, is looked for after a later call has come, not after some
# time: that makes a rule that is kept quick, and a loaded machine no failure.


@_rule(
    "clock-goes-on",
    why="What has fallen due is worked out from the clock, and from nothing else.",
    remedy="Return seconds of a monotonic clock, such as time.monotonic().",
)
def _goes_on(bench: _Bench) -> Iterator[str]:
    start: object = bench.timer.time()  # whatever the annotation of it promises
    if not isinstance(start, (int, float)) or not isfinite(start):
        yield f"time(): must be a finite number (got {show(start)})"
        return
    told = [start, *(bench.timer.time() for _ in range(100))]
    bench.run_for(_SOON)
    told.append(bench.timer.time())
    for earlier, later in pairwise(told):
        if later < earlier:
            yield f"time(): must not go back from {earlier} (got {later})"
    if told[-1] <= start:
        yield f"time(): must go on from {start} while the framework runs (got {told[-1]})"


@_rule(
    "call-comes-once",
    why="A call that does not come is the end of the routine.",
    remedy=f"Call within {LONGEST:g} s on a loaded machine, and forget the call.",
)
def _comes_once(bench: _Bench) -> Iterator[str]:
    bench.ask("call", at=bench.timer.time() + _SOON)
    bench.run_until("call")
    bench.run_for(3 * _SOON)
    if (count := bench.names.count("call")) != 1:
        yield f"call_at: must call once within {LONGEST:g} s (got {count} calls)"


@_rule(
    "call-is-not-early",
    why="What is more than a millisecond early has to be asked for over and over.",
    remedy="Round delays up to what the framework can wait for, and where it still "
    "wakes early, wait again.",
)
def _is_not_early(bench: _Bench) -> Iterator[str]:
    now = bench.timer.time()
    # Event loops take for the instant what their clock cannot tell from it; uvloop and others
    # count milliseconds, as runners do, which lose nothing by asking once more.
    slack = max(time.get_clock_info("monotonic").resolution, 0.001) + 1e-6
    due = {f"in {ms} ms": now + ms / 1000 for ms in (0.4, 1.6, 7.3, 15.5, 20.9, 33)}
    for name, when in due.items():
        bench.ask(name, at=when)
    bench.run(lambda: len(bench.calls) == len(due))
    for name, called in bench.calls:
        if called < due[name] - slack:
            yield f"call_at: must not call before {due[name]}, {name} (got {called})"


@_rule(
    "call-comes-after-asking",
    why="Whoever asks for a call has not made a note of the handle yet.",
    remedy="Hand over to the framework what is due already, with a delay of 0.",
)
def _comes_after_asking(bench: _Bench) -> Iterator[str]:
    asking: list[int] = []  # the threads that are inside call_at
    inside: list[str] = []

    def call(name: str) -> None:
        if threading.get_ident() in asking:
            inside.append(name)
        bench.note(name)()

    def ask(name: str, when: float) -> None:
        asking.append(threading.get_ident())
        bench.timer.call_at(when, partial(call, name))
        asking.pop()

    now = bench.timer.time()
    ask("an hour ago", now - _FAR)
    ask("now", now)
    bench.run(lambda: len(bench.calls) == len(("an hour ago", "now")))
    bench.timer.call_at(now, partial(ask, "from a callback", now - _FAR))
    bench.run_until("from a callback")
    for name in ("an hour ago", "now", "from a callback"):
        if name not in bench.names:
            yield f"call_at: must call what is due, {name}, within {LONGEST:g} s"
        if name in inside:
            yield f"call_at: must return before it calls what is due, {name}"


@_rule(
    "call-outlives-handle",
    why="Nobody needs to keep the handle of a call that is not to be cancelled.",
    remedy="Keep what the framework would forget until the call has come.",
)
def _outlives_handle(bench: _Bench) -> Iterator[str]:
    bench.ask("call", at=bench.timer.time() + _SOON)
    gc.collect()
    if not bench.run_until("call"):
        yield "call_at: must call even where nobody keeps the handle"


@_rule(
    "wrong-call-does-no-harm",
    why="One caller's mistake must not be the end of everybody's calls.",
    remedy="Refuse at once an instant that is no number and what cannot be called.",
)
def _survives_wrong_calls(bench: _Bench) -> Iterator[str]:
    nothing: Any = None
    now = bench.timer.time()
    bench.ask("before", at=now + 2 * _SOON)
    for when, callback in ((nan, bench.note("never")), (now + _SOON, nothing)):
        with suppress(Exception):  # that it is refused is what should happen
            bench.timer.call_at(when, callback)
    bench.ask("after", at=now + 3 * _SOON)
    for name in ("before", "after"):
        with suppress(TypeError):  # some frameworks raise it out of their loop
            bench.run_until(name)
    got = [name for name in bench.names if name != "never"]
    if got != ["before", "after"]:
        yield f"call_at: must make other calls after a wrong one, nan or None (got {got})"


@_rule(
    "cancel-takes-back",
    why="A pause must not wake anybody.",
    remedy="Cancel the framework's own timer, and make a note that it was cancelled.",
)
def _is_taken_back(bench: _Bench) -> Iterator[str]:
    when = bench.timer.time() + 4 * _SOON
    handle = bench.timer.call_at(when, bench.note("cancelled"))
    handle.cancel()
    was_in_time = bench.timer.time() < when
    bench.run_for(6 * _SOON)
    if was_in_time and "cancelled" in bench.names:
        yield "cancel: must take the call back"


@_rule(
    "cancel-from-callback",
    why="Most calls are cancelled by what another call brings.",
    remedy="Look whether a call was cancelled when its turn comes, not before.",
)
def _is_taken_back_from_a_callback(bench: _Bench) -> Iterator[str]:
    when = bench.timer.time() + 5 * _SOON
    handle = bench.timer.call_at(when, bench.note("cancelled"))
    was_in_time: list[bool] = []

    def cancel() -> None:
        handle.cancel()
        was_in_time.append(bench.timer.time() < when)

    bench.timer.call_at(when - 4 * _SOON, cancel)
    bench.run_for(7 * _SOON)
    if was_in_time == [True] and "cancelled" in bench.names:
        yield "cancel: must take a call back from inside another one"


@_rule(
    "cancel-is-harmless",
    why="Whoever cancels cannot know whether the call is just coming.",
    remedy="Do nothing where the call has come or was cancelled before.",
)
def _is_taken_back_harmlessly(bench: _Bench) -> Iterator[str]:
    now = bench.timer.time()
    far = bench.timer.call_at(now + _FAR, bench.note("far"))
    soon = bench.timer.call_at(now + _SOON, bench.note("soon"))
    bench.run_until("soon")
    bench.ask("other", at=bench.timer.time() + _SOON)
    for what, handle in {"twice": far, "after the call": soon}.items():
        try:
            handle.cancel()
            handle.cancel()
        except Exception as error:  # noqa: BLE001 - whatever it is, it is the finding
            yield f"cancel: must be possible {what} (got {show(error)})"
    if not bench.run_until("other"):
        yield "cancel: must leave other calls alone"


@_rule(
    "calls-come-in-order",
    why="Two things that are due at different times are heard in that order.",
    remedy="Sort the calls by their instants, and make them one at a time.",
)
def _come_in_order(bench: _Bench) -> Iterator[str]:
    now = bench.timer.time()
    for number in (3, 0, 4, 1, 5, 2):
        bench.ask(str(number), at=now + (number + 1) * _SOON)
    bench.run(lambda: len(bench.calls) == len("012345"))
    if bench.names != list("012345"):
        yield f"call_at: must call in the order of the instants (got {bench.names})"


@_rule(
    "call-is-not-held-up",
    why="A skip brings the next event nearer, while the timer waits for another.",
    remedy="Wake what waits for the soonest call when a sooner one is asked for.",
)
def _do_not_hold_up(bench: _Bench) -> Iterator[str]:
    far = bench.timer.call_at(bench.timer.time() + _FAR, bench.note("far"))
    bench.run(partial(_is_over, bench, bench.timer.time() + _SOON))
    bench.ask("soon", at=bench.timer.time() + _SOON)
    if not bench.run_until("soon"):
        yield "call_at: must not wait for a later call that was asked for before"
    far.cancel()


def _is_over(bench: _Bench, when: float) -> bool:
    return bench.timer.time() >= when


@_rule(
    "call-from-callback",
    why="That is how a whole routine runs: each call asks for the next.",
    remedy="Hold no lock while a callback runs.",
)
def _come_from_calls(bench: _Bench) -> Iterator[str]:
    start = bench.timer.time()

    def call(coming: str) -> None:
        bench.note(coming[0])()
        if rest := coming[1:]:
            bench.timer.call_at(start + int(rest[0]) * _SOON, partial(call, rest))

    bench.timer.call_at(start, partial(call, "012345"))
    bench.run_until("5")
    if bench.names != list("012345"):
        yield f"call_at: must be possible from inside a call, each time (got {bench.names})"


class _DeliberateError(Exception):
    """What a callback raises."""


@_rule(
    "error-keeps-other-calls",
    why="A program that fails to show one event still wants the next.",
    remedy="Report what a callback raises as the framework does, and go on.",
)
def _outlive_errors(bench: _Bench) -> Iterator[str]:

    def fail() -> None:
        bench.note("failed")()
        raise _DeliberateError

    now = bench.timer.time()
    bench.ask("next", at=now + 3 * _SOON)
    bench.timer.call_at(now + _SOON, fail)
    for name in ("failed", "next"):
        with suppress(_DeliberateError):  # some frameworks raise it out of their loop
            bench.run_until(name)
    if bench.names != ["failed", "next"]:
        yield f"call_at: must go on after a callback has raised (got {bench.names})"


@_rule(
    "many-calls-are-made",
    why="Programs share one timer among all that they do.",
    remedy="Keep each call by itself, and not under its instant.",
)
def _are_all_made(bench: _Bench) -> Iterator[str]:
    now = bench.timer.time()
    names = [str(number) for number in range(_MANY)]
    for number, name in enumerate(names):
        # The instants lie criss-cross: 7 has no factor in common with their number.
        bench.ask(name, at=now + 3 * _SOON * (number * 7 % _MANY) / _MANY)
        bench.timer.call_at(now + _FAR, bench.note("cancelled")).cancel()
    bench.run(lambda: len(bench.calls) >= _MANY)
    if sorted(bench.names) != sorted(names):
        got = f"{len(bench.calls)} calls, {len({*names} - {*bench.names})} missing"
        yield f"call_at: must make each of {_MANY} calls once (got {got})"


def _timeline(*holds: float) -> Timeline:
    """Return a routine of holds of so many seconds, each after a step of 10 ms."""
    segments = [(Step("Reach up", seconds=0.01), Hold("Stay", seconds=each)) for each in holds]
    exercise = Exercise(
        "reach",
        name="Reach",
        kind="stretch",
        position="standing",
        cycle=[each for pair in segments for each in pair],
    )
    plain = Pacing(get_ready=0, countdown=(), halfway=None)
    return schedule(Routine("reach", items=[exercise]), pacing=plain)


@_rule(
    "routine-is-played",
    why="That is what the timer is for.",
    remedy="Keep the rules above first.",
)
def _plays_a_routine(bench: _Bench) -> Iterator[str]:
    timeline = _timeline(0.03, 0.02, 0.001, 0.05)
    told: list[tuple[Event, float]] = []
    with Runner(
        timeline, bench.timer, lambda event: told.append((event, bench.timer.time()))
    ) as runner:
        start = bench.timer.time()
        runner.start()
        bench.run(lambda: len(told) == len(timeline))
    if [event for event, _ in told] != list(timeline):
        yield f"routine: must bring its {len(timeline)} events in order (got {len(told)})"
    for event, at in told:
        # The player counts the whole milliseconds of the clock, and so starts up to 1 ms early.
        if at < start + ms_to_seconds(event.at_ms - 1):
            yield f"routine: must not bring {event.kind} of {event.at_ms} ms before (got {at})"


@_rule(
    "commands-are-obeyed",
    why="The person pauses, skips and stops while the timer waits.",
    remedy="Keep the rules above first.",
)
def _obeys_commands(bench: _Bench) -> Iterator[str]:
    timeline = _timeline(0.01, 60, 60, 60)
    heard: list[str] = []

    def has_held(times: int) -> bool:
        return heard.count("hold.started") >= times

    with Runner(timeline, bench.timer, lambda event: heard.append(event.kind.value)) as runner:
        runner.start()
        if not bench.run(partial(has_held, 2)):
            yield f"start: must bring the next hold (got {heard[-1]})"
        runner.pause()
        runner.seek(to_ms=timeline.at(30_000).segment.end_ms - 10)  # starts that hold again
        if not bench.run_for(2 * _SOON):
            yield "pause: must leave other calls alone"
        runner.resume()
        if not bench.run(partial(has_held, 4)):
            yield f"resume: must bring the next hold (got {heard[-1]})"
        for times, jump in {5: runner.skip, 6: runner.back}.items():
            jump(over=SkipOver.SEGMENT)  # to the step before a hold
            if not bench.run(partial(has_held, times)):
                yield f"{jump.__name__}: must bring the next hold (got {heard[-1]})"
        bench.ask("other", at=bench.timer.time() + _SOON)
        runner.stop()
        if not bench.run_until("other"):
            yield "stop: must leave other calls alone"


def _leaves_nothing(open_timer: OpenTimer) -> Iterator[str]:
    before = set(threading.enumerate())
    with open_timer() as (timer, run):
        bench = _Bench(timer, run)
        bench.run_for(_SOON)
        bench.ask("far", at=timer.time() + _FAR)
        left = time.monotonic()
    if (took := time.monotonic() - left) > LONGEST:
        yield f"leaving: must not wait for calls to come (took {took:.1f} s)"
    for thread in set(threading.enumerate()) - before:
        thread.join(LONGEST)
        if thread.is_alive():
            yield f"leaving: must end the thread {thread.name}"


_RULES.append(
    TimerRule(
        "nothing-is-left",
        why="A program must be able to end.",
        remedy="Cancel what is to come when the timer is left, and join its threads.",
        find=_leaves_nothing,
    )
)

TIMER_RULES: Final = MappingProxyType({rule.id: rule for rule in _RULES})
"""Every rule of a timer by its id, in the order in which they run."""
