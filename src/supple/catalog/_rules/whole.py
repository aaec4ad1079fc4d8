"""The rules about a catalog as a whole: what loads, its advice, its routines, its languages."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from supple._errors import show
from supple._model import AdviceTier, DosePart, Hold, Prescription, Routine
from supple._timeline.schedule import schedule
from supple._units import LONGEST_SECONDS, MS_PER_SECOND
from supple.catalog._rules.plain_words import counted, message, quote, remedy, written
from supple.catalog._rules.rule import Found, in_words, items_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from supple._model import Range
    from supple.catalog._rules.rule import Subject

MOST_EVENTS: Final = 100_000
_TEXTS_SHOWN = 3

_ADVICE = {
    AdviceTier.STOP: ("when to stop", "Stop an exercise at once if it hurts."),
    AdviceTier.EMERGENCY: (
        "when to get help at once",
        "Get medical help immediately if you have chest pain.",
    ),
}


def loads(subject: Subject) -> Iterator[Found]:
    """Yield everything that is refused."""
    for each in subject.survey.problems:
        yield Found(each.file, each.path, message(each), remedy(each), each.line, quote(each))


def has_advice(subject: Subject) -> Iterator[Found]:
    """Yield the advice that nobody should have to do without."""
    catalog, file = subject.survey.catalog, subject.document
    for tier, (what, example) in _ADVICE.items():
        if catalog is not None and not catalog.advice[tier]:
            advice = written(file, "advice", [{"tier": tier.value, "text": example}])
            yield Found(
                file, "advice", f"there is no advice on {what}", f"write, for example:\n{advice}"
            )


def keeps_to_doses(subject: Subject) -> Iterator[Found]:
    """Yield the amounts in routines that lie outside of those of the exercise."""
    catalog = subject.survey.catalog
    for i, routine in enumerate(() if catalog is None else catalog.routines.values()):
        for path, item in items_of(routine.items, f"routines[{i}].items"):
            if not isinstance(item, Prescription):
                continue
            for part, ours, whole in _amounts(item):
                if not whole.low <= ours.low <= ours.high <= whole.high:
                    yield Found(
                        subject.document,
                        f"{path}.{part}",
                        f"{part} of {item.exercise.id} is {in_words(ours)}, but its sources vouch "
                        f"for {in_words(whole)}",
                        "keep to the dose of the exercise, or widen that and give the source",
                    )


def _amounts(item: Prescription) -> Iterator[tuple[DosePart, Range, Range]]:
    """Yield the amounts of a prescription, with those of the exercise."""
    exercise = item.exercise
    yield DosePart.REPS, item.reps, exercise.reps
    yield DosePart.SETS, item.sets, exercise.sets
    if item.rest is not None and exercise.rest is not None:
        yield DosePart.REST, item.rest, exercise.rest
    for ours, theirs in zip(item.cycle, exercise.cycle, strict=True):
        if isinstance(ours, Hold) and isinstance(theirs, Hold):
            yield DosePart.HOLD, ours.seconds, theirs.seconds


_EXAMPLE = re.compile(r"example-.+|.*://example\.org\b.*")


def has_nothing_left_over(subject: Subject) -> Iterator[Found]:
    """Yield what was there to be replaced, as soon as a catalog has more than the example."""
    if len(subject.survey.exercises) < 2:  # noqa: PLR2004 - the one to begin with
        return
    for file, exercise in subject.survey.exercises.items():
        texts = {"id": exercise.id}
        for key in ("sources", "links"):
            for i, each in enumerate(getattr(exercise, key)):
                texts[f"{key}[{i}].url"] = each.url or ""
        for path, text in texts.items():
            if _EXAMPLE.fullmatch(text):
                yield Found(
                    file,
                    path,
                    f"{path.rpartition('.')[2]} is still that of the example: {show(text)}",
                    "write yours, or delete it",
                )


def ends_in_a_day(subject: Subject) -> Iterator[Found]:
    """Yield what takes longer than a day, or has too many events to be tried out."""
    most_ms = LONGEST_SECONDS * MS_PER_SECOND
    for file, path, routine in _routines(subject):
        timeline = schedule(routine, level=1)
        if timeline.duration_ms > most_ms or timeline.count() > MOST_EVENTS:
            yield Found(
                file,
                path,
                f"{routine.id} takes {timeline.duration_ms / MS_PER_SECOND / 3600:,.1f} hours and "
                f"has {timeline.count():,} events",
                "look for a number of reps, sets, rounds or seconds that is too large: a routine "
                f"lasts at most 24 hours and has at most {MOST_EVENTS:,} events",
            )


def _routines(subject: Subject) -> Iterator[tuple[str, str, Routine]]:
    """Yield each exercise as a routine by itself, and each routine, with their places."""
    for file, exercise in subject.survey.exercises.items():
        yield file, "cycle", Routine(exercise.id, items=[exercise])
    catalog = subject.survey.catalog
    for i, routine in enumerate(() if catalog is None else catalog.routines.values()):
        yield subject.document, f"routines[{i}]", routine


def is_translated(subject: Subject) -> Iterator[Found]:
    """Yield the texts of the catalog that a language lacks."""
    for gaps in subject.gaps:
        if gaps.missing:
            are = "is" if len(gaps.missing) == 1 else "are"
            yield Found(
                gaps.file,
                "texts",
                f"{counted(len(gaps.missing), 'text')} of the catalog {are} not translated: "
                f"{_some(gaps.missing)}",
                f"fill in what 'supple translate {gaps.language}' writes below texts:\n"
                + "\n".join(written(gaps.file, each, "...") for each in gaps.missing),
            )


def has_all_phrases(subject: Subject) -> Iterator[Found]:
    """Yield the phrases of the library that a language lacks."""
    for gaps in subject.gaps:
        if gaps.missing_phrases:
            are = "is" if len(gaps.missing_phrases) == 1 else "are"
            yield Found(
                gaps.file,
                "phrases",
                f"{counted(len(gaps.missing_phrases), 'phrase')} of the library {are} left in "
                f"English: {_some(gaps.missing_phrases)}",
                f"fill in what 'supple translate {gaps.language}' writes below phrases; what is "
                "said while a routine is done comes first",
            )


def _some(missing: Sequence[str]) -> str:
    shown = [*map(show, missing[:_TEXTS_SHOWN])]
    if len(missing) > _TEXTS_SHOWN:
        shown.append(f"{len(missing) - _TEXTS_SHOWN} more")
    return ", ".join(shown)


def has_no_other_translations(subject: Subject) -> Iterator[Found]:
    """Yield the translations of texts that the catalog does not have."""
    for gaps in subject.gaps:
        for text in gaps.unused:
            close = " or ".join(map(show, subject.close(text, gaps.missing)))
            yield Found(
                gaps.file,
                f"texts.{show(text)}",
                f"the catalog has no such text: {show(text)}",
                f"did you mean {close}?"
                if close
                else "delete it, or write the text to the letter as the catalog has it",
            )
