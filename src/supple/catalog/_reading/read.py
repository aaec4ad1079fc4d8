"""Read a catalog's folder whole, and gather everything that is wrong with it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import frozen

from supple._errors import Problem
from supple._model import Exercise, Pose
from supple.catalog._catalog import Catalog
from supple.catalog._languages.reword import translated, with_translations
from supple.catalog._languages.translations import TranslationFile
from supple.catalog._reading.reading import Reading
from supple.catalog._reading.tables import MOST_PROBLEMS

if TYPE_CHECKING:
    from supple.catalog._finding.folder import Folder


def read_catalog(
    folder: Folder, *, name: str | None, language: str | None = None
) -> Catalog | list[Problem]:
    """Return the catalog that a folder holds, or else what is wrong with it.

    Args:
        folder: The folder, of whatever content.
        name: The name that the catalog must have, or ``None`` for any.
        language: The language to have its texts in, and no other; no translation for another
            language is read. ``None`` for its own, with all the translations that are sound.
    """
    reading = Reading(folder)
    reading.list_translations(required=language is not None)
    catalog = reading.catalog(name)
    if language is None and catalog is None:
        return reading.problems[:MOST_PROBLEMS]
    if language is None:
        found = [*reading.every_translation(is_strict=False).values()]
    else:
        found = reading.translations(language)
    if catalog is None or reading.problems:
        return reading.problems[:MOST_PROBLEMS]
    said = [each.translation for each in found]
    return with_translations(catalog, said) if language is None else translated(catalog, said)


@frozen(kw_only=True)
class Survey:
    """As much of a catalog as can be read, and what is wrong with the rest.

    Args:
        files: The files that were read, in this order.
        problems: What is wrong.
        catalog: The catalog with the translations of which nothing is wrong, where nothing
            else is wrong.
        exercises: The exercises of which nothing is wrong, by their files.
        poses: The poses of which nothing is wrong, by their files.
        translations: The files of these translations, by their lower-case tags.
    """

    files: tuple[str, ...]
    problems: tuple[Problem, ...]
    catalog: Catalog | None
    exercises: dict[str, Exercise]
    poses: dict[str, Pose]
    translations: dict[str, TranslationFile]


def survey(folder: Folder, *, name: str | None) -> Survey:
    """Read everything in a folder, all translations included, whatever is wrong with it."""
    reading = Reading(folder)
    reading.list_translations(required=True)
    catalog = reading.catalog(name)
    translations = reading.every_translation(is_strict=True)
    if catalog is not None:
        catalog = with_translations(catalog, [each.translation for each in translations.values()])
    refused = {problem.file for problem in reading.problems}
    exercises = {reading.files[id]: exercise for id, exercise in reading.exercises.items()}
    return Survey(
        files=tuple(reading.read),
        problems=tuple(reading.problems[:MOST_PROBLEMS]),
        catalog=catalog,
        exercises={file: each for file, each in exercises.items() if file not in refused},
        poses={reading.pose_files[id]: pose for id, pose in reading.poses.items()},
        translations=translations,
    )
