"""The requirements of the model's fields, for the arguments of functions.

Each takes ``where`` (the function and argument, for the message) and the value that was given,
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


class Required(Protocol[T_co]):
    """A requirement: what it returns is the value to keep."""

    def __call__(self, where: str, value: object, /) -> T_co:
        """Return the value to keep, or raise :class:`~supple.ModelError`."""


def _by(requirement: Requirement[T]) -> Required[T]:
    return lambda where, value: requirement.kept(value, where)


MOST_TIMES = requirements.MOST_TIMES
LONGEST_NAME = requirements.LONGEST_NAME

seconds = _by(requirements.SECONDS)
seconds_or_zero = _by(requirements.SECONDS_OR_ZERO)
level = _by(requirements.LEVEL)
flag = _by(requirements.FLAG)
line = _by(requirements.LINE)
text = _by(requirements.TEXT)
language = _by(requirements.LANGUAGE)
name = _by(requirements.NAME)
url = _by(requirements.URL)


def real(where: str, value: object, requirement: str = "must be a number") -> int | float:
    """Require a number, which may yet be infinite or no number at all."""
    try:
        return requirements.REAL.kept(value)
    except ModelError as error:
        raise ModelError(where, requirement, value, code=error.code) from None


def optional(required: Required[T]) -> Required[T | None]:
    """Let ``None`` through, too."""
    return lambda where, value: None if value is None else required(where, value)


def whole(low: int, high: int) -> Required[int]:
    """Require a whole number within bounds."""
    return _by(requirements.Whole(low, high))


def word_of(words: type[Word]) -> Required[Word]:
    """Require one word of a closed set, as text or as its member."""
    return _by(requirements.WordOf(words))


def instance_of(*kinds: type[T]) -> Required[T]:
    """Require an instance of one of some classes."""
    return _by(requirements.InstanceOf(*kinds))


def sequence_of(required: Required[T]) -> Required[tuple[T, ...]]:
    """Require something of every element of a list; the list is kept as a tuple."""

    def each(where: str, value: object) -> tuple[T, ...]:
        elements = requirements.LIST.kept(value, where)
        return tuple(required(f"{where}[{i}]", element) for i, element in enumerate(elements))

    return each
