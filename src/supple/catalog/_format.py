"""The tables of catalogs and routine files, format 1, and the classes that they describe.

A table has the parameters of its class for keys. What differs stands here, and nothing else:
what a value must be is the model's to say.
"""

from __future__ import annotations

from collections.abc import Mapping
from inspect import Parameter, signature
from types import MappingProxyType
from typing import Any, TypeAlias

from attrs import evolve, field, frozen

from supple._model import (
    Advice,
    Circuit,
    Dose,
    DoseSource,
    Exercise,
    Hold,
    Mark,
    Picture,
    Rest,
    Routine,
    RoutineItem,
    Step,
)
from supple.catalog._catalog import Catalog

FORMAT = 1

Segment = Step | Hold

LISTS: Mapping[str, Any] = {
    "setup": tuple[Segment, ...],
    "cycle": tuple[Segment, ...],
    "finish": tuple[Segment, ...],
    "marks": tuple[Mark, ...],
    "sources": tuple[DoseSource, ...],
    "pictures": tuple[Picture, ...],
    "items": tuple[RoutineItem, ...],
    "routines": tuple[Routine, ...],
    "advice": tuple[Advice, ...],
}
"""The parameters that are lists of tables, and what these tables describe."""


@frozen
class Table:
    """One kind of table.

    Args:
        cls: The class that it describes.
        example: Arguments without a fault. Each value of a file is tried in their midst, so
            that the model refuses one at a time and every fault of a table can be told.
        words: The keys that differ from the parameters, by parameter.
        left_out: Parameters that are not taken from the table.
        also: Keys of the table that are no parameters.
        instead_of: For a parameter, another that the example must then not have.
    """

    cls: type
    example: Mapping[str, Any] = field(kw_only=True)
    words: Mapping[str, str] = field(kw_only=True, default=MappingProxyType({}))
    left_out: tuple[str, ...] = field(kw_only=True, default=())
    also: tuple[str, ...] = field(kw_only=True, default=())
    instead_of: Mapping[str, str] = field(kw_only=True, default=MappingProxyType({}))

    @property
    def parameters(self) -> dict[str, Parameter]:
        """The parameters that the table gives, by name, in order."""
        found = signature(self.cls).parameters
        return {name: each for name, each in found.items() if name not in self.left_out}

    @property
    def keys(self) -> tuple[str, ...]:
        """Every key that the table may have."""
        return *self.also, *(self.words.get(name, name) for name in self.parameters)

    def arguments(self, parameter: str, value: object) -> dict[str, object]:
        """Return the arguments of the example, with ``value`` for one parameter."""
        without = self.instead_of.get(parameter)
        kept = {name: each for name, each in self.example.items() if name != without}
        return {**kept, parameter: value}


# It has sides and a hold, so that neither is missed where only something else is at fault.
STAND_IN = Exercise(
    "x",
    name="x",
    kind="stretch",
    position="standing",
    sides="each",
    cycle=[Hold("x", seconds=1)],
)

Tables: TypeAlias = Mapping[type, Table]

TABLES: Tables = {
    table.cls: table
    for table in (
        Table(
            Mark,
            example={"text": "x", "fraction": 0.5},
            instead_of={"before_end": "fraction"},
        ),
        Table(Step, example={"text": "x"}, words={"text": "step"}),
        Table(Hold, example={"text": "x", "seconds": 1}, words={"text": "hold"}),
        Table(DoseSource, example={"title": "x", "says": "x"}),
        Table(Picture, example={"path": "x", "alt": "x"}),
        Table(
            Exercise,
            example={
                "id": "x",
                "name": "x",
                "kind": STAND_IN.kind,
                "position": STAND_IN.position,
                "sides": STAND_IN.sides,
                "cycle": STAND_IN.cycle,
            },
            left_out=("language",),
        ),
        Table(Dose, example={}, also=("exercise",)),
        Table(Rest, example={"seconds": 1}, words={"seconds": "rest"}),
        Table(Circuit, example={"items": [STAND_IN], "rounds": 1}, words={"items": "circuit"}),
        Table(Routine, example={"id": "x", "items": [STAND_IN]}, left_out=("language",)),
        Table(Advice, example={"tier": "general", "text": "x"}),
        Table(
            Catalog,
            example={"name": "x", "title": "x", "version": "x", "language": "en"},
            left_out=("exercises", "translations"),
            also=("format",),
        ),
    )
}
"""Every table of a catalog, by the class that it describes."""

ROUTINE_TABLES: Tables = {
    **TABLES,
    Exercise: evolve(TABLES[Exercise], left_out=()),
    Dose: evolve(TABLES[Dose], also=("catalog", "exercise")),
    Routine: evolve(TABLES[Routine], left_out=(), also=("format", "exercises")),
}
"""Every table of a routine file: a catalog's, and what a routine by itself has to say, too."""
