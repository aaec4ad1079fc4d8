"""The mistakes that people make in files: how each looks, what is required, how it is written.

Nothing here knows a file or a line: these are tables.
"""

from __future__ import annotations

import json
import re
import unicodedata
from typing import TYPE_CHECKING, Any, TypeAlias

from attrs import frozen

from supple._model.requirements import LONGEST_NAME
from supple.catalog._format import LISTS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    Write: TypeAlias = Callable[[re.Match[str]], str | None]

LONGEST_LINE = 1_000  # no person writes a longer one, and matching takes its time


@frozen
class Mistake:
    """A mistake: how it looks, what is required, and what to write, or how to make that."""

    requirement: str
    looks: str
    write: str | Write = ""

    def written(self, text: str) -> str | None:
        """Return what to write instead of a text; ``None`` where this is not its mistake."""
        found = re.fullmatch(self.looks, text)
        if found is None:
            return None
        return found.expand(self.write) if isinstance(self.write, str) else self.write(found)


def corrected(mistakes: Iterable[Mistake], text: str) -> Iterator[tuple[str, str]]:
    """Yield what is required of a text, and how it is written then, for each of its mistakes."""
    for mistake in mistakes:
        written = mistake.written(text)
        if written is not None and written != text:
            yield mistake.requirement, written


# --- values ----------------------------------------------------------------------------

_N = r"(?:\d{1,6}(?:[.,]\d{1,3})?)"
_SECONDS = r"(?:s|secs?\.?|seconds?|sek\.?|sekunden?|segundos?|secondes?)"
_MINUTES = r"(?:m|mins?|minutes?|minuten?|minutos?)"
_TIMES = r"(?:x|×|times?|reps?|repetitions?|mal|veces|fois|sets?|rounds?)"
_TO = r"\s*(?:-|–|—|to|bis|a|\.\.+|…|;)\s*"

A_PART = "must have a part of 1, not of a hundred"
"""Of a fraction alone: of nothing else does anybody know what a hundred is."""
_ALONE = "must have a number alone, without a unit"
_IN_SECONDS = "must give a time in seconds, as a number alone"
_RANGE = "must have the two numbers of a range in [square brackets]"
_QUOTES = 'must have "quotation marks" around a text'
_DOUBLE = "“”„‟«»"
_SINGLE = "\u2018\u2019\u201a\u2039\u203a"
_OPENING = "\u2018\u201a\u2039\u203a"
CURLY = f"{_DOUBLE}{_SINGLE}"
"""The quotation marks of printed text."""
STRAIGHT = 'must have straight "quotation marks"'
END = "must have a quotation mark at the end of a text, too"
_FRACTION = "must have a number with a point, not a fraction"


def _number(text: str) -> float | int:
    value = float(text.replace(",", "."))
    return int(value) if value.is_integer() else value


def _plain(value: float) -> str:
    return str(int(value) if float(value).is_integer() else round(value, 3))


def _one(found: re.Match[str]) -> str:
    return _plain(_number(found[1]))


def _pair(found: re.Match[str], factor: int = 1) -> str:
    low, high = (_number(each) * factor for each in (found[1], found[2]))
    return f"[{_plain(low)}, {_plain(high)}]"


def _minutes(found: re.Match[str]) -> str:
    return _plain(_number(found[1]) * 60 + _number(found[2] or "0"))


def quoted(text: str) -> str:
    """Return a text in quotation marks."""
    return json.dumps(text.strip(), ensure_ascii=False)


def _words(found: re.Match[str]) -> str:
    elements = (each.strip(" \"'") for each in found[1].split(","))
    return f"[{', '.join(quoted(each) for each in elements if each)}]"


AMOUNTS = (
    Mistake("must have no zero in front of a number", r"0+([1-9]\d*)", r"\1"),
    Mistake(_ALONE, rf"(?i)({_N})\s*(?:{_SECONDS}|{_TIMES})?", _one),
    Mistake(_ALONE, rf"(?i)(?:x|×)\s*({_N})", _one),
    Mistake(_RANGE, rf"(?i)\[?\s*({_N}){_TO}({_N})\s*\]?\s*(?:{_SECONDS}|{_TIMES})?", _pair),
)
"""How people write a number of times that can be meant in one way alone."""

TIMES = (
    *AMOUNTS,
    Mistake(_FRACTION, "½", "0.5"),
    Mistake(_FRACTION, "¼", "0.25"),
    Mistake(_IN_SECONDS, rf"(?i)({_N})\s*{_MINUTES}(?:\s*({_N})\s*{_SECONDS})?", _minutes),
    Mistake(_IN_SECONDS, r"0*(\d{1,3}):([0-5]\d)(?::00)?", _minutes),
    Mistake(
        _RANGE,
        rf"(?i)\[?\s*({_N}){_TO}({_N})\s*\]?\s*{_MINUTES}",
        lambda found: _pair(found, factor=60),
    ),
)
"""How people write a time, in seconds."""

NUMBERS = (
    *TIMES,
    Mistake("must have no gap in a number", r"(\d{1,3})[ '’](\d{3})", r"\1\2"),
    Mistake(_RANGE, rf"\[\s*({_N})\s+({_N})\s*\]", _pair),
    Mistake(
        _ALONE, rf"(?i)(?:ca\.?|about|approx\.?|~|≈)\s*({_N})\s*(?:{_SECONDS}|{_TIMES})?", _one
    ),
    Mistake(
        "must have a number alone, or the two numbers of a range in [square brackets]",
        rf"(?i)(?:(?:at least|at most|max\.?|min\.?|up to|[<>]=?|≤|≥)\s*)?({_N})\s*\+?",
        _one,
    ),
    Mistake(
        "must have a digit on both sides of the point",
        r"(\d{0,6})\.(\d{0,3})",
        lambda found: f"{found[1] or 0}.{found[2] or 0}",
    ),
    Mistake(
        _FRACTION, r"(\d{1,3})/([1-9]\d{0,2})", lambda found: _plain(int(found[1]) / int(found[2]))
    ),
    Mistake(A_PART, rf"({_N})\s*%", lambda found: _plain(_number(found[1]) / 100)),
)
"""What people write for a number, and what it is."""

VALUES = (
    Mistake(
        "must have true or false in small letters", r"(?i)(?:true|yes|on|ja|wahr|sí|si)", "true"
    ),
    Mistake(
        "must have true or false in small letters", r"(?i)(?:false|no|off|nein|falsch)", "false"
    ),
    Mistake("must have a point in a number, not a comma", r"(\d+),(\d+)", r"\1.\2"),
    *NUMBERS,
    Mistake(
        "must have # in front of a note",
        r'("[^"]*"|\[[^\[\]]*\]|[\d.]+|true|false)\s*//\s*(.*)',
        r"\1  # \2",
    ),
    Mistake("must not end in a comma", r"(.*[^,;])\s*,+", r"\1"),
    Mistake("must not end in a semicolon", r"(.*[^,;])\s*;+", r"\1"),
    Mistake(
        STRAIGHT,
        rf"""(?!(["'])[^{_DOUBLE}{_OPENING}]*\1$)"""
        rf"""[{_DOUBLE}{_SINGLE}"']+([^{_DOUBLE}"]+)[{_DOUBLE}{_SINGLE}"']+""",
        lambda found: quoted(found[2]),
    ),
    Mistake(STRAIGHT, r".*[“”„‟«»].*", lambda found: re.sub("[“”„‟«»]", '"', found[0])),
    Mistake(END, r"""["']([^"]*[^"'\s])""", lambda found: quoted(found[1])),
    Mistake(
        "must have a quotation mark at the beginning of a text, too",
        r"""([^"'\[\]{}]+)["']""",
        lambda found: quoted(found[1]),
    ),
    Mistake(
        "must have / between the folders of a path",
        r'"([^"]*\\[^"]*)"',
        lambda found: quoted(found[1].replace("\\", "/")),
    ),
    Mistake(
        "must have double quotation marks around a text with an apostrophe",
        r"'([^\"]*'[^\"]*)'",
        lambda found: quoted(found[1]),
    ),
    Mistake(
        "must have several texts in [square brackets], with commas between them",
        r'((?:"[^"]*"[,;\s]+)+"[^"]*")',
        lambda found: "[" + ", ".join(re.findall('"[^"]*"', found[1])) + "]",
    ),
    Mistake(
        "must have no double quotation marks inside of a text",
        r'"(.*".*)"',
        lambda found: quoted(found[1].replace('"', "'")),
    ),
    Mistake(
        "must have a comma between the elements of a list",
        r'(\[.*"\s+".*\])',
        lambda found: re.sub(r'"\s+"', '", "', found[1]),
    ),
    Mistake(f"{_QUOTES} in a list", r"\[([^\[\]{}=]*[^\W\d][^\[\]{}=]*)\]", _words),
    Mistake("must have ] at the end of a list", r"(\[[^\[\]{}]*)\}", r"\1]"),
    Mistake("must have ] at the end of a list", r"(\[[^\[\]]*[^\[\],])", r"\1]"),
    Mistake("must have } at the end of a group", r"(\{[^{}]*[^{},\s])\s*", r"\1 }"),
    Mistake(
        _QUOTES,
        r"""(?=.*\w)([^"'\[\]{}=“”„«»][^"\[\]{}=“”„«»]*)""",
        lambda found: quoted(found[1]),
    ),
)
"""What people write for a value, what is required, and how it is written."""

# --- lines -----------------------------------------------------------------------------

LISTED = rf"(?:\w+\.)?(?:{'|'.join(sorted(LISTS))})"
"""What stands in double brackets."""

LINES = (
    Mistake(
        "must have no blanks between the brackets of a heading",
        r"\s*\[\s*\[\s*([\w.-]+)\s*\]\s*\]\s*",
        "[[\\1]]",
    ),
    Mistake(
        "must have a heading on a line of its own",
        r"\s*(\[\[?[\w.-]+\]\]?)\s*(?P<rest>[\w-]+\s*=.*)",
        "\\1\n\\2",
    ),
    Mistake(
        "must have a line for each word and its value",
        r"""\s*([\w-]+\s*=\s*(?:"[^"]*"|[\w.]+))\s*[;,]?\s+([\w-]+\s*=.*)""",
        "\\1\n\\2",
    ),
    Mistake(
        "must have two brackets on both sides of a heading",
        rf"\s*[\[(<{{]{{1,3}}\s*({LISTED})\s*[\])>}}]{{0,3}}:?\s*",
        "[[\\1]]",
    ),
    Mistake(
        "must have # in front of a note", r"\s*(?://+|--+|;+|/\*+|%+)\s*(.*?)\s*(?:\*/)?", "# \\1"
    ),
    Mistake("must have no mark in front of a line", r"\s*[*•>-]\s+([\w-]+\s*=.*)", "\\1"),
    Mistake(
        "must have no marks of two versions: keep the lines of one of them",
        r"\s*(?:<<<<<<<|=======|>>>>>>>).*",
    ),
    Mistake(
        "must have quotation marks around the value alone",
        r"""\s*"([\w-]+)\s*=\s*"?([^"]*)"\s*""",
        lambda found: f"{found[1]} = {quoted(found[2])}",
    ),
    Mistake(
        "must have no quotation mark behind a word",
        r"""\s*["']?([\w-]+)["']?\s*=\s*(.+)""",
        "\\1 = \\2",
    ),
)
"""What people write for a line that is no word with its value."""


# --- values that a parser takes ----------------------------------------------------------

_SECONDS_IN = {"minutes": 60, "minute": 60, "min": 60, "hours": 3600, "ms": 0.001}


def number_meant(text: str, forms: Iterable[Mistake] = NUMBERS) -> Any:
    """Return the number or range that a text stands for, ``None`` where it stands for none.

    >>> number_meant("8-10"), number_meant("1:30"), number_meant("5 s"), number_meant("five")
    ([8, 10], 90, 5, None)
    """
    if len(text) > LONGEST_LINE:
        return None
    written = (mistake.written(text.strip()) for mistake in forms)
    return next((json.loads(each) for each in written if each is not None), None)


def id_meant(name: str) -> str:
    """Return a name in the letters that an id may have, empty where it has none of them.

    >>> id_meant("Übung Nr. 5"), id_meant("Side-Bend"), id_meant("歩く")
    ('ubung-nr-5', 'side-bend', '')
    """
    plain = unicodedata.normalize("NFKD", name.replace("ß", "ss")).encode("ascii", "ignore")
    return "-".join(re.findall(r"[a-z0-9]+", plain.decode().lower()))[:LONGEST_NAME].strip("-")


def in_seconds(key: object, value: object) -> str | None:
    """Return what to write instead of a word that gives another unit than seconds."""
    factor = _SECONDS_IN.get(str(key).casefold())
    if factor is None or type(value) not in {int, float}:
        return None
    return f"seconds = {_plain(value * factor)}"  # type: ignore[operator] # it is a number
