"""Big figures of block characters."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

# Eight rows of six, because a character cell is about twice as high as wide: at scale 1 two
# rows share a line, and a stroke is as thick across as it is down.
_SHAPES = {
    "0": (".####.", "##..##", "##..##", "##..##", "##..##", "##..##", "##..##", ".####."),
    "1": ("..##..", ".###..", "####..", "..##..", "..##..", "..##..", "..##..", "######"),
    "2": (".####.", "##..##", "....##", "....##", "..###.", ".##...", "##....", "######"),
    "3": (".####.", "##..##", "....##", "..###.", "....##", "....##", "##..##", ".####."),
    "4": ("...##.", "..###.", ".####.", "##.##.", "##.##.", "######", "...##.", "...##."),
    "5": ("######", "##....", "##....", "#####.", "....##", "....##", "##..##", ".####."),
    "6": (".####.", "##..##", "##....", "#####.", "##..##", "##..##", "##..##", ".####."),
    "7": ("######", "....##", "....##", "...##.", "...##.", "..##..", "..##..", "..##.."),
    "8": (".####.", "##..##", "##..##", ".####.", "##..##", "##..##", "##..##", ".####."),
    "9": (".####.", "##..##", "##..##", "##..##", ".#####", "....##", "##..##", ".####."),
    ":": ("..", "##", "##", "..", "..", "##", "##", ".."),
}
_ROWS = 8
_GAP = ".."
_HALVES = {(False, False): " ", (True, False): "▀", (False, True): "▄", (True, True): "█"}


def figures_size(text: str, scale: int) -> tuple[int, int]:
    """Return how many columns and lines a text of figures takes at a scale."""
    pixels = sum(len(_SHAPES[each][0]) for each in text) + len(_GAP) * (len(text) - 1)
    return pixels * scale, _ROWS * scale // 2


def figures(text: str, scale: int) -> list[str]:
    """Return digits and colons as lines of equal width.

    >>> for line in figures("05", 1):
    ...     print(line.rstrip())
    ▄█▀▀█▄  ██▀▀▀▀
    ██  ██  ██▄▄▄
    ██  ██      ██
    ▀█▄▄█▀  ▀█▄▄█▀
    """
    return halved([_GAP.join(_SHAPES[each][row] for each in text) for row in range(_ROWS)], scale)


def halved(rows: Sequence[str], scale: int) -> list[str]:
    """Return rows of ``#`` and anything else as lines of blocks, two rows in one line.

    At a scale, each is as many columns wide and as many rows high; together these must be even.
    """
    pixels = [[cell == "#" for cell in row for _ in range(scale)] for row in rows]
    tall = [row for row in pixels for _ in range(scale)]
    return [
        "".join(_HALVES[pair] for pair in zip(upper, lower, strict=True))
        for upper, lower in zip(tall[::2], tall[1::2], strict=True)
    ]
