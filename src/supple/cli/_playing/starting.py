"""Where to start: at the exercise that a person names, or at a time."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from supple import EventKind, SegmentKind
from supple._errors import close_matches, show, suggestion
from supple._units import MS_PER_SECOND, ms_to_clock
from supple.cli._command import UsageError
from supple.cli._playing.stations import Stations

if TYPE_CHECKING:
    from supple import Timeline

_CLOCK = re.compile(r"(?:(\d{1,4}):)?(\d{1,4}):([0-5]\d)")


def start_of(timeline: Timeline, name: str) -> int:
    """Return the offset at which an exercise begins, its id or name given; or a time, as 3:20.

    The rest that leads up to it belongs to it. Of several times, the first one is meant.

    Raises:
        UsageError: If the routine has no such exercise, and names the ones that come close; or
            if it is over by that time.
    """
    if clock := _CLOCK.fullmatch(name):
        hours, minutes, seconds = (int(each or 0) for each in clock.groups())
        at_ms = ((hours * 60 + minutes) * 60 + seconds) * MS_PER_SECOND
        if at_ms >= timeline.duration_ms:
            length = ms_to_clock(timeline.duration_ms)
            raise UsageError(f"--from: must be before the end at {length} (got {name})")
        return at_ms
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


def place_of(timeline: Timeline, ms: int) -> str:
    """Return how to name a place so that one starts with the exercise under way there.

    It is the id of the exercise, or a time where that comes several times.
    """
    stations = Stations(timeline)
    station = stations[stations.index_at(ms)]
    first = timeline.find(EventKind.EXERCISE_STARTED, exercise=station.id)
    is_first = timeline[first].at_ms == station.start_ms
    return (
        station.id if is_first else ms_to_clock(station.start_ms // MS_PER_SECOND * MS_PER_SECOND)
    )
