"""Bytes that are no plain data: each gives one problem, soon."""

from __future__ import annotations

import json
import sys
import time
from typing import TYPE_CHECKING

import pytest

from supple.catalog._reading.documents import (
    MOST_VALUES,
    parse,
    require_bounds,
)
from supple.catalog._refused import RefusedError
from tests.catalog.files import CATALOG, problems_of, whole, write_folder

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

NESTED = "must be nested at most 100 deep"
LONG_NUMBER = "must have no number of thousands of digits"
TWICE = "must not give a key or a table twice"
NONE = ", line 1: must have no"
LONG_KEY = "must have keys of at most 16 parts"

TOML = {
    "two byte order marks": (
        b'\xef\xbb\xbf\xef\xbb\xbfid = "x"',
        rf"""{NONE} zero width no-break space (U+FEFF); write:  id = "x" (got '\ufeffid = "x"')""",
    ),
    "Latin-1": (b'id = "x"\nname = "R\xe9ach"', r", line 2: must be UTF-8 text (got b'\xe9')"),
    "Latin-1 below an empty line": (
        b'\nname = "R\xe9ach"',
        r", line 2: must be UTF-8 text (got b'\xe9')",
    ),
    "UTF-16": ('id = "x"'.encode("utf-16"), r", line 1: must be UTF-8 text (got b'\xff')"),
    "a cut character": (b'id = "\xe2\x82', r", line 1: must be UTF-8 text (got b'\xe2\x82')"),
    "a surrogate": (b'id = "\xed\xa0\x80"', r", line 1: must be UTF-8 text (got b'\xed')"),
    "no value": (
        b'id = "x"\nname =\n',
        ", line 2: must have a value behind the equals sign (got 'name =')",
    ),
    "no end": (b'id = "x"\nname = "', ", line 2: must be TOML: unterminated string"),
    "no key": (b"= 1", ", line 1: must be TOML: invalid statement"),
    "a null character": (
        b'id = "x\0"',
        rf"""{NONE} control character (U+0000); write: id = "x " (got 'id = "x\x00"')""",
    ),
    "an escape character": (
        b'id = "\x1b[31m"',
        rf"""{NONE} control character (U+001B); write: id = " [31m" (got 'id = "\x1b[31m"')""",
    ),
    "a key twice": (b"reps = 1\nreps = 2", f", line 2: {TWICE}"),
    "an inline key twice": (b"rest = {a = 1, a = 2}", f", line 1: {TWICE}"),
    "a table twice": (b"[a]\n[a]\n", f", line 2: {TWICE}"),
    "a table that is a value": (b"a = 1\n[a.b]\n", f", line 2: {TWICE}"),
    "a closed table": (b"a = {}\n[a.b]\n", f", line 2: {TWICE}"),
    "many digits": (b"reps = " + b"9" * 5000, f": {LONG_NUMBER}"),
    "nested lists": (b"a = " + b"[" * 200_000, f": {NESTED}"),
    "nested lists, closed": (b"a = " + b"[" * 150 + b"]" * 150, f": {NESTED}"),
    "nested tables": (b"a = " + b"{a = " * 150 + b"1" + b"}" * 150, f": {NESTED}"),
    "a long key": (b"\n" + b"a." * 500_000 + b"a = 1", f", line 2: {LONG_KEY}"),
    "a long quoted key": (b"'a' . " + b'"\\"b" . ' * 16 + b"c = 1", f", line 1: {LONG_KEY}"),
    "a long header": (b"[[" + b"a." * 16 + b"a]]", f", line 1: {LONG_KEY}"),
    "many values": (b"a = [" + b"1," * 50_000 + b"]", ": must have at most 50000 values"),
    "many bytes": (b"#" * 2**20 + b"\n", ": must be at most 1048576 bytes long"),
}
"""Bytes of a TOML file, and what the problem says after the file's name."""

JSON = {
    "Latin-1": (b'{\n"name": "R\xe9ach"}', r", line 2: must be UTF-8 text (got b'\xe9')"),
    "UTF-16": ("{}".encode("utf-16"), r", line 1: must be UTF-8 text (got b'\xff')"),
    "nothing": (b"", ": must not be empty"),
    "no end": (b'{"id":\n', ", line 2: must have a } or ] for each { or [ (got '')"),
    "more than one": (b"{}\n{}", ", line 2: must be JSON: extra data"),
    "a control character": (
        b'{"id": "\x1b"}',
        rf"""{NONE} control character (U+001B) (got '{{"id": "\x1b"}}')""",
    ),
    "a key twice": (b'{"reps": 1, "reps": 2}', f": {TWICE} (got 'reps')"),
    "a deep key twice": (b'{"a": [{"b": 1, "b": 1}]}', f": {TWICE} (got 'b')"),
    "many digits": (b'{"reps": ' + b"9" * 5000 + b"}", f": {LONG_NUMBER}"),
    "nested lists": (b"[" * 200_000, f": {NESTED}"),
    "nested lists, closed": (b"[" * 150 + b"]" * 150, f": {NESTED}"),
    "nested tables": (b'{"a":' * 150 + b"1" + b"}" * 150, f": {NESTED}"),
    "many values": (b"[" + b"1," * 50_000 + b"1]", ": must have at most 50000 values"),
    "many bytes": (b" " * 2**20 + b"1", ": must be at most 1048576 bytes long"),
    "a list": (b"[]", ": must be a table of keys and values (got [])"),
    "text": (b'"id"', ": must be a table of keys and values (got 'id')"),
    "null": (b"null", ": must be a table of keys and values (got None)"),
    "a number": (b"5", ": must be a table of keys and values (got 5)"),
    "no number": (b"NaN", ": must be a table of keys and values (got nan)"),
}
"""The same for JSON."""

TOML_IN_TIME = {
    "quotes": b'"' * 10**6,
    "mixed quotes": b"'\"" * 500_000,
    "escaped quotes": b'"\\' * 500_000,
    "open quotes after dots": b"a.'" * 300_000,
    "letters": b"a" * 10**6,
    "blanks": b" " * 10**6,
    "dots": b"." * 10**6,
    "blanks and dots": b" ." * 500_000,
    "backslashes": b'a = "' + b"\\" * 10**6,
    "hexadecimal digits": b"a = 0x" + b"f" * 10**6,
    "decimal places": b"a = 1." + b"3" * 10**6,
    "tables": b"[[a]]\n" * 170_000,
    "long headers": b"[[" + b"a." * 15 + b"a]]\n" + (b"[[" + b"a." * 15 + b"b]]\n") * 28_000,
    "a long text": b'a = """' + b"\\n" * 500_000 + b'"""',
    "advice without a tier": b"[[advice]]\n" * 24_000,
    "empty lists": b"a = [" + b"[]," * 49_000 + b"]",
}
"""Documents that are large and wrong."""


@pytest.mark.parametrize("what", TOML)
@pytest.mark.parametrize("file", ["catalog", "exercises/a-reach"])
def test_what_is_no_toml(tmp_path: Path, file: str, what: str) -> None:
    """A TOML file that cannot be read is one problem, with its line where there is one."""
    content, message = TOML[what]
    files = whole()
    del files[f"{file}.json"]
    files[f"{file}.toml"] = content
    assert problems_of(write_folder(tmp_path, files)) == [f"{file}.toml{message}"]


@pytest.mark.parametrize("what", JSON)
@pytest.mark.parametrize("file", ["catalog", "exercises/a-reach"])
def test_what_is_no_json(tmp_path: Path, file: str, what: str) -> None:
    """A JSON file that cannot be read is one problem, with its line where there is one."""
    content, message = JSON[what]
    files = whole() | {f"{file}.json": content}
    assert problems_of(write_folder(tmp_path, files)) == [f"{file}.json{message}"]


@pytest.mark.parametrize("what", TOML_IN_TIME)
def test_wrong_documents_take_little_time(tmp_path: Path, what: str) -> None:
    """A large document is refused in seconds, whatever it holds."""
    files = whole() | {"catalog.toml": TOML_IN_TIME[what]}
    del files["catalog.json"]
    folder = write_folder(tmp_path, files)
    started = time.perf_counter()
    assert problems_of(folder)
    assert time.perf_counter() - started < 60


def test_as_large_as_allowed(tmp_path: Path) -> None:
    """A document of the greatest length is read."""
    content = json.dumps(CATALOG).encode()
    files = whole() | {"catalog.json": content.ljust(2**20)}
    folder = write_folder(tmp_path, files | {"exercises/a-reach.json": b"{}"})
    assert problems_of(folder)[0].startswith("exercises/a-reach.json: ")


def test_all_documents_together_are_bounded(tmp_path: Path) -> None:
    """The files of a catalog are at most eight megabytes long in all."""
    files = whole()
    for i in range(8):
        files[f"exercises/c-{i}.toml"] = f'id = "c-{i}"\n'.ljust(2**20, "#").encode()
    last = problems_of(write_folder(tmp_path, files))[-1]
    assert last == "exercises/c-7.toml: must be at most 8388608 bytes long with all others"


def test_numbers_of_any_length_where_python_reads_them(tmp_path: Path) -> None:
    """A long number is refused also where Python is told to read numbers of any length."""
    files = whole() | {"exercises/b-squat.json": b'{"reps": ' + b"9" * 5000 + b"}"}
    limit = sys.get_int_max_str_digits()
    sys.set_int_max_str_digits(0)
    try:
        problems = problems_of(write_folder(tmp_path, files))
    finally:
        sys.set_int_max_str_digits(limit)
    assert problems[-1] == (
        "exercises/b-squat.json: reps: must be a whole number from 1 to 1000000000000 "
        "(got an integer of about 5001 digits)"
    )


@pytest.mark.parametrize("lists", [100, 101])
def test_how_deep_is_too_deep(lists: int) -> None:
    """A value inside of a hundred lists is read, and one inside of another is not."""
    text = "[" * lists + "1" + "]" * lists
    ways: tuple[Callable[[], object], ...] = (
        lambda: require_bounds(json.loads(text)),
        lambda: parse(text.encode(), ".json"),
        lambda: parse(f"a = {text[1:-1]}".encode(), ".toml"),  # in a table
    )
    for read in ways:
        if lists == 100:
            read()
        else:
            with pytest.raises(RefusedError) as caught:
                read()
            assert caught.value.args[0] == NESTED


def test_how_many_values_are_too_many() -> None:
    """As many values as are allowed are read, what holds them included, and one more is not."""
    assert require_bounds([1] * (MOST_VALUES - 1)) == 0
    with pytest.raises(RefusedError) as caught:
        require_bounds([1] * MOST_VALUES)
    assert caught.value.args[0] == f"must have at most {MOST_VALUES} values"
