"""Joints, moves and mirrors: laws over any pose, and an independent computation."""

from __future__ import annotations

import cmath
import math
from typing import TYPE_CHECKING

import pytest
from attrs import evolve
from hypothesis import assume, given, strategies as st

from supple import Side
from supple._model.pose import Leg, unchecked
from supple._model.skeleton import BONES, trunk_of
from supple.figures import between, eased, joints, mirrored, on_side

from .poses import POSES, poses

if TYPE_CHECKING:
    from supple._model.pose import Pose
    from supple._model.skeleton import Vector

SPANS = {
    ("pelvis", "waist"): "pelvis",
    ("waist", "ribs"): "belly",
    ("ribs", "collar"): "chest",
    ("collar", "head"): "neck",
    **{
        (f"{side} {a}", f"{side} {b}"): bone
        for side in ("left", "right")
        for a, b, bone in (
            ("hip", "knee", "thigh"),
            ("knee", "ankle", "shin"),
            ("ankle", "toe", "foot"),
            ("shoulder", "elbow", "upper_arm"),
            ("elbow", "wrist", "forearm"),
            ("wrist", "hand", "hand"),
        )
    },
}
ENDS = ("left ankle", "right ankle", "left wrist", "right wrist")
PARTS = st.floats(0, 1)


# --- laws


@given(poses(), poses(), PARTS)
def test_no_bone_ever_changes_its_length(a: Pose, b: Pose, t: float) -> None:
    """In a pose and anywhere on the way to another, each bone is as long as it is."""
    for pose in (a, between(a, b, t)):
        found = joints(pose)
        for (one, other), bone in SPANS.items():
            assert math.dist(found[one], found[other]) == pytest.approx(BONES[bone], abs=1e-6)


@given(poses(), poses(), PARTS)
def test_what_is_planted_never_slides(a: Pose, b: Pose, t: float) -> None:
    """A hand or foot that is at one place in both poses is there all the way, to the last bit."""
    assume(a.left == b.left)
    planted = {
        f"{side}_{limb}": getattr(a, f"{side}_{limb}")
        for side in ("left", "right")
        for limb in ("leg", "arm")
    }
    found = joints(between(a, unchecked(b, **planted), t))
    kept = joints(a)
    for end in ENDS:
        assert found[end] == kept[end]


@given(poses())
def test_a_pose_that_is_accepted_needs_no_give(pose: Pose) -> None:
    """Where a pose was accepted, shoulders and hips are where the trunk has them."""
    trunk, found = trunk_of(pose), joints(pose)
    for name, p in trunk.items():
        assert math.dist(p, found[name]) < 0.006


@given(poses(), poses())
def test_a_move_starts_and_ends_in_its_poses(a: Pose, b: Pose) -> None:
    """At 0 the body is that of the first pose, at 1 the pose is the second."""
    assert joints(between(a, b, 0.0)) == joints(a)
    assert between(a, b, 1.0) is b


@given(poses())
def test_mirroring_mirrors_every_joint(pose: Pose) -> None:
    """Left and right change places, each joint is reflected, and twice gives the pose back."""
    axis = 0 if pose.scene.is_from_side else 2
    found, other = joints(pose), joints(mirrored(pose))
    for name, p in found.items():
        side, _, joint = name.partition(" ")
        swapped = {"left": f"right {joint}", "right": f"left {joint}"}.get(side, name)
        reflected = [-x if i == axis else x for i, x in enumerate(p)]
        assert other[swapped] == pytest.approx(reflected, abs=1e-6)
    twice = joints(mirrored(mirrored(pose)))
    for name, p in found.items():
        assert twice[name] == pytest.approx(p, abs=1e-6)


@given(st.floats(allow_nan=False))
def test_easing_stays_within_its_bounds(t: float) -> None:
    """A movement has gone from nothing to all of its way, whatever the time."""
    assert 0 <= eased(t) <= 1
    assert [eased(-1), eased(0), eased(0.5), eased(1), eased(2)] == pytest.approx(
        [0, 0, 0.5, 1, 1]
    )


# --- cases


def test_bodies_that_lie_the_other_way_round_change_half_way() -> None:
    """Between a pose and its mirror image seen from the side there is no way."""
    pose = POSES["knee-hugged"]
    other = on_side(pose, Side.LEFT)
    assert between(pose, other, 0.49) is pose
    assert between(pose, other, 0.5) is other


def test_the_right_side_is_as_written() -> None:
    """Only on the left is a pose mirrored."""
    pose = POSES["head-turned"]
    assert on_side(pose, Side.RIGHT) is pose
    assert on_side(pose, None) is pose
    assert on_side(pose, Side.LEFT) == mirrored(pose)
    assert on_side(pose, Side.LEFT).gaze == (0.0, -62.0)


def test_a_scene_from_the_side_is_mirrored_as_a_picture() -> None:
    """Who lay with the head at -x lies with it at +x, and is seen from the other side."""
    pose = mirrored(POSES["knee-hugged"])
    assert joints(pose)["head"][0] > 0
    assert pose.scene.turned == 18
    assert mirrored(POSES["chin-back"]).faces == "left"


def test_a_limb_gives_at_its_root() -> None:
    """On a way on which an arm is too short its shoulder moves, and its hand does not."""
    before, after = POSES["kneeling"], POSES["childs-pose"]
    given = [
        math.dist(trunk_of(pose)["left shoulder"], joints(pose)["left shoulder"])
        for pose in (between(before, after, i / 20) for i in range(21))
    ]
    assert max(given) < 0.5
    assert given[0] < 1e-5


def test_a_pole_along_the_limb_bends_it_to_the_same_side_each_time() -> None:
    """A knee that is to point along its leg points aside, and no bone changes its length."""
    pose = POSES["lying"]
    hip = trunk_of(pose)["left hip"]
    for foot in ((hip[0], hip[1], hip[2] - 2.5), (hip[0] + 2.5, hip[1], hip[2])):
        way = [b - a for a, b in zip(hip, foot, strict=True)]
        found = joints(evolve(pose, left_leg=Leg(foot, knee=way, toes=0)))
        for (one, other), bone in SPANS.items():
            assert math.dist(found[one], found[other]) == pytest.approx(BONES[bone], abs=1e-6)


# --- an independent computation, by circles in the plane of the limb


@pytest.mark.parametrize("id", POSES)
def test_joints_agree_with_an_independent_computation(id: str) -> None:
    """A search for the point that is a bone's length from both ends finds the same joints."""
    pose = POSES[id]
    found = joints(pose)
    for side in ("left", "right"):
        for root, joint, end, first, second, pole in (
            ("hip", "knee", "ankle", "thigh", "shin", getattr(pose, f"{side}_leg").knee),
            (
                "shoulder",
                "elbow",
                "wrist",
                "upper_arm",
                "forearm",
                getattr(pose, f"{side}_arm").elbow,
            ),
        ):
            a, b = found[f"{side} {root}"], found[f"{side} {end}"]
            best = _searched(a, b, BONES[first], BONES[second], pole)
            assert math.dist(best, found[f"{side} {joint}"]) < 1e-4


def _searched(a: Vector, b: Vector, first: float, second: float, pole: Vector) -> list[float]:
    """Return the point at its distances from a and b that is farthest along the pole."""

    def at(bend: float) -> tuple[list[float], float]:
        """Turn the first bone from the limb towards the pole; return its end and the gap."""
        along = [q - p for p, q in zip(a, b, strict=True)]
        length = math.hypot(*along)
        u = [x / length for x in along]
        height = sum(x * y for x, y in zip(u, pole, strict=True))
        v = [y - height * x for x, y in zip(u, pole, strict=True)]
        size = math.hypot(*v)
        v = [x / size for x in v]
        joint = [
            p + first * (math.cos(bend) * x + math.sin(bend) * y)
            for p, x, y in zip(a, u, v, strict=True)
        ]
        return joint, math.dist(joint, b) - second

    low, high = 0.0, math.pi
    for _ in range(60):  # the gap grows with the bend
        middle = (low + high) / 2
        low, high = (middle, high) if at(middle)[1] < 0 else (low, middle)
    return at(low)[0]


def test_the_spine_agrees_with_complex_numbers() -> None:
    """Where the spine has no angle out of the plane, its joints are sums of complex numbers."""
    for pose in POSES.values():
        if any(out for _, out in (*pose.spine, pose.neck)):
            continue
        z = complex(pose.pelvis[0], pose.pelvis[1])
        found = joints(pose)
        names = ("waist", "ribs", "collar", "head")
        bones = ("pelvis", "belly", "chest", "neck")
        for name, bone, (angle, _) in zip(names, bones, (*pose.spine, pose.neck), strict=True):
            z += cmath.rect(BONES[bone], math.radians(angle))
            assert complex(*found[name][:2]) == pytest.approx(z, abs=1e-9)


@pytest.mark.parametrize(
    ("before", "after"), [("knees-bent", "hips-lifted"), ("pelvis-relaxed", "pelvis-tipped")]
)
def test_feet_that_carry_the_body_stay_where_they_are(before: str, after: str) -> None:
    """Lifting the hips and tipping the pelvis move no foot."""
    for end in ("left ankle", "right ankle"):
        assert joints(POSES[before])[end] == joints(POSES[after])[end]
