"""The requirements of the model's fields, for the arguments of functions.

A check takes ``where`` (the function and argument, for the message) and the value that was given,
and returns the value to keep or raises :class:`~supple.ModelError`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, TypeVar

from supple._errors import ModelError
from supple._model import requirements

if TYPE_CHECKING:
    from enum import StrEnum

    from supple._model.requirements import Requirement

    Word = TypeVar("Word", bound=StrEnum)

T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)


class Check(Protocol[T_co]):
    """A requirement: what it returns is the value to keep."""

    def __call__(self, where: str, value: object, /) -> T_co:
        """Return the value to keep, or raise :class:`~supple.ModelError`."""


def _check(requirement: Requirement[T]) -> Check[T]:
    return lambda where, value: requirement.kept(value, where)


MOST_TIMES = requirements.MOST_TIMES
LONGEST_NAME = requirements.LONGEST_NAME

seconds = _check(requirements.SECONDS)
seconds_or_zero = _check(requirements.SECONDS_OR_ZERO)
level = _check(requirements.LEVEL)
flag = _check(requirements.FLAG)
line = _check(requirements.LINE)
text = _check(requirements.TEXT)
language = _check(requirements.LANGUAGE)
name = _check(requirements.NAME)
url = _check(requirements.URL)


def real(where: str, value: object, requirement: str = "must be a number") -> int | float:
    """Require a number, which may yet be infinite or no number at all."""
    try:
        return requirements.REAL.kept(value)
    except ModelError as error:
        raise ModelError(where, requirement, value, code=error.code) from None


def optional(check: Check[T]) -> Check[T | None]:
    """Return a check that lets ``None`` through."""
    return lambda where, value: None if value is None else check(where, value)


def whole(low: int, high: int) -> Check[int]:
    """Return a check that requires a whole number within bounds."""
    return _check(requirements.Whole(low, high))


def word_of(words: type[Word]) -> Check[Word]:
    """Return a check that requires one word of a closed set, as text or as its member."""
    return _check(requirements.WordOf(words))


def instance_of(*kinds: type[T]) -> Check[T]:
    """Return a check that requires an instance of one of some classes."""
    return _check(requirements.InstanceOf(*kinds))


def sequence_of(check: Check[T]) -> Check[tuple[T, ...]]:
    """Return a check of every element of a list; the list is kept as a tuple."""

    def check_all(where: str, value: object) -> tuple[T, ...]:
        elements = requirements.LIST.kept(value, where)
        return tuple(check(f"{where}[{i}]", element) for i, element in enumerate(elements))

    return check_all
