"""The manual clock moves when it is told to, and calls what falls due, in order."""

from __future__ import annotations

import asyncio
import copy
from functools import partial
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, strategies as st

from supple import ModelError
from supple.testing import ManualClock

if TYPE_CHECKING:
    from collections.abc import Callable

tenths = st.integers(0, 50).map(lambda tenth: tenth / 10)


class Log:
    """What was called, and when the clock said so."""

    def __init__(self, clock: ManualClock) -> None:
        self.clock = clock
        self.lines: list[tuple[float, str]] = []

    def note(self, text: str) -> Callable[[], None]:
        """Return a callback that notes a text."""
        return lambda: self.lines.append((self.clock.time(), text))


@pytest.fixture
def clock() -> ManualClock:
    """Return a clock that stands at 100 s."""
    return ManualClock(100)


@pytest.fixture
def log(clock: ManualClock) -> Log:
    """Return a log of what the clock calls."""
    return Log(clock)


def test_it_stands_still(clock: ManualClock) -> None:
    """The time is that of the start until the clock is moved."""
    assert (clock.time(), clock.time()) == (100.0, 100.0)
    assert clock.time_ms() == 100_000
    assert repr(clock) == "<ManualClock at 100.0 s, 0 pending>"


def test_steps_add_up_exactly() -> None:
    """Ten steps of a tenth are one second, and a third keeps six digits."""
    clock = ManualClock()
    for _ in range(10):
        clock.advance(0.1)
    assert clock.time() == 1
    clock.advance(1 / 3)
    assert clock.time() == 1.333333
    assert clock.time_ms() == 1333


def test_a_deadline_that_floats_miss_is_met() -> None:
    """A sum of floats that lies a hair too late counts as the instant that is meant."""
    clock = ManualClock()
    log = Log(clock)
    clock.call_at(0.1 + 0.2, log.note("due"))
    clock.advance(0.3)
    assert log.lines == [(0.3, "due")]


def test_calls_come_in_order_each_at_its_instant(clock: ManualClock, log: Log) -> None:
    """The order is that of the instants, and of the requests where these are equal."""
    for when, text in [(103, "c"), (101, "a"), (103, "d"), (102.5, "b"), (105, "later")]:
        clock.call_at(when, log.note(text))
    assert list(clock.pending) == [101, 102.5, 103, 103, 105]
    clock.advance(4)
    assert log.lines == [(101, "a"), (102.5, "b"), (103, "c"), (103, "d")]
    assert (clock.time(), clock.pending) == (104, (105,))


def test_what_is_past_comes_with_the_next_move(clock: ManualClock, log: Log) -> None:
    """A call for the past or for now waits until the clock is moved, even by nothing."""
    clock.call_at(-5, log.note("past"))
    clock.call_at(100, log.note("now"))
    assert log.lines == []
    clock.advance(0)
    assert log.lines == [(100, "past"), (100, "now")]


def test_a_jump_calls_late(clock: ManualClock, log: Log) -> None:
    """After a jump everything that fell due comes in order, at the instant of waking."""
    clock.call_at(102, log.note("b"))
    clock.call_at(101, log.note("a"))
    clock.jump(3600)
    assert log.lines == [(3700, "a"), (3700, "b")]


def test_a_cancelled_call_never_comes(clock: ManualClock, log: Log) -> None:
    """Cancelling takes the call out of what is pending; doing so twice changes nothing."""
    handle = clock.call_at(101, log.note("a"))
    assert (handle.when(), handle.cancelled()) == (101, False)
    handle.cancel()
    handle.cancel()
    assert handle.cancelled()
    assert clock.pending == ()
    clock.advance(5)
    assert log.lines == []


def test_cancelling_what_has_come_is_harmless(clock: ManualClock, log: Log) -> None:
    """A handle may be cancelled after its call."""
    handle = clock.call_at(101, log.note("a"))
    clock.advance(1)
    assert not handle.cancelled()
    handle.cancel()
    clock.advance(1)
    assert log.lines == [(101, "a")]


def test_a_callback_may_cancel_another(clock: ManualClock, log: Log) -> None:
    """What is due at the same instant can still be taken back."""

    def cancel_the_other() -> None:
        handle.cancel()

    clock.call_at(101, cancel_the_other)
    handle = clock.call_at(101, log.note("never"))
    clock.advance(1)
    assert log.lines == []


def test_a_callback_may_ask_for_more(clock: ManualClock, log: Log) -> None:
    """A call that falls due within the same move comes in it, at its own instant."""

    def tick() -> None:
        log.note("tick")()
        clock.call_at(clock.time() + 0.1, tick)

    clock.call_at(100.1, tick)
    clock.advance(0.35)
    assert log.lines == [(100.1, "tick"), (100.2, "tick"), (100.3, "tick")]
    assert (clock.time(), clock.pending) == (100.35, (100.4,))


@pytest.mark.parametrize("move", ["advance", "jump"])
def test_a_callback_cannot_move_the_clock(move: str, clock: ManualClock) -> None:
    """A move inside of a move is refused, and the clock can be moved again afterwards."""
    clock.call_at(101, lambda: getattr(clock, move)(1))
    with pytest.raises(RuntimeError, match="a callback must not move the ManualClock"):
        clock.advance(5)
    assert clock.time() == 101
    clock.advance(1)
    assert clock.time() == 102


@pytest.mark.parametrize("error", [ValueError("no"), KeyboardInterrupt(), SystemExit(1)])
def test_a_callback_that_raises(error: BaseException, clock: ManualClock, log: Log) -> None:
    """The clock stands where it was raised; the call is over, the later ones are not."""

    def fail() -> None:
        raise error

    clock.call_at(101, fail)
    clock.call_at(101, log.note("a"))
    clock.call_at(102, log.note("b"))
    with pytest.raises(type(error)):
        clock.advance(5)
    assert (clock.time(), clock.pending, log.lines) == (101, (101, 102), [])
    clock.advance(1)
    assert log.lines == [(101, "a"), (102, "b")]


@pytest.mark.parametrize("wrong", [-0.1, float("nan"), float("inf"), True, "1", None, 10**13])
def test_a_wrong_amount_is_refused(wrong: object, clock: ManualClock) -> None:
    """What is no finite number of at least 0 moves nothing and asks for nothing."""
    clock.call_at(100, lambda: pytest.fail("was called"))
    for move in (clock.advance, clock.jump, ManualClock):
        with pytest.raises(ModelError):
            move(wrong)  # type: ignore[arg-type]  # it is wrong
    assert clock.time() == 100


def test_the_message_of_a_wrong_amount(clock: ManualClock) -> None:
    """The message names the argument and what would have been accepted."""
    with pytest.raises(ModelError) as caught:
        clock.advance(-1)
    assert str(caught.value) == (
        "ManualClock.advance.seconds: must be at least 0 and at most 1000000000000 (got -1)"
    )
    with pytest.raises(ModelError) as caught:
        clock.call_at(float("nan"), print)
    assert str(caught.value) == (
        "ManualClock.call_at.when: must be at least -1000000000000 and at most 1000000000000 "
        "(got nan)"
    )


@given(st.lists(tenths, max_size=8), st.lists(tenths, max_size=8))
def test_any_moves_call_the_same(whens: list[float], moves: list[float]) -> None:
    """However the clock gets there, each call comes once, in order, at its own instant."""
    clock = ManualClock()
    log = Log(clock)
    for i, when in enumerate(whens):
        clock.call_at(when, log.note(f"{i}"))
    for move in moves:
        clock.advance(move)
    end = round(sum(moves), 1)
    expected = sorted((when, i) for i, when in enumerate(whens) if when <= end)
    came = [(when, f"{i}") for when, i in expected] if moves else []
    assert log.lines == came
    assert clock.time() == end


@given(st.lists(st.tuples(tenths, st.booleans()), max_size=8))
def test_it_calls_as_an_event_loop_does(calls: list[tuple[float, bool]]) -> None:
    """The order is that in which asyncio calls, cancelled calls left out."""

    class Loop(asyncio.SelectorEventLoop):
        def time(self) -> float:
            return 0.0 if self.is_asleep else 10.0

        is_asleep = True

    def run(target: ManualClock | Loop) -> list[int]:
        came: list[int] = []
        for i, (when, is_cancelled) in enumerate(calls):
            handle = target.call_at(when, partial(came.append, i))
            if is_cancelled:
                handle.cancel()
        return came

    clock = ManualClock()
    ours = run(clock)
    clock.advance(10)
    loop = Loop()
    try:
        theirs = run(loop)
        loop.is_asleep = False
        loop.call_soon(loop.stop)
        loop.run_forever()
        loop.call_soon(loop.stop)
        loop.run_forever()
    finally:
        loop.close()
    whens = [when for when, _ in calls]
    assert sorted(ours) == sorted(theirs)
    assert [whens[i] for i in ours] == [whens[i] for i in theirs]


def test_only_what_can_be_called_is_called() -> None:
    """What cannot be called is refused when it is asked for, and leaves nothing."""
    clock = ManualClock()
    nothing: Any = None
    with pytest.raises(ModelError) as caught:
        clock.call_at(1, nothing)
    assert str(caught.value) == (
        "ManualClock.call_at.callback: must be something to call (got None)"
    )
    assert clock.pending == ()


def test_a_clock_is_not_copied() -> None:
    """A copy would share its calls with the original, so there is none."""
    with pytest.raises(TypeError) as caught:
        copy.copy(ManualClock())
    assert str(caught.value) == "there is one ManualClock, which cannot be copied or pickled"
