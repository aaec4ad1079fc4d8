"""The poses that an exercise names."""

from __future__ import annotations

from typing import TYPE_CHECKING

from supple._model import Hold

if TYPE_CHECKING:
    from collections.abc import Mapping

    from supple._model import Exercise
    from supple._model.pose import Pose


def poses_of(exercise: Exercise, poses: Mapping[str, Pose]) -> list[Pose]:
    """Return the poses that an exercise goes through, each once, in their order.

    Args:
        exercise: The exercise.
        poses: The poses by id, such as those of its catalog. One that is not there is left out.
    """
    segments = (*exercise.setup, *exercise.cycle, *exercise.finish)
    ids = dict.fromkeys(each.pose for each in segments if each.pose is not None)
    return [poses[id] for id in ids if id in poses]


def pose_of(exercise: Exercise, poses: Mapping[str, Pose]) -> Pose | None:
    """Return the pose that stands for an exercise: what is held, or else first moved to.

    Args:
        exercise: The exercise.
        poses: The poses by id, such as those of its catalog.
    """
    named = [each for each in exercise.cycle if each.pose in poses]
    held = [each.pose for each in named if isinstance(each, Hold)]
    found = [*held, *(each.pose for each in named)]
    return poses[found[0]] if found and found[0] is not None else None
