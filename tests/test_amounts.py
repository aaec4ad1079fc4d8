"""Amounts: a range, what a level picks out of it, and the fields that hold one."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal, localcontext
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, strategies as st

from supple import Circuit, Dose, Exercise, Hold, Range, Rest, Step
from tests import strategies as my
from tests.refusals import HUGE, HUGE_SHOWN, NO_NUMBERS, Float64, Three, refusal_of

if TYPE_CHECKING:
    from collections.abc import Callable

KEEP = Hold("Keep", seconds=1)


def exercise(**given: Any) -> Exercise:
    """Return an exercise."""
    described = {"kind": "stretch", "position": "standing", "cycle": [KEEP], **given}
    return Exercise("reach", name="Reach", **described)


SECONDS: dict[str, Callable[[Any], Range | None]] = {
    "Hold.seconds": lambda given: Hold("Keep", seconds=given).seconds,
    "Step.seconds": lambda given: Step("Go", seconds=given).seconds,
    "Rest.seconds": lambda given: Rest(given).seconds,
    "Dose.hold": lambda given: Dose(hold=given).hold,
}
SECONDS_OR_ZERO: dict[str, Callable[[Any], Range | None]] = {
    "Exercise.rest": lambda given: exercise(rest=given).rest,
    "Dose.rest": lambda given: Dose(rest=given).rest,
    "Circuit.rest": lambda given: Circuit([exercise()], rounds=2, rest=given).rest,
}
TIMES: dict[str, Callable[[Any], Range | None]] = {
    "Exercise.reps": lambda given: exercise(reps=given).reps,
    "Exercise.sets": lambda given: exercise(sets=given).sets,
    "Dose.reps": lambda given: Dose(reps=given).reps,
    "Dose.sets": lambda given: Dose(sets=given).sets,
    "Circuit.rounds": lambda given: Circuit([exercise()], rounds=given).rounds,
}
FIELDS = SECONDS | SECONDS_OR_ZERO | TIMES
LENGTHS = SECONDS | SECONDS_OR_ZERO


# --- a range


def test_one_value_is_a_range_of_equal_ends() -> None:
    """A single value is a range with equal ends, whichever way it is written."""
    assert Range(5) == Range(5, 5) == Range(5.0, 5)
    assert (Range(5).low, Range(5).high) == (5, 5)
    assert hash(Range(5)) == hash(Range(5.0))
    assert Range(5) != Range(5, 6)


def test_bounds_are_kept_in_their_plainest_form() -> None:
    """A whole bound is kept as an integer, another one as a float, whatever was given."""
    kept = Range(Float64(2.0), Float64(2.5))
    assert (type(kept.low), type(kept.high)) == (int, float)
    assert repr(kept) == "Range(2, 2.5)"
    three: Any = Three()
    assert repr(Range(three)) == "Range(3)"
    assert repr(Range(-0.0)) == "Range(0)"


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ((-1,), "Range.low: must be at least 0 and at most 1000000000000 (got -1)"),
        (
            (0, 10**12 + 1),
            f"Range.high: must be at least 0 and at most {10**12} (got {10**12 + 1})",
        ),
        ((HUGE,), f"Range.low: must be at least 0 and at most {10**12} (got {HUGE_SHOWN})"),
        pytest.param(
            (-HUGE,),
            f"Range.low: must be at least 0 and at most {10**12} (got {HUGE_SHOWN})",
            id="huge and negative",
        ),
        ((float("nan"),), f"Range.low: must be at least 0 and at most {10**12} (got nan)"),
        ((0, float("nan")), f"Range.high: must be at least 0 and at most {10**12} (got nan)"),
        ((1e400,), f"Range.low: must be at least 0 and at most {10**12} (got inf)"),
        ((-1e400,), f"Range.low: must be at least 0 and at most {10**12} (got -inf)"),
        ((0.0005,), "Range.low: must have at most three decimal places (got 0.0005)"),
        ((1, 2.0001), "Range.high: must have at most three decimal places (got 2.0001)"),
        ((5e-324,), "Range.low: must have at most three decimal places (got 5e-324)"),
        ((3, 2), "Range: low must be at most high (got (3, 2))"),
        ((0.002, 0.001), "Range: low must be at most high (got (0.002, 0.001))"),
        ((None,), "Range.low: must be a number (got None)"),
        (((1, 2),), "Range.low: must be a number (got (1, 2))"),
        ((Range(1),), "Range.low: must be a number (got Range(1))"),
    ],
    ids=lambda case: case if isinstance(case, str) else "",
)
def test_wrong_bounds(wrong: tuple[Any, ...], message: str) -> None:
    """A bound that is no number from 0 to 10**12 in whole thousandths is refused."""
    assert refusal_of(Range, *wrong) == message


@pytest.mark.parametrize(("wrong", "shown"), [*NO_NUMBERS.values()], ids=[*NO_NUMBERS])
def test_bounds_are_numbers(wrong: Any, shown: str) -> None:
    """A bound that is no number is refused by its place."""
    assert refusal_of(Range, wrong) == f"Range.low: must be a number (got {shown})"
    assert refusal_of(Range, 0, wrong) == f"Range.high: must be a number (got {shown})"


# --- what a level picks


@pytest.mark.parametrize(
    ("amount", "level", "picked"),
    [
        (Range(0, 100), 0.285, 29),
        (Range(0, 100), 0.284, 28),
        (Range(0, 1), 0.5, 1),
        (Range(0, 1), 0.49999999999999994, 0),
        (Range(0, 5), 0.1, 1),
        (Range(0, 5), 0.3, 2),
        (Range(8, 10), 0.25, 9),
        (Range(8, 10), 0.2, 8),
        (Range(5, 10), 0.5, 8),
        (Range(0, 0.003), 0.5, 0.002),
        (Range(0, 0.001), 0.5, 0.001),
        (Range(0, 0.001), 0.4999, 0),
        (Range(1.1, 2.2), 0.5, 1.65),
        (Range(0.1, 0.3), 1 / 3, 0.167),
        (Range(0.5, 1.5), 0.5, 1),
        (Range(1, 10**12), 1, 10**12),
        (Range(1, 10**12), 0.999999999999, 10**12 - 1),
        (Range(0, 10**12), 1e-12, 1),
        (Range(0, 10**12), 5e-324, 0),
        (Range(3, 7), -0.0, 3),
        (Range(0, 10), Float64(0.5), 5),
    ],
    ids=repr,
)
def test_a_level_picks_half_up(amount: Range, level: float, picked: float) -> None:
    """A level picks exactly in decimals, rounded half up to a whole number or to thousandths."""
    assert amount.at(level) == picked
    assert type(amount.at(level)) is type(picked)


@given(my.ranges, my.levels)
def test_a_pick_is_the_decimal_one(amount: Range, level: float) -> None:
    """A pick is the point of the straight line, to half of the last place, the upper of two."""
    with localcontext(prec=1200, rounding=ROUND_HALF_UP):
        low, high = Decimal(repr(amount.low)), Decimal(repr(amount.high))
        point = low + (high - low) * Decimal(repr(level))
        grain = "1" if low % 1 == 0 and high % 1 == 0 else "0.001"
        assert Decimal(repr(amount.at(level))) == point.quantize(Decimal(grain))


@given(my.ranges, my.levels, my.levels)
def test_more_level_never_picks_less(amount: Range, one: float, other: float) -> None:
    """A higher level never picks a smaller amount."""
    assert amount.at(min(one, other)) <= amount.at(max(one, other))


@given(my.ranges, my.levels)
def test_a_pick_lies_within_the_bounds(amount: Range, level: float) -> None:
    """Level 0 picks the low bound, level 1 the high one, and every other lies between."""
    assert amount.at(0) == amount.low
    assert amount.at(1) == amount.high
    assert amount.low <= amount.at(level) <= amount.high


@given(st.tuples(st.integers(0, 10**12), st.integers(0, 10**12)), my.levels)
def test_whole_bounds_give_whole_picks(bounds: tuple[int, int], level: float) -> None:
    """Between whole bounds only whole amounts are picked."""
    assert type(Range(*sorted(bounds)).at(level)) is int


@pytest.mark.parametrize(
    ("wrong", "shown"),
    [
        *NO_NUMBERS.values(),
        (None, "None"),
        (-0.001, "-0.001"),
        (1.0000000000000002, "1.0000000000000002"),
        (2, "2"),
        (float("nan"), "nan"),
        (float("inf"), "inf"),
        (HUGE, HUGE_SHOWN),
    ],
    ids=lambda case: case if isinstance(case, str) else "",
)
def test_wrong_levels(wrong: Any, shown: str) -> None:
    """A level that is no number from 0 to 1 is refused."""
    assert refusal_of(Range(1, 2).at, wrong) == (
        f"Range.at.level: must be a number from 0 to 1 (got {shown})"
    )


# --- the fields that hold an amount


@pytest.mark.parametrize("where", FIELDS)
@pytest.mark.parametrize(
    ("amount", "kept"),
    [
        (5, Range(5)),
        (Three(), Range(3)),
        ((2, 5), Range(2, 5)),
        ([2, 5], Range(2, 5)),
        ((2, Three()), Range(2, 3)),
        (Range(2, 5), Range(2, 5)),
        (Range(7.0), Range(7)),
    ],
    ids=["number", "index", "pair", "list", "pair with an index", "range", "whole float"],
)
def test_every_amount_is_kept_as_a_range(where: str, amount: Any, kept: Range) -> None:
    """One number, a pair or a range: every amount is kept as a range."""
    assert FIELDS[where](amount) == kept


@pytest.mark.parametrize("where", LENGTHS)
def test_seconds_reach_from_a_millisecond_to_a_day(where: str) -> None:
    """A length of time may be anything from one millisecond to a day."""
    make = LENGTHS[where]
    assert make((0.001, 86400)) == Range(0.001, 86400)
    assert make(Float64(2.5)) == Range(2.5)


@pytest.mark.parametrize("where", SECONDS_OR_ZERO)
def test_a_rest_may_be_zero(where: str) -> None:
    """A rest between sets or rounds may be zero."""
    make = SECONDS_OR_ZERO[where]
    assert make(0) == make(0.0) == make(Range(0)) == Range(0)
    assert make((0, 5)) == Range(0, 5)


@pytest.mark.parametrize("where", TIMES)
def test_times_reach_to_a_million_million(where: str) -> None:
    """A number of repetitions, sets or rounds may be anything from 1 to 10**12."""
    assert TIMES[where]((1, 10**12)) == Range(1, 10**12)


@pytest.mark.parametrize("where", ["Step.seconds", "Exercise.rest", "Dose.hold", "Dose.reps"])
def test_an_amount_may_be_left_out(where: str) -> None:
    """Where something else stands in, an amount may be left out."""
    assert FIELDS[where](None) is None


@pytest.mark.parametrize("where", FIELDS)
@pytest.mark.parametrize(("wrong", "shown"), [*NO_NUMBERS.values()], ids=[*NO_NUMBERS])
def test_amounts_are_numbers(where: str, wrong: Any, shown: str) -> None:
    """What is no number is refused, alone and in a pair, by its place."""
    requirement = f"must be a whole number from 1 to {10**12}" if where in TIMES else (
        "must be a number"
    )  # fmt: skip
    make = FIELDS[where]
    assert refusal_of(make, wrong) == f"{where}: {requirement} (got {shown})"
    assert refusal_of(make, (wrong, 5)) == f"{where}[0]: {requirement} (got {shown})"
    assert refusal_of(make, [5, wrong]) == f"{where}[1]: {requirement} (got {shown})"


@pytest.mark.parametrize("where", FIELDS)
@pytest.mark.parametrize("wrong", [(), (5,), [1, 2, 3], [], ((1, 2), 3, 4)], ids=repr)
def test_a_pair_has_two(where: str, wrong: Any) -> None:
    """A pair of the wrong length is refused."""
    assert refusal_of(FIELDS[where], wrong) == (
        f"{where}: must be one number or a pair of low and high (got {wrong})"
    )


@pytest.mark.parametrize("where", FIELDS)
def test_a_pair_is_the_right_way_up(where: str) -> None:
    """A pair whose low bound is above the high one is refused."""
    assert refusal_of(FIELDS[where], (3, 2)) == f"{where}: low must be at most high (got (3, 2))"


OUT_OF_BOUNDS: dict[str, tuple[object, str]] = {
    "negative": (-1, "-1"),
    "nan": (float("nan"), "nan"),
    "infinite": (float("inf"), "inf"),
    "overflowing": (-1e400, "-inf"),
    "huge": (HUGE, HUGE_SHOWN),
    "huge and negative": (-HUGE, HUGE_SHOWN),
    "smallest float": (-5e-324, "-5e-324"),
    "more than a million million": (10**12 + 1, "1000000000001"),
}


@pytest.mark.parametrize("where", FIELDS)
@pytest.mark.parametrize(("wrong", "shown"), [*OUT_OF_BOUNDS.values()], ids=[*OUT_OF_BOUNDS])
def test_amounts_have_bounds(where: str, wrong: Any, shown: str) -> None:
    """An amount outside the bounds of its field is refused with the bounds."""
    if where in TIMES:
        requirement = f"must be a whole number from 1 to {10**12}"
    elif where in SECONDS_OR_ZERO:
        requirement = "must be at least 0 and at most 86400"
    else:
        requirement = "must be at least 0.001 and at most 86400"
    make = FIELDS[where]
    assert refusal_of(make, wrong) == f"{where}: {requirement} (got {shown})"
    assert refusal_of(make, (1, wrong)) == f"{where}[1]: {requirement} (got {shown})"


@pytest.mark.parametrize("where", LENGTHS)
def test_a_day_is_the_longest(where: str) -> None:
    """No length of time is longer than a day, nor finer than a millisecond."""
    make = LENGTHS[where]
    shortest = "0" if where in SECONDS_OR_ZERO else "0.001"
    assert refusal_of(make, 86400.001) == (
        f"{where}: must be at least {shortest} and at most 86400 (got 86400.001)"
    )
    assert refusal_of(make, Range(1, 10**6)) == (
        f"{where}[1]: must be at least {shortest} and at most 86400 (got 1000000)"
    )
    assert refusal_of(make, 1.0005) == (
        f"{where}: must be a whole number of milliseconds (got 1.0005)"
    )


@pytest.mark.parametrize("where", SECONDS)
def test_what_fills_time_is_never_zero(where: str) -> None:
    """A step, a hold or a written rest has a length."""
    make = SECONDS[where]
    bounds = "must be at least 0.001 and at most 86400"
    assert refusal_of(make, 0) == f"{where}: {bounds} (got 0)"
    assert refusal_of(make, 0.0009) == f"{where}: {bounds} (got 0.0009)"
    assert refusal_of(make, Range(0, 5)) == f"{where}[0]: {bounds} (got 0)"


@pytest.mark.parametrize("where", TIMES)
@pytest.mark.parametrize("wrong", [0, 1.0, 1.5], ids=repr)
def test_times_are_whole_and_positive(where: str, wrong: float) -> None:
    """How often is a whole number of at least one, and no float."""
    assert refusal_of(TIMES[where], wrong) == (
        f"{where}: must be a whole number from 1 to {10**12} (got {wrong})"
    )


@pytest.mark.parametrize("where", TIMES)
def test_times_may_be_a_range_but_no_fraction(where: str) -> None:
    """A range of lengths of time is no range of repetitions."""
    assert refusal_of(TIMES[where], Range(1, 2.5)) == (
        f"{where}[1]: must be a whole number from 1 to {10**12} (got 2.5)"
    )


@pytest.mark.parametrize("where", [*SECONDS, *TIMES])
def test_a_required_amount_is_not_nothing(where: str) -> None:
    """None is an amount only where something else stands in."""
    if where in {"Hold.seconds", "Rest.seconds"}:
        assert refusal_of(FIELDS[where], None) == f"{where}: must be a number (got None)"
    elif where in {"Exercise.reps", "Exercise.sets", "Circuit.rounds"}:
        assert refusal_of(FIELDS[where], None) == (
            f"{where}: must be a whole number from 1 to {10**12} (got None)"
        )
    else:
        assert FIELDS[where](None) is None
