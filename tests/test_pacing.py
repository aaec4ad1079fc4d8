"""Pacing: the time between what a routine says."""

from __future__ import annotations

from typing import Any

import pytest
from attrs import asdict

from supple import Pacing
from tests.refusals import HUGE, HUGE_SHOWN, NO_LISTS, NO_NUMBERS, endless, refusal_of

PAUSES = ("get_ready", "transition", "position_change", "switch_sides", "between_sets")
LENGTHS = (*PAUSES, "step", "halfway")


def test_the_defaults() -> None:
    """The defaults are the library's own, and documented."""
    assert asdict(Pacing()) == {
        "get_ready": 5,
        "transition": 5,
        "position_change": 10,
        "switch_sides": 3,
        "between_sets": 30,
        "step": 3,
        "countdown": (3, 2, 1),
        "switch_soon": 5,
        "halfway": 20,
    }
    assert repr(Pacing()) == "Pacing()"


@pytest.mark.parametrize("name", [*PAUSES, "halfway"])
def test_a_pause_may_be_zero(name: str) -> None:
    """A pause may be left out by setting it to zero."""
    settings: dict[str, Any] = {name: 0.0}
    kept = getattr(Pacing(**settings), name)
    assert (kept, type(kept)) == (0, int)


def test_a_step_takes_time() -> None:
    """A step without a length of its own still takes time."""
    assert refusal_of(Pacing, step=0) == (
        "Pacing.step: must be at least 0.001 and at most 86400 (got 0)"
    )


@pytest.mark.parametrize("name", LENGTHS)
@pytest.mark.parametrize(
    ("wrong", "shown"),
    [
        (-1, "-1"),
        (86400.001, "86400.001"),
        (float("nan"), "nan"),
        (float("inf"), "inf"),
        (HUGE, HUGE_SHOWN),
    ],
    ids=["negative", "more than a day", "nan", "infinite", "huge"],
)
def test_pauses_have_bounds(name: str, wrong: float, shown: str) -> None:
    """A pause outside its bounds is refused with the bounds."""
    shortest = "0.001" if name == "step" else "0"
    assert refusal_of(Pacing, **{name: wrong}) == (
        f"Pacing.{name}: must be at least {shortest} and at most 86400 (got {shown})"
    )


@pytest.mark.parametrize("name", LENGTHS)
def test_pauses_are_whole_milliseconds(name: str) -> None:
    """A pause finer than a millisecond is refused."""
    assert refusal_of(Pacing, **{name: 1.0001}) == (
        f"Pacing.{name}: must be a whole number of milliseconds (got 1.0001)"
    )


@pytest.mark.parametrize("name", LENGTHS)
@pytest.mark.parametrize(
    ("wrong", "shown"),
    [*NO_NUMBERS.values(), ((1, 2), "(1, 2)")],
    ids=[*NO_NUMBERS, "pair"],
)
def test_pauses_are_numbers(name: str, wrong: Any, shown: str) -> None:
    """A pause is one number, and no amount to choose from."""
    assert refusal_of(Pacing, **{name: wrong}) == f"Pacing.{name}: must be a number (got {shown})"


@pytest.mark.parametrize("name", [*PAUSES, "step"])
def test_only_halfway_may_be_nothing(name: str) -> None:
    """None means no cue in the middle; no pause may be None."""
    assert Pacing(halfway=None).halfway is None
    assert refusal_of(Pacing, **{name: None}) == f"Pacing.{name}: must be a number (got None)"


def test_the_countdown_counts_down() -> None:
    """The seconds of the countdown are kept from the greatest down, whatever their order."""
    assert Pacing(countdown=[1, 10, 3600, 2]).countdown == (3600, 10, 2, 1)
    assert Pacing(countdown=(second for second in (1, 2))).countdown == (2, 1)
    assert Pacing(countdown=()).countdown == ()
    assert Pacing(countdown=(1, 2)) == Pacing(countdown=[2, 1])


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ((1, 2, 1), "Pacing.countdown: must not name a second twice (got (1, 2, 1))"),
        ((1, 0), "Pacing.countdown[1]: must be a whole number from 1 to 3600 (got 0)"),
        ((3601,), "Pacing.countdown[0]: must be a whole number from 1 to 3600 (got 3601)"),
        ((1.0,), "Pacing.countdown[0]: must be a whole number from 1 to 3600 (got 1.0)"),
        ((True,), "Pacing.countdown[0]: must be a whole number from 1 to 3600 (got True)"),
        (("3",), "Pacing.countdown[0]: must be a whole number from 1 to 3600 (got '3')"),
    ],
    ids=["twice", "zero", "more than an hour", "float", "bool", "text"],
)
def test_the_countdown_names_whole_seconds(wrong: Any, message: str) -> None:
    """The countdown names whole seconds from one to an hour, each of them once."""
    assert refusal_of(Pacing, countdown=wrong) == message


@pytest.mark.parametrize(("wrong", "shown"), [*NO_LISTS.values()], ids=[*NO_LISTS])
def test_the_countdown_is_a_list(wrong: Any, shown: str) -> None:
    """What is no list is no countdown."""
    assert refusal_of(Pacing, countdown=wrong) == f"Pacing.countdown: must be a list (got {shown})"


def test_an_endless_countdown() -> None:
    """An iterator without an end is refused at once."""
    assert refusal_of(Pacing, countdown=endless()) == (
        "Pacing.countdown: must have at most 100000 elements (got (0, 1, 2, 3, 4, 5, ...))"
    )
