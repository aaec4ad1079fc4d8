"""What an import gives: the catalog, and an account of how it came about."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, TypeAlias

from attrs import frozen

from supple._errors import show
from supple._model import Range
from supple.catalog._catalog import Catalog

if TYPE_CHECKING:
    from collections.abc import Iterable

_LINES_SHOWN = 20
_LETTERS_SHOWN = 80

FilledValue: TypeAlias = "str | Range | tuple[str, ...]"


@frozen
class Filled:
    """A value of an exercise that no field of its record gives.

    Args:
        record: The id of the record, as it is there.
        field: The field of the exercise.
        value: What it was filled with.
        why: What in the instructions says so, or why there is a default.
        is_default: Whether it is a default; otherwise it was read out of the instructions.
    """

    record: str
    field: str
    value: FilledValue
    why: str
    is_default: bool

    def __str__(self) -> str:
        return f"{_safe(self.record)}: {self.field} = {_plain(self.value)}: {self.why}"


@frozen
class Refused:
    """A record that could not be used.

    Args:
        record: The id of the record, as it is there, or its place in the list, such as ``[12]``.
        path: The place inside the record, such as ``instructions[1]``; empty for all of it.
        requirement: What would have been accepted.
        got: The value that was refused.
    """

    record: str
    path: str
    requirement: str
    got: object

    def __str__(self) -> str:
        path = f"{self.path}: " if self.path else ""
        return f"{_safe(self.record)}: {path}{self.requirement} (got {show(self.got)})"


@frozen
class LeftOut:
    """A field of the records that has no place in the catalog.

    Args:
        field: The field, as it is in the records.
        records: How many of the records that were used have it.
        why: Why it is left out.
    """

    field: str
    records: int
    why: str

    def __str__(self) -> str:
        return f"{_safe(self.field)} ({self.records}): {self.why}"


@frozen
class Imported:
    """The outcome of an import; ``str()`` of it is a short summary.

    Args:
        catalog: The exercises of the records that could be used, in their order.
        filled: Every value that no field of a record gives, exercise by exercise.
        refused: The records that could not be used, in their order, each with the first reason.
        left_out: The fields that have no place in the catalog, once each.
    """

    catalog: Catalog
    filled: tuple[Filled, ...]
    refused: tuple[Refused, ...]
    left_out: tuple[LeftOut, ...]

    def __str__(self) -> str:
        used, refused = len(self.catalog), len(self.refused)
        return "\n".join(
            [
                f"{self.catalog.name}: {used} of {used + refused} records used, {refused} refused",
                *_counted(
                    "refused",
                    (": ".join(filter(None, (r.path, r.requirement))) for r in self.refused),
                ),
                *_counted(
                    "filled with a default",
                    (f"{f.field} = {_plain(f.value)}" for f in self.filled if f.is_default),
                ),
                *_counted(
                    "read out of the instructions",
                    (f.field for f in self.filled if not f.is_default),
                ),
                *_listed("left out, with the number of records", map(str, self.left_out)),
            ]
        )


def _safe(text: str) -> str:
    """Return text as it is, or short and escaped where it would garble what is around it."""
    return text if text.isprintable() and len(text) <= _LETTERS_SHOWN else show(text)


def _plain(value: FilledValue) -> str:
    """Return a value as it would stand in a sentence."""
    if isinstance(value, Range):
        return str(value.low) if value.low == value.high else f"{value.low} to {value.high}"
    if isinstance(value, tuple):
        return ", ".join(value) or "none"
    return value


def _counted(heading: str, reasons: Iterable[str]) -> list[str]:
    return _listed(
        heading, (f"{count} x {reason}" for reason, count in Counter(reasons).most_common())
    )


def _listed(heading: str, lines: Iterable[str]) -> list[str]:
    listed = list(lines)
    if not listed:
        return []
    more = len(listed) - _LINES_SHOWN
    ending = [f"  and {more} more"] if more > 0 else []
    return [f"{heading}:", *(f"  {line}" for line in listed[:_LINES_SHOWN]), *ending]
