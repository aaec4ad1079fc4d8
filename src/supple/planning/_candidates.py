"""Which exercises of some catalogs may be in a plan, and why the others may not."""

from __future__ import annotations

import re
from enum import StrEnum
from hashlib import blake2b
from typing import TYPE_CHECKING

from attrs import frozen

from supple._errors import Hint, ModelError, UnknownNameError, close_matches
from supple._model import Equipment, Exercise, Phase, Position
from supple._model.exercise import prescribed
from supple._model.requirements import refuse
from supple._units import ms_to_clock
from supple.catalog._catalog import Catalog

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator, Sequence

    from supple._phrases import Phrases
    from supple.planning._duration import Durations

POSITIONS = tuple(Position)
PHASES = tuple(Phase)

_WORD = r"\w{4,}"
"""A word that by itself can be meant by a condition, other than such as *for*."""


class Why(StrEnum):
    """Why an exercise is in a plan, or why it is not."""

    ASKED_FOR = "asked-for"
    ONLY_ONE = "only-one"
    """It alone in the plan works something that was asked for."""
    WORKS = "works"
    """It works something that was asked for, as others in the plan do."""
    FILLS = "fills"
    """It fills the time, where no targets were asked for."""

    EXCLUDED = "excluded"
    TWICE = "twice"
    """An earlier catalog has an exercise of that id."""
    POSITION = "position"
    KNEELING = "kneeling"
    """Its position rests on the knees, which was to be avoided."""
    CONDITION = "condition"
    """One of its contraindications mentions a condition given."""
    EQUIPMENT = "equipment"
    OTHER_TARGETS = "other-targets"
    TOO_LONG = "too-long"
    """There is no time for it even by itself."""
    CHANGE = "change"
    """It is done in a position, or at a place in the order, that the plan does not have."""
    NO_ROOM = "no-room"
    """What was chosen fills the time, or covers as much without it."""


@frozen
class Reason:
    """Why an exercise is in a plan or is not; its text is a whole sentence.

    Attributes:
        why: The kind of reason.
        text: The sentence, in the language of the plan. Behind it stand the cautions of an
            exercise in it that mention a condition given.
    """

    why: Why
    text: str

    def __str__(self) -> str:
        return self.text


def reason(why: Why, phrases: Phrases, cautions: Iterable[str] = (), **facts: str) -> Reason:
    told = [phrases[f"why_{why.name.lower()}"].format(**facts)]
    told += [phrases.why_condition.format(contraindication=each) for each in cautions]
    return Reason(why, " ".join(told))


@frozen(kw_only=True)
class Asked:
    """What a plan is asked for, beyond its time."""

    targets: tuple[str, ...]
    avoid_positions: frozenset[Position]
    conditions: tuple[str, ...]
    equipment: tuple[str, ...]
    include: frozenset[str]
    exclude: frozenset[str]
    seed: int


@frozen(kw_only=True)
class Candidate:
    exercise: Exercise
    catalog: Catalog
    ms: int
    targets: tuple[str, ...]
    """Those that were asked for, in the order in which they were."""
    cautions: tuple[str, ...]
    """Those that mention a condition given."""
    must: bool
    rank: bytes
    """Drawn from the seed and the id; of two that are as good, the lower one is chosen."""

    @property
    def cell(self) -> tuple[int, int]:
        """Its phase and its position, by number."""
        return PHASES.index(self.exercise.phase), POSITIONS.index(self.exercise.position)


def candidates(
    catalogs: Sequence[Catalog], asked: Asked, durations: Durations, most_ms: int
) -> tuple[list[Candidate], dict[str, Reason]]:
    """Return the candidates in the order of their ranks, and why the others are none."""
    exercises = [(each, one) for each in catalogs for one in each.exercises.values()]
    known = [exercise.id for _, exercise in exercises]
    for id in sorted(asked.include | asked.exclude):
        if id not in known:
            raise UnknownNameError("exercise", id, dict.fromkeys(known))
    _require_known([exercise for _, exercise in exercises], asked)
    found: dict[str, Candidate] = {}
    left_out: dict[str, Reason] = {}
    for catalog, exercise in exercises:
        if exercise.id in found or exercise.id in left_out:
            left_out[f"{catalog.name}/{exercise.id}"] = reason(Why.TWICE, catalog.phrases)
            continue
        ms = durations.exercise(prescribed(exercise))
        against = next(_against(exercise, catalog.phrases, asked, ms, most_ms), None)
        must = exercise.id in asked.include
        if against is not None:
            if must:
                requirement = f"must be exercises that may be there, but: {against}"
                raise ModelError("compose.include", requirement, exercise.id)
            left_out[exercise.id] = against
            continue
        worked = {word(each) for each in exercise.targets}
        found[exercise.id] = Candidate(
            exercise=exercise,
            catalog=catalog,
            ms=ms,
            targets=tuple(each for each in asked.targets if each in worked),
            cautions=tuple(_mentioning(asked.conditions, exercise.cautions)),
            must=must,
            rank=blake2b(f"{asked.seed}|{exercise.id}".encode(), digest_size=8).digest(),
        )
    return sorted(found.values(), key=lambda each: (each.rank, each.exercise.id)), left_out


def _require_known(exercises: Sequence[Exercise], asked: Asked) -> None:
    """Require that what is asked for means something to one of the exercises at least."""
    targets = [word(each) for one in exercises for each in one.targets]
    needed = [word(each) for one in exercises for each in one.equipment]
    things = [*needed, *(each.value for each in Equipment)]
    warnings = [each for one in exercises for each in (*one.contraindications, *one.cautions)]
    said = {each for each in asked.conditions if any(_mentioning([each], warnings))}
    in_them = "must stand in a contraindication or a caution of the catalogs"
    rows: list[tuple[str, Container[str], list[str], list[str], str]] = [
        ("targets", targets, targets, targets, "must be what an exercise of the catalogs works"),
        ("equipment", things, things, things, "must be what an exercise may need"),
        ("conditions", said, re.findall(_WORD, "\n".join(warnings).casefold()), warnings, in_them),
    ]
    for i, each in enumerate(asked.conditions):
        if not re.search(_WORD, each) and each not in map(str.casefold, warnings):
            requirement = "must have a word of four letters or more, or be all of a warning"
            refuse("short", requirement, each, f"compose.conditions[{i}]")
    for name, known, words, offered, requirement in rows:
        for i, each in enumerate(getattr(asked, name)):
            if each not in known:
                close = close_matches(each, [*dict.fromkeys(words)])
                hint = Hint(close, [*dict.fromkeys(offered)][:20])
                refuse("unknown", f"{requirement}{hint}", each, f"compose.{name}[{i}]", hint)


def _mentioning(conditions: Iterable[str], texts: Iterable[str]) -> Iterator[str]:
    """Return the texts in which a condition stands, in whole words."""
    said = [re.compile(rf"(?<!\w){re.escape(each)}(?!\w)") for each in conditions]
    return (text for text in texts if any(each.search(text.casefold()) for each in said))


def _against(
    exercise: Exercise, phrases: Phrases, asked: Asked, ms: int, most_ms: int
) -> Iterator[Reason]:
    """Yield why an exercise cannot be there."""
    worked = {*map(word, exercise.targets)}
    position = phrases.name_of(exercise.position)
    if exercise.id in asked.exclude:
        yield reason(Why.EXCLUDED, phrases)
    if exercise.position in asked.avoid_positions:
        yield reason(Why.POSITION, phrases, position=position)
    if Position.KNEELING in asked.avoid_positions and exercise.position.is_on_knees:
        yield reason(Why.KNEELING, phrases, position=position)
    for text in _mentioning(asked.conditions, exercise.contraindications):
        yield reason(Why.CONDITION, phrases, contraindication=text)
    if missing := [each for each in exercise.equipment if word(each) not in asked.equipment]:
        yield reason(Why.EQUIPMENT, phrases, equipment=phrases.names_of(missing))
    if asked.targets and exercise.id not in asked.include and worked.isdisjoint(asked.targets):
        yield reason(Why.OTHER_TARGETS, phrases)
    if ms > most_ms:
        yield reason(Why.TOO_LONG, phrases, time=ms_to_clock(ms))


def word(text: str) -> str:
    return "-".join(str(text).casefold().split())
