"""Composed routines against CP-SAT of OR-tools, a solver that shares nothing with the library.

It weighs some 250 MB, so this file has a session of its own: ``nox -s planning_oracle``.
"""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING

import pytest
from ortools.sat.python import cp_model  # type: ignore[import-not-found, unused-ignore]

from supple import Catalog, MisfitError, Pacing, Routine, schedule
from supple.planning import compose

from .catalogs import PHASES, POSITIONS, exercise, measured

if TYPE_CHECKING:
    from collections.abc import Sequence

    from supple import Exercise

GET_READY, SAME, CHANGE, SLACK = 5_000, 5_000, 5_000, 15_000


def random_catalog(random: Random) -> tuple[Catalog, list[str]]:
    """Return a catalog of up to forty exercises and the targets that they work."""
    targets = [f"target-{i}" for i in range(random.randint(1, 5))]
    positions = POSITIONS[: random.randint(2, len(POSITIONS))]
    made = [
        exercise(
            i,
            random.choice(PHASES),
            random.choice(positions),
            tuple(random.sample(targets, random.randint(1, min(2, len(targets))))),
            random.randint(10, 90),
        )
        for i in range(random.randint(2, 40))
    ]
    worked = [each for each in targets if any(each in one.targets for one in made)]
    return Catalog("x", title="x", version="1", language="en", exercises=made), worked


def solved(
    exercises: Sequence[Exercise], targets: Sequence[str], wanted_ms: int
) -> list[int] | None:
    """Return the least that misses of targets and time and the fewest changes, by the solver."""
    model = cp_model.CpModel()
    taken = [model.new_bool_var(f"taken-{i}") for i in range(len(exercises))]
    cells: dict[tuple[int, str], list[int]] = {}
    for i, each in enumerate(exercises):
        cells.setdefault((PHASES.index(each.kind), each.position), []).append(i)
    used = {cell: model.new_bool_var(f"used-{cell}") for cell in cells}
    for cell, members in cells.items():
        model.add_max_equality(used[cell], [taken[i] for i in members])
    model.add(sum(taken) >= 1)

    # A tour of the used cells from the start back to it: arcs run from phase to phase, or from
    # position to position within one, and those that change the position are counted.
    number = {cell: i + 1 for i, cell in enumerate(cells)}
    arcs, costly = [], []
    for cell, node in number.items():
        arcs.append((0, node, model.new_bool_var(f"first-{node}")))
        arcs.append((node, 0, model.new_bool_var(f"last-{node}")))
        arcs.append((node, node, used[cell].negated()))
        for other, next_node in number.items():
            if other == cell or other[0] < cell[0]:
                continue
            arc = model.new_bool_var(f"{node}-{next_node}")
            arcs.append((node, next_node, arc))
            if other[1] != cell[1]:
                costly.append(arc)
    model.add_circuit(arcs)

    changes = sum(costly)
    quiet = Pacing(get_ready=0)
    alone = [schedule(Routine("x", items=[each]), pacing=quiet) for each in exercises]
    own = sum((each.duration_ms + SAME) * var for each, var in zip(alone, taken, strict=True))
    filled = GET_READY - SAME + own
    model.add(filled + CHANGE * changes <= wanted_ms)
    missing = []
    for target in targets:
        miss = model.new_bool_var(target)
        having = [
            var for each, var in zip(exercises, taken, strict=True) if target in each.targets
        ]
        model.add_bool_or([*having, miss])
        missing.append(miss)
    short = model.new_int_var(0, wanted_ms, "short")
    model.add(short >= wanted_ms - SLACK - filled)
    best = []
    for goal in (sum(missing), short, changes):
        model.minimize(goal)
        solver = cp_model.CpSolver()
        solver.parameters.num_workers = 1
        status = solver.solve(model)
        if status == cp_model.INFEASIBLE:
            return None
        assert status == cp_model.OPTIMAL
        best.append(round(solver.objective_value))
        model.add(goal <= best[-1])
    return best


@pytest.mark.parametrize("number", range(300))
def test_the_solver_finds_nothing_better(number: int) -> None:
    """Targets, time and changes are those of the best routine that the solver proves."""
    random = Random(number)  # noqa: S311 - no secret
    catalog, targets = random_catalog(random)
    wanted_ms = random.choice([60, 120, 240, 400, 700]) * 1000
    best = solved([*catalog.exercises.values()], targets, wanted_ms)
    if best is None:
        with pytest.raises(MisfitError):
            compose([catalog], minutes=wanted_ms / 60_000, targets=targets)
        return
    plan = compose(
        [catalog], minutes=wanted_ms / 60_000, targets=targets, seed=number, max_changes=28
    )
    _, *found = measured([*plan.routine.exercises.values()], targets, wanted_ms)
    assert found == best
