"""Programme files: a routine file with one more table, which says when and how it grows.

The routine in it is read and written as in any routine file, by the same strict reader. What
the table ``programme`` holds are the parameters of :class:`Programme` and of its progression.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from attrs import NOTHING

from supple._errors import ModelError
from supple._model import Pacing, Routine, requirements as must
from supple.catalog._format import PROGRAMME, STAND_IN, Table
from supple.catalog._reading.tables import TableReader
from supple.catalog._routine_documents import RoutineReader
from supple.catalog._standalone import read_document, write_document
from supple.catalog._writing.plain import Plainer
from supple.planning._programme import Programme
from supple.planning._progression import Grow, Progression

if TYPE_CHECKING:
    import os
    from collections.abc import Iterable

    from supple.catalog._catalog import Catalog

_TABLES = {
    Grow: Table(Grow),
    Progression: Table(Progression),
    Programme: Table(Programme, words={"progression": ""}, left_out=("routine", "pacing")),
}
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
        OSError: If it cannot be written. What was there still is.
    """
    must.InstanceOf(Programme).require("write_programme.programme", programme)
    if programme.pacing != Pacing():
        requirement = "must be Pacing(), for a file has no place for another"
        raise ModelError("write_programme.programme.pacing", requirement, programme.pacing)
    table = Plainer(_TABLES).table(programme)
    write_document("write_programme", programme.routine, path, catalogs, {PROGRAMME: table})


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
    return cast("Programme", read_either("read_programme", path, catalogs, kind="programme file"))


def read_either(
    caller: str,
    path: str | os.PathLike[str],
    catalogs: Iterable[Catalog] | None = None,
    *,
    kind: str = "routine file",
) -> Routine | Programme:
    """Return the programme of a file, or its routine where that is enough and all there is."""
    reader = RoutineReader(caller, catalogs)

    def read(data: Any) -> Any:
        """Read both, what is wrong with the programme first."""
        routine = reader.routine(data, PROGRAMME)
        has_programme = isinstance(data, dict) and PROGRAMME in data
        if kind == "routine file" and not has_programme:
            return routine
        own = TableReader(_TABLES, reader.file)
        given = {"routine": _EXAMPLE if routine is NOTHING else routine}
        if has_programme:
            programme = own.table(_TABLES[Programme], data[PROGRAMME], PROGRAMME, given=given)
        else:
            programme = own.refuse("missing", "must be given", path=PROGRAMME)
        reader.problems[:0] = own.problems
        return programme

    return cast("Routine | Programme", read_document(f"{caller}.path", path, reader, read, kind))
