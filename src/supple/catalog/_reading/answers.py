"""What to write instead of a line that a parser refuses.

No answer is given that a parser would refuse again.
"""

from __future__ import annotations

import re
import tomllib
from typing import TYPE_CHECKING

from attrs import frozen

from supple.catalog._reading.mistakes import LINES, LONGEST_LINE, VALUES

if TYPE_CHECKING:
    from collections.abc import Iterator

WRITE = "; write: "
"""Stands in a requirement before what to write; lines of it follow."""


@frozen
class Answer:
    """What is required of a line, and how it is written then.

    Args:
        requirement: What would have been accepted.
        line: The line that is wrong, counted from 1.
        column: Where in it, counted from 1.
        write: The line, or lines, as they should be; empty where nobody can tell.
    """

    requirement: str
    line: int
    column: int
    write: str = ""

    def __str__(self) -> str:
        return f"{self.requirement}{WRITE}{self.write}" if self.write else self.requirement


_PAIR = re.compile(
    r"""(?P<indent>\s*) (?P<key>[A-Za-z0-9_-]+) \s* (?P<mark>=>|==|:=|->|=|:|(?=["'\s])) \s* (?P<value>.*?)\s*""",
    re.VERBOSE,
)
_ELEMENT = re.compile(r"(?P<indent>\s*)(?P<value>.*?)(?P<comma>,?)\s*")
_INNER = re.compile(r"(?P<key>[A-Za-z_]+)\s*(?P<mark>=|:)\s*(?P<value>[^,{}\[\]\"]+|\"[^\"]*\")")


def toml_answer(text: str, reason: str, line: int, column: int) -> Answer | None:
    """Return what to write instead of the line that a parser of TOML refuses.

    Args:
        text: The document.
        reason: What the parser says.
        line: The line that it names, counted from 1.
        column: The column.
    """
    lines = text.split("\n")
    line = min(line, len(lines))
    here = lines[line - 1].removesuffix("\r")
    if len(here) > LONGEST_LINE:
        return None
    if reason.startswith("Unclosed array") and (before := _line_before(lines, line, column)):
        return before
    if not here.strip():
        return None
    column = max(min(column, len(here.rstrip()) + 1), 1)
    if re.match(r"\s*\{", text) and line <= text[: text.index("{") + 1].count("\n") + 1:
        requirement = "must be in a file whose name ends in .json, for it is written in JSON"
        return Answer(requirement, line, column)
    if "{" in here and "}" not in here and here.rstrip().endswith(","):
        rest = text.split("\n", line - 1)[-1]
        whole = " ".join(rest[: rest.find("}") + 1].split())
        if _is_toml(whole):
            return Answer("must have all of a group in { } on one line", line, column, whole)
    for requirement, written in _rewritten(here, is_element=reason == "Invalid value"):
        if _is_toml(written):
            return Answer(requirement, line, column, written)
    if re.fullmatch(r"\s*[A-Za-z0-9_-]+\s*=\s*(?:\#.*)?", here):
        return Answer("must have a value behind the equals sign", line, len(here) + 1)
    if found := re.match(r"\s*((?=[^=]*[^\x00-\x7f])\w[\w -]*|\w+(?: \w+)+)\s*=", here):
        requirement = "must have a word of supple's own in front of the equals sign"
        return Answer(requirement, line, found.start(1) + 1)
    if re.match(r"\s*\w", here) and "=" not in here:
        requirement = "must be a word, an equals sign and a value, or begin with # as a note"
        return Answer(requirement, line, column)
    return None


def _line_before(lines: list[str], line: int, column: int) -> Answer | None:
    """Return what to write instead of the line before that at which a list goes on."""
    at = line - 1
    here = lines[at][: column - 1].strip() if at < len(lines) else ""
    if here:
        return None
    at -= 1
    while at >= 0 and (not lines[at].strip() or lines[at].lstrip().startswith("#")):
        at -= 1
    if at < 0:
        return None
    before = lines[at].rstrip()
    rest = lines[line - 1].strip() if line <= len(lines) else ""
    if before.endswith((",", "[")) or re.match(r"[\w-]+\s*=|\[\[?\w|$", rest):
        write = f"{before.rstrip(',')}]" if _is_toml(f"{before.rstrip(',')}]") else "]"
        if write == "]":
            requirement = "must have ] on a line of its own at the end of a list"
            return Answer(requirement, at + 1, len(before) + 1, f"{before}\n]")
        return Answer("must have ] at the end of a list", at + 1, len(before) + 1, write)
    requirement = "must have a comma between the elements of a list"
    return Answer(requirement, at + 1, len(before) + 1, f"{before},")


def _rewritten(line: str, *, is_element: bool) -> Iterator[tuple[str, str]]:
    """Yield what may be required of a line, and the line as it is written then."""
    for mistake in LINES:
        written = mistake.written(line)
        if written is not None and written != line:
            yield mistake.requirement, written
    if (found := _PAIR.fullmatch(line)) and found["value"]:
        key, value, comment = found["key"], *_uncommented(found["value"])
        if found["mark"] != "=":
            requirement = "must have an equals sign between a word and its value"
            for better in (value, *(written for _, written in _values(value))):
                yield requirement, f"{key} = {better}{comment}"
        for requirement, written in _values(value):
            yield requirement, f"{key} = {written}{comment}"
        return
    if is_element and (found := _ELEMENT.fullmatch(line)):
        for requirement, written in _values(found["value"]):
            if _is_toml(f"x = [{written}]"):
                yield requirement, f"{found['indent']}{written}{found['comma']}"


def _uncommented(value: str) -> tuple[str, str]:
    """Return a value and the note behind it."""
    found = re.fullmatch(r"""([^"'\#“„]*?|"[^"]*"|\[[^\#]*\])(\s+\#.*)""", value)
    return (found[1], found[2]) if found else (value, "")


def _values(value: str) -> Iterator[tuple[str, str]]:
    """Yield what may be required of a value, and the value as it is written then."""
    if "{" in value:
        for requirement, written in _groups(value):
            yield requirement, written
    for mistake in VALUES:
        written = mistake.written(value)
        if written is None or written == value:
            continue
        yield mistake.requirement, written
        if not _is_toml(f"x = {written}"):
            again = (other.written(written) for other in VALUES)
            yield from ((mistake.requirement, each) for each in again if each is not None)


def _groups(value: str) -> Iterator[tuple[str, str]]:
    """Yield a value with groups in braces, their words and values as they should be."""
    wrong = []

    def better(found: re.Match[str]) -> str:
        inner = found["value"].strip()
        if found["mark"] == ":":
            wrong.append("must have an equals sign between a word and its value")
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
    if line.strip() in {"]", "}"}:
        return True
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
    if found := re.fullmatch(r"\s*\[\s*([\w.-]+)\s*\]\s*(?:#.*)?", here):
        requirement = "must have double brackets around a heading that comes several times"
        return Answer(requirement, line, here.index("[") + 1, f"[[{found[1]}]]")
    found = re.match(r"\s*(step|hold)\s*=", here)
    above = next((each for each in reversed(lines[: line - 1]) if each.startswith("[[")), None)
    if found and above:
        requirement = "must have a heading of its own for each step and hold"
        written = f"{above.split('#')[0].strip()}\n{here.strip()}"
        return Answer(requirement, line, found.start(1) + 1, written)
    return None
