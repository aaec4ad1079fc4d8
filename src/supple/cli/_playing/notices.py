"""Pages to read on the screen: advice, help, the end."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import frozen

from supple.cli._page import screen_width
from supple.cli._playing.cells import BLANK, crop, fitting, wrap

if TYPE_CHECKING:
    from collections.abc import Iterator

    from supple.cli._playing.cells import Line

_WIDEST = 76  # longer lines are hard to read
_NARROW = 50
_MARGIN = 2
_LOWEST_FRAMED = 6


@frozen
class Notice:
    """Something to read, on as many pages as it takes.

    Attributes:
        title: What it is about.
        points: What to read: a word that stands before it, or nothing, and a text.
        keys: What to press.
    """

    title: str
    points: tuple[tuple[str, str], ...]
    keys: str


def draw_notice(notice: Notice, width: int, height: int) -> list[list[Line]]:
    """Return the pages of a notice, at least one, each of lines that fit the screen.

    No point is cut. Where there is little room, the title and the keys give way to them.

    >>> notice = Notice("Keys", (("n", "next exercise"), ("q", "stop")), "Any key goes on")
    >>> for line in draw_notice(notice, 20, 6)[0]:
    ...     print("".join(text for text, _ in line))
    Keys
    <BLANKLINE>
    n  next exercise
    q  stop
    <BLANKLINE>
    Any key goes on
    """
    inner = min(width - 2 * _MARGIN, _WIDEST) if width >= _NARROW else width
    left = ((" " * ((width - inner) // 2), ""),)
    is_framed = height >= _LOWEST_FRAMED
    packed = [*_packed(_points(notice, inner), height - 4 if is_framed else height)]
    pages = []
    for number, lines in enumerate(packed, start=1):
        page = [line and left + line for line in lines]
        if is_framed:
            of = f" {number}/{len(packed)}" if len(packed) > 1 else ""
            title = crop(f"{notice.title}{of}", inner), "bold"
            keys = crop(notice.keys, inner), "bold"
            page = [(*left, title), BLANK, *page]
            page += [BLANK] * (height - len(page) - 1) + [(*left, keys)]
        pages.append([fitting(line, width) for line in page])
    return pages


def _points(notice: Notice, width: int) -> Iterator[list[Line]]:
    """Yield the lines of each point; where the words before them take most of it, below those."""
    indent = max((screen_width(lead) for lead, _ in notice.points), default=0)
    indent += 2 if indent else 0
    if indent > width // 2:
        indent = 0
    for lead, text in notice.points:
        lines: list[Line] = [
            ((" " * indent, ""), (line, "")) for line in wrap(text, width - indent)
        ]
        if indent:
            _, first = lines[0]
            lines[0] = ((lead + " " * (indent - screen_width(lead)), "bold"), first)
        elif lead:
            lines = [((line, "bold"),) for line in wrap(lead, width)] + lines
        yield lines


def _packed(points: Iterator[list[Line]], height: int) -> Iterator[list[Line]]:
    """Yield pages that are as full as they get without a point being parted needlessly."""
    page: list[Line] = []
    for point in points:
        if page and len(page) + len(point) > height:
            yield page
            page = []
        page = page + point
        while len(page) > height:
            yield page[:height]
            page = page[height:]
    yield page
