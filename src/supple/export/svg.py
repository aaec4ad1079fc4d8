"""A timeline as a picture: a row for each exercise, readable on a phone.

A hold is a tall block, a step a low one and a rest a thin line, so that they are told apart
without colour, too. Every block carries its words as a title. The picture is light or dark as
its surroundings are, has a title and a description for those who do not see it, and is the same
each time, byte for byte.
"""

from collections.abc import Iterator
from html import escape
from itertools import islice
from typing import BinaryIO, Final, NamedTuple

from supple._dosing import duration_in_words
from supple._model import Side
from supple._phrases import Phrases
from supple._timeline.events import Segment
from supple._timeline.kinds import EventKind, SegmentKind
from supple._timeline.timeline import Timeline
from supple._units import ms_to_clock, ms_to_clock_in_seconds
from supple.export._colours import on_both_papers
from supple.export._lost import Part, carrying
from supple.export._pieces import require_few_exercises, segments_in

SUFFIX = ".svg"
MEDIA_TYPE = "image/svg+xml"

MOST_ROWS: Final = 500
MOST_BLOCKS: Final = 400  # in one row, whose blocks would be thinner than a pixel beyond

_not_drawn = carrying(Part.STEPS, Part.CHAPTERS)

_WIDTH = 360
_MARGIN = 16
_TRACK = _WIDTH - 2 * _MARGIN
_ROW = 58
_TOP = 66
_HEIGHTS = {SegmentKind.HOLD: 22.0, SegmentKind.STEP: 9.0, SegmentKind.REST: 2.0}
_LONGEST_NAME = 34
_NARROWEST_SIDE = 12.0

_STYLE = """
text{font:14px system-ui,-apple-system,"Segoe UI",Roboto,sans-serif}.name,.side{font-weight:600}
.title{font-size:18px;font-weight:650}.note{font-size:11.5px}.side{font-size:10px}
""" + on_both_papers(
    "text{{fill:{ink}}}.note{{fill:{soft}}}.hold{{fill:{hold}}}.step{{fill:{step}}}"
    ".rest{{fill:{rest}}}.base{{stroke:{line}}}.paper{{fill:{paper}}}"
    ".side{{fill:{on-accent}}}".format_map
)


class _Row(NamedTuple):
    """An exercise in one place; it has no segments where a picture cannot show as many."""

    name: str
    start_ms: int
    duration_ms: int
    segments: tuple[Segment, ...]


def write(timeline: Timeline, stream: BinaryIO) -> None:
    """Draw a timeline.

    Raises:
        ExportError: If it has too many exercises, each time counted.
    """
    stream.write(picture(timeline).encode())


def lost(timeline: Timeline) -> tuple[str, ...]:
    """Return what a picture cannot carry, and what has no room in it."""
    has_room = timeline.count(EventKind.EXERCISE_STARTED) <= MOST_ROWS
    rows = _rows(timeline) if has_room else ()
    crowded = dict.fromkeys(row.name for row in rows if not row.segments)
    return (
        *_not_drawn(timeline),
        *(f"the steps and holds of {name}, which are too many" for name in crowded),
    )


def picture(timeline: Timeline) -> str:
    """Return the picture as the text of an SVG file.

    Raises:
        ExportError: If it has too many exercises, each time counted.
    """
    labels = timeline.phrases
    rows = [*_rows(timeline)]
    height = _TOP + len(rows) * _ROW + 52
    routine = timeline.routine
    told = "; ".join(
        f"{row.name}, {ms_to_clock(row.start_ms)}, {duration_in_words(row.duration_ms, labels)}"
        for row in rows
    )
    lasts = duration_in_words(timeline.duration_ms, labels)
    longest_ms = max(row.duration_ms for row in rows)
    shapes = [
        f'<text class="title" x="{_MARGIN}" y="30">{_cut(routine.name)}</text>',
        f'<text class="note" x="{_MARGIN}" y="49">{escape(lasts)}</text>',
    ]
    for i, row in enumerate(rows):
        shapes += _drawn(row, _TOP + i * _ROW, longest_ms, labels.sides())
    shapes += _legend(height - 20, labels)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {height}" '
        f'width="{_WIDTH}" height="{height}" role="img" lang="{escape(routine.language)}">'
        f"<title>{escape(routine.name)}</title><desc>{escape(told)}</desc>"
        f"<style>{_STYLE}</style>"
        f'<rect class="paper" width="{_WIDTH}" height="{height}"/>{"".join(shapes)}</svg>\n'
    )


def _rows(timeline: Timeline) -> Iterator[_Row]:
    require_few_exercises(timeline, "svg", MOST_ROWS)
    for each in timeline.exercises:
        segments = tuple(islice(segments_in(timeline, each), MOST_BLOCKS + 1))
        shown = segments if len(segments) <= MOST_BLOCKS else ()
        yield _Row(each.started.text, each.start_ms, each.end_ms - each.start_ms, shown)


def _drawn(row: _Row, top: int, longest_ms: int, sides: dict[Side, str]) -> Iterator[str]:
    base = top + 46
    at = ms_to_clock_in_seconds(row.start_ms)
    yield (
        f'<text class="name" x="{_MARGIN}" y="{top + 14}">{_cut(row.name)}</text>'
        f'<text class="note" x="{_WIDTH - _MARGIN}" y="{top + 14}" text-anchor="end">{at}</text>'
        f'<path class="base" d="M{_MARGIN} {base + 0.5}H{_WIDTH - _MARGIN}"/>'
    )
    scale = _TRACK / longest_ms
    if not row.segments:
        yield _block(SegmentKind.STEP, row.name, _MARGIN, row.duration_ms * scale, base)
    for segment in row.segments:
        x = _MARGIN + (segment.start_ms - row.start_ms) * scale
        width = segment.duration_ms * scale
        words = f"{segment.text} ({ms_to_clock(segment.duration_ms)})"
        yield _block(segment.kind, words, x, width, base)
        side = sides[segment.side][:1].upper() if segment.side else ""
        if side and segment.kind is SegmentKind.HOLD and width >= _NARROWEST_SIDE:
            yield (
                f'<text class="side" x="{_number(x + width / 2)}" y="{base - 7.5}" '
                f'text-anchor="middle">{escape(side)}</text>'
            )


def _block(kind: SegmentKind, words: str, x: float, width: float, base: float) -> str:
    height = _HEIGHTS[kind]
    gap, radius = min(1.0, width / 4), min(2, height / 4, width / 4)
    return (
        f'<rect class="{kind}" x="{_number(x)}" y="{_number(base - height)}" '
        f'width="{_number(width - gap)}" height="{_number(height)}" rx="{_number(radius)}">'
        f"<title>{escape(words)}</title></rect>"
    )


def _legend(base: int, labels: Phrases) -> Iterator[str]:
    x = _MARGIN
    for kind, word in (
        (SegmentKind.HOLD, labels.holding),
        (SegmentKind.STEP, labels.movement),
        (SegmentKind.REST, labels.resting),
    ):
        yield _block(kind, word, x, 15, base)
        yield f'<text class="note" x="{x + 20}" y="{base}">{escape(word)}</text>'
        x += 34 + 7 * len(word)


def _cut(text: str) -> str:
    """Return a name as text of the picture, short enough for a row."""
    return escape(text if len(text) <= _LONGEST_NAME else f"{text[: _LONGEST_NAME - 1]}…")


def _number(number: float) -> str:
    return f"{number:.2f}".rstrip("0").rstrip(".")
