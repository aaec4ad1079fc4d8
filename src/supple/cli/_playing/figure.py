"""The figure that goes with an instant of a timeline."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from supple import SegmentKind, Side
from supple.figures import between, draw_runs, eased, on_side, text_stage

if TYPE_CHECKING:
    from supple import Pose, Segment
    from supple.cli._playing.view import Shown, View
    from supple.figures import Role, Stage

    Runs = list[list[tuple[str, Role | None]]]

_MOVE_MS = 1000
"""How long it takes into a hold that starts in another pose."""


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
        exercise = view.station.id
        pose = self._pose(view, exercise)
        if pose is None:
            return []
        stage = self._stage(exercise, columns, lines)
        return draw_runs(
            pose, columns=columns, lines=lines, stage=stage, has_blocks=self._has_blocks
        )

    def _pose(self, view: View, exercise: str) -> Pose | None:
        """Return the body on its way; before its first pose, the one that comes."""
        segment = view.moment.segment
        after = self._at_end(segment)
        before = self._before(segment, exercise)
        if after is None or before is None:
            return after or before or next(iter(self._of(exercise)), None)
        is_step = segment.kind is SegmentKind.STEP
        length_ms = segment.duration_ms if is_step else min(segment.duration_ms, _MOVE_MS)
        return between(before, after, eased(view.moment.elapsed_ms / length_ms))

    def _before(self, segment: Segment, exercise: str) -> Pose | None:
        """Return the pose of the same exercise that a segment starts in."""
        while segment.start_ms:
            segment = self._timeline.at(segment.start_ms - 1).segment
            if segment.exercise not in {None, exercise}:
                return None
            if (pose := self._at_end(segment)) is not None:
                return pose
        return None

    def _at_end(self, segment: Segment) -> Pose | None:
        if segment.pose is None or segment.exercise is None:
            return None
        poses = self._exercises[segment.exercise].poses
        return next((on_side(p, segment.side) for p in poses if p.id == segment.pose), None)

    def _of(self, exercise: str) -> list[Pose]:
        """Return all poses of an exercise, on both sides."""
        sides = (None, Side.LEFT)
        return [on_side(pose, side) for pose in self._exercises[exercise].poses for side in sides]

    def _new_stage(self, exercise: str, columns: int, lines: int) -> Stage:
        poses = self._of(exercise)
        return text_stage(poses, columns=columns, lines=lines, has_blocks=self._has_blocks)
