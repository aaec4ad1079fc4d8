"""The bundled catalog: its figures, its provenance, its advice."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

import pytest

from supple import (
    AdviceTier,
    DosePart,
    ExerciseKind,
    Hold,
    Position,
    Prescription,
    Range,
    SegmentKind,
    Sides,
    load_catalog,
    schedule,
)

if TYPE_CHECKING:
    from supple import Catalog, Exercise

ARTICLE = "Relieve Back Spasms with Effective Stretches and Exercises"
WORDS_PER_SECOND = 2.5

DOSES = {
    # id: kind, position, sides, repetitions, hold in seconds, what the article gives
    "knee-rolls": ("stretch", "lying-on-back", "alternate", (1, 1), (10, 10), {"hold"}),
    "pelvic-tilts": ("stretch", "lying-on-back", "none", (8, 10), (5, 10), {"hold", "reps"}),
    "single-knee-hug": ("stretch", "lying-on-back", "alternate", (1, 1), (15, 20), {"hold"}),
    "cat-camel": ("dynamic-stretch", "all-fours", "none", (5, 8), None, {"reps"}),
    "bridge": ("strengthening", "lying-on-back", "none", (8, 10), (5, 5), {"hold", "reps"}),
    "childs-pose": ("stretch", "kneeling", "none", (1, 1), (20, 30), {"hold", "reps"}),
}
"""The figures of the article, in its order, and one repetition where it gives none."""

SIGNS = {
    AdviceTier.GENERAL: [
        "two or three times a day",
        "begin with a few repetitions",
        "move with care",
        "water",
        "five repetitions three times a day, and one or two more every few days",
    ],
    AdviceTier.STOP: ["severe pain", "new pain"],
    AdviceTier.ROUTINE_CARE: [
        "persists",
        "worse",
        "physical therapist",
        "one week, two weeks or a few",
    ],
    AdviceTier.URGENT: [
        "fever",
        "lose weight without meaning to",
        "lump",
        "shape has changed",
        "rest does not ease",
        "worse at night",
        "had cancer",
        "weakened immune system",
        "inject",
        "steroids",
        "osteoporosis",
        "injury, even a minor one",
    ],
    AdviceTier.EMERGENCY: [
        "pain, tingling, weakness or numbness in both legs",
        "numb around your genitals or buttocks",
        "hard to pee",
        "bladder or bowel",
        "change in sexual sensation",
        "chest pain",
        "serious accident",
    ],
}

CAUTIONS = {
    "osteoporosis": {"knee-rolls", "single-knee-hug", "childs-pose"},
    "heels": {"childs-pose"},
    "do not hold your breath": {"pelvic-tilts", "bridge"},
    "pregnancy": {"knee-rolls", "pelvic-tilts", "single-knee-hug", "bridge"},
}

COMPARED = {
    "knee-rolls": ["10 seconds, 3 times", "5 to 10 seconds, 2 to 3 times", "2 seconds, 5 times"],
    "pelvic-tilts": ["5 seconds, 5 times", "5 seconds, 10 times", "10 to 15 slow rocks"],
    "single-knee-hug": ["5 seconds, 2 to 3 times", "5 seconds, up to 5", "10 to 30 seconds"],
    "cat-camel": ["5 or 6 slow and gentle cycles of 3 to 4 seconds"],
    "bridge": ["5 seconds, 10 times", "About 6 seconds, 8 to 12 times, with at most 10 seconds"],
    "childs-pose": ["20 to 30 seconds", "For 10 slow and deep breaths"],
}


@cache
def lower_back() -> Catalog:
    """Return the bundled catalog."""
    return load_catalog("lower-back")


def texts_of(exercise: Exercise) -> list[str]:
    """Return the sentences of an exercise."""
    segments = [*exercise.setup, *exercise.cycle, *exercise.finish]
    sources = [source.says for source in exercise.sources]
    return [
        exercise.purpose or "",
        *exercise.cautions,
        *exercise.contraindications,
        *sources,
        *(segment.text for segment in segments),
    ]


def test_the_catalog_says_what_it_is() -> None:
    """The catalog has a name, a title, a version and a language."""
    catalog = lower_back()
    assert (catalog.name, catalog.title, catalog.version, catalog.language) == (
        "lower-back",
        "Lower back",
        "1.0",
        "en",
    )
    assert "not a treatment" in (catalog.summary or "")


def test_six_exercises() -> None:
    """The catalog holds the six exercises of the article and no other, by file name."""
    assert list(lower_back()) == sorted(DOSES)


@pytest.mark.parametrize("id", DOSES)
def test_the_dose_is_the_one_published(id: str) -> None:
    """Kind, position, sides, repetitions, sets and hold are those of the article."""
    kind, position, sides, reps, hold, _ = DOSES[id]
    exercise = lower_back()[id]
    assert exercise.kind is ExerciseKind(kind)
    assert exercise.position is Position(position)
    assert exercise.sides is Sides(sides)
    assert exercise.reps == Range(*reps)
    assert exercise.sets == Range(1)
    assert exercise.rest is None
    holds = [segment.seconds for segment in exercise.cycle if isinstance(segment, Hold)]
    assert holds == ([] if hold is None else [Range(*hold)])


@pytest.mark.parametrize("id", DOSES)
def test_every_part_of_the_dose_has_one_source(id: str) -> None:
    """The article gives what it gives, and the rest is said to be the library's default."""
    exercise = lower_back()[id]
    by_article = [source for source in exercise.sources if source.title == ARTICLE]
    by_default = [source for source in exercise.sources if source.is_default]
    assert [set(source.gives) for source in by_article] == [{DosePart(p) for p in DOSES[id][5]}]
    assert "library's default" in by_default[0].says
    given = [part for source in exercise.sources for part in source.gives]
    needed = {DosePart.REPS, DosePart.SETS} | ({DosePart.HOLD} if exercise.has_hold else set())
    assert sorted(given) == sorted(needed)
    assert len(by_default) == 1


@pytest.mark.parametrize("id", DOSES)
def test_other_publications_stand_for_comparison(id: str) -> None:
    """What others publish is told, and nothing is taken from it."""
    compared = [
        source.says
        for source in lower_back()[id].sources
        if source.title != ARTICLE and not source.is_default and not source.gives
    ]
    assert len(compared) == len(COMPARED[id])
    for says, expected in zip(compared, COMPARED[id], strict=True):
        assert says.startswith(expected)


@pytest.mark.parametrize("id", DOSES)
def test_a_stranger_finds_every_source(id: str) -> None:
    """A source is the article, by its title, or a publisher's page with its address."""
    for source in lower_back()[id].sources:
        if source.title not in {ARTICLE, "supple"}:
            assert re.fullmatch(r"[^:]+: .+", source.title)
            assert source.url is not None


@pytest.mark.parametrize("words", CAUTIONS)
def test_cautions_stand_where_they_apply(words: str) -> None:
    """Words of caution stand with the exercises that they are about, and with no other."""
    found = {
        exercise.id
        for exercise in lower_back().exercises.values()
        if words in " ".join([*exercise.cautions, *exercise.contraindications])
    }
    assert found == CAUTIONS[words]


@pytest.mark.parametrize("tier", AdviceTier)
def test_every_sign_is_in_its_tier(tier: AdviceTier) -> None:
    """Each tier of advice tells all of its signs."""
    told = " ".join(advice.text.lower() for advice in lower_back().advice[tier])
    assert [sign for sign in SIGNS[tier] if sign not in told] == []


def test_routines() -> None:
    """One routine has all six in the article's order, the other those done lying on the back."""
    routines = lower_back().routines
    assert {id: (each.name, list(each.exercises)) for id, each in routines.items()} == {
        "lower-back": ("Lower back", list(DOSES)),
        "in-bed": ("In bed", ["knee-rolls", "pelvic-tilts", "single-knee-hug", "bridge"]),
    }
    in_bed = routines["in-bed"]
    assert {each.position for each in in_bed.exercises.values()} == {Position.LYING_ON_BACK}
    assert "suggests the knee rolls for bed" in (in_bed.purpose or "")


@pytest.mark.parametrize("id", ["lower-back", "in-bed"])
def test_routines_keep_the_doses_of_their_exercises(id: str) -> None:
    """A routine changes no dose, and carries all advice, the mildest first."""
    catalog = lower_back()
    routine = catalog.routines[id]
    assert not any(isinstance(item, Prescription) for item in routine.items)
    assert list(routine.items) == [catalog[each] for each in routine.exercises]
    assert list(routine.advice) == [each for tier in AdviceTier for each in catalog.advice[tier]]


@pytest.mark.parametrize("id", ["lower-back", "in-bed"])
def test_there_is_time_to_say_every_text(id: str) -> None:
    """Each instruction can be spoken before its step or hold is over, at the gentle end."""
    for segment in schedule(lower_back().routines[id]).segments():
        if segment.kind is not SegmentKind.REST:
            words = len(re.findall(r"[\w'’-]+", segment.text))
            assert words * 1000 <= segment.duration_ms * WORDS_PER_SECOND, segment.text


@pytest.mark.parametrize("id", DOSES)
def test_sides_are_named_where_there_are_sides(id: str) -> None:
    """An exercise with sides says which one."""
    exercise = lower_back()[id]
    named = any("{side}" in segment.text for segment in exercise.cycle)
    assert named == (exercise.sides is not Sides.NONE)


def test_no_medical_claim() -> None:
    """No text says that it treats, cures, heals or relieves."""
    catalog = lower_back()
    texts = [text for exercise in catalog.exercises.values() for text in texts_of(exercise)]
    texts += [each.text for tier in catalog.advice.values() for each in tier]
    texts += [routine.purpose or "" for routine in catalog.routines.values()]
    claim = re.compile(r"treat|cure|heal|relie|therapy\b|diagnos", re.IGNORECASE)
    assert [text for text in texts if claim.search(text)] == []
