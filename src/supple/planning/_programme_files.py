"""Programme files: a routine file with one more table, which says when and how it grows.

The routine in it is read and written as in any routine file, by the same strict reader. What
the table ``programme`` holds are the parameters of :class:`Programme` and of its progression.
"""

from __future__ import annotations

import os
import re
from datetime import date, datetime, time
from inspect import signature
from pathlib import Path
from typing import TYPE_CHECKING, Any

from attrs import NOTHING

from supple._errors import CatalogError, ModelError, Problem, close_matches, suggestion
from supple._model import Pacing, Routine, checks as check
from supple.catalog import _routine_files as routine_files
from supple.catalog._format import STAND_IN
from supple.catalog._refused import RefusedError
from supple.planning._programme import Programme
from supple.planning._progression import Grow, Progression

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from supple.catalog._catalog import Catalog

TABLE = "programme"
_GROWTH = tuple(signature(Progression).parameters)
_KEYS = ("starts", "zone", "times", "days", "level", *_GROWTH)
_NEEDED = ("starts", "zone")
_TIME = re.compile(r"\d\d:\d\d(:\d\d)?")
_EXAMPLE = Routine("x", items=[STAND_IN])


def write_programme(
    programme: Programme, path: str | os.PathLike[str], *, catalogs: Iterable[Catalog] = ()
) -> None:
    """Write a programme into a file of its own, in TOML or JSON.

    The routine in it is written as by :func:`supple.catalog.write_routine`. Reading the file
    gives an equal programme. The file is replaced whole or not at all.

    Args:
        programme: The programme, at the usual pacing.
        path: The file to write; its ending, ``.toml`` or ``.json``, says in which format.
        catalogs: The catalogs whose exercises are named rather than carried.

    Raises:
        ModelError: If a value is refused, or its pacing is not the usual one, for which the
            file has no place.
        MissingExtraError: If it is TOML and the extra ``toml`` is not installed.
        OSError: If it cannot be written. What was there still is.
    """
    check.instance_of(Programme)("write_programme.programme", programme)
    if programme.pacing != Pacing():
        requirement = "must be Pacing(), for a file has no place for another"
        raise ModelError("write_programme.programme.pacing", requirement, programme.pacing)
    routine_files.write_document(
        "write_programme", programme.routine, path, catalogs, {TABLE: _table(programme)}
    )


def read_programme(
    path: str | os.PathLike[str], *, catalogs: Iterable[Catalog] | None = None
) -> Programme:
    """Read a programme from a file of its own, and check everything in it.

    Args:
        path: The file, a ``.toml`` or a ``.json`` file.
        catalogs: The catalogs whose exercises it may name, as they are; nothing else is looked
            up. Where it is left out, those that are installed.

    Raises:
        CatalogError: If anything in the file is refused, or it cannot be read. It carries every
            problem.
        ModelError: If ``path`` is no such path, or two catalogs have one name.

    >>> import tempfile
    >>> from datetime import date
    >>> from supple import load_catalog
    >>> back = load_catalog("lower-back")
    >>> weeks = Programme(back.routines["in-bed"], starts=date(2027, 3, 22), zone="UTC", days=42)
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     write_programme(weeks, f"{folder}/weeks.json", catalogs=[back])
    ...     read_programme(f"{folder}/weeks.json") == weeks
    True
    """
    routine, extra, problems = routine_files.read_document(
        "read_programme", path, catalogs, also=(TABLE,)
    )
    file = Path(os.fsdecode(path))
    found = list(_problems(file.name, extra.get(TABLE, NOTHING)))
    if routine is None or found or problems:
        raise CatalogError(str(file), [*found, *problems], kind="programme file")
    return _programme(routine, extra[TABLE])


def has_programme(path: str | os.PathLike[str]) -> bool:
    """Tell whether a file has the table of a programme; what else is wrong with it is not told.

    Raises:
        CatalogError: If the file cannot be read at all.
    """
    _, extra, _ = routine_files.read_document("has_programme", path, None, also=(TABLE,))
    return TABLE in extra


def _programme(routine: Routine, table: Mapping[str, Any]) -> Programme:
    given: dict[str, Any] = {
        key: _CONVERTED.get(key, _same)(value) for key, value in table.items()
    }
    growth = {key: given.pop(key) for key in _GROWTH if key in given}
    return Programme(routine, progression=Progression(**growth), **given)


def _problems(file: str, table: Any) -> Iterator[Problem]:
    """Yield all that is wrong with the table."""
    if not isinstance(table, dict):
        requirement = "must be given" if table is NOTHING else "must be a table"
        yield RefusedError(requirement, got=table).problem(file, TABLE)
        return
    for key in table:
        if key not in _KEYS:
            hint = suggestion(close_matches(key, _KEYS), _KEYS)
            yield RefusedError(f"must be a known key{hint}").problem(file, f"{TABLE}.{key}")
    for key in _NEEDED:
        if key not in table:
            yield RefusedError("must be given").problem(file, f"{TABLE}.{key}")
    for key in _KEYS:
        if key in table:
            yield from _problems_of(file, key, table[key])


def _problems_of(file: str, key: str, value: object) -> Iterator[Problem]:
    """Yield what is wrong with one value, by trying it in a table without a fault."""
    try:
        _programme(_EXAMPLE, {"starts": "2027-01-01", "zone": "UTC", key: value})
    except RefusedError as refused:
        yield refused.problem(file, f"{TABLE}.{key}")
    except ModelError as error:
        path = error.where.partition(".")[2]
        yield RefusedError(error.requirement, got=error.got).problem(file, f"{TABLE}.{path}")


def _day(value: object) -> object:
    """Take a day as TOML has it, or as text such as 2027-03-22."""
    if isinstance(value, str):
        try:
            return date.fromisoformat(value)
        except ValueError:
            pass
    if not isinstance(value, date) or isinstance(value, datetime):
        raise RefusedError("must be a day such as 2027-03-22", got=value)
    return value


def _times(value: object) -> object:
    if not isinstance(value, list):
        raise RefusedError("must be a list", got=value)
    return [_time(i, each) for i, each in enumerate(value)]


def _time(i: int, value: object) -> time:
    """Take a time of day as TOML has it, or as text such as 08:00."""
    if isinstance(value, str) and _TIME.fullmatch(value):
        try:
            return time.fromisoformat(value)
        except ValueError:
            pass
    if not isinstance(value, time):
        raise RefusedError("must be a time of day such as 08:00", path=f"[{i}]", got=value)
    return value


def _grow(value: object) -> object:
    if not isinstance(value, list):
        raise RefusedError("must be a list", got=value)
    return [_grow_one(i, each) for i, each in enumerate(value)]


def _grow_one(i: int, value: object) -> Grow:
    if not isinstance(value, dict):
        raise RefusedError("must be a table", path=f"[{i}]", got=value)
    known = tuple(signature(Grow).parameters)
    for key in value:
        if key not in known:
            hint = suggestion(close_matches(key, known), known)
            raise RefusedError(f"must be a known key{hint}", path=f"[{i}].{key}")
    for key in known[:-1]:
        if key not in value:
            raise RefusedError("must be given", path=f"[{i}].{key}")
    try:
        return Grow(**value)
    except ModelError as error:
        path = error.where.partition(".")[2]
        raise RefusedError(error.requirement, path=f"[{i}].{path}", got=error.got) from None


def _same(value: object) -> object:
    return value


_CONVERTED: Mapping[str, Callable[[object], object]] = {
    "starts": _day,
    "times": _times,
    "grow": _grow,
}


def _table(programme: Programme) -> dict[str, Any]:
    progression = programme.progression
    grow = [
        {"part": str(each.part), "by": each.by, "every": each.every}
        | ({} if each.upto is None else {"upto": each.upto})
        for each in progression.grow
    ]
    table = {
        "starts": programme.starts.isoformat(),
        "zone": programme.zone,
        "times": [_written(each) for each in programme.times],
        "days": programme.days,
        "level": programme.level or None,
        "easier_week": progression.easier_week,
        "back_after": progression.back_after,
        "grow": grow or None,
    }
    return {key: value for key, value in table.items() if value is not None}


def _written(at: time) -> str:
    return at.isoformat("seconds" if at.second else "minutes")
