"""Everything that the model holds is a value: frozen, equal when equal, copied and pickled."""

from __future__ import annotations

import copy
import pickle
import sys
from typing import TYPE_CHECKING, Any

import pytest
from attrs import asdict, evolve, fields
from attrs.exceptions import FrozenInstanceError
from hypothesis import given, strategies as st

import supple
from supple.testing import strategies as make
from tests import strategies as my

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy

VALUES: SearchStrategy[Any] = st.one_of(
    my.ranges,
    my.marks,
    my.steps(),
    my.holds(),
    my.sources,
    my.pictures,
    my.exercises(),
    my.doses(),
    my.prescriptions(),
    my.rests(),
    my.circuits(),
    my.advice,
    make.routines(),
    my.pacings(),
)


def public(value: Any) -> list[str]:
    """Return the names of a value's public fields."""
    return [field.alias for field in fields(type(value)) if field.init and field.eq]


@given(VALUES)
def test_copies_are_equal(value: Any) -> None:
    """A copy, a deep copy and a pickled value are equal to the value and hash alike."""
    for other in (
        copy.copy(value),
        copy.deepcopy(value),
        *(pickle.loads(pickle.dumps(value, protocol)) for protocol in range(2, 6)),  # noqa: S301
    ):
        assert type(other) is type(value)
        assert other == value
        assert hash(other) == hash(value)
        assert repr(other) == repr(value)


@given(VALUES)
def test_evolving_nothing_changes_nothing(value: Any) -> None:
    """`attrs.evolve` makes an equal value, through the same checks."""
    assert evolve(value) == value
    if sys.version_info >= (3, 13):
        assert copy.replace(value) == value


@given(VALUES)
def test_the_fields_rebuild_the_value(value: Any) -> None:
    """What a value keeps is what its class accepts, so a value can be made again from it."""
    given_first = "low" if isinstance(value, supple.Range) else public(value)[0]
    kept = {name: getattr(value, name) for name in public(value)}
    if not isinstance(value, supple.Dose | supple.Pacing):
        assert type(value)(kept.pop(given_first), **kept) == value
    else:
        assert type(value)(**kept) == value


@given(VALUES, VALUES)
def test_values_differ_where_a_field_does(one: Any, other: Any) -> None:
    """Values are equal when they are of one class and every public field is equal."""
    same = type(one) is type(other) and all(
        getattr(one, name) == getattr(other, name) for name in public(one)
    )
    assert (one == other) is same
    assert (one != other) is not same


@given(VALUES)
def test_values_are_frozen(value: Any) -> None:
    """No field of a value can be set or deleted, and none can be added."""
    for name in public(value):
        with pytest.raises(FrozenInstanceError):
            setattr(value, name, getattr(value, name))
        with pytest.raises(FrozenInstanceError):
            delattr(value, name)
    with pytest.raises(FrozenInstanceError):
        value.anything = 1
    assert not hasattr(value, "__dict__")


@given(VALUES)
def test_the_repr_shows_what_is_not_as_by_default(value: Any) -> None:
    """The repr names the class and what was chosen, which is enough to make the value again."""
    if isinstance(value, supple.Range):
        assert eval(repr(value), {"Range": supple.Range}) == value  # noqa: S307 - its purpose
    else:
        kept = [(each, getattr(value, each.name)) for each in fields(type(value)) if each.repr]
        computed = (
            {"name": value.id, "advice": (), "language": value.prescriptions[0].exercise.language}
            if isinstance(value, supple.Routine)
            else {}
        )
        chosen = {
            field.alias: each
            for field, each in kept
            if each != computed.get(field.name, field.default)
        }
        shown = ", ".join(f"{name}={each!r}" for name, each in chosen.items())
        assert repr(value) == f"{type(value).__name__}({shown})"
        assert type(value)(**chosen) == value


def test_evolve_checks() -> None:
    """`attrs.evolve` refuses what the class refuses."""
    with pytest.raises(supple.ModelError) as caught:
        evolve(supple.Hold("Keep", seconds=5), seconds=0)
    assert str(caught.value) == ("Hold.seconds: must be at least 0.001 and at most 86400 (got 0)")


def test_evolving_a_circuit() -> None:
    """A circuit with another number of rounds is the circuit that would be written so."""
    reach = supple.Exercise(
        "reach",
        name="Reach",
        kind="stretch",
        position="standing",
        cycle=[supple.Hold("Keep", seconds=1)],
    )
    circuit = supple.Circuit([reach], rounds=2)
    assert evolve(circuit, rounds=3) == supple.Circuit([reach], rounds=3)
    assert asdict(circuit, recurse=False)["items"] == (reach,)


def test_different_classes_are_never_equal() -> None:
    """A step and a hold that say the same differ, and a range is no tuple."""
    step: object = supple.Step("Go", seconds=1)
    assert step != supple.Hold("Go", seconds=1)
    pair: object = supple.Range(1, 2)
    assert pair != (1, 2)
    assert supple.Range(1) != pair
