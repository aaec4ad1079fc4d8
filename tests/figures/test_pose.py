"""What a pose requires, and what it says of joints that cannot be."""

from __future__ import annotations

import copy
import math
import pickle
from typing import Any

import pytest
from attrs import evolve

from supple import ModelError
from supple._model.pose import Arm, Facing, Ghost, Leg, Pose, Prop, Scene

from .poses import POSES

LYING = POSES["lying"]


@pytest.mark.parametrize("id", POSES)
def test_a_pose_is_a_value(id: str) -> None:
    """Equal poses hash alike, and copies, pickles and rebuilt ones are equal."""
    pose = POSES[id]
    assert hash(pose) == hash(evolve(pose))
    assert copy.deepcopy(pose) == pickle.loads(pickle.dumps(pose)) == evolve(pose) == pose  # noqa: S301 - its own
    assert pickle.loads(pickle.dumps(pose)).left == pose.left  # noqa: S301 - its own


def test_what_is_left_out() -> None:
    """Somebody looks straight ahead, untwisted, in a scene from the side, if nothing is said."""
    pose = Pose(
        "standing",
        alt="Standing",
        faces="right",
        pelvis=(0, 3.3, 0),
        spine=(90, 90, 90),
        neck=90,
        left_leg=Leg((0, 0.2, -0.3), knee=(1, 0, 0), toes=0),
        right_leg=Leg((0, 0.2, 0.3), knee=(1, 0, 0), toes=0),
        left_arm=Arm((0, 3.5, -0.6), elbow=(-1, 0, 0), fingers=-90),
        right_arm=Arm((0, 3.5, 0.6), elbow=(-1, 0, 0), fingers=-90),
    )
    assert pose.faces is Facing.RIGHT
    assert (pose.gaze, pose.twist, pose.shoulders) == ((0.0, 0.0), 0.0, (0.0, 0.0))
    assert pose.spine == ((90.0, 0.0),) * 3
    assert pose.left == -1
    assert pose.scene == Scene(turned=-18, risen=13)
    assert pose.scene.is_from_side
    assert not Scene(turned=90).is_from_side


def test_words_of_a_scene() -> None:
    """Props and ghosts are words of closed sets."""
    scene = Scene(props=["mat", "chair"], ghost="before", arrows=[[(0, 0, 0), (1, 0, 0)]])
    assert scene.props == (Prop.MAT, Prop.CHAIR)
    assert scene.ghost is Ghost.BEFORE
    assert scene.arrows == (((0.0, 0.0, 0.0), (1.0, 0.0, 0.0)),)


# --- joints that cannot be


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        (
            {"right_arm": Arm((0.2, 1.9, 0.5), elbow=(0, 0, 1), fingers=0)},
            (
                "Pose.right_arm.hand: must be at most 2.04 from the shoulder at "
                "[-2.06, 0.46, 0.58]: "
                "the right hand cannot reach so far, it is 15 cm too far (got (0.2, 1.9, 0.5))"
            ),
        ),
        (
            {"left_arm": Arm((-2, 0.5, -0.7), elbow=(0, 0, -1), fingers=0)},
            (
                "Pose.left_arm.hand: must be at least 0.53 from the shoulder at "
                "[-2.06, 0.46, -0.58]: "
                "the left elbow cannot bend so far, it is 9 cm too near (got (-2, 0.5, -0.7))"
            ),
        ),
        (
            {"left_leg": Leg((3.2, 0.17, -0.3), knee=(0, 1, 0), toes=78)},
            (
                "Pose.left_leg.foot: must be at most 3.17 from the hip at [0.00, 0.47, -0.30]: "
                "the left foot cannot reach so far, it is 1 cm too far (got (3.2, 0.17, -0.3))"
            ),
        ),
        (
            {"right_leg": Leg((0.5, 0.47, 0.3), knee=(0, 1, 0), toes=0)},
            (
                "Pose.right_leg.foot: must be at least 0.69 from the hip at [0.00, 0.47, 0.30]: "
                "the right knee cannot bend so far, it is 4 cm too near (got (0.5, 0.47, 0.3))"
            ),
        ),
    ],
)
def test_limbs_that_cannot_be_there(changes: dict[str, Any], message: str) -> None:
    """It is said in words and in centimetres which hand or foot is too far or too near."""
    with pytest.raises(ModelError) as caught:
        evolve(LYING, **changes)
    assert str(caught.value) == message


def wrong(value: object) -> Any:
    """Return a value of a type that is refused."""
    return value


REFUSED = [
    (lambda: evolve(LYING, id="Knee Hug"), "Pose.id: must be words of a-z and 0-9"),
    (lambda: evolve(LYING, alt=""), "Pose.alt: must not be empty (got '')"),
    (
        lambda: evolve(LYING, faces=wrong("rihgt")),
        "Pose.faces: must be one of up, down, left, right; did you mean 'right'? (got 'rihgt')",
    ),
    (
        lambda: evolve(LYING, faces="left"),
        "Pose.faces: must be across the spine, not along it (got 'left')",
    ),
    (lambda: evolve(LYING, pelvis=(0, 1)), "Pose.pelvis: must be three numbers: x, y and z"),
    (
        lambda: evolve(LYING, pelvis=(0, math.nan, 0)),
        "Pose.pelvis[1]: must be a number from -20 to 20 (got nan)",
    ),
    (
        lambda: evolve(LYING, pelvis=(0, 21, 0)),
        "Pose.pelvis[1]: must be a number from -20 to 20 (got 21)",
    ),
    (
        lambda: evolve(LYING, pelvis=(0, True, 0)),
        "Pose.pelvis[1]: must be a number from -20 to 20 (got True)",
    ),
    (
        lambda: evolve(LYING, spine=(0, 0)),
        "Pose.spine: must be three directions: of pelvis, belly and chest (got (0, 0))",
    ),
    (
        lambda: evolve(LYING, spine=wrong((0, "up", 0))),
        "Pose.spine[1]: must be a number from -720 to 720 (got 'up')",
    ),
    (
        lambda: evolve(LYING, neck=(1, 2, 3)),
        "Pose.neck: must be one angle or two: around and outwards (got (1, 2, 3))",
    ),
    (
        lambda: evolve(LYING, neck=(1, 800)),
        "Pose.neck[1]: must be a number from -720 to 720 (got 800)",
    ),
    (
        lambda: evolve(LYING, shoulders=(1,)),
        "Pose.shoulders: must be two numbers: up and forward (got (1,))",
    ),
    (lambda: evolve(LYING, scene=wrong(None)), "Pose.scene: must be Scene (got None)"),
    (
        lambda: evolve(LYING, left_leg=wrong(LYING.left_arm)),
        "Pose.left_leg: must be Leg (got Arm(",
    ),
    (
        lambda: Leg((0, 0, 0), knee=(0, 0), toes=0),
        "Leg.knee: must be three numbers: x, y and z (got (0, 0))",
    ),
    (
        lambda: Arm(wrong("abc"), elbow=(0, 0, 1), fingers=0),
        "Arm.hand: must be a list (got 'abc')",
    ),
    (
        lambda: Scene(arrows=[[(0, 0, 0)]]),
        "Scene.arrows[0]: must be at least two points (got ((0, 0, 0),))",
    ),
    (
        lambda: Scene(props=["rug"]),
        "Scene.props[0]: must be one of mat, mattress, chair, desk (got 'rug')",
    ),
    (lambda: Scene(is_close=wrong(1)), "Scene.is_close: must be true or false (got 1)"),
    (
        lambda: Scene(ghost=wrong("after")),
        "Scene.ghost: must be one of other-side, before",
    ),
]


def test_a_gaze_follows_from_nothing_that_is_refused() -> None:
    """Where the nose points is not asked of a spine that is none; the spine itself is refused."""
    given = {name: getattr(LYING, name) for name in ("id", "alt", "faces", "pelvis", "neck")}
    limbs = {name: getattr(LYING, name) for name in ("left_leg", "right_leg")}
    limbs |= {name: getattr(LYING, name) for name in ("left_arm", "right_arm")}
    with pytest.raises(ModelError, match=r"^Pose\.spine: must be a list \(got 'abc'\)$"):
        Pose(**given, **limbs, spine=wrong("abc"))


@pytest.mark.parametrize(("make", "message"), REFUSED)
def test_what_is_refused(make: Any, message: str) -> None:
    """A wrong value is refused with its place, what was required and what was given."""
    with pytest.raises(ModelError) as caught:
        make()
    assert str(caught.value).startswith(message)
