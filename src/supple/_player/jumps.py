"""What a jump says: what it cuts short, and what it leads into the middle of."""

from __future__ import annotations

from typing import TYPE_CHECKING

from supple._timeline.events import event_at
from supple._timeline.kinds import SEGMENT_STARTED_BY, EventKind, UnknownKind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from supple._timeline.events import Event
    from supple._timeline.layout import Span


def jump_events(
    left: Sequence[Span], left_ms: int, entered: Sequence[Span], to_ms: int
) -> list[Event]:
    """Return the events of a jump from one position to another.

    What is under way on both sides goes on, but for a segment, which starts again: so whoever
    listens hears of every jump. The rest of what was left ends, the inner first; then the rest
    of what is entered starts, the outer first. An event has the offset of its side of the jump,
    and tells how much of what ends or starts remains.

    Args:
        left: What is under way where the jump begins, the outermost first.
        left_ms: The offset there.
        entered: What is under way where the jump leads to, the outermost first.
        to_ms: The offset there.
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
