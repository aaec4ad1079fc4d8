"""The parts of a body as flat outlines: limbs of circles, a trunk of cross-sections, a head."""

import math
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import TypeAlias

from attrs import frozen

from supple._model.pose import Pose
from supple._model.skeleton import (
    Vector,
    add,
    cross,
    dot,
    joints,
    ray,
    scale,
    subtract,
    turned,
    unit,
)
from supple.figures._view import Flat, Frame, View

RADII: Mapping[str, float] = {
    "skull": 0.5,
    "jaw": 0.3,
    "nose": 0.1,
    "neck": 0.2,
    "pelvis": 0.47,
    "waist": 0.4,
    "ribs": 0.46,
    "collar": 0.33,
    "arm": 0.215,
    "elbow": 0.185,
    "wrist": 0.15,
    "hand": 0.15,
    "fingers": 0.11,
    "eye": 0.06,
    "hip": 0.375,
    "knee": 0.275,
    "calf": 0.25,
    "ankle": 0.175,
    "heel": 0.17,
    "toe": 0.135,
}
WIDTHS: Mapping[str, float] = {"pelvis": 0.26, "waist": 0.17, "ribs": 0.3, "collar": 0.44}
"""How much wider than its radius the trunk is on each side, where the view shows its width."""

SHAPING: Mapping[str, float] = {
    "skull_up": 0.05,
    "jaw_down": 0.2,
    "jaw_ahead": 0.2,
    "nose_ahead": 0.51,
    "hair": 78.0,
    "hair_back": 38.0,
    "eyes": 24.0,
    "leg_slit": 0.14,
    "leg_slit_at": 0.3,
    "arm_slit": 0.11,
    "arm_slit_at": 0.25,
    "eye_height": 0.05,
    "eye_depth": 0.2,
    "calf_at": 0.3,
    "girdle": 0.6,
    "flatness": 0.86,
    "collar_cap": 0.36,
    "waistband": 0.66,
    "rim": 0.02,
}
"""Where the parts of the head are, how much of it is hair, and how parts fit into each other."""

SPINE = tuple(WIDTHS)

LIMBS: Mapping[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "leg": (("hip", "knee", "ankle", "toe"), ("hip", "knee", "ankle", "heel", "toe")),
    "arm": (("shoulder", "elbow", "wrist", "hand"), ("arm", "elbow", "wrist", "hand", "fingers")),
}
"""The joints of limbs, and their radii: at the third joint the upper end, and that of the tip."""


@frozen
class Capsule:
    """The outline around two circles."""

    a: Flat
    ra: float
    b: Flat
    rb: float


Polygon: TypeAlias = tuple[Flat, ...]
"""A closed outline through points."""

Outline: TypeAlias = tuple[Capsule | Polygon, ...]


@frozen
class BodyPart:
    """One part of the body, such as ``left leg``."""

    name: str
    outline: Outline
    slit: Outline
    """The outline around which the paper shows, so that the part stands out from what lies
    behind it; at hip and shoulder it is smaller."""


def far_side(pose: Pose, view: View) -> str | None:
    """Return the side of the body that is away from who looks, if one is."""
    across = pose.left * view.toward[2]
    if abs(across) < 0.5:  # noqa: PLR2004 - seen from the front, the back or an end
        return None
    return "right" if across > 0 else "left"


def _order(j: Mapping[str, Vector], view: View) -> list[str]:
    """Order by side where the body is seen from a side, and by depth elsewhere."""
    toward = dot(unit(subtract(j["left shoulder"], j["right shoulder"])), view.toward)
    if abs(toward) > 0.5:  # noqa: PLR2004 - seen from a side
        near, far = ("left", "right") if toward > 0 else ("right", "left")
        return [f"{far} arm", f"{far} leg", "head", "trunk", f"{near} leg", f"{near} arm"]
    deep = {
        "trunk": view.depth(_mix(j["pelvis"], j["collar"], 0.5)),
        "head": view.depth(j["collar"]) - 0.6,
    }
    for side in ("left", "right"):
        deep[f"{side} leg"] = view.depth(_mix(j[f"{side} hip"], j[f"{side} knee"], 0.85))
        deep[f"{side} arm"] = view.depth(_mix(j[f"{side} shoulder"], j[f"{side} elbow"], 0.85))
    return sorted(deep, key=deep.__getitem__)


def _mix(a: Vector, b: Vector, t: float) -> Vector:
    return add(a, scale(subtract(b, a), t))


class Body:
    """A body in a frame, as outlines."""

    def __init__(self, pose: Pose, frame: Frame) -> None:
        self.pose = pose
        self.frame = frame
        self.joints = joints(pose)

    def parts(self) -> Iterator[BodyPart]:
        """Yield the parts of the body, the farthest first."""
        for name in _order(self.joints, self.frame.view):
            side, _, limb = name.partition(" ")
            if limb:
                yield self.limb(side, limb)
            else:
                yield self.head() if name == "head" else self.trunk()

    def limb(self, side: str, limb: str) -> BodyPart:
        """Return a leg or an arm; its slit begins beyond the joint that it hangs from."""
        joints, radii = LIMBS[limb]
        root, middle, end, tip = (self.joints[f"{side} {each}"] for each in joints)
        at_root, at_middle, at_end, heel, at_tip = (RADII[each] for each in radii)
        bulge = [(_mix(middle, end, SHAPING["calf_at"]), RADII["calf"])] if limb == "leg" else []
        lower = (
            *self.tube((middle, at_middle), *bulge, (end, at_end)),
            *self.tube((end, heel), (tip, at_tip)),
        )
        upper = self.tube((root, at_root), (middle, at_middle))
        slit_root = _mix(root, middle, SHAPING[f"{limb}_slit_at"])
        slit = self.tube((slit_root, at_root - SHAPING[f"{limb}_slit"]), (middle, at_middle))
        return BodyPart(f"{side} {limb}", (*upper, *lower), (*slit, *lower))

    def tube(self, *circles: tuple[Vector, float]) -> Outline:
        at, k = self.frame.at, self.frame.scale
        return tuple(
            Capsule(at(a), ra * k, at(b), rb * k) for (a, ra), (b, rb) in pairwise(circles)
        )

    def head(self) -> BodyPart:
        """Return skull and jaw, which tell which way the face points, and the nose."""
        up, ahead = self.head_axes()
        head = self.joints["head"]
        skull = add(head, scale(up, SHAPING["skull_up"]))
        jaw = add(add(head, scale(up, -SHAPING["jaw_down"])), scale(ahead, SHAPING["jaw_ahead"]))
        nose = add(head, scale(ahead, SHAPING["nose_ahead"]))
        face = (
            *self.tube((skull, RADII["skull"]), (jaw, RADII["jaw"])),
            *self.tube((head, RADII["nose"]), (nose, RADII["nose"])),
        )
        return BodyPart("head", face, face)

    def head_axes(self) -> tuple[Vector, Vector]:
        """Return where the crown of the head points, and the nose."""
        up, ahead = ray(self.pose.neck), ray(self.pose.gaze)
        return unit(subtract(up, scale(ahead, dot(up, ahead)))), ahead

    def neck(self) -> Outline:
        collar, head = self.joints["collar"], self.joints["head"]
        return self.tube((collar, RADII["neck"]), (head, RADII["neck"]))

    def eyes(self) -> Outline:
        """Return the eyes, each without a size where it is not seen."""
        up, ahead = self.head_axes()
        made: list[Capsule | Polygon] = []
        for k in (1, -1):
            way = turned(ahead, up, k * SHAPING["eyes"])
            eye = add(self.joints["head"], scale(way, RADII["skull"]))
            r = RADII["eye"] if self.frame.view.depth(way) > SHAPING["eye_depth"] else 0.0
            made += self.tube((eye, r), (add(eye, scale(up, SHAPING["eye_height"])), r))
        return tuple(made)

    def hair(self) -> Polygon:
        """Return what is seen of the hair: the cap of a ball, around a point of its back."""
        up, ahead = self.head_axes()
        across = cross(ahead, up)
        axis = turned(up, unit(across), SHAPING["hair_back"])
        middle = add(self.joints["head"], scale(up, SHAPING["skull_up"]))
        view, (x, y), r = self.frame.view, self.frame.at(middle), RADII["skull"]
        points = cap_of_ball(view.flat(axis), view.depth(axis), math.radians(SHAPING["hair"]))
        k = r * self.frame.scale
        return tuple((x + k * px, y + k * py) for px, py in points)

    def sections(self) -> list[tuple[float, float, float]]:
        """Return the middle and the half width of the trunk at each joint of the spine."""
        frame, j = self.frame, self.joints
        girdle = scale(ray(self.pose.spine[2]), self.pose.shoulders[0] * SHAPING["girdle"])
        middles = [*(j[name] for name in SPINE[:3]), add(j["collar"], girdle)]
        flats = [frame.at(each) for each in middles]
        hips = unit(subtract(j["left hip"], j["right hip"]))
        shoulders = unit(subtract(j["left shoulder"], j["right shoulder"]))
        rows = []
        for i, name in enumerate(SPINE):
            (ax, ay), (bx, by) = flats[max(i - 1, 0)], flats[min(i + 1, 3)]
            wx, wy = _way(bx - ax, by - ay)
            sx, sy = frame.view.flat(unit(_mix(hips, shoulders, i / 3)))
            reach = abs(sy * wx - sx * wy) * WIDTHS[name]
            r = max(RADII[name], RADII[name] * SHAPING["flatness"] + reach)
            rows.append((*flats[i], r * frame.scale))
        return rows

    def trunk(self) -> BodyPart:
        rows = curve(self.sections(), 4)
        left, right = _edges(rows, 0.0)
        k = self.frame.scale
        top = _rounded(rows[-1], rows[-2], SHAPING["collar_cap"] * k, 0.0, _CAP)
        bottom = _rounded(rows[0], rows[1], RADII["pelvis"] * k, 0.0, _CAP)
        outline = ((*left, *top, *right[::-1], *bottom),)
        return BodyPart("trunk", outline, outline)

    def shorts(self) -> Polygon:
        """Return the pelvis, cut straight at the waistband, so that a tilt is seen."""
        rows = curve(self.sections(), 6)[: round(6 * SHAPING["waistband"]) + 1]
        more = SHAPING["rim"] * self.frame.scale  # so that no rim of the trunk shows
        left, right = _edges(rows, more)
        depth = RADII["pelvis"] * self.frame.scale + more
        bottom = _rounded(rows[0], rows[1], depth, more, _CAP)
        return (*left[::-1], *bottom[::-1], *right)


_CAP = tuple(k * math.pi / 12 for k in range(5, -6, -1))
_CAP_POINTS = 12


def cap_of_ball(axis: Flat, depth: float, angle: float) -> list[Flat]:
    """Return the visible outline of the cap of a ball of radius 1, as a fixed number of points.

    ``axis`` and ``depth`` are its middle, y downwards; ``angle``, to its rim, is an acute one.
    """
    far = math.hypot(*axis)
    ux, uy = (axis[0] / far, axis[1] / far) if far > _FLAT else (1.0, 0.0)
    c, s = math.cos(angle), math.sin(angle)
    # The rim is c·axis + s·(cos θ·e1 + sin θ·e2); its visible part is where θ is below this.
    seen = math.acos(max(-1.0, min(1.0, -c * depth / max(s * far, _FLAT))))
    points = []
    for i in range(_CAP_POINTS + 1):
        theta = seen * (2 * i / _CAP_POINTS - 1)
        along, aside = c * far - s * math.cos(theta) * depth, s * math.sin(theta)
        points.append((along * ux - aside * uy, along * uy + aside * ux))
    edge = math.acos(c / far) if far > c else 0.0
    for i in range(_CAP_POINTS + 1):
        if far <= c:  # the rim does not meet the edge of the ball: stay at its end
            points.append(points[_CAP_POINTS])
            continue
        theta = edge * (1 - 2 * i / _CAP_POINTS)
        points.append(
            (
                math.cos(theta) * ux - math.sin(theta) * uy,
                math.cos(theta) * uy + math.sin(theta) * ux,
            )
        )
    return points


_FLAT = 1e-9


def _way(dx: float, dy: float) -> Flat:
    length = math.hypot(dx, dy)
    return (dx / length, dy / length) if length > _FLAT else (1.0, 0.0)


def curve(points: Sequence[tuple[float, ...]], steps: int) -> list[tuple[float, ...]]:
    """Return points on a Catmull-Rom curve through points of any dimension."""
    padded = [points[0], *points, points[-1]]
    made: list[tuple[float, ...]] = []
    for p0, p1, p2, p3 in zip(padded, padded[1:], padded[2:], padded[3:], strict=False):
        for step in range(steps):
            t = step / steps
            made.append(
                tuple(
                    0.5
                    * (
                        2 * b
                        + (c - a) * t
                        + (2 * a - 5 * b + 4 * c - d) * t * t
                        + (3 * b - a - 3 * c + d) * t**3
                    )
                    for a, b, c, d in zip(p0, p1, p2, p3, strict=True)
                )
            )
    return [*made, tuple(points[-1])]


def _edges(rows: Sequence[tuple[float, ...]], more: float) -> tuple[list[Flat], list[Flat]]:
    """Return the two edges of a band whose middles and half widths are given."""
    left, right = [], []
    last = len(rows) - 1
    for i, (x, y, r) in enumerate(rows):
        a, b = rows[max(i - 1, 0)], rows[min(i + 1, last)]
        wx, wy = _way(b[0] - a[0], b[1] - a[1])
        sx, sy = -wy * (r + more), wx * (r + more)
        left.append((x + sx, y + sy))
        right.append((x - sx, y - sy))
    return left, right


def _rounded(
    row: Sequence[float], near: Sequence[float], depth: float, more: float, angles: Sequence[float]
) -> list[Flat]:
    """Return the rounded end of a band beyond a row, from one edge to the other."""
    x, y, r = row
    wx, wy = _way(x - near[0], y - near[1])
    r += more
    depth = min(r, depth)
    return [
        (
            x + math.cos(t) * wx * depth - math.sin(t) * wy * r,
            y + math.cos(t) * wy * depth + math.sin(t) * wx * r,
        )
        for t in angles
    ]
