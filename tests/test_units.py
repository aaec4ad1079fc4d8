"""Conversions of time: exact in decimals, one home for all of them."""

from __future__ import annotations

from datetime import timedelta
from decimal import ROUND_HALF_UP, Context, Decimal
from fractions import Fraction

import pytest
from hypothesis import given, strategies as st

from supple import _units as units

EXACT = Context(prec=2000)
lengths = st.integers(0, 86_400_000).map(lambda ms: ms / 1000) | st.floats(0, 86_400)


@pytest.mark.parametrize(
    ("number", "fraction"),
    [
        (0.1, Fraction(1, 10)),
        (0.285, Fraction(57, 200)),
        (1e-3, Fraction(1, 1000)),
        (5e-324, Fraction(5, 10**324)),
        (1e16, Fraction(10**16)),
        (7, Fraction(7)),
        (10**40, Fraction(10**40)),
        (-0.0, Fraction(0)),
    ],
    ids=repr,
)
def test_a_number_is_the_decimal_that_it_prints_as(number: float, fraction: Fraction) -> None:
    """A float is taken for the decimal number that it prints as, and not for its bits."""
    assert units.exact(number) == fraction


@pytest.mark.parametrize(
    ("number", "kept"), [(5, 5), (5.0, 5), (-0.0, 0), (2.5, 2.5), (1e15, 10**15), (0.001, 0.001)]
)
def test_the_plainest_form(number: float, kept: float) -> None:
    """A whole number is an integer, whichever way it is written."""
    assert units.plain(number) == kept
    assert type(units.plain(number)) is type(kept)


@pytest.mark.parametrize(
    ("number", "nearest"),
    [("1/2", 1), ("3/2", 2), ("5/2", 3), ("-1/2", 0), ("-3/2", -1), ("49/100", 0), ("7", 7)],
)
def test_half_is_rounded_up(number: str, nearest: int) -> None:
    """Of two integers that are equally near, the upper one is taken."""
    assert units.round_half_up(Fraction(number)) == nearest


@given(lengths)
def test_seconds_are_rounded_as_decimals(seconds: float) -> None:
    """Seconds in milliseconds are the decimal product, rounded half up."""
    product = EXACT.multiply(Decimal(repr(seconds)), 1000)
    assert units.seconds_to_ms(seconds) == int(product.quantize(Decimal(1), ROUND_HALF_UP, EXACT))


@given(st.integers(0, 86_400_000))
def test_whole_milliseconds_survive(ms: int) -> None:
    """A whole number of milliseconds, written in seconds, is that number again."""
    assert units.is_whole_ms(ms / 1000)
    assert units.seconds_to_ms(ms / 1000) == ms


@pytest.mark.parametrize("seconds", [0.0005, 0.1234, 1e-300, 5e-324, 0.30000000000000004])
def test_finer_than_a_millisecond(seconds: float) -> None:
    """A number that does not print as whole milliseconds is none."""
    assert not units.is_whole_ms(seconds)


@pytest.mark.parametrize(
    ("ms", "time"),
    [
        (0, timedelta(0)),
        (1, timedelta(milliseconds=1)),
        (86_400_001, timedelta(days=1, milliseconds=1)),
        (999_999_999 * 86_400_000 + 86_399_999, timedelta(999_999_999, 86_399, 999_000)),
    ],
    ids=["nothing", "a millisecond", "more than a day", "the most"],
)
def test_milliseconds_as_a_timedelta(ms: int, time: timedelta) -> None:
    """Milliseconds are exact as a timedelta, up to the most that one can hold."""
    assert units.ms_to_timedelta(ms) == time


def test_more_than_a_timedelta_holds() -> None:
    """Beyond what a timedelta can hold there is Python's own error."""
    with pytest.raises(OverflowError):
        units.ms_to_timedelta(10**9 * 86_400_000)


@given(st.integers(0, 10**15))
def test_a_timedelta_is_exact(ms: int) -> None:
    """No millisecond is lost in a timedelta."""
    assert units.ms_to_timedelta(ms) // timedelta(milliseconds=1) == ms


@pytest.mark.parametrize(
    ("ms", "clock"),
    [
        (0, "0:00"),
        (1, "0:00.001"),
        (59_999, "0:59.999"),
        (60_000, "1:00"),
        (65_000, "1:05"),
        (65_250, "1:05.250"),
        (600_000, "10:00"),
        (3_599_000, "59:59"),
        (3_600_000, "1:00:00"),
        (3_661_010, "1:01:01.010"),
        (100 * 3_600_000, "100:00:00"),
        (10**18, "277777777777:46:40"),
    ],
)
def test_milliseconds_as_a_clock(ms: int, clock: str) -> None:
    """Clock text has hours and milliseconds only where they count."""
    assert units.ms_to_clock(ms) == clock
