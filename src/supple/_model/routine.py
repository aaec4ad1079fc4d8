"""A routine: exercises in an order, with rests, circuits and advice."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, TypeAlias

from attrs import field, frozen

from supple._errors import ModelError
from supple._model import amounts, checks as check
from supple._model.amounts import Range
from supple._model.exercise import Exercise, Prescription
from supple._model.words import AdviceTier

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from supple._model.amounts import Amount

MOST_NESTED = 32
MOST_WRITTEN = 100_000


@frozen(init=False)
class Rest:
    """A pause between two exercises, which takes the place of the transition between them.

    A rest that no exercise follows takes no time: there is never a trailing one.

    Args:
        seconds: How long, an amount.
        text: What to say; the library's own word where it is left out.
    """

    seconds: Range
    text: str | None

    def __init__(self, seconds: Amount, *, text: str | None = None) -> None:
        self.__attrs_init__(
            seconds=amounts.seconds("Rest.seconds", seconds),
            text=check.optional(check.text)("Rest.text", text),
        )


@frozen(init=False)
class Circuit:
    """Items that are repeated, one after the other, for a number of rounds.

    Args:
        items: Exercises, prescriptions, rests and circuits, with at least one exercise.
        rounds: How often they are repeated, an amount.
        rest: Seconds between rounds, an amount, in place of the transition there. With 0
            the transition stays.
    """

    items: tuple[RoutineItem, ...]
    rounds: Range
    rest: Range
    _nesting: int = field(init=False, eq=False, repr=False)
    _size: int = field(init=False, eq=False, repr=False)

    def __init__(self, items: Iterable[RoutineItem], *, rounds: Amount, rest: Amount = 0) -> None:
        kept = _items("Circuit.items", items)
        # Counted as circuits are built, so nothing ever walks down an endless nest of them.
        object.__setattr__(self, "_nesting", 1 + _nesting(kept))
        object.__setattr__(self, "_size", _size("Circuit.items", kept))
        if self._nesting > MOST_NESTED:
            raise ModelError(
                "Circuit.items", f"must be nested at most {MOST_NESTED} deep", self._nesting
            )
        self.__attrs_init__(
            items=kept,
            rounds=amounts.times("Circuit.rounds", rounds),
            rest=amounts.seconds_or_zero("Circuit.rest", rest),
        )


RoutineItem: TypeAlias = Exercise | Prescription | Rest | Circuit
"""What a routine or a circuit is made of."""


@frozen(init=False)
class Advice:
    """Something that a person should know, shown and never acted upon.

    Args:
        tier: How pressing it is.
        text: The advice.
        source: Where it comes from.
    """

    tier: AdviceTier
    text: str
    source: str | None

    def __init__(self, tier: AdviceTier | str, *, text: str, source: str | None = None) -> None:
        self.__attrs_init__(
            tier=check.word_of(AdviceTier)("Advice.tier", tier),
            text=check.text("Advice.text", text),
            source=check.optional(check.text)("Advice.source", source),
        )


@frozen(init=False)
class Routine:
    """An ordered list of things to do.

    Args:
        id: The identifier, such as ``morning``.
        items: Exercises, prescriptions, rests and circuits, with at least one exercise.
        name: What people call it; the identifier where it is left out.
        purpose: What it is good for.
        advice: What a person who does it should know.
        language: The language of its texts and of what the library itself says in it; that of
            its first exercise where it is left out.

    Raises:
        ModelError: If a value is refused, two different exercises share an identifier,
            circuits are nested more than 32 deep, or it holds more than 100,000 steps, holds,
            marks and rests as written.
    """

    id: str
    items: tuple[RoutineItem, ...]
    name: str
    purpose: str | None
    advice: tuple[Advice, ...]
    language: str

    def __init__(  # noqa: PLR0913 - a routine is described by this much, each by its name
        self,
        id: str,
        *,
        items: Iterable[RoutineItem],
        name: str | None = None,
        purpose: str | None = None,
        advice: Iterable[Advice] = (),
        language: str | None = None,
    ) -> None:
        id = check.name("Routine.id", id)
        kept = _items("Routine.items", items)
        _size("Routine.items", kept)
        self.__attrs_init__(
            id=id,
            items=kept,
            name=id if name is None else check.text("Routine.name", name),
            purpose=check.optional(check.text)("Routine.purpose", purpose),
            advice=check.sequence_of(check.instance_of(Advice))("Routine.advice", advice),
            language=next(_exercises(kept)).language
            if language is None
            else check.language("Routine.language", language),
        )
        _ = self.exercises

    @property
    def exercises(self) -> Mapping[str, Exercise]:
        """The exercises by identifier, in the order in which they first come."""
        found: dict[str, Exercise] = {}
        for exercise in _exercises(self.items):
            if found.setdefault(exercise.id, exercise) != exercise:
                raise ModelError(
                    "Routine.items",
                    "must not hold two different exercises of one id: give one of them another",
                    exercise.id,
                )
        return MappingProxyType(found)


def _items(where: str, value: object) -> tuple[RoutineItem, ...]:
    kind: check.Check[RoutineItem] = check.instance_of(Exercise, Prescription, Rest, Circuit)
    items = check.sequence_of(kind, required=True)(where, value)
    if all(isinstance(item, Rest) for item in items):
        raise ModelError(where, "must have at least one exercise", items)
    return items


def _nesting(items: Iterable[RoutineItem]) -> int:
    return max(
        (item._nesting for item in items if isinstance(item, Circuit)),  # noqa: SLF001 - its own
        default=0,
    )


def _size(where: str, items: Iterable[RoutineItem]) -> int:
    """Require a sensible size as written, that of nested circuits included.

    A circuit that stands in many places counts in each, so that a few lines of code cannot
    describe more than a machine can lay out.
    """
    size = sum(_written(item) for item in items)
    if size > MOST_WRITTEN:
        raise ModelError(
            where, f"must hold at most {MOST_WRITTEN} steps, holds, marks and rests in all", size
        )
    return size


def _written(item: RoutineItem) -> int:
    if isinstance(item, Circuit):
        return item._size  # noqa: SLF001 - its own
    if isinstance(item, Rest):
        return 1
    exercise = item.exercise if isinstance(item, Prescription) else item
    parts = (exercise.setup, exercise.cycle, exercise.finish)
    return sum(1 + len(segment.marks) for part in parts for segment in part)


def require_end(circuit: Circuit) -> None:
    """Require that a circuit does not contain itself.

    None does that was built through its class: what is in it was there before it.
    """
    if _nesting(circuit.items) >= circuit._nesting:  # noqa: SLF001 - its own
        raise ModelError("Circuit.items", "must not contain the circuit itself", circuit.rounds)


def _exercises(items: Iterable[RoutineItem]) -> Iterator[Exercise]:
    for item in items:
        if isinstance(item, Circuit):
            yield from _exercises(item.items)
        elif isinstance(item, Prescription):
            yield item.exercise
        elif isinstance(item, Exercise):
            yield item
