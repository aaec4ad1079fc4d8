"""Lines of styled text, measured in the cells of a screen."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from supple.cli._page import screen_width

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from supple.cli._page import Span

Line: TypeAlias = "tuple[Span, ...]"
"""The pieces of one line of the screen, from the left."""

BLANK: Line = ()
_CUT = "…"


def width_of(line: Line) -> int:
    """Return how many columns a line takes."""
    return sum(screen_width(text) for text, _ in line)


def wrap(text: str, width: int, *, measure: Callable[[str], int] = screen_width) -> list[str]:
    """Return a text as lines of at most ``width`` columns, broken between words where it can.

    Nothing is lost but spaces. A word longer than a line is broken inside, and a character that
    is wider than a line stands alone.

    >>> wrap("Keep both shoulders flat and breathe", 24)
    ['Keep both shoulders flat', 'and breathe']
    """
    lines: list[str] = []
    line = ""
    for word in text.split():
        longer = f"{line} {word}" if line else word
        if measure(longer) <= width:
            line = longer
            continue
        if line:
            lines.append(line)
        *full, line = _pieces(word, width, measure)
        lines += full
    return [*lines, line]


def wrap_evenly(
    text: str, width: int, *, measure: Callable[[str], int] = screen_width
) -> list[str]:
    """Return a text as :func:`wrap` does, on as few lines, but as equally long as they can be.

    >>> wrap_evenly("Keep both shoulders flat and breathe", 24)
    ['Keep both shoulders', 'flat and breathe']
    """
    lines = wrap(text, width, measure=measure)
    few, narrowest = len(lines), 1
    while narrowest < width:
        middle = (narrowest + width) // 2
        narrower = wrap(text, middle, measure=measure)
        if len(narrower) > few:
            narrowest = middle + 1
        else:
            lines, width = narrower, middle
    return lines


def _pieces(word: str, width: int, measure: Callable[[str], int]) -> Iterator[str]:
    """Yield a word in pieces that fit."""
    piece = ""
    for character in word:
        if piece and measure(piece + character) > width:
            yield piece
            piece = ""
        piece += character
    yield piece


def crop(text: str, width: int) -> str:
    """Return as much of a text as fits, with an ellipsis where something is missing.

    >>> crop("Lower back", 6), crop("Lower back", 10)
    ('Lower…', 'Lower back')
    """
    if screen_width(text) <= width:
        return text
    kept = text
    while kept and screen_width(kept) + 1 > width:
        kept = kept[:-1]
    return kept + _CUT if width > 0 else ""


def centred(line: Line, width: int) -> Line:
    """Return a line in the middle of a width."""
    return (" " * ((width - width_of(line)) // 2), ""), *line


def apart(left: Line, right: Line, width: int) -> Line:
    """Return a line with one part at the left and another at the right."""
    return *left, (" " * (width - width_of(left) - width_of(right)), ""), *right


def bar(part: int, whole: int, width: int) -> tuple[str, str]:
    """Return the full and the empty piece of a bar, together ``width`` columns wide.

    >>> bar(5, 8, 4)
    ('━━╸', '─')
    """
    halves = 2 * width * part // whole
    full = "━" * (halves // 2) + "╸" * (halves % 2)
    return full, "─" * (width - len(full))


def fitting(line: Line, width: int) -> Line:
    """Return a line without what lies beyond a width."""
    kept = []
    for text, style in line:
        shown = text
        while shown and screen_width(shown) > width:
            shown = shown[:-1]
        kept.append((shown, style))
        width -= screen_width(shown)
    return tuple(kept)
