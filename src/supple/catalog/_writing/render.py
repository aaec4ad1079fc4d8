"""From plain data to the bytes of a document, laid out as a person would write it."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

_BARE_KEY = re.compile(r"[A-Za-z0-9_-]+")
_LONGEST_LINE = 99
_INDENT = "    "

# These lists of tables are part of the sentence that their table is, one line an element; any
# other gets a headline for each element.
_INLINE = frozenset({"items", "circuit", "marks"})


def render_json(data: Mapping[str, Any]) -> bytes:
    """Return a JSON document."""
    return f"{json.dumps(data, ensure_ascii=False, indent=2)}\n".encode()


def render_toml(data: Mapping[str, Any]) -> bytes:
    """Return a TOML document."""
    return ("\n".join(_lines(data, "")) + "\n").encode()


RENDERERS: Mapping[str, Callable[[Mapping[str, Any]], bytes]] = {
    ".toml": render_toml,
    ".json": render_json,
}
"""What renders a document, by the suffix of its file."""


def _lines(table: Mapping[str, Any], path: str) -> Iterator[str]:
    """Yield the lines of a table, and of those below it, each with a headline."""
    headed = {key: value for key, value in table.items() if _is_headed(key, value)}
    for key, value in table.items():
        if key not in headed:
            word = key if _BARE_KEY.fullmatch(key) else toml_value(key)
            yield f"{word} = {toml_value(value, len(word) + 3)}"
    for key, value in headed.items():
        for element in value if isinstance(value, list) else [value]:
            yield ""
            yield f"[[{path}{key}]]" if isinstance(value, list) else f"[{path}{key}]"
            yield from _lines(element, f"{path}{key}.")


def _is_headed(key: str, value: object) -> bool:
    return isinstance(value, dict) or (_has_tables(value) and key not in _INLINE)


def _has_tables(value: object) -> bool:
    return isinstance(value, list) and any(isinstance(each, dict) for each in value)


def toml_value(value: object, taken: int = 0, indent: str = "") -> str:
    """Return a value, over several lines only where it is a list of tables or too long."""
    if isinstance(value, dict):
        taken += len(indent)
        inner = (f"{key} = {toml_value(each, taken, indent)}" for key, each in value.items())
        return f"{{ {', '.join(inner)} }}"
    if not isinstance(value, list):
        # TOML has texts, numbers and truth as JSON has them, and one control character less.
        return json.dumps(value, ensure_ascii=False).replace("\x7f", r"\u007f")
    deeper = indent + _INDENT
    elements = [toml_value(each, 0, deeper) for each in value]
    line = f"[{', '.join(elements)}]"
    if not _has_tables(value) and taken + len(line) <= _LONGEST_LINE:
        return line
    return "".join(["[\n", *(f"{deeper}{element},\n" for element in elements), f"{indent}]"])
