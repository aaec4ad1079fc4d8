"""Exercises for the break reminder Workrave: a folder to unpack, with pictures.

It holds ``exercises.xml``, in the form that Workrave ships its own in, and the pictures beside
it. Workrave shows one exercise after the other in its breaks, with the pictures in turn.
"""

from collections.abc import Iterable, Iterator
from html import escape
from io import BytesIO
from itertools import groupby
from typing import BinaryIO, Final, NamedTuple
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from supple._dosing import dose_in_words
from supple._errors import ExportError
from supple._model import Exercise, Prescription, Side
from supple._phrases import Phrases
from supple._timeline.timeline import ExerciseSpan, Timeline
from supple._units import nearest_seconds, seconds_begun
from supple.export._lost import Part, carrying
from supple.export._pieces import (
    instructions,
    require_few_exercises,
    require_same_routine,
    segments_in,
)
from supple.figures import LIGHT, draw_svg, stage_for

SUFFIX = ".workrave.zip"
MEDIA_TYPE = "application/zip"

# Workrave goes from one exercise to the next without a rest.
lost = carrying(Part.STEPS, Part.CHAPTERS, Part.FIGURES)

MOST_EXERCISES: Final = 200
MOST_SEGMENTS: Final = 1_000
"""Of one exercise."""

_SIZE: Final = 250
"""The width and height in pixels that Workrave has for a picture."""

_MADE: Final = (2025, 1, 1, 0, 0, 0)


class _Picture(NamedTuple):
    file: str
    is_mirrored: bool


def write(timeline: Timeline, stream: BinaryIO, *, translations: Iterable[Timeline] = ()) -> None:
    """Write the exercises of a timeline, each once for each place that it is written in.

    Args:
        timeline: What to write.
        stream: Where.
        translations: The same routine in other languages, each laid out in time; Workrave shows
            that of the person.

    Raises:
        ExportError: If there are too many exercises, each time counted, too many steps, holds and
            rests in one, or a translation is another routine.
    """
    spoken = {each.routine.language: each for each in (*translations, timeline)}
    require_same_routine(spoken.values(), "workrave")
    with ZipFile(file := BytesIO(), "w") as folder:
        _put(folder, "exercises.xml", _exercises(timeline, [*spoken.values()]))
        for exercise in timeline.routine.exercises.values():
            for name, picture in _pictures(exercise):
                _put(folder, name, picture)
    stream.write(file.getvalue())


def _put(folder: ZipFile, name: str, content: str) -> None:
    info = ZipInfo(name, _MADE)
    info.external_attr = 0o644 << 16
    folder.writestr(info, content.encode(), ZIP_DEFLATED)


def _exercises(timeline: Timeline, spoken: list[Timeline]) -> str:
    lines = ['<?xml version="1.0" encoding="UTF-8"?>', "<exercises>"]
    words = [(each, each.routine.prescriptions) for each in spoken]
    for number, exercise in enumerate(_places(timeline)):
        lines.append("  <exercise>")
        for said, items in words:
            # Workrave compares it with the language of the system, which has an underscore.
            lang = escape(said.routine.language.replace("-", "_"))
            item = items[number]
            lines += [
                _element("title", lang, item.name),
                _element("description", lang, _description(item, said.phrases)),
            ]
        ms = exercise.end_ms - exercise.start_ms
        lines.append(f'    <sequence duration="{max(seconds_begun(ms), 1)}">')
        for picture, seconds in _sequence(timeline, exercise):
            flipped = ' mirrorx="yes"' if picture.is_mirrored else ""
            lines.append(f'      <image src="{picture.file}"{flipped} duration="{seconds}"/>')
        lines += ["    </sequence>", "  </exercise>"]
    return "\n".join([*lines, "</exercises>", ""])


def _element(name: str, language: str, text: str) -> str:
    # Escaped twice, since Workrave reads markup in what it has read from the file.
    content = escape(escape(text, quote=False), quote=False)
    return f'    <{name} xml:lang="{language}">{content}</{name}>'


def _places(timeline: Timeline) -> Iterator[ExerciseSpan]:
    """Yield each exercise that is written; in a circuit, that of the first round."""
    require_few_exercises(timeline, "workrave", MOST_EXERCISES)
    first: dict[int, ExerciseSpan] = {}
    for each in timeline.exercises:
        first.setdefault(each.started.exercise_number or 0, each)
    yield from (first[number] for number in sorted(first))


def _description(item: Prescription, phrases: Phrases) -> str:
    position = phrases.name_of(item.exercise.position)
    dose = dose_in_words(item, phrases=phrases)
    return "\n".join([f"{position}, {dose}", *instructions(item, phrases)])


def _sequence(timeline: Timeline, exercise: ExerciseSpan) -> Iterator[tuple[_Picture, int]]:
    """Yield the pictures of an exercise in whole seconds, so that they keep up with its time."""
    start_ms, started = exercise.start_ms, exercise.started
    id = started.exercise or ""
    known = {pose.id for pose in timeline.routine.exercises[id].poses}
    shown: list[tuple[_Picture, int]] = []
    for count, segment in enumerate(segments_in(timeline, exercise)):
        if count == MOST_SEGMENTS:
            requirement = f"must have at most {MOST_SEGMENTS:,} steps, holds and rests in it"
            raise ExportError(f"workrave: {started.text}", requirement, started.duration_ms)
        if isinstance(segment.pose, str) and segment.pose in known:
            picture = _Picture(_file(id, segment.pose), segment.side is Side.RIGHT)
            shown.append((picture, segment.end_ms))
        elif shown:
            shown[-1] = (shown[-1][0], segment.end_ms)
    before = start_ms
    for picture, run in groupby(shown, key=lambda each: each[0]):
        *_, (_, until) = run
        seconds = nearest_seconds(until - start_ms) - nearest_seconds(before - start_ms)
        before = until
        if seconds:
            yield picture, seconds


def _pictures(exercise: Exercise) -> Iterator[tuple[str, str]]:
    if exercise.poses:
        stage = stage_for(exercise.poses, width=_SIZE, height=_SIZE)
        for pose in exercise.poses:
            yield (
                _file(exercise.id, pose.id),
                draw_svg(pose, stage=stage, title=exercise.name, colours=LIGHT, has_paper=True),
            )


def _file(exercise: str, pose: str) -> str:
    return f"{exercise}-{pose}.svg"
