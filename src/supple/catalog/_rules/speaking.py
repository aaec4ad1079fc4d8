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
from supple._speech import WORDS_PER_MINUTE, speaking_ms
from supple._units import ms_to_seconds, seconds_to_ms
from supple.catalog._reading.reading import segments_of
from supple.catalog._rules.plain_words import counted, written
from supple.catalog._rules.rule import Finding, items_of, rule

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from supple._model import Exercise, Routine, Step
    from supple.catalog._rules.rule import Subject


@rule(
    "text-fits-its-time",
    "A text, or its translation, that cannot be spoken before its step, hold or rest is over.",
    "A voice that is still speaking when the next thing starts is in the way. Speech "
    f"has at most {WORDS_PER_MINUTE} words a minute.",
)
def texts_fit(subject: Subject) -> Iterator[Finding]:
    survey, catalog = subject.survey, subject.whole
    spoken = [each for pair in survey.exercises.items() for each in _in_exercise(*pair)]
    if catalog is not None:
        spoken += _in_routines(subject.document, catalog.routines.values())
    sides = (Phrases() if catalog is None else catalog.phrases).sides()
    for each in spoken:
        yield from each.too_long(each.text, sides)
    if catalog is None:
        return
    shortest: dict[str, _Spoken] = {}
    for each in sorted(spoken, key=lambda each: each.seconds):
        shortest.setdefault(each.text, each)
    for found in survey.translations.values():
        translation = found.translation
        sides = {
            side: translation.phrases.get(side.value, word)
            for side, word in phrases_for(translation.language).sides().items()
        }
        for text, each in shortest.items():
            said = translation.texts.get(text, "")
            yield from each.too_long(said, sides, at=(found.file, f"texts.{show(text)}"))


@frozen
class _Spoken:
    """A text and the least time that there is to say it, with where that stands."""

    file: str
    path: str
    key: str
    text: str
    seconds: int | float

    def too_long(
        self, text: str, sides: Mapping[Side, str], *, at: tuple[str, str] | None = None
    ) -> Iterator[Finding]:
        """Yield a text that cannot be said in that time; ``at`` is its own place, if another."""
        ms = max(speaking_ms(on_side(text, side, sides)) for side in Side)
        if ms > seconds_to_ms(self.seconds):
            needed = ceil(ms_to_seconds(ms))
            file, path = at or (self.file, self.path)
            yield Finding(
                file,
                path,
                f"{show(text)} takes about {counted(needed, 'second')} to say, but has only "
                f"{self.seconds}",
                f"shorten the text, or write{f' in {self.file}' if at else ''}:\n"
                f"{written(self.file, self.key, needed)}",
            )


def _in_exercise(file: str, exercise: Exercise) -> Iterator[_Spoken]:
    """Yield the texts of an exercise that have a time, in their order."""
    for path, segment in segments_of(exercise):
        own = "hold" if isinstance(segment, Hold) else "step"
        if (seconds := _shortest(segment)) is not None:
            place = f"{path}.{own if segment.say is None else 'say'}"
            yield _Spoken(file, place, "seconds", segment.say or segment.text, seconds)


def _in_routines(file: str, routines: Iterable[Routine]) -> Iterator[_Spoken]:
    """Yield the texts whose time a routine gives: its rests, and holds that it shortens."""
    for i, routine in enumerate(routines):
        for path, item in items_of(routine.items, f"routines[{i}].items"):
            if isinstance(item, Rest) and item.text is not None:
                yield _Spoken(file, f"{path}.text", "rest", item.text, item.seconds.low)
            elif isinstance(item, Prescription):
                for ours, own in zip(item.cycle, item.exercise.cycle, strict=True):
                    if (seconds := _shortest(ours)) is not None and ours != own:
                        yield _Spoken(file, f"{path}.hold", "hold", ours.say or ours.text, seconds)


def _shortest(segment: Step | Hold) -> int | float | None:
    """Return the seconds that there are to say a text; ``None`` where the person decides."""
    if isinstance(segment, Hold):
        return segment.seconds.low
    if segment.until_ready:
        return None
    return Pacing().step if segment.seconds is None else segment.seconds.low
