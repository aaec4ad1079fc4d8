"""From the model to plain data, by the same tables by which it is read."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, time
from enum import StrEnum
from typing import TYPE_CHECKING, Any, TypeAlias

from supple._model import Breath, Exercise, Prescription, Range, Routine
from supple.catalog._format import TABLES, tables_in

if TYPE_CHECKING:
    from collections.abc import Callable

    from attrs import Attribute

    from supple.catalog._format import Tables

PlainTable: TypeAlias = dict[str, Any]

_ORDER = {"cycle": 1, "finish": 2, "sources": 3, "pictures": 4, "advice": 2}
"""The order of lists of tables, where it is not that of the model: as a person does things."""


class Plainer:
    """Makes plain data of every class that a table describes.

    A key whose value is the default is left out. The keys of a table are in the order of the
    model, and those that are lists of tables come last.

    Args:
        name: Returns the keys by which an item names an exercise.
        tables: The tables that there are.
    """

    def __init__(self, name: Callable[[Exercise], PlainTable], tables: Tables = TABLES) -> None:
        self.name = name
        self.tables = tables

    def table(self, value: Any) -> PlainTable:
        """Return the plain data of a value."""
        table = self.tables[type(value)]
        plain = self.name(value.exercise) if isinstance(value, Prescription) else {}
        last: PlainTable = {}
        for field in table.fields:
            kept = _listed(getattr(value, field.name))
            if _is_default(kept, field, value):
                continue
            made = self._value(kept)
            requirement: Any = field.validator
            if not table.key(field.name):
                plain |= made
            elif tables_in(requirement, self.tables):
                last[table.key(field.name)] = made
            else:
                plain[table.key(field.name)] = made
        return plain | dict(sorted(last.items(), key=lambda pair: _ORDER.get(pair[0], 0)))

    def _value(self, value: Any) -> Any:
        if isinstance(value, tuple):
            return [
                self.name(each) if isinstance(each, Exercise) else self._value(each)
                for each in value
            ]
        if isinstance(value, StrEnum):
            return value.value
        if type(value) in self.tables:
            return self.table(value)
        return _PLAIN[type(value)](value) if type(value) in _PLAIN else value


_PLAIN: Mapping[type, Callable[[Any], Any]] = {
    Range: lambda amount: amount.low if amount.low == amount.high else [amount.low, amount.high],
    Breath: lambda breath: [breath.in_, breath.out],
    date: date.isoformat,
    time: lambda at: at.isoformat("seconds" if at.second else "minutes"),
}
"""What makes plain data of a value that is no table."""


def _is_default(kept: object, field: Attribute[Any], value: object) -> bool:
    default: Any = field.default
    if isinstance(value, Routine) and field.name == "name":
        default = value.id
    if isinstance(value, Routine) and field.name == "advice" and not kept:
        return not any(exercise.advice for exercise in value.exercises.values())
    if isinstance(value, Exercise) and field.name == "phase":
        default = value.kind.phase
    return bool(kept == default)


def _listed(kept: Any) -> Any:
    """Return a catalog's routines by id, or its advice by tier, as the list that they were."""
    if not isinstance(kept, Mapping):
        return kept
    values = kept.values()
    return tuple(
        each for value in values for each in (value if isinstance(value, tuple) else (value,))
    )
