"""JSON Schemas of the documents that supple reads, derived from the model.

Which keys there are, which are required, what they are by default and what they mean comes from
:mod:`supple.catalog._format` and the classes that its tables describe; bounds, patterns and words
come from the requirements on their fields. A schema cannot say everything: what it refuses a
reader refuses, too, and a reader has the last word.
"""

from __future__ import annotations

import re
from inspect import getdoc
from typing import TYPE_CHECKING, Any, Final

from attrs import NOTHING

from supple._errors import UnknownNameError
from supple._model import Circuit, Exercise, Mark, Pose, Range, Routine, requirements as must
from supple._model.requirements import Schema, bare
from supple.catalog._catalog import Catalog
from supple.catalog._event_schema import event_schema
from supple.catalog._format import FORMAT, ROUTINE_TABLES, TABLES, Table, Tables, tables_in

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from attrs import Attribute

NAMES: Final = ("catalog", "exercise", "pose", "routine", "event")
"""What there is a schema of."""

_DIALECT = "https://json-schema.org/draft/2020-12/schema"


def schema(name: str) -> Schema:
    """Return the JSON Schema of a kind of document, in draft 2020-12.

    It is good for an editor that completes keys and marks faults. It reads no file and refers
    to no other document, and every call returns a new one.

    Args:
        name: ``catalog`` for ``catalog.toml``, ``exercise`` for a file of a catalog's folder
            ``exercises``, ``pose`` for one of its folder ``poses``, ``routine`` for a routine
            file, or ``event`` for an event line.

    Raises:
        UnknownNameError: If there is no schema of that name.

    >>> schema("exercise")["properties"]["kind"]["enum"][0]
    'stretch'
    """
    if name not in NAMES:
        raise UnknownNameError("schema", name, NAMES)
    made = _MAKERS[name]()
    return {"$schema": _DIALECT, "$id": f"urn:supple:{name}:{FORMAT}"} | made


# --- tables --------------------------------------------------------------------------

_IS_WORK = {"anyOf": [{"required": ["exercise"]}, {"required": ["circuit"]}]}
_ALSO: Mapping[str, Schema] = {
    "format": {"const": FORMAT, "description": "The version of this format."},
    "exercise": must.NAME.schema() | {"description": "The id of an exercise."},
    "catalog": must.NAME.schema() | {"description": "The catalog that the exercise is from."},
    "exercises": {
        "type": "array",
        "items": {"$ref": "#/$defs/Exercise"},
        "description": "The exercises that the file carries.",
    },
}
"""The keys that are no fields."""


def _table(table: Table, tables: Tables) -> Schema:
    """Return the schema of a table, without those that it refers to."""
    told = _told(table.cls)
    properties: dict[str, Schema] = {key: _ALSO[key] for key in table.also}
    required = [key for key in table.also if key in {"format", "exercise"}]
    for each in table.fields:
        key = table.key(each.name)
        if not key:
            (inner,) = tables_in(_requirement(each), tables)
            properties |= _table(inner, tables)["properties"]
            continue
        properties[key] = _property(_requirement(each), tables) | told.get(each.name, {})
        if each.default is NOTHING:
            required.append(key)
        elif (default := _default(each)) is not None:
            properties[key]["default"] = default
    made: Schema = {"type": "object", "properties": properties, "required": required}
    if table.cls is Mark:
        made["oneOf"] = [{"required": [key]} for key in ("fraction", "before_end")]
    return made | {"additionalProperties": False}


def _property(requirement: must.Requirement[Any], tables: Tables) -> Schema:
    """Return what a value may be; where it is a table, that it refers to one."""
    found = tables_in(requirement, tables)
    made = requirement.schema()
    if found:
        references = must.InstanceOf(*(each.cls for each in found)).schema()
        made = made | {"items": references} if "items" in made else references
        if Circuit in {each.cls for each in found}:
            made["contains"] = _IS_WORK
    return made


def _requirement(attribute: Attribute[Any]) -> must.Requirement[Any]:
    requirement: must.Requirement[Any] = bare(attribute.validator)  # type: ignore[arg-type]
    return requirement


def _default(attribute: Attribute[Any]) -> Any:
    match attribute.default:
        case Range(low=low):
            return low
        case bool() | str() | int() as plain:
            return plain
        case _:
            return None


def _told(cls: type) -> dict[str, Schema]:
    """Return what the docstring of a class tells of each of its parameters."""
    _, _, arguments = (getdoc(cls) or "").partition("\nArgs:\n")
    section = re.split(r"\n(?=\S)", arguments)[0]
    found = re.findall(r"^    (\w+): (.+(?:\n {8}.+)*)", section, re.MULTILINE)
    return {key: {"description": _plain(text)} for key, text in found}


def _plain(text: str) -> str:
    """Return a text of a docstring without its line breaks and markup."""
    return re.sub(r":\w+:`~?([^`]+)`", r"\1", re.sub(r"\s+", " ", text)).replace("``", "'")


# --- documents -----------------------------------------------------------------------


def _document(cls: type, tables: Tables) -> Schema:
    """Return the schema of a document, and those of every table that may be in it."""
    made = {each: _table(table, tables) for each, table in tables.items()}
    needed: dict[type, None] = {}
    waiting = [cls]
    while waiting:
        text = repr(made[waiting.pop()])
        found = [each for each in made if f"'#/$defs/{each.__name__}'" in text]
        waiting += [each for each in found if each not in needed]
        needed |= dict.fromkeys(found)
    definitions = {each.__name__: made[each] for each in made if each in needed}
    return {"title": cls.__name__} | made[cls] | {"$defs": definitions}


_MAKERS: Mapping[str, Callable[[], Schema]] = {
    "catalog": lambda: _document(Catalog, TABLES),
    "exercise": lambda: _document(Exercise, TABLES),
    "pose": lambda: _document(Pose, TABLES),
    "routine": lambda: _document(Routine, ROUTINE_TABLES),
    "event": lambda: event_schema(must.LINE.schema(), must.NAME.schema()),
}
