"""A workout for a sports watch, such as those of Garmin (FIT).

Each step, hold and rest is a step of the workout; one that waits until the person is ready is
open, and the button for the next lap ends it. It needs the extra ``garmin``.
"""

from collections.abc import Iterator, Sequence
from itertools import chain
from typing import BinaryIO, Final, NamedTuple
from zlib import crc32

from supple._dosing import BESIDE
from supple._errors import ExportError
from supple._extras import brought_by
from supple._timeline.kinds import SEGMENT_STARTED_BY, EventKind, SegmentKind
from supple._timeline.timeline import Timeline
from supple._units import ms_to_seconds
from supple.export._lost import Part, are_cut, carrying, cut
from supple.export._pieces import captions

SUFFIX = ".fit"
MEDIA_TYPE = "application/vnd.ant.fit"

MOST_STEPS: Final = 10_000
LONGEST_STEP_MS: Final = 0xFFFFFFFE
CREATED_MS: Final = 1_735_689_600_000
"""When a workout says that it was made: always the same, so that its bytes are."""

LONGEST_TEXT: Final = 254
"""In bytes of UTF-8: a field has at most 255, and a zero ends the text."""

_not_told = carrying(Part.STEPS, Part.RESTS, Part.COUNTS, Part.WAITS, Part.NOTES)

_LONGEST_BLOCK: Final = 200
"""How many steps a repeated block may have, so that looking for it stays quick."""


class _Step(NamedTuple):
    name: str
    notes: str
    duration_ms: int | None
    """``None`` for an open one."""
    is_rest: bool


class _Repeat(NamedTuple):
    first: int
    times: int


def write(timeline: Timeline, stream: BinaryIO, *, repeats: bool = False) -> None:
    """Write a workout.

    Args:
        timeline: What to write.
        stream: Where.
        repeats: Whether what comes several times stands once with the number of times, for
            watches that take few steps. Which repetition it is then stands nowhere.

    Raises:
        ExportError: If there are too many steps, holds and rests.
        MissingExtraError: If fit-tool is not installed.
    """
    with brought_by("garmin", "fit-tool"):
        import fit_tool  # noqa: F401 - whether it is there
    count = _count(timeline)
    if count > MOST_STEPS:
        raise ExportError("fit", f"must have at most {MOST_STEPS:,} steps, holds and rests", count)
    steps = [*_steps(timeline, has_counts=not repeats)]
    stream.write(_workout(timeline, [*_grouped(steps)] if repeats else steps))


def lost(timeline: Timeline) -> tuple[str, ...]:
    """Return what a watch cannot be told."""
    steps = _steps(timeline, has_counts=True) if _count(timeline) <= MOST_STEPS else ()
    texts = chain([timeline.routine.name], *((step.name, step.notes) for step in steps))
    return (*_not_told(timeline), *are_cut(texts, LONGEST_TEXT))


def _count(timeline: Timeline) -> int:
    return sum(map(timeline.count, map(EventKind, SEGMENT_STARTED_BY)))


def _steps(timeline: Timeline, *, has_counts: bool) -> Iterator[_Step]:
    sides = timeline.phrases.sides()
    told = captions(timeline, has_counts=has_counts)
    for segment, caption in zip(timeline.segments(), told, strict=True):
        text, *place = caption.lines
        # A step has no field for a side.
        if segment.side is not None and sides[segment.side].casefold() not in text.casefold():
            text = f"{sides[segment.side]}: {text}"
        duration_ms = None if segment.open else min(segment.duration_ms, LONGEST_STEP_MS)
        is_rest = segment.kind is SegmentKind.REST
        yield _Step(text, BESIDE.join(place), duration_ms, is_rest)


def _grouped(steps: Sequence[_Step]) -> Iterator[_Step | _Repeat]:
    """Yield the steps, with what comes several times in a row once, and how often behind it."""
    i = written = 0
    while i < len(steps):
        length, times = _repeated(steps, i)
        yield from steps[i : i + length]
        i += length * times
        if times > 1:
            yield _Repeat(written, times)
            written += 1
        written += length


def _repeated(steps: Sequence[_Step], start: int) -> tuple[int, int]:
    """Return the block from a step on whose repetition saves most: its length, and how often."""
    best, saved = (1, 1), 0
    for length in range(1, min(_LONGEST_BLOCK, (len(steps) - start) // 2) + 1):
        block, times = steps[start : start + length], 1
        while steps[start + times * length : start + (times + 1) * length] == block:
            times += 1
        if (saves := length * (times - 1) - 1) > saved:
            best, saved = (length, times), saves
    return best


def _workout(timeline: Timeline, steps: Sequence[_Step | _Repeat]) -> bytes:
    from fit_tool.fit_file_builder import FitFileBuilder
    from fit_tool.profile import profile_type as a
    from fit_tool.profile.messages.file_id_message import FileIdMessage
    from fit_tool.profile.messages.workout_message import WorkoutMessage
    from fit_tool.profile.messages.workout_step_message import WorkoutStepMessage

    builder = FitFileBuilder()
    file = FileIdMessage()
    file.type = a.FileType.WORKOUT
    file.manufacturer = a.Manufacturer.DEVELOPMENT.value
    file.product = 0
    file.time_created = CREATED_MS
    file.serial_number = crc32(timeline.fingerprint.encode()) or 1
    builder.add(file)
    workout = WorkoutMessage()
    workout.workout_name = cut(timeline.routine.name, LONGEST_TEXT)
    workout.sport = a.Sport.TRAINING
    workout.sub_sport = a.SubSport.FLEXIBILITY_TRAINING
    workout.num_valid_steps = len(steps)
    builder.add(workout)
    for index, step in enumerate(steps):
        message = WorkoutStepMessage()
        message.message_index = index
        if isinstance(step, _Repeat):
            message.duration_type = a.WorkoutStepDuration.REPEAT_UNTIL_STEPS_CMPLT
            message.duration_step = step.first
            message.target_repeat_steps = step.times
        else:
            message.workout_step_name = cut(step.name, LONGEST_TEXT)
            if step.notes:
                message.notes = cut(step.notes, LONGEST_TEXT)
            message.intensity = a.Intensity.REST if step.is_rest else a.Intensity.ACTIVE
            message.duration_type = a.WorkoutStepDuration.OPEN
            if step.duration_ms is not None:
                message.duration_type = a.WorkoutStepDuration.TIME
                message.duration_time = ms_to_seconds(step.duration_ms)
            message.target_type = a.WorkoutStepTarget.OPEN
            message.target_value = 0
        builder.add(message)
    content: bytes = builder.build_bytes()
    return content
