"""Time, and every conversion of it.

Inside supple a duration or an offset is an integer number of milliseconds, and a name that
carries one ends in ``_ms``. People write seconds. A number of seconds is taken as the decimal
number that it prints as, so ``0.1`` is 100 milliseconds and not a ten-millionth more.
"""

from __future__ import annotations

from functools import lru_cache
from math import ceil, floor
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import timedelta
    from fractions import Fraction

MS_PER_SECOND = 1000
MS_PER_MINUTE = 60 * MS_PER_SECOND
MS_PER_HOUR = 60 * MS_PER_MINUTE
US_PER_MS = 1000
US_PER_SECOND = MS_PER_SECOND * US_PER_MS
DAYS_OF_A_WEEK = 7
SHORTEST_SECONDS = 0.001
LONGEST_SECONDS = 24 * 60 * 60
_CLOCK_SLACK_MS = 0.001


@lru_cache(maxsize=1024)  # what people write is a few numbers, again and again
def exact(number: float) -> Fraction:
    """Return the decimal number that ``number`` prints as, exactly."""
    from fractions import Fraction  # not before a number is no whole one: it takes a while

    return Fraction(number) if isinstance(number, int) else Fraction(repr(number))


def plain(number: float) -> int | float:
    """Return the same number in its plainest form: an integer where it is whole."""
    return int(number) if isinstance(number, int) or number.is_integer() else float(number)


def round_half_up(number: Fraction) -> int:
    """Return the nearest integer, the upper one of two that are equally near."""
    return (2 * number.numerator + number.denominator) // (2 * number.denominator)


def is_whole_ms(seconds: float) -> bool:
    """Tell whether a finite number of seconds is a whole number of milliseconds."""
    return (exact(seconds) * MS_PER_SECOND).denominator == 1


def seconds_to_ms(seconds: float) -> int:
    """Return a number of seconds in milliseconds, rounded half up where it is finer.

    >>> seconds_to_ms(0.1)
    100
    """
    if isinstance(seconds, int):
        return seconds * MS_PER_SECOND
    return round_half_up(exact(seconds) * MS_PER_SECOND)


def minutes_to_ms(minutes: float) -> int:
    """Return a number of minutes in milliseconds, rounded half up where it is finer."""
    return round_half_up(exact(minutes) * MS_PER_MINUTE)


def seconds_over(ms: int) -> int:
    """Return how many whole seconds are over by an instant.

    >>> seconds_over(1_999), seconds_begun(1_001), nearest_seconds(1_500)
    (1, 2, 2)
    """
    return ms // MS_PER_SECOND


def seconds_begun(ms: int) -> int:
    """Return how many seconds have begun before an instant."""
    return -(-ms // MS_PER_SECOND)


def nearest_seconds(ms: int) -> int:
    """Return milliseconds in whole seconds, rounded half up."""
    return (ms + MS_PER_SECOND // 2) // MS_PER_SECOND


def ms_to_seconds(ms: int) -> float:
    """Return milliseconds in seconds, for a clock that tells them so.

    >>> ms_to_seconds(1_500)
    1.5
    """
    return ms / MS_PER_SECOND


def seconds_to_whole_ms(seconds: float) -> int:
    """Return the whole milliseconds that are over by an instant, of a clock that tells seconds.

    A millisecond counts as over a microsecond early, since seconds are rarely exact.

    >>> seconds_to_whole_ms(1.001), seconds_to_whole_ms(1.0019)
    (1001, 1001)
    """
    return floor(seconds * MS_PER_SECOND + _CLOCK_SLACK_MS)


def seconds_to_wait_ms(seconds: float) -> int:
    """Return the whole milliseconds after which so many seconds are over; 0 where they are.

    >>> seconds_to_wait_ms(0.0012), seconds_to_wait_ms(-5)
    (2, 0)
    """
    return max(ceil(seconds * MS_PER_SECOND), 0)


def ms_to_timedelta(ms: int) -> timedelta:
    """Return milliseconds as a ``timedelta``.

    Raises:
        OverflowError: Beyond 999,999,999 days, the most that a ``timedelta`` holds.
    """
    from datetime import timedelta

    return timedelta(milliseconds=ms)


def ms_to_clock(ms: int) -> str:
    """Return milliseconds as clock text, with hours and milliseconds only where they count.

    >>> ms_to_clock(65_000), ms_to_clock(3_600_000), ms_to_clock(1_500)
    ('1:05', '1:00:00', '0:01.500')
    """
    hours, minutes, seconds, rest = _clock(ms)
    text = f"{hours}:{minutes:02}:{seconds:02}" if hours else f"{minutes}:{seconds:02}"
    return f"{text}.{rest:03}" if rest else text


def ms_to_clock_in_seconds(ms: int) -> str:
    """Return milliseconds as clock text, with the whole seconds that are over.

    >>> ms_to_clock_in_seconds(65_999)
    '1:05'
    """
    return ms_to_clock(seconds_over(ms) * MS_PER_SECOND)


def ms_to_timestamp(ms: int, point: str) -> str:
    """Return milliseconds as captions write them, with hours of two digits or more.

    >>> ms_to_timestamp(65_000, ",")
    '00:01:05,000'
    """
    hours, minutes, seconds, rest = _clock(ms)
    return f"{hours:02}:{minutes:02}:{seconds:02}{point}{rest:03}"


def _clock(ms: int) -> tuple[int, int, int, int]:
    seconds, rest = divmod(ms, MS_PER_SECOND)
    minutes, seconds = divmod(seconds, 60)
    return *divmod(minutes, 60), seconds, rest
