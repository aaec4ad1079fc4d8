"""Poses for the tests: those of the catalogs, and any that a body can take."""

from __future__ import annotations

import math
import tomllib
from pathlib import Path
from random import Random
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from hypothesis import strategies as st

from supple._model.pose import Arm, Facing, Leg, Pose, Scene
from supple._model.skeleton import (
    ARM_REACHES,
    LEG_REACHES,
    add,
    cross,
    ray,
    scale,
    trunk_of,
    turned,
    unit,
)

if TYPE_CHECKING:
    from supple._model.skeleton import Vector

ROOT = Path(__file__).parents[2]
FOLDERS = (
    ROOT / "src/supple/catalog/data/lower_back/poses",
    ROOT / "examples/desk_break/src/supple_desk_break/poses",
)


def read(file: Path) -> Pose:
    """Return the pose of a file, without the reader of catalogs."""
    data: dict[str, Any] = tomllib.loads(file.read_text(encoding="utf-8"))
    for limb in ("left_leg", "right_leg"):
        data[limb] = Leg(**data[limb])
    for limb in ("left_arm", "right_arm"):
        data[limb] = Arm(**data[limb])
    return Pose(**data | {"scene": Scene(**data.get("scene", {}))})


POSES = {pose.id: pose for folder in FOLDERS for pose in map(read, sorted(folder.glob("*.toml")))}
"""Every pose of the bundled catalog and of the example, by its id."""

_AHEAD = {Facing.UP: 90, Facing.DOWN: -90, Facing.LEFT: 180, Facing.RIGHT: 0}


def poses() -> st.SearchStrategy[Pose]:
    """Draw any pose that a body can take: each hand and foot is within its reach.

    A pose has some fifty numbers. They come from one seed, and among them are many that lie at
    the ends of what they may be.
    """
    return st.integers(0, 2**32).map(_pose)


def _pose(seed: int) -> Pose:
    rng = Random(seed)  # noqa: S311 - it keeps no secret

    def between(low: float, high: float) -> float:
        return rng.choice((low, high, (low + high) / 2, *(rng.uniform(low, high),) * 3))

    def way() -> tuple[float, float]:
        return between(-180, 180), between(-80, 80)

    def within(root: Vector, reaches: tuple[float, float]) -> tuple[Vector, Vector]:
        """Return an end within reach of a root, and a pole across the limb."""
        along = ray(way())
        pole = unit(cross(along, unit(cross(along, (0.3, 0.5, 0.8)))))
        return add(root, scale(along, between(*reaches))), turned(pole, along, between(-180, 180))

    faces = rng.choice([*Facing])
    upright = _AHEAD[faces] + rng.choice((90, -90))
    stem: dict[str, Any] = {
        "alt": "A pose",
        "faces": faces,
        "pelvis": (between(-4, 4), between(0, 4), between(-4, 4)),
        "spine": [(upright + between(-40, 40), between(-15, 15)) for _ in range(3)],
        "neck": (upright + between(-60, 60), between(-40, 40)),
        "twist": between(-60, 60),
        "shoulders": (between(-0.3, 0.3), between(-0.3, 0.3)),
        "scene": Scene(turned=between(-180, 180), risen=between(-60, 60)),
    }
    left = 1 if math.sin(math.radians(_AHEAD[faces] - upright)) > 0 else -1
    trunk = trunk_of(SimpleNamespace(**stem, left=left))  # type: ignore[arg-type]  # all it needs
    limbs: dict[str, Any] = {}
    for side in ("left", "right"):
        foot, knee = within(trunk[f"{side} hip"], LEG_REACHES)
        limbs[f"{side}_leg"] = Leg(foot, knee=knee, toes=way())
        hand, elbow = within(trunk[f"{side} shoulder"], ARM_REACHES)
        limbs[f"{side}_arm"] = Arm(hand, elbow=elbow, fingers=way())
    return Pose("drawn", **stem, **limbs)
