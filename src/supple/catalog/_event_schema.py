"""The JSON Schema of an event line, made from the facts of an event."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeAlias, assert_never

from supple._model import requirements as must
from supple._timeline.events import FACTS, LINE_FORMAT, NEEDED_ALWAYS
from supple._timeline.facts import FACT_FORM, Flag, Text, Whole, Word
from supple._timeline.kinds import KIND_FORM, EventKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from supple._timeline.facts import Fact, FactType

Schema: TypeAlias = dict[str, Any]


def event_schema(line: Schema, name: Schema) -> Schema:
    """Return the schema of an event line.

    Args:
        line: The schema of a line of text.
        name: The schema of an identifier.
    """

    def schema_of(type: FactType) -> Schema:  # noqa: A002 - of a fact
        match type:
            case Whole(least):
                return {"type": "integer", "minimum": least}
            case Word(words):
                return {"enum": [word.value for word in words]}
            case Flag():
                return {"const": True}
            case Text.KIND:
                form = f"^(?:{KIND_FORM.pattern})$"
                return {"type": "string", "maxLength": must.LONGEST_NAME, "pattern": form}
            case Text.NAME:
                return name
            case Text.LINE:
                return line
            case _:
                assert_never(type)

    properties = {
        key: {**schema_of(fact.type), "description": fact.__doc__} for key, fact in FACTS.items()
    }
    totals = {key: fact.total for key, fact in FACTS.items() if fact.total is not None}
    return {
        "title": "Event",
        "type": "object",
        "properties": {
            "format": {"const": LINE_FORMAT, "description": "The version of this format."},
            **properties,
        },
        "required": ["format", *NEEDED_ALWAYS],
        "propertyNames": {
            "maxLength": must.LONGEST_NAME,
            "pattern": f"^(?:{FACT_FORM.pattern})$",
        },
        "additionalProperties": {"anyOf": [line, {"type": "integer"}, {"const": True}]},
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
