"""A place between two events of a timeline, what is under way there, and what a jump says."""

from __future__ import annotations

from typing import TYPE_CHECKING

from supple._timeline.events import NOT_COUNTED, event_at
from supple._timeline.kinds import SEGMENT_STARTED_BY, EventKind, UnknownKind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from supple._timeline.events import Content, Event
    from supple._timeline.layout import Node, Run, Span, Wanted


class Cursor:
    """A place between two events.

    It goes from one event to the next without looking anything up, as long as they are written
    out side by side, and keeps no more than its place.

    Attributes:
        index: How many events lie before it.
        at_ms: The offset of the event behind it; ``None`` at the end.
        content: What that event says.
    """

    __slots__ = ("_counters", "_root", "_row", "_run", "_start", "at_ms", "content", "index")

    _run: Run
    _row: int
    at_ms: int | None
    content: Content

    def __init__(self, root: Node) -> None:
        self._root = root
        self.move_to(0)

    def take(self) -> Event:
        """Go past the next event, and return it; there is one."""
        event = event_at(self.at_ms or 0, self.content, self._counters)
        run, row = self._run, self._row + 1
        if row < run.size:
            self.index += 1
            self._row = row
            self.at_ms = self._start + run.offsets[row]
            self.content = run.contents[row]
        else:
            self.move_to(self.index + 1)
        return event

    def move_to(self, index: int) -> None:
        """Go to the place behind a number of events, at most as many as there are."""
        self.index = index
        if index == self._root.size:
            self.at_ms = None
            return
        self._start, run, row, self._counters = self._root.at_index(index, 0, NOT_COUNTED)
        self._run, self._row = run, row
        self.at_ms = self._start + run.offsets[row]
        self.content = run.contents[row]

    def move_to_ms(self, ms: int) -> None:
        """Go to where an instant begins: behind what ends at it, before what starts at it.

        The start of the routine itself always lies before it, and the end behind it.
        """
        last = self._root.size - 1
        self.move_to(min(max(self._root.rank(ms), 1), last))
        while self.index < last and self.at_ms == ms and self.content.kind.is_end:
            self.take()

    def coming(self, wanted: Wanted) -> Event | None:
        """Return the next event that is wanted, from the one behind it on; it stays here."""
        ahead = Cursor(self._root)
        ahead.move_to(self.index)
        while ahead.at_ms is not None and not wanted(ahead.content):
            ahead.take()
        return None if ahead.at_ms is None else ahead.take()

    def under_way(self) -> list[Span]:
        """Return what has started and not ended here, the outermost first."""
        spans: list[Span] = []
        self._root.open_up(self.index, 0, 0, NOT_COUNTED, spans)
        return spans

    def rank(self, ms: int) -> int:
        """Return how many events lie before an offset."""
        return self._root.rank(ms)

    def next_of(self, wanted: Wanted) -> int | None:
        """Return the number of the next wanted event, if there is one."""
        passed = self.passed(wanted)
        return self._root.find(wanted, passed) if passed < self._root.count(wanted) else None

    def passed(self, wanted: Wanted) -> int:
        """Return how many wanted events lie before it."""
        return self._root.count_before(wanted, self.index)


def jump_events(
    left: Sequence[Span], left_ms: int, entered: Sequence[Span], to_ms: int
) -> list[Event]:
    """Return the events of a jump from one position to another.

    What is under way on both sides goes on, but for a segment, which starts again: so whoever
    listens hears of every jump. The rest of what was left ends, the inner first; then the rest
    of what is entered starts, the outer first. An event has the offset of its side of the jump,
    and tells how much of what ends or starts remains.
    """
    kept = 0
    for before, after in zip(left, entered, strict=False):
        if before.number != after.number or before.content.kind in SEGMENT_STARTED_BY:
            break
        kept += 1
    ended = [
        _event(span, EventKind(span.content.kind.replace(".started", ".ended")), left_ms)
        for span in reversed(left[kept:])
    ]
    return ended + [_event(span, span.content.kind, to_ms) for span in entered[kept:]]


def _event(span: Span, kind: EventKind | UnknownKind, at_ms: int) -> Event:
    remaining_ms = span.end_ms - at_ms
    content = span.content._replace(kind=kind, jump=True, remaining_ms=remaining_ms)
    return event_at(at_ms, content, span.counters)
