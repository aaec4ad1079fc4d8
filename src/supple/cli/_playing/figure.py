"""The figure that goes with an instant of a timeline."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from supple import SegmentKind, Side
from supple._model.sided import on_side as text_on_side
from supple.figures import between, draw_runs, eased, on_side, text_stage

if TYPE_CHECKING:
    from collections.abc import Mapping

    from supple import Exercise, Moment, Segment
    from supple._model.pose import Pose
    from supple.cli._playing.view import Shown
    from supple.figures import Role, Stage

    Runs = list[list[tuple[str, Role | None]]]

_MOVE_MS = 1000
"""How long it takes into a hold that starts in another pose."""


class Figures:
    """Draws the figure of any instant in the cells of a terminal.

    Args:
        shown: What is played.
        poses: The poses that its exercises name, by their ids.
        has_blocks: Whether the terminal lacks braille.
    """

    def __init__(
        self, shown: Shown, poses: Mapping[str, Pose], *, has_blocks: bool = False
    ) -> None:
        self._shown = shown
        self._poses = poses
        self._has_blocks = has_blocks
        self._stage = cache(self._new_stage)

    def draw(self, moment: Moment, columns: int, lines: int) -> Runs:
        """Return the figure of a moment as lines of runs, or no line where there is none."""
        stations = self._shown.stations
        exercise = self._exercise(stations[stations.index_at(moment.at_ms)].id)
        pose = self._pose(moment, exercise)
        if pose is None:
            return []
        stage = self._stage(exercise.id, columns, lines)
        return draw_runs(
            pose, columns=columns, lines=lines, stage=stage, has_blocks=self._has_blocks
        )

    def _pose(self, moment: Moment, exercise: Exercise) -> Pose | None:
        segment = moment.segment
        after = self._at_end(segment)
        before = self._before(segment)
        if segment.exercise != exercise.id:  # a rest that leads up to the exercise
            return before if before in self._of(exercise) else self._first(exercise)
        if after is None or before is None:
            return after or before or self._first(exercise)
        is_step = segment.kind is SegmentKind.STEP
        length_ms = segment.duration_ms if is_step else min(segment.duration_ms, _MOVE_MS)
        return between(before, after, eased(moment.elapsed_ms / length_ms))

    def _before(self, segment: Segment) -> Pose | None:
        """Return the pose in which the exercise was when a segment starts."""
        while segment.start_ms:
            earlier = self._shown.timeline.at(segment.start_ms - 1).segment
            if segment.exercise is not None and earlier.exercise not in {None, segment.exercise}:
                return None
            pose = self._at_end(earlier)
            if pose is not None:
                return pose
            segment = earlier
        return None

    def _at_end(self, segment: Segment) -> Pose | None:
        """Return the pose in which a segment ends, if it says so."""
        if segment.exercise is None:
            return None
        words = self._shown.timeline.phrases.sides()
        exercise = self._exercise(segment.exercise)
        for each in (*exercise.setup, *exercise.cycle, *exercise.finish):
            pose = self._poses.get(each.pose or "")
            if pose is not None and text_on_side(each.text, segment.side, words) == segment.text:
                return on_side(pose, segment.side)
        return None

    def _exercise(self, id_: str) -> Exercise:
        return self._shown.timeline.routine.exercises[id_]

    def _of(self, exercise: Exercise) -> list[Pose]:
        """Return all poses of an exercise, on both sides."""
        steps = (*exercise.setup, *exercise.cycle, *exercise.finish)
        ids = dict.fromkeys(each.pose or "" for each in steps)
        poses = [self._poses[id_] for id_ in ids if id_ in self._poses]
        return [on_side(pose, side) for pose in poses for side in (None, Side.LEFT)]

    def _first(self, exercise: Exercise) -> Pose | None:
        return next(iter(self._of(exercise)), None)

    def _new_stage(self, id_: str, columns: int, lines: int) -> Stage:
        poses = self._of(self._exercise(id_))
        return text_stage(poses, columns=columns, lines=lines, has_blocks=self._has_blocks)
