"""What a rig in another language needs to draw the same bodies: the numbers of this one.

``supple/export/_page/rig.js`` is such a rig.
"""

from typing import Any

from attrs import asdict

from supple._model.pose import Pose
from supple._model.skeleton import BONES
from supple.figures._body import LIMBS, RADII, SHAPING, WIDTHS
from supple.figures._picture import Stage

_NO_BODY = frozenset({"id", "alt", "faces", "scene"})


def rig_data() -> dict[str, Any]:
    """Return the lengths, radii and shapes of the body, as plain data for JSON."""
    return {
        "bones": dict(BONES),
        "radii": dict(RADII),
        "widths": dict(WIDTHS),
        "shaping": dict(SHAPING),
        "limbs": dict(LIMBS),
    }


def pose_data(pose: Pose) -> dict[str, Any]:
    """Return the body of a pose as plain data for JSON, as the rig takes it."""
    body = asdict(pose, filter=lambda field, _: field.name not in _NO_BODY)
    return {"left": pose.left, **body}


def stage_data(stage: Stage) -> dict[str, float]:
    """Return the view, the scale and the place of a stage as plain data for JSON."""
    frame = stage.frame
    view = {"turned": frame.view.turned, "risen": frame.view.risen}
    return {**view, "scale": frame.scale, "x": frame.x, "y": frame.y}
