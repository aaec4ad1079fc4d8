"""The events of a timeline as a table, each line written as soon as its event comes.

How wide the columns are follows from the routine, so nothing has to be collected.
"""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from supple import Circuit, EventKind, Rest, Sides
from supple._units import MS_PER_SECOND, ms_to_clock, ms_to_clock_in_seconds
from supple.cli._page import Page
from supple.cli._playing.lines import told

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from supple import Event, RoutineItem, Timeline

_GAP = "  "
_ROOM_FOR_TEXT = 28
_LOOKED_AHEAD = 1000

# What a narrow screen can do without, first what it misses least: the text names the exercise
# where that starts, and the side where it matters.
_DISPENSABLE = ("exercise", "round", "set", "side", "rep")

_STYLES: dict[str, str] = {
    EventKind.ROUTINE_STARTED: "bold",
    EventKind.EXERCISE_STARTED: "bold",
    EventKind.STEP_STARTED: "green",
    EventKind.HOLD_STARTED: "cyan",
    EventKind.REST_STARTED: "",
    EventKind.HALFWAY: "yellow",
    EventKind.MARK: "yellow",
}
_QUIET = "dim"


class _Column(NamedTuple):
    """What stands in one place of every line, before the text."""

    heading: str
    width: int
    cell: Callable[[Event], str]
    align: str = "<"

    def aligned(self, text: str) -> str:
        return f"{text:{self.align}{self.width}}{_GAP}"


def write_table(timeline: Timeline) -> None:
    """Write the events of a timeline as lines of a table, without end if need be."""
    page = Page()
    columns = [_clock(timeline), *_columns(timeline)]
    for heading in _DISPENSABLE:
        taken = sum(each.width + len(_GAP) for each in columns)
        if page.width is None or page.width - taken >= _ROOM_FOR_TEXT:
            break
        columns = [each for each in columns if each.heading != heading]
    page.write(("".join(each.aligned(each.heading) for each in columns), _QUIET), ("text", _QUIET))
    for event in timeline:
        style = _STYLES.get(event.kind, _QUIET)
        cells = "".join(each.aligned(each.cell(event)) for each in columns[1:])
        page.write(
            (columns[0].cell(event), _QUIET if style == _QUIET else ""),
            (f"{_GAP}{cells}", style),
            (told(event, timeline.phrases), style),
        )


def _clock(timeline: Timeline) -> _Column:
    """Return the first column: minutes and seconds below each other, and fractions beside them."""
    # Only the layout depends on this guess; a fraction that comes later shifts its line.
    ahead = islice(timeline, _LOOKED_AHEAD)
    fractions = len(".500") if any(each.at_ms % MS_PER_SECOND for each in ahead) else 0
    longest = ms_to_clock_in_seconds(timeline.duration_ms)
    whole = max(len(longest), len("time"))

    def aligned(text: str) -> str:
        clock, point, fraction = text.partition(".")
        return f"{clock:>{whole}}{point + fraction:{fractions}}"

    return _Column(
        aligned("time"), whole + fractions, lambda event: aligned(ms_to_clock(event.at_ms))
    )


def _columns(timeline: Timeline) -> Iterator[_Column]:
    """Yield the columns of which this timeline has something to say."""
    kinds = [kind.value for kind in EventKind if timeline.count(kind)]
    yield _Column("event", max(map(len, kinds)), lambda event: event.kind.value)
    exercises = timeline.routine.exercises
    names = ["exercise", *exercises]
    yield _Column("exercise", max(map(len, names)), lambda event: event.exercise or "")
    if any(each.sides is not Sides.NONE for each in exercises.values()):
        yield _Column("side", len("right"), lambda event: event.side or "")
    counted: tuple[tuple[str, Callable[[Event], str]], ...] = (
        ("rep", lambda event: _count(event.rep, event.reps)),
        ("set", lambda event: _count(event.set, event.sets)),
        ("round", lambda event: _count(event.round, event.rounds)),
    )
    most = _most(timeline.routine.items, timeline.level)
    for heading, cell in counted:
        if (times := most[heading]) > 1:
            yield _Column(heading, max(len(heading), len(_count(times, times))), cell, ">")


def _count(number: int | None, total: int | None) -> str:
    """Return which one it is of how many, and nothing where there is only one."""
    return "" if number is None or total == 1 else f"{number}/{total}"


def _most(items: Iterable[RoutineItem], level: float) -> dict[str, int]:
    """Return how often things are repeated at most, by the word for one time."""
    most = {"rep": 1, "set": 1, "round": 1}
    for item in items:
        if isinstance(item, Rest):
            continue
        if isinstance(item, Circuit):
            found = _most(item.items, level)
            found["round"] = max(found["round"], int(item.rounds.at(level)))
        else:
            found = {"rep": int(item.reps.at(level)), "set": int(item.sets.at(level)), "round": 1}
        most = {word: max(times, found[word]) for word, times in most.items()}
    return most
