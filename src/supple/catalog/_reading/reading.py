"""The state of reading one catalog: what is in its folder, and what is wrong with it."""

from __future__ import annotations

from itertools import islice
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any, TypeVar

from attrs import NOTHING, evolve
from cattrs import ClassValidationError

from supple._errors import ModelError, Problem, close_matches, suggestion
from supple._model import Exercise, checks as check
from supple.catalog._catalog import Catalog
from supple.catalog._finding.folder import DOCUMENTS
from supple.catalog._format import STAND_IN
from supple.catalog._languages.reword import advice_of
from supple.catalog._languages.translations import (
    TRANSLATIONS,
    TranslationFile,
    by_language,
    faults,
    is_tag,
    lookup,
    translation,
)
from supple.catalog._reading.documents import parse_json, parse_toml
from supple.catalog._reading.problems import problems_in
from supple.catalog._reading.structure import new_converter
from supple.catalog._refused import RefusedError

if TYPE_CHECKING:
    from collections.abc import Callable

    from supple.catalog._finding.folder import Folder

T = TypeVar("T", Catalog, Exercise)

EXERCISES = "exercises"
MOST_EXERCISES = 1000
LARGEST_CATALOG = 8 * 2**20
LARGEST_TRANSLATIONS = 4 * LARGEST_CATALOG
MOST_VALUES = 50_000  # in one document
MOST_PROBLEMS = 1000

_PARSERS: dict[str, Callable[..., Any]] = {".toml": parse_toml, ".json": parse_json}
_MOST_HINTS = 20  # comparing an id with a thousand others takes its time


class Reading:
    """The state of reading one catalog: what has been found in it, and what is wrong."""

    def __init__(self, folder: Folder) -> None:
        self.folder = folder
        self.converter = new_converter(self.find)
        self.problems: list[Problem] = []
        self.read: list[str] = []
        self.size = 0
        self.hints = 0
        # An exercise that is refused has a stand-in of its id here, and where its id cannot be
        # told, no id counts as unknown: its faults are not told again where a routine names it.
        self.exercises: dict[str, Exercise] = {}
        self.files: dict[str, str] = {}
        self.has_every_id = True
        self.language = "en"
        self.translation_files: dict[str, list[str]] = {}

    def catalog(self, name: str | None) -> Catalog | None:
        """Return the catalog in its own words, or ``None`` where anything in it is refused."""
        file, data = self.document()
        of_document, self.problems = self.problems, []
        self.language = _language(data)
        for exercise in self.exercise_files():
            self.add_exercise(exercise)
        of_exercises, self.problems = self.problems, of_document
        head = self.head(file, data, name)
        self.problems += of_exercises
        if head is None or self.problems:
            return None
        advice = advice_of(head)
        tables = data.get("routines", [])
        return evolve(
            head,
            exercises=self.exercises.values(),
            routines=[
                routine if "advice" in table else evolve(routine, advice=advice)
                for routine, table in zip(head.routines.values(), tables, strict=True)
            ],
            advice=advice,
            translations=(),
        )

    def document(self) -> tuple[str, Any]:
        """Return the catalog's own document, and its plain data."""
        present = [file for file in DOCUMENTS if self.folder.has_file(file)]
        file = (present or DOCUMENTS)[0]
        if len(present) > 1:
            self.refuse(present[1], f"must not stand beside {file}: keep one of the two")
        return file, self.data(file)

    def head(self, file: str, data: Any, name: str | None) -> Catalog | None:
        """Return what the catalog's own document describes: all but the exercises."""
        head = None if data is NOTHING else self.structured(file, data, Catalog)
        if head is not None and name not in {None, head.name}:
            requirement = f"must be {name!r}, the name of its entry point"
            self.refuse(file, requirement, path="name", got=head.name)
        return head

    def exercise_files(self) -> list[str]:
        """Return the files of the exercises, in their order."""
        files: dict[str, str] = {}
        for name in self.exercise_names():
            path = PurePosixPath(EXERCISES, name)
            if path.suffix not in _PARSERS:
                requirement = "must be a .toml or .json file, for only exercises belong here"
                self.refuse(str(path), requirement)
                self.has_every_id = False
            elif other := files.get(path.stem):
                self.refuse(str(path), f"must not stand beside {other}: keep one of the two")
            else:
                files[path.stem] = str(path)
        return list(files.values())

    def exercise_names(self) -> list[str]:
        """Return the names in the folder of the exercises, in their order."""
        try:
            names = self.folder.names(EXERCISES)
        except RefusedError as refused:
            self.problems.append(refused.problem(EXERCISES))
            self.has_every_id = False
            return []
        # Operating systems and editors leave hidden files of their own in any folder.
        visible = [name for name in names if not name.startswith(".")]
        if not 1 <= len(visible) <= MOST_EXERCISES:
            requirement = f"must hold from 1 to {MOST_EXERCISES} files, one for each exercise"
            self.refuse(EXERCISES, requirement, got=len(visible))
            self.has_every_id = False
            return []
        return visible

    def add_exercise(self, file: str) -> None:
        has_time = len(self.problems) < MOST_PROBLEMS
        data = self.data(file) if has_time else NOTHING
        found = None if data is NOTHING else self.structured(file, data, Exercise)
        exercise = _stand_in(data) if found is None else evolve(found, language=self.language)
        if exercise is None:
            self.has_every_id = False
            return
        other = self.files.setdefault(exercise.id, file)
        if other != file:
            requirement = f"must not be the id of another exercise, that of {other}"
            self.refuse(file, requirement, path="id", got=exercise.id)
            return
        self.exercises[exercise.id] = exercise
        for i, picture in enumerate(exercise.pictures):
            if not self.folder.has_file(picture.path):
                requirement = "must be a file inside the catalog's folder"
                self.refuse(file, requirement, path=f"pictures[{i}].path", got=picture.path)

    def list_translations(self, *, required: bool) -> None:
        """Find the files of the translations, by the lower-case tag that each seems to be for.

        Unless they are required, what keeps them from being listed does not matter.
        """
        try:
            names = self.folder.names(TRANSLATIONS, required=False)
        except RefusedError as refused:
            if required:
                self.problems.append(refused.problem(TRANSLATIONS))
            return
        self.translation_files = by_language(names)

    def every_translation(self, *, is_strict: bool) -> dict[str, TranslationFile]:
        """Return the translations of which nothing is wrong, by their lower-case tags.

        Unless it is strict, what is wrong with one costs only those who ask for its language.
        That for the catalog's own language everybody asks for.
        """
        found: dict[str, TranslationFile] = {}
        own, problems, size = self.language.lower(), self.problems, 0
        for tag in self.translation_files:
            self.size = 0  # each is within the bounds of who asks for its language alone
            self.problems = problems if is_strict or tag == own else []
            for each in self.translations_of([tag]):
                found[tag] = each
            self.problems = problems
            size += self.size
            if size > LARGEST_TRANSLATIONS:
                requirement = f"must hold at most {LARGEST_TRANSLATIONS} bytes"
                self.refuse(TRANSLATIONS, requirement)
                break
        return found

    def translations(self, language: str) -> list[TranslationFile]:
        """Return the translations for a language, the most specific first."""
        own = self.language.lower()
        tags = lookup(language, own)
        found = self.translations_of(tags)
        # Where nothing is in that language the catalog speaks its own.
        return found if found or own in tags else self.translations_of([own])

    def translations_of(self, tags: list[str]) -> list[TranslationFile]:
        """Return the translations that are named for some languages, in their order."""
        found = []
        for tag in tags:
            names = self.translation_files.get(tag, [])
            files = [f"{TRANSLATIONS}/{name}" for name in names]
            for other in files[1:]:
                self.refuse(other, f"must not stand beside {files[0]}: keep one of the two")
            found += [self.translation(file) for file in files[:1]]
        return [each for each in found if each is not None]

    def translation(self, file: str) -> TranslationFile | None:
        """Return what a file translates, or ``None`` where anything in it is refused."""
        path = PurePosixPath(file)
        if path.suffix not in _PARSERS:
            requirement = "must be a .toml or .json file, for only translations belong here"
            self.refuse(file, requirement)
            return None
        if not is_tag(path.stem):
            requirement = "must be named by a language tag, such as de.toml or pt-BR.toml"
            self.refuse(file, requirement)
            return None
        data = self.data(file)
        if data is NOTHING:
            return None
        refused = islice(faults(data, path.stem, self.language), MOST_PROBLEMS)
        found = [fault.problem(file) for fault in refused]
        self.problems += found
        return None if found else TranslationFile(file, translation(data))

    def find(self, id: object) -> Exercise:
        """Return the exercise that a routine names."""
        if isinstance(id, str) and id in self.exercises:
            return self.exercises[id]
        if not self.has_every_id:
            return STAND_IN
        self.hints += 1
        known = list(self.exercises) if self.hints <= _MOST_HINTS else []
        hint = suggestion(close_matches(id, known), known[:_MOST_HINTS])
        raise RefusedError(
            f"must be the id of an exercise of this catalog{hint}", path=".exercise", got=id
        )

    def data(self, file: str) -> Any:
        """Return the plain data of a file, or ``NOTHING`` where the file is refused."""
        self.read.append(file)
        try:
            parse = _PARSERS[PurePosixPath(file).suffix]
            return parse(self.content(file), most_values=MOST_VALUES)
        except RefusedError as refused:
            self.problems.append(refused.problem(file))
            return NOTHING

    def content(self, file: str) -> bytes:
        content, taken = b"", self.folder.taken
        if self.size <= LARGEST_CATALOG:
            try:
                content = self.folder.read(file)
            finally:  # what was read of a file that is refused counts, too
                self.size += self.folder.taken - taken
        if self.size > LARGEST_CATALOG:
            requirement = f"must be at most {LARGEST_CATALOG} bytes long with all others"
            raise RefusedError(requirement, code="too-large")
        return content

    def structured(self, file: str, data: object, cls: type[T]) -> T | None:
        """Return what data describes, or ``None`` where something in it is refused."""
        try:
            return self.converter.structure(data, cls)
        except (RefusedError, ClassValidationError) as error:
            self.problems += islice(problems_in(file, error), MOST_PROBLEMS)
            return None

    def refuse(
        self, file: str, requirement: str, *, path: str = "", got: object = NOTHING
    ) -> None:
        self.problems.append(Problem(file, path=path, requirement=requirement, got=got))


def _stand_in(data: Any) -> Exercise | None:
    """Return an exercise of the id that refused data has, where that can be told."""
    try:
        return evolve(STAND_IN, id=data["id"])
    except (KeyError, TypeError, ModelError):
        return None


def _language(data: Any) -> str:
    """Return the language of a catalog, or English where that cannot be told."""
    try:
        return check.language("Catalog.language", data["language"])
    except (KeyError, TypeError, ModelError):
        return "en"
