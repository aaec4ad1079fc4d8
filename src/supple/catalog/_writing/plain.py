"""From the model to plain data, by the same tables by which it is read."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeAlias

from cattrs import Converter

from supple._model import Exercise, Prescription, Range, Routine
from supple.catalog._format import LISTS, TABLES

if TYPE_CHECKING:
    from collections.abc import Callable
    from inspect import Parameter

    from supple._model import RoutineItem
    from supple.catalog._format import Table, Tables

PlainTable: TypeAlias = dict[str, Any]

_ORDER = {parameter: i for i, parameter in enumerate(LISTS)}


def new_unstructurer(name: Callable[[Exercise], PlainTable], tables: Tables = TABLES) -> Converter:
    """Return a converter that unstructures each class that a table describes.

    A key whose value is the default is left out. The keys of a table are in the order of the
    model, and those that are lists of tables come last.

    Args:
        name: Returns the keys by which an item names an exercise.
        tables: The tables that there are.
    """
    converter = Converter()

    def item(value: RoutineItem) -> PlainTable:
        if isinstance(value, Exercise):
            return name(value)
        if isinstance(value, Prescription):
            dose: PlainTable = converter.unstructure(value.dose)
            return name(value.exercise) | dose
        plain: PlainTable = converter.unstructure(value)
        return plain

    converter.register_unstructure_hook(Range, _amount)
    for table in tables.values():
        converter.register_unstructure_hook(table.cls, _table_hook(converter, table, item))
    return converter


def _table_hook(
    converter: Converter, table: Table, item: Callable[[RoutineItem], PlainTable]
) -> Callable[[Any], PlainTable]:
    parameters = table.parameters
    order = sorted(parameters, key=lambda parameter: _ORDER.get(parameter, -1))

    def hook(value: Any) -> PlainTable:
        plain: PlainTable = {}
        for parameter in order:
            kept = _listed(getattr(value, parameter))
            if _is_default(kept, parameters[parameter], value):
                continue
            hook = item if parameter == "items" else converter.unstructure
            plain[table.words.get(parameter, parameter)] = (
                [hook(each) for each in kept] if isinstance(kept, tuple) else hook(kept)
            )
        return plain

    return hook


def _is_default(kept: object, parameter: Parameter, value: object) -> bool:
    default = parameter.default
    if isinstance(value, Routine) and parameter.name == "name":
        return kept == value.id
    if isinstance(kept, Range) and isinstance(default, int):
        return kept == Range(default)
    return bool(kept == default)


def _listed(kept: Any) -> Any:
    """Return a catalog's routines by id, or its advice by tier, as the list that they were."""
    if not isinstance(kept, Mapping):
        return kept
    values = kept.values()
    return tuple(
        each for value in values for each in (value if isinstance(value, tuple) else (value,))
    )


def _amount(amount: Range) -> float | list[float]:
    return amount.low if amount.low == amount.high else [amount.low, amount.high]
