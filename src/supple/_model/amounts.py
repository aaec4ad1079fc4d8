"""Amounts that a level picks from: a :class:`Range`, and what the fields require of one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, TypeAlias

from attrs import Factory, field, frozen

from supple._model import requirements as must
from supple._model.requirements import Requirement, Schema, refuse
from supple._units import exact, plain, round_half_up


@frozen(repr=False)
class Range:
    """An amount that may lie anywhere between two bounds.

    A level picks one value out of it: 0 the low bound, 1 the high one.

    Args:
        low: The least amount, from 0 on, with at most three decimal places.
        high: The greatest amount; the same as ``low`` where it is left out.

    >>> Range(5, 10).at(0.5)
    8
    """

    low: int | float = field(validator=must.AMOUNT)
    high: int | float = field(
        validator=must.AMOUNT, default=Factory(lambda self: self.low, takes_self=True)
    )

    def __attrs_post_init__(self) -> None:
        if self.low > self.high:
            refuse(*_LOW_HIGH, (self.low, self.high), "Range")

    def at(self, level: float) -> int | float:
        """Return the amount at a level.

        It lies on the straight line from ``low`` to ``high``, rounded half up: to a whole
        number where both bounds are whole, and to thousandths otherwise.

        Args:
            level: From 0, the gentle end, to 1, the full dose.

        Raises:
            ModelError: If ``level`` is not a number from 0 to 1.
        """
        level = must.LEVEL.require("Range.at.level", level)
        if self.low == self.high or not level:
            return self.low
        low, high = exact(self.low), exact(self.high)
        grain = 1 if isinstance(self.low, int) and isinstance(self.high, int) else 1000
        return plain(round_half_up((low + (high - low) * exact(level)) * grain) / grain)

    def __repr__(self) -> str:
        return f"Range({self.low})" if self.low == self.high else f"Range({self.low}, {self.high})"


_LOW_HIGH = ("low-high", "low must be at most high")

Amount: TypeAlias = float | Sequence[float] | Range
"""What is accepted for an amount: one number, a pair ``(low, high)`` or a :class:`Range`."""

Times: TypeAlias = int | Sequence[int] | Range
"""What is accepted for how often: one whole number, a pair of them or a :class:`Range`."""


class AmountOf(Requirement[Range]):
    """An amount whose bounds are each as required."""

    def __init__(self, bound: must.Number | must.Whole) -> None:
        self.bound = bound

    def kept(self, value: Any) -> Range:
        match value:
            case Range() if value.low == value.high:
                self.bound.kept(value.low)
                return value
            case Range():
                self._bounds(value.low, value.high)
                return value
            case [low, high]:
                low, high = self._bounds(low, high)
                if low > high:
                    refuse(*_LOW_HIGH, value)
                return Range(low, high)
        if isinstance(value, tuple | list):
            refuse("pair", "must be one number or a pair of low and high", value)
        return Range(self.bound.kept(value))

    def _bounds(self, low: object, high: object) -> tuple[int | float, int | float]:
        return self.bound.require("[0]", low), self.bound.require("[1]", high)

    def schema(self) -> Schema:
        pair: must.ListOf[Any] = must.ListOf(self.bound, least=2, most=2)
        return {"anyOf": [self.bound.schema(), pair.schema()]}


TIMES = AmountOf(must.TIMES)
SECONDS = AmountOf(must.SECONDS)
SECONDS_OR_ZERO = AmountOf(must.SECONDS_OR_ZERO)
