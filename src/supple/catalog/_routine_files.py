"""Routine files: one routine in a file of its own, wherever its exercises come from."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

from attrs import NOTHING

from supple._errors import CatalogError, ModelError, Problem
from supple._files import replace_file
from supple._model import Routine, requirements as must
from supple.catalog._finding.folder import LARGEST_DOCUMENT
from supple.catalog._reading.documents import PARSERS, read_data
from supple.catalog._refused import RefusedError
from supple.catalog._routine_documents import RoutineReader, by_name, plain_routine
from supple.catalog._writing.render import RENDERERS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from supple.catalog._catalog import Catalog
    from supple.catalog._writing.plain import PlainTable


def write_routine(
    routine: Routine, path: str | os.PathLike[str], *, catalogs: Iterable[Catalog] = ()
) -> None:
    """Write a routine into a file of its own, in TOML or JSON.

    An exercise that a given catalog has in the same words, in the language of the routine, is
    named by catalog and id; any other is carried inside. Reading the file gives an equal
    routine, but for an empty dose: a prescription that changes nothing is read as the exercise
    itself. The same routine gives the same bytes. The file is replaced whole or not at all, and
    keeps its mode. Pictures are not copied: an exercise that is carried keeps their paths.

    Args:
        routine: The routine.
        path: The file to write; its ending, ``.toml`` or ``.json``, says in which format.
        catalogs: The catalogs whose exercises are named rather than carried. Who reads the file
            needs the same ones.

    Raises:
        ModelError: If a value is refused, two catalogs have one name, or the routine is too
            large for a file.
        MissingExtraError: If it is TOML and the extra ``toml`` is not installed.
        OSError: If it cannot be written. What was there still is, and nothing is left behind.

    >>> import tempfile
    >>> from supple import load_catalog
    >>> back = load_catalog("lower-back")
    >>> evening = Routine("evening", items=[back["bridge"].with_dose(reps=5)])
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     write_routine(evening, f"{folder}/evening.json", catalogs=[back])
    ...     read_routine(f"{folder}/evening.json") == evening
    True
    """
    must.InstanceOf(Routine).require("write_routine.routine", routine)
    write_document("write_routine", routine, path, catalogs, {})


def write_document(
    caller: str,
    routine: Routine,
    path: str | os.PathLike[str],
    catalogs: Iterable[Catalog],
    also: PlainTable,
) -> None:
    """Write a routine for a function of that name, and what else its file says."""
    file = _path(f"{caller}.path", path)
    known = by_name(f"{caller}.catalogs", catalogs)
    content = RENDERERS[file.suffix](plain_routine(routine, known.values()) | also)
    where, requirement = f"{caller}.routine", "must fit into a file, which must"
    if len(content) > LARGEST_DOCUMENT:
        requirement = f"{requirement} be at most {LARGEST_DOCUMENT} bytes long"
        raise ModelError(where, requirement, routine.id)
    try:
        PARSERS[file.suffix](content)
    except RefusedError as refused:
        requirement = f"{requirement} {refused.requirement.removeprefix('must ')}"
        raise ModelError(where, requirement, routine.id) from refused
    replace_file(file, content)


def read_routine(
    path: str | os.PathLike[str], *, catalogs: Iterable[Catalog] | None = None
) -> Routine:
    """Read a routine from a file of its own, and check everything in it.

    Args:
        path: The file, a ``.toml`` or a ``.json`` file.
        catalogs: The catalogs whose exercises it may name, as they are; nothing else is looked
            up. Where it is left out, those that are installed, each in the language of the
            routine where it speaks it.

    Raises:
        CatalogError: If anything in the file is refused, or it cannot be read. It carries every
            problem; one with an unknown name has the close matches.
        ModelError: If ``path`` is no such path, or two catalogs have one name.
    """
    routine, _, problems = read_document("read_routine", path, catalogs)
    if routine is None or problems:
        raise CatalogError(str(Path(os.fsdecode(path))), problems, kind="routine file")
    return routine


def read_document(
    caller: str,
    path: str | os.PathLike[str],
    catalogs: Iterable[Catalog] | None,
    *,
    also: Iterable[str] = (),
) -> tuple[Routine | None, dict[str, Any], list[Problem]]:
    """Read a routine for a function of that name, and the keys that are not a routine's.

    Returns:
        The routine, ``None`` where anything in it is refused; the data of those keys that the
        file has; and what is wrong with the rest.

    Raises:
        CatalogError: If the file cannot be read at all.
    """
    file = _path(f"{caller}.path", path)
    known = None if catalogs is None else by_name(f"{caller}.catalogs", catalogs)
    reader = RoutineReader(file.name, known)
    data = read_data(file, "routine file")
    extra = {key: data[key] for key in also if key in data} if isinstance(data, dict) else {}
    if extra:
        data = {key: data[key] for key in data if key not in extra}
    routine = reader.routine(data)
    return None if routine is NOTHING else routine, extra, reader.problems


def _path(where: str, path: object) -> Path:
    if not isinstance(path, str | os.PathLike) or Path(os.fsdecode(path)).suffix not in RENDERERS:
        raise ModelError(where, f"must be a path that ends in {' or '.join(RENDERERS)}", path)
    return Path(os.fsdecode(path))
