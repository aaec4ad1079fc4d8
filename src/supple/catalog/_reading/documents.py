"""From the bytes of a document to plain data: strict, and within bounds."""

from __future__ import annotations

import json
import re
import tomllib
from typing import TYPE_CHECKING, Any

from supple._errors import Hint
from supple._json import StrictError, once_each
from supple._model.requirements import refuse_word
from supple.catalog._finding.folder import SUFFIXES, Folder
from supple.catalog._reading.answers import json_answer, toml_answer, twice_answer
from supple.catalog._refused import RefusedError, telling

if TYPE_CHECKING:
    from pathlib import Path

    from supple.catalog._reading.answers import Answer

MOST_NESTED = 100
MOST_VALUES = 100_000
MOST_KEY_PARTS = 16

_BYTE_ORDER_MARK = b"\xef\xbb\xbf"
_TWICE = "must not give a key or a table twice"

# The tokens of TOML 1.0 as far as finding a key takes it. They are read one after the other, and
# no quantifier gives back what it took, so the search takes linear time on any text.
LONG = r"""
    \"{3}(?: [^"\\]++ | \\. | "{1,2}(?!") )*+\"{3,5} | '{3}(?: [^']++ | '{1,2}(?!') )*+'{3,5}
    """
QUOTED = r""" "(?: [^"\\\n]++ | \\. )*+" | '[^'\n]*+' """
BARE = "[A-Za-z0-9_-]++"
_TOKEN = re.compile(
    rf"""
    (?P<part> {LONG} | {QUOTED} | {BARE} )
    | (?P<dot> [ \t]*+\.[ \t]*+ )
    | (?P<unclosed> ["'] )
    | (?P<other> \#[^\n]*+ | \s++ | . )
    """,
    re.VERBOSE | re.DOTALL,
)
_TOML_PLACE = re.compile(r"line (\d+), column (\d+)")
_TOML_TWICE = re.compile(r"Cannot (?:overwrite|declare|redefine|mutate)|Duplicate")


def parse(
    content: bytes, suffix: str, *, most_values: int = MOST_VALUES, most_nested: int = MOST_NESTED
) -> Any:
    """Return the plain data of a document, in the format of files of that suffix."""
    text = _decode(content)
    try:
        data = _json(text) if suffix == ".json" else _toml(text)
    except ValueError:
        raise RefusedError("must have no number of thousands of digits", code="digits") from None
    except RecursionError:
        raise _too_deep(most_nested) from None
    require_bounds(data, most_values=most_values, most_nested=most_nested)
    return data


def suffix_of(where: str, format: object) -> str:  # noqa: A002 - what it is
    """Return the suffix of files in a format, such as ``toml``, or refuse the argument."""
    names = [suffix.removeprefix(".") for suffix in SUFFIXES]
    if format not in names:
        refuse_word(format, names, where)
    return f".{format}"


def read_data(file: Path, kind: str) -> Any:
    """Return the plain data of a file of some kind that stands by itself."""
    with telling(str(file), file.name, kind):
        return parse(Folder(file.parent, is_trusted=True).read(file.name), file.suffix)


def _decode(content: bytes) -> str:
    content = content.removeprefix(_BYTE_ORDER_MARK)  # some editors cannot help but write it
    try:
        text = content.decode()
    except UnicodeDecodeError as error:
        wrong = content[error.start : error.end]
        line = content.count(b"\n", 0, error.start) + 1
        raise RefusedError("must be UTF-8 text", got=wrong, line=line, code="utf-8") from None
    if all(not line.strip() or line.lstrip().startswith("#") for line in text.splitlines()):
        raise RefusedError("must not be empty", code="empty")
    return text


def _toml(text: str) -> dict[str, Any]:
    _require_short_keys(text)
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        reason, _, place = str(error).partition(" (at ")
        found = _TOML_PLACE.match(place)  # else the place is the end of the document
        line = int(found[1]) if found else text.count("\n") + 1
        column = int(found[2]) if found else len(text) - text.rfind("\n")
        if _TOML_TWICE.match(reason):
            raise _answered(twice_answer(text, line), text, line, "given-twice", _TWICE) from None
        answer = toml_answer(text, reason, line, column)
        raise _answered(answer, text, line, "toml", f"must be TOML: {_lowered(reason)}") from None


def _json(text: str) -> Any:
    try:
        return json.loads(text, object_pairs_hook=once_each)
    except StrictError as error:
        raise RefusedError(_TWICE, got=error.key, code="given-twice") from None
    except json.JSONDecodeError as error:
        is_over = error.msg.startswith("Extra data")
        answer = None if is_over else json_answer(text, error.pos)
        requirement = f"must be JSON: {_lowered(error.msg)}"
        raise _answered(answer, text, error.lineno, "json", requirement) from None


def _require_short_keys(text: str) -> None:
    """Require keys of few parts, for a key takes time and memory in the square of its parts."""
    parts, before = 0, None
    for token in _TOKEN.finditer(text):
        if token["unclosed"]:
            return  # no key is read beyond an error
        if token["part"]:
            parts = parts + 1 if before == "dot" else 1
        before = token.lastgroup
        if parts > MOST_KEY_PARTS:
            line = text.count("\n", 0, token.start()) + 1
            requirement = f"must have keys of at most {MOST_KEY_PARTS} parts"
            raise RefusedError(requirement, line=line, code="key-parts")


def _answered(
    answer: Answer | None, text: str, line: int, code: str, requirement: str
) -> RefusedError:
    if answer is None:
        return RefusedError(requirement, line=line, code=code)
    lines = text.split("\n")
    hint = Hint(write=answer.write)
    return RefusedError(
        f"{answer.requirement}{hint}",
        got=lines[answer.line - 1].removesuffix("\r"),
        line=answer.line,
        column=answer.column,
        code="syntax",
        hint=hint,
    )


def _lowered(reason: str) -> str:
    return reason[:1].lower() + reason[1:]


def require_bounds(
    data: object, *, most_values: int = MOST_VALUES, most_nested: int = MOST_NESTED
) -> int:
    """Require a sensible number of values and depth, and return how many letters they have.

    It goes level by level, so it never recurses, and ends as soon as there is too much: plain
    data of a program may hold one list in many places, or in itself.
    """
    count, letters, depth, level = 1, 0, 0, [data]
    while level:
        if depth > most_nested:
            raise _too_deep(most_nested)
        below: list[Any] = []
        for parent in level:
            if isinstance(parent, str):
                letters += len(parent)
            if not isinstance(parent, dict | list | tuple):
                continue
            count += len(parent)
            if count > most_values:
                raise RefusedError(f"must have at most {most_values} values", code="too-many")
            if isinstance(parent, dict):
                letters += sum(len(key) for key in parent if isinstance(key, str))
                below += parent.values()
            else:
                below += parent
        depth, level = depth + 1, below
    return letters


def _too_deep(most_nested: int) -> RefusedError:
    return RefusedError(f"must be nested at most {most_nested} deep", code="deep")
