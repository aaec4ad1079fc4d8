"""The way from one pose to another."""

import math
from typing import TypeVar

from supple._model.pose import Arm, Leg, Pose, unchecked

Numbers = TypeVar("Numbers", bound=tuple[float, ...])


def between(before: Pose, after: Pose, t: float) -> Pose:
    """Return the pose on the way from one to another.

    Where hands and feet are is interpolated, and so are the pelvis and the angles of spine, neck
    and head; elbows and knees follow. So no limb changes its length, and what is at one place in
    both poses stays there throughout. The scene is that of ``after``.

    Between bodies that lie or stand the other way round there is no such way: the figure changes
    from one to the other half-way.

    Args:
        before: Where the movement starts.
        after: Where it ends.
        t: How far it has gone: 0 gives the body of ``before``, 1 that of ``after``.
    """
    if before.left != after.left:
        return before if t < 0.5 else after  # noqa: PLR2004 - half-way
    if t >= 1:
        return after
    t = max(t, 0.0)
    return unchecked(
        after,
        faces=before.faces,
        left=before.left,
        pelvis=_mix(before.pelvis, after.pelvis, t),
        spine=tuple(_mix(a, b, t) for a, b in zip(before.spine, after.spine, strict=True)),
        neck=_mix(before.neck, after.neck, t),
        gaze=_mix(before.gaze, after.gaze, t),
        twist=before.twist + (after.twist - before.twist) * t,
        shoulders=_mix(before.shoulders, after.shoulders, t),
        left_leg=_leg(before.left_leg, after.left_leg, t),
        right_leg=_leg(before.right_leg, after.right_leg, t),
        left_arm=_arm(before.left_arm, after.left_arm, t),
        right_arm=_arm(before.right_arm, after.right_arm, t),
    )


def eased(t: float) -> float:
    """Return how far a movement has gone that starts and ends gently, at a part of its time."""
    return 0.5 - 0.5 * math.cos(math.pi * min(max(t, 0.0), 1.0))


def _mix(a: Numbers, b: Numbers, t: float) -> Numbers:
    return tuple(x + (y - x) * t for x, y in zip(a, b, strict=True))  # type: ignore[return-value]  # as long as both


def _leg(a: Leg, b: Leg, t: float) -> Leg:
    return Leg(_mix(a.foot, b.foot, t), knee=_mix(a.knee, b.knee, t), toes=_mix(a.toes, b.toes, t))


def _arm(a: Arm, b: Arm, t: float) -> Arm:
    elbow, fingers = _mix(a.elbow, b.elbow, t), _mix(a.fingers, b.fingers, t)
    return Arm(_mix(a.hand, b.hand, t), elbow=elbow, fingers=fingers)
