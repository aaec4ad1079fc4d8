"""Poses in catalogs: read strictly, written back, named by steps and holds."""

from __future__ import annotations

import json
from copy import deepcopy
from typing import TYPE_CHECKING, Any

import pytest
from attrs import evolve
from jsonschema import Draft202012Validator

from supple import (
    CatalogError,
    Exercise,
    Hold,
    ModelError,
    Rest,
    Routine,
    Step,
    load_catalog,
    schedule,
)
from supple.catalog import check, read_pose, schema, write_catalog
from supple.figures import body_at, joints, mirrored, move_of, pose_of
from supple.figures._named import start_of

from ..catalog.files import problems_of, whole, write_folder
from .poses import FOLDERS, POSES

if TYPE_CHECKING:
    from pathlib import Path

    from supple import Catalog

DESK = FOLDERS[1].parent

STANDING: dict[str, Any] = {
    "id": "standing",
    "alt": "Standing",
    "faces": "right",
    "pelvis": [0, 3.2, 0],
    "spine": [90, 90, 90],
    "neck": 90,
    "left_leg": {"foot": [0, 0.2, -0.3], "knee": [1, 0, 0], "toes": 0},
    "right_leg": {"foot": [0, 0.2, 0.3], "knee": [1, 0, 0], "toes": 0},
    "left_arm": {"hand": [0, 3.5, -0.6], "elbow": [-1, 0, 0], "fingers": -90},
    "right_arm": {"hand": [0, 3.5, 0.6], "elbow": [-1, 0, 0], "fingers": -90},
}


@pytest.fixture(params=["lower-back", "desk-break"])
def catalog(request: pytest.FixtureRequest) -> Catalog:
    """Return the bundled catalog, or that of the example."""
    return load_catalog("lower-back" if request.param == "lower-back" else str(DESK))


def with_pose(**changes: Any) -> dict[str, Any]:
    """Return the files of a small catalog with a pose, some of whose keys differ."""
    files = whole()
    files["poses/standing.json"] = deepcopy(STANDING) | changes
    return files


# --- the catalogs


def test_every_step_and_hold_names_a_pose(catalog: Catalog) -> None:
    """No movement of these catalogs is without a figure, and no pose without a movement."""
    named = set()
    for exercise in catalog.exercises.values():
        for segment in (*exercise.setup, *exercise.cycle, *exercise.finish):
            assert segment.pose in catalog.poses, (exercise.id, segment.text)
            named.add(segment.pose)
        assert len(exercise.poses) >= 2
    assert named == catalog.poses.keys()


def test_a_hold_keeps_the_pose_that_the_step_before_it_ends_in(catalog: Catalog) -> None:
    """Between a step and the hold after it nothing moves."""
    for exercise in catalog.exercises.values():
        held = pose_of(exercise)
        assert held is not None
        assert held.scene.arrows or exercise.id == "childs-pose"


def test_the_reader_gives_what_the_files_say(catalog: Catalog) -> None:
    """Each pose is as a plain reader of TOML has it."""
    for id, pose in catalog.poses.items():
        assert pose == POSES[id]


def test_written_back(catalog: Catalog, tmp_path: Path) -> None:
    """A catalog that is written and read again has the same poses."""
    for format in ("toml", "json"):  # noqa: A001 - what it is
        write_catalog(catalog, tmp_path / format, format=format)
        assert load_catalog(tmp_path / format) == catalog


def test_figures_are_told_in_the_language_of_the_catalog() -> None:
    """What a figure shows is translated like any other text."""
    german = load_catalog("lower-back", language="de")
    assert german.poses["kneeling"].alt == "Aufrecht kniend"
    assert german.poses["kneeling"].pelvis == POSES["kneeling"].pelvis


def test_poses_of_an_exercise() -> None:
    """They come once each, in their order; what stands for it is what is held, or moved to."""
    back = load_catalog("lower-back")
    found = back["single-knee-hug"].poses
    assert [each.id for each in found] == ["lying", "knee-to-chest", "knee-hugged"]
    assert pose_of(back["single-knee-hug"]) == back.poses["knee-hugged"]
    assert pose_of(back["cat-camel"]) == back.poses["back-arched"]
    alone = evolve(back["cat-camel"], _poses=())
    assert alone.poses == ()
    assert pose_of(alone) is None
    assert alone.with_poses(back.poses.values()).poses == back["cat-camel"].poses


def test_moves_of_a_timeline() -> None:
    """A segment moves from the pose before it to its own; what leads up shows how it begins."""
    back = load_catalog("lower-back")
    timeline = schedule(back.routines["in-bed"])
    told = []
    for segment in timeline.segments():
        move = move_of(timeline, segment)
        assert move is not None
        told.append((move.exercise, move.side, move.before, move.after, segment.kind))
    up, rolled = back.poses["knees-up"], back.poses["knees-rolled"]
    left = (mirrored(up), mirrored(rolled))
    assert told[:8] == [
        ("knee-rolls", "left", left[0], left[0], "rest"),
        ("knee-rolls", "left", left[0], left[0], "step"),
        ("knee-rolls", "left", left[0], left[1], "step"),
        ("knee-rolls", "left", left[1], left[1], "hold"),
        ("knee-rolls", "left", left[1], left[0], "step"),
        ("knee-rolls", "left", left[0], left[0], "rest"),
        ("knee-rolls", "right", left[0], rolled, "step"),
        ("knee-rolls", "right", rolled, rolled, "hold"),
    ]
    roll = next(each for each in timeline.segments() if each.pose == "knees-rolled")
    for at_ms, body in ((roll.start_ms, left[0]), (roll.end_ms - 1, left[1])):
        drawn = body_at(timeline, timeline.at(at_ms))
        assert drawn is not None
        assert joints(drawn) == joints(body)


def test_no_move_without_a_pose() -> None:
    """What names no pose is not drawn, nor is a rest behind the last exercise."""
    bare = Exercise("bare", name="Bare", kind="stretch", position="sitting", cycle=[Step("Sit")])
    timeline = schedule(Routine("day", items=[bare, Rest(5)]))
    assert [move_of(timeline, each) for each in timeline.segments()] == [None] * 2
    assert body_at(timeline, timeline.at(0)) is None
    assert start_of(bare) is None
    hug = schedule(Routine("day", items=[load_catalog("lower-back")["bridge"], Rest(5)]))
    assert [move_of(hug, each) is None for each in hug.segments()][-2:] == [False, False]


def test_a_change_of_sides_is_no_somersault() -> None:
    """Where the body is seen from the other end on the other side, no movement goes between."""
    hug = schedule(load_catalog("lower-back")["single-knee-hug"])
    moves = [move for each in hug.segments() if (move := move_of(hug, each))]
    assert {each.side for each in moves} == {"left", "right"}
    assert all(each.before.left == each.after.left for each in moves)


def test_where_a_repetition_begins() -> None:
    """It is the pose that another one than the held one ends in; a single pose is both."""
    back = load_catalog("lower-back")
    assert start_of(back["childs-pose"]) == back.poses["kneeling"]
    still = Exercise(
        "still",
        name="Still",
        kind="stretch",
        position="lying-on-back",
        cycle=[Hold("Lie", seconds=4, pose="lying")],
    )
    still = still.with_poses(back.poses.values())
    assert start_of(still) == pose_of(still) == back.poses["lying"]


# --- reading


def test_a_pose_beside_the_exercises(tmp_path: Path) -> None:
    """A step may name a pose of its catalog."""
    files = with_pose()
    files["exercises/b-squat.json"]["cycle"][1]["pose"] = "standing"
    catalog = load_catalog(write_folder(tmp_path, files))
    assert catalog["squat"].cycle[1].pose == "standing"
    assert [*catalog.poses["standing"].gaze] == [0, 0]
    write_catalog(catalog, tmp_path / "again", format="json", pictures=tmp_path)
    assert load_catalog(tmp_path / "again") == catalog


def test_problems_of_a_pose(tmp_path: Path) -> None:
    """Every fault of a pose is told with its file and its place in it."""
    left_arm = {"hand": [0, 9, -0.6], "elbow": [0, 0], "fingers": "down", "thumb": 1}
    files = with_pose(left_arm=left_arm, pelvis=[0, "3", 0], scene={"props": ["rug"]}, neck=None)
    del files["poses/standing.json"]["faces"]
    files["poses/a.txt"] = b""
    files["poses/standing.toml"] = b""
    assert problems_of(write_folder(tmp_path, files)) == [
        "poses/a.txt: must be a .toml or .json file, for only poses belong here",
        "poses/standing.toml: must not stand beside poses/standing.json: keep one of the two",
        "poses/standing.json: faces: must be given",
        "poses/standing.json: pelvis[1]: must be a number from -20 to 20 (got '3')",
        "poses/standing.json: neck: must not be null: leave the key out instead",
        "poses/standing.json: left_arm.elbow: must be three numbers: x, y and z (got [0, 0])",
        "poses/standing.json: left_arm.fingers: must be a number from -720 to 720 (got 'down')",
        (
            "poses/standing.json: left_arm.thumb: must be a known key; known are 'hand', 'elbow', "
            "'fingers'"
        ),
        (
            "poses/standing.json: scene.props[0]: must be one of mat, mattress, chair, desk "
            "(got 'rug')"
        ),
    ]


def test_a_hand_that_cannot_be_there(tmp_path: Path) -> None:
    """An impossible joint is told in words, with the file and the place in it."""
    left_arm = {"hand": [0, 3, -0.6], "elbow": [-1, 0, 0], "fingers": -90}
    assert problems_of(write_folder(tmp_path, with_pose(left_arm=left_arm))) == [
        (
            "poses/standing.json: left_arm.hand: must be at most 2.04 from the shoulder at "
            "[0.00, 5.26, -0.58]: the left hand cannot reach so far, it is 5 cm too far "
            "(got (0, 3, -0.6))"
        )
    ]


def test_unknown_and_twice(tmp_path: Path) -> None:
    """A pose that is not there, and an id that two have, are faults."""
    files = with_pose()
    files["poses/other.json"] = deepcopy(STANDING)
    files["exercises/b-squat.json"]["cycle"][0]["pose"] = "standng"
    assert problems_of(write_folder(tmp_path, files)) == [
        (
            "poses/standing.json: id: must not be the id of another pose, that of "
            "poses/other.json (got 'standing')"
        ),
        (
            "exercises/b-squat.json: cycle[0].pose: must be the id of a pose of this catalog; did "
            "you mean 'standing'? (got 'standng')"
        ),
    ]


def test_a_pose_that_is_refused_is_not_missed_where_it_is_named(tmp_path: Path) -> None:
    """The faults of a pose are not told again by the exercises that name it."""
    files = with_pose(neck="up")
    files["poses/other.json"] = deepcopy(STANDING) | {"id": "other"}
    cycle = files["exercises/b-squat.json"]["cycle"]
    cycle[0]["pose"], cycle[1]["pose"] = "standing", "other"
    folder = write_folder(tmp_path, files)
    [problem] = problems_of(folder)
    assert problem.startswith("poses/standing.json: neck")
    assert findings(folder) == []


def test_a_folder_of_poses_that_is_none(tmp_path: Path) -> None:
    """A file in place of the folder is refused, and so are more poses than anybody has."""
    files = whole() | {"poses": b""}
    assert problems_of(write_folder(tmp_path / "a", files)) == ["poses: must be a folder"]
    many = whole() | {f"poses/p{i}.json": b"" for i in range(1001)}
    assert problems_of(write_folder(tmp_path / "b", many)) == [
        "poses: must hold at most 1000 files, one for each pose (got 1001)"
    ]


def test_the_file_of_a_pose(tmp_path: Path) -> None:
    """A pose is read from its file alone, too, and refused with every problem."""
    file = tmp_path / "standing.json"
    file.write_text(json.dumps(STANDING))
    assert read_pose(file).id == "standing"
    assert read_pose(FOLDERS[0] / "lying.toml") == POSES["lying"]
    file.write_text(json.dumps(STANDING | {"neck": "up"}))
    with pytest.raises(CatalogError) as caught:
        read_pose(file)
    assert str(caught.value) == (
        f"pose file {file} cannot be read: 1 problem\n"
        "  standing.json: neck: must be a number from -720 to 720 (got 'up')"
    )
    with pytest.raises(CatalogError, match="must be a file"):
        read_pose(tmp_path / "nothing.toml")
    with pytest.raises(ModelError) as refused:
        read_pose("standing.txt")
    assert str(refused.value) == (
        "read_pose.path: must be a path that ends in .toml or .json (got 'standing.txt')"
    )


def test_the_schema_knows_poses() -> None:
    """Every pose file is valid by the schema, and a wrong one is not."""
    validator = Draft202012Validator(schema("pose"))
    assert validator.is_valid(STANDING)
    assert not validator.is_valid(STANDING | {"pelvis": [0, 1]})
    assert not validator.is_valid(STANDING | {"neck": [0, 1, 2]})
    assert not validator.is_valid(STANDING | {"scene": {"arrows": [[[0, 0, 0]]]}})
    assert not validator.is_valid(STANDING | {"faces": "north"})


# --- checking


def findings(folder: Path) -> list[tuple[str, str, str]]:
    """Return rule, place and message of what is doubtful about the poses of a catalog."""
    return [
        (each.rule, f"{each.file}: {each.path}", each.message)
        for each in check(folder).findings
        if "pose" in each.rule
    ]


def test_nothing_is_doubtful_about_the_catalogs() -> None:
    """The poses of the catalogs can be done, and each can be reached from the one before."""
    assert findings(FOLDERS[0].parent) == []
    assert findings(DESK) == []


def test_doubtful_poses_are_found(tmp_path: Path) -> None:
    """A foot in the floor is found with its file, and a way that leaves limbs behind, too."""
    files = with_pose(left_leg={"foot": [0, 0.1, -0.3], "knee": [1, 0, 0], "toes": 0})
    round_ = {"spine": [450, 450, 450], "neck": 450, "alt": "Again"}
    files["poses/round.json"] = deepcopy(STANDING) | round_ | {"id": "round"}
    cycle = files["exercises/b-squat.json"]["cycle"]
    cycle[0]["pose"], cycle[1]["pose"] = "standing", "round"
    found = findings(write_folder(tmp_path, files))
    assert found[0] == (
        "pose-can-be-done",
        "poses/standing.json: left_leg.foot",
        "the left ankle is 2 cm too low: it is in the floor",
    )
    assert {(rule, place) for rule, place, _ in found[1:]} == {
        ("pose-can-be-reached", "exercises/b-squat.json: cycle[1].pose")
    }
    assert any("on the way from standing to round the left arm" in each[2] for each in found)
