"""Routines: their items, their nesting, their advice."""

from __future__ import annotations

import time
from itertools import repeat
from typing import TYPE_CHECKING, Any

import pytest

from supple import (
    Advice,
    AdviceTier,
    Circuit,
    Exercise,
    Hold,
    Mark,
    ModelError,
    Range,
    Rest,
    Routine,
    Step,
    load_catalog,
    schedule,
)
from supple._errors import show
from tests.refusals import NO_LISTS, NO_TEXTS, endless, refusal_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from supple import RoutineItem


def exercise(name: str = "reach", **given: Any) -> Exercise:
    """Return an exercise."""
    described = {"kind": "stretch", "position": "standing", "cycle": [Hold("Keep", seconds=1)]}
    return Exercise(name, **{"name": name.title(), **described, **given})


REACH = exercise()
MESSAGE_NESTED = "must be nested at most 32 deep (got 33)"


def nested(depth: int) -> Circuit:
    """Return circuits within circuits."""
    circuit = Circuit([REACH], rounds=1)
    for _ in range(depth - 1):
        circuit = Circuit([circuit], rounds=1)
    return circuit


# --- what is kept


def test_the_defaults_of_a_routine() -> None:
    """A routine is called by its identifier where it has no name."""
    routine = Routine("daily", items=[REACH])
    assert routine.name == "daily"
    assert (routine.purpose, routine.advice, routine.language) == (None, (), "en")
    assert repr(Routine("daily", items=[REACH, Rest(5)], name="Every day")) == (
        f"Routine(id='daily', items=({REACH!r}, Rest(seconds=Range(5))), name='Every day')"
    )


def test_a_routine_shows_no_advice_that_nobody_gave() -> None:
    """What follows from the exercises is not shown; what differs from it is."""
    bridge = load_catalog("lower-back")["bridge"]
    routine = Routine("x", items=[bridge, Rest(3)])
    assert repr(routine) == f"Routine(id='x', items=({bridge!r}, Rest(seconds=Range(3))))"
    assert repr(Routine("x", items=[bridge], advice=())).endswith("advice=())")


def test_a_language_in_whatever_case() -> None:
    """A routine in the language of its exercises has their phrases, however that is written."""
    back = load_catalog("lower-back")
    routine = Routine("x", items=[back["bridge"]], language="EN")
    assert routine.phrases == back.phrases


def test_the_language_of_a_routine() -> None:
    """A routine speaks the language of its first exercise unless it names another."""
    german = exercise("dehnen", language="de")
    assert Routine("daily", items=[Rest(1), Circuit([german], rounds=1), REACH]).language == "de"
    assert Routine("daily", items=[german], language="de-AT").language == "de-AT"
    assert refusal_of(Routine, "daily", items=[german], language="deutsche Sprache") == (
        "Routine.language: must be a language tag such as 'en' or 'pt-BR' (got 'deutsche Sprache')"
    )


def test_items_are_kept_as_tuples() -> None:
    """A list, a tuple and a generator give the same routine, which keeps a tuple."""
    items: list[RoutineItem] = [REACH, Rest(5), Circuit((each for each in [REACH]), rounds=(1, 2))]
    one = Routine("daily", items=items)
    assert one.items == tuple(items)
    assert one == Routine("daily", items=tuple(items)) == Routine("daily", items=iter(items))


def test_the_parts_of_circuits_and_rests() -> None:
    """Circuits and rests keep their amounts as ranges."""
    assert repr(Rest((5, 10), text="Breathe")) == "Rest(seconds=Range(5, 10), text='Breathe')"
    circuit = Circuit([Rest(1), REACH], rounds=(2, 3))
    assert (circuit.rounds, circuit.rest) == (Range(2, 3), Range(0))
    assert repr(circuit) == (
        f"Circuit(items=(Rest(seconds=Range(1)), {REACH!r}), rounds=Range(2, 3))"
    )


def test_exercises_by_identifier() -> None:
    """A routine knows its exercises by identifier, in the order in which they first come."""
    a, b, c = exercise("a"), exercise("b"), exercise("c")
    inner = Circuit([Rest(1), c, Circuit([a.with_dose(reps=2)], rounds=2)], rounds=2)
    found = Routine("daily", items=[Rest(1), inner, b, a, b.with_dose(sets=2)]).exercises
    assert list(found.items()) == [("c", c), ("a", a), ("b", b)]
    with pytest.raises(TypeError):
        found["d"] = a  # type: ignore[index]


def test_equal_exercises_may_share_an_identifier() -> None:
    """The same exercise may come often, and as a copy of itself."""
    items: list[RoutineItem] = [exercise(), exercise(), exercise().with_dose(reps=5)]
    assert list(Routine("daily", items=items).exercises) == ["reach"]


@pytest.mark.parametrize(
    "items",
    [
        pytest.param([REACH, exercise(reps=2)], id="side by side"),
        pytest.param([REACH, Circuit([exercise(reps=2)], rounds=1)], id="in a circuit"),
        pytest.param([REACH, exercise(reps=2).with_dose(reps=1)], id="with a dose"),
    ],
)
def test_different_exercises_have_different_identifiers(items: list[RoutineItem]) -> None:
    """Two different exercises of one identifier are refused."""
    assert refusal_of(Routine, "daily", items=items) == (
        "Routine.items: must not hold two different exercises of one id: "
        "give one of them another (got 'reach')"
    )


# --- items

ITEMS: dict[str, Callable[[Any], object]] = {
    "Routine.items": lambda given: Routine("daily", items=given),
    "Circuit.items": lambda given: Circuit(given, rounds=1),
}


@pytest.mark.parametrize("where", ITEMS)
@pytest.mark.parametrize(
    ("wrong", "shown"),
    [*NO_LISTS.values(), (Rest(1), "Rest(seconds=Range(1))")],
    ids=[*NO_LISTS, "an item"],
)
def test_items_are_a_list(where: str, wrong: Any, shown: str) -> None:
    """What is no list holds no items."""
    assert refusal_of(ITEMS[where], wrong) == f"{where}: must be a list (got {shown})"


@pytest.mark.parametrize("where", ITEMS)
@pytest.mark.parametrize(
    ("wrong", "shown"),
    [
        ("reach", "'reach'"),
        (None, "None"),
        ([Rest(1)], "[Rest(seconds=Range(1))]"),
        (Step("Go"), show(Step("Go"))),
        (Exercise, "<class 'supple._model.exercise.Exercise'>"),
    ],
    ids=["text", "nothing", "list", "step", "class"],
)
def test_items_are_items(where: str, wrong: Any, shown: str) -> None:
    """What is no item is refused by its place."""
    assert refusal_of(ITEMS[where], [REACH, wrong]) == (
        f"{where}[1]: must be Exercise or Prescription or Rest or Circuit (got {shown})"
    )


@pytest.mark.parametrize("where", ITEMS)
def test_there_is_something_to_do(where: str) -> None:
    """Items are never empty, and never rests alone."""
    assert refusal_of(ITEMS[where], []) == f"{where}: must not be empty (got ())"
    assert refusal_of(ITEMS[where], iter(())) == f"{where}: must not be empty (got ())"
    assert refusal_of(ITEMS[where], [Rest(1), Rest(2)]) == (
        f"{where}: must have at least one exercise "
        "(got (Rest(seconds=Range(1)), Rest(seconds=Range(2))))"
    )


@pytest.mark.parametrize("where", ITEMS)
def test_endless_items(where: str) -> None:
    """An iterator without an end is refused at once."""
    before = time.perf_counter()
    assert refusal_of(ITEMS[where], endless()) == (
        f"{where}: must have at most 100000 elements (got (0, 1, 2, 3, 4, 5, ...))"
    )
    assert refusal_of(ITEMS[where], repeat(REACH)).startswith(
        f"{where}: must have at most 100000 elements (got ("
    )
    assert time.perf_counter() - before < 2


# --- nesting and size


def test_nesting_has_an_end() -> None:
    """Circuits are nested up to 32 deep; the next one is refused as it is made."""
    deepest = nested(32)
    assert refusal_of(Circuit, [deepest], rounds=1) == f"Circuit.items: {MESSAGE_NESTED}"
    assert refusal_of(Circuit, [REACH, nested(2), deepest], rounds=1) == (
        f"Circuit.items: {MESSAGE_NESTED}"
    )


def test_a_routine_of_the_deepest_circuit() -> None:
    """What can be nested can be scheduled: 32 circuits, one in the other."""
    timeline = schedule(Routine("deep", items=[nested(32)]))
    assert timeline.count("round.started") == 32
    assert [event.rounds for event in timeline if event.kind == "hold.started"] == [1]


def test_nesting_ten_thousand_deep() -> None:
    """Nesting without end ends with an error and never in a recursion."""
    with pytest.raises(ValueError, match="must be nested at most 32 deep"):
        nested(10_000)


def test_doubling_ends_by_arithmetic() -> None:
    """A circuit that stands in many places counts in each, so doubling soon ends."""
    circuit = Circuit([REACH], rounds=1)
    for _ in range(16):
        circuit = Circuit([circuit, circuit], rounds=1)
    before = time.perf_counter()
    message = (
        "Circuit.items: must hold at most 100000 steps, holds, marks and rests in all (got 131072)"
    )
    assert refusal_of(Circuit, [circuit, circuit], rounds=1) == message
    assert refusal_of(Routine, "big", items=[circuit, circuit]) == message.replace(
        "Circuit", "Routine"
    )
    assert time.perf_counter() - before < 1


def test_what_an_exercise_holds_counts() -> None:
    """Each step, hold and mark of an exercise counts towards the size of what it stands in."""
    marks = [Mark("x", fraction=0.5)] * 9
    long = exercise("long", cycle=[Hold("x", seconds=1, marks=marks)] * 100)
    assert Circuit([long] * 100, rounds=1).items == (long,) * 100
    assert refusal_of(Circuit, [long] * 100 + [REACH], rounds=1) == (
        "Circuit.items: must hold at most 100000 steps, holds, marks and rests in all (got 100001)"
    )


def test_repetition_is_no_size() -> None:
    """How often a circuit is repeated does not count towards its size."""
    circuit = nested(20)
    for _ in range(5):
        circuit = Circuit([circuit, REACH], rounds=10**12)
    assert schedule(Routine("long", items=[circuit])).count("round.started") > 10**60


@pytest.mark.parametrize("before", [(), (REACH,)], ids=["first", "last"])
@pytest.mark.parametrize("after", [(), (REACH,)], ids=["alone", "with another"])
def test_a_circuit_that_holds_itself(
    before: tuple[RoutineItem, ...], after: tuple[RoutineItem, ...]
) -> None:
    """A circuit made to contain itself by force ends in an error, and never in a hang."""
    circuit = Circuit([REACH], rounds=2)
    routine = Routine("endless", items=[circuit])
    object.__setattr__(circuit, "items", (*before, circuit, *after))
    assert refusal_of(schedule, routine) == (
        "Circuit.items: must not contain the circuit itself (got Range(2))"
    )
    with pytest.raises((ModelError, RecursionError)):
        Routine("endless", items=[circuit])


# --- advice and texts


@pytest.mark.parametrize("tier", AdviceTier)
def test_tiers(tier: AdviceTier) -> None:
    """A tier is a word or a member."""
    assert Advice(tier, text="x") == Advice(tier.value, text="x")
    assert type(Advice(tier.value, text="x").tier) is AdviceTier


def test_wrong_advice() -> None:
    """What is no tier, and what is no advice, is refused."""
    assert refusal_of(Advice, "urgend", text="x") == (
        "Advice.tier: must be one of general, stop, routine-care, urgent, emergency; "
        "did you mean 'urgent'? (got 'urgend')"
    )
    assert refusal_of(Routine, "daily", items=[REACH], advice=["Stop"]) == (
        "Routine.advice[0]: must be Advice (got 'Stop')"
    )
    assert refusal_of(Routine, "daily", items=[REACH], advice="Stop") == (
        "Routine.advice: must be a list (got 'Stop')"
    )


TEXTS: dict[str, Callable[[Any], str | None]] = {
    "Rest.text": lambda given: Rest(1, text=given).text,
    "Advice.text": lambda given: Advice("stop", text=given).text,
    "Advice.source": lambda given: Advice("stop", text="x", source=given).source,
    "Routine.name": lambda given: Routine("daily", items=[REACH], name=given).name,
    "Routine.purpose": lambda given: Routine("daily", items=[REACH], purpose=given).purpose,
}


@pytest.mark.parametrize("where", TEXTS)
@pytest.mark.parametrize(("wrong", "message"), [*NO_TEXTS.values()], ids=[*NO_TEXTS])
def test_texts_are_one_harmless_line(where: str, wrong: Any, message: str) -> None:
    """What is no text, or could garble what surrounds it, is refused."""
    assert TEXTS[where]("Any – 文") == "Any – 文"
    assert refusal_of(TEXTS[where], wrong) == f"{where}: {message}"


def test_texts_that_may_be_left_out() -> None:
    """All these texts but the advice itself may be left out; a routine is then named by its id."""
    assert {where: make(None) for where, make in TEXTS.items() if where != "Advice.text"} == {
        "Rest.text": None,
        "Advice.source": None,
        "Routine.name": "daily",
        "Routine.purpose": None,
    }
    assert refusal_of(TEXTS["Advice.text"], None) == "Advice.text: must be text (got None)"


@pytest.mark.parametrize("wrong", ["", "Daily", "my daily", 5, None], ids=repr)
def test_wrong_identifiers(wrong: Any) -> None:
    """What is no identifier is refused with an example of one."""
    assert refusal_of(Routine, wrong, items=[REACH]) == (
        "Routine.id: must be words of a-z and 0-9 joined by hyphens, such as 'knee-rolls', "
        f"of at most 64 characters (got {wrong!r})"
    )
