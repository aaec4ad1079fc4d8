"""Routine files: one routine in a file of its own, wherever its exercises come from."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from attrs import NOTHING

from supple._errors import (
    CatalogError,
    ModelError,
    Problem,
    UnknownNameError,
    close_matches,
    suggestion,
)
from supple._files import replace_file
from supple._model import Exercise, Routine, checks as check, requirements as must
from supple.catalog._catalog import Catalog
from supple.catalog._finding.folder import LARGEST_DOCUMENT, Folder
from supple.catalog._format import FORMAT, ROUTINE_TABLES, STAND_IN
from supple.catalog._load import load_catalog
from supple.catalog._reading.documents import PARSERS
from supple.catalog._reading.tables import TableReader
from supple.catalog._refused import RefusedError
from supple.catalog._writing.plain import Plainer
from supple.catalog._writing.render import RENDERERS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from supple.catalog._writing.plain import PlainTable

_MOST_HINTS = 20  # comparing an id with a thousand others takes its time


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
    >>> back = load_catalog("lower-back")
    >>> evening = Routine("evening", items=[back["bridge"].with_dose(reps=5)])
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     write_routine(evening, f"{folder}/evening.json", catalogs=[back])
    ...     read_routine(f"{folder}/evening.json") == evening
    True
    """
    check.instance_of(Routine)("write_routine.routine", routine)
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
    known = _by_name(f"{caller}.catalogs", catalogs)
    content = RENDERERS[file.suffix](_document(routine, known.values()) | also)
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


def read_routine(path: str | os.PathLike[str], *, catalogs: Iterable[Catalog] = ()) -> Routine:
    """Read a routine from a file of its own, and check everything in it.

    The exercises that it names are those of the given catalogs, as they are, or else of the
    installed ones, in the language of the routine where the catalog speaks it.

    Args:
        path: The file, a ``.toml`` or a ``.json`` file.
        catalogs: Catalogs to look into before the installed ones.

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
    catalogs: Iterable[Catalog],
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
    reader = _Reader(file.name, _by_name(f"{caller}.catalogs", catalogs))
    try:
        data = PARSERS[file.suffix](Folder(file.parent, is_trusted=True).read(file.name))
    except RefusedError as refused:
        problems = [refused.problem(file.name)]
        raise CatalogError(str(file), problems, kind="routine file") from refused.__cause__
    extra = {key: data[key] for key in also if key in data} if isinstance(data, dict) else {}
    if extra:
        data = {key: data[key] for key in data if key not in extra}
    routine = reader.routine(data)
    return None if routine is NOTHING else routine, extra, reader.problems


def _path(where: str, path: object) -> Path:
    if not isinstance(path, str | os.PathLike) or Path(os.fsdecode(path)).suffix not in RENDERERS:
        raise ModelError(where, f"must be a path that ends in {' or '.join(RENDERERS)}", path)
    return Path(os.fsdecode(path))


def _by_name(where: str, catalogs: object) -> dict[str, Catalog]:
    found: dict[str, Catalog] = {}
    for i, catalog in enumerate(check.sequence_of(check.instance_of(Catalog))(where, catalogs)):
        if found.setdefault(catalog.name, catalog) != catalog:
            raise ModelError(
                f"{where}[{i}].name", "must not be that of another catalog", catalog.name
            )
    return found


def _document(routine: Routine, catalogs: Iterable[Catalog]) -> PlainTable:
    homes = {
        id: catalog.name
        for catalog in catalogs
        for id, exercise in routine.exercises.items()
        if catalog.language == routine.language and catalog.exercises.get(id) == exercise
    }

    def name(exercise: Exercise) -> PlainTable:
        home = homes.get(exercise.id)
        return ({} if home is None else {"catalog": home}) | {"exercise": exercise.id}

    def carried(exercise: Exercise) -> PlainTable:
        plain: PlainTable = plainer.table(exercise)
        own = {} if exercise.language == routine.language else {"language": exercise.language}
        return own | {key: plain[key] for key in plain if key != "language"}

    plainer = Plainer(name, ROUTINE_TABLES)
    head: PlainTable = {"format": FORMAT} | plainer.table(routine)
    exercises = [
        carried(exercise) for id, exercise in routine.exercises.items() if id not in homes
    ]
    return head | ({"exercises": exercises} if exercises else {})


class _Reader(TableReader):
    """The state of reading one document: what it carries and names, and what is wrong with it."""

    def __init__(self, file: str, catalogs: Mapping[str, Catalog]) -> None:
        super().__init__(ROUTINE_TABLES, file)
        self.catalogs: dict[str, Catalog | None] = {**catalogs}
        self.lost = 0
        self.language: str | None = None

    def routine(self, data: Any) -> Any:
        """Return what a document describes, or ``NOTHING`` where anything in it is refused."""
        if isinstance(data, dict):
            with suppress(ModelError):
                self.language = must.LANGUAGE.kept(data.get("language"))
            if "exercises" in data:
                self.carry(data["exercises"])
        of_exercises, self.problems = self.problems, []
        routine = self.document(Routine, data, own=("exercises",))
        self.problems += of_exercises
        return NOTHING if self.problems else routine

    def carry(self, tables: object) -> None:
        """Take the exercises that the document carries."""
        found = self.judged(must.LIST, tables, ".exercises")
        if found is NOTHING:
            self.has_every_id = False
            return
        for i, data in enumerate(found):
            path = f".exercises[{i}]"
            if self.language is not None and isinstance(data, dict):
                data = {"language": self.language} | data  # noqa: PLW2901 - what is left out
            exercise = self.exercise(data, path)
            if exercise is not None and self.exercises.setdefault(exercise.id, exercise) is not (
                exercise
            ):
                requirement = "must not be the id of another exercise"
                self.refuse("same-id", requirement, path=f"{path}.id", got=exercise.id)

    def find(self, data: dict[str, Any], path: str) -> Any:
        """Return the exercise that an item names."""
        id = data.get("exercise")
        if "catalog" not in data:
            requirement = "must be the id of an exercise that this file carries"
            remedy = "; that of a catalog needs its name: catalog = '...'"
            return self.named(self.exercises, id, path, requirement, remedy)
        name = self.judged(must.NAME, data["catalog"], f"{path}.catalog")
        if name is NOTHING:
            return NOTHING
        if name not in self.catalogs:
            self.catalogs[name] = None
            catalog = self.loaded(name, f"{path}.catalog")
            if catalog is NOTHING:
                return NOTHING
            self.catalogs[name] = catalog
        known = self.catalogs[name]
        if known is None:
            return STAND_IN  # it has been told already that it cannot be had
        requirement = f"must be the id of an exercise of {name}"
        return self.named(known.exercises, id, path, requirement)

    def loaded(self, name: str, path: str) -> Any:
        """Return a catalog, or refuse its name."""
        given = [each for each, catalog in self.catalogs.items() if catalog is not None]
        requirement = "must be the name of a catalog"
        if self.lost < _MOST_HINTS:
            try:
                return load_catalog(name, language=self.language)
            except UnknownNameError as error:
                known = sorted({*error.known, *given})
                hint = suggestion(close_matches(name, known), known[:_MOST_HINTS])
                requirement += hint
            except CatalogError as error:
                requirement = f"must be a catalog that can be read, but {error.problems[0]}"
        self.lost += 1
        return self.refuse("unknown-catalog", requirement, path=path, got=name)
