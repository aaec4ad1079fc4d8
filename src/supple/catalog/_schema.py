"""JSON Schemas of the documents that supple reads, derived from the model.

Which keys there are, which are required, what they are by default and what they mean comes from
:mod:`supple.catalog._format` and the classes that its tables describe; bounds, patterns and words
come from the checks. A schema cannot say everything: what it refuses a reader refuses, too, and a
reader has the last word.
"""

from __future__ import annotations

import re
import unicodedata
from enum import StrEnum
from inspect import Parameter, getdoc
from types import UnionType
from typing import TYPE_CHECKING, Any, Final, TypeAlias, get_args, get_type_hints

from supple._errors import UnknownNameError
from supple._model import (
    Advice,
    Circuit,
    Dose,
    DoseSource,
    Exercise,
    Hold,
    Mark,
    Picture,
    Range,
    Rest,
    Routine,
    Step,
    checks as check,
    sided,
)
from supple._units import LONGEST_SECONDS, SHORTEST_SECONDS
from supple.catalog._catalog import Catalog
from supple.catalog._event_schema import event_schema
from supple.catalog._format import FORMAT, LISTS, ROUTINE_TABLES, TABLES, Table, Tables

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

Schema: TypeAlias = dict[str, Any]

NAMES: Final = ("catalog", "exercise", "routine", "event")
"""What there is a schema of."""

_DIALECT = "https://json-schema.org/draft/2020-12/schema"


def schema(name: str) -> Schema:
    """Return the JSON Schema of a kind of document, in draft 2020-12.

    It is good for an editor that completes keys and marks faults. It reads no file and refers
    to no other document, and every call returns a new one.

    Args:
        name: ``catalog`` for ``catalog.toml``, ``exercise`` for a file of a catalog's folder
            ``exercises``, ``routine`` for a routine file, or ``event`` for an event line.

    Raises:
        UnknownNameError: If there is no schema of that name.

    >>> schema("exercise")["properties"]["kind"]["enum"][0]
    'stretch'
    """
    if name not in NAMES:
        raise UnknownNameError("schema", name, NAMES)
    made = _MAKERS[name]()
    return {"$schema": _DIALECT, "$id": f"urn:supple:{name}:{FORMAT}"} | made


# --- what a value may be -------------------------------------------------------------

# Those below 0x3000 are all that there are, but for the surrogates, which no document has.
_GARBLING = "".join(
    f"\\u{code:04x}"
    for code in range(0x3000)
    if chr(code) in check._BIDI_CONTROLS  # noqa: SLF001 - derived, so that it cannot differ
    or unicodedata.category(chr(code)) in check._REFUSED_CATEGORIES  # noqa: SLF001 - as above
)
_LINE: Schema = {
    "type": "string",
    "pattern": r"\S",
    "not": {"pattern": f"[{_GARBLING}]"},
}
_TEXT: Schema = _LINE | {"maxLength": check.LONGEST_TEXT}


def _portable(pattern: re.Pattern[str]) -> str:
    """Return a pattern as ECMA-262 has it, without layout and names, for a whole text."""
    plain = re.sub(r"\s+", "", pattern.pattern) if pattern.flags & re.VERBOSE else pattern.pattern
    return f"^(?:{re.sub(r'[?]P<[a-z]+>', '', plain)})$"


_NAME: Schema = {
    "type": "string",
    "maxLength": check.LONGEST_NAME,
    "pattern": _portable(check._NAME),  # noqa: SLF001 - derived, so that it cannot differ
}
_LANGUAGE = _NAME | {"pattern": _portable(check._LANGUAGE)}  # noqa: SLF001 - as above
_SIDED = sided._SIDED.pattern  # noqa: SLF001 - as above
_TEMPLATE = _TEXT | {"allOf": [{"pattern": _portable(re.compile(rf"(?:[^{{}}]|{_SIDED})*"))}]}
_URL = _TEXT | {"pattern": _portable(check._URL)}  # noqa: SLF001 - as above
_PART = r"(?!\.{1,2}(?:/|$))[^/\\:]+"
_PATH = _TEXT | {"allOf": [{"pattern": f"^{_PART}(?:/{_PART})*$"}]}

_SPECIAL: Mapping[tuple[type, str], Schema] = {
    (Catalog, "name"): _NAME,
    (Catalog, "language"): _LANGUAGE,
    (Exercise, "id"): _NAME,
    (Exercise, "language"): _LANGUAGE,
    (Routine, "id"): _NAME,
    (Routine, "language"): _LANGUAGE,
    (Step, "text"): _TEMPLATE,
    (Hold, "text"): _TEMPLATE,
    (Picture, "path"): _PATH,
    (DoseSource, "url"): _URL,
    (Mark, "fraction"): {"type": "number", "exclusiveMinimum": 0, "exclusiveMaximum": 1},
    (Mark, "before_end"): {
        "type": "number",
        "minimum": SHORTEST_SECONDS,
        "maximum": LONGEST_SECONDS,
    },
}
"""What the types of the fields do not say."""

_TIMES: Schema = {"type": "integer", "minimum": 1, "maximum": check.MOST_TIMES}
_SECONDS: Schema = {"type": "number", "minimum": SHORTEST_SECONDS, "maximum": LONGEST_SECONDS}
_BOUNDS: Mapping[str, Schema] = {
    "reps": _TIMES,
    "sets": _TIMES,
    "rounds": _TIMES,
    "seconds": _SECONDS,
    "hold": _SECONDS,
    "rest": _SECONDS | {"minimum": 0},
}
"""The bounds of an amount, by the name of the parameter."""


def _value(cls: type, parameter: str, kind: Any) -> Schema:
    """Return what a parameter that is no list of tables may be, by the type of its field."""
    if special := _SPECIAL.get((cls, parameter)):
        return special
    kinds = get_args(kind) if isinstance(kind, UnionType) else (kind,)
    kind = kinds[0]
    if kind is Range:
        bound = _BOUNDS[parameter]
        pair = {"type": "array", "items": bound, "minItems": 2, "maxItems": 2}
        return {"anyOf": [bound, pair]}
    if kind is bool:
        return {"type": "boolean"}
    if kind is str:
        return _TEXT
    if issubclass(kind, StrEnum):
        return {"enum": [member.value for member in kind]}
    raise TypeError(f"no schema for {cls.__name__}.{parameter}: {kind}")


# --- tables --------------------------------------------------------------------------

_ITEM_KINDS = (Dose, Circuit, Rest)
_REFERENCES: Mapping[str, tuple[type, ...]] = {
    "setup": (Step, Hold),
    "cycle": (Step, Hold),
    "finish": (Step, Hold),
    "marks": (Mark,),
    "sources": (DoseSource,),
    "pictures": (Picture,),
    "items": _ITEM_KINDS,
    "routines": (Routine,),
    "advice": (Advice,),
}
_IS_WORK = {"anyOf": [{"required": ["exercise"]}, {"required": ["circuit"]}]}


def _list(parameter: str) -> Schema:
    classes = _REFERENCES[parameter]
    references = [{"$ref": f"#/$defs/{each.__name__}"} for each in classes]
    made: Schema = {
        "type": "array",
        "items": references[0] if len(references) == 1 else {"anyOf": references},
        "maxItems": check.MOST_ELEMENTS,
    }
    if parameter in {"cycle", "items"}:
        made["minItems"] = 1
    if parameter == "items":
        made["contains"] = _IS_WORK
    return made


def _table(table: Table) -> Schema:
    """Return the schema of a table, without those that it refers to."""
    types = get_type_hints(table.cls)
    told = _told(table.cls)
    properties: dict[str, Schema] = {key: _ALSO[key] for key in table.also}
    required = [key for key in table.also if key in {"format", "exercise"}]
    for parameter, given in table.parameters.items():
        key = table.words.get(parameter, parameter)
        properties[key] = _property(table.cls, parameter, types[parameter]) | told.get(
            parameter, {}
        )
        if given.default is Parameter.empty:
            required.append(key)
        elif given.default not in (None, ()):
            properties[key]["default"] = given.default
    made: Schema = {"type": "object", "properties": properties, "required": required}
    if table.instead_of:
        pairs = [key for pair in table.instead_of.items() for key in pair]
        made["oneOf"] = [{"required": [key]} for key in reversed(pairs)]
    return made | {"additionalProperties": False}


def _property(cls: type, parameter: str, kind: Any) -> Schema:
    if parameter in LISTS:
        return _list(parameter)
    if getattr(kind, "__origin__", None) is tuple:
        elements = _value(cls, parameter, get_args(kind)[0])
        return {"type": "array", "items": elements, "maxItems": check.MOST_ELEMENTS}
    return {**_value(cls, parameter, kind)}


_ALSO: Mapping[str, Schema] = {
    "format": {"const": FORMAT, "description": "The version of this format."},
    "exercise": _NAME | {"description": "The id of an exercise."},
    "catalog": _NAME | {"description": "The catalog that the exercise is from."},
    "exercises": {
        "type": "array",
        "items": {"$ref": "#/$defs/Exercise"},
        "description": "The exercises that the file carries.",
    },
}
"""The keys that are no parameters."""


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
    made = {each: _table(table) for each, table in tables.items()}
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
    "routine": lambda: _document(Routine, ROUTINE_TABLES),
    "event": lambda: event_schema(_LINE, _NAME),
}
