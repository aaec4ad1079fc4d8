"""Nothing foreign garbles what it is printed among."""

from __future__ import annotations

import json
import re
import sys
import unicodedata
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, strategies as st
from jsonschema import Draft202012Validator

from supple import (
    CatalogError,
    EventLineError,
    ModelError,
    Problem,
    Step,
    UnknownNameError,
    load_catalog,
)
from supple._errors import show
from supple._printable import printable
from supple.catalog import schema
from supple.cli import main
from supple.export import event_lines
from tests.cli.program import SQUAT, write_catalog

if TYPE_CHECKING:
    from pathlib import Path

NAME = schema("exercise")["properties"]["name"]
NAMES = Draft202012Validator(NAME)

HOSTILE = {
    "escape": "\x1b[2J\x1b]0;owned\x07",
    "eight-bit-escape": "\x9b31m",
    "forged-line": "x\nno errors, no warnings in 1 file",
    "carriage-return": "x\rgood",
    "separator": "x\u2028y\u2029z\x85",
    "override": "\u202etxt.elif\u202c\u2066\u200f",
    "tags": "\U000e0001\U000e0068\U000e0069\U000e007f",
    "annotation": "a\ufff9b\ufffac\ufffb",
    "byte order mark": "\ufeffgood",
    "deprecated control": "\u206agood\u206f",
    "noncharacter": "\ufffe\uffff\ufdd0\U0010ffff",
    "variants": "x\U000e0100\U000e01ef",
    "formula": "a\u2061\u2062\u2063\u2064b",
    "object": "a\ufffcb",
    "shorthand": "a\U0001bca0\U0001bca3b",
    "music": "a\U0001d173\U0001d17ab",
    "backspace": "good\b\b\b\bevil",
}
"""What no terminal may get as it is, by what is hostile in it."""

KEPT = {
    "Persian needs its joiner": "\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645",
    "so do scripts of India": "\u0915\u094d\u200d\u0937",
    "and families": "\U0001f469\u200d\U0001f469\u200d\U0001f467",
    "French has its spaces": "Attention\u00a0! 5\u202fs",
    "Thai has words without spaces": "\u0e44\u0e17\u0e22\u200b\u0e44\u0e17\u0e22",
    "German has soft hyphens": "Knie\u00adrolle",
    "Arabic has signs around numbers": "\u0600\u0661\u0662",
    "lines may be kept together": "5\u2060s",
    "emoji are made of several": "\U0001f9d8\U0001f3fd\u200d\u2640\ufe0f",
    "and of a key": "1\ufe0f\u20e3",
    "and flags of letters": "\U0001f1e9\U0001f1ea",
    "accents": "Brücke, Étirement, Ωμος",
}


def is_harmless(text: str) -> bool:
    """Tell whether a terminal shows a text on its lines and does nothing else with it."""
    refused = {each for each in "".join(HOSTILE.values()) if not each.isprintable()}
    return not any(
        unicodedata.category(each) in {"Cc", "Cs", "Zl", "Zp"} or each in refused
        for each in text.replace("\n", "")
    )


@pytest.mark.parametrize("text", KEPT.values(), ids=KEPT)
def test_what_scripts_need_stays(text: str) -> None:
    """No text of a language that people write is changed, or refused by a reader or an editor."""
    assert printable(text) == text
    assert Step(text).text == text
    assert NAMES.is_valid(text)


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_what_garbles_is_escaped(text: str) -> None:
    """What is hostile comes out as escapes, on one line, and once is enough."""
    shown = printable(text)
    assert is_harmless(shown)
    assert "\n" not in shown
    assert shown.encode("utf-8").decode("unicode_escape") == text
    assert printable(shown) == shown
    with pytest.raises(ModelError, match="must be one line without control characters, hidden"):
        Step(f"x{text}")


@pytest.mark.parametrize("blank", ["\u115f", "\u1160", "\u2800", "\u3164", "\uffa0"])
def test_what_looks_empty_is_empty(blank: str) -> None:
    """A letter that shows nothing makes no name by itself, and spoils none."""
    for text in (blank, f"{blank} \t\u3164\u200b"):
        with pytest.raises(ModelError, match="must not be empty"):
            Step(text)
    assert not NAMES.is_valid(blank)
    assert Step(f"a{blank}").text == f"a{blank}"
    assert NAMES.is_valid(f"a{blank}")


@given(st.text(st.characters()))
def test_any_text(text: str) -> None:
    """Whatever the text, what is printed has an encoding and no character to obey."""
    shown = printable(text)
    assert is_harmless(shown)
    assert "\n" not in shown
    assert shown.encode("utf-8").decode("utf-8") == shown


def test_every_character() -> None:
    """Of all of Unicode what is escaped is what no instruction needs, and what a text refuses."""
    escaped = [c for c in map(chr, range(sys.maxunicode + 1)) if printable(c) != c]
    refuse = re.compile(NAME["not"]["pattern"]).search
    assert [c for c in map(chr, range(sys.maxunicode + 1)) if refuse(c)] == [
        c for c in escaped if unicodedata.category(c) != "Cs"
    ]
    usual = {"Cc", "Cf", "Cn", "Cs", "Zl", "Zp"}
    assert {unicodedata.category(c) for c in escaped} == {*usual, "Mn", "So"}
    always = {"Cc", "Cs", "Zl", "Zp"}
    assert all(
        printable(c) != c
        for c in map(chr, range(sys.maxunicode + 1))
        if unicodedata.category(c) in always or ord(c) & 0xFFFE == 0xFFFE
    )


class Evil:
    """An object whose representation is hostile."""

    def __init__(self, text: str) -> None:
        self.text = text

    def __repr__(self) -> str:
        return self.text


class Leaving:
    """An object whose representation ends the program."""

    def __repr__(self) -> str:
        raise SystemExit(3)


class Nameless(type):
    """A metaclass that knows no name, and leaves when it is asked for one."""

    @property
    def __name__(cls) -> str:  # type: ignore[override]  # hostile on purpose
        raise SystemExit(4)


class Interrupted:
    """An object whose representation takes so long that the user ends it."""

    def __repr__(self) -> str:
        raise KeyboardInterrupt


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_errors(text: str) -> None:
    """No error says anything hostile, wherever it has it from."""
    errors = [
        ModelError(text, text, Evil(text)),
        ModelError("x", "y", [Evil(text), {text: text}]),
        ModelError("x", "y", type(text.replace("\0", ""), (), {"__repr__": lambda _: 1})()),
        EventLineError(text, "must be a fact", text),
        UnknownNameError("routine", text, [text]),
        CatalogError(text, [Problem(text, path=text, requirement=text, got=text)], text),
    ]
    for error in errors:
        assert is_harmless(str(error)), ascii(str(error))
    assert str(errors[-1]).count("\n") == 1


def test_representations_that_fail() -> None:
    """A value that cannot be shown costs its picture, whatever it raises; but no interrupt."""
    assert show(Leaving()) == "<Leaving>"
    assert show(Nameless("Odd", (), {"__repr__": Leaving.__repr__})()) == "<Odd>"
    assert show([Leaving()]) == "[<Leaving>]"
    with pytest.raises(KeyboardInterrupt):
        show(Interrupted())


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_event_lines(text: str) -> None:
    """A key of an event line comes back escaped."""
    with pytest.raises(EventLineError) as caught:
        event_lines.decode(json.dumps({"format": 1, text: 1}))
    assert is_harmless(str(caught.value))


@pytest.mark.skipif(sys.platform == "win32", reason="no such file names")
@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_file_names(text: str, tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    """The name of a file of a catalog reaches no terminal as it is, by whatever command."""
    folder = write_catalog(tmp_path / f"a{text}".replace("/", "-"))
    name = text.replace("/", "-")
    (folder / "exercises" / f"{name}.toml").write_text(SQUAT.replace('"standing"', "3"))
    (folder / "exercises" / f"{name}.txt").touch()
    (folder / "translations").mkdir()
    (folder / "translations" / f"{name}.toml").touch()
    with pytest.raises(CatalogError) as caught:
        load_catalog(folder)
    assert is_harmless(str(caught.value))
    for words in (
        ["check", str(folder)],
        ["list", "--catalog", str(folder)],
        ["show", f"{folder}/reach"],
        ["check", f"{folder}-{text}"],
        ["import", f"{folder}/{text}", str(tmp_path / f"new{name}")],
        [text],
        ["show", text],
    ):
        assert main(words) != 0
        written = capfd.readouterr()
        for stream in (written.out, written.err):
            assert is_harmless(stream), ascii(stream)
            assert "\nno errors" not in stream
