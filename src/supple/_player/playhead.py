"""Where on a timeline the clock has got to.

While it moves, a playhead is a straight line: from one instant of the clock and one position,
at one speed. Every position and every deadline is worked out from there in whole numbers, so
that nothing adds up, however often it is asked.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from supple._errors import ModelError
from supple._model import checks as check
from supple._units import exact, plain

if TYPE_CHECKING:
    from fractions import Fraction

SLOWEST = 0.01
FASTEST = 100


class Playhead:
    """A position that stands still, or moves along with a clock at a speed."""

    __slots__ = ("_anchor_ms", "_per", "_steps", "is_moving", "origin_ms", "speed")

    def __init__(self, speed: float) -> None:
        self.origin_ms = 0
        self.is_moving = False
        self._anchor_ms = 0
        self._set_speed(speed)

    def _set_speed(self, speed: float) -> None:
        self.speed = speed
        ratio: Fraction = exact(speed)
        self._steps, self._per = ratio.numerator, ratio.denominator

    def at(self, now_ms: int) -> int:
        """Return the position at an instant of the clock, whole milliseconds that are over."""
        if not self.is_moving:
            return self.origin_ms
        return self.origin_ms + (now_ms - self._anchor_ms) * self._steps // self._per

    def reaches(self, position_ms: int) -> int:
        """Return the first instant of the clock at which a moving playhead is at a position."""
        return self._anchor_ms - (self.origin_ms - position_ms) * self._per // self._steps

    def stop(self, position_ms: int) -> None:
        """Stand still at a position."""
        self.origin_ms = position_ms
        self.is_moving = False

    def move(self, position_ms: int, now_ms: int) -> None:
        """Move on from a position, which is that of an instant of the clock."""
        self.origin_ms = position_ms
        self._anchor_ms = now_ms
        self.is_moving = True

    def change_speed(self, speed: float, now_ms: int) -> None:
        """Take on another speed, from the position of an instant of the clock."""
        self.origin_ms, self._anchor_ms = self.at(now_ms), now_ms
        self._set_speed(speed)

    @property
    def anchor_ms(self) -> int:
        """The instant of the clock at which the position was ``origin_ms``."""
        return self._anchor_ms


def checked_speed(where: str, speed: object) -> int | float:
    """Require a speed: how many milliseconds of the timeline pass in one of the clock."""
    kept = check.real(where, speed)
    if not SLOWEST <= kept <= FASTEST:  # false for NaN, too
        raise ModelError(where, f"must be at least {SLOWEST} and at most {FASTEST}", speed)
    return plain(kept)
