"""What the fields of the model require, each requirement in one place.

A check takes ``where`` (the class and field, for the message) and the value that was given,
and returns the value to keep or raises :class:`~supple.ModelError`.
"""

from __future__ import annotations

import operator
import re
import unicodedata
from itertools import islice
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from supple._errors import ModelError, close_matches, suggestion
from supple._model.sided import has_stray_braces
from supple._units import LONGEST_SECONDS, SHORTEST_SECONDS, is_whole_ms, plain

if TYPE_CHECKING:
    from collections.abc import Iterator
    from enum import StrEnum

    Word = TypeVar("Word", bound=StrEnum)

T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)


class Check(Protocol[T_co]):
    """A requirement: what it returns is the value to keep."""

    def __call__(self, where: str, value: object, /) -> T_co:
        """Return the value to keep, or raise :class:`~supple.ModelError`."""


LONGEST_TEXT = 1000
LONGEST_NAME = 64
MOST_TIMES = 10**12
MOST_ELEMENTS = 100_000

_URL = re.compile(r"https?://[^\s/]\S*")
_NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")

# Language-Tag of RFC 5646, section 2.1: language and extended language, script, region, variants,
# extensions, private use; or private use alone. The grandfathered tags that it calls irregular,
# such as i-klingon, are refused: nearly all have another tag to use instead.
_LANGUAGE = re.compile(
    r"""
    (
        ([A-Za-z]{2,3}(-[A-Za-z]{3}){0,3} | [A-Za-z]{4,8})
        (-[A-Za-z]{4})?
        (-([A-Za-z]{2} | [0-9]{3}))?
        (-([A-Za-z0-9]{5,8} | [0-9][A-Za-z0-9]{3}))*
        (-[0-9A-WY-Za-wy-z](-[A-Za-z0-9]{2,8})+)*
        (-[Xx](-[A-Za-z0-9]{1,8})+)?
    )
    | [Xx](-[A-Za-z0-9]{1,8})+
    """,
    re.VERBOSE,
)

# The categories of Unicode that no instruction needs and that can garble a screen: control
# characters, surrogates, and line and paragraph separators. Of the format characters (Cf) only
# those that reorder what stands around them are refused; joiners are part of some scripts.
_REFUSED_CATEGORIES = frozenset({"Cc", "Cs", "Zl", "Zp"})
_INVISIBLE_CATEGORIES = frozenset({"Cf", "Zs"})
_BIDI_CONTROLS = frozenset(
    "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
)


def optional(check: Check[T]) -> Check[T | None]:
    """Return a check that lets ``None`` through."""

    def checked_or_none(where: str, value: object) -> T | None:
        return None if value is None else check(where, value)

    return checked_or_none


def real(where: str, value: object, requirement: str = "must be a number") -> int | float:
    """Require an ``int`` or a ``float``, which may yet be infinite or no number at all."""
    if isinstance(value, bool):
        raise ModelError(where, requirement, value)
    if isinstance(value, float):
        return float(value)
    try:
        return operator.index(value)  # type: ignore[arg-type]  # what has no index raises
    except TypeError:
        raise ModelError(where, requirement, value) from None


def amount(where: str, value: object) -> int | float:
    """Require a number from 0 to a million million, in whole thousandths."""
    kept = real(where, value)
    if not 0 <= kept <= MOST_TIMES:  # false for NaN, too
        raise ModelError(where, f"must be at least 0 and at most {MOST_TIMES}", value)
    if not is_whole_ms(kept):
        raise ModelError(where, "must have at most three decimal places", value)
    return plain(kept)


def whole(low: int, high: int) -> Check[int]:
    """Return a check that requires a whole number within bounds."""
    requirement = f"must be a whole number from {low} to {high}"

    def check(where: str, value: object) -> int:
        kept = real(where, value, requirement)
        if not isinstance(kept, int) or not low <= kept <= high:
            raise ModelError(where, requirement, value)
        return kept

    return check


def seconds(where: str, value: object) -> int | float:
    """Require a positive number of seconds, whole to the millisecond, of at most a day."""
    return _seconds(where, value, SHORTEST_SECONDS)


def seconds_or_zero(where: str, value: object) -> int | float:
    """Require a number of seconds, whole to the millisecond, from zero to a day."""
    return _seconds(where, value, 0)


def _seconds(where: str, value: object, shortest: float) -> int | float:
    kept = real(where, value)
    if not shortest <= kept <= LONGEST_SECONDS:  # false for NaN, too
        raise ModelError(
            where, f"must be at least {shortest} and at most {LONGEST_SECONDS}", value
        )
    if not is_whole_ms(kept):
        raise ModelError(where, "must be a whole number of milliseconds", value)
    return plain(kept)


def level(where: str, value: object) -> int | float:
    """Require a level: a number from 0 to 1."""
    requirement = "must be a number from 0 to 1"
    kept = real(where, value, requirement)
    if not 0 <= kept <= 1:
        raise ModelError(where, requirement, value)
    return kept


def fraction(where: str, value: object) -> int | float:
    """Require a part of a whole, but neither nothing nor all of it."""
    requirement = "must be between 0 and 1, both excluded"
    kept = real(where, value, requirement)
    if not 0 < kept < 1:  # false for NaN, too
        raise ModelError(where, requirement, value)
    return kept


def flag(where: str, value: object) -> bool:
    """Require true or false."""
    if not isinstance(value, bool):
        raise ModelError(where, "must be true or false", value)
    return value


def line(where: str, value: object) -> str:
    """Require one line of visible text that cannot garble what surrounds it."""
    if not isinstance(value, str):
        raise ModelError(where, "must be text", value)
    categories = [unicodedata.category(character) for character in value]
    if not value.strip() or _INVISIBLE_CATEGORIES.issuperset(categories):
        raise ModelError(where, "must not be empty", value)
    for character, category in zip(value, categories, strict=True):
        if character in _BIDI_CONTROLS or category in _REFUSED_CATEGORIES:
            raise ModelError(
                where,
                "must be one line without control characters or overrides of the text direction",
                value,
            )
    return str(value)


def text(where: str, value: object) -> str:
    """Require one line of visible text that is not too long."""
    if isinstance(value, str) and len(value) > LONGEST_TEXT:
        raise ModelError(where, f"must be at most {LONGEST_TEXT} characters long", value)
    return line(where, value)


def template(where: str, value: object) -> str:
    """Require text whose only braces, if any, name the side."""
    kept = text(where, value)
    if has_stray_braces(kept):
        raise ModelError(where, "must have no braces but {side} or {left form|right form}", value)
    return kept


def language(where: str, value: object) -> str:
    """Require the tag of a language, well-formed as in RFC 5646, of at most 64 characters."""
    if not isinstance(value, str) or len(value) > LONGEST_NAME or not _LANGUAGE.fullmatch(value):
        raise ModelError(where, "must be a language tag such as 'en' or 'pt-BR'", value)
    return str(value)


def name(where: str, value: object) -> str:
    """Require an identifier: words of a-z and 0-9 joined by single hyphens."""
    if not isinstance(value, str) or len(value) > LONGEST_NAME or not _NAME.fullmatch(value):
        raise ModelError(
            where,
            f"must be words of a-z and 0-9 joined by hyphens, such as 'knee-rolls', "
            f"of at most {LONGEST_NAME} characters",
            value,
        )
    return str(value)


def url(where: str, value: object) -> str:
    """Require the address of a web page."""
    kept = text(where, value)
    if not _URL.fullmatch(kept):
        raise ModelError(where, "must be an address that begins with https:// or http://", value)
    return kept


def relative_path(where: str, value: object) -> str:
    """Require a path that stays inside its folder, written with forward slashes."""
    kept = text(where, value)
    parts = kept.split("/")
    if "\\" in kept or ":" in kept or any(part in {"", ".", ".."} for part in parts):
        raise ModelError(
            where, "must be a path inside the folder, with forward slashes and no '..'", value
        )
    return kept


def word_of(words: type[Word]) -> Check[Word]:
    """Return a check that requires one word of a closed set, as text or as its member."""
    known = [member.value for member in words]

    def check(where: str, value: object) -> Word:
        if isinstance(value, str) and value in known:
            return words(value)
        requirement = f"must be one of {', '.join(known)}"
        hint = suggestion(close_matches(value, known))
        raise ModelError(where, f"{requirement}{hint}", value)

    return check


def instance_of(*kinds: type[T]) -> Check[T]:
    """Return a check that requires an instance of one of some classes."""
    requirement = f"must be {' or '.join(kind.__name__ for kind in kinds)}"

    def check(where: str, value: object) -> T:
        if not isinstance(value, kinds):
            raise ModelError(where, requirement, value)
        return value

    return check


def sequence_of(check: Check[T], *, required: bool = False) -> Check[tuple[T, ...]]:
    """Return a check of every element of a list; the list is kept as a tuple."""

    def check_all(where: str, value: object) -> tuple[T, ...]:
        elements = _elements(where, value)
        if required and not elements:
            raise ModelError(where, "must not be empty", value)
        if len(elements) > MOST_ELEMENTS:
            raise ModelError(where, f"must have at most {MOST_ELEMENTS} elements", value)
        return tuple(check(f"{where}[{i}]", element) for i, element in enumerate(elements))

    return check_all


def _elements(where: str, value: object) -> tuple[Any, ...]:
    # Text is a sequence of letters, a set has no order and a mapping yields its keys: each can
    # be iterated, and none of them is what the author meant by a list.
    if isinstance(value, str | bytes | dict | set | frozenset):
        raise ModelError(where, "must be a list", value)
    try:
        iterator: Iterator[Any] = iter(value)  # type: ignore[call-overload]  # what is no iterable raises
    except TypeError:
        raise ModelError(where, "must be a list", value) from None
    return tuple(islice(iterator, MOST_ELEMENTS + 1))
