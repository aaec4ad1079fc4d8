"""How late events come, by each adapter beside the bare primitive of its framework."""

from __future__ import annotations

import sys
from statistics import median, quantiles
from typing import TYPE_CHECKING

from frameworks import FRAMEWORKS
from measure import Row, Target, spread
from race import EVENTS, Race, drift_ms

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

ROUNDS = 3

FIGURES: dict[str, Callable[[list[float]], float]] = {
    "lateness, median": median,
    "lateness, 99 %": lambda latenesses: quantiles(latenesses, n=100)[98],
    f"drift over {EVENTS} events": drift_ms,
}


def rows() -> Iterator[Row]:
    """Measure those that are installed; name the others."""
    for framework in FRAMEWORKS:
        races = [Race() for _ in range(ROUNDS)]
        try:
            for race in races:
                framework.run(race)
        except ImportError as error:
            print(f"without {framework.timer}: {error}", file=sys.stderr)
            continue
        for name, figure in FIGURES.items():
            bare = spread(figure(race.bare) for race in races)
            yield Row(
                f"{framework.timer}: {name}",
                f"{framework.bare}: {bare.median:.2f} ({bare.least:.2f}–{bare.greatest:.2f}) ms",
                spread(figure(race.ours) for race in races),
                "ms",
                Target("at most", 1) if figure is drift_ms else None,
            )
