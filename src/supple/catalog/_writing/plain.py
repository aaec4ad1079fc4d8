"""From the model to plain data, by the same tables by which it is read."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, time
from enum import StrEnum
from itertools import chain
from typing import TYPE_CHECKING, Any

from supple._model import Breath, Exercise, Prescription, Range, Routine
from supple.catalog._format import TABLES, tables_in

if TYPE_CHECKING:
    from collections.abc import Callable

    from attrs import Attribute

    from supple.catalog._format import Tables

_ORDER = {"cycle": 1, "finish": 2, "sources": 3, "pictures": 4, "links": 5, "advice": 2}
"""The order of lists of tables, where it is not that of the model: as a person does things."""


class Plainer:
    """Makes plain data of every class that a table describes.

    A key whose value is the default is left out. The keys of a table are in the order of the
    model, and those that are lists of tables come last. An item names an exercise by the keys
    that ``name`` returns, or else by its id.
    """

    def __init__(
        self,
        tables: Tables = TABLES,
        name: Callable[[Exercise], dict[str, Any]] = lambda exercise: {"exercise": exercise.id},
    ) -> None:
        self.name = name
        self.tables = tables

    def table(self, value: Any) -> dict[str, Any]:
        """Return the plain data of a value."""
        table = self.tables[type(value)]
        plain = self.name(value.exercise) if isinstance(value, Prescription) else {}
        last: dict[str, Any] = {}
        for field in table.fields:
            kept = _listed(getattr(value, field.name))
            if _is_default(kept, field, value):
                continue
            made = self._value(kept)
            key = table.key(str(field.alias))
            if not key:
                plain |= made
            elif tables_in(field.validator, self.tables):
                last[key] = made
            else:
                plain[key] = made
        return plain | dict(sorted(last.items(), key=lambda pair: _ORDER.get(pair[0], 0)))

    def _value(self, value: Any) -> Any:
        if isinstance(value, tuple):
            return [
                self.name(each) if isinstance(each, Exercise) else self._value(each)
                for each in value
            ]
        return self.table(value) if type(value) in self.tables else _scalar(value)


def _scalar(value: Any) -> Any:
    match value:
        case StrEnum():
            return value.value
        case Range(low=low, high=high):
            return low if low == high else [low, high]
        case Breath(in_=breath_in, out=out):
            return [breath_in, out]
        case date():
            return value.isoformat()
        case time():
            return value.isoformat("seconds" if value.second else "minutes")
    return value


def _is_default(kept: object, field: Attribute[Any], value: object) -> bool:
    match value, field.name:
        case Routine(), "name":
            return kept == value.id
        case Routine(), "advice" if not kept:
            return not any(exercise.advice for exercise in value.exercises.values())
    return bool(kept == field.default)


def _listed(kept: Any) -> Any:
    """Return a catalog's routines by id, or its advice by tier, as the list that they were."""
    if not isinstance(kept, Mapping):
        return kept
    values = (each if isinstance(each, tuple) else (each,) for each in kept.values())
    return tuple(chain.from_iterable(values))
