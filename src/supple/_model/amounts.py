"""Amounts that a level picks from: a :class:`Range`, and what the fields require of one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeAlias

from attrs import frozen

from supple._errors import ModelError
from supple._model import checks as check
from supple._units import exact, plain, round_half_up


@frozen(init=False)
class Range:
    """An amount that may lie anywhere between two bounds.

    A level picks one value out of it: 0 the low bound, 1 the high one.

    Args:
        low: The least amount, from 0 to 10**12, with at most three decimal places.
        high: The greatest amount; the same as ``low`` where it is left out.

    >>> Range(5, 10).at(0.5)
    8
    """

    low: int | float
    high: int | float

    def __init__(self, low: float, high: float | None = None) -> None:
        low = check.amount("Range.low", low)
        high = low if high is None else check.amount("Range.high", high)
        if low > high:
            raise ModelError("Range", "low must be at most high", (low, high))
        self.__attrs_init__(low=low, high=high)

    def at(self, level: float) -> int | float:
        """Return the amount at a level.

        It lies on the straight line from ``low`` to ``high``, rounded half up: to a whole
        number where both bounds are whole, and to thousandths otherwise.

        Args:
            level: From 0, the gentle end, to 1, the full dose.

        Raises:
            ModelError: If ``level`` is not a number from 0 to 1.
        """
        level = check.level("Range.at.level", level)
        if self.low == self.high or not level:
            return self.low
        low, high = exact(self.low), exact(self.high)
        grain = 1 if isinstance(self.low, int) and isinstance(self.high, int) else 1000
        return plain(round_half_up((low + (high - low) * exact(level)) * grain) / grain)

    def __repr__(self) -> str:
        return f"Range({self.low})" if self.low == self.high else f"Range({self.low}, {self.high})"


Amount: TypeAlias = float | Sequence[float] | Range
"""What is accepted for an amount: one number, a pair ``(low, high)`` or a :class:`Range`."""


def times(where: str, value: object) -> Range:
    """Require how often something is repeated: whole numbers of at least 1."""
    return _range_of(check.whole(1, check.MOST_TIMES), where, value)


def seconds(where: str, value: object) -> Range:
    """Require a length of time."""
    return _range_of(check.seconds, where, value)


def seconds_or_zero(where: str, value: object) -> Range:
    """Require a length of time, or none."""
    return _range_of(check.seconds_or_zero, where, value)


def _range_of(bound: check.Check[int | float], where: str, value: object) -> Range:
    """Require an amount whose bounds each meet a requirement."""
    if isinstance(value, Range):
        low, high = value.low, value.high
    elif isinstance(value, tuple | list):
        if len(value) != 2:  # noqa: PLR2004 - a pair
            raise ModelError(where, "must be one number or a pair of low and high", value)
        low, high = value
    else:
        return Range(bound(where, value))
    low, high = bound(f"{where}[0]", low), bound(f"{where}[1]", high)
    if low > high:
        raise ModelError(where, "low must be at most high", value)
    return Range(low, high)
