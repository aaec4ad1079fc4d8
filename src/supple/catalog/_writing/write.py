"""Write a catalog as a folder of files."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from supple._errors import ModelError
from supple._files import put_folder
from supple._model import Exercise, requirements as must
from supple.catalog._catalog import Catalog
from supple.catalog._finding.folder import Folder
from supple.catalog._format import FORMAT
from supple.catalog._languages.reword import advice_of, texts_of
from supple.catalog._languages.translations import TRANSLATIONS, plain
from supple.catalog._reading.documents import suffix_of
from supple.catalog._reading.reading import EXERCISES, POSES, survey
from supple.catalog._refused import RefusedError
from supple.catalog._writing.plain import Plainer
from supple.catalog._writing.render import RENDERERS

if TYPE_CHECKING:
    from supple._model import Routine
    from supple.catalog._writing.plain import PlainTable


def write_catalog(
    catalog: Catalog,
    folder: str | os.PathLike[str],
    *,
    format: str = "toml",  # noqa: A002 - what it is
    pictures: str | os.PathLike[str] | None = None,
) -> None:
    """Write a catalog as a folder: ``catalog.toml``, and a file for each part.

    Parts are exercises, poses and translations.

    Loading the folder gives an equal catalog, but for an empty dose: a prescription that
    changes nothing is read as the exercise itself. The same catalog gives the same bytes. The
    folder appears whole or not at all, and nothing that is there already is ever touched.

    What is written is what the catalog holds. One that was loaded with its translations is
    written with them, and one that was loaded in a language is written in that language alone.

    Args:
        catalog: The catalog.
        folder: The folder to make, inside of one that exists.
        format: The format of the files, ``toml`` or ``json``.
        pictures: The folder in which the pictures of the exercises lie, such as that of the
            catalog that they come from; they are copied. Needed where there are pictures.

    Raises:
        ModelError: If the files could not say the same: an exercise or a routine is in another
            language than the catalog, a routine has another exercise of an id, a picture is
            missing, there is no exercise, or the catalog is too large to be read.
        MissingExtraError: If it is TOML and the extra ``toml`` is not installed.
        FileExistsError: If the folder is there already and not empty.
        OSError: If it cannot be written. Nothing is left behind.

    >>> import tempfile
    >>> from supple import load_catalog
    >>> back = load_catalog("lower-back")
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     write_catalog(back, f"{folder}/back", format="json")
    ...     load_catalog(f"{folder}/back") == back
    True
    """
    must.InstanceOf(Catalog).require("write_catalog.catalog", catalog)
    suffix = suffix_of("write_catalog.format", format)
    _require_what_files_say(catalog)
    files = _documents(catalog, suffix)
    files |= _pictures(catalog, pictures)
    put_folder(folder, files, approve=lambda made: _require_readable(catalog, made))


def _require_what_files_say(catalog: Catalog) -> None:
    """Require that nothing in a catalog contradicts what its files say once for all of it."""
    for exercise in catalog.exercises.values():
        _require_language(f"Catalog.exercises[{exercise.id!r}]", exercise, catalog)
    for routine in catalog.routines.values():
        where = f"Catalog.routines[{routine.id!r}]"
        _require_language(where, routine, catalog)
        for id, exercise in routine.exercises.items():
            if id not in catalog or catalog[id] != exercise:
                requirement = "must be exercises of the catalog"
                raise ModelError(f"{where}.exercises", requirement, id)


def _require_language(where: str, thing: Exercise | Routine, catalog: Catalog) -> None:
    if thing.language != catalog.language:
        requirement = f"must be {catalog.language!r}, the language of the catalog"
        raise ModelError(f"{where}.language", requirement, thing.language)


def _documents(catalog: Catalog, suffix: str) -> dict[str, bytes]:
    render = RENDERERS[suffix]
    plainer = Plainer(lambda exercise: {"exercise": exercise.id})
    head: PlainTable = {"format": FORMAT} | plainer.table(catalog)
    for table, routine in zip(head.get("routines", ()), catalog.routines.values(), strict=True):
        _say_own_advice(table, routine, catalog)
    texts = texts_of(catalog)
    return (
        {f"catalog{suffix}": render(head)}
        | {
            f"{EXERCISES}/{id}{suffix}": render(plainer.table(exercise))
            for id, exercise in catalog.exercises.items()
        }
        | {
            f"{POSES}/{id}{suffix}": render(plainer.table(pose))
            for id, pose in catalog.poses.items()
        }
        | {
            f"{TRANSLATIONS}/{tag}{suffix}": render(plain(translation, texts))
            for tag, translation in catalog.translations.items()
        }
    )


def _say_own_advice(table: PlainTable, routine: Routine, catalog: Catalog) -> None:
    """Leave out the advice of a routine where it is the catalog's, and only there."""
    own: list[PlainTable] = table.pop("advice", [])
    if routine.advice != advice_of(catalog):
        table["advice"] = own


def _pictures(catalog: Catalog, folder: str | os.PathLike[str] | None) -> dict[str, bytes]:
    """Return what the pictures hold, by their paths."""
    found: dict[str, bytes] = {}
    for id, exercise in catalog.exercises.items():
        for i, picture in enumerate(exercise.pictures):
            where = f"Catalog.exercises[{id!r}].pictures[{i}].path"
            if folder is None:
                requirement = "must lie in the folder of the argument pictures, which is not given"
                raise ModelError(where, requirement, picture.path)
            try:
                file = Path(os.fsdecode(folder))
                found[picture.path] = Folder(file, is_trusted=False).read(picture.path)
            except RefusedError as refused:
                raise ModelError(where, refused.requirement, picture.path) from refused
    return found


def _require_readable(catalog: Catalog, made: Path) -> None:
    """Require that what has been written can be read, for a reader has limits of its own."""
    problems = survey(Folder(made, is_trusted=False), name=None).problems
    if problems:
        requirement = f"must be a catalog that can be read again, but {problems[0]}"
        raise ModelError("write_catalog.catalog", requirement, catalog.name)
