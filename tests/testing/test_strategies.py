"""The strategies make every type, and hypothesis finds them by itself."""

from __future__ import annotations

import os
import subprocess
import sys
from enum import Enum
from textwrap import dedent
from typing import Any

import pytest
from attrs import has
from hypothesis import Phase, find, given, settings, strategies as st

import supple
from supple.testing import strategies as make
from supple.testing._hypothesis import STRATEGIES
from tests.laws import share

NOT_MADE = {"Problem"}


def run(program: str, **variables: str) -> list[str]:
    """Return the lines that a fresh Python prints."""
    done = subprocess.run(
        [sys.executable, "-c", dedent(program)],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        env={**os.environ, "PYTHONSAFEPATH": "1"} | variables,
        check=False,
        timeout=120,
    )
    return done.stdout.splitlines()


@pytest.mark.parametrize("name", STRATEGIES)
def test_a_strategy_for_every_type(name: str) -> None:
    """A strategy makes values of its type, and is what the type is registered with."""
    cls = getattr(supple, name)

    @share(0.2)
    @given(getattr(make, STRATEGIES[name])(), st.from_type(cls))
    def check(one: object, other: object) -> None:
        assert type(one) is cls
        assert type(other) is cls

    check()


def test_no_type_is_forgotten() -> None:
    """Every class of values that `supple` offers has a strategy, but what reports errors.

    What a timeline tells and the phrases are made of no fields, and have strategies nevertheless.
    """
    offered = {name: getattr(supple, name) for name in supple.__all__}
    classes = {
        name
        for name, value in offered.items()
        if isinstance(value, type) and has(value) and not issubclass(value, Enum)
    }
    assert classes - NOT_MADE == set(STRATEGIES) - {"Event", "Moment", "Phrases", "Segment"}


@share(0.25)
@given(st.lists(st.from_type(supple.RoutineItem), min_size=1, max_size=3))  # type: ignore[arg-type]
def test_a_union_is_resolved(items: list[supple.RoutineItem]) -> None:
    """An item is an exercise, a prescription, a rest or a circuit."""
    for item in items:
        assert isinstance(
            item, supple.Exercise | supple.Prescription | supple.Rest | supple.Circuit
        )


# --- what is promised of routines ----------------------------------------------------


@share(0.5)
@given(make.routines())
def test_a_routine_is_of_moderate_size(routine: supple.Routine) -> None:
    """A routine lays out to a few thousand events at most."""
    assert len(supple.schedule(routine, level=1)) <= make.MOST_EVENTS


@pytest.mark.parametrize(
    "wanted",
    [
        lambda routine: routine.language == "de",
        lambda routine: any(isinstance(item, supple.Circuit) for item in routine.items),
        lambda routine: any(isinstance(item, supple.Rest) for item in routine.items),
        lambda routine: any(each.sides == "each" for each in routine.exercises.values()),
        lambda routine: any(each.sources for each in routine.exercises.values()),
    ],
    ids=["German", "a circuit", "a rest", "sides", "sources"],
)
def test_routines_are_of_all_kinds(wanted: Any) -> None:
    """What makes routines differ is found among them."""
    # Shrinking what is found takes long and is of no use here.
    unshrunk = settings(max_examples=2000, database=None, phases=[Phase.generate])
    assert wanted(find(make.routines(), wanted, settings=unshrunk))


@share(0.25)
@given(make.catalogs())
def test_a_catalog_holds_the_exercises_of_its_routines(catalog: supple.Catalog) -> None:
    """A routine of a catalog names no exercise that the catalog does not have."""
    for routine in catalog.routines.values():
        assert set(routine.exercises) <= set(catalog)


# --- hypothesis finds them -----------------------------------------------------------


def test_from_type_needs_no_import() -> None:
    """After install a type is made in a process that never imports the kit."""
    program = """
        from hypothesis import HealthCheck, given, settings, strategies as st
        import supple

        slow = [HealthCheck.too_slow]  # as a busy machine is

        @settings(max_examples=5, database=None, deadline=None, suppress_health_check=slow)
        @given(routine=st.from_type(supple.Routine), source=...)
        def check(routine, source: supple.DoseSource) -> None:
            print(type(routine).__name__, type(source).__name__)

        check()
    """
    assert run(program) == ["Routine DoseSource"] * 5


def test_types_that_are_loaded_before_hypothesis() -> None:
    """The order of imports does not matter."""
    program = """
        import supple
        routine = supple.load_catalog("lower-back").routines["in-bed"]

        from hypothesis import given, settings, strategies as st

        @settings(max_examples=1, database=None)
        @given(st.from_type(type(routine)), st.from_type(supple.Timeline))
        def check(routine, timeline) -> None:
            print(type(routine).__name__, type(timeline).__name__)

        check()
    """
    assert run(program) == ["Routine Timeline"]


def test_a_type_that_is_reached_through_a_value() -> None:
    """A class that was loaded on the way to another name is registered, too."""
    program = """
        from hypothesis import given, settings, strategies as st
        import supple
        routine = supple.load_catalog("lower-back").routines["in-bed"]

        @settings(max_examples=1, database=None)
        @given(st.from_type(type(routine)))
        def check(routine) -> None:
            print(type(routine).__name__)

        check()
    """
    assert run(program) == ["Routine"]


def test_importing_hypothesis_loads_next_to_nothing() -> None:
    """Whoever imports hypothesis for something else pays for two small modules."""
    program = """
        import sys, hypothesis
        ours = "supple"  # attrs comes with the plugin of trio, if that is installed
        print(*sorted(name for name in sys.modules if name.startswith(ours)))
    """
    assert run(program) == ["supple supple._lazy supple.testing supple.testing._hypothesis"]


def test_the_plugin_can_be_switched_off() -> None:
    """The switch of hypothesis itself keeps supple out of it."""
    program = "import sys, hypothesis; print([n for n in sys.modules if n.startswith('supple')])"
    assert run(program, HYPOTHESIS_NO_PLUGINS="1") == ["[]"]
