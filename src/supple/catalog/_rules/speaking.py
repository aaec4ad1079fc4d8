"""The rule about texts that have a time of their own, and how long it takes to say them.

What the pacing decides is left out, and so is what the person ends: there the time is not the
catalog's to give.
"""

from __future__ import annotations

from math import ceil
from typing import TYPE_CHECKING

from attrs import frozen

from supple._errors import show
from supple._model import Hold, Pacing, Prescription, Rest, Side
from supple._model.sided import on_side
from supple._phrases import Phrases, phrases_for
from supple._speech import speaking_ms
from supple._units import ms_to_seconds, seconds_to_ms
from supple.catalog._reading.reading import segments_of
from supple.catalog._rules.plain_words import counted, written
from supple.catalog._rules.rule import Found, items_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from supple._model import Exercise, Routine, Step
    from supple.catalog._languages.translations import TranslationFile
    from supple.catalog._rules.rule import Subject


def texts_fit(subject: Subject) -> Iterator[Found]:
    """Yield the texts that cannot be said before their time is over, translations too."""
    survey, catalog = subject.survey, subject.whole
    spoken = [each for pair in survey.exercises.items() for each in in_exercise(*pair)]
    if catalog is not None:
        spoken += in_routines(subject.document, catalog.routines.values())
    sides = (Phrases() if catalog is None else catalog.phrases).sides()
    for each in spoken:
        if needed := each.lacks(each.text, sides):
            yield Found(
                each.file,
                each.path,
                f"{show(each.text)} takes about {counted(needed, 'second')} to say, but has "
                f"only {each.seconds}",
                f"shorten the text, or write:\n{written(each.file, each.key, needed)}",
            )
    if catalog is not None:
        for found in survey.translations.values():
            yield from _translation_too_long(found, spoken)


def _translation_too_long(found: TranslationFile, spoken: list[Spoken]) -> Iterator[Found]:
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
            yield Found(
                found.file,
                f"texts.{show(text)}",
                f"{show(said)} takes about {counted(needed, 'second')} to say, but has only "
                f"{each.seconds}",
                f"shorten the text, or write in {each.file}:\n"
                f"{written(each.file, each.key, needed)}",
            )


@frozen(kw_only=True)
class Spoken:
    """A text and the time that there is to say it.

    Args:
        file: The file in which the time is.
        path: The place of what is too short or too long there.
        key: The word that the time has in that file.
        text: The text.
        seconds: The least time that there is.
    """

    file: str
    path: str
    key: str
    text: str
    seconds: int | float

    def lacks(self, text: str, sides: Mapping[Side, str]) -> int | None:
        """Return how many seconds a text needs in its place, ``None`` where it has them.

        >>> from supple import Phrases
        >>> step = Spoken(file="x.toml", path="cycle[0].step", key="seconds", text="Up", seconds=1)
        >>> step.lacks("Lift your {side} arm", Phrases().sides())
        2
        """
        ms = max(speaking_ms(on_side(text, side, sides)) for side in Side)
        return ceil(ms_to_seconds(ms)) if ms > seconds_to_ms(self.seconds) else None


def in_exercise(file: str, exercise: Exercise) -> Iterator[Spoken]:
    """Yield the texts of an exercise that have a time, in their order."""
    for path, segment in segments_of(exercise):
        own = "hold" if isinstance(segment, Hold) else "step"
        if (seconds := _shortest(segment)) is not None:
            yield Spoken(
                file=file,
                path=f"{path}.{own if segment.say is None else 'say'}",
                key="seconds",
                text=segment.say or segment.text,
                seconds=seconds,
            )


def in_routines(file: str, routines: Iterable[Routine]) -> Iterator[Spoken]:
    """Yield the texts whose time a routine gives: its rests, and holds that it shortens."""
    for i, routine in enumerate(routines):
        for path, item in items_of(routine.items, f"routines[{i}].items"):
            if isinstance(item, Rest) and item.text is not None:
                yield Spoken(
                    file=file,
                    path=f"{path}.text",
                    key="rest",
                    text=item.text,
                    seconds=item.seconds.low,
                )
            elif isinstance(item, Prescription):
                for ours, own in zip(item.cycle, item.exercise.cycle, strict=True):
                    if (seconds := _shortest(ours)) is not None and ours != own:
                        yield Spoken(
                            file=file,
                            path=f"{path}.hold",
                            key="hold",
                            text=ours.say or ours.text,
                            seconds=seconds,
                        )


def _shortest(segment: Step | Hold) -> int | float | None:
    """Return the seconds that there are to say a text; ``None`` where the person decides."""
    if isinstance(segment, Hold):
        return segment.seconds.low
    if segment.until_ready:
        return None
    return Pacing().step if segment.seconds is None else segment.seconds.low
