"""Small catalogs, and every routine that could be made of one."""

from __future__ import annotations

from functools import cache
from itertools import combinations, pairwise, permutations, product
from typing import TYPE_CHECKING, Any

from hypothesis import strategies as st

from supple import Catalog, Exercise, Routine, Step, schedule

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

PHASES = ["mobility", "stretch", "strengthening", "breathing"]
POSITIONS = ["standing", "sitting", "lying-on-back", "kneeling"]
TARGETS = ["hips", "neck", "lower-back"]


@cache
def exercise(
    number: int, kind: Any, position: Any, targets: tuple[str, ...], seconds: float
) -> Exercise:
    """Return an exercise of one step."""
    return Exercise(
        f"exercise-{number}",
        name="Exercise",
        kind=kind,
        position=position,
        targets=targets,
        cycle=[Step("Move", seconds=seconds)],
    )


@st.composite
def catalogs(draw: st.DrawFn, most: int = 7) -> Catalog:
    """Make a catalog of a few exercises."""
    made = [
        exercise(
            number,
            draw(st.sampled_from(PHASES)),
            draw(st.sampled_from(POSITIONS)),
            tuple(draw(st.lists(st.sampled_from(TARGETS), min_size=1, max_size=2, unique=True))),
            draw(st.sampled_from([10, 12.5, 20, 35, 50, 90])),
        )
        for number in range(draw(st.integers(1, most)))
    ]
    return Catalog("small", title="Small", version="1", language="en", exercises=made)


def orders(chosen: Sequence[Exercise]) -> Iterator[list[Exercise]]:
    """Yield a routine for each order of positions within the phases."""
    blocks = []
    for phase in PHASES:
        own = [each for each in chosen if each.kind == phase]
        positions = dict.fromkeys(each.position for each in own)
        blocks.append(
            [
                [each for position in order for each in own if each.position == position]
                for order in permutations(positions)
            ]
        )
    for order in product(*blocks):
        yield [each for block in order for each in block]


def measured(
    items: Sequence[Exercise], wanted: Iterable[str], ms: int
) -> tuple[int, int, int, int]:
    """Return how long a routine is, and how good: targets, time and changes, less is better."""
    duration = schedule(Routine("x", items=items)).duration_ms
    changes = sum(a.position != b.position for a, b in pairwise(items))
    missing = {*wanted} - {target for each in items for target in each.targets}
    filled = duration - 5_000 * changes  # going to another position takes 5 seconds longer
    return duration, len(missing), max(ms - 15_000 - filled, 0), changes


def every_routine(exercises: Iterable[Exercise]) -> Iterator[list[Exercise]]:
    """Yield every routine of some of the exercises, each once, in the order of the phases."""
    known = list(exercises)
    for count in range(1, len(known) + 1):
        for chosen in combinations(known, count):
            yield from orders(chosen)
