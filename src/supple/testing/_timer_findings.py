"""What the rules of a timer look at: each function yields what it finds wrong with one."""

from __future__ import annotations

import gc
import threading
import time
from contextlib import suppress
from functools import partial
from itertools import pairwise
from math import isfinite, nan
from typing import TYPE_CHECKING, Any, Final

from supple._errors import show
from supple._model import Exercise, Hold, Pacing, Routine, Step
from supple._player.states import SkipOver
from supple._timeline.schedule import schedule
from supple._units import ms_to_seconds
from supple.testing._timer_bench import LONGEST, Bench
from supple.timers import Runner

if TYPE_CHECKING:
    from collections.abc import Iterator

    from supple._timeline.events import Event
    from supple._timeline.timeline import Timeline
    from supple.testing._timer_bench import OpenTimer

_SOON: Final = 0.01
_FAR: Final = 3600.0
_MANY: Final = 300

# What is cancelled, or must not come, is looked for after a later call has come, not after some
# time: that makes a rule that is kept quick, and a loaded machine no failure.


class _DeliberateError(Exception):
    """What a callback raises to see what the timer makes of it."""


# --- the clock -----------------------------------------------------------------------


def goes_on(bench: Bench) -> Iterator[str]:
    """Look for a clock that goes back or stands still."""
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


# --- one call ------------------------------------------------------------------------


def comes_once(bench: Bench) -> Iterator[str]:
    """Look for a call that does not come, or comes again."""
    bench.ask("call", at=bench.timer.time() + _SOON)
    bench.run_until("call")
    bench.run_for(3 * _SOON)
    if (count := bench.names.count("call")) != 1:
        yield f"call_at: must call once within {LONGEST:g} s (got {count} calls)"


def is_not_early(bench: Bench) -> Iterator[str]:
    """Look for calls that come before their instant."""
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


def comes_after_asking(bench: Bench) -> Iterator[str]:
    """Look for what is due already: it comes soon, and not from inside ``call_at``."""
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


def outlives_handle(bench: Bench) -> Iterator[str]:
    """Look for a call that is lost with its handle."""
    bench.ask("call", at=bench.timer.time() + _SOON)
    gc.collect()
    if not bench.run_until("call"):
        yield "call_at: must call even where nobody keeps the handle"


def survives_wrong_calls(bench: Bench) -> Iterator[str]:
    """Look for calls that are lost once somebody has asked for what can never be called."""
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


# --- taking calls back ---------------------------------------------------------------


def is_taken_back(bench: Bench) -> Iterator[str]:
    """Look for a call that comes after it was cancelled."""
    when = bench.timer.time() + 4 * _SOON
    handle = bench.timer.call_at(when, bench.note("cancelled"))
    handle.cancel()
    was_in_time = bench.timer.time() < when
    bench.run_for(6 * _SOON)
    if was_in_time and "cancelled" in bench.names:
        yield "cancel: must take the call back"


def is_taken_back_from_a_callback(bench: Bench) -> Iterator[str]:
    """Look for a call that comes after another call has cancelled it."""
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


def is_taken_back_harmlessly(bench: Bench) -> Iterator[str]:
    """Look for harm that cancelling twice, or after the call, does."""
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


# --- several calls -------------------------------------------------------------------


def come_in_order(bench: Bench) -> Iterator[str]:
    """Look for calls that come in another order than that of their instants."""
    now = bench.timer.time()
    for number in (3, 0, 4, 1, 5, 2):
        bench.ask(str(number), at=now + (number + 1) * _SOON)
    bench.run(lambda: len(bench.calls) == len("012345"))
    if bench.names != list("012345"):
        yield f"call_at: must call in the order of the instants (got {bench.names})"


def do_not_hold_up(bench: Bench) -> Iterator[str]:
    """Look for a call that waits for a later one, which was asked for before it."""
    far = bench.timer.call_at(bench.timer.time() + _FAR, bench.note("far"))
    bench.run(partial(_is_over, bench, bench.timer.time() + _SOON))
    bench.ask("soon", at=bench.timer.time() + _SOON)
    if not bench.run_until("soon"):
        yield "call_at: must not wait for a later call that was asked for before"
    far.cancel()


def _is_over(bench: Bench, when: float) -> bool:
    return bench.timer.time() >= when


def come_from_calls(bench: Bench) -> Iterator[str]:
    """Look for a call that cannot be asked for from inside another one."""
    start = bench.timer.time()

    def call(coming: str) -> None:
        bench.note(coming[0])()
        if rest := coming[1:]:
            bench.timer.call_at(start + int(rest[0]) * _SOON, partial(call, rest))

    bench.timer.call_at(start, partial(call, "012345"))
    bench.run_until("5")
    if bench.names != list("012345"):
        yield f"call_at: must be possible from inside a call, each time (got {bench.names})"


def outlive_errors(bench: Bench) -> Iterator[str]:
    """Look for what is lost, or comes again, when a callback raises."""

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


def are_all_made(bench: Bench) -> Iterator[str]:
    """Look for a call that is lost, or comes twice, among hundreds."""
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


# --- a whole routine -----------------------------------------------------------------


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


def plays_a_routine(bench: Bench) -> Iterator[str]:
    """Look for events of a routine that are lost, out of order or early."""
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


def obeys_commands(bench: Bench) -> Iterator[str]:
    """Look for events that do not come after a command, and for calls that one loses."""
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


# --- leaving -------------------------------------------------------------------------


def leaves_nothing(open_timer: OpenTimer) -> Iterator[str]:
    """Look for threads that go on when the timer has been left, and for a wait to leave it."""
    before = set(threading.enumerate())
    with open_timer() as (timer, run):
        bench = Bench(timer, run)
        bench.run_for(_SOON)
        bench.ask("far", at=timer.time() + _FAR)
        left = time.monotonic()
    if (took := time.monotonic() - left) > LONGEST:
        yield f"leaving: must not wait for calls to come (took {took:.1f} s)"
    for thread in set(threading.enumerate()) - before:
        thread.join(LONGEST)
        if thread.is_alive():
            yield f"leaving: must end the thread {thread.name}"
