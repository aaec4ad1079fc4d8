"""What to write instead of a line that a parser refuses.

No answer is given that a parser would refuse again.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from typing import TYPE_CHECKING

from attrs import frozen

from supple.catalog._reading.mistakes import (
    A_PART,
    CURLY,
    END,
    LINES,
    LISTED,
    LONGEST_LINE,
    STRAIGHT,
    VALUES,
    corrected,
)

if TYPE_CHECKING:
    from collections.abc import Iterator


@frozen
class Answer:
    """What is required at a place, and how the line is written then; empty if nobody can tell."""

    requirement: str
    line: int
    column: int
    write: str = ""


_EQUALS = "must have an equals sign between a word and its value"
_COLON = "must have a colon between a word and its value"
_PAIR = re.compile(
    r"""(?P<indent>\s*) (?P<key>[A-Za-z0-9_-]+) \s* (?P<mark>=>|==|:=|->|=|:|(?=["'\s]))
    \s* (?P<value>.*?)\s*""",
    re.VERBOSE,
)
_ELEMENT = re.compile(r"(?P<indent>\s*)(?P<value>.*?)(?P<comma>,?)\s*")
_INNER = re.compile(r"(?P<key>[A-Za-z_]+)\s*(?P<mark>=|:)\s*(?P<value>[^,{}\[\]\"]+|\"[^\"]*\")")


@frozen
class _Refused:
    """A line that a parser refuses: the document, what the parser says, and where."""

    text: str
    reason: str
    line: int
    column: int
    here: str

    def answer(self, requirement: str, write: str = "", *, column: int | None = None) -> Answer:
        return Answer(requirement, self.line, self.column if column is None else column, write)


def toml_answer(text: str, reason: str, line: int, column: int) -> Answer | None:
    """Return what to write instead of the line that a parser of TOML refuses, for a reason."""
    lines = text.split("\n")
    line = min(line, len(lines))
    here = lines[line - 1].removesuffix("\r")
    if not _is_plain(here):
        return _unseen(here, line, column)
    column = max(min(column, len(here.rstrip()) + 1), 1)
    refused = _Refused(text, reason, line, column, here)
    return next(filter(None, (guess(refused) for guess in _GUESSES)), None)


def _of_a_list(refused: _Refused) -> Answer | None:
    """Look for a list that goes on where it should have ended, in the line before."""
    lines, at = refused.text.split("\n"), refused.line - 1
    is_heading = refused.reason == "Invalid value" and re.match(r"\s*\[\[?\w", refused.here)
    is_unclosed = refused.reason.startswith("Unclosed array")
    if not is_heading and (not is_unclosed or lines[at][: refused.column - 1].strip()):
        return None
    rest = lines[at].strip()
    at -= 1
    while at and (not lines[at].strip() or lines[at].lstrip().startswith("#")):
        at -= 1
    before = lines[at].rstrip()
    requirement, write = "must have a comma between the elements of a list", f"{before},"
    if before.endswith((",", "[")) or re.match(r"[\w-]+\s*=|\[\[?\w|$", rest):
        requirement, write = "must have ] at the end of a list", f"{before.rstrip(',')}]"
        if not _is_toml(write):
            requirement = "must have ] on a line of its own at the end of a list"
            write = f"{before}\n]"
    return Answer(requirement, at + 1, len(before) + 1, write)


def _as_json(refused: _Refused) -> Answer | None:
    """Look for a document of another format."""
    start = refused.text.lstrip()[:1]
    if start != "{" or refused.text.split("{")[0].count("\n") + 1 < refused.line:
        return None
    return refused.answer("must be in a file whose name ends in .json, for it is written in JSON")


def _on_several_lines(refused: _Refused) -> Answer | None:
    """Look for a group that begins in a line and ends in another."""
    if "{" in refused.here and "}" not in refused.here and refused.here.rstrip().endswith(","):
        rest = refused.text.split("\n", refused.line - 1)[-1]
        whole = " ".join(rest[: rest.find("}") + 1].split())
        if _is_plain(whole) and _is_toml(whole):
            return refused.answer("must have all of a group in { } on one line", whole)
    return None


def _by_the_tables(refused: _Refused) -> Answer | None:
    """Look for one of the mistakes that the tables have."""
    is_element = refused.reason == "Invalid value" or refused.here.lstrip().startswith("{")
    for requirement, written in _rewritten(refused.here, is_element=is_element):
        if _is_toml(written):
            return refused.answer(requirement, written)
    return None


def _by_the_words(refused: _Refused) -> Answer | None:
    """Look for what is missing of a word, an equals sign and a value."""
    here = refused.here
    if re.fullmatch(r"\s*[A-Za-z0-9_-]+\s*=\s*(?:#.*)?", here):
        requirement = "must have a value behind the equals sign"
        return refused.answer(requirement, column=len(here) + 1)
    if found := re.match(r"\s*((?=[^=]*[^\x00-\x7f])\w[\w -]*|\w+(?: \w+)+)\s*=", here):
        requirement = "must have a word of supple's own in front of the equals sign"
        return refused.answer(requirement, column=found.start(1) + 1)
    if re.match(r"\s*\w", here) and "=" not in here:
        requirement = "must be a word, an equals sign and a value, or begin with # as a note"
        return refused.answer(requirement)
    return None


_GUESSES = (_of_a_list, _as_json, _on_several_lines, _by_the_tables, _by_the_words)


def _is_plain(line: str) -> bool:
    """Tell whether a line is one that a person may have written, and that can be shown."""
    return len(line) <= LONGEST_LINE and line.replace("\t", " ").isprintable()


def _unseen(line: str, number: int, column: int) -> Answer | None:
    """Look for a letter at a place that nobody sees, such as a blank that no file may have."""
    letter = line[column - 1 : column]
    if len(line) > LONGEST_LINE or letter == "\t" or letter.isprintable():
        return None
    name = unicodedata.name(letter, "control character").lower()
    requirement = f"must have no {name} (U+{ord(letter):04X})"
    written = "".join(each if each.isprintable() else " " for each in line)
    return Answer(requirement, number, column, written if _is_toml(written) else "")


def _rewritten(line: str, *, is_element: bool) -> Iterator[tuple[str, str]]:
    """Yield what may be required of a line, and the line as it is written then."""
    yield from corrected(LINES, line)
    if (found := _PAIR.fullmatch(line)) and found["value"]:
        yield from _pairs(found["key"], found["mark"], found["value"])
    elif is_element and (found := _ELEMENT.fullmatch(line)):
        for requirement, written in _values(found["value"]):
            if _is_toml(f"x = [{written}]"):
                yield requirement, f"{found['indent']}{written}{found['comma']}"


def _pairs(key: str, mark: str, value: str) -> Iterator[tuple[str, str]]:
    """Yield what may be required of a word and its value, and the line as it is written then."""
    if not mark and not re.match(r"[\"'\d\[{]", value):
        return  # a sentence
    comment = ""
    if found := re.fullmatch(r"""([^"'\#“„]*?|"[^"]*"|\[[^\#]*\])(\s+\#.*)""", value):
        value, comment = found.groups()
    if mark != "=":
        for better in (value, *(written for _, written in _values(value))):
            yield _EQUALS, f"{key} = {better}{comment}"
    for requirement, written in _values(value):
        if requirement == A_PART and key != "fraction":
            return
        yield requirement, f"{key} = {written}{comment}"


def _values(value: str) -> Iterator[tuple[str, str]]:
    """Yield what may be required of a value, and the value as it is written then."""
    if "{" in value:
        yield from _groups(value)
    for requirement, written in corrected(VALUES, value):
        yield requirement, written
        if not _is_toml(f"x = {written}"):
            yield from ((requirement, again) for _, again in corrected(VALUES, written))


def _groups(value: str) -> Iterator[tuple[str, str]]:
    """Yield a value with groups in braces, their words and values as they should be."""
    wrong = []

    def better(found: re.Match[str]) -> str:
        inner = found["value"].strip()
        if found["mark"] == ":":
            wrong.append(_EQUALS)
        if not _is_toml(f"x = {inner}"):
            for requirement, written in _values(inner):
                if _is_toml(f"x = {written}"):
                    wrong.append(requirement)
                    inner = written
                    break
        end = " " if found["value"].endswith(" ") else ""
        return f"{found['key']} = {inner}{end}"

    written = _INNER.sub(better, value)
    if wrong:
        yield wrong[0], written
    commas = re.sub(r"\}\s+\{", "}, {", re.sub(r'(["\d\]])\s+([a-z_]+\s*=)', r"\1, \2", value))
    if commas != value:
        yield "must have a comma between two values", commas


def _is_toml(line: str) -> bool:
    """Tell whether a line, or an element of a list, is TOML."""
    for each in (line, f"x = [{line}]"):
        try:
            tomllib.loads(each)
        except (tomllib.TOMLDecodeError, ValueError, RecursionError):
            continue
        return True
    return False


def twice_answer(text: str, line: int) -> Answer | None:
    """Return what to write where a line says something for the second time."""
    lines = text.split("\n")
    line = min(line, len(lines))
    here = lines[line - 1]
    if found := re.fullmatch(rf"\s*\[(\[)?\s*({LISTED})\s*\](?(1)\])\s*(?:#.*)?", here):
        single = re.compile(rf"\s*\[\s*{found[2]}\s*\]\s*(?:#.*)?")
        first = 0 if found[1] else line - 1
        at = next((i for i in range(first, line) if single.fullmatch(lines[i])), None)
        if at is not None:
            requirement = "must have double brackets around a heading that comes several times"
            return Answer(requirement, at + 1, lines[at].index("[") + 1, f"[[{found[2]}]]")
    found = re.match(r"\s*(step|hold)\s*=", here)
    above = next((each for each in reversed(lines[: line - 1]) if each.startswith("[[")), None)
    if found and above:
        requirement = "must have a heading of its own for each step and hold"
        written = f"{above.split('#')[0].strip()}\n{here.strip()}"
        return Answer(requirement, line, found.start(1) + 1, written)
    return None


# --- JSON ------------------------------------------------------------------------------


def json_answer(text: str, at: int) -> Answer | None:  # noqa: C901, PLR0911 - one a mistake
    """Return what to write instead of the line that a parser of JSON refuses, at a letter."""
    line = text.count("\n", 0, at) + 1
    start = text.rfind("\n", 0, at) + 1
    here = text[start:].split("\n", 1)[0].removesuffix("\r")
    column = at - start + 1
    if not _is_plain(here):
        return _unseen(here, line, column)
    left, right = here[: at - start], here[at - start :]
    before, after = text[:at].rstrip(), text[at:].lstrip()
    if re.match(r",\s*[}\]]", text[at:]):  # a newer Python points at the comma
        before, after = text[: at + 1], text[at + 1 :].lstrip()
    if before.endswith(",") and re.match(r"[}\],]", after):
        is_double = after[0] == ","
        wanted = "one comma between two values" if is_double else "no comma behind the last value"
        return _in_json(text, len(before) - 1, f"must have {wanted}", drop=1)
    if re.match(f"[{CURLY}']", after):
        written = re.sub(rf"(?<!\w)['{CURLY}]|['{CURLY}](?!\w)", '"', here)
        return Answer(STRAIGHT, line, column, written)
    if re.match(r"//|\#|/\*", after):
        return Answer("must have no notes, for JSON has none", line, column)
    if found := re.match(r"[^\W\d][\w-]*", after):
        word = {"True": "true", "False": "false", "None": "null"}.get(found[0])
        requirement = 'must have "quotation marks" around words and texts'
        if word:
            requirement = "must have true, false or null in small letters"
        written = left + (word or f'"{found[0]}"') + right[len(found[0]) :]
        return Answer(requirement, line, column, written)
    if re.match(r'["\[{]|\d', after) and re.search(r'["\]}\d]$|\b(?:true|false|null)$', before):
        if re.search(r'[{,]\s*"[^"]*"$', before):
            return _in_json(text, len(before), _COLON, put=":")
        return _in_json(text, len(before), "must have a comma between two values", put=",")
    if after.startswith("=") and before.endswith('"'):
        return Answer(_COLON, line, column, left + re.sub(r"^=", ":", right))
    if after.startswith('"'):
        return Answer(END, line, column)
    if not after:
        return Answer("must have a } or ] for each { or [", line, max(column, 1))
    return None


def _in_json(text: str, at: int, requirement: str, *, drop: int = 0, put: str = "") -> Answer:
    """Return the answer that takes letters out at a place, or puts one in."""
    start = text.rfind("\n", 0, at) + 1
    here = text[start:].split("\n", 1)[0]
    written = here[: at - start] + put + here[at - start + drop :]
    return Answer(requirement, text.count("\n", 0, at) + 1, at - start + 1, written.strip())
