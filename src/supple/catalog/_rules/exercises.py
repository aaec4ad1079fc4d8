"""The rules about one exercise by itself."""

from __future__ import annotations

import re
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Final

from supple._errors import show
from supple._model import ExerciseKind, Hold, Range, Sides
from supple._model.sided import SIDED, is_sided
from supple._phrases import phrases_for
from supple.catalog._rules.plain_words import at_the_top, written
from supple.catalog._rules.rule import Found, in_words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from supple._model import Exercise
    from supple.catalog._rules.rule import Subject

GENERAL_HOLD: Final = Range(10, 30)
"""Seconds of a static stretch: the general figure of the American College of Sports Medicine."""

# A figure is taken only where it is written in digits, beside the word for seconds. Whatever else
# may speak of a length of time makes the whole sentence unclear.
_FIGURE = re.compile(r"(?<![\d.,])(\d{1,4})(?:(?: to |-|–)(\d{1,4}))? seconds?\b")
_NO_SIDE = r"(?! angles?\b| away\b| (?:above|below|behind|under|over|in front)\b)"
_BOTH = frozenset({"both", "beide", "beiden", "ambas", "ambos", "each", "other", "andere"})
_TIMES = re.compile(
    r"(?<![\d.,])(\d{1,4})(?:(?: to |-|–| or )(\d{1,4}))?(?: (?:repetitions?|reps|times)\b|-?x\b)"
)
_UNCLEAR_TIMES = re.compile(
    r"repetition|reps|times|\bx\b|rounds?|cycles?|rocks|once|twice|sets?\b", re.IGNORECASE
)
_EDITION = re.compile(r"\b(?:1[89]|20)\d\d\b|\bedition\b|\bdoi\b|\bisbn\b", re.IGNORECASE)
_UNCLEAR = re.compile(r"second|minute|hour|count|breath|\d\s*(?:s|sec|min)\b", re.IGNORECASE)


def are_in_order(subject: Subject) -> Iterator[Found]:
    """Yield the exercise that stands where its id would not put it."""
    # Files come in the order of their names, in which the dot of the suffix counts.
    found = [*subject.survey.exercises.items()]
    for (file, exercise), (_, expected) in zip(
        found, sorted(found, key=lambda pair: f"{pair[1].id}."), strict=True
    ):
        if exercise.id != expected.id:
            yield Found(
                file,
                "id",
                f"{exercise.id} stands where {expected.id} should, for lists are in the order of "
                "the file names",
                f"call the file {PurePosixPath(file).with_stem(exercise.id).name}, and each "
                "other one after the id in it",
            )
            return


def have_cautions(subject: Subject) -> Iterator[Found]:
    """Yield the exercises without a word of caution."""
    for file, exercise in subject.survey.exercises.items():
        if not exercise.cautions:
            example = ["Do not push to the end of the stretch."]
            yield Found(
                file,
                "cautions",
                "there is no word on who should take care, and of what",
                f"write, {at_the_top(file)}for example:\n{written(file, 'cautions', example)}",
            )


def name_the_side(subject: Subject) -> Iterator[Found]:
    """Yield the exercises of two sides whose texts speak of none."""
    for file, exercise in subject.survey.exercises.items():
        texts = [segment.text for segment in exercise.cycle]
        if exercise.sides is not Sides.NONE and not any(map(is_sided, texts)):
            yield Found(
                file,
                "cycle",
                "no text of the cycle says which side is meant",
                "write {side} where the side is named, or take sides away",
            )


def leave_no_side_out(subject: Subject) -> Iterator[Found]:
    """Yield texts of a side that is written by hand, or named in other texts and not in this."""
    for file, exercise in subject.survey.exercises.items():
        if exercise.sides is Sides.NONE:
            continue
        sides = phrases_for(exercise.language).sides().values()
        by_hand = re.compile(
            rf"\b(?:{'|'.join(map(re.escape, sides))})\b{_NO_SIDE}", re.IGNORECASE
        )
        sided = {
            word.casefold()
            for segment in exercise.cycle
            for word in re.findall(r"\{side\} (\w+)", segment.text)
        }
        for i, segment in enumerate(exercise.cycle):
            place = f"cycle[{i}].{'hold' if isinstance(segment, Hold) else 'step'}"
            text = segment.text
            if found := by_hand.search(SIDED.sub("", text)):
                yield Found(
                    file,
                    place,
                    f"{show(text)} says {found[0]} on both sides, for the sides take turns",
                    "write {side} in its place:\n"
                    + written(
                        file, place.rpartition(".")[2], by_hand.sub("{side}", text, count=1)
                    ),
                )
            elif not is_sided(text):
                words = {*re.findall(r"\w+", text.casefold())}
                for word in sorted(sided & words - ({*words} if words & _BOTH else set())):
                    better = re.sub(rf"\b{word}\b", f"{{side}} {word}", text, count=1)
                    yield Found(
                        file,
                        place,
                        f"{show(text)} does not say which {word}, and another text does",
                        "write {side} here, too:\n"
                        + written(file, place.rpartition(".")[2], better),
                    )


def have_sources(subject: Subject) -> Iterator[Found]:
    """Yield the exercises of whose dose a part has no source, or a source a part too many."""
    for file, exercise in subject.survey.exercises.items():
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
            yield Found(
                file,
                "sources",
                f"no source says where the dose comes from: {', '.join(lacking)}",
                "write, with the title and the figures of your source, or with is_default = true "
                f"where the figures are your own:\n{written(file, 'sources', [source])}",
            )
        if "hold" in given and not exercise.has_hold:
            yield Found(
                file,
                "sources",
                "a source gives a hold, but there is none",
                'take "hold" out of its gives, or add the hold to the cycle',
            )


def have_sources_to_find(subject: Subject) -> Iterator[Found]:
    """Yield each source that a stranger could not find, once, where it first stands."""
    told = set()
    for file, exercise in subject.survey.exercises.items():
        for i, source in enumerate(exercise.sources):
            is_found = source.is_default or source.url or _EDITION.search(source.title)
            if not is_found and source.title not in told:
                told.add(source.title)
                yield Found(
                    file,
                    f"sources[{i}].title",
                    f"{show(source.title)} has neither an address nor an edition, so that nobody "
                    "can look it up",
                    "write where it can be read, or the year of the edition behind the title:\n"
                    + written(file, "url", "https://example.org/leaflet"),
                )


def say_what_pictures_show(subject: Subject) -> Iterator[Found]:
    """Yield the pictures whose text is their name."""
    for file, exercise in subject.survey.exercises.items():
        for i, picture in enumerate(exercise.pictures):
            path = PurePosixPath(picture.path)
            names = {picture.path, path.name, path.stem, exercise.name, exercise.id}
            if picture.alt.casefold() in {name.casefold() for name in names}:
                yield Found(
                    file,
                    f"pictures[{i}].alt",
                    f"{show(picture.alt)} is what the picture is called, not what it shows",
                    "write what a person in the picture does",
                )


def keeps_to_published_holds(subject: Subject) -> Iterator[Found]:
    """Yield holds that are shorter or longer than anything that the sources say."""
    for file, exercise in subject.survey.exercises.items():
        published = _published_hold(exercise)
        if published is None:
            continue
        figure, whose = published
        for i, segment in enumerate(exercise.cycle):
            if not isinstance(segment, Hold):
                continue
            kept = segment.seconds
            if not figure.low <= kept.low <= kept.high <= figure.high:
                yield Found(
                    file,
                    f"cycle[{i}].seconds",
                    f"the hold lasts {in_words(kept)} seconds, but {whose} {in_words(figure)}",
                    "keep to the published figure, or add the source that has yours",
                )


def keep_to_published_reps(subject: Subject) -> Iterator[Found]:
    """Yield repetitions that are fewer or more than anything that the sources say."""
    for file, exercise in subject.survey.exercises.items():
        figures: list[int] = []
        is_clear = False
        for source in exercise.sources:
            found = [int(each) for pair in _TIMES.findall(source.says) for each in pair if each]
            gives = "reps" in source.gives
            rest = _TIMES.sub("", source.says)
            if source.is_default and not gives:
                continue
            if (gives and (source.is_default or not found)) or _UNCLEAR_TIMES.search(rest):
                is_clear = False
                break
            is_clear |= gives
            figures += found
        if not is_clear:
            continue
        published = Range(min(figures), max(figures))
        if not published.low <= exercise.reps.low <= exercise.reps.high <= published.high:
            yield Found(
                file,
                "reps",
                f"reps is {in_words(exercise.reps)}, but its sources say {in_words(published)}",
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
