"""From one record to one exercise."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, Any, TypeAlias

from supple._errors import ModelError
from supple._model import DosePart, DoseSource, Exercise, Position, Sides, Step, checks as check
from supple.catalog.free_exercise_db import _rules as rules
from supple.catalog.free_exercise_db._imported import Filled
from supple.catalog.free_exercise_db._prose import tell

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from supple._model import ExerciseKind
    from supple.catalog.free_exercise_db._imported import FilledValue
    from supple.catalog.free_exercise_db._prose import Told

    _Fill: TypeAlias = tuple[str, FilledValue, str, bool]

_SEPARATORS = re.compile(r"[\W_]+")

_texts = check.sequence_of(check.text)


def exercise_of(record: Mapping[str, Any]) -> tuple[Exercise, tuple[Filled, ...]]:
    """Return the exercise that a record describes, and what was filled in.

    Raises:
        ModelError: If the record cannot be used; ``where`` is the path inside it.
    """
    id, origin = _id(record.get("id"))
    name = check.text("name", record.get("name"))
    kind = _kind(record.get("category"))
    equipment = _equipment(record.get("equipment"))
    targets = [
        muscle
        for field in ("primaryMuscles", "secondaryMuscles")
        for muscle in _texts(field, _or_empty(record.get(field)))
    ]
    told = _told(record.get("instructions"))
    exercise = Exercise(
        id,
        name=name,
        kind=kind,
        position=_position(told),
        sides=Sides.EACH if told.is_each_side else Sides.NONE,
        setup=told.setup,
        cycle=told.cycle,
        reps=told.reps or rules.NO_REPS,
        sets=rules.NO_SETS,
        targets=list(dict.fromkeys(targets)),
        language=rules.LANGUAGE,
        equipment=equipment or (),
        cautions=told.cautions,
        sources=_sources(origin, told),
    )
    gaps = [_default("equipment", ())] if equipment is None else []
    gaps += [] if targets else [_default("targets", ())]
    return exercise, tuple(
        Filled(origin, *fill) for fill in (*gaps, *_readings(told, exercise.position))
    )


def _id(value: object) -> tuple[str, str]:
    """Return the identifier for supple, and the one that the record has."""
    origin = check.text("id", value)
    if len(origin) > check.LONGEST_NAME:
        raise ModelError("id", f"must be at most {check.LONGEST_NAME} characters long", value)
    letters = (
        letter
        for letter in unicodedata.normalize("NFKD", origin.casefold())
        if not unicodedata.combining(letter)
    )
    try:
        return check.name("id", _SEPARATORS.sub("-", "".join(letters)).strip("-")), origin
    except ModelError as error:
        raise ModelError("id", error.requirement, value) from error


def _kind(value: object) -> ExerciseKind:
    if isinstance(value, str) and value in rules.KINDS:
        return rules.KINDS[value]
    requirement = f"must be one of {', '.join(rules.KINDS)}"
    if isinstance(value, str) and value in rules.WITHOUT_KIND:
        requirement += f"; supple has no kind for {rules.WITHOUT_KIND[value]}"
    raise ModelError("category", requirement, value)


def _equipment(value: object) -> tuple[str, ...] | None:
    """Return what is needed, or ``None`` where the record does not say."""
    if value is None:
        return None
    given = check.text("equipment", value)
    return rules.EQUIPMENT.get(given, (given,))


def _or_empty(value: object) -> object:
    return () if value is None else value


def _paragraph(where: str, value: object) -> list[str]:
    """Require text of any length, and return its lines, each of which becomes a text."""
    if not isinstance(value, str):
        raise ModelError(where, "must be text", value)
    if "{" in value or "}" in value:
        raise ModelError(where, "must have no braces, which have a meaning in supple", value)
    stripped = (line.strip() for line in rules.LINE_END.split(value))
    return [check.text(where, line) for line in stripped if line]


_paragraphs = check.sequence_of(_paragraph)


def _told(value: object) -> Told:
    paragraphs = _paragraphs("instructions", _or_empty(value))
    told = tell([line for lines in paragraphs for line in lines])
    if told is None:
        raise ModelError("instructions", "must say what to do", value)
    return told


def _position(told: Told) -> Position:
    if told.position is not None:
        return told.position
    return rules.LYING_SOMEHOW if told.position_words else rules.NO_POSITION


def _sources(origin: str, told: Told) -> Iterator[DoseSource]:
    """Yield what the record gives of the dose, and what is a default."""
    given = {f'"{words}"': DosePart.HOLD for _, words in told.holds}
    if told.reps is not None:
        given[f'"{told.reps_words}"'] = DosePart.REPS
    for words, part in given.items() or [("it gives no plain amount", None)]:
        says = f'Record "{origin}": {words}'
        yield DoseSource(rules.TITLE, url=rules.URL, says=says, gives=[part] if part else [])
    sets_only = told.reps is not None
    yield DoseSource(
        rules.LIBRARY,
        says=rules.SETS_BY_DEFAULT if sets_only else rules.BOTH_BY_DEFAULT,
        gives=[DosePart.SETS] if sets_only else [DosePart.REPS, DosePart.SETS],
        is_default=True,
    )


def _readings(told: Told, position: Position) -> Iterator[_Fill]:
    """Yield what was read out of the instructions, or filled in as they do not say it."""
    yield _of_position(told, position)
    yield _of_sides(told)
    yield _of_reps(told)
    yield _default("sets", rules.NO_SETS)
    if told.setup_words:
        yield _read("setup", "up to the starting position", told.setup_words)
    for seconds, words in told.holds:
        yield _read("hold", seconds, words)
    for caution in told.cautions:
        yield _read("cautions", (caution,), f"Caution: {caution}")
    if any(isinstance(segment, Step) for segment in (*told.setup, *told.cycle)):
        yield _default("steps", "until ready", "the record gives no time for a movement")


def _of_position(told: Told, position: Position) -> _Fill:
    if told.position is not None:
        return _read("position", position, told.position_words)
    if told.position_words:
        return _default("position", position, f'"{told.position_words}" does not say how')
    return _default("position", position, "the record does not name one and only one")


def _of_sides(told: Told) -> _Fill:
    if told.is_each_side:
        return _read("sides", Sides.EACH, told.sides_words)
    if told.sides_words:
        reason = f'"{told.sides_words}" is left to the person, as the steps name left or right'
        return _default("sides", Sides.NONE, reason)
    return _default("sides", Sides.NONE)


def _of_reps(told: Told) -> _Fill:
    if told.reps is not None:
        return _read("reps", told.reps, told.reps_words)
    if told.reps_words:
        return _default("reps", rules.NO_REPS, f'"{told.reps_words}" gives no number')
    return _default("reps", rules.NO_REPS)


def _read(field: str, value: FilledValue, words: str) -> _Fill:
    return field, value, f'the record says "{words}"', False


def _default(
    field: str, value: FilledValue, why: str = "the record does not say plainly"
) -> _Fill:
    return field, value, why, True
