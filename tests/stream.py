"""What holds for every stream of events, each law in a few plain lines.

It reads the events as anybody would who gets them over a wire, and shares no code with what
makes them.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Container, Iterator, Sequence

    from supple import Event

SEGMENTS = frozenset({"step", "hold", "rest"})


def broken_laws(
    events: Sequence[Event], duration_ms: int, *, uneven: Container[str | None] = ()
) -> Iterator[str]:
    """Yield what a whole stream does that none may do, in the words of an error.

    Args:
        events: The stream.
        duration_ms: How long it is.
        uneven: The exercises that the routine prescribes for one side alone, or differently.
    """
    if not events:
        yield "events: must not be empty"
        return
    yield from _frame(events, duration_ms)
    yield from _order(events)
    yield from _nesting(events)
    yield from _tiling(events, duration_ms)
    yield from _cues(events)
    yield from _counters(events)
    yield from _sides(events, uneven)


def _frame(events: Sequence[Event], duration_ms: int) -> Iterator[str]:
    first, last = events[0], events[-1]
    if (first.kind, first.at_ms) != ("routine.started", 0):
        yield f"first event: must start the routine at 0 ms (got {first!r})"
    if (last.kind, last.at_ms) != ("routine.ended", duration_ms):
        yield f"last event: must end the routine at {duration_ms} ms (got {last!r})"


def _order(events: Sequence[Event]) -> Iterator[str]:
    for before, after in pairwise(events):
        if after.at_ms < before.at_ms:
            yield f"at_ms: must never decrease (got {after!r} after {before!r})"
        elif after.at_ms == before.at_ms and before.kind.is_start and after.kind.is_end:
            yield f"at_ms: must have ends before starts (got {after!r} after {before!r})"


def _nesting(events: Sequence[Event]) -> Iterator[str]:
    running: list[Event] = []
    for event in events:
        if event.kind.is_start:
            running.append(event)
        elif event.kind.is_end:
            started = running.pop() if running else None
            if started is None or _said(started) != _said(event):
                yield f"end: must end what started last (got {event!r} after {started!r})"
            elif event.at_ms - started.at_ms != event.duration_ms:
                yield f"duration_ms: must be the time since the start (got {event!r})"
    if running:
        yield f"start: must have an end (got {running[-1]!r})"


def _said(event: Event) -> tuple[object, ...]:
    """Return what the start and the end of one thing have in common."""
    what = event.kind.partition(".")[0]
    counters = (event.rep, event.reps, event.set, event.sets, event.round, event.rounds)
    place = (event.exercise, event.side, event.why, event.open)
    return (what, event.text, event.duration_ms, *place, *counters)


def _tiling(events: Sequence[Event], duration_ms: int) -> Iterator[str]:
    at = 0
    for event in events:
        what, _, happens = event.kind.partition(".")
        if what in SEGMENTS and happens == "started":
            if event.at_ms != at:
                yield f"segment: must start at {at} ms, where the last one ended (got {event!r})"
            at = event.at_ms + (event.duration_ms or 0)
    if at != duration_ms:
        yield f"segments: must fill {duration_ms} ms (got {at})"


def _cues(events: Sequence[Event]) -> Iterator[str]:
    end_ms = last_ms = 0
    for event in events:
        what, _, happens = event.kind.partition(".")
        if what in SEGMENTS and happens == "started":
            last_ms = event.at_ms
            end_ms = event.at_ms + (event.duration_ms or 0)
        elif event.kind.is_cue:
            if not last_ms < event.at_ms < end_ms:
                yield f"cue: must lie inside its segment, alone at its instant (got {event!r})"
            elif event.remaining_ms != end_ms - event.at_ms:
                yield f"remaining_ms: must be {end_ms - event.at_ms} (got {event!r})"
            last_ms = event.at_ms


def _counters(events: Sequence[Event]) -> Iterator[str]:
    for event in events:
        for name in ("rep", "set", "round"):
            counter, total = getattr(event, name), getattr(event, f"{name}s")
            if (counter is None) != (total is None) or (total and not 1 <= counter <= total):
                yield f"{name}: must be from 1 to {total} (got {event!r})"


def _sides(events: Sequence[Event], uneven: Container[str | None]) -> Iterator[str]:
    held_ms: dict[str | None, dict[str, int]] = {}
    for event in events:
        if event.kind == "hold.started" and event.side is not None:
            sides = held_ms.setdefault(event.exercise, {"left": 0, "right": 0})
            sides[event.side.value] += event.duration_ms or 0
    for exercise, sides in held_ms.items():
        if exercise not in uneven and sides["left"] != sides["right"]:
            yield f"{exercise}: must be held equally long on both sides (got {sides} ms)"
