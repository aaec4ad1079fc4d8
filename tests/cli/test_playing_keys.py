"""Bytes of a terminal as keys."""

from itertools import pairwise

import pytest
from hypothesis import given, strategies as st

from supple.cli._playing.keys import Key, KeyReader


@pytest.mark.parametrize(
    ("data", "keys"),
    [
        (b" ", [Key.SPACE]),
        (b"\r", [Key.ENTER]),
        (b"\n", [Key.ENTER]),
        (b"nN", [Key.NEXT, Key.NEXT]),
        (b"prq?", [Key.PREVIOUS, Key.READY, Key.QUIT, Key.HELP]),
        (b"\x1b[C\x1b[D", [Key.RIGHT, Key.LEFT]),
        (b"\x1bOC\x1bOD", [Key.RIGHT, Key.LEFT]),
        (b"\x1b[1;5C", [Key.RIGHT]),
        (b"\x1b[A\x1b[3~\x1bn", [Key.OTHER, Key.OTHER, Key.OTHER]),
        (b"\x1b\x1b[C", [Key.ESCAPE, Key.RIGHT]),
        ("é".encode(), [Key.OTHER]),
        (b"\xff", [Key.OTHER]),
        (b"", []),
    ],
)
def test_keys(data: bytes, keys: list[Key]) -> None:
    """Each key is known by its bytes; what means nothing here is some other key."""
    reader = KeyReader()
    assert reader.feed(data) == keys
    assert not reader.is_waiting


def test_escape_by_itself() -> None:
    """A lone escape byte is the escape key once nothing follows it."""
    reader = KeyReader()
    assert (reader.feed(b"\x1b"), reader.is_waiting) == ([], True)
    assert (reader.flush(), reader.is_waiting) == ([Key.ESCAPE], False)
    assert reader.flush() == []


def test_sequence_that_breaks_off() -> None:
    """A sequence that is never finished is the escape key and some others."""
    reader = KeyReader()
    assert reader.feed(b"\x1b[1") == []
    assert reader.flush() == [Key.ESCAPE, Key.OTHER, Key.OTHER]


def test_sequence_without_end() -> None:
    """However long a sequence grows, no more than a few bytes of it are kept."""
    reader = KeyReader()
    keys = reader.feed(b"\x1b[" + b"1" * 10_000)
    assert keys[0] is Key.ESCAPE
    assert not reader.is_waiting


@given(st.binary(), st.lists(st.integers(0, 64)))
def test_any_bytes_in_any_pieces(data: bytes, cuts: list[int]) -> None:
    """Any bytes give keys, and the same ones however they are cut into pieces."""
    whole = KeyReader()
    expected = whole.feed(data) + whole.flush()
    pieces = KeyReader()
    ends = sorted({0, len(data), *(cut for cut in cuts if cut < len(data))})
    keys = [key for start, end in pairwise(ends) for key in pieces.feed(data[start:end])]
    assert keys + pieces.flush() == expected
