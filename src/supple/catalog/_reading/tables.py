"""From plain data to the model: the fields say which keys there are and what each requires."""

from __future__ import annotations

import re
from collections import Counter
from itertools import chain
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from attrs import NOTHING, evolve

from supple._errors import NO_HINT, Hint, ModelError, Problem, close_matches, show
from supple._model import Exercise, Prescription, Range, requirements as must
from supple._model.requirements import ListOf, bare
from supple.catalog._format import FORMAT, KINDS, STAND_IN, TABLES, keys_of, tables_in
from supple.catalog._reading.mistakes import in_seconds
from supple.catalog._translation import ByText

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from supple.catalog._format import Table, Tables

MOST_PROBLEMS = 1000

_UNKNOWN_KEYS_SHOWN = 20
MOST_HINTS = 20  # comparing a name with a thousand others takes its time
_PLAIN_KEY = re.compile(r"[A-Za-z0-9_-]{1,64}")
_STEP = re.compile(r"\.(?P<name>\w+)|\[(?P<index>\d+)\]")


class TableReader:
    """Reads tables, and gathers what is wrong with them.

    What reads something returns ``NOTHING`` for what is refused, and the reason is among the
    problems. Text is never taken for a number, nor a number for text. An exercise that is
    refused has a stand-in among the exercises, and where its id cannot be told, no id counts as
    unknown: its faults are not told again where an item names it.
    """

    def __init__(self, tables: Tables = TABLES, file: str = "") -> None:
        self.tables = tables
        self.file = file
        self.problems: list[Problem] = []
        self.exercises: dict[str, Exercise] = {}
        self.has_every_id = True
        self.hints: Counter[str] = Counter()
        self.top: Collection[str] = ()

    def refuse(  # noqa: PLR0913 - what there is to say
        self,
        code: str,
        requirement: str,
        *,
        path: str = "",
        got: object = NOTHING,
        file: str = "",
        hint: Hint = NO_HINT,
    ) -> Any:
        """Note what is wrong at a place of the file, or of another, and return ``NOTHING``."""
        if len(self.problems) < MOST_PROBLEMS:
            where, path = file or self.file, path.removeprefix(".")
            problem = Problem(
                where, path=path, requirement=requirement, got=got, code=code, hint=hint
            )
            self.problems.append(problem)
        return NOTHING

    def passed_on(self, error: ModelError, path: str, got: object) -> Any:
        """Note what the model refuses at a place of the file, and return ``NOTHING``."""
        return self.refuse(error.code, error.requirement, path=path, got=got, hint=error.hint)

    # --- documents and tables

    def document(self, cls: type, data: Any, own: Collection[str] = ()) -> Any:
        """Return what a document describes, but for keys of its own that are read elsewhere."""
        if not self.is_readable(data) or not self._is_kind(cls, data):
            return NOTHING
        self.judged(FORMAT, data.get("format", NOTHING), ".format")
        kept = {key: data[key] for key in data if key not in {"format", *own}}
        return self.table(self.tables[cls], kept)

    def is_readable(self, data: Any) -> bool:
        """Tell whether a document is a table, of no newer format, and refuse it if not."""
        if not isinstance(data, dict):
            self._no_table(data)
            return False
        is_newer = FORMAT.is_newer(got := data.get("format"))
        if is_newer:
            self.judged(FORMAT, got, ".format")
        return not is_newer

    def _is_kind(self, cls: type, data: dict[str, Any]) -> bool:
        """Tell whether a document is not of another kind, and refuse it if it is."""
        mark, kind = KINDS[cls]
        other = next((each for key, each in KINDS.values() if key in data), kind)
        if mark in data or other == kind:
            return True
        self.refuse("other-kind", f"must be {kind}, but is {other}")
        return False

    def table(
        self,
        table: Table,
        data: Any,
        path: str = "",
        *,
        given: Mapping[str, Any] = MappingProxyType({}),
    ) -> Any:
        """Return what a table describes, with what is given beside it for its other fields."""
        if not isinstance(data, dict):
            return self._no_table(data, path)
        if not path:
            self.top = keys_of(table, self.tables)
            if not self._is_kind(table.cls, data):
                return NOTHING
        exercise = self.find(data, path) if table.cls is Prescription else None
        values = self._values(table, data, path)
        is_known = self._knows(keys_of(table, self.tables), data, path)
        if not is_known or exercise is NOTHING or NOTHING in values.values():
            return NOTHING
        if exercise is not None:
            values["exercise"] = exercise
        try:
            return table.cls(**values, **given)
        except ModelError as error:
            where = self._in_keys(table, values, error.where.removeprefix(table.cls.__name__))
            got = _at(data, where) if not where or isinstance(error.got, Range) else error.got
            return self.passed_on(error, path + where, got)

    def _values(self, table: Table, data: dict[str, Any], path: str) -> dict[str, Any]:
        values: dict[str, Any] = {}
        for each in table.fields:
            name = str(each.alias)
            key = table.key(name)
            if not key:
                (inner,) = tables_in(each.validator, self.tables)
                own = {key: data[key] for key in keys_of(inner, self.tables) if key in data}
                values[name] = self.table(inner, own, path)
            elif key in data:
                values[name] = self.value(each.validator, data[key], f"{path}.{key}")
            elif each.default is NOTHING:
                values[name] = self.refuse("missing", "must be given", path=f"{path}.{key}")
        return values

    def value(self, requirement: Any, data: Any, path: str) -> Any:
        if data is None:
            return self.refuse("null", "must not be null: leave the key out instead", path=path)
        inner = bare(requirement)
        tables = tables_in(inner, self.tables)
        if isinstance(inner, ByText):
            return self._entries(inner, data, path)
        if tables and not isinstance(inner, ListOf):
            return self._one_of(tables, data, path)
        if tables and isinstance(data, list | tuple):
            read = [self._one_of(tables, each, f"{path}[{i}]") for i, each in enumerate(data)]
            return NOTHING if NOTHING in read else self.judged(inner, read, path, data)
        if tables and isinstance(data, dict) and self.file.endswith(".toml"):
            name = path.rpartition(".")[2]
            hint = Hint(write=f"[[{name}]]")
            wanted = f"must have its heading in double brackets{hint}"
            return self.refuse("single-brackets", wanted, path=path, hint=hint)
        return self.judged(inner, data, path)

    def _one_of(self, tables: list[Table], data: Any, path: str) -> Any:
        """Return what a table describes that is one of some kinds, told apart by a key."""
        if len(tables) == 1 or not isinstance(data, dict):
            return self.table(tables[0], data, path)
        found = [table for table in tables if table.mark in data]
        if len(found) > 1 and found[-1].mark == "rest":  # which others have, too
            found.pop()
        if len(found) != 1:
            marks = [str(table.mark) for table in tables]
            if not found and not self._knows(marks, data, path, of=tables):
                return NOTHING
            code = "one-key" if found else "no-key"
            requirement = f"must have exactly one of {', '.join(marks)}"
            return self.refuse(code, requirement, path=path, got=data)
        return self.table(found[0], data, path)

    def judged(
        self, requirement: must.Requirement[Any], value: Any, path: str, got: object = NOTHING
    ) -> Any:
        """Return a value as a field keeps it; ``got`` is what stands in the file for it."""
        try:
            return requirement.kept(value)
        except ModelError as error:
            refused = value if got is NOTHING else got
            shown = error.got if error.where else refused
            return self.passed_on(error, path + error.where, shown)

    def _entries(self, requirement: ByText, data: Any, path: str) -> Any:
        if not isinstance(data, dict):
            return self._no_table(data, path)
        is_sound = True
        for key, value in data.items():
            if len(self.problems) >= MOST_PROBLEMS:
                return NOTHING
            try:
                requirement.entry(key, value)
            except ModelError as error:
                at = f"{path}.{show(key) if requirement.is_open else word_of(key)}"
                self.passed_on(error, at, value)
                is_sound = False
        return requirement.kept(data) if is_sound else NOTHING

    def _knows(
        self, keys: list[str], data: dict[str, Any], path: str, of: Collection[Table] = ()
    ) -> bool:
        """Tell whether all keys are among some, or those of a table; refuse the others."""
        known = chain(keys, *(keys_of(table, self.tables) for table in of))
        unknown = sorted(data.keys() - {*known}, key=str)
        for key in unknown[:_UNKNOWN_KEYS_SHOWN]:
            at = f"{path}.{word_of(key)}"
            if path and key in self.top and self.file.endswith(".toml"):
                heading = f"[[{path.lstrip('.').partition('[')[0]}]]"
                requirement = f"must stand above the first {heading}, for it is about the whole"
                self.refuse("misplaced", requirement, path=at)
            elif (write := in_seconds(key, data[key])) and "seconds" in keys:
                hint = Hint(write=write)
                self.refuse("units", f"must be given in seconds{hint}", path=at, hint=hint)
            else:
                hint = Hint(close_matches(key, keys), keys)
                self.refuse("unknown-key", f"must be a known key{hint}", path=at, hint=hint)
        return not unknown

    def _no_table(self, got: object, path: str = "") -> Any:
        return self.refuse("table", "must be a table of keys and values", path=path, got=got)

    def _in_keys(self, table: Table, values: dict[str, Any], where: str) -> str:
        """Return a place inside of a value as it is in the file, whose keys may differ."""
        path = ""
        here: Any = None
        for found in _STEP.finditer(where):
            if name := found["name"]:
                key = (table if here is None else self.tables[type(here)]).key(name)
                here = values[name] if here is None else getattr(here, name)
                path += f".{key}" if key else ""
            else:
                here = here[int(found["index"])]
                path += found[0]
        return path

    # --- exercises

    def exercise(self, data: Any, path: str = "") -> Exercise | None:
        """Return an exercise, a stand-in of its id, or ``None`` where that cannot be told."""
        table = self.tables[Exercise]
        exercise = NOTHING if data is NOTHING else self.table(table, data, path)
        if isinstance(exercise, Exercise):
            return exercise
        try:
            return evolve(STAND_IN, id=data["id"])
        except (KeyError, TypeError, ModelError):
            self.has_every_id = False
            return None

    def find(self, data: dict[str, Any], path: str) -> Any:
        """Return the exercise that an item names."""
        raise NotImplementedError

    def named(
        self, known: Mapping[str, Exercise], id: object, path: str, of: str, remedy: str = ""
    ) -> Any:
        """Return the exercise of an id; ``remedy`` is what to do where nothing comes close."""
        if isinstance(id, str) and id in known:
            return known[id]
        if not self.has_every_id and known is self.exercises:
            return STAND_IN
        requirement = f"must be the id of an exercise {of}"
        return self.refuse_name(list(known), id, requirement, f"{path}.exercise", remedy=remedy)

    def refuse_name(  # noqa: PLR0913 - what there is to say
        self,
        known: Sequence[str],
        name: object,
        requirement: str,
        path: str,
        *,
        remedy: str = "",
        code: str = "unknown-id",
    ) -> Any:
        """Refuse a name that nothing has, with the close matches; not time and again."""
        self.hints[code] += 1
        names = known if self.hints[code] <= MOST_HINTS else ()
        hint = Hint(close_matches(name, names), names[:MOST_HINTS])
        requirement += str(hint) or remedy
        return self.refuse(code, requirement, path=path, got=name, hint=hint)


def _at(data: Any, path: str) -> Any:
    """Return what stands at a path of the file."""
    for found in _STEP.finditer(path):
        data = data[found["name"] or int(found["index"])]
    return data


def word_of(key: object) -> str:
    return key if isinstance(key, str) and _PLAIN_KEY.fullmatch(key) else show(key)
