"""JSON Schemas of the documents that supple reads, derived from the model.

Which keys there are, which are required, what they are by default and what they mean comes from
:mod:`supple.catalog._format` and the classes that its tables describe; bounds, patterns and words
come from the requirements on their fields. A schema cannot say everything: what it refuses a
reader refuses, too, and a reader has the last word.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, Literal, TypeAlias, get_args

from attrs import NOTHING

from supple._docstrings import told_of
from supple._errors import UnknownNameError
from supple._model import Circuit, Exercise, Mark, Range, Routine, requirements as must
from supple._model.pose import Pose
from supple._model.requirements import Schema, bare
from supple._timeline.events import FACTS, LINE_FORMAT, NEEDED_ALWAYS
from supple._timeline.facts import FACT_FORM, text_like
from supple._timeline.kinds import EventKind
from supple.catalog._catalog import Catalog
from supple.catalog._format import FORMAT, ROUTINE_TABLES, TABLES, Table, Tables, tables_in
from supple.catalog._translation import WORDS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from supple._timeline.facts import Fact

SchemaName: TypeAlias = Literal["catalog", "exercise", "pose", "routine", "event"]
"""What there is a schema of."""

NAMES: Final[tuple[SchemaName, ...]] = get_args(SchemaName)

_DOCUMENTS: Final[Mapping[str, tuple[type, Tables]]] = {
    "catalog": (Catalog, TABLES),
    "exercise": (Exercise, TABLES),
    "pose": (Pose, TABLES),
    "routine": (Routine, ROUTINE_TABLES),
}
_DIALECT = "https://json-schema.org/draft/2020-12/schema"


def schema(name: SchemaName) -> Schema:
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
    made = _document(*_DOCUMENTS[name]) if name in _DOCUMENTS else _event()
    version = (FORMAT if name in _DOCUMENTS else LINE_FORMAT).version
    return {"$schema": _DIALECT, "$id": f"urn:supple:{name}:{version}"} | made


# --- tables --------------------------------------------------------------------------

_IS_WORK = {"anyOf": [{"required": ["exercise"]}, {"required": ["circuit"]}]}
_ALSO: Mapping[str, Schema] = {
    "format": FORMAT.schema(),
    "exercise": must.NAME.schema() | {"description": "The id of an exercise."},
    "catalog": must.NAME.schema() | {"description": "The catalog that the exercise is from."},
    "exercises": {
        "type": "array",
        "items": {"$ref": "#/$defs/Exercise"},
        "description": "The exercises that the file carries.",
    },
    "poses": {
        "type": "array",
        "items": {"$ref": "#/$defs/Pose"},
        "description": "The poses that these exercises name.",
    },
    "phrases": WORDS.schema()
    | {"description": "What the library itself says with them, where it is not its own."},
}
"""The keys that are no fields."""


def _table(table: Table, tables: Tables) -> Schema:
    """Return the schema of a table, without those that it refers to."""
    told = told_of(table.cls)
    properties = {key: _ALSO[key] for key in table.also}
    required = [key for key in table.also if key in {"format", "exercise"}]
    for each in table.fields:
        key = table.key(str(each.alias))
        if not key:
            (inner,) = tables_in(each.validator, tables)
            properties |= _table(inner, tables)["properties"]
            continue
        properties[key] = _property(each.validator, tables)
        properties[key]["description"] = told[str(each.alias)]
        if each.default is NOTHING:
            required.append(key)
        default = each.default.low if isinstance(each.default, Range) else each.default
        if isinstance(default, str | int):
            properties[key]["default"] = default
    made: Schema = {"type": "object", "properties": properties, "required": required}
    if table.cls is Mark:
        made["oneOf"] = [{"required": [key]} for key in ("fraction", "before_end")]
    return made | {"additionalProperties": False}


def _property(requirement: Any, tables: Tables) -> Schema:
    """Return what a value may be; where it is a table, that it refers to one."""
    found = tables_in(requirement, tables)
    made: Schema = bare(requirement).schema()
    if found:
        references = must.InstanceOf(*(each.cls for each in found)).schema()
        made = made | {"items": references} if "items" in made else references
        if Circuit in {each.cls for each in found}:
            made["contains"] = _IS_WORK
    return made


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


# --- event lines ---------------------------------------------------------------------


def _event() -> Schema:
    properties = {
        key: fact.requirement.schema() | {"description": fact.__doc__}
        for key, fact in FACTS.items()
    }
    totals = {key: fact.total for key, fact in FACTS.items() if fact.total is not None}
    return {
        "title": "Event",
        "type": "object",
        "properties": {"format": LINE_FORMAT.schema(), **properties},
        "required": ["format", *NEEDED_ALWAYS],
        "propertyNames": text_like(FACT_FORM),
        "additionalProperties": {
            "anyOf": [must.LINE.schema(), {"type": "integer"}, {"const": True}]
        },
        "dependentRequired": {
            key: [other] for pair in totals.items() for key, other in (pair, reversed(pair))
        },
        "allOf": [rule for key, fact in FACTS.items() for rule in _rules(key, fact)],
    }


def _rules(key: str, fact: Fact[Any]) -> Iterator[Schema]:
    """Yield in which kinds of events a fact stands, and what it is at least in some."""
    if fact.is_anywhere:
        return
    jumps = [{"required": ["jump"]}] if fact.with_jump else []
    if fact.is_needed:
        yield {"if": {"anyOf": [_of_kinds(*fact.kinds), *jumps]}, "then": {"required": [key]}}
    others = [kind.value for kind in EventKind if not fact.stands_in(kind)]
    elsewhere: Schema = {"properties": {"kind": {"enum": others}}}
    if jumps:
        elsewhere["not"] = {"anyOf": jumps}
    yield {"if": elsewhere, "then": {"properties": {key: False}}}
    if fact.least is not None:
        kinds, least = fact.least
        yield {"if": _of_kinds(kinds), "then": {"properties": {key: {"minimum": least}}}}


def _of_kinds(*patterns: str) -> Schema:
    return {"properties": {"kind": {"pattern": "|".join(map(_as_regex, patterns))}}}


def _as_regex(pattern: str) -> str:
    """Return a pattern as of a shell in the form that ECMA-262 has, too."""
    return f"^{pattern.replace('.', '[.]').replace('*', '.*')}$"
