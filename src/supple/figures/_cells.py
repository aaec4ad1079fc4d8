"""Pictures for a terminal: dots of braille, or half blocks, quick enough for every frame."""

import math
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import groupby, pairwise
from operator import itemgetter
from typing import TypeAlias

from supple._model.pose import Pose
from supple.figures._body import Capsule
from supple.figures._picture import Stage, shapes_of, stage_for
from supple.figures._shapes import Role, Shape
from supple.figures._view import Flat

Run: TypeAlias = tuple[str, Role | None]
Rows: TypeAlias = list[int]

_BRAILLE = 0x2800
_DOTS = (0x01, 0x08, 0x02, 0x10, 0x04, 0x20, 0x40, 0x80)
"""What each dot of a cell of braille adds to its code point: four rows of two."""
HALVES = " ▀▄█"
"""The character of two dots, one above the other, by their bits; the upper one is the first."""
_CLEAR = frozenset({Role.PAPER, Role.EYE})
_PALE = {Role.MAT: 4, Role.PILLOW: 2, Role.GHOST: 4, Role.BODY_FAR: 2, Role.LEGS_FAR: 2}
"""Of how many dots one is set, so that what is far or beneath stays pale without colours."""
_THINNEST = 0.55


def text_stage(
    poses: Sequence[Pose], *, columns: int = 40, lines: int = 12, has_blocks: bool = False
) -> Stage:
    """Return the stage that holds some poses in cells of a terminal."""
    across, down = _grain(has_blocks=has_blocks)
    return stage_for(poses, width=columns * across, height=lines * down)


def draw_text(
    pose: Pose,
    *,
    columns: int = 40,
    lines: int = 12,
    stage: Stage | None = None,
    has_blocks: bool = False,
) -> list[str]:
    """Return a picture of a pose as lines of text, each as long as the others.

    Args:
        pose: What to draw.
        columns: How many characters a line has.
        lines: How many lines there are.
        stage: Where to draw it, from :func:`text_stage` of the same size; for this pose alone
            where it is left out.
        has_blocks: Whether to draw with half blocks, which every font has, instead of braille.
    """
    drawn = draw_runs(pose, columns=columns, lines=lines, stage=stage, has_blocks=has_blocks)
    return ["".join(text for text, _ in line) for line in drawn]


def draw_runs(
    pose: Pose,
    *,
    columns: int = 40,
    lines: int = 12,
    stage: Stage | None = None,
    has_blocks: bool = False,
) -> list[list[Run]]:
    """Return a picture of a pose as lines of runs of text, each with what it stands for.

    It is as :func:`draw_text` draws it. The role of a run is that of most of its dots, so that
    a terminal with colours can choose one; where there is none it is ``None``.
    """
    across, down = _grain(has_blocks=has_blocks)
    if stage is None:
        stage = text_stage([pose], columns=columns, lines=lines, has_blocks=has_blocks)
    layers: dict[Role, Rows] = {}
    for shape in shapes_of(pose, stage):
        _paint(shape, layers, columns * across, lines * down)
    found = sorted(layers.items())
    return [
        _line(
            [(role, rows[line * down : (line + 1) * down]) for role, rows in found],
            columns,
            across,
            is_braille=not has_blocks,
        )
        for line in range(lines)
    ]


def _grain(*, has_blocks: bool) -> tuple[int, int]:
    """Return how many dots a cell has across and down."""
    return (1, 2) if has_blocks else (2, 4)


def _line(
    layers: Sequence[tuple[Role, Rows]], columns: int, across: int, *, is_braille: bool
) -> list[Run]:
    """Return one line of cells as runs of the same role."""
    present = [(role, rows) for role, rows in layers if any(rows)]
    used = 0
    for _, rows in present:
        for row in rows:
            used |= row
    mask = (1 << across) - 1
    shifts = [i * across for i in range(len(layers[0][1]))]
    character = braille if is_braille else HALVES.__getitem__
    cells: list[Run] = []
    for column in range(columns):
        shift = column * across
        if not used >> shift & mask:
            cells.append(_EMPTY)
            continue
        most, best, bits = 0, None, 0
        for role, rows in present:
            mine = 0
            for row, place in zip(rows, shifts, strict=True):
                mine |= (row >> shift & mask) << place
            if mine:
                count = mine.bit_count()
                if count > most:
                    most, best = count, role
                bits |= mine
        cells.append((character(bits), best))
    return [
        ("".join(text for text, _ in run), role) for role, run in groupby(cells, key=itemgetter(1))
    ]


_EMPTY: Run = (" ", None)


@cache
def braille(bits: int) -> str:
    """Return the character of eight dots, given row by row, two a row."""
    return chr(_BRAILLE + sum(dot for i, dot in enumerate(_DOTS) if bits >> i & 1))


# --- painting: a row is a number, and a dot one of its bits ---------------------------


def _paint(shape: Shape, layers: dict[Role, Rows], width: int, height: int) -> None:
    role = shape.role
    if role not in layers and role not in _CLEAR:
        layers[role] = [0] * height
    for y, dots in _covered(shape, width, height).items():
        for rows in layers.values():
            rows[y] &= ~dots
        if role not in _CLEAR:
            layers[role][y] |= dots & _pattern(_PALE.get(role, 1), y, width)


def _covered(shape: Shape, width: int, height: int) -> dict[int, int]:
    """Return the dots that a shape covers, by row."""
    covered: dict[int, int] = {}
    whole = (1 << width) - 1

    def cover(spans: Iterator[tuple[int, float, float]]) -> None:
        for y, low, high in spans:
            first, last = max(0, math.ceil(low - 0.5)), min(width - 1, math.floor(high - 0.5))
            if first <= last:
                dots = (whole >> (width - 1 - last + first)) << first
                covered[y] = covered.get(y, 0) | dots

    half = shape.edge / 2
    for piece in shape.outline:
        if isinstance(piece, Capsule):
            cover(_capsule(piece.a, piece.ra + half, piece.b, piece.rb + half, height))
        elif shape.is_open:
            for a, b in pairwise(piece):
                cover(_capsule(a, max(half, _THINNEST), b, max(half, _THINNEST), height))
        else:
            cover(_polygon(piece, height))
            if half:
                covered = _grown(covered, max(1, round(half)), whole, height)
    return covered


def _grown(covered: dict[int, int], by: int, whole: int, height: int) -> dict[int, int]:
    """Return dots with those around them."""
    for _ in range(by):
        grown: dict[int, int] = {}
        for y, dots in covered.items():
            for row in (y - 1, y, y + 1):
                if 0 <= row < height:
                    wide = dots if row != y else (dots | dots << 1 | dots >> 1) & whole
                    grown[row] = grown.get(row, 0) | wide
        covered = grown
    return covered


@cache
def _pattern(every: int, y: int, width: int) -> int:
    """Return a row in which one of so many dots is set, evenly over the plane."""
    if every == 1:
        return (1 << width) - 1
    if every == 4 and y % 2:  # noqa: PLR2004 - every second row is empty
        return 0
    start = y // (every // 2) % 2 if every == 4 else y % 2  # noqa: PLR2004 - as above
    return sum(1 << x for x in range(start, width, 2))


def _rows(top: float, bottom: float, height: int) -> range:
    """Return the rows whose middles are between two heights."""
    return range(max(0, math.ceil(top - 0.5)), min(height - 1, math.floor(bottom - 0.5)) + 1)


def _capsule(
    a: Flat, ra: float, b: Flat, rb: float, height: int
) -> Iterator[tuple[int, float, float]]:
    sides = _tangents(a, ra, b, rb)
    circles = ((*a, ra), (*b, rb))
    for y in _rows(min(a[1] - ra, b[1] - rb), max(a[1] + ra, b[1] + rb), height):
        middle = y + 0.5
        found = []
        for x, up, r in circles:
            rest = r * r - (middle - up) * (middle - up)
            if rest > 0:
                half = math.sqrt(rest)
                found += [x - half, x + half]
        for top, bottom, x, up, slope in sides:
            if top <= middle <= bottom:
                found.append(x + slope * (middle - up))
        if found:
            yield y, min(found), max(found)


def _tangents(
    a: Flat, ra: float, b: Flat, rb: float
) -> list[tuple[float, float, float, float, float]]:
    """Return the two lines that join two circles: top, bottom, a point and the slope of each."""
    d = math.dist(a, b)
    if d <= abs(ra - rb):  # one circle holds the other
        return []
    ux, uy, cos = (b[0] - a[0]) / d, (b[1] - a[1]) / d, (ra - rb) / d
    made = []
    for sin in (math.sqrt(1 - cos * cos), -math.sqrt(1 - cos * cos)):
        nx, ny = ux * cos - uy * sin, uy * cos + ux * sin
        px, py, qx, qy = a[0] + ra * nx, a[1] + ra * ny, b[0] + rb * nx, b[1] + rb * ny
        if py != qy:
            made.append((min(py, qy), max(py, qy), px, py, (qx - px) / (qy - py)))
    return made


def _polygon(points: Sequence[Flat], height: int) -> Iterator[tuple[int, float, float]]:
    """Yield what a polygon covers, by the winding of its outline."""
    ys = [y for _, y in points]
    for y in _rows(min(ys), max(ys), height):
        middle = y + 0.5
        crossings = []
        for i, (px, py) in enumerate(points):
            qx, qy = points[i - 1]
            if (py <= middle) != (qy <= middle):
                x = px + (qx - px) * (middle - py) / (qy - py)
                crossings.append((x, 1 if qy > py else -1))
        crossings.sort()
        winding = 0
        for (x, turn), (far, _) in pairwise(crossings):
            winding += turn
            if winding:
                yield y, x, far
