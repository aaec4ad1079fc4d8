"""What can be chosen in one place of a routine: repetitions, sets and hold seconds."""

from __future__ import annotations

from itertools import product
from math import prod
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from attrs import frozen

from supple._model import Circuit, Dose, Hold, Prescription, Rest
from supple._timeline.timing import Turn, prescribed, sides_of
from supple._units import MS_PER_SECOND, seconds_to_ms
from supple.planning._dosed import shared_hold

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

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
    """The options that one place has.

    Attributes:
        place: What is prescribed there.
        asked_ms: What all its sets take, in all rounds, where the level chooses everything.
        most_work: The work of the fullest dose above the gentlest; at least 1.
        options: In order of time; of those that take and do the same, the most balanced.
    """

    place: Prescription
    asked_ms: int
    most_work: int
    options: tuple[Option, ...]

    def dose(self, option: Option) -> Dose:
        """Return an option as a dose that says no more than it has to."""
        if len(self.options) == 1:
            return Dose()
        place = self.place
        hold = None if option.hold_ms is None else _seconds(option.hold_ms)
        return Dose(
            reps=option.reps if place.reps.low != place.reps.high else None,
            sets=option.sets if place.sets.low != place.sets.high else None,
            hold=hold,
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
    hold = shared_hold(place)
    can_hold = hold is not None and hold.low != hold.high
    is_chosen = [can_hold and isinstance(each, Hold) for each in place.cycle]
    holds_in_cycle = sum(is_chosen)
    rest_of_cycle = sum(
        timing.segment(each)
        for each, is_left in zip(place.cycle, is_chosen, strict=True)
        if not is_left
    )
    asked = rounds * durations.sets(place, timing.turns(place))
    if place.left is not None or place.right is not None:
        # Each side has a dose of its own, and keeps it.
        return Menu(place, asked, 1, (Option(asked, 0, 1, 1, None),))
    reps, sets, holds = _grids(place, hold if can_hold else None)
    sides = sides_of(place)
    # With as much to do on both sides, what stands between two sets is always the same.
    once, twice = (
        durations.sets(place, [Turn(side, 1, count, ()) for side in sides]) for count in (1, 2)
    )
    between = twice - 2 * once
    gentlest = reps[0] * sets[0] * (rest_of_cycle + holds_in_cycle * holds[0])
    ways: dict[tuple[int, int], list[_Way]] = {}
    for hold_ms, times in product(holds, reps):
        cycle = rest_of_cycle + holds_in_cycle * hold_ms
        one_set = durations.one_set(place, [Turn(side, times, 1, (cycle,)) for side in sides])
        for count in sets:
            ms = rounds * (count * one_set + (count - 1) * between)
            work = times * count * cycle - gentlest
            ways.setdefault((ms, work), []).append((times, count, hold_ms))
    options = []
    for (ms, work), same in ways.items():
        times, count, hold_ms = min(same, key=lambda way: _rank(way, (reps, sets, holds)))
        options.append(Option(ms, work, times, count, hold_ms if can_hold else None))
    most = max(option.work for option in options)
    return Menu(place, asked, max(most, 1), tuple(sorted(options)))


_Way: TypeAlias = "tuple[int, int, int]"
"""Repetitions, sets and the milliseconds of a hold."""


def _rank(way: _Way, grids: Sequence[Sequence[int]]) -> tuple[int, ...]:
    """Return what the best of the ways that take and do the same has least of."""
    reps, sets, hold_ms = way
    return (_imbalance(zip(way, grids, strict=True)), sets, -reps, hold_ms)


def _imbalance(parts: Iterable[tuple[int, Sequence[int]]]) -> int:
    """Return how far apart the parts of a dose lie, each inside its own range."""
    open_parts = [(value - grid[0], grid[-1] - grid[0]) for value, grid in parts if len(grid) > 1]
    scale = prod(span for _, span in open_parts)
    placed = [above * (scale // span) for above, span in open_parts]
    return max(placed) - min(placed) if placed else 0


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


def _seconds(ms: int) -> int | float:
    whole, rest = divmod(ms, MS_PER_SECOND)
    return ms / MS_PER_SECOND if rest else whole
