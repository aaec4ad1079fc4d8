"""How a body lies, sits or stands, as numbers from which a figure is drawn.

A pose says where the pelvis is, which way the parts of the spine, the neck and the nose point,
and where hands and feet are. Knees and elbows follow from the lengths of the bones, see
:mod:`supple._model.skeleton`, where the axes and the unit of length are told, too.
"""

from __future__ import annotations

import math
from enum import StrEnum
from typing import TYPE_CHECKING, Any, TypeAlias

from attrs import evolve, field, fields, frozen

from supple._errors import ModelError
from supple._model import checks as check
from supple._model.skeleton import (
    ARM_REACHES,
    CENTIMETRES,
    LEG_REACHES,
    Direction,
    Vector,
    cross,
    ray,
    trunk_of,
)
from supple._model.words import Side

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

FARTHEST = 20
WIDEST = 720

AnyDirection: TypeAlias = "float | Sequence[float]"
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


_AHEAD = {Facing.UP: 90.0, Facing.DOWN: -90.0, Facing.LEFT: 180.0, Facing.RIGHT: 0.0}
_LEAST_ACROSS = 0.2


def _number(most: float) -> check.Check[float]:
    requirement = f"must be a number from -{most} to {most}"

    def checked(where: str, value: object) -> float:
        kept = check.real(where, value, requirement)
        if not -most <= kept <= most:  # false for NaN, too
            raise ModelError(where, requirement, value)
        return float(kept)

    return checked


_length, _angle = _number(FARTHEST), _number(WIDEST)


def point(where: str, value: object) -> Vector:
    """Require three lengths: along, up, and towards who looks from the side."""
    kept = check.sequence_of(_length)(where, value)
    if len(kept) != 3:  # noqa: PLR2004 - three dimensions
        raise ModelError(where, "must be three numbers: x, y and z", value)
    return (kept[0], kept[1], kept[2])


def direction(where: str, value: object) -> Direction:
    """Require an angle, or two: around, and out of the plane that is seen from the side."""
    if not isinstance(value, tuple | list):
        return (_angle(where, value), 0.0)
    if len(value) != 2:  # noqa: PLR2004 - two angles
        raise ModelError(where, "must be one angle or two: around and outwards", value)
    return (_angle(f"{where}[0]", value[0]), _angle(f"{where}[1]", value[1]))


def _spine(where: str, value: object) -> tuple[Direction, Direction, Direction]:
    kept = check.sequence_of(direction)(where, value)
    if len(kept) != 3:  # noqa: PLR2004 - three parts
        raise ModelError(where, "must be three directions: of pelvis, belly and chest", value)
    return (kept[0], kept[1], kept[2])


def _pair(where: str, value: object) -> tuple[float, float]:
    kept = check.sequence_of(_length)(where, value)
    if len(kept) != 2:  # noqa: PLR2004 - up and forward
        raise ModelError(where, "must be two numbers: up and forward", value)
    return (kept[0], kept[1])


@frozen(init=False)
class Leg:
    """One leg of a pose.

    Args:
        foot: Where the ankle is.
        knee: The direction in which the knee points, as a vector of any length.
        toes: The direction in which the foot points.
    """

    foot: Vector
    knee: Vector
    toes: Direction

    def __init__(
        self, foot: Sequence[float], *, knee: Sequence[float], toes: AnyDirection
    ) -> None:
        self.__attrs_init__(
            foot=point("Leg.foot", foot),
            knee=point("Leg.knee", knee),
            toes=direction("Leg.toes", toes),
        )


@frozen(init=False)
class Arm:
    """One arm of a pose.

    Args:
        hand: Where the wrist is.
        elbow: The direction in which the elbow points, as a vector of any length.
        fingers: The direction in which the hand points.
    """

    hand: Vector
    elbow: Vector
    fingers: Direction

    def __init__(
        self, hand: Sequence[float], *, elbow: Sequence[float], fingers: AnyDirection
    ) -> None:
        self.__attrs_init__(
            hand=point("Arm.hand", hand),
            elbow=point("Arm.elbow", elbow),
            fingers=direction("Arm.fingers", fingers),
        )


@frozen(init=False)
class Scene:
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

    turned: float
    risen: float
    props: tuple[Prop, ...]
    is_close: bool
    ghost: Ghost | None
    arrows: tuple[tuple[Vector, ...], ...]

    def __init__(  # noqa: PLR0913 - a scene is described by this much, each by its name
        self,
        *,
        turned: float = -18.0,
        risen: float = 13.0,
        props: Iterable[Prop | str] = (),
        is_close: bool = False,
        ghost: Ghost | str | None = None,
        arrows: Iterable[Iterable[Sequence[float]]] = (),
    ) -> None:
        self.__attrs_init__(
            turned=_angle("Scene.turned", turned),
            risen=_angle("Scene.risen", risen),
            props=check.sequence_of(check.word_of(Prop))("Scene.props", props),
            is_close=check.flag("Scene.is_close", is_close),
            ghost=check.optional(check.word_of(Ghost))("Scene.ghost", ghost),
            arrows=check.sequence_of(_arrow)("Scene.arrows", arrows),
        )

    @property
    def is_from_side(self) -> bool:
        """Whether the body is seen from a side, not from its front, back or end."""
        return abs(math.cos(math.radians(self.turned))) > 0.5  # noqa: PLR2004 - 60 degrees


def _arrow(where: str, value: object) -> tuple[Vector, ...]:
    kept = check.sequence_of(point)(where, value)
    if len(kept) < 2:  # noqa: PLR2004 - from somewhere to somewhere
        raise ModelError(where, "must be at least two points", value)
    return kept


@frozen(init=False)
class Pose:
    """How a body lies, sits or stands, and the scene in which it is shown.

    What is done on one side is described as it is done on the right; :func:`mirrored` gives the
    left.

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

    id: str
    alt: str
    faces: Facing
    pelvis: Vector
    spine: tuple[Direction, Direction, Direction]
    neck: Direction
    left_leg: Leg
    right_leg: Leg
    left_arm: Arm
    right_arm: Arm
    gaze: Direction
    twist: float
    shoulders: tuple[float, float]
    scene: Scene
    left: int = field(init=False, repr=False)

    def __init__(  # noqa: PLR0913 - a body has this many parts, each by its name
        self,
        id: str,
        *,
        alt: str,
        faces: Facing | str,
        pelvis: Sequence[float],
        spine: Sequence[AnyDirection],
        neck: AnyDirection,
        left_leg: Leg,
        right_leg: Leg,
        left_arm: Arm,
        right_arm: Arm,
        gaze: AnyDirection | None = None,
        twist: float = 0.0,
        shoulders: Sequence[float] = (0.0, 0.0),
        scene: Scene = Scene(),
    ) -> None:
        faces = check.word_of(Facing)("Pose.faces", faces)
        kept_spine = _spine("Pose.spine", spine)
        kept_neck = direction("Pose.neck", neck)
        left = _left(faces, kept_spine)
        if gaze is None:
            gaze = (kept_neck[0] + 90 * left, 0.0)
        legs, arms = check.instance_of(Leg), check.instance_of(Arm)
        self.__attrs_init__(
            id=check.name("Pose.id", id),
            alt=check.text("Pose.alt", alt),
            faces=faces,
            pelvis=point("Pose.pelvis", pelvis),
            spine=kept_spine,
            neck=kept_neck,
            left_leg=legs("Pose.left_leg", left_leg),
            right_leg=legs("Pose.right_leg", right_leg),
            left_arm=arms("Pose.left_arm", left_arm),
            right_arm=arms("Pose.right_arm", right_arm),
            gaze=direction("Pose.gaze", gaze),
            twist=_angle("Pose.twist", twist),
            shoulders=_pair("Pose.shoulders", shoulders),
            scene=check.instance_of(Scene)("Pose.scene", scene),
        )
        object.__setattr__(self, "left", left)
        self._require_reach()

    def _require_reach(self) -> None:
        trunk = trunk_of(self)
        for end, root, (least, most) in (
            ("hand", "shoulder", ARM_REACHES),
            ("foot", "hip", LEG_REACHES),
        ):
            limb = {"hand": "arm", "foot": "leg"}[end]
            for side in ("left", "right"):
                target: Vector = getattr(getattr(self, f"{side}_{limb}"), end)
                distance = math.dist(target, trunk[f"{side} {root}"])
                where = f"Pose.{side}_{limb}.{end}"
                start = ", ".join(f"{each:.2f}" for each in trunk[f"{side} {root}"])
                if distance > most + _SLACK:
                    raise ModelError(
                        where,
                        f"must be at most {most:.2f} from the {root} at [{start}]: the {side} "
                        f"{end} cannot reach so far, it is {_cm(distance - most)} too far",
                        target,
                    )
                if distance < least - _SLACK:
                    joint = {"hand": "elbow", "foot": "knee"}[end]
                    raise ModelError(
                        where,
                        f"must be at least {least:.2f} from the {root} at [{start}]: the {side} "
                        f"{joint} cannot bend so far, it is {_cm(least - distance)} too near",
                        target,
                    )


_SLACK = 0.005  # about a millimetre, less than a file's two decimal places can say


def _cm(heads: float) -> str:
    return f"{max(1, round(heads * CENTIMETRES))} cm"


def _left(faces: Facing, spine: tuple[Direction, Direction, Direction]) -> int:
    up = [sum(ray(each)[axis] for each in spine) for axis in range(3)]
    length = math.hypot(*up)
    across = cross((up[0], up[1], up[2]), ray((_AHEAD[faces], 0.0)))[2]
    if abs(across) < _LEAST_ACROSS * length or length == 0:
        raise ModelError("Pose.faces", "must be across the spine, not along it", faces)
    return 1 if across > 0 else -1


# --- other poses made of poses -------------------------------------------------------


_FIELDS = tuple(each.name for each in fields(Pose) if each.init)


def unchecked(pose: Pose, *, left: int | None = None, **changes: Any) -> Pose:
    """Return a pose with changes whose reach is not looked at again.

    On the way between two poses an arm may be short of a finger's breadth, which its shoulder
    gives.
    """
    made: Pose = object.__new__(Pose)
    made.__attrs_init__(**{name: getattr(pose, name) for name in _FIELDS} | changes)
    object.__setattr__(made, "left", pose.left if left is None else left)
    return made


def mirrored(pose: Pose) -> Pose:
    """Return the pose of the other side: what the right hand did the left hand does.

    Seen from the front, the back or an end, the body itself is mirrored. Seen from the side the
    picture is, so that the side that is worked stays in front: a head that lay at -x lies at +x.
    Mirroring twice gives the pose back, to the last decimals of its numbers.
    """
    flip = _flipped_along if pose.scene.is_from_side else _flipped_across
    faces = pose.faces
    if pose.scene.is_from_side:
        faces = _OPPOSITE.get(faces, faces)
    scene = evolve(
        pose.scene,
        turned=-pose.scene.turned if pose.scene.is_from_side else pose.scene.turned,
        arrows=[[flip.point(each) for each in arrow] for arrow in pose.scene.arrows],
    )
    return unchecked(
        pose,
        faces=faces,
        pelvis=flip.point(pose.pelvis),
        spine=tuple(flip.direction(each) for each in pose.spine),
        neck=flip.direction(pose.neck),
        gaze=flip.direction(pose.gaze),
        twist=-pose.twist,
        left_leg=flip.leg(pose.right_leg),
        right_leg=flip.leg(pose.left_leg),
        left_arm=flip.arm(pose.right_arm),
        right_arm=flip.arm(pose.left_arm),
        scene=scene,
        left=-pose.left if pose.scene.is_from_side else pose.left,
    )


def on_side(pose: Pose, side: Side | None) -> Pose:
    """Return a pose as it is on a side: mirrored on the left, and as it is written elsewhere."""
    return mirrored(pose) if side is Side.LEFT else pose


_OPPOSITE = {Facing.LEFT: Facing.RIGHT, Facing.RIGHT: Facing.LEFT}


@frozen
class _Flip:
    """A reflection: along x, or across it, along z."""

    is_along: bool

    def point(self, p: Vector) -> Vector:
        return (-p[0], p[1], p[2]) if self.is_along else (p[0], p[1], -p[2])

    def direction(self, d: Direction) -> Direction:
        return (180 - d[0], d[1]) if self.is_along else (d[0], -d[1])

    def leg(self, leg: Leg) -> Leg:
        return Leg(self.point(leg.foot), knee=self.point(leg.knee), toes=self.direction(leg.toes))

    def arm(self, arm: Arm) -> Arm:
        fingers = self.direction(arm.fingers)
        return Arm(self.point(arm.hand), fingers=fingers, elbow=self.point(arm.elbow))


_flipped_along, _flipped_across = _Flip(is_along=True), _Flip(is_along=False)
