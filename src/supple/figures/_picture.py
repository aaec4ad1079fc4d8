"""A picture as shapes, the farthest first: what every way of drawing draws."""

import math
from collections.abc import Iterator, Sequence
from itertools import pairwise

from attrs import field, frozen

from supple._errors import ModelError
from supple._model.pose import Ghost, Pose, mirrored
from supple._model.skeleton import Vector, joints
from supple.figures._body import LIMBS, RADII, SPINE, Body, Polygon, curve, far_side
from supple.figures._motion import between
from supple.figures._props import Slab, ahead_of, slabs_of
from supple.figures._shapes import Role, Shape
from supple.figures._view import Flat, Frame, View, framed

SLIT = 0.17
WIDTH, HEIGHT = 240.0, 180.0
_PAD = 0.025
_ARROW = 0.2
_BALLS = {
    joint: RADII[radius]
    for joints, (upper, middle, _, *ends) in LIMBS.values()
    for joint, radius in zip(joints, (upper, middle, *ends), strict=True)
} | {"head": 0.62, "shoulder": 0.3}
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

    Raises:
        ModelError: If there is no pose.
    """
    if not poses:
        raise ModelError("stage_for.poses", "must not be empty", poses)
    last = poses[-1]
    way = [*poses]
    for a, b in pairwise(poses):
        way += [between(a, b, i / _ON_THE_WAY) for i in range(1, _ON_THE_WAY)]
    slabs = [*slabs_of(last, way)]
    balls = [ball for pose in way for ball in _balls(pose)]
    balls += [(p, 0.12) for slab in slabs if slab.counts for p in slab.points]
    balls += [(p, 0.25) for pose in poses for arrow in pose.scene.arrows for p in arrow]
    view = View(last.scene.turned, last.scene.risen)
    frame = framed(view, balls, width=width, height=height, pad=width * _PAD)
    return Stage(frame, tuple(_prop(slab, frame) for slab in slabs))


def _balls(pose: Pose) -> Iterator[tuple[Vector, float]]:
    found = joints(pose)
    lowest = found["ribs"][1] - 0.3 if pose.scene.is_close else -math.inf
    for name, p in found.items():
        if p[1] >= lowest:
            yield p, _BALLS.get(name.rpartition(" ")[2], 0.5)


def shapes_of(pose: Pose, stage: Stage, *, before: Pose | None = None) -> list[Shape]:
    """Return the shapes of a picture, the farthest first; ``before`` may be its ghost."""
    frame = stage.frame
    # Seen from its front somebody at a desk is behind it.
    is_behind = frame.view.toward[0] * ahead_of(pose) > 0.5  # noqa: PLR2004 - 60 degrees
    nearer = [each for each in stage.props if is_behind and each.name.startswith("desk")]
    return [
        *(each for each in stage.props if each not in nearer),
        *_ghost(pose, frame, before),
        *_body(pose, frame),
        *nearer,
        *_arrows(pose, frame),
    ]


def _body(pose: Pose, frame: Frame) -> Iterator[Shape]:
    far, slit = far_side(pose, frame.view), SLIT * frame.scale
    body = Body(pose, frame)
    for part in body.parts():
        side, _, limb = part.name.partition(" ")
        is_far = side == far
        role = Role.BODY_FAR if is_far else Role.BODY
        if limb == "leg":
            role = Role.LEGS_FAR if is_far else Role.LEGS
        yield Shape(f"slit of {part.name}", Role.PAPER, part.slit, edge=slit)
        if part.name == "head":
            yield Shape("neck", role, body.neck())
        yield Shape(part.name, role, part.outline)
        if part.name == "trunk":
            yield Shape("shorts", Role.LEGS, (body.shorts(),))
        if part.name == "head":
            yield Shape("hair", Role.HAIR, (body.hair(),))
            yield Shape("eyes", Role.EYE, body.eyes())


def _ghost(pose: Pose, frame: Frame, before: Pose | None) -> Iterator[Shape]:
    kind = pose.scene.ghost
    other = mirrored(pose) if kind is Ghost.OTHER_SIDE else before
    if kind is None or other is None:
        return
    mine, ghost = joints(pose), Body(other, frame)
    for part in ghost.parts():
        side, _, limb = part.name.partition(" ")
        names = [f"{side} {each}" for each in LIMBS[limb][0][1:3]] if limb else _ENDS[side]
        if any(math.dist(mine[name], ghost.joints[name]) > _MOVED for name in names):
            yield Shape(f"ghost of {part.name}", Role.GHOST, part.outline)


_ENDS = {"head": ("head",), "trunk": SPINE}
"""The joints by which it is told whether a part that is no limb has moved."""
_MOVED = 0.05


def _prop(slab: Slab, frame: Frame) -> Shape:
    outline = (tuple(frame.at(p) for p in slab.points),)
    edge = slab.edge * frame.scale
    return Shape(slab.name, slab.role, outline, edge=edge, is_open=slab.is_open)


def _arrows(pose: Pose, frame: Frame) -> Iterator[Shape]:
    width, slit = _ARROW * frame.scale, SLIT * frame.scale
    if pose.scene.is_close:
        width, slit = width * 0.6, slit * 0.8
    for i, arrow in enumerate(pose.scene.arrows):
        stem, tip = _arrow([frame.at(p) for p in arrow], width)
        wide = width + slit
        yield Shape(f"slit of arrow {i}", Role.PAPER, (stem,), edge=wide, is_open=True)
        yield Shape(f"slit of tip {i}", Role.PAPER, (tip,), edge=slit * 1.2)
        yield Shape(f"arrow {i}", Role.ARROW, (stem,), edge=width, is_open=True)
        yield Shape(f"tip {i}", Role.ARROW, (tip,))


def _arrow(points: Sequence[Flat], width: float) -> tuple[Polygon, Polygon]:
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
