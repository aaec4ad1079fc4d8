"""How much memory it takes to go through a whole stream."""

from __future__ import annotations

import gc
import tracemalloc
from functools import partial
from typing import TYPE_CHECKING

from circuit import rounds_for, timeline_of
from measure import Row, Target, consume, spread

from supple import Circuit, Exercise, Hold, Routine, schedule

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from supple import Timeline

MANY = 1_000_000
WIDTHS = (25, 50, 100, 200)
KIB = 1024


def rows() -> Iterator[Row]:
    """Measure the peak of what is allocated while draining, and while keeping everything."""
    timeline = timeline_of(rounds_for(MANY))
    yield Row(
        f"drain {len(timeline):,} events",
        "what was allocated before",
        spread(_peak_kib(partial(consume, timeline)) for _ in range(3)),
        "KiB",
        Target("below", 64),
    )
    wide = [_wide(exercises) for exercises in WIDTHS]
    yield Row(
        f"drain a circuit of {WIDTHS[0]} to {WIDTHS[-1]} exercises, the worst",
        "what was allocated before",
        spread([max(_peak_kib(partial(consume, timeline)) for timeline in wide)]),
        "KiB",
        Target("below", 64),
    )
    yield Row(
        f"keep {len(timeline):,} events in a list",
        "what was allocated before",
        spread([_peak_kib(partial(list, timeline))]),
        "KiB",
    )


def _wide(exercises: int) -> Timeline:
    """Lay out a circuit of many exercises that goes on for about a hundred thousand events."""
    items = [
        Exercise(
            f"hold-{n}",
            name="Hold",
            kind="stretch",
            position="standing",
            cycle=[Hold("Stay", seconds=10)],
            reps=2,
        )
        for n in range(exercises)
    ]
    return schedule(Routine("wide", items=[Circuit(items, rounds=5_000 // exercises)]))


def _peak_kib(action: Callable[[], object]) -> float:
    gc.collect()  # frees the tuples that Python keeps for reuse, which would not be counted
    tracemalloc.start()
    try:
        before, _ = tracemalloc.get_traced_memory()
        action()
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    return (peak - before) / KIB
