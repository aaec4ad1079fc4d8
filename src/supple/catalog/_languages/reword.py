"""Every text of a catalog that a person sees, in one place: to list them and to reword them.

What others wrote and called so stays as it is: the titles and addresses of sources, and the
credits of pictures.
"""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from functools import cache
from typing import TYPE_CHECKING, TypeAlias

from attrs import evolve

from supple._model import Circuit, Prescription, Rest
from supple.catalog._catalog import is_same
from supple.catalog._languages.translation import Translation

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from supple._model import Advice, Exercise, Hold, Routine, RoutineItem, Step
    from supple.catalog._catalog import Catalog

Say: TypeAlias = Callable[[str], str]
"""Returns what to say in place of a text."""


def translated(catalog: Catalog, translations: Sequence[Translation]) -> Catalog:
    """Return a catalog in the language of the first of some translations, and in no other.

    What one translation lacks the next may have, and what none has stays as it is.
    """
    if not translations:
        return catalog
    texts = _merged(each.texts for each in translations)
    phrases = _merged(each.phrases for each in translations)
    first = translations[0].language
    language = catalog.language if is_same(first, catalog.language) else first
    said = reworded(catalog, lambda text: texts.get(text, text), language)
    return with_translations(said, [Translation(language, phrases=phrases)] if phrases else [])


def with_translations(catalog: Catalog, translations: Iterable[Translation]) -> Catalog:
    """Return a catalog with other translations."""
    return evolve(catalog, translations=translations)


def advice_of(catalog: Catalog) -> tuple[Advice, ...]:
    """Return all the advice of a catalog, the mildest first."""
    return tuple(each for tier in catalog.advice.values() for each in tier)


def texts_of(catalog: Catalog) -> tuple[str, ...]:
    """Return every text of a catalog once, in the order in which they come."""
    found: dict[str, None] = {}

    def note(text: str) -> str:
        found[text] = None
        return text

    reworded(catalog, note, catalog.language)
    return tuple(found)


def reworded(catalog: Catalog, say: Say, language: str) -> Catalog:
    """Return a catalog that says the same in another language, without translations."""

    def reworded_advice(advice: Advice) -> Advice:
        return evolve(advice, text=say(advice.text))

    @cache  # an exercise may stand in a routine many times
    def reworded_exercise(exercise: Exercise) -> Exercise:
        return reword_exercise(exercise, say, language)

    def reworded_item(item: RoutineItem) -> RoutineItem:
        if isinstance(item, Rest):
            return evolve(item, text=_optional(item.text, say))
        if isinstance(item, Circuit):
            return Circuit(map(reworded_item, item.items), rounds=item.rounds, rest=item.rest)
        if isinstance(item, Prescription):
            return evolve(
                item,
                exercise=reworded_exercise(item.exercise),
                note=_optional(item.note, say),
                load=_optional(item.load, say),
            )
        return reworded_exercise(item)

    def reworded_routine(routine: Routine) -> Routine:
        return evolve(
            routine,
            name=say(routine.name),
            purpose=_optional(routine.purpose, say),
            items=map(reworded_item, routine.items),
            advice=map(reworded_advice, routine.advice),
            language=language,
        )

    return evolve(
        catalog,
        title=say(catalog.title),
        summary=_optional(catalog.summary, say),
        advice=[reworded_advice(each) for each in advice_of(catalog)],
        exercises=[reworded_exercise(each) for each in catalog.exercises.values()],
        poses=[evolve(each, alt=say(each.alt)) for each in catalog.poses.values()],
        routines=[reworded_routine(each) for each in catalog.routines.values()],
        language=language,
        translations=(),
    )


def reword_exercise(exercise: Exercise, say: Say, language: str) -> Exercise:
    """Return an exercise that says the same in another language."""
    poses = [evolve(each, alt=say(each.alt)) for each in exercise.poses]
    return evolve(
        exercise,
        name=say(exercise.name),
        purpose=_optional(exercise.purpose, say),
        targets=[_word(each, say) for each in exercise.targets],
        equipment=[_word(each, say) for each in exercise.equipment],
        cautions=[say(each) for each in exercise.cautions],
        contraindications=[say(each) for each in exercise.contraindications],
        setup=[_segment(each, say) for each in exercise.setup],
        cycle=[_segment(each, say) for each in exercise.cycle],
        finish=[_segment(each, say) for each in exercise.finish],
        sources=[evolve(each, says=say(each.says)) for each in exercise.sources],
        pictures=[evolve(each, alt=say(each.alt)) for each in exercise.pictures],
        links=[evolve(each, title=say(each.title)) for each in exercise.links],
        language=language,
    ).with_poses(poses)


def _segment(segment: Step | Hold, say: Say) -> Step | Hold:
    return evolve(
        segment,
        text=say(segment.text),
        say=_optional(segment.say, say),
        marks=[evolve(mark, text=say(mark.text)) for mark in segment.marks],
    )


def _word(word: str, say: Say) -> str:
    """Return a word of a closed set as it is, for every language names it, or else reword it."""
    return word if isinstance(word, StrEnum) else say(word)


def _optional(text: str | None, say: Say) -> str | None:
    return None if text is None else say(text)


def _merged(said: Iterable[Mapping[str, str]]) -> dict[str, str]:
    """Return one mapping of several, the first of which counts most."""
    return {key: value for each in reversed([*said]) for key, value in each.items()}
