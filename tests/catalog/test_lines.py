"""The line on which each value of a document stands."""

from __future__ import annotations

import json
import string
import tomllib
from typing import Any

import pytest
from hypothesis import given, strategies as st

from supple.catalog._rules.lines import line_of, lines_in

KEYS = st.text(string.ascii_lowercase + "-_", min_size=1, max_size=4)
MISLEADING = st.sampled_from(
    ["x", "a = 1", "[a]", "[[a]]", "{ a = 1 }", "# a", "a, b]", "it's", 'a "b"', "\\", "é😀"]
)
SCALARS = st.one_of(st.integers(-9, 9), st.booleans(), MISLEADING)
INLINE = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=3),
    max_leaves=6,
)
DOCUMENTS = st.fixed_dictionaries(
    {},
    optional={
        "top": st.dictionaries(KEYS.map(lambda key: f"k{key}"), INLINE, max_size=3),
        "tables": st.dictionaries(
            KEYS.map(lambda key: f"t{key}"), st.dictionaries(KEYS, INLINE, max_size=2), max_size=2
        ),
        "arrays": st.dictionaries(
            KEYS.map(lambda key: f"a{key}"),
            st.lists(st.dictionaries(KEYS, INLINE, max_size=2), min_size=1, max_size=3),
            max_size=2,
        ),
    },
)


class Writer:
    """Writes a document, and notes on which line it has put each path."""

    def __init__(self, draw: st.DrawFn) -> None:
        self.draw = draw
        self.text = ""
        self.lines: dict[str, int] = {}

    def note(self, path: str) -> None:
        """Note that a path begins here."""
        self.lines[path] = self.text.count("\n") + 1

    def blank(self) -> None:
        """Write nothing, an empty line or a comment."""
        self.text += self.draw(st.sampled_from(["", "", "\n", "# a = [1\n", "  \r\n"]))

    def pair(self, path: str, key: str, value: Any) -> None:
        """Write a key with its value."""
        path = f"{path}.{key}".removeprefix(".")
        self.note(path)
        quote = self.draw(st.sampled_from(["", '"', "'"]))
        self.text += f"{quote}{key}{quote}{self.draw(st.sampled_from(['=', ' = ']))}"
        self.value(path, value)

    def value(self, path: str, value: Any) -> None:
        """Write a value in one of the ways that there are."""
        if isinstance(value, list):
            self.text += "["
            for i, each in enumerate(value):
                self.text += self.draw(st.sampled_from(["", "\n", " # ]\n  "]))
                self.note(f"{path}[{i}]")
                self.value(f"{path}[{i}]", each)
                is_last = i == len(value) - 1
                self.text += "" if is_last and self.draw(st.booleans()) else ","
            self.text += self.draw(st.sampled_from(["]", "\n]", " # ]\n]"]))
        elif isinstance(value, dict):
            self.text += "{ "
            for i, (key, each) in enumerate(value.items()):
                self.text += ", " if i else ""
                self.pair(path, key, each)
            self.text += " }"
        elif isinstance(value, str) and self.draw(st.booleans()):
            escaped = value.replace("\\", "\\\\").replace('"', '\\"')
            self.text += f'"""\n{escaped}\n[[a]]\na = 1"""'
        else:
            self.text += json.dumps(value, ensure_ascii=False)


@st.composite
def toml(draw: st.DrawFn) -> tuple[str, dict[str, int]]:
    """Draw a TOML document, and the line of each path in it."""
    document: dict[str, Any] = draw(DOCUMENTS)
    writer = Writer(draw)
    for key, value in document.get("top", {}).items():
        writer.blank()
        writer.pair("", key, value)
        writer.text += "\n"
    for name, table in document.get("tables", {}).items():
        writer.blank()
        writer.note(name)
        writer.text += f"[{name}] # [x]\n"
        for key, value in table.items():
            writer.blank()
            writer.pair(name, key, value)
            writer.text += "\n"
    for name, tables in document.get("arrays", {}).items():
        for i, table in enumerate(tables):
            writer.blank()
            if not i:
                writer.note(name)
            writer.note(f"{name}[{i}]")
            writer.text += f"[[ {name} ]]\n"
            for key, value in table.items():
                writer.pair(f"{name}[{i}]", key, value)
                writer.text += "\n"
    return writer.text, writer.lines


@given(toml())
def test_lines_of_toml(written: tuple[str, dict[str, int]]) -> None:
    """Each path of a TOML document has the line on which its writer has put it."""
    text, lines = written
    tomllib.loads(text)
    found = lines_in(text)
    assert {path: line for path, line in found.items() if "'" not in path} == lines


@given(st.dictionaries(KEYS, INLINE, max_size=4), st.sampled_from([None, 1]))
def test_lines_of_json(data: dict[str, Any], indent: int | None) -> None:
    """Each path of a JSON document has its line: one after the other where it is indented."""
    text = json.dumps(data, indent=indent)
    found = lines_in(text)
    rows = text.split("\n")
    for key in data:
        assert rows[found[key] - 1].lstrip(" {").startswith(f'"{key}"') or indent is None
        assert found[key] == next(
            i for i, row in enumerate(rows, 1) if indent is None or row.startswith(f' "{key}"')
        )


DOTTED = """\
a.b = 1
'c d'.e = 2 # x
"\\u00e9\\U0001F600" = 3

[[f]]
[f.g]
h = [1,
  2]
[[f]]
[[f.i]]
[[f.i]]
j = 2024-01-01 10:00:00
[k.l]
m = 1
"""


def test_headers_and_dotted_keys() -> None:
    """A header goes into the latest table of an array, and keys may have parts and quotes."""
    lines = lines_in(DOTTED)
    assert lines["a"] == lines["a.b"] == 1
    assert lines["'c d'.e"] == 2
    assert lines["'é😀'"] == 3
    assert lines["f"] == lines["f[0]"] == 5
    assert lines["f[0].g"] == 6
    assert (lines["f[0].g.h[0]"], lines["f[0].g.h[1]"]) == (7, 8)
    assert lines["f[1]"] == 9
    assert lines["f[1].i[1].j"] == 12
    assert (lines["k"], lines["k.l"], lines["k.l.m"]) == (13, 13, 14)


def test_what_is_missing_has_the_line_of_what_lacks_it() -> None:
    """The innermost thing around a path that there is not has its line; the file has none."""
    lines = {"cycle": 3, "cycle[0]": 3, "texts": 9}
    assert line_of(lines, "cycle[0].seconds") == 3
    assert line_of(lines, "texts.'a. b[0]'") == 9
    assert line_of(lines, "kind") is None
    assert line_of(lines, "") is None


def test_what_stands_for_several_things_has_no_line() -> None:
    """Long keys that look the same in a message are not told apart."""
    text = "".join(f'"{"x" * 50}{i}{"y" * 50}" = 1\n' for i in range(2))
    assert lines_in(text) == {}


@pytest.mark.parametrize(
    "text",
    [
        "=",
        "a",
        "a = ",
        "[a",
        "[[a]",
        "a = [1",
        "a = {b = 1",
        'a = "',
        '"\\q" = 1',
        "a = [[1;",
    ],
)
def test_no_document_has_no_lines(text: str) -> None:
    """Text that no parser accepts has no lines, and is no error here."""
    assert lines_in(text) == {}


@pytest.mark.parametrize("text", ["", "{", '{"a": 1} x', "[" * 100_000])
def test_no_json_has_no_lines(text: str) -> None:
    """Neither has such text where JSON belongs, however deep it goes."""
    assert lines_in(text) == {}


def test_elements_of_json() -> None:
    """Lists, surrogates and white space before a colon are as in any JSON."""
    lines = lines_in('{"x": [{"a"\n: [1,\n2]}, {"\\ud83d\\ude00": {}}]}\n')
    assert lines["x[0].a[1]"] == 3
    assert lines["x[1].'😀'"] == 3
