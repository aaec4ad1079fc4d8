"""Which exercises, in which blocks: the best route through phases and positions.

A *cell* is all candidates of one phase in one position. A route is a sequence of cells: phases
never go back, and within a phase no position comes twice. From each cell some candidates are
taken. Going from one cell to another in another position is a change.

What can be had at the end of each route is kept as one integer for each set of targets that it
covers: bit ``t`` is set where some choice takes the time ``t``. A candidate moves the bits by
its own time. The wishes, in their order: all candidates that must be there, most targets, the
time filled but for the slack, fewest changes. Nothing is estimated: whatever a route can have,
its bits say.

Routes of fewer changes come first. The work ends early where more changes cannot be any better,
which the bits of all candidates together tell.
"""

from __future__ import annotations

from bisect import insort
from collections import defaultdict
from functools import reduce
from operator import or_
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from attrs import frozen

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

Table: TypeAlias = "dict[int, int]"
"""For each set of targets, as bits, the times that can be had, as bits."""

Cell: TypeAlias = "tuple[int, int]"
"""A phase and a position, by their numbers."""

Quality: TypeAlias = "tuple[int, int, int]"
"""What is missing of what must be there, of the targets, and of the time: the less the better."""

PERFECT: Quality = (0, 0, 0)


class State(NamedTuple):
    """Where a route can be. States are gone through in their order."""

    changes: int
    phase: int
    had: int
    """The positions that the phase has had, as bits."""
    position: int

    @property
    def cell(self) -> Cell:
        return self.phase, self.position

    def onward(self, cells: Iterable[Cell]) -> Iterator[State]:
        """Yield where a route can go from here."""
        for phase, position in cells:
            bit = 1 << position
            if phase > self.phase:
                changes = self.changes + (position != self.position)
                yield State(changes, phase, bit, position)
            elif phase == self.phase and not self.had & bit:
                yield State(self.changes + 1, phase, self.had | bit, position)


START = State(-1, -1, 0, -1)


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
    """What a route is measured by: the bits that it must and should cover, and its time."""

    must: int
    targets: int
    room: int
    """The most time that there is, where no position changes."""
    change: int
    """What each change takes away from that."""
    slack: int
    """How much less than the room counts as filled."""

    def room_after(self, changes: int) -> int:
        return self.room - self.change * changes

    def best(self, table: Table, changes: int) -> tuple[Quality, int, int] | None:
        """Return the best of a table that takes any time: its quality, targets and time."""
        within = (1 << (max(self.room_after(changes), -1) + 1)) - 1
        times = ((covered, (bits & within).bit_length() - 1) for covered, bits in table.items())
        return min(
            ((self._quality(covered, t), covered, t) for covered, t in times if t > 0),
            key=lambda found: (found[0], -found[2], found[1]),
            default=None,
        )

    def _quality(self, covered: int, time: int) -> Quality:
        return (
            (self.must & ~covered).bit_count(),
            (self.targets & ~covered).bit_count(),
            max(self.room - self.slack - time, 0),
        )


class Route(NamedTuple):
    """The blocks of the best route in their order, each with what is taken from its cell."""

    blocks: list[tuple[Cell, list[Item]]]
    changes: int

    @property
    def items(self) -> list[Item]:
        return [item for _, block in self.blocks for item in block]

    @property
    def covered(self) -> int:
        return reduce(or_, (item.targets for item in self.items), 0)


def best_route(items: Sequence[Item], wishes: Wishes, *, most_changes: int) -> Route | None:
    """Return the best route, or ``None`` where there is room for no candidate at all.

    Of two candidates that are as good the earlier one is taken.
    """
    cells: dict[Cell, list[Item]] = defaultdict(list)
    for item in items:
        cells[item.cell].append(item)
    everything: Table | None = None
    steps: dict[State, list[Table]] = {START: [{0: 1}]}
    sources = {state: [START] for state in START.onward(cells)}
    queue = sorted(sources)
    found: tuple[Quality, State, int, int] | None = None
    while queue and (found is None or found[0] > PERFECT):
        state = queue.pop(0)
        steps[state] = _taken(
            _joined(steps[each][-1] for each in sources[state]), cells[state.cell], wishes.room
        )
        best = wishes.best(steps[state][-1], state.changes)
        if best is not None and (found is None or best[0] < found[0]):
            found = best[0], state, best[1], best[2]
        for onward in state.onward(cells):
            if onward not in sources:
                sources[onward] = []
                insort(queue, onward)
            sources[onward].append(state)
        if queue and queue[0].changes > state.changes:
            everything = everything or _taken({0: 1}, items, wishes.room)[-1]
            ahead = (
                wishes.best(everything, each)
                for each in range(state.changes + 1, most_changes + 1)
            )
            bound = min((each[0] for each in ahead if each is not None), default=None)
            if bound is None or (found is not None and found[0] <= bound):
                break
    return (
        None if found is None else _walked_back(steps, sources, cells, found[1:], wishes.targets)
    )


def _joined(tables: Iterable[Table]) -> Table:
    joined: Table = defaultdict(int)
    for table in tables:
        for covered, bits in table.items():
            joined[covered] |= bits
    return joined


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


def _walked_back(
    steps: Mapping[State, Sequence[Table]],
    sources: Mapping[State, Sequence[State]],
    cells: Mapping[Cell, Sequence[Item]],
    end: tuple[State, int, int],
    targets: int,
) -> Route:
    """Return a route, walking from its end, what it covers and its time to its beginning.

    Where a candidate can be taken or left, it is taken unless that makes the targets less even.
    """
    counts = dict.fromkeys(_bits(targets), 0)
    blocks: list[tuple[Cell, list[Item]]] = []
    state, covered, time = end
    while state != START:
        taken: list[Item] = []
        tables = reversed(steps[state][:-1])
        for item, before in zip(reversed(cells[state.cell]), tables, strict=True):
            ways = [
                way
                for way, bits in before.items()
                if way | item.targets == covered
                and time >= item.time
                and bits >> (time - item.time) & 1
            ]
            can_leave = not item.must and before.get(covered, 0) >> time & 1
            then = _counted(counts, item)
            is_less_even = _unevenness(then.values())[0] > _unevenness(counts.values())[0]
            if ways and not (can_leave and is_less_even):
                covered = min(ways, key=lambda way: (way != covered, -way.bit_count(), way))
                time -= item.time
                taken.append(item)
                counts = then
        blocks.append((state.cell, taken))
        state = next(
            each for each in sources[state] if steps[each][-1].get(covered, 0) >> time & 1
        )
    return Route(blocks[::-1], end[0].changes)


# --- more even, by exchanging candidates inside of the blocks ------------------------


def evened(route: Route, items: Sequence[Item], wishes: Wishes) -> Route:
    """Return a route with the same blocks whose targets come about as often as each other.

    Each exchange is the best one that there is, and none makes a route worse in what comes
    before evenness. They end where no single one is any better, so the result is even, though
    not always the most even that there could be.
    """
    room = wishes.room_after(route.changes)
    while True:  # to an end, for each exchange makes less of what there is of unevenness
        taken = route.items
        time = sum(item.time for item in taken)
        least = min(time, wishes.room - wishes.slack)
        counts = {
            bit: count
            for bit in _bits(wishes.targets)
            if (count := sum(bool(item.targets & bit) for item in taken))
        }
        best, now = None, _unevenness(counts.values())
        for exchange in _exchanges(route, items):
            _, out, new = exchange
            then_time = time - (out.time if out else 0) + (new.time if new else 0)
            then = _counted(counts, new, out).values()
            if least <= then_time <= room and all(then) and _unevenness(then) < now:
                best, now = exchange, _unevenness(then)
        if best is None:
            return route
        i, out, new = best
        cell, block = route.blocks[i]
        kept = [item for item in block if item is not out] + ([new] if new else [])
        route = Route([*route.blocks[:i], (cell, kept), *route.blocks[i + 1 :]], route.changes)


def _exchanges(
    route: Route, items: Sequence[Item]
) -> Iterator[tuple[int, Item | None, Item | None]]:
    """Yield the number of a block, what leaves it, and what comes in."""
    taken = {item.number for item in route.items}
    for i, (cell, block) in enumerate(route.blocks):
        # Of candidates that do the same in the same time, the first one stands for all.
        kinds: dict[tuple[int, int], Item] = {}
        for item in items:
            if item.cell == cell and item.number not in taken:
                kinds.setdefault((item.targets, item.time), item)
        for out in (None, *(item for item in block if not item.must)):
            yield from ((i, out, new) for new in kinds.values())
            if out is not None and len(block) > 1:
                yield i, out, None


def _counted(counts: Mapping[int, int], new: Item | None, out: Item | None = None) -> Table:
    """Return how often each target comes once an item has come in and another one has left."""
    came, left = new.targets if new else 0, out.targets if out else 0
    return {bit: count + bool(came & bit) - bool(left & bit) for bit, count in counts.items()}


def _unevenness(counts: Collection[int]) -> tuple[int, int]:
    """Return how far apart counts are, and how far they scatter."""
    if not counts:
        return 0, 0
    scatter = len(counts) * sum(count * count for count in counts) - sum(counts) ** 2
    return max(counts) - min(counts), scatter


def _bits(number: int) -> Iterator[int]:
    while number:
        lowest = number & -number
        yield lowest
        number ^= lowest
