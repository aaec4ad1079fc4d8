"""What to write instead of a line of JSON that a parser refuses."""

from __future__ import annotations

import re

from supple.catalog._reading.answers import Answer, is_plain
from supple.catalog._reading.mistakes import CURLY, END, STRAIGHT


def json_answer(  # noqa: C901, PLR0911, PLR0912 - a way out for each mistake
    text: str, at: int
) -> Answer | None:
    """Return what to write instead of the line that a parser of JSON refuses, at a letter."""
    line = text.count("\n", 0, at) + 1
    start = text.rfind("\n", 0, at) + 1
    here = text[start:].split("\n", 1)[0].removesuffix("\r")
    if not is_plain(here):
        return None
    column = at - start + 1
    before, after = text[:at].rstrip(), text[at:].lstrip()
    if re.match(r",\s*[}\]]", text[at:]):  # a newer Python points at the comma
        before, after = text[: at + 1], text[at + 1 :].lstrip()
    if re.match(r"[}\]]", after) and before.endswith(","):
        return _in_json(text, len(before) - 1, "must have no comma behind the last value", -1)
    if before.endswith(",") and after.startswith(","):
        return _in_json(text, len(before) - 1, "must have one comma between two values", -1)
    if re.match(f"[{CURLY}']", after):
        written = re.sub(rf"(?<!\w)['{CURLY}]|['{CURLY}](?!\w)", '"', here)
        return Answer(STRAIGHT, line, column, written)
    if re.match(r"//|\#|/\*", after):
        return Answer("must have no notes, for JSON has none", line, column)
    if found := re.match(r"True|False|None", after):
        word = {"True": "true", "False": "false", "None": "null"}[found[0]]
        written = here[: column - 1] + word + here[column - 1 + len(found[0]) :]
        return Answer("must have true, false or null in small letters", line, column, written)
    if found := re.match(r"[^\W\d][\w-]*", after):
        written = here[: column - 1] + f'"{found[0]}"' + here[column - 1 + len(found[0]) :]
        requirement = 'must have "quotation marks" around words and texts'
        return Answer(requirement, line, column, written)
    if re.match(r'["\[{]|\d', after) and re.search(r'["\]}\d]$|\b(?:true|false|null)$', before):
        if re.search(r'[{,]\s*"[^"]*"$', before):
            requirement = "must have a colon between a word and its value"
            return _in_json(text, len(before), requirement, 0, ":")
        return _in_json(text, len(before), "must have a comma between two values", 0, ",")
    if after.startswith("=") and before.endswith('"'):
        written = here[: column - 1] + re.sub(r"^=", ":", here[column - 1 :])
        return Answer("must have a colon between a word and its value", line, column, written)
    if after.startswith('"'):
        return Answer(END, line, column)
    if not after:
        return Answer("must have a } or ] for each { or [", line, max(column, 1))
    return None


def _in_json(text: str, at: int, requirement: str, drop: int, put: str = "") -> Answer:
    """Return the answer that takes a letter out at a place, or puts one in."""
    start = text.rfind("\n", 0, at) + 1
    here = text[start:].split("\n", 1)[0]
    inside = at - start
    written = here[:inside] + put + here[inside - drop :]
    return Answer(requirement, text.count("\n", 0, at) + 1, inside + 1, written.strip())
