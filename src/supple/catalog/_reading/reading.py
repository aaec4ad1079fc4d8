"""Read a catalog's folder whole, and gather everything that is wrong with it."""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any, cast

from attrs import NOTHING, evolve, frozen

from supple._errors import Hint, Problem
from supple._model import Exercise, requirements as must
from supple._model.pose import Pose
from supple.catalog._catalog import Catalog
from supple.catalog._finding.folder import DOCUMENTS, EXERCISES, POSES, SUFFIXES, TRANSLATIONS
from supple.catalog._languages.reword import translated
from supple.catalog._languages.translations import (
    TranslationFile,
    by_language,
    lookup,
)
from supple.catalog._reading.documents import parse
from supple.catalog._reading.tables import MOST_PROBLEMS, TableReader
from supple.catalog._refused import RefusedError, require_size
from supple.catalog._translation import OWN_TEXTS, Translation

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from supple._model import Hold, Step
    from supple.catalog._finding.folder import Folder

MOST_EXERCISES = 1000
LARGEST_CATALOG = 8 * 2**20
LARGEST_TRANSLATIONS = 4 * LARGEST_CATALOG
MOST_IN_FILE = 50_000  # in one document


def read_catalog(
    folder: Folder, name: str | None, language: str | None = None
) -> Catalog | list[Problem]:
    """Return the catalog that a folder holds, or else what is wrong with it.

    It must have the name, if one is given. With a language, no translation for another one is
    read; without, it speaks its own, with all the translations that are sound.
    """
    reading = Reading(folder)
    reading.list_translations(required=language is not None)
    catalog = reading.catalog(name)
    found: Iterable[TranslationFile] = ()
    if language is not None:
        found = reading.translations(language)
    elif catalog is not None:
        found = reading.every_translation(is_strict=False).values()
    if catalog is None or reading.problems:
        return reading.problems[:MOST_PROBLEMS]
    said = [each.translation for each in found]
    return evolve(catalog, translations=said) if language is None else translated(catalog, said)


@frozen(kw_only=True)
class Survey:
    """As much of a catalog as can be read, and what is wrong with the rest.

    The files are in the order in which they were read. Exercises and poses are by their files,
    translations by their lower-case tags; they are those of which nothing is wrong, and so is
    the catalog, which has these translations.
    """

    files: tuple[str, ...]
    problems: tuple[Problem, ...]
    catalog: Catalog | None
    exercises: dict[str, Exercise]
    poses: dict[str, Pose]
    translations: dict[str, TranslationFile]


def survey(folder: Folder, name: str | None) -> Survey:
    """Read everything in a folder, all translations included, whatever is wrong with it."""
    reading = Reading(folder)
    reading.list_translations(required=True)
    catalog = reading.catalog(name)
    translations = reading.every_translation(is_strict=True)
    if catalog is not None:
        said = [each.translation for each in translations.values()]
        catalog = evolve(catalog, translations=said)
    refused = {problem.file for problem in reading.problems}
    exercises = {reading.files[id]: each for id, each in reading.exercises.items()}
    return Survey(
        files=tuple(reading.read),
        problems=tuple(reading.problems[:MOST_PROBLEMS]),
        catalog=catalog,
        exercises={file: each for file, each in exercises.items() if file not in refused},
        poses={reading.pose_files[id]: pose for id, pose in reading.poses.items()},
        translations=translations,
    )


class Reading(TableReader):
    """The state of reading one catalog: what has been found in it, and what is wrong."""

    def __init__(self, folder: Folder) -> None:
        super().__init__()
        self.folder = folder
        self.read: list[str] = []
        self.size = 0
        self.files: dict[str, str] = {}
        self.poses: dict[str, Pose] = {}
        self.pose_files: dict[str, str] = {}
        self.has_every_pose = True
        self.language = "en"
        self.translation_files: dict[str, list[str]] = {}

    def catalog(self, name: str | None) -> Catalog | None:
        """Return the catalog in its own words, or ``None`` where anything in it is refused."""
        file, data = self.own_document()
        of_document, self.problems = self.problems, []
        self.language = _language(data)
        for pose in self.documents_in(POSES):
            self.add_pose(pose)
        for exercise in self.documents_in(EXERCISES, least=1):
            self.add_exercise(exercise)
        self.require_relatives()
        self.file = file
        of_exercises, self.problems = self.problems, of_document
        head = NOTHING if data is NOTHING else self.document(Catalog, data)
        if head is not NOTHING and name is not None:
            self.require_name("name", head.name, name, "entry point")
        self.problems += of_exercises
        if head is NOTHING or self.problems:
            return None
        return evolve(
            cast("Catalog", head),
            exercises=self.exercises.values(),
            poses=self.poses.values(),
            routines=[evolve(each, language=self.language) for each in head.routines.values()],
        )

    def require_name(self, key: str, got: object, name: str, of: str) -> None:
        """Require that a key has a name that stands outside of the document, too."""
        if got != name:
            requirement = f"must be {name!r}, the name of its {of}"
            self.refuse("name", requirement, path=key, got=got, hint=Hint(name=name))

    def require_relatives(self) -> None:
        """Require that what is named as easier or harder is another exercise."""
        if not self.has_every_id:
            return
        requirement = "must be the id of another exercise of this catalog"
        for id, exercise in self.exercises.items():
            self.file = self.files[id]
            for key in ("easier", "harder"):
                for i, other in enumerate(getattr(exercise, key)):
                    if other == id or other not in self.exercises:
                        others = [each for each in self.exercises if each != id]
                        self.refuse_name(others, other, requirement, f"{key}[{i}]")

    def own_document(self) -> tuple[str, Any]:
        """Return the catalog's own document, and its plain data."""
        present = [file for file in DOCUMENTS if self.folder.has_file(file)]
        file = (present or DOCUMENTS)[0]
        for other in present[1:]:
            self.refuse_twin(other, file)
        return file, self.data(file)

    def refuse_twin(self, file: str, other: str) -> None:
        self.refuse("twin", f"must not stand beside {other}: keep one of the two", file=file)

    def documents_in(self, folder: str, *, least: int = 0) -> list[str]:
        """Return the documents in a folder, in their order; none where they cannot be told."""
        try:
            names = self.folder.names(folder, required=least > 0)
        except RefusedError as refused:
            self.problems.append(refused.problem(folder))
            self.lose(folder)
            return []
        if not least <= len(names) <= MOST_EXERCISES:
            bounds = f"from {least} to" if least else "at most"
            one = folder.removesuffix("s")
            requirement = f"must hold {bounds} {MOST_EXERCISES} files, one for each {one}"
            self.refuse(folder, requirement, got=len(names), file=folder)
            self.lose(folder)
            return []
        files: dict[str, str] = {}
        for name in names:
            path = PurePosixPath(folder, name)
            if not self.is_document(path):
                self.lose(folder)
            elif other := files.get(path.stem):
                self.refuse_twin(str(path), other)
            else:
                files[path.stem] = str(path)
        return list(files.values())

    def is_document(self, path: PurePosixPath) -> bool:
        """Tell whether a file may be a document by its name, and refuse it if not."""
        is_one = path.suffix in SUFFIXES
        if not is_one:
            requirement = (
                f"must be a {' or '.join(SUFFIXES)} file, for only {path.parent} belong here"
            )
            self.refuse("suffix", requirement, file=str(path))
        return is_one

    def lose(self, folder: str) -> None:
        """Note that not everything in a folder is known."""
        self.has_every_id &= folder != EXERCISES
        self.has_every_pose &= folder != POSES

    def add_pose(self, file: str) -> None:
        data = self.data_in_time(file)
        pose = NOTHING if data is NOTHING else self.table(self.tables[Pose], data)
        if pose is NOTHING:
            self.has_every_pose = False
        elif self.is_first(self.pose_files, pose.id, "another pose"):
            self.poses[pose.id] = pose

    def data_in_time(self, file: str) -> Any:
        """Return the plain data of a file that is read next, unless enough is wrong already."""
        has_time = len(self.problems) < MOST_PROBLEMS
        data = self.data(file) if has_time else NOTHING
        self.file = file
        return data

    def is_first(self, files: dict[str, str], id: str, another: str) -> bool:
        """Tell whether no other file has an id, and refuse it if one has."""
        other = files.setdefault(id, self.file)
        if other != self.file:
            requirement = f"must not be the id of {another}, that of {other}"
            self.refuse("same-id", requirement, path="id", got=id)
        return other == self.file

    def add_exercise(self, file: str) -> None:
        exercise = self.exercise(self.data_in_time(file))
        if exercise is None or not self.is_first(self.files, exercise.id, "another exercise"):
            return
        self.exercises[exercise.id] = evolve(exercise, language=self.language)
        for path, id in poses_of(exercise):
            if self.has_every_pose and id not in self.poses:
                requirement = "must be the id of a pose of this catalog"
                self.refuse_name([*self.poses], id, requirement, path)
        for i, picture in enumerate(exercise.pictures):
            if not self.folder.has_file(picture.path):
                path, hint = f"pictures[{i}].path", Hint(self.names_like(picture.path))
                requirement = f"must be a file inside the catalog's folder{hint}"
                self.refuse("no-file", requirement, path=path, got=picture.path, hint=hint)

    def names_like(self, path: str) -> list[str]:
        """Return the files whose names differ from that of a path by small and large letters."""
        folder = PurePosixPath(path).parent
        try:
            names = self.folder.names(str(folder), required=False)
        except RefusedError:
            return []
        name = PurePosixPath(path).name
        close = [each for each in names if each.casefold() == name.casefold() and each != name]
        return [str(folder / each) for each in close]

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
            if (translation := self.translation(tag)) is not None:
                found[tag] = translation
            self.problems = problems
            size += self.size
            if size > LARGEST_TRANSLATIONS:
                requirement = f"must hold at most {LARGEST_TRANSLATIONS} bytes"
                self.refuse("too-large", requirement, file=TRANSLATIONS)
                break
        return found

    def translations(self, language: str) -> list[TranslationFile]:
        """Return the translations for a language, the most specific first."""
        own = self.language.lower()
        tags = lookup(language, own)
        found = [self.translation(tag) for tag in tags]
        if not any(found) and own not in tags:  # the catalog speaks its own then
            found = [self.translation(own)]
        return [each for each in found if each is not None]

    def translation(self, tag: str) -> TranslationFile | None:
        """Return the translation that is named for a language, if it is there and sound."""
        if tag not in self.translation_files:
            return None
        file, *others = (f"{TRANSLATIONS}/{name}" for name in self.translation_files[tag])
        for other in others:
            self.refuse_twin(other, file)
        self.file = file
        path = PurePosixPath(file)
        if not self.is_document(path):
            return None
        if not must.LANGUAGE.accepts(path.stem):
            requirement = "must be named by a language tag, such as de.toml or pt-BR.toml"
            self.refuse("tag", requirement)
            return None
        data = self.data(file)
        if data is NOTHING or not self.is_readable(data):
            return None
        before = len(self.problems)
        self.require_name("language", data.get("language", NOTHING), path.stem, "file")
        if must.is_same(path.stem, self.language) and data.get("texts"):
            requirement = f"{OWN_TEXTS}: change them in the catalog"
            self.refuse("own-texts", requirement, path="texts")
            data = data | {"texts": {}}
        found = self.document(Translation, data | {"language": path.stem})
        return TranslationFile(file, found) if len(self.problems) == before else None

    def find(self, data: dict[str, Any], path: str) -> Any:
        """Return the exercise that an item names."""
        return self.named(self.exercises, data.get("exercise"), path, "of this catalog")

    def data(self, file: str) -> Any:
        """Return the plain data of a file, or ``NOTHING`` where the file is refused."""
        self.read.append(file)
        try:
            return parse(self.content(file), PurePosixPath(file).suffix, most_values=MOST_IN_FILE)
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
        require_size(self.size, LARGEST_CATALOG, " with all others")
        return content


def segments_of(exercise: Exercise) -> Iterator[tuple[str, Step | Hold]]:
    """Yield the steps and holds of an exercise, each after its place in the exercise."""
    for part in ("setup", "cycle", "finish"):
        for i, segment in enumerate(getattr(exercise, part)):
            yield f"{part}[{i}]", segment


def poses_of(exercise: Exercise) -> Iterator[tuple[str, str]]:
    """Yield the poses that an exercise names, each after its place in the exercise."""
    for path, segment in segments_of(exercise):
        if segment.pose is not None:
            yield f"{path}.pose", segment.pose


def _language(data: Any) -> str:
    """Return the language of a catalog, or English where that cannot be told."""
    language = data.get("language") if isinstance(data, dict) else None
    return str(language) if must.LANGUAGE.accepts(language) else "en"
