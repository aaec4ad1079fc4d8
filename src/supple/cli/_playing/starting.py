"""Where to start: the exercise that a person names."""

from __future__ import annotations

from typing import TYPE_CHECKING

from supple import EventKind, SegmentKind
from supple._errors import close_matches, show, suggestion
from supple.cli._command import UsageError

if TYPE_CHECKING:
    from supple import Timeline


def start_of(timeline: Timeline, name: str) -> int:
    """Return the offset at which an exercise begins, its id or name given.

    The rest that leads up to it belongs to it. Of several times, the first one is meant.

    Raises:
        UsageError: If the routine has no such exercise; it names the ones that come close.
    """
    ids: dict[str, str] = {}
    for exercise in timeline.routine.exercises.values():
        ids.setdefault(exercise.name.casefold(), exercise.id)
    ids |= {id_: id_ for id_ in timeline.routine.exercises}
    wanted = ids.get(name.casefold())
    if wanted is None:
        hint = suggestion(close_matches(name, [*ids]), [*timeline.routine.exercises])
        raise UsageError(f"--from: no exercise of the routine is named {show(name)}{hint}")

    index = timeline.find(EventKind.EXERCISE_STARTED, exercise=wanted)
    at_ms = timeline[index].at_ms
    before = timeline.at(max(at_ms - 1, 0)).segment
    return before.start_ms if before.kind is SegmentKind.REST else at_ms
