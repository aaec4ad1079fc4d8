"""The figure that goes with an instant of a timeline."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from supple import Side
from supple.figures import body_at, draw_runs, on_side, text_stage

if TYPE_CHECKING:
    from supple import Pose
    from supple.cli._playing.view import Shown, View
    from supple.figures import Role, Stage

    Runs = list[list[tuple[str, Role | None]]]


class Figures:
    """Draws the figure of any instant in the cells of a terminal.

    Args:
        shown: What is played.
        has_blocks: Whether the terminal lacks braille.
    """

    def __init__(self, shown: Shown, *, has_blocks: bool = False) -> None:
        self._timeline = shown.timeline
        self._exercises = shown.timeline.routine.exercises
        self._has_blocks = has_blocks
        self._stage = cache(self._new_stage)

    def draw(self, view: View, columns: int, lines: int) -> Runs:
        """Return the figure of a moment as lines of runs, or no line where there is none."""
        pose = body_at(self._timeline, view.moment)
        if pose is None:
            return []
        stage = self._stage(view.station.id, columns, lines)
        return draw_runs(
            pose, columns=columns, lines=lines, stage=stage, has_blocks=self._has_blocks
        )

    def _of(self, exercise: str) -> list[Pose]:
        """Return all poses of an exercise, on both sides."""
        sides = (None, Side.LEFT)
        return [on_side(pose, side) for pose in self._exercises[exercise].poses for side in sides]

    def _new_stage(self, exercise: str, columns: int, lines: int) -> Stage:
        poses = self._of(exercise)
        return text_stage(poses, columns=columns, lines=lines, has_blocks=self._has_blocks)
