"""Where the joints of a pose are: bones that keep their lengths, bent by inverse kinematics.

``x`` runs along the mat, ``y`` up and ``z`` towards somebody who looks from the side. Lengths are
in diameters of the head, of which a grown person is about 7.5 high. Directions are two angles in
degrees: around ``z`` (0 is +x, 90 up, 180 is -x), then out of that plane towards ``z``.

The pelvis, the spine, the neck and the head follow from angles. A hand and a foot are where the
pose puts them, and elbow and knee follow. Where a limb is too short on the way between two poses,
its shoulder or hip gives way, as those of a person do: a hand on the floor never slides, and no
bone ever changes its length.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Mapping

    from supple._model.pose import Arm, Leg, Pose

Vector: TypeAlias = tuple[float, float, float]
Direction: TypeAlias = tuple[float, float]

CENTIMETRES = 23.0
"""The diameter of a head, of somebody about 1.70 m tall."""

BONES: Mapping[str, float] = {
    "pelvis": 0.62,
    "belly": 0.72,
    "chest": 0.72,
    "neck": 0.95,
    "hips": 0.3,
    "shoulders": 0.58,
    "upper_arm": 1.06,
    "forearm": 0.98,
    "hand": 0.36,
    "thigh": 1.62,
    "shin": 1.55,
    "foot": 0.62,
}
"""The lengths of the bones; ``hips`` and ``shoulders`` reach from the middle to one side."""

MOST_BENT: Mapping[str, float] = {"knee": 155.0, "elbow": 150.0}
"""How far a joint bends, in degrees from straight."""


def in_cm(heads: float) -> str:
    """Return a length in words, at least a centimetre."""
    return f"{max(1, round(heads * CENTIMETRES))} cm"


def add(a: Vector, b: Vector) -> Vector:
    return (a[0] + b[0], a[1] + b[1], a[2] + b[2])


def subtract(a: Vector, b: Vector) -> Vector:
    return (a[0] - b[0], a[1] - b[1], a[2] - b[2])


def scale(a: Vector, k: float) -> Vector:
    return (a[0] * k, a[1] * k, a[2] * k)


def dot(a: Vector, b: Vector) -> float:
    return a[0] * b[0] + a[1] * b[1] + a[2] * b[2]


def cross(a: Vector, b: Vector) -> Vector:
    return (
        a[1] * b[2] - a[2] * b[1],
        a[2] * b[0] - a[0] * b[2],
        a[0] * b[1] - a[1] * b[0],
    )


def unit(a: Vector) -> Vector:
    """Return a vector of length 1 in the same direction; of none, +x."""
    length = math.sqrt(dot(a, a))
    return scale(a, 1 / length) if length > _TINY else (1.0, 0.0, 0.0)


def ray(direction: Direction) -> Vector:
    """Return the unit vector of a direction."""
    around, out = math.radians(direction[0]), math.radians(direction[1])
    flat = math.cos(out)
    return (math.cos(around) * flat, math.sin(around) * flat, math.sin(out))


def turned(a: Vector, axis: Vector, degrees: float) -> Vector:
    """Return a vector turned around a unit vector, by Rodrigues' formula."""
    angle = math.radians(degrees)
    cos, sin = math.cos(angle), math.sin(angle)
    lifted = add(scale(a, cos), scale(cross(axis, a), sin))
    return add(lifted, scale(axis, dot(axis, a) * (1 - cos)))


_TINY = 1e-9
_STEEP = 0.9


def reaches(first: float, second: float, most_bent: float) -> tuple[float, float]:
    """Return the least and the greatest distance that two bones with a joint can span."""
    inner = math.radians(180 - most_bent)
    least = math.sqrt(first * first + second * second - 2 * first * second * math.cos(inner))
    return least, first + second


ARM_REACHES = reaches(BONES["upper_arm"], BONES["forearm"], MOST_BENT["elbow"])
LEG_REACHES = reaches(BONES["thigh"], BONES["shin"], MOST_BENT["knee"])


def bent(
    root: Vector, end: Vector, first: float, second: float, pole: Vector
) -> tuple[Vector, Vector]:
    """Return where the root gives way to, and where the joint between two bones is.

    Args:
        root: The shoulder or the hip.
        end: The wrist or the ankle, which stays where it is.
        first: The length of the bone at the root.
        second: The length of the bone at the end.
        pole: The direction in which the joint points.
    """
    way = subtract(end, root)
    length = math.sqrt(dot(way, way))
    reach = min(max(length, abs(first - second) + 1e-6), first + second - 1e-6)
    along = unit(way)
    root = subtract(end, scale(along, reach))
    foot = (first * first - second * second + reach * reach) / (2 * reach)
    off = math.sqrt(max(first * first - foot * foot, 0.0))
    aside = subtract(pole, scale(along, dot(pole, along)))
    if dot(aside, aside) < _TINY:  # the pole lies along the limb: always the same side will do
        aside = cross(along, (0.0, 0.0, 1.0) if abs(along[2]) < _STEEP else (0.0, 1.0, 0.0))
    return root, add(add(root, scale(along, foot)), scale(unit(aside), off))


def trunk_of(pose: Pose) -> dict[str, Vector]:
    """Return where the joints from the pelvis to the head are, and where limbs are fastened."""
    ways = [ray(direction) for direction in pose.spine]
    left = (0.0, 0.0, float(pose.left))
    found = {"pelvis": pose.pelvis}
    found["waist"] = add(pose.pelvis, scale(ways[0], BONES["pelvis"]))
    found["ribs"] = add(found["waist"], scale(ways[1], BONES["belly"]))
    found["collar"] = add(found["ribs"], scale(ways[2], BONES["chest"]))
    found["head"] = add(found["collar"], scale(ray(pose.neck), BONES["neck"]))
    across = turned(left, ways[0], pose.twist)
    up, forward = pose.shoulders
    girdle = add(scale(ways[2], up), scale(cross(left, ways[2]), forward))
    for side, k in (("left", 1), ("right", -1)):
        found[f"{side} hip"] = add(found["pelvis"], scale(across, k * BONES["hips"]))
        shoulder = add(found["collar"], scale(left, k * BONES["shoulders"]))
        found[f"{side} shoulder"] = add(shoulder, girdle)
    return found


def joints(pose: Pose) -> dict[str, Vector]:
    """Return where every joint of a pose is, by its name.

    These are ``pelvis``, ``waist``, ``ribs``, ``collar`` and ``head``, and for each side
    ``hip``, ``knee``, ``ankle``, ``toe``, ``shoulder``, ``elbow``, ``wrist`` and ``hand``, such
    as ``left knee``.
    """
    found = trunk_of(pose)
    for side, leg, arm in (
        ("left", pose.left_leg, pose.left_arm),
        ("right", pose.right_leg, pose.right_arm),
    ):
        found |= _leg(side, found[f"{side} hip"], leg) | _arm(side, found[f"{side} shoulder"], arm)
    return found


def _leg(side: str, hip: Vector, leg: Leg) -> dict[str, Vector]:
    hip, knee = bent(hip, leg.foot, BONES["thigh"], BONES["shin"], leg.knee)
    toe = add(leg.foot, scale(ray(leg.toes), BONES["foot"]))
    return {
        f"{side} hip": hip,
        f"{side} knee": knee,
        f"{side} ankle": leg.foot,
        f"{side} toe": toe,
    }


def _arm(side: str, shoulder: Vector, arm: Arm) -> dict[str, Vector]:
    shoulder, elbow = bent(shoulder, arm.hand, BONES["upper_arm"], BONES["forearm"], arm.elbow)
    tip = add(arm.hand, scale(ray(arm.fingers), BONES["hand"]))
    return {
        f"{side} shoulder": shoulder,
        f"{side} elbow": elbow,
        f"{side} wrist": arm.hand,
        f"{side} hand": tip,
    }
