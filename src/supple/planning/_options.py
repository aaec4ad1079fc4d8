"""What can be chosen in one place of a routine: repetitions, sets and hold seconds."""

from __future__ import annotations

from itertools import product
from math import prod
from typing import TYPE_CHECKING, NamedTuple

from attrs import frozen

from supple._model import Circuit, Dose, Hold, Prescription, Rest
from supple._model.exercise import prescribed, sides_of
from supple._timeline.timing import Turn
from supple._units import MS_PER_SECOND, ms_to_seconds, plain, seconds_to_ms
from supple.planning._dosed import shared_hold

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from supple._model import Range, RoutineItem
    from supple.planning._duration import Durations

MOST_OPTIONS = 2000
"""How many combinations are tried in one place; wider ranges get a coarser grid."""


class Option(NamedTuple):
    """One way to do an exercise in its place."""

    ms: int
    """What all its sets take, in all rounds."""
    work: int
    """The milliseconds of all repetitions of one round on one side, above the gentlest."""
    reps: int
    sets: int
    hold_ms: int | None
    """The length of each hold; ``None`` where it cannot be chosen."""


@frozen
class Menu:
    """The options that one place has."""

    place: Prescription
    asked_ms: int
    """What all its sets take, in all rounds, where the level chooses everything."""
    most_work: int
    """The work of the fullest dose above the gentlest; at least 1."""
    options: tuple[Option, ...]
    """In order of time; of those that take and do the same, the most balanced."""

    def dose(self, option: Option) -> Dose:
        """Return an option as a dose that says no more than it has to."""
        if len(self.options) == 1:
            return Dose()
        reps, sets = self.place.reps, self.place.sets
        return Dose(
            reps=option.reps if reps.low != reps.high else None,
            sets=option.sets if sets.low != sets.high else None,
            hold=None if option.hold_ms is None else plain(ms_to_seconds(option.hold_ms)),
        )


def menus(items: Sequence[RoutineItem], durations: Durations, rounds: int = 1) -> Iterator[Menu]:
    """Yield what can be chosen in each place, in order as written."""
    for item in items:
        if isinstance(item, Circuit):
            times = durations.timing.times(item.rounds)
            yield from menus(item.items, durations, rounds * times)
        elif not isinstance(item, Rest):
            yield _menu(prescribed(item), durations, rounds)


def _menu(place: Prescription, durations: Durations, rounds: int) -> Menu:
    timing = durations.timing
    asked = rounds * durations.sets(place, timing.turns(place))
    if place.left is not None or place.right is not None:
        # Each side has a dose of its own, and keeps it.
        return Menu(place, asked, 1, (Option(asked, 0, 1, 1, None),))
    hold = shared_hold(place)
    can_hold = hold is not None and hold.low != hold.high
    left = [each for each in place.cycle if not (can_hold and isinstance(each, Hold))]
    rest_of_cycle, holds_in_cycle = sum(map(timing.segment, left)), len(place.cycle) - len(left)
    grids = reps, sets, holds = _grids(place, hold if can_hold else None)
    sides = sides_of(place)
    # With as much to do on both sides, what stands between two sets is always the same.
    once, twice = (
        durations.sets(place, [Turn(side, 1, count, ()) for side in sides]) for count in (1, 2)
    )
    between = twice - 2 * once
    cycles = {hold_ms: rest_of_cycle + holds_in_cycle * hold_ms for hold_ms in holds}
    one_set = {
        (times, ms): durations.one_set(place, [Turn(side, times, 1, (cycle,)) for side in sides])
        for times, (ms, cycle) in product(reps, cycles.items())
    }
    gentlest = reps[0] * sets[0] * cycles[holds[0]]
    options: dict[tuple[int, int], Option] = {}
    for way in sorted(product(*grids), key=lambda way: _rank(way, grids)):
        times, count, hold_ms = way
        ms = rounds * (count * one_set[times, hold_ms] + (count - 1) * between)
        work = times * count * cycles[hold_ms] - gentlest
        option = Option(ms, work, times, count, hold_ms if can_hold else None)
        options.setdefault((ms, work), option)
    most = max(work for _, work in options)
    return Menu(place, asked, max(most, 1), tuple(sorted(options.values())))


def _rank(way: tuple[int, ...], grids: Sequence[Sequence[int]]) -> tuple[int, ...]:
    """Return what the best of the ways that take and do the same has least of.

    First of all it is balanced: its parts lie about as far up, each inside its own range.
    """
    open_parts = [
        (value - grid[0], grid[-1] - grid[0])
        for value, grid in zip(way, grids, strict=True)
        if len(grid) > 1
    ]
    scale = prod(span for _, span in open_parts)
    placed = [above * (scale // span) for above, span in open_parts] or [0]
    reps, sets, hold_ms = way
    return max(placed) - min(placed), sets, -reps, hold_ms


def _grids(place: Prescription, hold: Range | None) -> tuple[list[int], list[int], list[int]]:
    """Return the repetitions, sets and hold milliseconds to try.

    Whole numbers, and whole seconds with both ends; where that makes too many combinations, the
    finest part becomes twice as coarse until it does not.
    """
    ends = [(int(part.low), int(part.high)) for part in (place.reps, place.sets)]
    ends.append((0, 0) if hold is None else (seconds_to_ms(hold.low), seconds_to_ms(hold.high)))
    grains = [1, 1, MS_PER_SECOND]
    while True:
        counts = [
            len({low, high}) + max((high - 1) // grain - low // grain, 0)
            for (low, high), grain in zip(ends, grains, strict=True)
        ]
        if prod(counts) <= MOST_OPTIONS:
            break
        grains[counts.index(max(counts))] *= 2
    reps, sets, holds = (
        sorted({low, high, *range(-(-low // grain) * grain, high, grain)})
        for (low, high), grain in zip(ends, grains, strict=True)
    )
    return reps, sets, holds
