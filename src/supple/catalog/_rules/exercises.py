"""The rules about one exercise, its pictures and its poses."""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Final

from supple._dosing import amount_in_words
from supple._errors import show
from supple._model import DosePart, ExerciseKind, Hold, Range, Sides
from supple._model.sided import SIDED, is_sided
from supple._phrases import language_for, phrases_for
from supple.catalog._reading.reading import poses_of
from supple.catalog._rules.plain_words import at_the_top, written
from supple.catalog._rules.rule import Finding, exercise_rule, rule
from supple.figures import find_in_move, find_in_pose, stage_for

if TYPE_CHECKING:
    from collections.abc import Iterator

    from supple._model import Exercise
    from supple.catalog._rules.rule import Subject

_GENERAL_HOLD: Final = Range(10, 30)
"""Seconds of a static stretch: the general figure of the American College of Sports Medicine."""

# A figure is taken only where it is written in digits, beside the word for what it counts.
# Whatever else may speak of that makes the whole sentence unclear.
_FIGURES: Final = {
    DosePart.HOLD: (
        re.compile(r"(?<![\d.,])(\d{1,4})(?:(?: to |-|–)(\d{1,4}))? seconds?\b"),
        re.compile(r"second|minute|hour|count|breath|\d\s*(?:s|sec|min)\b", re.IGNORECASE),
    ),
    DosePart.REPS: (
        re.compile(
            r"(?<![\d.,])(\d{1,4})(?:(?: to |-|–| or )(\d{1,4}))?"
            r"(?: (?:repetitions?|reps|times)\b|-?x\b)"
        ),
        re.compile(
            r"repetition|reps|times|\bx\b|rounds?|cycles?|rocks|once|twice|sets?\b", re.IGNORECASE
        ),
    ),
}
_EDITION = re.compile(r"\b(?:1[89]|20)\d\d\b|\bedition\b|\bdoi\b|\bisbn\b", re.IGNORECASE)


@rule(
    "exercises-are-in-order",
    "A file that is named otherwise than the exercise in it, so that lists are out of order.",
    "Lists are sorted by file name, so a file named otherwise than its exercise puts it where "
    "nobody looks.",
)
def are_in_order(subject: Subject) -> Iterator[Finding]:
    # Files come in the order of their names, in which the dot of the suffix counts.
    found = [*subject.survey.exercises.items()]
    for (file, exercise), (_, expected) in zip(
        found, sorted(found, key=lambda pair: f"{pair[1].id}."), strict=True
    ):
        if exercise.id != expected.id:
            yield Finding(
                file,
                "id",
                f"{exercise.id} stands where {expected.id} should, for lists are in the order of "
                "the file names",
                f"call the file {PurePosixPath(file).with_stem(exercise.id).name}, and each "
                "other one after the id in it",
            )
            return


@exercise_rule(
    "exercise-has-cautions",
    "An exercise that does not say who should take care.",
    "Hardly any movement suits everybody, and people who should take care must be able to read so "
    "first.",
)
def have_cautions(file: str, exercise: Exercise) -> Iterator[Finding]:
    if not exercise.cautions:
        example = ["Do not push to the end of the stretch."]
        yield Finding(
            file,
            "cautions",
            "there is no word on who should take care, and of what",
            f"write, {at_the_top(file)}for example:\n{written(file, 'cautions', example)}",
        )


@exercise_rule(
    "exercise-names-the-side",
    "An exercise of two sides whose texts never say which one is meant.",
    "Whoever listens with closed eyes hears which side is meant only if the text says so.",
)
def name_the_side(file: str, exercise: Exercise) -> Iterator[Finding]:
    texts = [segment.text for segment in exercise.cycle]
    if exercise.sides is not Sides.NONE and not any(map(is_sided, texts)):
        yield Finding(
            file,
            "cycle",
            "no text of the cycle says which side is meant",
            "write {side} where the side is named, or take sides away",
        )


@exercise_rule(
    "text-leaves-no-side-out",
    "Where sides take turns, a text that names the left or the right by hand, or what "
    "another text calls by its side without it.",
    "A side that is written by hand, or left out, is the wrong one half of the time.",
)
def leave_no_side_out(file: str, exercise: Exercise) -> Iterator[Finding]:
    if exercise.sides is Sides.NONE:
        return
    sides = "|".join(map(re.escape, phrases_for(exercise.language).sides().values()))
    spoken = language_for(exercise.language)
    none = "".join(rf"(?! {word}\b)" for word in spoken.NO_SIDE)
    by_hand = re.compile(rf"\b(?:{sides})\b{none}", re.IGNORECASE)
    sided = {
        word.casefold()
        for segment in exercise.cycle
        for word in re.findall(r"\{side\} (\w+)", segment.text)
    }
    for i, segment in enumerate(exercise.cycle):
        key = "hold" if isinstance(segment, Hold) else "step"
        text = segment.text
        if found := by_hand.search(SIDED.sub("", text)):
            better = by_hand.sub("{side}", text, count=1)
            yield Finding(
                file,
                f"cycle[{i}].{key}",
                f"{show(text)} says {found[0]} on both sides, for the sides take turns",
                f"write {{side}} in its place:\n{written(file, key, better)}",
            )
        elif not is_sided(text):
            words = {*re.findall(r"\w+", text.casefold())}
            for word in sorted(sided & words - ({*words} if words & spoken.BOTH else set())):
                better = re.sub(rf"\b{word}\b", f"{{side}} {word}", text, count=1)
                yield Finding(
                    file,
                    f"cycle[{i}].{key}",
                    f"{show(text)} does not say which {word}, and another text does",
                    f"write {{side}} here, too:\n{written(file, key, better)}",
                )


@exercise_rule(
    "dose-has-source",
    "A part of a dose (repetitions, sets, a hold, a rest) that no source gives.",
    "A reader can judge a dose only by where it comes from.",
)
def have_sources(file: str, exercise: Exercise) -> Iterator[Finding]:
    is_there = {
        "reps": True,
        "sets": True,
        "hold": exercise.has_hold,
        "rest": exercise.rest is not None,
    }
    given = {part.value for source in exercise.sources for part in source.gives}
    lacking = [part for part, there in is_there.items() if there and part not in given]
    if lacking:
        source = {"title": "A leaflet of the clinic", "says": "What it says.", "gives": lacking}
        yield Finding(
            file,
            "sources",
            f"no source says where the dose comes from: {', '.join(lacking)}",
            "write, with the title and the figures of your source, or with is_default = true "
            f"where the figures are your own:\n{written(file, 'sources', [source])}",
        )
    if "hold" in given and not exercise.has_hold:
        yield Finding(
            file,
            "sources",
            "a source gives a hold, but there is none",
            'take "hold" out of its gives, or add the hold to the cycle',
        )


@rule(
    "source-can-be-found",
    "A source with neither an address nor a year or an edition in its title, told once.",
    "Whoever doubts a figure must be able to read it where it comes from.",
)
def have_sources_to_find(subject: Subject) -> Iterator[Finding]:
    told = set()
    for file, exercise in subject.survey.exercises.items():
        for i, source in enumerate(exercise.sources):
            is_found = source.is_default or source.url or _EDITION.search(source.title)
            if not is_found and source.title not in told:
                told.add(source.title)
                yield Finding(
                    file,
                    f"sources[{i}].title",
                    f"{show(source.title)} has neither an address nor an edition, so that nobody "
                    "can look it up",
                    "write where it can be read, or the year of the edition behind the title:\n"
                    + written(file, "url", "https://example.org/leaflet"),
                )


@exercise_rule(
    "hold-in-published-range",
    "A hold that is shorter or longer than anything that its own sources say; where no "
    f"publication gives that of a stretch, than {amount_in_words(_GENERAL_HOLD)} seconds, the "
    "general figure of the American College of Sports Medicine.",
    "A hold that is shorter or longer than anything its own sources say has none.",
)
def keeps_to_published_holds(file: str, exercise: Exercise) -> Iterator[Finding]:
    published, whose = _published(exercise, DosePart.HOLD), "its sources say"
    giving = [source for source in exercise.sources if DosePart.HOLD in source.gives]
    if exercise.kind is ExerciseKind.STRETCH and all(source.is_default for source in giving):
        published, whose = _GENERAL_HOLD, "the general figure for static stretches is"
    words = f"the hold lasts {{kept}} seconds, but {whose} {{published}}"
    for i, segment in enumerate(exercise.cycle):
        if isinstance(segment, Hold):
            yield from _outside(file, f"cycle[{i}].seconds", segment.seconds, published, words)


@exercise_rule(
    "reps-in-published-range",
    "Repetitions that are fewer or more than anything that its own sources say.",
    "Repetitions that nothing of its own sources says have no source.",
)
def keep_to_published_reps(file: str, exercise: Exercise) -> Iterator[Finding]:
    words = "reps is {kept}, but its sources say {published}"
    yield from _outside(file, "reps", exercise.reps, _published(exercise, DosePart.REPS), words)


def _outside(
    file: str, path: str, kept: Range, published: Range | None, words: str
) -> Iterator[Finding]:
    if published and not published.low <= kept.low <= kept.high <= published.high:
        yield Finding(
            file,
            path,
            words.format(kept=amount_in_words(kept), published=amount_in_words(published)),
            "keep to the published figure, or add the source that has yours",
        )


def _published(exercise: Exercise, part: DosePart) -> Range | None:
    """Return within what all published figures lie, those for comparison too.

    Where a source that gives the part has no plain figure, or is the author's own choice, or any
    has something that might be another figure, nothing is certain.
    """
    pattern, unclear = _FIGURES[part]
    figures: list[int] = []
    is_given = False
    for source in exercise.sources:
        gives = part in source.gives
        if source.is_default and not gives:
            continue
        found = [int(each) for pair in pattern.findall(source.says) for each in pair if each]
        is_certain = found and not source.is_default if gives else True
        if not is_certain or unclear.search(pattern.sub("", source.says)):
            return None
        is_given |= gives
        figures += found
    return Range(min(figures), max(figures)) if is_given else None


@exercise_rule(
    "picture-has-alt",
    "A text beside a picture that says what it is called, not what it shows.",
    "Whoever does not see a picture needs to be told what it shows.",
)
def say_what_pictures_show(file: str, exercise: Exercise) -> Iterator[Finding]:
    for i, picture in enumerate(exercise.pictures):
        path = PurePosixPath(picture.path)
        names = {picture.path, path.name, path.stem, exercise.name, exercise.id}
        if picture.alt.casefold() in {name.casefold() for name in names}:
            yield Finding(
                file,
                f"pictures[{i}].alt",
                f"{show(picture.alt)} is what the picture is called, not what it shows",
                "write what a person in the picture does",
            )


@rule(
    "pose-can-be-done",
    "A pose that has a joint in the floor or a back that nobody bends so far, or leaves "
    "the picture.",
    "Whoever tries to lie as a picture shows must be able to, and must see all of it.",
)
def can_be_done(subject: Subject) -> Iterator[Finding]:
    for file, pose in subject.survey.poses.items():
        for each in find_in_pose(pose, stage_for([pose])):
            yield Finding(file, each.where, each.message, each.remedy)


@rule(
    "pose-can-be-reached",
    "A way from one pose to the next on which a limb is too short, or leaves the picture.",
    "A figure moves from pose to pose, and a limb that is too short jumps.",
)
def can_be_reached(subject: Subject) -> Iterator[Finding]:
    poses = {pose.id: pose for pose in subject.survey.poses.values()}
    for file, exercise in subject.survey.exercises.items():
        found = exercise.poses
        stage = stage_for(found) if found else None
        for (_, earlier), (path, later) in pairwise(poses_of(exercise)):
            if earlier in poses and later in poses:
                for each in find_in_move(poses[earlier], poses[later], stage):
                    yield Finding(file, path, each.message, each.remedy)
