"""Which exercises, in which blocks: the best route through phases and positions.

A *cell* is all candidates of one phase in one position. A route is a sequence of cells: phases
never go back, and within a phase no position comes twice. From each cell some candidates are
taken. Going from one cell to another in another position is a change.

The best route is found layer by layer, a layer for each number of changes. What can be had at
the end of each route is kept as one integer for each set of targets that it covers: bit ``t``
is set where some choice takes the time ``t``. A candidate moves the bits by its own time. The
wishes, in their order: all candidates that must be there, most targets, the time filled but for
the slack, fewest changes. Nothing is estimated: whatever a route can have, its bits say.

The work is bounded by the layers, and it ends early where more changes cannot be any better,
which the bits of all candidates together tell.
"""

from __future__ import annotations

from collections import defaultdict
from functools import reduce
from operator import or_
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from attrs import field, frozen

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

Table: TypeAlias = "dict[int, int]"
"""For each set of targets, as bits, the times that can be had, as bits."""

Cell: TypeAlias = "tuple[int, int]"
"""A phase and a position, by their numbers."""

State: TypeAlias = "tuple[int, int, int]"
"""A phase, the positions that it has had as bits, and the position."""

Quality: TypeAlias = "tuple[int, int, int]"
"""What is missing of what must be there, of the targets, and of the time: the less the better."""

PERFECT: Quality = (0, 0, 0)


class Item(NamedTuple):
    """A candidate as the search sees it."""

    number: int
    cell: Cell
    targets: int
    """As bits; those that stand for what must be there among them."""
    time: int
    """Its own and that of one transition."""
    must: bool


@frozen(kw_only=True)
class Wishes:
    """What a route is measured by.

    Attributes:
        must: The bits that must be covered.
        targets: The bits that should be covered.
        room: The most time that there is, where no position changes.
        change: What each change takes away from that.
        slack: How much less than the room counts as filled.
    """

    must: int
    targets: int
    room: int
    change: int
    slack: int

    def room_after(self, changes: int) -> int:
        """Return the time that there is for exercises."""
        return self.room - self.change * changes

    def quality(self, covered: int, time: int) -> Quality:
        """Return how good it is to cover bits and to fill a time."""
        return (
            (self.must & ~covered).bit_count(),
            (self.targets & ~covered).bit_count(),
            max(self.room - self.slack - time, 0),
        )

    def best(self, table: Table, changes: int) -> tuple[Quality, int, int] | None:
        """Return the best of a table that takes any time: its quality, targets and time."""
        within = (1 << (max(self.room_after(changes), -1) + 1)) - 1
        times = ((covered, (bits & within).bit_length() - 1) for covered, bits in table.items())
        return min(
            ((self.quality(covered, t), covered, t) for covered, t in times if t > 0),
            key=lambda found: (found[0], -found[2], found[1]),
            default=None,
        )


class Route(NamedTuple):
    """The blocks of the best route in their order, each with what is taken from its cell."""

    blocks: list[tuple[Cell, list[Item]]]
    changes: int

    @property
    def covered(self) -> int:
        """The bits that it covers."""
        return reduce(or_, (item.targets for _, block in self.blocks for item in block), 0)


@frozen
class _Block:
    """What can be had in one state of one layer, candidate by candidate."""

    steps: list[Table]
    sources: list[tuple[int, State] | None] = field(repr=False)


def best_route(items: Sequence[Item], wishes: Wishes, *, most_changes: int) -> Route | None:
    """Return the best route, or ``None`` where there is room for no candidate at all.

    Args:
        items: The candidates; of two that are as good the earlier one is taken.
        wishes: What the route is measured by.
        most_changes: How many changes there may be.
    """
    cells: dict[Cell, list[Item]] = defaultdict(list)
    for item in items:
        cells[item.cell].append(item)
    most = max(wishes.room, wishes.room_after(most_changes))
    layers: list[dict[State, _Block]] = []
    found: tuple[Quality, int, State, int, int] | None = None
    everything: Table | None = None
    while True:
        changes = len(layers)
        layer = _layer(layers, dict(sorted(cells.items())), most)
        layers.append(layer)
        for state, block in layer.items():
            best = wishes.best(block.steps[-1], changes)
            if best is not None and (found is None or best[0] < found[0]):
                found = (best[0], changes, state, best[1], best[2])
        if not layer or (found is not None and found[0] == PERFECT):
            break
        if everything is None:
            everything = _taken({0: 1}, items, most)[-1]
        more = (wishes.best(everything, each) for each in range(changes + 1, most_changes + 1))
        bound = min((best[0] for best in more if best is not None), default=None)
        if bound is None or (found is not None and found[0] <= bound):
            break
    if found is None:
        return None
    _, changes, state, covered, time = found
    blocks = _walked_back(layers, cells, (changes, state), covered, time, wishes.targets)
    return Route([(cell, taken) for cell, taken in blocks if taken], changes)


def _layer(
    layers: Sequence[Mapping[State, _Block]], cells: Mapping[Cell, Sequence[Item]], most: int
) -> dict[State, _Block]:
    """Return all states that have one more change than those of the last layer."""
    changes = len(layers)
    sources: dict[State, list[tuple[int, State] | None]] = defaultdict(list)
    for state, source in _entries(layers, cells):
        sources[state].append(source)
    layer: dict[State, _Block] = {}
    for phase in sorted({phase for phase, _ in cells}):
        for state in sorted(state for state in sources if state[0] == phase):
            position = state[2]
            enter: Table = {}
            for source in sources[state]:
                before = {0: 1} if source is None else _leaving(source, layers, layer)
                for covered, bits in before.items():
                    enter[covered] = enter.get(covered, 0) | bits
            steps = _taken(enter, cells[phase, position], most)
            layer[state] = _Block(steps, sources[state])
            # To go on with a later phase in the same position is no change.
            for later in range(phase + 1, 1 + max(phase for phase, _ in cells)):
                if (later, position) in cells:
                    sources[later, 1 << position, position].append((changes, state))
    return layer


def _entries(
    layers: Sequence[Mapping[State, _Block]], cells: Iterable[Cell]
) -> Iterator[tuple[State, tuple[int, State] | None]]:
    """Yield where a route can begin, or can go by a change, and where from."""
    for phase, position in cells:
        if not layers:
            yield (phase, 1 << position, position), None
            continue
        for state in layers[-1]:
            before, had, last = state
            if phase == before and not had >> position & 1:
                yield (phase, had | 1 << position, position), (len(layers) - 1, state)
            elif phase > before and position != last:
                yield (phase, 1 << position, position), (len(layers) - 1, state)


def _leaving(
    source: tuple[int, State],
    layers: Sequence[Mapping[State, _Block]],
    layer: Mapping[State, _Block],
) -> Table:
    changes, state = source
    return (layer if changes == len(layers) else layers[changes])[state].steps[-1]


def _taken(enter: Table, items: Iterable[Item], most: int) -> list[Table]:
    """Return what can be had before the first item and after each one, taken or left."""
    within = (1 << (most + 1)) - 1
    steps = [enter]
    for item in items:
        before = steps[-1]
        after = {} if item.must else dict(before)
        for covered, bits in before.items():
            if moved := (bits << item.time) & within:
                both = covered | item.targets
                after[both] = after.get(both, 0) | moved
        steps.append(after)
    return steps


def _walked_back(  # noqa: PLR0913, PLR0917 - where the best route ends
    layers: Sequence[Mapping[State, _Block]],
    cells: Mapping[Cell, Sequence[Item]],
    end: tuple[int, State],
    covered: int,
    time: int,
    targets: int,
) -> list[tuple[Cell, list[Item]]]:
    """Return the blocks of a route, walking from its end to its beginning.

    Where a candidate can be taken or left, it is taken unless that makes the targets less even.
    """
    counts = dict.fromkeys(_bits(targets), 0)
    blocks: list[tuple[Cell, list[Item]]] = []
    source: tuple[int, State] | None = end
    while source is not None:
        changes, state = source
        block = layers[changes][state]
        cell = state[0], state[2]
        taken: list[Item] = []
        for item, before in zip(reversed(cells[cell]), reversed(block.steps[:-1]), strict=True):
            ways = [
                way
                for way, bits in before.items()
                if way | item.targets == covered
                and time >= item.time
                and bits >> (time - item.time) & 1
            ]
            can_leave = not item.must and before.get(covered, 0) >> time & 1
            if ways and not (can_leave and _is_less_even(counts, item)):
                covered = min(ways, key=lambda way: (way != covered, -way.bit_count(), way))
                time -= item.time
                taken.append(item)
                for bit in counts:
                    counts[bit] += bool(item.targets & bit)
        blocks.append((cell, taken))
        source = next(
            each
            for each in block.sources
            if (
                covered == 0 and time == 0
                if each is None
                else layers[each[0]][each[1]].steps[-1].get(covered, 0) >> time & 1
            )
        )
    return blocks[::-1]


def _is_less_even(counts: Mapping[int, int], item: Item) -> bool:
    if not counts:
        return False
    then = [count + bool(item.targets & bit) for bit, count in counts.items()]
    return max(then) - min(then) > max(counts.values()) - min(counts.values())


def _bits(number: int) -> Iterator[int]:
    while number:
        lowest = number & -number
        yield lowest
        number ^= lowest
