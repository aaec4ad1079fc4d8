"""The pose that stands for an exercise."""

from __future__ import annotations

from typing import TYPE_CHECKING

from supple._model import Hold

if TYPE_CHECKING:
    from supple._model import Exercise
    from supple._model.pose import Pose


def pose_of(exercise: Exercise) -> Pose | None:
    """Return the pose that stands for an exercise: what is held, or else first moved to."""
    known = {pose.id: pose for pose in exercise.poses}
    named = [each for each in exercise.cycle if each.pose in known]
    found = [each for each in named if isinstance(each, Hold)] or named
    return known[found[0].pose or ""] if found else None
