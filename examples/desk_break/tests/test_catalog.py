"""The catalog as people will load it: its doses, its sources, its words and its length."""

from __future__ import annotations

import doctest
from pathlib import Path
from typing import NamedTuple

import pytest

import supple
from supple.catalog import check

README = Path(__file__).parent.parent / "README.md"

WORDS_PER_SECOND = 2.5


class Published(NamedTuple):
    """A dose, and whom its repetitions and its hold are from; a default is from nobody."""

    sides: str
    reps: tuple[float, float]
    hold: tuple[float, float] | None
    reps_from: tuple[str, ...]
    hold_from: tuple[str, ...]


HAND = "American Society of Hand Therapists"
UK = "Arthritis Research UK"
MAYO = "Mayo Clinic Executive Health"
DEPAUL = "DePaul University"
PHYSIO = "The Physio Company"
AIR_FORCE = "United States Air Force"
NIA = "National Institute on Aging"
CCOHS = "Canadian Centre for Occupational Health and Safety"

# Copied from the publications by hand.
DOSES = {
    "shoulder-rolls": Published("none", (5, 5), None, (HAND,), ()),
    "chin-tucks": Published("none", (5, 5), (5, 5), (UK,), (UK,)),
    "neck-turns": Published("alternate", (1, 1), (15, 30), (), (MAYO,)),
    "neck-side-bends": Published("each", (2, 3), (5, 10), (DEPAUL,), (DEPAUL,)),
    "shoulder-blade-squeeze": Published(
        "none", (5, 10), (5, 5), (PHYSIO, AIR_FORCE), (PHYSIO, AIR_FORCE)
    ),
    "upper-back-extension": Published("none", (1, 1), (10, 10), (), (PHYSIO,)),
    "chest-stretch": Published("none", (3, 5), (10, 30), (NIA,), (NIA,)),
    "wrist-stretch": Published("none", (3, 3), (5, 7), (CCOHS,), (CCOHS,)),
}

# Seconds at level 0 and at level 1, added up by hand.
LENGTHS = {"desk-break": (262, 292), "two-minutes": (123, 129)}

catalog = supple.load_catalog("desk-break")


def pair(amount: supple.Range) -> tuple[float, float]:
    """Return the two ends of a range."""
    return amount.low, amount.high


def sources_of(exercise: supple.Exercise, part: str) -> list[supple.DoseSource]:
    """Return the sources that give a part of the dose."""
    return [source for source in exercise.sources if part in source.gives]


def test_catalog_says_what_it_is() -> None:
    """It has a name, a title and a language, eight exercises and two routines."""
    assert (catalog.name, catalog.title, catalog.language) == ("desk-break", "Desk break", "en")
    assert set(catalog) == set(DOSES)
    assert list(catalog.routines) == list(LENGTHS)
    assert "not a treatment" in (catalog.summary or "")


@pytest.mark.parametrize("language", ["de", "es"])
def test_the_other_languages_are_complete(language: str) -> None:
    """Every text has its translation, and nothing changes but the texts."""
    assert language in catalog.languages
    assert check("desk-break").findings == ()
    other = supple.load_catalog("desk-break", language=language)
    assert other.title != catalog.title
    for name, seconds in LENGTHS.items():
        timelines = [supple.schedule(other.routines[name], level=level) for level in (0, 1)]
        assert tuple(each.duration_ms / 1000 for each in timelines) == seconds


@pytest.mark.parametrize("name", DOSES)
def test_dose_is_the_published_one(name: str) -> None:
    """Sides, repetitions and hold are those of the publications named beside them."""
    exercise, published = catalog[name], DOSES[name]
    holds = [pair(each.seconds) for each in exercise.cycle if isinstance(each, supple.Hold)]
    assert exercise.sides.value == published.sides
    assert pair(exercise.reps) == published.reps
    assert holds == ([published.hold] if published.hold else [])
    assert pair(exercise.sets) == (1, 1)
    assert exercise.rest is None


@pytest.mark.parametrize("name", DOSES)
def test_every_part_of_the_dose_has_its_source(name: str) -> None:
    """Each part comes from the publications in the table, or is said to be a default."""
    exercise, published = catalog[name], DOSES[name]
    parts = {"reps": published.reps_from, "sets": ()}
    if published.hold:
        parts["hold"] = published.hold_from
    for part, publishers in parts.items():
        sources = sources_of(exercise, part)
        if publishers:
            assert len(sources) == len(publishers)
            assert all(map(str.startswith, (each.title for each in sources), publishers))
        else:
            assert [each.is_default for each in sources] == [True]
    assert {each for source in exercise.sources for each in source.gives} == set(parts)


@pytest.mark.parametrize("name", DOSES)
def test_publications_can_be_read(name: str) -> None:
    """A publication has an address; a default has none, and is the only source that gives it."""
    for source in catalog[name].sources:
        assert (source.url is None) == source.is_default
        assert source.is_default == (source.title == "supple-desk-break")
        assert source.gives or not source.is_default


@pytest.mark.parametrize("name", DOSES)
def test_a_publication_that_differs_stands_beside(name: str) -> None:
    """Each exercise has a published figure for comparison, which gives nothing."""
    assert any(not source.gives for source in catalog[name].sources)


@pytest.mark.parametrize("name", DOSES)
def test_exercise_is_described(name: str) -> None:
    """Each exercise is done on a chair, has a purpose and cautions, and no empty list."""
    exercise = catalog[name]
    assert exercise.position == "sitting"
    assert "chair" in exercise.equipment
    assert exercise.purpose
    assert exercise.targets
    assert exercise.cautions


@pytest.mark.parametrize("name", ["chin-tucks", "neck-turns", "neck-side-bends"])
def test_neck_exercises_warn(name: str) -> None:
    """Whoever moves the neck reads about dizziness, injury, arthritis and arms first."""
    cautions = " ".join((*catalog[name].cautions, *catalog[name].contraindications))
    for word in ("dizzy", "injury", "operation", "rheumatoid arthritis", "arm"):
        assert word in cautions


@pytest.mark.parametrize("level", [0.0, 0.5, 1.0])
@pytest.mark.parametrize("routine", LENGTHS)
def test_words_fit_their_time(routine: str, level: float) -> None:
    """Every step and hold can be spoken, calmly, before it is over."""
    timeline = supple.schedule(catalog.routines[routine], level=level)
    for segment in timeline.segments():
        if segment.kind != "rest":
            assert "{" not in segment.text
            needed = len(segment.text.split()) / WORDS_PER_SECOND
            assert needed <= segment.duration_ms / 1000, segment.text


@pytest.mark.parametrize("routine", LENGTHS)
def test_length(routine: str) -> None:
    """The break is as long as promised, at the gentle end and at the full dose."""
    levels = (0.0, 1.0)
    found = [
        supple.schedule(catalog.routines[routine], level=level).duration_ms for level in levels
    ]
    assert found == [seconds * 1000 for seconds in LENGTHS[routine]]


def test_routines_stay_within_the_published_ranges() -> None:
    """Where a routine has a dose of its own, it lies within that of the exercise."""
    for routine in catalog.routines.values():
        for item in routine.items:
            if not isinstance(item, supple.Prescription):
                continue
            ranges = [(item.reps, item.exercise.reps)]
            for ours, theirs in zip(item.cycle, item.exercise.cycle, strict=True):
                if isinstance(ours, supple.Hold) and isinstance(theirs, supple.Hold):
                    ranges.append((ours.seconds, theirs.seconds))
            for narrow, wide in ranges:
                assert wide.low <= narrow.low <= narrow.high <= wide.high


def test_two_minutes_leave_the_neck_alone() -> None:
    """The short routine keeps the promise of its purpose."""
    for exercise in catalog.routines["two-minutes"].exercises.values():
        assert "neck" not in exercise.targets


def test_advice_of_every_tier() -> None:
    """There is advice from the mildest to the gravest, and the grave has its source."""
    for tier, advice in catalog.advice.items():
        assert advice, tier
        if tier in {"routine-care", "urgent", "emergency"}:
            assert all(each.source for each in advice)


def test_nothing_claims_to_treat() -> None:
    """No text promises more than a movement."""
    texts = [catalog.summary, *(each.purpose for each in catalog.exercises.values())]
    texts += [each.purpose for each in catalog.routines.values()]
    for text in texts:
        promise = (text or "").lower().replace("not a treatment", "")
        for word in ("treat", "cure", "heal", "relieve", "therap", "pain"):
            assert word not in promise


def test_readme() -> None:
    """What the README shows happens."""
    failed, tried = doctest.testfile(str(README), module_relative=False, encoding="utf-8")
    assert (failed, tried > 0) == (0, True)
