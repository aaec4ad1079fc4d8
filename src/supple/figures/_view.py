"""From space to the picture: a parallel projection, and a frame that holds what it shows."""

import math
from collections.abc import Iterable
from typing import TypeAlias

from attrs import field, frozen

from supple._model.skeleton import Vector, cross, dot

Flat: TypeAlias = tuple[float, float]


@frozen
class View:
    """A parallel projection: turned around the vertical, then risen above the horizon."""

    turned: float
    risen: float
    right: Vector = field(init=False)
    toward: Vector = field(init=False)
    up: Vector = field(init=False)

    def __attrs_post_init__(self) -> None:
        a, e = math.radians(self.turned), math.radians(self.risen)
        right = (math.cos(a), 0.0, -math.sin(a))
        toward = (math.sin(a) * math.cos(e), math.sin(e), math.cos(a) * math.cos(e))
        object.__setattr__(self, "right", right)
        object.__setattr__(self, "toward", toward)
        object.__setattr__(self, "up", cross(toward, right))

    def flat(self, p: Vector) -> Flat:
        """Return where a point is on the picture plane, y downwards."""
        return dot(p, self.right), -dot(p, self.up)

    def depth(self, p: Vector) -> float:
        """Return how far a point is towards who looks."""
        return dot(p, self.toward)


@frozen
class Frame:
    """A picture's size, and the scale and place at which a view is drawn on it."""

    view: View
    width: float
    height: float
    scale: float
    x: float
    y: float

    def at(self, p: Vector) -> Flat:
        """Return where a point is in the picture."""
        right, down = self.view.flat(p)
        return self.x + right * self.scale, self.y + down * self.scale


def framed(
    view: View, circles: Iterable[tuple[Vector, float]], *, width: float, height: float, pad: float
) -> Frame:
    """Return the frame that holds some balls, as large as it can, in its middle."""
    flats = [(*view.flat(p), r) for p, r in circles]
    left = min(x - r for x, _, r in flats)
    right = max(x + r for x, _, r in flats)
    top = min(y - r for _, y, r in flats)
    bottom = max(y + r for _, y, r in flats)
    scale = min((width - 2 * pad) / (right - left), (height - 2 * pad) / (bottom - top))
    x = width / 2 - scale * (left + right) / 2
    y = height / 2 - scale * (top + bottom) / 2
    return Frame(view, width, height, scale, x, y)
