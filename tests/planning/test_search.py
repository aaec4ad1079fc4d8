"""The choice among menus is the best of all choices."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING, TypeAlias

from hypothesis import given, strategies as st

from supple.planning._search import choose

if TYPE_CHECKING:
    from collections.abc import Sequence

Choice: TypeAlias = "Sequence[tuple[int, int]]"
Menus: TypeAlias = "list[list[tuple[int, int]]]"


def best_of_all(menus: Menus, room: int, slack: int) -> list[tuple[int, int]]:
    """Try every choice there is, and take the best by the wishes in their order."""
    every: list[Choice] = [list(each) for each in product(*menus)]
    fitting = [each for each in every if spent(each) <= room]
    long = max(map(spent, fitting)) - slack
    fitting = [each for each in fitting if spent(each) >= long]

    def worths(choice: Choice) -> list[int]:
        return sorted(worth for worth, _ in choice)

    def rank(choice: Choice) -> tuple[int, int, int, list[int], Choice]:
        found = worths(choice)
        return found[0], spent(choice), -found[-1], found, choice

    best: Choice = max(fitting, key=rank)
    return list(best)


def spent(choice: Choice) -> int:
    """Return what a choice costs in all."""
    return sum(cost for _, cost in choice)


@st.composite
def problems(draw: st.DrawFn) -> tuple[Menus, int, int]:
    """Make menus, room for the cheapest choice at least, and a slack."""
    option = st.tuples(st.integers(0, 8), st.integers(0, 9))
    menu = st.lists(option, min_size=1, max_size=5, unique=True)
    menus = draw(st.lists(menu, min_size=1, max_size=4))
    least = sum(min(cost for _, cost in each) for each in menus)
    return menus, least + draw(st.integers(0, 30)), draw(st.integers(0, 8))


@given(problems())
def test_it_is_the_best_of_all(problem: tuple[Menus, int, int]) -> None:
    """No choice is better, and of the same there is one."""
    menus, room, slack = problem
    found = choose(menus, room, slack)
    assert [menu[i] for menu, i in zip(menus, found, strict=True)] == best_of_all(*problem)


def test_nothing_to_choose() -> None:
    """Where there is no menu there is no choice."""
    assert choose([], 10, 0) == []


def test_slack_buys_evenness() -> None:
    """With slack a shorter choice wins whose lowest worth is higher."""
    menus = [[(0, 0), (5, 4)], [(0, 0), (5, 5), (9, 10)]]
    assert choose(menus, 10, 0) == [0, 2]
    assert choose(menus, 10, 1) == [1, 1]
