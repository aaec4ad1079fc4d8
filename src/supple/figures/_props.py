"""What a body is on or beside: a mat, a mattress with its pillow, a chair, a desk."""

from collections.abc import Iterator, Sequence

from attrs import frozen

from supple._model.pose import Facing, Pose, Prop
from supple._model.skeleton import Vector, joints
from supple.figures._body import RADII
from supple.figures._shapes import Role


@frozen
class Slab:
    """A flat or a line in space."""

    name: str
    role: Role
    points: tuple[Vector, ...]
    edge: float
    is_open: bool = False
    counts: bool = True
    """Whether the frame must hold it."""


def slabs_of(pose: Pose, poses: Sequence[Pose]) -> Iterator[Slab]:
    """Yield what a body is on or beside, the farthest first; a mat is long enough for all."""
    props, counts = pose.scene.props, not pose.scene.is_close
    found = [joints(each) for each in poses if each.left == pose.left]
    if {Prop.MAT, Prop.MATTRESS} & {*props}:
        xs = [p[0] for each in found for p in each.values()]
        xs += [each["head"][0] + k * RADII["skull"] for each in found for k in (1, -1)]
        is_bed = Prop.MATTRESS in props
        low, high = min(xs) - 0.3, max(xs) + 0.3
        yield Slab("mat", Role.MAT, _flat(low, high, 1.3 if is_bed else 0.95), 0.24)
        if is_bed:
            head = found[0]["head"][0]
            yield Slab("pillow", Role.PILLOW, _flat(head - 0.5, head + 0.5, 0.85), 0.3)
    if Prop.CHAIR in props:
        yield from _chair(pose, counts=counts)
    if Prop.DESK in props:
        yield from _desk(pose, counts=counts)


def _flat(low: float, high: float, half: float, y: float = 0.0) -> tuple[Vector, ...]:
    return ((low, y, half), (high, y, half), (high, y, -half), (low, y, -half))


def ahead_of(pose: Pose) -> int:
    """Return the way along ``x`` that somebody who sits faces."""
    return -1 if pose.faces is Facing.LEFT else 1


def _chair(pose: Pose, *, counts: bool) -> Iterator[Slab]:
    ahead = ahead_of(pose)
    x, seat = pose.pelvis[0], pose.pelvis[1] - 0.55
    back, front = x - 0.62 * ahead, x + 1.05 * ahead
    for i, (foot, z) in enumerate((a, b) for a in (back, front) for b in (-0.7, 0.7)):
        line = ((foot, seat, z), (foot, 0.0, z))
        yield Slab(f"chair leg {i}", Role.WOOD, line, 0.16, is_open=True, counts=counts)
    yield Slab("seat", Role.WOOD, _flat(back, front, 0.75, seat), 0.16, counts=counts)
    for i, z in enumerate((-0.7, 0.7)):
        post = ((back, seat, z), (back - 0.2 * ahead, seat + 2.1, z))
        yield Slab(f"chair post {i}", Role.WOOD, post, 0.16, is_open=True, counts=counts)
    low, high = (back - 0.1 * ahead, seat + 1.1), (back - 0.2 * ahead, seat + 2.1)
    rest = ((*low, -0.7), (*low, 0.7), (*high, 0.7), (*high, -0.7))
    yield Slab("chair back", Role.WOOD, rest, 0.16, counts=counts)


def _desk(pose: Pose, *, counts: bool) -> Iterator[Slab]:
    ahead = ahead_of(pose)
    x, top = pose.pelvis[0], pose.pelvis[1] + 0.95
    near, far = x + 0.85 * ahead, x + 2.9 * ahead
    for i, (foot, z) in enumerate((a, b) for a in (near, far) for b in (-1.4, 1.4)):
        line = ((foot, top, z), (foot, 0.0, z))
        yield Slab(f"desk leg {i}", Role.WOOD, line, 0.14, is_open=True, counts=counts)
    yield Slab("desk", Role.WOOD, _flat(near, far, 1.5, top), 0.16)
