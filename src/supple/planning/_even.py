"""Make the targets of a route more even, by exchanging candidates inside of its blocks.

Each exchange is the best one that there is, and none makes a route worse in what comes before
evenness. They end where no single one is any better, so the result is even, though not always
the most even that there could be.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from supple.planning._route import Item, Route

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from supple.planning._route import Wishes

_Exchange: TypeAlias = "tuple[int, Item | None, Item | None]"
"""A block, what leaves it, and what comes in."""


def evened(route: Route, items: Sequence[Item], wishes: Wishes) -> Route:
    """Return a route with the same blocks whose targets come about as often as each other.

    Args:
        route: The route.
        items: All candidates; of two that are as good the earlier one is taken.
        wishes: What the route is measured by, which stays as good as it is.
    """
    wanted = [1 << i for i in range(wishes.targets.bit_length()) if wishes.targets >> i & 1]
    room = wishes.room_after(route.changes)
    while True:  # to an end, for each exchange makes less of what there is of unevenness
        taken = [item for _, block in route.blocks for item in block]
        time = sum(item.time for item in taken)
        least = min(time, wishes.room - wishes.slack)
        counts = {bit: _count(taken, bit) for bit in wanted if _count(taken, bit)}
        best, now = None, _unevenness(list(counts.values()))
        for exchange in _exchanges(route, items):
            _, out, new = exchange
            then_time = time - (out.time if out else 0) + (new.time if new else 0)
            if not least <= then_time <= room:
                continue
            then = [
                count - bool(out and out.targets & bit) + bool(new and new.targets & bit)
                for bit, count in counts.items()
            ]
            unevenness = _unevenness(then)
            if unevenness < now and all(then):
                best, now = exchange, unevenness
        if best is None:
            return route
        route = _exchanged(route, best)


def _exchanges(route: Route, items: Sequence[Item]) -> Iterator[_Exchange]:
    taken = {item.number for _, block in route.blocks for item in block}
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


def _exchanged(route: Route, exchange: _Exchange) -> Route:
    i, out, new = exchange
    cell, block = route.blocks[i]
    kept = [item for item in block if item is not out] + ([new] if new else [])
    return Route([*route.blocks[:i], (cell, kept), *route.blocks[i + 1 :]], route.changes)


def _count(items: Sequence[Item], bit: int) -> int:
    return sum(bool(item.targets & bit) for item in items)


def _unevenness(counts: Sequence[int]) -> tuple[int, int]:
    """Return how far apart counts are, and how far they scatter."""
    if not counts:
        return 0, 0
    scatter = len(counts) * sum(count * count for count in counts) - sum(counts) ** 2
    return max(counts) - min(counts), scatter
