"""Import the records of free-exercise-db, a public list of exercises, as a catalog.

The fields of a record are taken as they are, and each paragraph of its instructions becomes a
step that lasts until the person is ready. The records give no position, no sides and no dose:
those are filled with ``DEFAULTS``, to be put right by somebody who knows the exercise. What was
left out and refused is reported; nothing is guessed, and no word is changed.

>>> imported = read('''[{
...     "id": "Seated_Reach", "name": "Seated Reach", "category": "stretching",
...     "equipment": null, "primaryMuscles": ["hamstrings"], "secondaryMuscles": [],
...     "instructions": ["Sit on a mat.", "Reach for one foot."]
... }]''')
>>> exercise = imported.catalog["seated-reach"]
>>> [(step.text, step.until_ready) for step in exercise.cycle]
[('Sit on a mat.', True), ('Reach for one foot.', True)]
>>> DEFAULTS["position"]
'standing'
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Final

from attrs import frozen

from supple._errors import ModelError, Problem
from supple._model import (
    DosePart,
    DoseSource,
    Exercise,
    ExerciseKind,
    Position,
    Step,
    requirements as must,
)
from supple._printable import printable
from supple.catalog._catalog import Catalog
from supple.catalog._reading.documents import parse
from supple.catalog._reading.mistakes import id_meant
from supple.catalog._refused import RefusedError, require_size, telling

__all__ = ["DEFAULTS", "LARGEST", "Imported", "read"]

LARGEST: Final = 4 * 2**20
"""How many bytes the records may have."""

DEFAULTS: Final[Mapping[str, str]] = MappingProxyType(
    {"position": "standing", "sides": "none", "reps": "1", "sets": "1", "steps": "until ready"}
)
"""What every exercise is filled with, since no record gives it."""

_TITLE = "free-exercise-db"
_URL = "https://github.com/yuhonas/free-exercise-db"
_OWN = DoseSource(
    "supple",
    says="One repetition and one set are this library's defaults.",
    gives=[DosePart.REPS, DosePart.SETS],
    is_default=True,
)
_LINES_SHOWN = 20

_CARRIED = {
    "id", "name", "category", "equipment", "primaryMuscles", "secondaryMuscles", "instructions",
}  # fmt: skip
_KINDS = {
    "stretching": ExerciseKind.STRETCH,
    "strength": ExerciseKind.STRENGTHENING,
    "powerlifting": ExerciseKind.STRENGTHENING,
    "olympic weightlifting": ExerciseKind.STRENGTHENING,
    "strongman": ExerciseKind.STRENGTHENING,
}
_NO_EQUIPMENT = (None, "body only")
_WHERE = re.compile(r"Exercise\.(\w+)(\[\d+\])?")


@frozen
class Imported:
    """The outcome of an import; ``str()`` of it is a short summary.

    Args:
        catalog: The exercises of the records that could be used, in their order.
        refused: The records that could not be used, in their order, each with the first reason;
            ``file`` is the id of the record, or its place in the list, such as ``[12]``.
        left_out: The fields that have no place in the catalog, and how many of the records that
            were used have each.
    """

    catalog: Catalog
    refused: tuple[Problem, ...]
    left_out: Mapping[str, int]

    def __str__(self) -> str:
        used, refused = len(self.catalog), len(self.refused)
        reasons = Counter(f"{each.path} {each.requirement}".strip() for each in self.refused)
        lines = [f"{self.catalog.name}: {used} of {used + refused} records used"]
        for heading, told in (
            ("refused", [f"{count} x {why}" for why, count in reasons.most_common()]),
            ("filled in everywhere", [f"{each} = {DEFAULTS[each]}" for each in DEFAULTS]),
            ("left out", [f"{each} ({self.left_out[each]})" for each in self.left_out]),
        ):
            lines += [f"{heading}:"] if told else []
            lines += [f"  {printable(each)}" for each in told[:_LINES_SHOWN]]
            lines += [f"  and {len(told) - _LINES_SHOWN} more"] if told[_LINES_SHOWN:] else []
        return "\n".join(lines)


def read(text_or_bytes: str | bytes, *, name: str = _TITLE) -> Imported:
    """Read a list of records in the form of free-exercise-db.

    A record that cannot be used never stands in the way of the others: it is left out and
    reported. Reading is pure; no file is opened and nothing is fetched.

    Args:
        text_or_bytes: The JSON text, a list of records.
        name: The name of the catalog.

    Raises:
        CatalogError: If the whole is no list of records in JSON and UTF-8, or too large, or
            nested too deep.
        ModelError: If ``name`` cannot be that of a catalog.
    """
    exercises: dict[str, Exercise] = {}
    refused: list[Problem] = []
    fields: Counter[str] = Counter()
    for i, record in enumerate(_records(text_or_bytes, name)):
        try:
            exercise = _exercise(record)
            if exercise.id in exercises:
                requirement = f"must not become the id {exercise.id}, which another record has"
                raise ModelError("id", requirement, record["id"])  # noqa: TRY301 - as any reason
        except ModelError as error:
            id = record.get("id") if isinstance(record, dict) else None
            called = id if isinstance(id, str) and id else f"[{i}]"
            refused.append(
                Problem(called, path=error.where, requirement=error.requirement, got=error.got)
            )
            continue
        exercises[exercise.id] = exercise
        fields.update(record.keys() - _CARRIED)
    catalog = Catalog(
        name,
        title=_TITLE,
        summary="Exercises of a public list. Positions, sides and doses are defaults.",
        version="rules 2",  # those of this file, since the records have no version
        language="en",
        exercises=exercises.values(),
    )
    return Imported(catalog, tuple(refused), MappingProxyType(dict(sorted(fields.items()))))


def _records(text_or_bytes: object, name: str) -> list[Any]:
    with telling(name, "the records"):
        if not isinstance(text_or_bytes, str | bytes):
            raise RefusedError("must be text or bytes", got=text_or_bytes)
        content = text_or_bytes
        if isinstance(content, str):
            content = content.encode(errors="surrogatepass")
        require_size(len(content), LARGEST)
        records = parse(content, ".json")
        if not isinstance(records, list):
            raise RefusedError("must be a list of records", got=records)
    return records


def _exercise(record: object) -> Exercise:
    """Return the exercise that a record describes.

    Raises:
        ModelError: If the record cannot be used; ``where`` is the path inside of it.
    """
    if not isinstance(record, dict):
        raise ModelError("", "must be an object", record)
    muscles = _muscles(record)
    equipment = record.get("equipment")
    try:
        return Exercise(
            _id(record.get("id")),
            name=record.get("name"),  # type: ignore[arg-type]  # the model refuses what is no text
            kind=_kind(record.get("category")),
            position=Position.STANDING,
            cycle=[_step(i, text) for i, text in enumerate(_list(record, "instructions"))],
            targets=[*muscles],
            equipment=() if equipment in _NO_EQUIPMENT else [equipment],
            sources=[
                DoseSource(_TITLE, url=_URL, says=f'Record "{record["id"]}": it gives no dose.'),
                _OWN,
            ],
            language="en",
        )
    except ModelError as error:
        if not (found := _WHERE.match(error.where)):
            raise
        field, index = found.groups(default="")
        muscle = muscles.get(str(error.got), "primaryMuscles")
        path = {"cycle": f"instructions{index}", "targets": muscle}.get(field, field)
        raise ModelError(path, error.requirement, error.got) from error


def _list(record: Mapping[str, Any], field: str) -> list[Any]:
    value = record.get(field)
    if value is not None and not isinstance(value, list):
        raise ModelError(field, "must be a list", value)
    return value or []


def _muscles(record: Mapping[str, Any]) -> dict[str, str]:
    """Return each muscle once, with the place where it stands first."""
    places: dict[str, str] = {}
    for field in ("primaryMuscles", "secondaryMuscles"):
        for i, muscle in enumerate(_list(record, field)):
            if not isinstance(muscle, str):
                raise ModelError(f"{field}[{i}]", "must be text", muscle)
            places.setdefault(muscle, f"{field}[{i}]")
    return places


def _step(i: int, text: Any) -> Step:
    try:
        return Step(text, until_ready=True)
    except ModelError as error:
        raise ModelError(f"instructions[{i}]", error.requirement, text) from error


def _id(value: object) -> str:
    if not isinstance(value, str):
        raise ModelError("id", "must be text", value)
    longest, id = must.NAME.longest, id_meant(value)
    if not (id and printable(value) == value and len(value) <= longest):
        requirement = f"must have letters of a-z or digits, at most {longest} characters in all"
        raise ModelError("id", requirement, value)
    return id


def _kind(value: object) -> ExerciseKind:
    if not isinstance(value, str) or value not in _KINDS:
        requirement = f"must be one of {', '.join(_KINDS)}, for which supple has a kind"
        raise ModelError("category", requirement, value)
    return _KINDS[value]
