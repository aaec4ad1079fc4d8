"""A place between two events of a timeline, and what is under way there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from supple._timeline.events import NOT_COUNTED, event_at

if TYPE_CHECKING:
    from collections.abc import Callable

    from supple._timeline.events import Event
    from supple._timeline.layout import Node, Run, Span, Wanted


class Cursor:
    """A place between two events.

    It goes from one event to the next without looking anything up, as long as they are written
    out side by side, and keeps no more than its place.

    Attributes:
        index: How many events lie before it.
        event: The event behind it; ``None`` at the end.
    """

    __slots__ = ("_counters", "_root", "_row", "_run", "_start", "event", "index")

    _run: Run
    _row: int
    event: Event | None

    def __init__(self, root: Node) -> None:
        self._root = root
        self.move_to(0)

    def step(self) -> None:
        """Go past the next event."""
        row = self._row + 1
        if row < self._run.size:
            self.index += 1
            self._row = row
            self.event = self._read()
        else:
            self.move_to(self.index + 1)

    def move_to(self, index: int) -> None:
        """Go to the place behind a number of events, at most as many as there are."""
        self.index = index
        if index == self._root.size:
            self.event = None
            return
        self._start, run, self._row, self._counters = self._root.at_index(index, 0, NOT_COUNTED)
        self._run = run
        self.event = self._read()

    def _read(self) -> Event:
        run, row = self._run, self._row
        return event_at(self._start + run.offsets[row], run.contents[row], self._counters)

    def coming(self, is_it: Callable[[Event], bool]) -> Event | None:
        """Return the next event that is wanted, from the one behind it on; it stays here."""
        ahead = Cursor(self._root)
        ahead.move_to(self.index)
        while (event := ahead.event) is not None and not is_it(event):
            ahead.step()
        return event

    def move_to_ms(self, ms: int) -> None:
        """Go to where an instant begins: behind what ends at it, before what starts at it.

        The start of the routine itself always lies before it, and the end behind it.
        """
        self.move_to(min(max(self._root.rank(ms), 1), self._root.size - 1))
        while self.index < self._root.size - 1 and self._is_past(ms):
            self.step()

    def _is_past(self, ms: int) -> bool:
        event = self.event
        return event is not None and event.at_ms == ms and event.kind.is_end

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
