"""Exercises for the break reminder Workrave: a folder to unpack, with pictures.

It holds ``exercises.xml``, in the form that Workrave ships its own in, and the pictures beside
it. Workrave shows one exercise after the other in its breaks, with the pictures in turn.
"""

from __future__ import annotations

from html import escape
from io import BytesIO
from itertools import groupby
from typing import TYPE_CHECKING, Final, NamedTuple
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from supple._dosing import dose_in_words, length_in_words
from supple._errors import ExportError
from supple._model import Circuit, Exercise, Rest, Side
from supple._model.sided import on_side
from supple._timeline.kinds import EventKind
from supple._units import MS_PER_SECOND
from supple.export._parts import Part, present
from supple.figures import LIGHT, draw_svg, stage_for

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import BinaryIO

    from supple._model import Prescription, RoutineItem
    from supple._timeline.events import Event
    from supple._timeline.timeline import Timeline

SUFFIX = ".workrave.zip"
MEDIA_TYPE = "application/zip"

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
        ExportError: If there are more than 200 exercises in all, each time counted, more than
            1,000 steps, holds and rests in one, or a translation is another routine.
    """
    spoken = {each.routine.language: each for each in (*translations, timeline)}
    if len({each.shape for each in spoken.values()}) > 1:
        raise ExportError("workrave.translations", "must be the same routine", [*spoken])
    with ZipFile(file := BytesIO(), "w") as folder:
        _put(folder, "exercises.xml", _exercises(timeline, [*spoken.values()]))
        for exercise in timeline.routine.exercises.values():
            for name, picture in _pictures(exercise):
                _put(folder, name, picture)
    stream.write(file.getvalue())


def lost(timeline: Timeline) -> tuple[str, ...]:
    """Return what Workrave is not told. It goes from one exercise to the next without a rest."""
    parts = (Part.CUES, Part.COUNTS, Part.WAITS, Part.NOTES, Part.PICTURES, Part.ADVICE)
    return present(timeline, *parts)


def _put(folder: ZipFile, name: str, content: str) -> None:
    info = ZipInfo(name, _MADE)
    info.external_attr = 0o644 << 16
    folder.writestr(info, content.encode(), ZIP_DEFLATED)


# --- the exercises -----------------------------------------------------------------------


def _exercises(timeline: Timeline, spoken: list[Timeline]) -> str:
    lines = ['<?xml version="1.0" encoding="UTF-8"?>', "<exercises>"]
    words = [(each, [*_written(each.routine.items)]) for each in spoken]
    for number, event in enumerate(_places(timeline)):
        lines.append("  <exercise>")
        for said, items in words:
            # Workrave compares it with the language of the system, which has an underscore.
            lang = escape(said.routine.language.replace("-", "_"))
            item = items[number]
            exercise = item if isinstance(item, Exercise) else item.exercise
            lines += [
                _element("title", lang, exercise.name),
                _element("description", lang, _description(said, item)),
            ]
        ms = event.duration_ms or 0
        lines.append(f'    <sequence duration="{max(-(-ms // MS_PER_SECOND), 1)}">')
        for picture, seconds in _sequence(timeline, event):
            flipped = ' mirrorx="yes"' if picture.is_mirrored else ""
            lines.append(f'      <image src="{picture.file}"{flipped} duration="{seconds}"/>')
        lines += ["    </sequence>", "  </exercise>"]
    return "\n".join([*lines, "</exercises>", ""])


def _element(name: str, language: str, text: str) -> str:
    # Escaped twice, since Workrave reads markup in what it has read from the file.
    content = escape(escape(text, quote=False), quote=False)
    return f'    <{name} xml:lang="{language}">{content}</{name}>'


def _places(timeline: Timeline) -> Iterator[Event]:
    """Yield the start of each exercise that is written; in a circuit, that of the first round."""
    count = timeline.count(EventKind.EXERCISE_STARTED)
    if count > MOST_EXERCISES:
        requirement = f"must have at most {MOST_EXERCISES} exercises, each time counted"
        raise ExportError("workrave", requirement, count)
    starts = (timeline[timeline.find(EventKind.EXERCISE_STARTED, nth=n)] for n in range(count))
    first: dict[int | None, Event] = {}
    for event in starts:
        first.setdefault(event.exercise_number, event)
    yield from (first[number] for number in sorted(first, key=lambda n: n or 0))


def _written(items: Iterable[RoutineItem]) -> Iterator[Exercise | Prescription]:
    for item in items:
        if isinstance(item, Circuit):
            yield from _written(item.items)
        elif not isinstance(item, Rest):
            yield item


def _description(timeline: Timeline, item: Exercise | Prescription) -> str:
    labels = phrases = timeline.phrases
    prescribed = item.with_dose() if isinstance(item, Exercise) else item
    exercise, words = prescribed.exercise, phrases.sides()
    first, *others = prescribed.sides or (None,)
    said = [f"{phrases.position(exercise.position)}, {dose_in_words(item, phrases=labels)}"]
    for segment in (*exercise.setup, *prescribed.cycle, *exercise.finish):
        length = length_in_words(segment, labels)
        text = on_side(segment.text, first, words)
        said.append(f"{text} ({length})" if length else text)
    if first is not None:
        said += [labels.both_sides.format(one=words[first], other=words[side]) for side in others]
    return "\n".join(said)


# --- the pictures ------------------------------------------------------------------------


def _sequence(timeline: Timeline, exercise: Event) -> Iterator[tuple[_Picture, int]]:
    """Yield the pictures of an exercise in whole seconds, so that they keep up with its time."""
    start_ms, end_ms = exercise.at_ms, exercise.at_ms + (exercise.duration_ms or 0)
    known = {pose.id for pose in timeline.routine.exercises[exercise.exercise or ""].poses}
    shown: list[tuple[_Picture, int]] = []
    ms, count = start_ms, 0
    while ms < end_ms:
        segment = timeline.at(ms).segment
        ms, count = segment.end_ms, count + 1
        if count > MOST_SEGMENTS:
            requirement = f"must have at most {MOST_SEGMENTS:,} steps, holds and rests in it"
            raise ExportError(f"workrave: {exercise.text}", requirement, exercise.duration_ms)
        if isinstance(segment.pose, str) and segment.pose in known:
            picture = _Picture(
                _file(exercise.exercise or "", segment.pose), segment.side is Side.RIGHT
            )
            shown.append((picture, ms))
        elif shown:
            shown[-1] = (shown[-1][0], ms)
    before = start_ms
    for picture, run in groupby(shown, key=lambda each: each[0]):
        *_, (_, until) = run
        seconds = _nearest(until - start_ms) - _nearest(before - start_ms)
        before = until
        if seconds:
            yield picture, seconds


def _nearest(ms: int) -> int:
    return (ms + MS_PER_SECOND // 2) // MS_PER_SECOND


def _pictures(exercise: Exercise) -> Iterator[tuple[str, str]]:
    if exercise.poses:
        stage = stage_for(exercise.poses, width=_SIZE, height=_SIZE)
        for pose in exercise.poses:
            picture = draw_svg(
                pose, stage=stage, title=exercise.name, colours=LIGHT, has_paper=True
            )
            yield _file(exercise.id, pose.id), picture


def _file(exercise: str, pose: str) -> str:
    return f"{exercise}-{pose}.svg"
