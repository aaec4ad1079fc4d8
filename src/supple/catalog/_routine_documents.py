"""The document of a routine: plain data to a routine and back, wherever it stands."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from attrs import NOTHING, fields

from supple._errors import CatalogError, ModelError, UnknownNameError
from supple._model import Exercise, Routine, requirements as must
from supple._model.exercise import FromCatalog, taken_over
from supple._model.requirements import is_same, refuse
from supple._phrases import phrases_for
from supple.catalog._catalog import Catalog
from supple.catalog._format import CARRIED, FORMAT, ROUTINE_TABLES, STAND_IN
from supple.catalog._load import load_catalog
from supple.catalog._reading.tables import MOST_HINTS, TableReader
from supple.catalog._translation import WORDS
from supple.catalog._writing.plain import Plainer

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from supple._model.pose import Pose


def by_name(where: str, catalogs: object) -> dict[str, Catalog]:
    found: dict[str, Catalog] = {}
    for i, catalog in enumerate(must.ListOf(must.InstanceOf(Catalog)).require(where, catalogs)):
        if found.setdefault(catalog.name, catalog) != catalog:
            requirement = "must not be that of another catalog"
            raise ModelError(f"{where}[{i}].name", requirement, catalog.name)
    return found


def plain_routine(routine: Routine, catalogs: Iterable[Catalog]) -> dict[str, Any]:
    homes = {
        id: catalog.name
        for catalog in catalogs
        for id, exercise in routine.exercises.items()
        if is_same(catalog.language, routine.language) and catalog.exercises.get(id) == exercise
    }

    def name(exercise: Exercise) -> dict[str, Any]:
        home = homes.get(exercise.id)
        return ({} if home is None else {"catalog": home}) | {"exercise": exercise.id}

    def carried(exercise: Exercise) -> dict[str, Any]:
        plain = plainer.table(exercise)
        plain.pop("language", None)
        own = {} if exercise.language == routine.language else {"language": exercise.language}
        return own | plain

    plainer = Plainer(ROUTINE_TABLES, name)
    own = [each for id, each in routine.exercises.items() if id not in homes]
    plain = {"format": FORMAT.version, **plainer.table(routine)}
    if own:
        plain["exercises"] = [carried(each) for each in own]
    if poses := _poses_of(own):
        plain["poses"] = [plainer.table(each) for each in poses]
    said = routine.phrases
    if said and any(each.phrases and is_same(each.language, routine.language) for each in own):
        usual = phrases_for(routine.language)
        words = {id: said[id] for id in said.english if said[id] != usual[id]}
        # None are said, too, where those of a catalog that is named would be heard instead.
        if words or any(routine.exercises[id].phrases != said for id in homes):
            plain["phrases"] = words
    return plain


def _poses_of(exercises: Sequence[Exercise]) -> tuple[Pose, ...]:
    """Return the poses of some exercises, by which each finds its own again."""
    known = {pose.id: pose for each in exercises for pose in each.poses}
    for each in exercises:
        names = [segment.pose for segment in each.segments if segment.pose]
        if {known[name] for name in names if name in known} != {*each.poses}:
            requirement = (
                "must not have the id of another pose in the same file: rename it, or give the "
                "catalog that it is from"
            )
            refuse("same-pose", requirement, names, f"routine.exercises[{each.id!r}].poses")
    return tuple(known.values())


class RoutineReader(TableReader):
    """The state of reading one document for a function: what it carries, and what is wrong.

    It may name exercises of the given catalogs only, or else of those that are installed.
    """

    def __init__(self, caller: str, catalogs: Iterable[Catalog] | None, file: str = "") -> None:
        super().__init__(ROUTINE_TABLES, file)
        given = None if catalogs is None else by_name(f"{caller}.catalogs", catalogs)
        self.catalogs: dict[str, Catalog | None] = {**(given or {})}
        self.given = None if given is None else sorted(given)
        self.language: str | None = None

    def routine(self, data: Any, *own: str) -> Any:
        """Return what a document describes, or ``NOTHING`` where anything in it is refused."""
        if isinstance(data, dict):
            if must.LANGUAGE.accepts(language := data.get("language")):
                self.language = language
            if "exercises" in data:
                self.carry(data["exercises"], *self.carried(data))
        of_exercises, self.problems = self.problems, []
        routine = self.document(Routine, data, own=(*CARRIED, *own))
        self.problems += of_exercises
        return NOTHING if self.problems else routine

    def carried(self, data: dict[str, Any]) -> tuple[Mapping[str, Pose], FromCatalog]:
        """Return what the exercises have that the document carries: its poses and advice."""
        told = TableReader(self.tables)  # what is wrong with it is told where it is the routine's
        advice = told.value(fields(Routine).advice.validator, data.get("advice", ()), "")
        poses = self.value(fields(Catalog).poses.validator, data.get("poses", ()), ".poses")
        words = self.value(WORDS, data.get("phrases", {}), ".phrases")
        language, phrases = self.language or "en", None
        if words is not NOTHING and "phrases" in data:
            phrases = phrases_for(language).with_words(language=language, **words)
        given = FromCatalog(() if advice is NOTHING else advice, phrases, language)
        return {} if poses is NOTHING else {**poses}, given

    def carry(self, tables: object, poses: Mapping[str, Pose], given: FromCatalog) -> None:
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
            if exercise is None:
                continue
            exercise = taken_over(exercise, poses, given)
            if self.exercises.setdefault(exercise.id, exercise) is not exercise:
                requirement = "must not be the id of another exercise"
                self.refuse("same-id", requirement, path=f"{path}.id", got=exercise.id)

    def find(self, data: dict[str, Any], path: str) -> Any:
        """Return the exercise that an item names."""
        id = data.get("exercise")
        if "catalog" not in data:
            remedy = "; that of a catalog needs its name: catalog = '...'"
            return self.named(self.exercises, id, path, "that this routine carries", remedy)
        name = self.judged(must.NAME, data["catalog"], f"{path}.catalog")
        if name is NOTHING:
            return NOTHING
        if name not in self.catalogs:
            self.catalogs[name] = self.loaded(name, f"{path}.catalog")
        known = self.catalogs[name]
        if known is None:
            return STAND_IN  # it has been told that it cannot be had
        return self.named(known.exercises, id, path, f"of {name}")

    def loaded(self, name: str, path: str) -> Catalog | None:
        """Return a catalog, or refuse its name."""
        known: Sequence[str] = self.given or ()
        requirement = "must be the name of a catalog"
        if self.given is None and self.hints["unknown-catalog"] < MOST_HINTS:
            try:
                return load_catalog(name, language=self.language)
            except UnknownNameError as error:
                known = error.known
            except CatalogError as error:
                requirement = f"must be a catalog that can be read, but {error.problems[0]}"
        self.refuse_name(known, name, requirement, path, code="unknown-catalog")
        return None
