"""The tables of catalogs and routine files, format 1, and the classes that they describe.

A table has the fields of its class for keys. What differs stands here, and nothing else: what a
value must be stands on the field.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, TypeAlias, cast

from attrs import evolve, fields, frozen

from supple._model import (
    Advice,
    Circuit,
    Dose,
    DoseSource,
    Exercise,
    Frequency,
    Hold,
    Link,
    Mark,
    Picture,
    Prescription,
    Rest,
    Routine,
    Step,
)
from supple._model.pose import Arm, Leg, Pose, Scene
from supple._model.requirements import InstanceOf, ListOf, Version, bare
from supple.catalog._catalog import Catalog
from supple.catalog._finding.folder import PARTS
from supple.catalog._translation import Translation

if TYPE_CHECKING:
    from attrs import Attribute

FORMAT = Version(1)
"""The format of every document of a catalog, of a routine file and of a translation."""


@frozen
class Table:
    """One kind of table, by the class that it describes.

    Args:
        words: The keys that differ from the fields, by field. What has an empty one is a table
            whose keys stand among the others.
        left_out: Fields that are not taken from the table.
        also: Keys of the table that are no fields.
        mark: The key that only this one has, of the kinds of tables that a list may hold.
    """

    cls: type
    words: Mapping[str, str] = MappingProxyType({})
    left_out: tuple[str, ...] = ()
    also: tuple[str, ...] = ()
    mark: str | None = None

    def key(self, name: str) -> str:
        """Return the key of a field."""
        return self.words.get(name, name)

    @property
    def fields(self) -> list[Attribute[Any]]:
        """The fields that the table gives, in order: those by which values are compared."""
        made = (each for each in fields(self.cls) if each.init and each.eq)
        return [each for each in made if each.name not in self.left_out]


Tables: TypeAlias = Mapping[type, Table]

TABLES: Tables = {
    table.cls: table
    for table in (
        Table(Mark),
        Table(Step, words={"text": "step"}, mark="step"),
        Table(Hold, words={"text": "hold"}, mark="hold"),
        *map(Table, (DoseSource, Picture, Link, Frequency)),
        Table(Exercise, left_out=("language",)),
        Table(Dose),
        Table(
            Prescription,
            words={"dose": ""},
            left_out=("exercise",),
            also=("exercise",),
            mark="exercise",
        ),
        Table(Circuit, words={"items": "circuit"}, mark="circuit"),
        Table(Rest, words={"seconds": "rest"}, mark="rest"),
        Table(Routine, left_out=("language",)),
        *map(Table, (Advice, Leg, Arm, Scene, Pose)),
        Table(Catalog, left_out=PARTS, also=("format",)),
        Table(Translation, also=("format",)),
    )
}
"""Every table of a catalog, by the class that it describes."""

CARRIED = ("exercises", "poses", "phrases")
"""What a routine file has of the exercises that it carries, beside the routine."""

ROUTINE_TABLES: Tables = {
    **TABLES,
    Exercise: Table(Exercise),
    Prescription: evolve(TABLES[Prescription], also=("catalog", "exercise")),
    Routine: Table(Routine, also=("format", *CARRIED)),
}
"""Every table of a routine file: a catalog's, and what a routine by itself has to say, too."""


PROGRAMME = "programme"
"""The table of a routine file that says when the routine is done, and how it grows."""

KINDS: Mapping[type, tuple[str, str]] = {
    Exercise: ("cycle", "an exercise"),
    Pose: ("pelvis", "a pose"),
    Routine: ("items", "a routine"),
    Catalog: ("routines", "a catalog"),
    Translation: ("texts", "a translation"),
}
"""What a document may be: a key that no other has, and what to call it."""


def keys_of(table: Table, tables: Tables) -> list[str]:
    """Return every key that a table may have, in order."""
    keys = [*table.also]
    for each in table.fields:
        key = table.key(str(each.alias))
        keys += [key] if key else keys_of(tables_in(each.validator, tables)[0], tables)
    return keys


def tables_in(requirement: Any, tables: Tables) -> list[Table]:
    """Return the tables that a value, or an element of it, may be; none for any other value."""
    inner = bare(requirement)
    element = inner.element if isinstance(inner, ListOf) else inner
    kinds = element.kinds if isinstance(element, InstanceOf) else ()
    found = [table for table in tables.values() if table.cls in kinds]
    return found if len(found) < 2 else [table for table in found if table.mark]  # noqa: PLR2004


LISTS = {
    *(
        table.key(each.name)
        for table in ROUTINE_TABLES.values()
        for each in table.fields
        if isinstance(bare(requirement := cast("Any", each.validator)), ListOf)
        and tables_in(requirement, ROUTINE_TABLES)
    ),
    *("exercises", "poses", "grow"),
}
"""The keys of lists of tables: what a routine file carries and how it grows, too."""


# It has sides and a hold, so that neither is missed where only something else is at fault.
STAND_IN = Exercise(
    "x", name="x", kind="stretch", position="standing", sides="each", cycle=[Hold("x", seconds=1)]
)
"""Stands where an exercise was refused, whose faults are told already."""
