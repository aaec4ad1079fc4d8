"""How long a routine takes, by arithmetic, is how long its timeline is."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, strategies as st

from supple import (
    Circuit,
    Dose,
    Exercise,
    Hold,
    ModelError,
    Pacing,
    Prescription,
    Rest,
    Routine,
    load_catalog,
    schedule,
)
from supple.planning import duration_ms
from supple.testing import strategies as supple_st


def made(**parts: object) -> Exercise:
    """Return a stretch of one hold, with whatever else is asked for."""
    cycle = [Hold("Keep", seconds=10)]
    facts = {"name": "Reach", "kind": "stretch", "position": "standing", "cycle": cycle}
    return Exercise("reach", **(facts | parts))  # type: ignore[arg-type]


@given(supple_st.routines(), supple_st.levels(), supple_st.pacings())
def test_it_is_the_length_of_the_timeline(routine: Routine, level: float, pacing: Pacing) -> None:
    """Whatever the routine, the level and the pacing, both agree to the millisecond."""
    timeline = schedule(routine, level=level, pacing=pacing)
    assert duration_ms(routine, level=level, pacing=pacing) == timeline.duration_ms


def small(*, width: int = 2) -> st.SearchStrategy[tuple[int, int]]:
    """Make a small amount."""
    return st.builds(lambda low, more: (low, low + more), st.integers(1, 4), st.integers(0, width))


@st.composite
def sided(draw: st.DrawFn) -> Prescription:
    """Make what is done on one side only, or not as often or as long on both."""
    own = made(
        sides=draw(st.sampled_from(["each", "alternate"])),
        reps=draw(small()),
        sets=draw(small()),
        rest=draw(st.none() | st.just(0) | small()),
        first_side=draw(st.sampled_from(["left", "right"])),
    )
    if draw(st.booleans()):
        return Prescription(own, side=draw(st.sampled_from(["left", "right"])))
    parts = {"reps": small(), "sets": small(), "hold": small()}
    dose = st.fixed_dictionaries({}, optional=parts).map(lambda kept: Dose(**kept))
    return Prescription(own, left=draw(st.none() | dose), right=draw(st.none() | dose))


@given(sided(), supple_st.levels(), supple_st.pacings())
def test_sides_may_differ(item: Prescription, level: float, pacing: Pacing) -> None:
    """One side may be left out, or have more repetitions, more sets or longer holds."""
    routine = Routine("sided", items=[item])
    timeline = schedule(routine, level=level, pacing=pacing)
    assert duration_ms(routine, level=level, pacing=pacing) == timeline.duration_ms


def test_the_bundled_routine() -> None:
    """The bundled routine takes from 6:26 to 8:38."""
    routine = load_catalog("lower-back").routines["lower-back"]
    assert [duration_ms(routine, level=level) for level in (0, 0.5, 1)] == [
        386_000,
        schedule(routine, level=0.5).duration_ms,
        518_000,
    ]


def test_more_level_can_be_shorter_between_sets() -> None:
    """A rest of 0 has the pause for a change of sides in its place, one of 2 seconds has not."""
    routine = Routine("short", items=[made(sides="each", sets=2, rest=(0, 2))])
    plain = Pacing(get_ready=0)
    at = [duration_ms(routine, level=level, pacing=plain) for level in (0, 0.5, 1)]
    assert at == [49_000, 47_000, 48_000]


def test_more_level_can_be_shorter_between_rounds() -> None:
    """A rest of 0 has the transition in its place, one of 3 seconds has not."""
    routine = Routine("short", items=[Circuit([made()], rounds=2, rest=(0, 3))])
    at = [duration_ms(routine, level=level, pacing=Pacing(get_ready=0)) for level in (0, 1)]
    assert at == [25_000, 23_000]


def test_a_rest_at_the_end_takes_no_time() -> None:
    """A rest that nothing follows is left out, in the last round, too."""
    rest = Rest(60)
    routine = Routine("short", items=[rest, Circuit([made(), rest], rounds=3), rest])
    assert duration_ms(routine) == 60_000 + 3 * 10_000 + 2 * 60_000


def test_a_length_beyond_counting() -> None:
    """A million million rounds are no trouble."""
    routine = Routine("long", items=[Circuit([made()], rounds=10**12)])
    assert duration_ms(routine) == 10**12 * 15_000


def refused(message: str) -> pytest.RaisesExc[ModelError]:
    """Expect the exact message of a value that is refused."""
    return pytest.raises(ModelError, match=f"^{re.escape(message)}$")


def test_what_is_no_routine() -> None:
    """Anything but a routine, a level and a pacing is refused."""
    routine = Routine("short", items=[made()])
    with refused("duration_ms.routine: must be Routine or Exercise or Prescription (got 'short')"):
        duration_ms("short")  # type: ignore[arg-type]
    with refused("duration_ms.level: must be a number from 0 to 1 (got 2)"):
        duration_ms(routine, level=2)
    with refused("duration_ms.pacing: must be Pacing (got 3)"):
        duration_ms(routine, pacing=3)  # type: ignore[arg-type]
