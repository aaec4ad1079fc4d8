"""Choose one option from each of several menus: even, and as long as time allows.

An option has a worth (its relative dose) and a cost (its time), both whole numbers, so nothing
here is ever rounded. What can be had at all stands in one integer: its bit ``t`` is set where
some choice costs ``t`` in all. The wishes, in their order:

1. The lowest worth as high as it can be, among the choices that cost at most ``slack`` less
   than the dearest one that there is room for.
2. The greatest cost.
3. The highest worth as low as it can be.
4. The worths sorted from the lowest up as great as they can be, compared one after the other.
5. The greater worth in the earlier menu, and the greater cost where the worths are the same.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from itertools import accumulate
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Sequence

Option: TypeAlias = "tuple[int, int]"
"""Its worth and its cost."""


def choose(menus: Sequence[Sequence[Option]], room: int, slack: int) -> list[int]:
    """Return the index of one option for each menu, by the wishes above.

    Each menu has an option, costs are at least 0, and there is room for the cheapest.
    """
    if not menus:
        return []
    search = _Search(menus, room)
    floor, cost = search.floor(slack)
    ceiling = search.ceiling(floor, cost)
    band = [
        [(worth, spent, i) for i, (worth, spent) in enumerate(menu) if floor <= worth <= ceiling]
        for menu in menus
    ]
    return _most_even(band, cost)


class _Search:
    """What can be had between two worths."""

    def __init__(self, menus: Sequence[Sequence[Option]], room: int) -> None:
        self.room = room
        by_worth = [sorted(menu) for menu in menus]
        self.worths = [[worth for worth, _ in menu] for menu in by_worth]
        self.costs = [[cost for _, cost in menu] for menu in by_worth]
        # From each worth up, what the cheapest costs: more can cost less, such as fewer sets
        # with fewer rests between them.
        self.cheapest = [[*accumulate(reversed(costs), min)][::-1] for costs in self.costs]
        self.values = sorted({worth for worths in self.worths for worth in worths})

    def floor(self, slack: int) -> tuple[int, int]:
        """Return the lowest worth of the best choice, and what it costs."""
        values = self.values
        end = bisect_right(values, min(worths[-1] for worths in self.worths))
        end = bisect_left(values, x=True, hi=end, key=lambda worth: self.least(worth) > self.room)
        cost = self.dearest(values[end - 1])
        if cost < self.room - slack:
            wanted = self.dearest(values[0]) - slack
            end = bisect_left(
                values, x=True, hi=end, key=lambda worth: self.dearest(worth) < wanted
            )
            cost = self.dearest(values[end - 1])
        return values[end - 1], cost

    def ceiling(self, floor: int, cost: int) -> int:
        """Return the highest worth that cannot be avoided at a floor and a cost."""

        def can_be(ceiling: int) -> bool:
            least, sums = self.sums(floor, ceiling)
            return cost >= least and bool(sums >> (cost - least) & 1)

        unavoidable = max(worths[bisect_left(worths, floor)] for worths in self.worths)
        first = bisect_left(self.values, unavoidable)
        return self.values[bisect_left(self.values, x=True, lo=first, key=can_be)]

    def least(self, floor: int) -> int:
        """Return what it costs at the least to have a worth everywhere."""
        return sum(
            least[bisect_left(worths, floor)]
            for worths, least in zip(self.worths, self.cheapest, strict=True)
        )

    def dearest(self, floor: int) -> int:
        """Return the greatest cost that there is room for, with a worth everywhere."""
        least, sums = self.sums(floor, self.values[-1])
        return least + sums.bit_length() - 1

    def sums(self, floor: int, ceiling: int) -> tuple[int, int]:
        """Return the least cost between two worths, and what can be had beyond it, as bits."""
        menus = [
            costs[bisect_left(worths, floor) : bisect_right(worths, ceiling)]
            for worths, costs in zip(self.worths, self.costs, strict=True)
        ]
        cheapest = [*map(min, menus)]
        room, sums = self.room - sum(cheapest), 1
        if room < 0:
            return sum(cheapest), 0
        for menu, least in zip(menus, cheapest, strict=True):
            sums = _sum(sums, {cost - least for cost in menu}, room)
        return sum(cheapest), sums


def _most_even(band: Sequence[Sequence[tuple[int, int, int]]], cost: int) -> list[int]:
    """Return the most even choice of just that cost, by a price on every worth.

    One place at a worth is dearer than all places at the next higher one, so the lowest price
    is that of the choice whose sorted worths are the greatest.
    """
    values = sorted({worth for menu in band for worth, _, _ in menu}, reverse=True)
    price = {worth: (len(band) + 1) ** i for i, worth in enumerate(values)}
    before = [1]  # the sums of the menus before each one
    for menu in band:
        before.append(_sum(before[-1], {spent for _, spent, _ in menu}, cost))
    after: list[dict[int, int]] = [
        {0: 0}
    ]  # the least price of the menus from each one on, by cost
    for menu, reached in zip(reversed(band), reversed(before[:-1]), strict=True):
        prices: dict[int, int] = {}
        for spent_after, priced in after[-1].items():
            for worth, spent, _ in menu:
                total = spent_after + spent
                if total <= cost and reached >> (cost - total) & 1:
                    paid = priced + price[worth]
                    if paid < prices.get(total, paid + 1):
                        prices[total] = paid
        after.append(prices)
    after.reverse()
    chosen, left = [], cost
    for menu, here, rest in zip(band, after, after[1:], strict=False):
        worth, spent, option = max(
            (worth, spent, option)
            for worth, spent, option in menu
            if rest.get(left - spent, -1) + price[worth] == here[left] and left - spent in rest
        )
        chosen.append(option)
        left -= spent
    return chosen


def _sum(sums: int, costs: set[int], room: int) -> int:
    """Return sums with one cost more, as bits up to the room."""
    found = 0
    for cost in costs:
        if cost <= room:
            found |= sums << cost
    return found & ((1 << (room + 1)) - 1)
