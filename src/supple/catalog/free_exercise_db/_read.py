"""From the bytes of a list of records to a catalog and an account of it."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from supple._errors import CatalogError, ModelError, Problem
from supple._model import checks as check
from supple.catalog._catalog import Catalog
from supple.catalog._reading.documents import parse_json
from supple.catalog._refused import RefusedError
from supple.catalog.free_exercise_db import _rules as rules
from supple.catalog.free_exercise_db._imported import Filled, Imported, LeftOut, Refused
from supple.catalog.free_exercise_db._record import exercise_of

if TYPE_CHECKING:
    from supple._model import Exercise

_THE_WHOLE = "the records"


def read(text_or_bytes: str | bytes, *, name: str = rules.TITLE) -> Imported:
    """Read a list of records in the form of free-exercise-db.

    A record that cannot be used never stands in the way of the others: it is left out and
    reported. Reading is pure; no file is opened and nothing is fetched.

    Args:
        text_or_bytes: The JSON text, a list of records, of at most 4 MiB.
        name: The name of the catalog.

    Returns:
        The catalog, with one exercise for each record that could be used, and the account of
        what was filled in, refused and left out.

    Raises:
        CatalogError: If the whole is no list of records in JSON and UTF-8, or too large, or
            nested too deep.
        ModelError: If ``name`` is no identifier.
    """
    check.name("read.name", name)
    records = _records(text_or_bytes, name)
    exercises: dict[str, Exercise] = {}
    filled: list[Filled] = []
    refused: list[Refused] = []
    fields: Counter[str] = Counter()
    for i, record in enumerate(records):
        try:
            exercise, fills = exercise_of(_object(record))
            if exercise.id in exercises:
                requirement = f"must not become the id {exercise.id}, which another record has"
                raise ModelError("id", requirement, record["id"])  # noqa: TRY301 - as any reason
        except ModelError as error:
            refused.append(Refused(_called(record, i), error.where, error.requirement, error.got))
            continue
        exercises[exercise.id] = exercise
        filled += fills
        fields.update(record.keys() - rules.CARRIED)
    catalog = Catalog(
        name,
        title=rules.TITLE,
        summary=rules.SUMMARY,
        version=rules.VERSION,
        language=rules.LANGUAGE,
        exercises=exercises.values(),
    )
    return Imported(catalog, tuple(filled), tuple(refused), _left_out(fields))


def _records(text_or_bytes: object, name: str) -> list[Any]:
    try:
        return _list(parse_json(_content(text_or_bytes)))
    except RefusedError as error:
        problem = Problem(
            _THE_WHOLE, requirement=error.requirement, got=error.got, line=error.line
        )
        raise CatalogError(name, [problem]) from error


def _content(text_or_bytes: object) -> bytes:
    if isinstance(text_or_bytes, str):
        content = text_or_bytes.encode(errors="surrogatepass")
    elif isinstance(text_or_bytes, bytes):
        content = text_or_bytes
    else:
        raise RefusedError("must be text or bytes", got=text_or_bytes)
    if len(content) > rules.MOST_BYTES:
        raise RefusedError(f"must be at most {rules.MOST_BYTES} bytes long")
    return content


def _list(data: object) -> list[Any]:
    if not isinstance(data, list):
        raise RefusedError("must be a list of records", got=data)
    return data


def _object(record: object) -> dict[str, Any]:
    if not isinstance(record, dict):
        raise ModelError("", "must be an object", record)
    return record


def _called(record: object, i: int) -> str:
    """Return the id of a record, or its place where it has none."""
    id = record.get("id") if isinstance(record, dict) else None
    return id if isinstance(id, str) and id else f"[{i}]"


def _left_out(fields: Counter[str]) -> tuple[LeftOut, ...]:
    """Return the fields that were passed over: those of the original first, then the others."""
    known = [field for field in rules.NOT_CARRIED if field in fields]
    others = sorted(fields.keys() - rules.NOT_CARRIED.keys())
    return tuple(
        LeftOut(field, fields[field], rules.NOT_CARRIED.get(field, rules.UNKNOWN))
        for field in (*known, *others)
    )
