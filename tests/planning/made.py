"""Small routines with few combinations, so that all of them can be tried."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from hypothesis import strategies as st

from supple import Circuit, Exercise, Hold, Rest, Routine, Step

if TYPE_CHECKING:
    from supple import RoutineItem


def some(*amounts: Any) -> st.SearchStrategy[Any]:
    """Make one of some amounts."""
    return st.sampled_from(amounts)


@st.composite
def amounts(draw: st.DrawFn, least: int, most: int, width: int) -> tuple[int, int]:
    """Make a narrow range of whole numbers."""
    low = draw(st.integers(least, most))
    return low, low + draw(st.integers(0, width))


@st.composite
def exercises(draw: st.DrawFn, id: str) -> Exercise:
    """Make an exercise with few ways to do it."""
    step = Step("Move", seconds=draw(st.sampled_from([None, 2, 2.5, 4])))
    holds = [Hold("Keep", seconds=draw(amounts(3, 20, 2))) for _ in range(draw(st.integers(0, 2)))]
    return Exercise(
        id,
        name="Exercise",
        kind="stretch",
        position=draw(st.sampled_from(["standing", "sitting"])),
        cycle=[step, *holds],
        sides=draw(st.sampled_from(["none", "each", "alternate"])),
        setup=[Step("Get there", seconds=(1, 3))] if draw(st.booleans()) else [],
        reps=draw(amounts(1, 6, 2)),
        sets=draw(some(1, (1, 2))),
        rest=draw(st.none() | some(0, 15, (0, 2))),
    )


@st.composite
def routines(draw: st.DrawFn) -> Routine:
    """Make a routine of one to three such exercises, some of them in a circuit."""
    own = [draw(exercises(f"exercise-{i}")) for i in range(draw(st.integers(1, 3)))]
    items: list[RoutineItem] = [*own]
    if draw(st.booleans()):
        items.insert(draw(st.integers(0, len(items))), Rest(draw(amounts(1, 9, 3))))
    if draw(st.booleans()):
        rounds, rest = draw(amounts(1, 2, 1)), draw(some(0, 7, (0, 3)))
        items = [Circuit(items, rounds=rounds, rest=rest)]
    return Routine("made", items=items)
