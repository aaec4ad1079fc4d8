"""A routine: exercises in an order, with rests, circuits and advice."""

from __future__ import annotations

from itertools import chain
from operator import is_
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, TypeAlias, TypeVar

from attrs import evolve, field, fields, frozen

from supple._model import amounts, requirements as must, takes
from supple._model.advice import Advice
from supple._model.amounts import Range
from supple._model.brief import Brief
from supple._model.exercise import Exercise, Prescription, exercise_of, prescribed
from supple._model.requirements import InstanceOf, ListOf, Requirement, WordOf, optional, refuse
from supple._model.words import AdviceTier
from supple._notebook import InNotebook
from supple._units import DAYS_OF_A_WEEK

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from supple._model.words import AdviceTierWord
    from supple._phrases import Phrases  # noqa: TC004 - it is made of these classes

MOST_CIRCUITS = 32
MOST_WRITTEN = 100_000
MOST_TIMES_A_DAY = 24


@frozen(kw_only=True, repr=False)
class Rest(Brief):
    """A pause between two exercises, which takes the place of the transition between them.

    A rest that no exercise follows takes no time: there is never a trailing one.

    Args:
        seconds: How long, an amount.
        text: What to say; the library's own word where it is left out.
    """

    seconds: Range = field(converter=takes.amount, validator=amounts.SECONDS, kw_only=False)
    text: str | None = field(validator=optional(must.TEXT), default=None)


class _Items(ListOf["RoutineItem"]):
    """A list of items, with at least one that is no rest, of a sensible size as written.

    A prescription that says nothing is kept as its exercise.
    """

    def kept(self, value: Any) -> tuple[RoutineItem, ...]:
        items = tuple(map(_as_said, super().kept(value)))
        if all(isinstance(item, Rest) for item in items):
            refuse("no-exercise", "must have at least one exercise", items)
        # A circuit that stands in many places counts in each, so that a few lines of code cannot
        # describe more than a machine can lay out.
        if (size := size_of(items)) > MOST_WRITTEN:
            requirement = f"must hold at most {MOST_WRITTEN} steps, holds, marks and rests in all"
            refuse("size", requirement, size)
        return items


_SAID = tuple((each.name, each.default) for each in fields(Prescription)[1:])


def _as_said(item: RoutineItem) -> RoutineItem:
    if not isinstance(item, Prescription):
        return item
    says = any(getattr(item, name) != default for name, default in _SAID)
    return item if says else item.exercise


_ITEM: InstanceOf[RoutineItem] = InstanceOf(Exercise, Prescription, Rest)
_ITEMS = _Items(_ITEM, least=1)


@frozen(kw_only=True, repr=False)
class Circuit(Brief):
    """Items that are repeated, one after the other, for a number of rounds.

    Args:
        items: Exercises, prescriptions, rests and circuits, with at least one exercise.
        rounds: How often they are repeated, an amount.
        rest: Seconds between rounds, an amount, in place of the transition there. With 0
            the transition stays.
    """

    items: tuple[RoutineItem, ...] = field(converter=takes.items, validator=_ITEMS, kw_only=False)
    rounds: Range = field(converter=takes.times, validator=amounts.TIMES)
    rest: Range = field(
        converter=takes.amount, validator=amounts.SECONDS_OR_ZERO, default=Range(0)
    )
    _nesting: int = field(init=False, eq=False, repr=False)
    _size: int = field(init=False, eq=False, repr=False)

    def __attrs_post_init__(self) -> None:
        # Counted as circuits are built, so nothing ever walks down an endless nest of them.
        object.__setattr__(self, "_nesting", 1 + _nesting(self.items))
        object.__setattr__(self, "_size", size_of(self.items))
        if self._nesting > MOST_CIRCUITS:
            requirement = f"must be nested at most {MOST_CIRCUITS} deep"
            refuse("nested", requirement, self._nesting, "Circuit.items")


_ITEM.kinds = (Exercise, Prescription, Rest, Circuit)  # it is made of itself

RoutineItem: TypeAlias = Exercise | Prescription | Rest | Circuit
"""What a routine or a circuit is made of: exercises, prescriptions, rests and circuits."""


_TIMES_A_DAY = amounts.AmountOf(must.Whole(1, MOST_TIMES_A_DAY))
_DAYS_A_WEEK = amounts.AmountOf(must.Whole(1, DAYS_OF_A_WEEK))


@frozen(kw_only=True, repr=False)
class Frequency(Brief):
    """How often a routine is meant to be done.

    Args:
        times_a_day: How many times on such a day, an amount.
        days_a_week: On how many days of a week, an amount.
    """

    times_a_day: Range = field(converter=takes.times, validator=_TIMES_A_DAY, default=Range(1))
    days_a_week: Range = field(
        converter=takes.times, validator=_DAYS_A_WEEK, default=Range(DAYS_OF_A_WEEK)
    )


@frozen(kw_only=True, repr=False)
class Routine(Brief, InNotebook):
    """An ordered list of things to do.

    Args:
        id: The identifier, such as ``morning``.
        items: Exercises, prescriptions, rests and circuits, with at least one exercise; a
            prescription that says nothing is kept as its exercise.
        name: What people call it; the identifier where it is left out.
        purpose: What it is good for.
        frequency: How often it is meant to be done.
        advice: What a person who does it should know. Where it is left out, all the advice of
            the catalogs that its exercises are from, the mildest first; ``()`` for none.
        language: The language of its texts and of what the library itself says in it; that of
            its first exercise where it is left out.

    Attributes:
        phrases: What the library itself says in it, from beginning to end: the phrases of the
            first of its exercises that is from a catalog in the language of the routine;
            ``None`` where none is. They do not count when routines are compared.

    Raises:
        ModelError: If a value is refused, two different exercises share an identifier,
            circuits are nested too deep, or it holds too many steps, holds, marks and rests as
            written.

    >>> from supple import load_catalog
    >>> back = load_catalog("lower-back")
    >>> laps = Circuit([back["cat-camel"], back["childs-pose"]], rounds=2)
    >>> routine = Routine("morning", items=[back["bridge"].with_dose(reps=5), Rest(20), laps])
    >>> list(routine.exercises)
    ['bridge', 'cat-camel', 'childs-pose']
    """

    id: str = field(validator=must.NAME, kw_only=False)
    items: tuple[RoutineItem, ...] = field(converter=takes.items, validator=_ITEMS)
    name: str = field(converter=takes.text_or_default, validator=optional(must.TEXT), default=None)
    purpose: str | None = field(validator=optional(must.TEXT), default=None)
    frequency: Frequency | None = field(validator=optional(InstanceOf(Frequency)), default=None)
    advice: tuple[Advice, ...] = field(
        converter=takes.advice, validator=optional(ListOf(InstanceOf(Advice))), default=None
    )
    language: str = field(
        converter=takes.text_or_default, validator=optional(must.LANGUAGE), default=None
    )
    phrases: Phrases | None = field(init=False, eq=False, repr=False)
    # Advice that was left out: a changed copy, as a catalog makes one, has that of its exercises.
    _given: tuple[Advice, ...] | None = field(default=None, alias="_given", eq=False, repr=False)

    def __attrs_post_init__(self) -> None:
        exercises = self.exercises.values()
        if self.advice == self._given:
            object.__setattr__(self, "advice", None)
        defaults = self._defaults().items()
        left_out = {name: each for name, each in defaults if getattr(self, name) is None}
        for name, default in left_out.items():
            object.__setattr__(self, name, default)
        object.__setattr__(self, "_given", left_out.get("advice"))
        said = (each.phrases for each in exercises if must.is_same(each.language, self.language))
        object.__setattr__(self, "phrases", next(filter(None, said), None))

    def _defaults(self) -> dict[str, Any]:
        # Equal exercises may be from several catalogs, and all of them give their advice.
        of_all = (exercise_of(each).advice for each in in_order(self.items))
        of_catalogs = {id(advice): advice for advice in of_all}.values()
        advice = dict.fromkeys(chain.from_iterable(of_catalogs))
        return {
            "name": self.id,
            "language": exercise_of(next(in_order(self.items))).language,
            "advice": tuple(sorted(advice, key=_mildness)),
        }

    @property
    def cautions(self) -> tuple[str, ...]:
        """What to take care of, of all exercises, in order and each once."""
        return self._of_all("cautions")

    @property
    def contraindications(self) -> tuple[str, ...]:
        """Who should not do it, of all exercises, in order and each once."""
        return self._of_all("contraindications")

    @property
    def equipment(self) -> tuple[str, ...]:
        """What is needed, of all exercises, in order and each once."""
        return self._of_all("equipment")

    def advice_in(self, tier: AdviceTierWord) -> tuple[Advice, ...]:
        """Return its advice of one tier, in order.

        Raises:
            ModelError: If there is no such tier.
        """
        wanted = WordOf(AdviceTier).require("Routine.advice_in.tier", tier)
        return tuple(each for each in self.advice if each.tier is wanted)

    def _of_all(self, name: str) -> tuple[Any, ...]:
        found = (getattr(exercise, name) for exercise in self.exercises.values())
        return tuple(dict.fromkeys(each for values in found for each in values))

    @property
    def exercises(self) -> Mapping[str, Exercise]:
        """The exercises by identifier, in the order in which they first come."""
        found: dict[str, Exercise] = {}
        for exercise in map(exercise_of, in_order(self.items)):
            if found.setdefault(exercise.id, exercise) != exercise:
                refuse(
                    "two-exercises",
                    "must not hold two different exercises of one id: give one of them another",
                    exercise.id,
                    "Routine.items",
                )
        return MappingProxyType(found)

    @property
    def prescriptions(self) -> tuple[Prescription, ...]:
        """What is prescribed in each place, in order as written.

        What a circuit repeats stands in one place. An exercise by itself is prescribed with its
        own dose.
        """
        return tuple(map(prescribed, in_order(self.items)))


_Whole = TypeVar("_Whole", Circuit, Routine)


def _mildness(advice: Advice) -> int:
    return [*AdviceTier].index(advice.tier)


class _WholeRoutine(Requirement[Routine]):
    """A routine, or an exercise, which is kept as a routine of its own."""

    def kept(self, value: Any) -> Routine:
        said = InstanceOf[Any](Routine, Exercise, Prescription).kept(value)
        if isinstance(said, Routine):
            return said
        return Routine(said.id, name=said.name, items=[said])


ROUTINE = _WholeRoutine()


def _nesting(items: Iterable[RoutineItem]) -> int:
    return max(
        (item._nesting for item in items if isinstance(item, Circuit)),  # noqa: SLF001 - its own
        default=0,
    )


def size_of(items: Iterable[RoutineItem]) -> int:
    """Return how many steps, holds, marks and rests items hold as written."""
    return sum(_written(item) for item in items)


def _written(item: RoutineItem) -> int:
    if isinstance(item, Circuit):
        return item._size  # noqa: SLF001 - its own
    if isinstance(item, Rest):
        return 1
    return sum(1 + len(segment.marks) for segment in exercise_of(item).segments)


def require_end(circuit: Circuit) -> None:
    """Require that a circuit does not contain itself.

    None does that was built through its class: what is in it was there before it.
    """
    if _nesting(circuit.items) >= circuit._nesting:  # noqa: SLF001 - its own
        requirement = "must not contain the circuit itself"
        refuse("endless", requirement, circuit.rounds, "Circuit.items")


def replaced(
    items: Iterable[RoutineItem],
    change: Callable[[Exercise | Prescription], Exercise | Prescription],
) -> Iterator[RoutineItem]:
    """Yield items with something else in each place, in order as written."""
    for item in items:
        if isinstance(item, Circuit):
            yield evolve(item, items=replaced(item.items, change))
        else:
            yield item if isinstance(item, Rest) else change(item)


def made_anew(
    routine: Routine, change: Callable[[Exercise | Prescription], Exercise | Prescription]
) -> Routine:
    """Return a routine with something else in place of each thing, or itself if all is the same.

    What stands in many places is made once, and stands in all of them as it did.
    """
    made: dict[int, RoutineItem] = {}

    def anew(item: RoutineItem) -> RoutineItem:
        if id(item) not in made:
            if isinstance(item, Circuit):
                made[id(item)] = whole(item)
            else:
                made[id(item)] = item if isinstance(item, Rest) else change(item)
        return made[id(item)]

    def whole(value: _Whole) -> _Whole:
        items = tuple(map(anew, value.items))
        return value if all(map(is_, items, value.items)) else evolve(value, items=items)

    return whole(routine)


def in_order(items: Iterable[RoutineItem]) -> Iterator[Exercise | Prescription]:
    """Yield what stands in each place, in order as written."""
    for item in items:
        if isinstance(item, Circuit):
            yield from in_order(item.items)
        elif not isinstance(item, Rest):
            yield item


def first_of(item: RoutineItem) -> Exercise | Prescription | Rest:
    """Return what an item begins with."""
    while isinstance(item, Circuit):
        item = item.items[0]
    return item


def last_of(item: RoutineItem) -> Exercise | Prescription | Rest:
    """Return what an item ends with."""
    while isinstance(item, Circuit):
        item = item.items[-1]
    return item
