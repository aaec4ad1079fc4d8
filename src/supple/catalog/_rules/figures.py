"""The rules about poses and the ways between them."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from supple.catalog._reading.reading import poses_of
from supple.catalog._rules.rule import Found
from supple.figures import find_in_move, find_in_pose, stage_for

if TYPE_CHECKING:
    from collections.abc import Iterator

    from supple.catalog._rules.rule import Subject


def can_be_done(subject: Subject) -> Iterator[Found]:
    """Yield what nobody can do, or what a picture does not show."""
    for file, pose in subject.survey.poses.items():
        for each in find_in_pose(pose, stage_for([pose])):
            yield Found(file, each.where, each.message, each.remedy)


def can_be_reached(subject: Subject) -> Iterator[Found]:
    """Yield the poses of an exercise to which no way leads from the one before."""
    poses = {pose.id: pose for pose in subject.survey.poses.values()}
    for file, exercise in subject.survey.exercises.items():
        found = exercise.poses
        stage = stage_for(found) if found else None
        for (_, earlier), (path, later) in pairwise(poses_of(exercise)):
            if earlier in poses and later in poses:
                for each in find_in_move(poses[earlier], poses[later], stage):
                    yield Found(file, path, each.message, each.remedy)
