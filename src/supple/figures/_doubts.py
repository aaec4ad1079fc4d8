"""What is doubtful about poses and the ways between them, in words.

That a hand or a foot is where no limb can bring it a pose refuses itself. What is found here can
be drawn, and yet nobody can do it, or it would not be seen.
"""

import math
from collections.abc import Iterator, Mapping
from itertools import pairwise

from attrs import frozen

from supple._model.pose import Pose
from supple._model.skeleton import Vector, dot, in_cm, joints, ray, trunk_of
from supple.figures._body import RADII
from supple.figures._motion import between
from supple.figures._picture import Stage

_FLOOR = 0.05
_STEPS = 8
_MOST_GIVEN = 0.2
_SHARPEST = {"pelvis and belly": 75.0, "belly and chest": 75.0, "chest and neck": 95.0}
_LOWEST = {
    "ankle": (RADII["heel"], "{0}_leg.foot"),
    "toe": (RADII["toe"], "{0}_leg.toes"),
    "wrist": (0.0, "{0}_arm.hand"),
    "hand": (0.0, "{0}_arm.fingers"),
    "knee": (0.0, "{0}_leg.knee"),
    "elbow": (0.0, "{0}_arm.elbow"),
    "head": (0.3, "neck"),
    "pelvis": (0.3, "pelvis"),
}
"""How far above the floor the middle of a joint is when its skin lies on it, at least, and the
key of the pose that says where it is."""


@frozen
class Doubt:
    """Something doubtful about a pose or a move.

    Args:
        where: The key of the pose that says it, such as ``left_arm.hand``; empty for a move.
        message: What is doubtful, in words.
        remedy: What to change.
    """

    where: str
    message: str
    remedy: str


def find_in_pose(pose: Pose, stage: Stage | None = None) -> Iterator[Doubt]:
    """Yield what is doubtful about a pose: what is under the floor, bends too far, or is cut off.

    Args:
        pose: The pose.
        stage: Where it is drawn, if whether it leaves the frame is to be looked at.
    """
    found = joints(pose)
    yield from _under_the_floor(found)
    yield from _too_sharp(pose)
    if stage is not None and not pose.scene.is_close:
        yield from _out_of_frame(found, stage)


def find_in_move(before: Pose, after: Pose, stage: Stage | None = None) -> Iterator[Doubt]:
    """Yield what is doubtful about the way from one pose to another.

    On the way a shoulder or a hip may give a little, so that hands and feet stay where they are;
    here it is found where that is too much. Bodies that lie the other way round have no way
    between them, so nothing is found there.
    """
    if before.left != after.left:
        return
    worst: dict[str, float] = {}
    is_cut: set[str] = set()
    for i in range(1, _STEPS):
        pose = between(before, after, i / _STEPS)
        trunk, found = trunk_of(pose), joints(pose)
        for name in ("left shoulder", "right shoulder", "left hip", "right hip"):
            worst[name] = max(worst.get(name, 0.0), math.dist(trunk[name], found[name]))
        if stage is not None and not after.scene.is_close:
            is_cut |= {each.message for each in _out_of_frame(found, stage)}
    for name, given in worst.items():
        if given > _MOST_GIVEN:
            side, root = name.split()
            limb = {"shoulder": "arm", "hip": "leg"}[root]
            yield Doubt(
                "",
                f"on the way from {before.id} to {after.id} the {side} {limb} is {in_cm(given)} "
                "too short for where it has to be",
                "put a pose between the two, or write an angle the other way round, such as "
                "-170 for 190",
            )
    for message in sorted(is_cut):
        yield Doubt(
            "",
            f"on the way from {before.id} to {after.id} {message}",
            "draw both poses on one stage, or put a pose between the two",
        )


def _under_the_floor(found: Mapping[str, Vector]) -> Iterator[Doubt]:
    for name, (_, y, _) in found.items():
        side, _, joint = name.rpartition(" ")
        lowest, key = _LOWEST.get(joint, (-math.inf, ""))
        if y < lowest - _FLOOR:
            yield Doubt(
                key.format(side),
                f"the {name} is {in_cm(lowest - y)} too low: it is in the floor",
                f"raise it to y = {lowest:.2f} or more",
            )


def _too_sharp(pose: Pose) -> Iterator[Doubt]:
    parts = [("pelvis", pose.spine[0]), ("belly", pose.spine[1]), ("chest", pose.spine[2])]
    for (name, one), (other, two) in pairwise([*parts, ("neck", pose.neck)]):
        most = _SHARPEST[f"{name} and {other}"]
        angle = math.degrees(math.acos(max(-1.0, min(1.0, dot(ray(one), ray(two))))))
        if angle > most:
            yield Doubt(
                "neck" if other == "neck" else "spine",
                f"{name} and {other} are bent {angle:.0f} degrees against each other, "
                f"and nobody bends there by more than {most:.0f}",
                f"bring the angles of {name} and {other} closer together",
            )


def _out_of_frame(found: Mapping[str, Vector], stage: Stage) -> Iterator[Doubt]:
    frame = stage.frame
    for name, p in found.items():
        x, y = frame.at(p)
        if not (0 <= x <= frame.width and 0 <= y <= frame.height):
            yield Doubt("", f"the {name} is outside of the picture", "move the body or the view")
