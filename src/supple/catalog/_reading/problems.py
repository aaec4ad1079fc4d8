"""From the groups of errors that cattrs raises to problems that a person can read."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from cattrs import ClassValidationError, ForbiddenExtraKeysError, IterableValidationError
from cattrs.errors import AttributeValidationNote, IterableValidationNote

from supple._errors import Problem, close_matches, show, suggestion
from supple.catalog._format import TABLES
from supple.catalog._refused import RefusedError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from supple.catalog._format import Tables

_PLAIN_KEY = re.compile(r"[A-Za-z0-9_-]{1,64}")
_UNKNOWN_KEYS_SHOWN = 20


def problems_in(
    file: str, error: Exception, path: str = "", *, tables: Tables = TABLES
) -> Iterator[Problem]:
    """Yield the problems that an error from structuring a file stands for.

    Args:
        file: The file that was structured.
        error: What was raised.
        path: Where in the file it was raised, such as ``.cycle[1]``.
        tables: The tables that the file may have.
    """
    match error:
        case RefusedError():
            yield error.problem(file, path)
        case ClassValidationError() | IterableValidationError():
            for each in error.exceptions:
                step = _step_to(each, error.cl, tables)
                yield from problems_in(file, each, path + step, tables=tables)
        case ForbiddenExtraKeysError():
            known = tables[error.cl].keys
            for unknown in sorted(error.extra_fields)[:_UNKNOWN_KEYS_SHOWN]:
                hint = suggestion(close_matches(unknown, known), known)
                word = unknown if _PLAIN_KEY.fullmatch(unknown) else show(unknown)
                yield RefusedError(f"must be a known key{hint}", path=f".{word}").problem(
                    file, path
                )
        case KeyError():  # the code that cattrs generates looks up a key that is missing
            yield RefusedError("must be given").problem(file, path)
        case _:
            raise error


def _step_to(error: Exception, cls: type, tables: Tables) -> str:
    """Return the key or the index that cattrs has noted on an error inside of a group."""
    note = next(iter(getattr(error, "__notes__", ())), None)
    match note:
        case AttributeValidationNote():
            return f".{tables[cls].words.get(note.name, note.name)}"
        case IterableValidationNote():
            return f"[{note.index}]"
        case _:
            return ""
