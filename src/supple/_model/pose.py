"""How a body lies, sits or stands, as numbers from which a figure is drawn.

A pose says where the pelvis is, which way the parts of the spine, the neck and the nose point,
and where hands and feet are. Knees and elbows follow from the lengths of the bones, see
:mod:`supple._model.skeleton`, where the axes and the unit of length are told, too.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from enum import StrEnum
from typing import Any, Literal, TypeAlias

from attrs import evolve, field, fields, frozen

from supple._errors import ModelError
from supple._model import requirements as must, takes
from supple._model.brief import Brief
from supple._model.requirements import (
    InstanceOf,
    ListOf,
    Schema,
    WordOf,
    listed,
    refuse,
)
from supple._model.skeleton import (
    ARM_REACHES,
    LEG_REACHES,
    Direction,
    Vector,
    cross,
    in_cm,
    ray,
    trunk_of,
)
from supple._model.words import Side

FARTHEST = 20
WIDEST = 720

AnyDirection: TypeAlias = float | Sequence[float]
"""A direction as it may be given: one angle, or two."""


class Facing(StrEnum):
    """Which way the front of the body points, as seen from the side."""

    UP = "up"
    DOWN = "down"
    LEFT = "left"
    RIGHT = "right"


class Prop(StrEnum):
    """A thing beside the body that a picture shows."""

    MAT = "mat"
    MATTRESS = "mattress"
    CHAIR = "chair"
    DESK = "desk"


class Ghost(StrEnum):
    """What stands pale behind a figure."""

    OTHER_SIDE = "other-side"
    """The limbs as they are on the other side."""
    BEFORE = "before"
    """The body as it was before the movement."""


FacingWord: TypeAlias = Facing | Literal["up", "down", "left", "right"]
GhostWord: TypeAlias = Ghost | Literal["other-side", "before"]


_AHEAD = {Facing.UP: 90.0, Facing.DOWN: -90.0, Facing.LEFT: 180.0, Facing.RIGHT: 0.0}
_LEAST_ACROSS = 0.2


# --- what the fields require -----------------------------------------------------------


class _DirectionOf(ListOf[Any]):
    """One angle, or two: around, and out of the plane that is seen from the side."""

    def kept(self, value: Any) -> tuple[Any, ...]:
        try:
            angles = listed(value)
        except ModelError:
            return (self.element.kept(value), 0)
        return super().kept(angles)

    def schema(self) -> Schema:
        return {"anyOf": [self.element.schema(), super().schema()]}


_LENGTH, _ANGLE = must.Between(-FARTHEST, FARTHEST), must.Between(-WIDEST, WIDEST)
_POINT = ListOf(_LENGTH, least=3, most=3, refusal=("size", "must be three numbers: x, y and z"))
_DIRECTION = _DirectionOf(
    _ANGLE, least=2, most=2, refusal=("size", "must be one angle or two: around and outwards")
)
_SPINE = ListOf(
    _DIRECTION,
    least=3,
    most=3,
    refusal=("size", "must be three directions: of pelvis, belly and chest"),
)
_PAIR = ListOf(_LENGTH, least=2, most=2, refusal=("size", "must be two numbers: up and forward"))
_PATH = ListOf(_POINT, least=2, refusal=("path", "must be at least two points"))

Spine: TypeAlias = tuple[Direction, Direction, Direction]
Pair: TypeAlias = tuple[float, float]
Arrows: TypeAlias = tuple[tuple[Vector, ...], ...]


# --- the body and its scene ------------------------------------------------------------


@frozen(kw_only=True, repr=False)
class Leg(Brief):
    """One leg of a pose.

    Args:
        foot: Where the ankle is.
        knee: The direction in which the knee points, as a vector of any length.
        toes: The direction in which the foot points.
    """

    foot: Vector = field(converter=takes.point, validator=_POINT, kw_only=False)
    knee: Vector = field(converter=takes.point, validator=_POINT)
    toes: Direction = field(converter=takes.direction, validator=_DIRECTION)


@frozen(kw_only=True, repr=False)
class Arm(Brief):
    """One arm of a pose.

    Args:
        hand: Where the wrist is.
        elbow: The direction in which the elbow points, as a vector of any length.
        fingers: The direction in which the hand points.
    """

    hand: Vector = field(converter=takes.point, validator=_POINT, kw_only=False)
    elbow: Vector = field(converter=takes.point, validator=_POINT)
    fingers: Direction = field(converter=takes.direction, validator=_DIRECTION)


@frozen(kw_only=True, repr=False)
class Scene(Brief):
    """From where a pose is seen, and what stands beside it.

    Args:
        turned: From where it is seen, in degrees around the vertical: 0 from the side, 90 from
            where +x points, such as from the foot end of somebody whose head is at -x.
        risen: From how high, in degrees above the horizon.
        props: What the body is on or beside.
        is_close: Whether the picture ends at the waist, so that head and shoulders are large.
        ghost: What stands pale behind the figure.
        arrows: Where the movement goes: each a path through at least two points, its head at
            the last.
    """

    turned: float = field(validator=_ANGLE, default=-18)
    risen: float = field(validator=_ANGLE, default=13)
    props: tuple[Prop, ...] = field(
        converter=takes.props, validator=ListOf(WordOf(Prop)), default=()
    )
    is_close: bool = field(validator=must.FLAG, default=False)
    ghost: Ghost | None = field(
        converter=takes.ghost, validator=must.optional(WordOf(Ghost)), default=None
    )
    arrows: Arrows = field(converter=takes.arrows, validator=ListOf(_PATH), default=())

    @property
    def is_from_side(self) -> bool:
        """Whether the body is seen from a side, not from its front, back or end."""
        return abs(math.cos(math.radians(self.turned))) > 0.5  # noqa: PLR2004 - 60 degrees


_LEG, _ARM = InstanceOf(Leg), InstanceOf(Arm)


@frozen(kw_only=True, repr=False)
class Pose(Brief):
    """How a body lies, sits or stands, and the scene in which it is shown.

    What is done on one side is described as it is done on the right;
    :func:`supple.figures.mirrored` gives the left.

    Args:
        id: The identifier, such as ``knee-hugged``.
        alt: What the picture shows, for somebody who does not see it.
        faces: Which way the front of the body points.
        pelvis: Where the middle of the pelvis is.
        spine: The directions of pelvis, belly and chest, each towards the head.
        neck: The direction from the collar to the middle of the head.
        left_leg: The left leg.
        right_leg: The right leg.
        left_arm: The left arm.
        right_arm: The right arm.
        gaze: The direction of the nose; straight ahead where it is left out.
        twist: How far the pelvis is turned around the spine, in degrees.
        shoulders: How far the shoulders are drawn up and forward.
        scene: From where it is seen, and what stands beside it.

    Attributes:
        left: Which way the left of the body points along ``z``: 1 or -1.

    Raises:
        ModelError: If a value is refused, or a hand or a foot is where no limb of these lengths
            and joints can bring it.
    """

    id: str = field(validator=must.NAME, kw_only=False)
    alt: str = field(validator=must.TEXT)
    faces: Facing = field(converter=takes.facing, validator=WordOf(Facing))
    pelvis: Vector = field(converter=takes.point, validator=_POINT)
    spine: Spine = field(converter=takes.spine, validator=_SPINE)
    neck: Direction = field(converter=takes.direction, validator=_DIRECTION)
    gaze: Direction = field(
        converter=takes.direction_or_ahead, validator=must.optional(_DIRECTION), default=None
    )
    twist: float = field(validator=_ANGLE, default=0)
    shoulders: Pair = field(converter=takes.pair, validator=_PAIR, default=(0, 0))
    left_leg: Leg = field(validator=_LEG)
    right_leg: Leg = field(validator=_LEG)
    left_arm: Arm = field(validator=_ARM)
    right_arm: Arm = field(validator=_ARM)
    scene: Scene = field(validator=InstanceOf(Scene), default=Scene())
    left: int = field(init=False, repr=False)

    def __attrs_post_init__(self) -> None:
        object.__setattr__(self, "left", _left(self.faces, self.spine))
        gaze: Direction | None = self.gaze
        if gaze is None:
            object.__setattr__(self, "gaze", (self.neck[0] + 90 * self.left, 0))
        _require_reach(self)


_LIMBS = (
    ("arm", "hand", "shoulder", "elbow", ARM_REACHES),
    ("leg", "foot", "hip", "knee", LEG_REACHES),
)


def _require_reach(pose: Pose) -> None:
    """Require that each hand and foot is where its limb can bring it."""
    trunk = trunk_of(pose)
    for limb, end, root, joint, (least, most) in _LIMBS:
        for side in ("left", "right"):
            target: Vector = getattr(getattr(pose, f"{side}_{limb}"), end)
            start = trunk[f"{side} {root}"]
            distance = math.dist(target, start)
            place = ", ".join(f"{each:.2f}" for each in start)
            where = f"Pose.{side}_{limb}.{end}"
            if distance > most + _SLACK:
                requirement = (
                    f"must be at most {most:.2f} from the {root} at [{place}]: the {side} {end} "
                    f"cannot reach so far, it is {in_cm(distance - most)} too far"
                )
                refuse("too-far", requirement, target, where)
            if distance < least - _SLACK:
                requirement = (
                    f"must be at least {least:.2f} from the {root} at [{place}]: the {side} "
                    f"{joint} cannot bend so far, it is {in_cm(least - distance)} too near"
                )
                refuse("too-near", requirement, target, where)


_SLACK = 0.005  # about a millimetre, less than a file's two decimal places can say


def _left(faces: Facing, spine: tuple[Direction, Direction, Direction]) -> int:
    up = [sum(ray(each)[axis] for each in spine) for axis in range(3)]
    length = math.hypot(*up)
    across = cross((up[0], up[1], up[2]), ray((_AHEAD[faces], 0.0)))[2]
    if abs(across) < _LEAST_ACROSS * length or length == 0:
        refuse("across", "must be across the spine, not along it", faces, "Pose.faces")
    return 1 if across > 0 else -1


# --- other poses made of poses -------------------------------------------------------


_FIELDS = tuple(each.name for each in fields(Pose))


def unchecked(pose: Pose, **changes: Any) -> Pose:
    """Return a pose with changes, none of which is looked at again.

    On the way between two poses an arm may be short of a finger's breadth, which its shoulder
    gives.
    """
    made: Pose = object.__new__(Pose)
    for name in _FIELDS:
        object.__setattr__(made, name, changes.get(name, getattr(pose, name)))
    return made


def mirrored(pose: Pose) -> Pose:
    """Return the pose of the other side: what the right hand did the left hand does.

    Seen from the front, the back or an end, the body itself is mirrored. Seen from the side the
    picture is, so that the side that is worked stays in front: a head that lay at -x lies at +x.
    Mirroring twice gives the pose back, to the last decimals of its numbers.
    """
    is_along = pose.scene.is_from_side  # or else across x, along z

    def point(p: Vector) -> Vector:
        return (-p[0], p[1], p[2]) if is_along else (p[0], p[1], -p[2])

    def direction(d: Direction) -> Direction:
        return (180 - d[0], d[1]) if is_along else (d[0], -d[1])

    def leg(of: Leg) -> Leg:
        return Leg(point(of.foot), knee=point(of.knee), toes=direction(of.toes))

    def arm(of: Arm) -> Arm:
        return Arm(point(of.hand), elbow=point(of.elbow), fingers=direction(of.fingers))

    scene = evolve(
        pose.scene,
        turned=-pose.scene.turned if is_along else pose.scene.turned,
        arrows=[[point(each) for each in arrow] for arrow in pose.scene.arrows],
    )
    return unchecked(
        pose,
        faces=_OPPOSITE.get(pose.faces, pose.faces) if is_along else pose.faces,
        pelvis=point(pose.pelvis),
        spine=tuple(direction(each) for each in pose.spine),
        neck=direction(pose.neck),
        gaze=direction(pose.gaze),
        twist=-pose.twist,
        left_leg=leg(pose.right_leg),
        right_leg=leg(pose.left_leg),
        left_arm=arm(pose.right_arm),
        right_arm=arm(pose.left_arm),
        scene=scene,
        left=-pose.left if is_along else pose.left,
    )


_OPPOSITE = {Facing.LEFT: Facing.RIGHT, Facing.RIGHT: Facing.LEFT}


def on_side(pose: Pose, side: Side | None) -> Pose:
    """Return a pose as it is on a side: mirrored on the left, and as it is written elsewhere."""
    return mirrored(pose) if side is Side.LEFT else pose
