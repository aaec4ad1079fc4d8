"""What a rig in another language needs to draw the same bodies: the numbers of this one.

``supple/export/_page/rig.js`` is such a rig.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from supple._model.skeleton import BONES
from supple.figures._parts import RADII, SHAPING, WIDTHS

if TYPE_CHECKING:
    from supple._model.pose import Arm, Leg, Pose
    from supple.figures._picture import Stage


def rig_data() -> dict[str, Any]:
    """Return the lengths, radii and shapes of the body, as plain data for JSON."""
    return {
        "bones": dict(BONES),
        "radii": dict(RADII),
        "widths": dict(WIDTHS),
        "shaping": dict(SHAPING),
    }


def pose_data(pose: Pose) -> dict[str, Any]:
    """Return the body of a pose as plain data for JSON, as the rig takes it."""
    return {
        "left": pose.left,
        "pelvis": list(pose.pelvis),
        "spine": [list(each) for each in pose.spine],
        "neck": list(pose.neck),
        "gaze": list(pose.gaze),
        "twist": pose.twist,
        "shoulders": list(pose.shoulders),
        "left_leg": _leg(pose.left_leg),
        "right_leg": _leg(pose.right_leg),
        "left_arm": _arm(pose.left_arm),
        "right_arm": _arm(pose.right_arm),
    }


def stage_data(stage: Stage) -> dict[str, float]:
    """Return the view, the scale and the place of a stage as plain data for JSON."""
    frame = stage.frame
    view = frame.view
    return {
        "turned": view.turned,
        "risen": view.risen,
        "scale": frame.scale,
        "x": frame.x,
        "y": frame.y,
    }


def _leg(leg: Leg) -> dict[str, list[float]]:
    return {"foot": list(leg.foot), "knee": list(leg.knee), "toes": list(leg.toes)}


def _arm(arm: Arm) -> dict[str, list[float]]:
    return {"hand": list(arm.hand), "elbow": list(arm.elbow), "fingers": list(arm.fingers)}
