"""The line on which each value of a document stands.

The parsers of Python tell the line of a fault of syntax only. This walks a document that they
have accepted once more, and notes where its keys, tables and list elements begin.
"""

from __future__ import annotations

import json
import re
import tomllib
from bisect import bisect_left
from typing import TYPE_CHECKING

from supple._errors import show
from supple.catalog._reading.documents import BARE, LONG, QUOTED
from supple.catalog._reading.tables import word_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

# Possessive quantifiers: whatever the text, no match gives back what it took.
_BLANK = re.compile(r"(?:[ \t\r\n]++|\#[^\n]*+)*+")
_SPACE = re.compile(r"[ \t]*+")
_KEY = re.compile(f"{QUOTED} | {BARE}", re.VERBOSE)
_SEPARATOR = re.compile("[=:]")
_SCALAR = re.compile(
    rf"""{LONG} | {QUOTED} | [^\s,\[\]{{}}\#"'][^,\[\]{{}}\#"'\n]*+""", re.VERBOSE | re.DOTALL
)


def line_of(lines: Mapping[str, int], path: str) -> int | None:
    """Return the line of a path, or else that of the innermost thing around it, which lacks it."""
    return next((lines[each] for each in _outwards(path) if each in lines), None)


def _outwards(path: str) -> Iterator[str]:
    """Yield a path, and those of everything around it."""
    while path:
        yield path
        path = path[: max(path.rfind("."), path.rfind("["), 0)]


def lines_in(text: str, paths: Collection[str] | None = None) -> dict[str, int]:
    """Return the lines of paths in TOML or a JSON object; nothing where it is neither.

    Those of ``paths`` and of what is around them are found; of ``None``, all that there are.
    """
    wanted = None if paths is None else {each for path in paths for each in _outwards(path)}
    walk = _Walk(text, wanted)
    try:
        walk.document()
    except (_LostError, RecursionError):
        return {}
    ends = [found.start() for found in re.finditer("\n", text)]
    return {path: bisect_left(ends, at) + 1 for path, at in walk.starts.items() if at is not None}


class _LostError(Exception):
    """The walk has come to something that it does not understand."""


class _Walk:
    """A walk through a document, from its start to its end."""

    def __init__(self, text: str, wanted: set[str] | None) -> None:
        # Where each path begins; None for one that stands for several things.
        self.starts: dict[str, int | None] = {}
        self._wanted = wanted
        self._text = text
        self._at = 0
        self._is_json = False
        self._tables: dict[str, int] = {}  # how many tables each array of tables has so far

    def document(self) -> None:
        table = ""
        self._take(_BLANK)
        self._is_json = self._skip("{")  # no statement of TOML begins so
        if self._is_json:
            self._table("")
            self._take(_BLANK)
            if self._at < len(self._text):
                raise _LostError
        while self._at < len(self._text):
            if self._skip("[["):
                table = self._header("]]")
            elif self._skip("["):
                table = self._header("]")
            else:
                self._pair(table)
            self._take(_BLANK)

    def _header(self, end: str) -> str:
        start = self._at
        *outer, last = self._keys()
        path = ""
        for key in outer:
            path = self._inside(_joined(path, key), start)
        path = _joined(path, last)
        if end == "]]":
            self._tables[path] = self._tables.get(path, 0) + 1
        self._require(end)
        return self._inside(path, start)

    def _inside(self, path: str, start: int) -> str:
        """Return the path of a table that a header goes into: of several the latest."""
        self._note(path, start)
        if path in self._tables:
            path = f"{path}[{self._tables[path] - 1}]"
            self._note(path, start)
        return path

    def _note(self, path: str, start: int) -> None:
        if self._asks(path):
            self.starts.setdefault(path, start)

    def _asks(self, path: str) -> bool:
        """Tell whether somebody asks for a path: else for nothing inside of it, either."""
        return self._wanted is None or path in self._wanted

    def _pair(self, table: str | None) -> None:
        start = self._at
        keys = self._keys()
        path = None if table is None else self._entered(table, keys, start)
        self._take(_BLANK)
        self._take(_SEPARATOR)
        self._take(_BLANK)
        self._value(path)

    def _entered(self, path: str, keys: list[str], start: int) -> str | None:
        """Note the start of a pair, and return its path if somebody asks for it."""
        *outer, last = keys
        for key in outer:
            path = _joined(path, key)
            self._note(path, start)
        # Some problems show a key of the user's as a text, and some shorten a long one.
        shown = f"{path}.{show(last)}".removeprefix(".")
        path = _joined(path, last)
        for each in {path, shown}:
            if self._asks(each):
                self.starts[each] = None if each in self.starts else start
        return path if self._asks(path) else None

    def _keys(self) -> list[str]:
        keys = []
        while True:
            self._take(_SPACE)
            keys.append(self._decoded(self._take(_KEY)))
            self._take(_SPACE)
            if not self._skip("."):
                return keys

    def _decoded(self, key: str) -> str:
        if key[0] not in "\"'":
            return key
        try:
            return str(
                json.loads(key) if self._is_json else next(iter(tomllib.loads(f"{key} = 0")))
            )
        except ValueError:
            raise _LostError from None

    def _value(self, path: str | None) -> None:
        if self._skip("["):
            self._list(path)
        elif self._skip("{"):
            self._table(path)
        else:
            self._take(_SCALAR)

    def _list(self, path: str | None) -> None:
        count = 0
        self._take(_BLANK)
        while not self._skip("]"):
            element = f"{path}[{count}]"
            is_asked = path is not None and self._asks(element)
            if is_asked:
                self.starts[element] = self._at
            self._value(element if is_asked else None)
            self._take(_BLANK)
            count += 1
            if not self._skip(","):
                self._require("]")
                return
            self._take(_BLANK)

    def _table(self, path: str | None) -> None:
        self._take(_BLANK)
        while not self._skip("}"):
            self._pair(path)
            self._take(_BLANK)
            if not self._skip(","):
                self._require("}")
                return
            self._take(_BLANK)

    def _take(self, pattern: re.Pattern[str]) -> str:
        found = pattern.match(self._text, self._at)
        if found is None:
            raise _LostError
        self._at = found.end()
        return found[0]

    def _skip(self, mark: str) -> bool:
        is_there = self._text.startswith(mark, self._at)
        self._at += len(mark) * is_there
        return is_there

    def _require(self, mark: str) -> None:
        if not self._skip(mark):
            raise _LostError


def _joined(path: str, key: str) -> str:
    return f"{path}.{word_of(key)}".removeprefix(".")
