"""Where on a timeline the clock has got to.

While it moves, a playhead is a straight line: from one instant of the clock and one position,
at one speed. Every position and every deadline is worked out from there in whole numbers, and
what is over of a millisecond is kept where the line bends; so nothing adds up, however often it
is asked, paused or given another speed.
"""

from __future__ import annotations

from fractions import Fraction
from math import lcm

from supple._units import exact

PLACES = 18
"""Decimal places of a position: no speed that a player takes prints with more of them."""


class Playhead:
    """A position that stands still, or moves along with a clock at a speed.

    Attributes:
        origin_ms: Whole milliseconds of the position at the anchor.
        anchor_ms: The instant of the clock at which the position was that of the origin.
        is_moving: Whether it moves along.
        speed: How many milliseconds of the timeline pass in one of the clock.
    """

    __slots__ = ("_per", "_rest", "_steps", "anchor_ms", "is_moving", "origin_ms", "speed")

    def __init__(self, speed: float) -> None:
        self.origin_ms = 0
        self.anchor_ms = 0
        self.is_moving = False
        self._set(speed, Fraction(0))

    def _set(self, speed: float, part: Fraction) -> None:
        """Take a speed, and what is over of a millisecond at the anchor."""
        self.speed = speed
        ratio = exact(speed)
        self._per = lcm(ratio.denominator, part.denominator)
        self._steps = ratio.numerator * (self._per // ratio.denominator)
        self._rest = part.numerator * (self._per // part.denominator)

    def at(self, now_ms: int) -> int:
        """Return the position at an instant of the clock, whole milliseconds that are over."""
        if not self.is_moving:
            return self.origin_ms
        passed = self._rest + (now_ms - self.anchor_ms) * self._steps
        return self.origin_ms + passed // self._per

    def reaches(self, position_ms: int) -> int:
        """Return the first instant of the clock at which a moving playhead is at a position."""
        ahead = (self.origin_ms - position_ms) * self._per + self._rest
        return self.anchor_ms - ahead // self._steps

    def stop(self, now_ms: int) -> None:
        """Stand still, where it is at an instant of the clock."""
        self._bend(now_ms)
        self.is_moving = False

    def go(self, now_ms: int) -> None:
        """Move on from where it stands, as of an instant of the clock."""
        self.anchor_ms = now_ms
        self.is_moving = True

    def put(self, position_ms: int, now_ms: int) -> None:
        """Be elsewhere as of an instant of the clock, and stand still or move on as before."""
        self.origin_ms, self.anchor_ms, self._rest = position_ms, now_ms, 0

    def follow(self, before_ms: int, now_ms: int) -> None:
        """Take a clock that shows something else now than it should: the position stays."""
        self._bend(before_ms)
        self.anchor_ms = now_ms

    def change_speed(self, speed: float, now_ms: int) -> None:
        """Take on another speed, from the position of an instant of the clock."""
        self._bend(now_ms)
        self._set(speed, Fraction(self._rest, self._per))

    def _bend(self, now_ms: int) -> None:
        """Begin the line anew where it is at an instant of the clock."""
        if self.is_moving:
            passed = self._rest + (now_ms - self.anchor_ms) * self._steps
            whole_ms, self._rest = divmod(passed, self._per)
            self.origin_ms += whole_ms
            self.anchor_ms = now_ms

    @property
    def part(self) -> str:
        """What is over of a millisecond at the anchor, as a decimal number."""
        digits = f"{self._rest * 10**PLACES // self._per:0{PLACES}}".rstrip("0")
        return f"0.{digits}" if digits else "0"

    def take_part(self, part: str) -> None:
        """Take what is over of a millisecond, as :attr:`part` has told it."""
        self._set(self.speed, Fraction(part))
