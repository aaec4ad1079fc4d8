"""What every field of a kind refuses, and how to catch what it says."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from itertools import count
from typing import TYPE_CHECKING, Any

import pytest

from supple import ModelError

if TYPE_CHECKING:
    from collections.abc import Callable


def refusal_of(call: Callable[..., object], *args: Any, **kwargs: Any) -> str:
    """Return the message of the `ModelError` that a call raises."""
    with pytest.raises(ModelError) as caught:
        call(*args, **kwargs)
    return str(caught.value)


class Three:
    """An integer of another library's."""

    def __index__(self) -> int:
        return 3


class Boo:
    """An object that says with an error of its own that it is no integer."""

    def __index__(self) -> int:
        raise ValueError("boo")

    def __repr__(self) -> str:
        return "Boo()"


class Float64(float):
    """A float that prints like numpy's."""

    __slots__ = ()

    def __repr__(self) -> str:
        return f"np.float64({float(self)!r})"


HUGE = 10**5000
HUGE_SHOWN = "an integer of about 5001 digits"

NO_NUMBERS: dict[str, tuple[object, str]] = {
    "true": (True, "True"),
    "false": (False, "False"),
    "text": ("5", "'5'"),
    "bytes": (b"5", "b'5'"),
    "decimal": (Decimal("0.5"), "Decimal('0.5')"),
    "fraction": (Fraction(1, 2), "Fraction(1, 2)"),
    "complex": (1j, "1j"),
    "set": ({1, 2}, "{1, 2}"),
    "dict": ({"low": 1}, "{'low': 1}"),
    "object": (Three, "<class 'tests.refusals.Three'>"),
    "an error of its own": (Boo(), "Boo()"),
}
"""What is no number although it might look like one, and how a message shows it."""

NO_LISTS: dict[str, tuple[object, str]] = {
    "text": ("abc", "'abc'"),
    "bytes": (b"abc", "b'abc'"),
    "dict": ({1: 2}, "{1: 2}"),
    "set": ({1}, "{1}"),
    "frozenset": (frozenset({1}), "frozenset({1})"),
    "number": (5, "5"),
    "nothing": (None, "None"),
    "a class": (list, "<class 'list'>"),
}
"""What is no list although it might be iterable, and how a message shows it."""

GARBLING = (
    "must be one line without control characters, hidden characters or overrides of the text "
    "direction"
)

NO_TEXTS: dict[str, tuple[object, str]] = {
    "number": (5, "must be text (got 5)"),
    "bytes": (b"abc", "must be text (got b'abc')"),
    "list": (["abc"], "must be text (got ['abc'])"),
    "empty": ("", "must not be empty (got '')"),
    "space": (" ", "must not be empty (got ' ')"),
    "tab": ("\t", r"must not be empty (got '\t')"),
    "no-break space": ("\xa0", r"must not be empty (got '\xa0')"),
    "newline": ("a\nb", rf"{GARBLING} (got 'a\nb')"),
    "carriage return": ("a\r", rf"{GARBLING} (got 'a\r')"),
    "null": ("a\0b", rf"{GARBLING} (got 'a\x00b')"),
    "escape": ("\x1b[31m", rf"{GARBLING} (got '\x1b[31m')"),
    "delete": ("a\x7f", rf"{GARBLING} (got 'a\x7f')"),
    "next line": ("a\x85", rf"{GARBLING} (got 'a\x85')"),
    "line separator": ("a\u2028b", rf"{GARBLING} (got 'a\u2028b')"),
    "paragraph separator": ("a\u2029b", rf"{GARBLING} (got 'a\u2029b')"),
    "right-to-left mark": ("a\u200f", rf"{GARBLING} (got 'a\u200f')"),
    "arabic letter mark": ("a\u061c", rf"{GARBLING} (got 'a\u061c')"),
    "override": ("a\u202eb", rf"{GARBLING} (got 'a\u202eb')"),
    "isolate": ("a\u2066b", rf"{GARBLING} (got 'a\u2066b')"),
    "deprecated control": ("a\u206a", rf"{GARBLING} (got 'a\u206a')"),
    "byte order mark": ("a\ufeffb", rf"{GARBLING} (got 'a\ufeffb')"),
    "annotation": ("a\ufff9b", rf"{GARBLING} (got 'a\ufff9b')"),
    "noncharacter": ("a\ufdd0", rf"{GARBLING} (got 'a\ufdd0')"),
    "last noncharacter": ("a\U0010ffff", rf"{GARBLING} (got 'a\U0010ffff')"),
    "tag": ("a\U000e0041", rf"{GARBLING} (got 'a\U000e0041')"),
    "lone surrogate": ("a\ud800", rf"{GARBLING} (got 'a\ud800')"),
    "too long": (
        "x" * 1001,
        f"must be at most 1000 characters long (got '{'x' * 37}...{'x' * 38}')",
    ),
}
"""What is no line of text, and what a field says of it."""


def endless() -> Any:
    """Return an iterator without an end."""
    return count()
