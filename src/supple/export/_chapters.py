"""A timeline cut into chapters: where players let a listener jump to."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Final, NamedTuple

from supple._errors import ExportError
from supple._timeline.kinds import EventKind
from supple.export._parts import Part, present

if TYPE_CHECKING:
    from supple._timeline.timeline import Timeline

MOST_CHAPTERS: Final = 1_000


class Chapter(NamedTuple):
    """A stretch of a timeline that has a title."""

    start_ms: int
    end_ms: int
    title: str


def chapters(timeline: Timeline, format: str) -> list[Chapter]:  # noqa: A002 - what asks for them
    """Return the chapters of a timeline, which tile it.

    Each exercise begins one. What comes before the first exercise is one of its own, with the
    name of the routine.

    Raises:
        ExportError: If it has more than 1,000 exercises, each in its place and each time it comes.
    """
    count = timeline.count(EventKind.EXERCISE_STARTED)
    if count > MOST_CHAPTERS:
        requirement = f"must have at most {MOST_CHAPTERS:,} exercises, each time counted"
        raise ExportError(format, requirement, count)
    found = (timeline.find(EventKind.EXERCISE_STARTED, nth=n) for n in range(count))
    titled = [(0, timeline.routine.name)]
    titled += [(timeline[i].at_ms, timeline[i].text) for i in found]
    ends = [*titled, (timeline.duration_ms, "")]
    return [
        Chapter(start_ms, end_ms, title)
        for (start_ms, title), (end_ms, _) in pairwise(ends)
        if start_ms < end_ms
    ]


def not_in_chapters(timeline: Timeline) -> tuple[str, ...]:
    """Return what of a timeline chapters do not say."""
    return present(
        timeline, *(part for part in Part if part not in {Part.CHAPTERS, Part.LONG_NOTES})
    )
