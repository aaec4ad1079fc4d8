"""The rules about a catalog as a whole: what loads, its advice, its routines, its languages."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from supple._dosing import amount_in_words
from supple._errors import show
from supple._model import AdviceTier, DosePart, Hold, Prescription, Routine
from supple._timeline.schedule import schedule
from supple._units import MS_PER_HOUR
from supple.catalog._rules.plain_words import counted, message, quote, remedy, written
from supple.catalog._rules.rule import Finding, Severity, items_of, rule

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from supple._errors import Problem
    from supple._model import Exercise, Range
    from supple.catalog._languages.translations import Gaps
    from supple.catalog._rules.rule import Subject

MOST_EVENTS: Final = 100_000
LONGEST_HOURS: Final = 24
_TEXTS_SHOWN = 3


@rule(
    "catalog-loads",
    "What keeps the catalog or one of its translations from being read.",
    "What cannot be read helps nobody, and one wrong value hides the rest.",
    Severity.ERROR,
)
def loads(subject: Subject) -> Iterator[Finding]:
    yield from map(refused, subject.survey.problems)


def refused(each: Problem) -> Finding:
    """Return a problem in plain words."""
    return Finding(
        each.file, each.path, message(each), remedy(each), line=each.line, quote=quote(each)
    )


@rule(
    "routine-dose-in-range",
    "A dose in a routine beyond that of the exercise.",
    "The sources of an exercise vouch for its own dose, and for no other.",
)
def keeps_to_doses(subject: Subject) -> Iterator[Finding]:
    for i, routine in _routines(subject):
        for path, item in items_of(routine.items, f"routines[{i}].items"):
            if not isinstance(item, Prescription):
                continue
            for part, ours, whole in _amounts(item):
                if not whole.low <= ours.low <= ours.high <= whole.high:
                    yield Finding(
                        subject.document,
                        f"{path}.{part}",
                        f"{part} of {item.exercise.id} is {amount_in_words(ours)}, but its "
                        f"sources vouch for {amount_in_words(whole)}",
                        "keep to the dose of the exercise, or widen that and give the source",
                    )


def _routines(subject: Subject) -> Iterator[tuple[int, Routine]]:
    catalog = subject.survey.catalog
    yield from enumerate(() if catalog is None else catalog.routines.values())


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


@rule(
    "nothing-is-left-over",
    "The exercise or an address of the example that supple new writes, once there is "
    "another exercise.",
    "What an example says is true of the example, and a reader takes it for yours.",
)
def has_nothing_left_over(subject: Subject) -> Iterator[Finding]:
    if len(subject.survey.exercises) < 2:  # noqa: PLR2004 - the example alone, to begin with
        return
    for file, exercise in subject.survey.exercises.items():
        texts = {"id": exercise.id}
        for key in ("sources", "links"):
            for i, each in enumerate(getattr(exercise, key)):
                texts[f"{key}[{i}].url"] = each.url or ""
        for path, text in texts.items():
            if _EXAMPLE.fullmatch(text):
                yield Finding(
                    file,
                    path,
                    f"{path.rpartition('.')[2]} is still that of the example: {show(text)}",
                    "write yours, or delete it",
                )


@rule(
    "routine-ends-in-a-day",
    f"A routine, or an exercise by itself, that lasts for more than {LONGEST_HOURS} hours or has "
    f"more than {MOST_EVENTS:,} events.",
    "What lasts for days is a slip of the pen, and no timer can be tried on it.",
)
def ends_in_a_day(subject: Subject) -> Iterator[Finding]:
    things: list[tuple[str, str, Exercise | Routine]] = [
        *((file, "cycle", each) for file, each in subject.survey.exercises.items()),
        *((subject.document, f"routines[{i}]", each) for i, each in _routines(subject)),
    ]
    for file, path, each in things:
        timeline = schedule(each, level=1)
        hours = timeline.duration_ms / MS_PER_HOUR
        if hours > LONGEST_HOURS or timeline.count() > MOST_EVENTS:
            yield Finding(
                file,
                path,
                f"{each.id} takes {hours:,.1f} hours and has {timeline.count():,} events",
                "look for a number of reps, sets, rounds or seconds that is too large: a routine "
                f"lasts at most {LONGEST_HOURS} hours and has at most {MOST_EVENTS:,} events",
            )


_ADVICE = {
    AdviceTier.STOP: ("when to stop", "Stop an exercise at once if it hurts."),
    AdviceTier.EMERGENCY: (
        "when to get help at once",
        "Get medical help immediately if you have chest pain.",
    ),
}


@rule(
    "advice-has-stop-and-emergency",
    "Advice that does not say when to stop, or when to get help at once.",
    "People must know when to stop, and when to get help at once.",
)
def has_advice(subject: Subject) -> Iterator[Finding]:
    catalog, file = subject.survey.catalog, subject.document
    for tier, (what, example) in _ADVICE.items():
        if catalog is not None and not catalog.advice[tier]:
            advice = written(file, "advice", [{"tier": tier.value, "text": example}])
            yield Finding(
                file, "advice", f"there is no advice on {what}", f"write, for example:\n{advice}"
            )


@rule(
    "translation-is-complete",
    "Texts that a language lacks; the remedy has a line for each.",
    "Whoever asks for a language gets the rest in another one, in mid-sentence.",
)
def is_translated(subject: Subject) -> Iterator[Finding]:
    for gaps in subject.gaps:
        lines = "".join(f"\n{written(gaps.file, each, '...')}" for each in gaps.missing)
        state = "of the catalog {are} not translated"
        yield from _lacking(gaps, "text", gaps.missing, state, f":{lines}")


@rule(
    "phrases-are-complete",
    "What supple itself says, on pages and screens too, that a language lacks.",
    "What supple itself says on pages and screens stays in English.",
)
def has_all_phrases(subject: Subject) -> Iterator[Finding]:
    for gaps in subject.gaps:
        state = "of the library {are} left in English"
        first = "; what is said while a routine is done comes first"
        yield from _lacking(gaps, "phrase", gaps.missing_phrases, state, first)


def _lacking(
    gaps: Gaps, word: str, missing: Sequence[str], state: str, more: str
) -> Iterator[Finding]:
    """Yield how many are missing, with the first of them."""
    if missing:
        shown = [*map(show, missing[:_TEXTS_SHOWN])]
        if len(missing) > _TEXTS_SHOWN:
            shown.append(f"{len(missing) - _TEXTS_SHOWN} more")
        are = "is" if len(missing) == 1 else "are"
        yield Finding(
            gaps.file,
            f"{word}s",
            f"{counted(len(missing), word)} {state.format(are=are)}: {', '.join(shown)}",
            f"fill in what 'supple translate {gaps.language}' writes below {word}s{more}",
        )


@rule(
    "translation-is-used",
    "A translation of a text that the catalog does not have.",
    "A translation of a text that has changed is one that nobody gets any more.",
)
def has_no_other_translations(subject: Subject) -> Iterator[Finding]:
    for gaps in subject.gaps:
        for text in gaps.unused:
            close = " or ".join(map(show, subject.close(text, gaps.missing)))
            yield Finding(
                gaps.file,
                f"texts.{show(text)}",
                f"the catalog has no such text: {show(text)}",
                f"did you mean {close}?"
                if close
                else "delete it, or write the text to the letter as the catalog has it",
            )
