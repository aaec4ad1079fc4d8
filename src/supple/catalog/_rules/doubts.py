"""What a catalog may say, and yet somebody should think about.

Each doubt has an id and one small function, which yields every place that it is about. Where a
function is not sure, it yields nothing.
"""

from __future__ import annotations

import re
from types import MappingProxyType
from typing import TYPE_CHECKING, TypeAlias

from attrs import frozen

from supple._errors import show
from supple._model import AdviceTier, ExerciseKind, Hold, Range
from supple._phrases import Phrases, phrases_for
from supple.catalog._finding.folder import DOCUMENTS
from supple.catalog._languages.gaps import gaps_in
from supple.catalog._languages.translations import TRANSLATIONS
from supple.catalog._rules.plain_words import at_the_top, counted, written
from supple.catalog._rules.speaking import in_exercise, in_routines

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from supple._model import Exercise
    from supple.catalog._languages.translations import TranslationFile
    from supple.catalog._reading.read import Survey
    from supple.catalog._rules.speaking import Spoken

GENERAL_HOLD = Range(10, 30)
"""Seconds of a static stretch: the general figure of the American College of Sports Medicine."""

_TEXTS_SHOWN = 3

# A figure is taken only where it is written in digits, beside the word for seconds. Whatever else
# may speak of a length of time makes the whole sentence unclear.
_FIGURE = re.compile(r"(?<![\d.,])(\d{1,4})(?:(?: to |-|–)(\d{1,4}))? seconds?\b")
_UNCLEAR = re.compile(r"second|minute|hour|count|breath|\d\s*(?:s|sec|min)\b", re.IGNORECASE)


@frozen
class Doubt:
    """One place to think about.

    Args:
        file: The file inside the catalog.
        path: The place inside the file; empty for all of it.
        message: What is doubtful.
        remedy: What to do about it; an example stands on lines of its own.
    """

    file: str
    path: str
    message: str
    remedy: str


Find: TypeAlias = "Callable[[Survey], Iterator[Doubt]]"


def _dose_without_source(survey: Survey) -> Iterator[Doubt]:
    for file, exercise in survey.exercises.items():
        is_there = {
            "reps": True,
            "sets": True,
            "hold": exercise.has_hold,
            "rest": exercise.rest is not None,
        }
        given = {part.value for source in exercise.sources for part in source.gives}
        lacking = [part for part, there in is_there.items() if there and part not in given]
        if lacking:
            source = {
                "title": "A leaflet of the clinic",
                "says": "What it says.",
                "gives": lacking,
            }
            yield Doubt(
                file,
                "sources",
                f"no source says where the dose comes from: {', '.join(lacking)}",
                "write, with the title and the figures of your source, or with is_default = true "
                f"where the figures are your own:\n{written(file, 'sources', [source])}",
            )


def _no_caution(survey: Survey) -> Iterator[Doubt]:
    for file, exercise in survey.exercises.items():
        if not exercise.cautions:
            example = ["Do not push to the end of the stretch."]
            yield Doubt(
                file,
                "cautions",
                "there is no word on who should take care, and of what",
                f"write, {at_the_top(file)}for example:\n{written(file, 'cautions', example)}",
            )


def _hold_outside_published_range(survey: Survey) -> Iterator[Doubt]:
    for file, exercise in survey.exercises.items():
        published = _published_hold(exercise)
        if published is None:
            continue
        figure, whose = published
        for i, segment in enumerate(exercise.cycle):
            if not isinstance(segment, Hold):
                continue
            kept = segment.seconds
            if not figure.low <= kept.low <= kept.high <= figure.high:
                yield Doubt(
                    file,
                    f"cycle[{i}].seconds",
                    f"the hold lasts {_amount(kept)} seconds, but {whose} {_amount(figure)}",
                    "keep to the published figure, or add the source that has yours",
                )


def _published_hold(exercise: Exercise) -> tuple[Range, str] | None:
    """Return the seconds within which all published holds lie, and a word on who says so.

    Each source counts, those for comparison too. Where one that gives the hold has no plain
    figure, or any has something that might be another figure, nothing is certain.
    """
    giving = [source for source in exercise.sources if "hold" in source.gives]
    if all(source.is_default for source in giving):
        if exercise.kind is ExerciseKind.STRETCH:
            return GENERAL_HOLD, "the general figure for static stretches is"
        return None
    figures: list[int] = []
    for source in exercise.sources:
        found = [int(each) for pair in _FIGURE.findall(source.says) for each in pair if each]
        is_clear = _UNCLEAR.search(_FIGURE.sub("", source.says)) is None
        if source.is_default:
            if source in giving:
                return None  # a part of the hold is the author's own choice
            continue
        if not is_clear or (source in giving and not found):
            return None
        figures += found
    return Range(min(figures), max(figures)), "its sources say"


def _text_too_long_for_its_time(survey: Survey) -> Iterator[Doubt]:
    catalog = None if survey.problems else survey.catalog
    spoken = [each for pair in survey.exercises.items() for each in in_exercise(*pair)]
    if catalog is not None:
        spoken += in_routines(_document(survey), catalog.routines.values())
    sides = (Phrases() if catalog is None else catalog.phrases).sides()
    for each in spoken:
        if needed := each.lacks(each.text, sides):
            yield Doubt(
                each.file,
                each.path,
                f"{show(each.text)} takes about {counted(needed, 'second')} to say, but has "
                f"only {each.seconds}",
                f"shorten the text, or write:\n{written(each.file, each.key, needed)}",
            )
    if catalog is not None:
        for found in survey.translations.values():
            yield from _translation_too_long(found, spoken)


def _translation_too_long(found: TranslationFile, spoken: list[Spoken]) -> Iterator[Doubt]:
    """Yield the texts of a translation that are too long, each where it has the least time."""
    translation = found.translation
    sides = {
        side: translation.phrases.get(side.value, word)
        for side, word in phrases_for(translation.language).sides().items()
    }
    shortest: dict[str, Spoken] = {}
    for each in sorted(spoken, key=lambda each: each.seconds):
        shortest.setdefault(each.text, each)
    for text, each in shortest.items():
        said = translation.texts.get(text, "")
        if needed := each.lacks(said, sides):
            yield Doubt(
                found.file,
                f"texts.{show(text)}",
                f"{show(said)} takes about {counted(needed, 'second')} to say, but has only "
                f"{each.seconds}",
                f"shorten the text, or write in {each.file}:\n"
                f"{written(each.file, each.key, needed)}",
            )


def _no_advice(tier: AdviceTier, what: str, example: str) -> Find:
    def find(survey: Survey) -> Iterator[Doubt]:
        if survey.catalog is not None and not survey.catalog.advice[tier]:
            file = _document(survey)
            advice = written(file, "advice", [{"tier": tier.value, "text": example}])
            yield Doubt(
                file, "advice", f"there is no advice on {what}", f"write, for example:\n{advice}"
            )

    return find


def _missing_translation(survey: Survey) -> Iterator[Doubt]:
    if survey.catalog is None or survey.problems:
        return
    for tag in survey.catalog.languages:
        gaps = gaps_in(survey.catalog, survey.translations, tag)
        found = survey.translations.get(tag.lower())
        file = f"{TRANSLATIONS}/{tag}.toml" if found is None else found.file
        for table, missing, what, state in (
            ("texts", gaps.missing, "text", "of the catalog {} not translated"),
            ("phrases", gaps.missing_phrases, "phrase", "of the library {} left in English"),
        ):
            if missing:
                are = state.format("is" if len(missing) == 1 else "are")
                shown = [*map(show, missing[:_TEXTS_SHOWN])]
                if len(missing) > _TEXTS_SHOWN:
                    shown.append(f"{len(missing) - _TEXTS_SHOWN} more")
                yield Doubt(
                    file,
                    table,
                    f"{counted(len(missing), what)} {are}: {', '.join(shown)}",
                    f"write below {table}, with the translation in place of the dots:\n"
                    f"{written(file, missing[0], '...')}",
                )


def _unused_translation(survey: Survey) -> Iterator[Doubt]:
    if survey.catalog is None or survey.problems:
        return
    for tag in survey.catalog.languages:
        for unused in gaps_in(survey.catalog, survey.translations, tag).unused:
            _, _, hint = unused.requirement.partition("; ")
            yield Doubt(
                unused.file,
                unused.path,
                f"the catalog has no such text: {unused.path.removeprefix('texts.')}",
                hint or "delete it, or write the text to the letter as the catalog has it",
            )


def _document(survey: Survey) -> str:
    return next(file for file in survey.files if file in DOCUMENTS)


def _amount(amount: Range) -> str:
    return f"{amount.low}" if amount.low == amount.high else f"{amount.low} to {amount.high}"


DOUBTS: Mapping[str, Find] = MappingProxyType(
    {
        "dose-without-source": _dose_without_source,
        "no-caution": _no_caution,
        "hold-outside-published-range": _hold_outside_published_range,
        "text-too-long-for-its-time": _text_too_long_for_its_time,
        "no-stop-advice": _no_advice(
            AdviceTier.STOP, "when to stop", "Stop an exercise at once if it hurts."
        ),
        "no-emergency-advice": _no_advice(
            AdviceTier.EMERGENCY,
            "when to get help at once",
            "Get medical help immediately if you have chest pain.",
        ),
        "missing-translation": _missing_translation,
        "unused-translation": _unused_translation,
    }
)
"""Every doubt by its id, in the order in which they are looked for."""
