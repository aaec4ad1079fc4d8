"""What is found doubtful about poses and moves, in words."""

from __future__ import annotations

import pytest
from attrs import evolve

from supple._model.pose import Leg
from supple.figures import Doubt, find_in_move, find_in_pose, mirrored, stage_for
from supple.figures._motion import between

from .poses import POSES

LYING = POSES["lying"]


@pytest.mark.parametrize("id", POSES)
def test_nothing_is_doubtful_about_the_poses_of_the_catalogs(id: str) -> None:
    """The bundled poses, and those of the example, can be done and seen."""
    pose = POSES[id]
    assert [*find_in_pose(pose, stage_for([pose]))] == []
    assert [*find_in_pose(mirrored(pose), stage_for([mirrored(pose)]))] == []


def test_a_foot_in_the_floor() -> None:
    """A joint under the floor is found, with how far it is too low."""
    pose = evolve(LYING, left_leg=Leg((3.0, -0.1, -0.3), knee=(0, 1, 0), toes=78))
    assert [*find_in_pose(pose)] == [
        Doubt(
            "left_leg.foot",
            "the left ankle is 6 cm too low: it is in the floor",
            "raise it to y = 0.17 or more",
        )
    ]


def test_a_back_that_bends_too_far() -> None:
    """Parts of the spine that are folded onto each other are found."""
    pose = evolve(LYING, neck=60)
    assert [each.where for each in find_in_pose(pose)] == ["neck"]
    [found] = find_in_pose(pose)
    assert found.message == (
        "chest and neck are bent 124 degrees against each other, "
        "and nobody bends there by more than 95"
    )
    assert found.remedy == "bring the angles of chest and neck closer together"


def test_out_of_the_picture() -> None:
    """A joint outside of the frame is found, but for a picture that ends at the waist."""
    stage = stage_for([POSES["childs-pose"]])
    found = [each.message for each in find_in_pose(POSES["kneeling"], stage)]
    assert "the head is outside of the picture" in found
    close = stage_for([POSES["looking-ahead"]])
    assert [*find_in_pose(POSES["looking-ahead"], close)] == []


def test_an_angle_the_wrong_way_round() -> None:
    """A spine that swings round the long way leaves its hands behind, and that is found."""
    after = evolve(LYING, id="later", spine=(-184, -180, -176), neck=-184)
    found = [*find_in_move(LYING, after)]
    assert found == [
        Doubt(
            "",
            f"on the way from lying to later the {side} arm is {far} cm too short for where it "
            "has to be",
            "put a pose between the two, or write an angle the other way round, such as -170 "
            "for 190",
        )
        for side, far in (("left", 8), ("right", 10))
    ]


def test_a_way_out_of_the_picture() -> None:
    """What leaves the frame only on the way is found, once for each joint."""
    before, after = POSES["kneeling"], POSES["on-heels"]
    found = [*find_in_move(before, after, stage_for([POSES["childs-pose"]]))]
    assert "on the way from kneeling to on-heels the head is outside of the picture" in [
        each.message for each in found
    ]
    assert [*find_in_move(before, after, stage_for([before, after]))] == []


def test_no_way_no_findings() -> None:
    """Between bodies that lie the other way round there is no way that could be doubtful."""
    pose = POSES["knee-hugged"]
    assert [*find_in_move(pose, mirrored(pose))] == []
    assert between(pose, mirrored(pose), 0.2) is pose
