"""Write a catalog as a folder of files."""

from __future__ import annotations

import os
from pathlib import Path

from supple._errors import ModelError
from supple._files import put_folder
from supple._model import Exercise, Routine, requirements as must
from supple.catalog._catalog import Catalog, advice_of
from supple.catalog._finding.folder import EXERCISES, POSES, TRANSLATIONS, Folder
from supple.catalog._format import FORMAT
from supple.catalog._languages.reword import texts_of
from supple.catalog._languages.translations import plain
from supple.catalog._reading.documents import suffix_of
from supple.catalog._reading.reading import survey
from supple.catalog._refused import RefusedError
from supple.catalog._writing.plain import Plainer
from supple.catalog._writing.render import RENDERERS


def write_catalog(
    catalog: Catalog,
    folder: str | os.PathLike[str],
    *,
    format: str = "toml",  # noqa: A002 - what it is
    pictures: str | os.PathLike[str] | None = None,
) -> None:
    """Write a catalog as a folder: ``catalog.toml``, and a file for each part.

    Parts are exercises, poses and translations.

    Loading the folder gives an equal catalog. The same catalog gives the same bytes. The folder
    appears whole or not at all, and nothing that is there already is ever touched.

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
    files = _documents(catalog, suffix) | _pictures(catalog, pictures)
    put_folder(folder, files, approve=lambda made: _require_readable(catalog, made))


def _require_what_files_say(catalog: Catalog) -> None:
    """Require that nothing in a catalog contradicts what its files say once for all of it."""
    spoken: tuple[Exercise | Routine, ...] = (
        *catalog.exercises.values(),
        *catalog.routines.values(),
    )
    for each in spoken:
        if each.language != catalog.language:
            where = f"Catalog.{type(each).__name__.lower()}s[{each.id!r}].language"
            requirement = f"must be {catalog.language!r}, the language of the catalog"
            raise ModelError(where, requirement, each.language)
    for routine in catalog.routines.values():
        for id, exercise in routine.exercises.items():
            if catalog.exercises.get(id) != exercise:
                where = f"Catalog.routines[{routine.id!r}].exercises"
                raise ModelError(where, "must be exercises of the catalog", id)


def _documents(catalog: Catalog, suffix: str) -> dict[str, bytes]:
    render = RENDERERS[suffix]
    plainer = Plainer()
    head = {"format": FORMAT.version} | plainer.table(catalog)
    for table, routine in zip(head.get("routines", ()), catalog.routines.values(), strict=True):
        own = table.pop("advice", [])
        if routine.advice != advice_of(catalog):
            table["advice"] = own
    texts, translations = texts_of(catalog), catalog.translations
    documents = (
        {"catalog": head}
        | {f"{EXERCISES}/{id}": plainer.table(each) for id, each in catalog.exercises.items()}
        | {f"{POSES}/{id}": plainer.table(each) for id, each in catalog.poses.items()}
        | {f"{TRANSLATIONS}/{tag}": plain(each, texts) for tag, each in translations.items()}
    )
    return {f"{name}{suffix}": render(each) for name, each in documents.items()}


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
    problems = survey(Folder(made, is_trusted=False), None).problems
    if problems:
        requirement = f"must be a catalog that can be read again, but {problems[0]}"
        raise ModelError("write_catalog.catalog", requirement, catalog.name)
