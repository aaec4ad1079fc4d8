"""The poses of an exercise, and the bodies that it has on a timeline."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from supple._model import Hold, Sides
from supple._model.pose import mirrored, on_side
from supple.figures._motion import between, eased

if TYPE_CHECKING:
    from supple._model import Exercise, Side
    from supple._model.pose import Pose
    from supple._timeline.events import Moment, Posed, Segment
    from supple._timeline.timeline import Timeline

SLOWEST_MS: Final = 2500
"""How long a movement takes at most."""


def pose_of(exercise: Exercise) -> Pose | None:
    """Return the pose that stands for an exercise: what is held, or else first moved to."""
    known = {pose.id: pose for pose in exercise.poses}
    named = [each for each in exercise.cycle if each.pose in known]
    found = [each for each in named if isinstance(each, Hold)] or named
    return known[found[0].pose or ""] if found else None


def start_of(exercise: Exercise) -> Pose | None:
    """Return the pose in which a repetition begins; where it names only one, that."""
    main = pose_of(exercise)
    if main is None:
        return None
    known = {pose.id: pose for pose in exercise.poses}
    segments = (exercise.cycle[-1], *reversed(exercise.segments))
    latest = (known.get(each.pose or "", main) for each in segments)
    return next((pose for pose in latest if pose != main), main)


class Move(NamedTuple):
    """How the body moves in a segment.

    Attributes:
        exercise: The identifier of the exercise; in a rest that leads up to one, of that.
        side: The side whose figure it is.
        before: How the body lies or stands where the segment starts.
        after: How it does where the segment ends.
    """

    exercise: str
    side: Side | None
    before: Pose
    after: Pose


def move_of(timeline: Timeline, segment: Segment) -> Move | None:
    """Return how the body moves in a segment.

    An exercise that has named no pose yet begins as each of its repetitions does, and the rest
    that leads up to it shows that, too.

    Args:
        timeline: What the segment is of.
        segment: Any of its segments.

    Returns:
        The move; ``None`` where the exercise is not drawn, and behind the last one.

    >>> from supple import load_catalog, schedule
    >>> timeline = schedule(load_catalog("lower-back")["bridge"])
    >>> move = move_of(timeline, timeline.at(9_000).segment)
    >>> move.before.id, move.after.id
    ('knees-bent', 'hips-lifted')
    """
    is_lead_up = segment.exercise is None
    while segment.exercise is None:
        if segment.end_ms >= timeline.duration_ms:
            return None
        segment = timeline.at(segment.end_ms).segment
    exercise = timeline.routine.exercises[segment.exercise]
    start = start_of(exercise)
    if start is None:
        return None
    known = {pose.id: pose for pose in exercise.poses}
    side = _side_of(timeline, segment, exercise)

    def body(posed: Posed | None) -> Pose | None:
        pose = None if posed is None else known.get(posed.pose)
        return posed and pose and on_side(pose, posed.side or side)

    before = body(segment.pose_before) or on_side(start, side)
    after = before if is_lead_up else body(segment.pose_after) or before
    if before.left != after.left:  # seen from the other end, now that the side has changed
        before = mirrored(before)
    return Move(exercise.id, side, before, after)


def _side_of(timeline: Timeline, segment: Segment, exercise: Exercise) -> Side | None:
    """Return the side of a segment; in one without, the one before it, or else the first."""
    before = segment.pose_before
    side = segment.side or (before and before.side)
    while side is None and exercise.sides is not Sides.NONE:
        segment = timeline.at(segment.end_ms).segment
        side = segment.side
    return side


def body_at(timeline: Timeline, moment: Moment) -> Pose | None:
    """Return the body on its way at a moment of a timeline; ``None`` where none is drawn.

    A movement takes as long as its segment, and at most two and a half seconds.
    """
    move = move_of(timeline, moment.segment)
    if move is None:
        return None
    length_ms = min(moment.segment.duration_ms, SLOWEST_MS)
    return between(move.before, move.after, eased(moment.elapsed_ms / length_ms))
