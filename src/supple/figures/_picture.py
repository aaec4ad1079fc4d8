"""A picture as shapes, the farthest first: what every way of drawing draws."""

from __future__ import annotations

import math
from enum import StrEnum
from itertools import pairwise
from typing import TYPE_CHECKING

from attrs import field, frozen

from supple._model.pose import Facing, Ghost, Prop, mirrored
from supple._model.skeleton import Vector, joints
from supple.figures._motion import between
from supple.figures._parts import RADII, Drawn, Outline, Polygon, curve, far_side, parts_of
from supple.figures._view import Flat, Frame, framed, view_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from supple._model.pose import Pose


class Role(StrEnum):
    """What a shape stands for, by which its colour is chosen."""

    PAPER = "paper"
    MAT = "mat"
    PILLOW = "pillow"
    WOOD = "wood"
    BODY = "body"
    LEGS = "legs"
    BODY_FAR = "body-far"
    LEGS_FAR = "legs-far"
    HAIR = "hair"
    EYE = "eye"
    GHOST = "ghost"
    ARROW = "arrow"


@frozen
class Shape:
    """One shape in one colour.

    Args:
        name: What it is; the same for the same thing in every picture.
        role: What its colour is chosen by.
        outline: Its outline.
        edge: How wide a line of its own colour runs along the outline.
        is_open: Whether it is that line alone, and the outline not closed.
    """

    name: str
    role: Role
    outline: Outline
    edge: float = field(default=0.0, kw_only=True)
    is_open: bool = field(default=False, kw_only=True)


SLIT = 0.17
WIDTH, HEIGHT = 240.0, 180.0
_PAD = 0.025
_ARROW = 0.2
_BALLS = {
    "head": 0.62,
    "hip": RADII["hip"],
    "knee": RADII["knee"],
    "ankle": RADII["heel"],
    "toe": RADII["toe"],
    "shoulder": 0.3,
    "elbow": RADII["elbow"],
    "wrist": RADII["wrist"],
    "hand": RADII["fingers"],
}
_ON_THE_WAY = 6


@frozen
class Stage:
    """Where the pictures of some poses are drawn, so that nothing but the body moves.

    Args:
        frame: The view and the scale.
        props: What the body is on or beside, drawn once for all of them.
    """

    frame: Frame
    props: tuple[Shape, ...] = field(repr=False)


def stage_for(poses: Sequence[Pose], *, width: float = WIDTH, height: float = HEIGHT) -> Stage:
    """Return the stage that holds some poses and the ways between them.

    It has the view and the props of the last. Draw all poses of an exercise on one stage, and
    nothing jumps from one picture to the next.

    Args:
        poses: The poses, in their order.
        width: How wide a picture is, in whatever unit the drawing has.
        height: How high it is.
    """
    last = poses[-1]
    view = view_of(last.scene)
    way = [*poses]
    for a, b in pairwise(poses):
        way += [between(a, b, i / _ON_THE_WAY) for i in range(1, _ON_THE_WAY)]
    slabs = [*_slabs(last, way)]
    balls = [ball for pose in way for ball in _balls(pose)]
    balls += [(p, 0.12) for slab in slabs if slab.counts for p in slab.points]
    balls += [(p, 0.25) for pose in poses for arrow in pose.scene.arrows for p in arrow]
    frame = framed(view, balls, width=width, height=height, pad=width * _PAD)
    return Stage(frame, tuple(_prop(slab, frame) for slab in slabs))


def _balls(pose: Pose) -> Iterator[tuple[Vector, float]]:
    found = joints(pose)
    lowest = found["ribs"][1] - 0.3 if pose.scene.is_close else -math.inf
    for name, p in found.items():
        if p[1] >= lowest:
            yield p, _BALLS.get(name.rpartition(" ")[2], 0.5)


def shapes_of(pose: Pose, stage: Stage, *, before: Pose | None = None) -> list[Shape]:
    """Return the shapes of a picture, the farthest first.

    Args:
        pose: What to draw.
        stage: Where to draw it.
        before: The pose in which the movement starts, for scenes that show it as a ghost.
    """
    frame = stage.frame
    # Seen from its front somebody at a desk is behind it.
    is_behind = frame.view.toward[0] * _ahead(pose) > 0.5  # noqa: PLR2004 - 60 degrees
    nearer = [each for each in stage.props if is_behind and each.name.startswith("desk")]
    return [
        *(each for each in stage.props if each not in nearer),
        *_ghost(pose, frame, before),
        *_body(pose, frame),
        *nearer,
        *_arrows(pose, frame),
    ]


# --- the body ------------------------------------------------------------------------


def _body(pose: Pose, frame: Frame) -> Iterator[Shape]:
    far, slit = far_side(pose, frame.view), SLIT * frame.scale
    drawn = Drawn(pose, frame)
    for part in parts_of(pose, frame):
        side, _, limb = part.name.partition(" ")
        is_far = side == far
        role = Role.BODY_FAR if is_far else Role.BODY
        if limb == "leg":
            role = Role.LEGS_FAR if is_far else Role.LEGS
        yield Shape(f"slit of {part.name}", Role.PAPER, part.slit, edge=slit)
        if part.name == "head":
            yield Shape("neck", role, drawn.neck())
        yield Shape(part.name, role, part.outline)
        if part.name == "trunk":
            yield Shape("shorts", Role.LEGS, (drawn.shorts(),))
        if part.name == "head":
            yield Shape("hair", Role.HAIR, (drawn.hair(),))
            yield Shape("eyes", Role.EYE, drawn.eyes())


def _ghost(pose: Pose, frame: Frame, before: Pose | None) -> Iterator[Shape]:
    kind = pose.scene.ghost
    other = mirrored(pose) if kind is Ghost.OTHER_SIDE else before
    if kind is None or other is None:
        return
    mine, theirs = joints(pose), joints(other)
    for part in parts_of(other, frame):
        names = [name for name in mine if name.startswith(part.name.partition(" ")[0])]
        if part.name in {"head", "trunk"}:
            names = ["head"] if part.name == "head" else ["pelvis", "waist", "ribs", "collar"]
        else:
            ends = {"leg": ("knee", "ankle"), "arm": ("elbow", "wrist")}[part.name[-3:]]
            names = [name for name in names if name.endswith(ends)]
        if any(math.dist(mine[name], theirs[name]) > _MOVED for name in names):
            yield Shape(f"ghost of {part.name}", Role.GHOST, part.outline)


_MOVED = 0.05


# --- what it is on and beside --------------------------------------------------------


@frozen
class _Slab:
    """A flat or a line in space."""

    name: str
    role: Role
    points: tuple[Vector, ...]
    edge: float
    is_open: bool = False
    counts: bool = True
    """Whether the frame must hold it."""


def _prop(slab: _Slab, frame: Frame) -> Shape:
    outline = (Polygon(tuple(frame.at(p) for p in slab.points)),)
    edge = slab.edge * frame.scale
    return Shape(slab.name, slab.role, outline, edge=edge, is_open=slab.is_open)


def _slabs(pose: Pose, poses: Sequence[Pose]) -> Iterator[_Slab]:
    props, counts = pose.scene.props, not pose.scene.is_close
    found = [joints(each) for each in poses if each.left == pose.left]
    if {Prop.MAT, Prop.MATTRESS} & {*props}:
        xs = [p[0] for each in found for p in each.values()]
        is_bed = Prop.MATTRESS in props
        low, high = min(xs) - 0.75, max(xs) + 0.35
        yield _Slab("mat", Role.MAT, _flat(low, high, 1.3 if is_bed else 0.95), 0.24)
        if is_bed:
            head = found[0]["head"][0]
            yield _Slab("pillow", Role.PILLOW, _flat(head - 0.5, head + 0.5, 0.85), 0.3)
    if Prop.CHAIR in props:
        yield from _chair(pose, counts=counts)
    if Prop.DESK in props:
        yield from _desk(pose, counts=counts)


def _flat(low: float, high: float, half: float, y: float = 0.0) -> tuple[Vector, ...]:
    return ((low, y, half), (high, y, half), (high, y, -half), (low, y, -half))


def _ahead(pose: Pose) -> int:
    return -1 if pose.faces is Facing.LEFT else 1


def _chair(pose: Pose, *, counts: bool) -> Iterator[_Slab]:
    ahead = _ahead(pose)
    x, seat = pose.pelvis[0], pose.pelvis[1] - 0.55
    back, front = x - 0.62 * ahead, x + 1.05 * ahead
    for i, (foot, z) in enumerate((a, b) for a in (back, front) for b in (-0.7, 0.7)):
        line = ((foot, seat, z), (foot, 0.0, z))
        yield _Slab(f"chair leg {i}", Role.WOOD, line, 0.16, is_open=True, counts=counts)
    yield _Slab("seat", Role.WOOD, _flat(back, front, 0.75, seat), 0.16, counts=counts)
    for i, z in enumerate((-0.7, 0.7)):
        post = ((back, seat, z), (back - 0.2 * ahead, seat + 2.1, z))
        yield _Slab(f"chair post {i}", Role.WOOD, post, 0.16, is_open=True, counts=counts)
    low, high = (back - 0.1 * ahead, seat + 1.1), (back - 0.2 * ahead, seat + 2.1)
    rest = ((*low, -0.7), (*low, 0.7), (*high, 0.7), (*high, -0.7))
    yield _Slab("chair back", Role.WOOD, rest, 0.16, counts=counts)


def _desk(pose: Pose, *, counts: bool) -> Iterator[_Slab]:
    ahead = _ahead(pose)
    x, top = pose.pelvis[0], pose.pelvis[1] + 0.95
    near, far = x + 0.85 * ahead, x + 2.9 * ahead
    for i, (foot, z) in enumerate((a, b) for a in (near, far) for b in (-1.4, 1.4)):
        line = ((foot, top, z), (foot, 0.0, z))
        yield _Slab(f"desk leg {i}", Role.WOOD, line, 0.14, is_open=True, counts=counts)
    yield _Slab("desk", Role.WOOD, _flat(near, far, 1.5, top), 0.16)


# --- where the movement goes ---------------------------------------------------------


def _arrows(pose: Pose, frame: Frame) -> Iterator[Shape]:
    width, slit = _ARROW * frame.scale, SLIT * frame.scale
    if pose.scene.is_close:
        width, slit = width * 0.6, slit * 0.8
    for i, arrow in enumerate(pose.scene.arrows):
        stem, tip = _arrow([frame.at(p) for p in arrow], width)
        yield Shape(
            f"slit of arrow {i}", Role.PAPER, (Polygon(stem),), edge=width + slit, is_open=True
        )
        yield Shape(f"slit of tip {i}", Role.PAPER, (Polygon(tip),), edge=slit * 1.2)
        yield Shape(f"arrow {i}", Role.ARROW, (Polygon(stem),), edge=width, is_open=True)
        yield Shape(f"tip {i}", Role.ARROW, (Polygon(tip),))


def _arrow(points: Sequence[Flat], width: float) -> tuple[tuple[Flat, ...], tuple[Flat, ...]]:
    """Return the stem and the head of a bent arrow."""
    flat = [(p[0], p[1]) for p in curve(points, 8)]
    length, (tx, ty) = 2.6 * width, flat[-1]
    i, gone = len(flat) - 1, 0.0
    while i > 1 and gone < length:
        gone += math.dist(flat[i], flat[i - 1])
        i -= 1
    dx, dy = tx - flat[i][0], ty - flat[i][1]
    far = math.hypot(dx, dy) or 1.0
    wx, wy = dx / far, dy / far
    bx, by = tx - wx * length, ty - wy * length
    half = 1.75 * width
    stem = (*flat[:i], (bx + 0.2 * width * wx, by + 0.2 * width * wy))
    return stem, ((tx, ty), (bx - wy * half, by + wx * half), (bx + wy * half, by - wx * half))
