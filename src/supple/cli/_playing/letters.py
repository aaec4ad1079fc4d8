"""Big letters of blocks or of dots, for the scripts that are written in Latin letters."""

from __future__ import annotations

import unicodedata
from enum import IntEnum
from functools import cache, lru_cache

from supple.cli._page import screen_width
from supple.figures._cells import HALVES, braille

# A line of characters, and below each of them its shape: seven rows down to the baseline, the
# upper two of them for what is taller than an x, and one row below it.
_SHEET = """
A     B     C     D     E     F     G     H     I   J     K     L     M       N
.###. ####. .###. ####. ##### ##### .###. #...# ### ..### #...# #.... #.....# #...#
#...# #...# #...# #...# #.... #.... #...# #...# .#. ...#. #..#. #.... ##...## ##..#
#...# #...# #.... #...# #.... #.... #.... #...# .#. ...#. #.#.. #.... #.#.#.# #.#.#
##### ####. #.... #...# ####. ####. #.### ##### .#. ...#. ##... #.... #..#..# #..##
#...# #...# #.... #...# #.... #.... #...# #...# .#. ...#. #.#.. #.... #.....# #...#
#...# #...# #...# #...# #.... #.... #...# #...# .#. #..#. #..#. #.... #.....# #...#
#...# ####. .###. ####. ##### #.... .###. #...# ### .##.. #...# ##### #.....# #...#
..... ..... ..... ..... ..... ..... ..... ..... ... ..... ..... ..... ....... .....

O     P     Q     R     S     T     U     V     W       X     Y     Z
.###. ####. .###. ####. .#### ##### #...# #...# #.....# #...# #...# #####
#...# #...# #...# #...# #.... ..#.. #...# #...# #.....# #...# #...# ....#
#...# #...# #...# #...# #.... ..#.. #...# #...# #.....# .#.#. .#.#. ...#.
#...# ####. #...# ####. .###. ..#.. #...# #...# #..#..# ..#.. ..#.. ..#..
#...# #.... #...# #.#.. ....# ..#.. #...# .#.#. #.#.#.# .#.#. ..#.. .#...
#...# #.... #..#. #..#. ....# ..#.. #...# .#.#. ##...## #...# ..#.. #....
.###. #.... .##.# #...# ####. ..#.. .###. ..#.. #.....# #...# ..#.. #####
..... ..... ..... ..... ..... ..... ..... ..... ....... ..... ..... .....

a     b     c     d     e     f    g     h     i j   k     l  m       n
..... #.... ..... ....# ..... ..## ..... #.... # ..# #.... #. ....... .....
..... #.... ..... ....# ..... .#.. ..... #.... . ... #.... #. ....... .....
.###. ####. .#### .#### .###. #### .#### ####. # ..# #..#. #. ###.##. ####.
....# #...# #.... #...# #...# .#.. #...# #...# # ..# #.#.. #. #..#..# #...#
.#### #...# #.... #...# ##### .#.. #...# #...# # ..# ##... #. #..#..# #...#
#...# #...# #.... #...# #.... .#.. .#### #...# # ..# #.#.. #. #..#..# #...#
.#### ####. .#### .#### .#### .#.. ....# #...# # ..# #..#. .# #..#..# #...#
..... ..... ..... ..... ..... .... .###. ..... . ##. ..... .. ....... .....

o     p     q     r    s     t    u     v     w       x     y     z     ß
..... ..... ..... .... ..... .#.. ..... ..... ....... ..... ..... ..... .##..
..... ..... ..... .... ..... .#.. ..... ..... ....... ..... ..... ..... #..#.
.###. ####. .#### #.## .#### #### #...# #...# #.....# #...# #...# ##### #.#..
#...# #...# #...# ##.. #.... .#.. #...# #...# #..#..# .#.#. #...# ...#. #..#.
#...# #...# #...# #... .###. .#.. #...# #...# #..#..# ..#.. #...# ..#.. #...#
#...# ####. .#### #... ....# .#.. #...# .#.#. #..#..# .#.#. .#### .#... #...#
.###. #.... ....# #... ####. ..## .#### ..#.. .##.##. #...# ....# ##### #.##.
..... #.... ....# .... ..... .... ..... ..... ....... ..... .###. ..... .....

0     1   2     3     4     5     6     7     8     9     -    –     +     ×     ◀     ▶
.###. .#. .###. .###. ...#. ##### .###. ##### .###. .###. .... ..... ..... ..... ...#. .#...
#...# ##. #...# #...# ..##. #.... #.... ....# #...# #...# .... ..... ..... ..... ..##. .##..
#...# .#. ....# ....# .#.#. #.... #.... ...#. #...# #...# .... ..... ..#.. #...# .###. .###.
#...# .#. ...#. ..##. #..#. ####. ####. ...#. .###. .#### #### ##### ..#.. .#.#. ####. .####
#...# .#. ..#.. ....# ##### ....# #...# ..#.. #...# ....# .... ..... ##### ..#.. .###. .###.
#...# .#. .#... #...# ...#. #...# #...# ..#.. #...# ....# .... ..... ..#.. .#.#. ..##. .##..
.###. ### ##### .###. ...#. .###. .###. ..#.. .###. .###. .... ..... ..#.. #...# ...#. .#...
..... ... ..... ..... ..... ..... ..... ..... ..... ..... .... ..... ..... ..... ..... .....

. ,  : ;  ! ?     ¡ ¿     ' ’ "   (  )  /   %     &
. .. . .. # .###. . ..... # # #.# .# #. ..# ##... .##..
. .. . .. # #...# . ..... # # #.# #. .# ..# ##..# #..#.
. .. . .. # ....# # ..#.. . . ... #. .# .#. ...#. .##..
. .. # .# # ...#. . ..... . . ... #. .# .#. ..#.. .##..
. .. . .. # ..#.. # ..#.. . . ... #. .# .#. .#... #..##
. .. . .. . ..... # .#... . . ... #. .# #.. #..## #..#.
# .# # .# # ..#.. # #...# . . ... #. .# #.. ...## .##.#
. #. . #. . ..... # .###. . . ... .# #. ... ..... .....
"""

# What stands above a letter, in its two upper rows.
_MARKS = {
    "\u0300": ("#..", ".#."),
    "\u0301": ("..#", ".#."),
    "\u0302": (".#.", "#.#"),
    "\u0303": (".#.#", "#.#."),
    "\u0308": ("#.#", "..."),
    "\u030a": ("###", "#.#"),
    "\u030c": ("#.#", ".#."),
}
_SPACE = "...."
_GAP = "."
_NOTHING = ("",) * 8
_UNDER_MARK = (2, 3, 4, 5, 6, 7)  # the rows of another letter that has one; a dot is gone
_LOWERED = (0, 2, 3, 5, 6, 7)  # the rows of a capital that makes room for a mark


@cache
def _shapes() -> dict[str, tuple[str, ...]]:
    shapes: dict[str, tuple[str, ...]] = {" ": (_SPACE,) * 8}
    for band in _SHEET.strip("\n").split("\n\n"):
        characters, *rows = band.split("\n")
        columns = zip(*(row.split() for row in rows), strict=True)
        shapes |= dict(zip(characters.split(), columns, strict=True))
    return shapes


@lru_cache(1000)
def _shape(character: str) -> tuple[str, ...] | None:
    """Return the rows of a character, put together from letter and mark where need be."""
    shapes = _shapes()
    if character in shapes:
        return shapes[character]
    letter, *marks = tuple(unicodedata.normalize("NFD", character))
    if len(marks) != 1 or marks[0] not in _MARKS or letter not in shapes:
        return None
    rows, mark = shapes[letter], _MARKS[marks[0]]
    below = [rows[i] for i in (_LOWERED if letter.isupper() else _UNDER_MARK)]
    width = max(len(rows[0]), len(mark[0]))
    return tuple(row.center(width, ".") for row in (*mark, *below))


class Size(IntEnum):
    """How large letters are."""

    PLAIN = 0
    """Those of the terminal itself."""
    DOTS = 1
    """Of the dots of braille: two lines high, and half as wide as blocks of scale 1."""
    BLOCKS = 2
    """Of half blocks: four lines high."""
    DOUBLE = 3
    TRIPLE = 4

    @property
    def height(self) -> int:
        return (1, 2, 4, 8, 12)[self]


def _width_of(text: str, size: Size) -> int:
    if size is Size.PLAIN:
        return screen_width(text)
    pixels = len(_rows(text)[0])
    return -(-pixels // 2) if size is Size.DOTS else pixels * (size - 1)


def write(text: str, size: Size) -> list[str]:
    """Return a text that can be written as lines of equal width.

    >>> for line in write("Höher", Size.BLOCKS):
    ...     print(line.rstrip())
    █   █  ▀ ▀  █
    █▄▄▄█ ▄▀▀▀▄ █▀▀▀▄ ▄▀▀▀▄ █▄▀▀
    █   █ █   █ █   █ █▀▀▀▀ █
    ▀   ▀  ▀▀▀  ▀   ▀  ▀▀▀▀ ▀
    """
    if size is Size.PLAIN:
        return [text]
    rows = _rows(text)
    if size is Size.DOTS:
        rows = [row + "." * (len(row) % 2) for row in rows]
        return [_dotted(rows[:4]), _dotted(rows[4:])]
    tall = ["".join(c * (size - 1) for c in row) for row in rows for _ in range(size - 1)]
    return [
        "".join(HALVES[(a == "#") + 2 * (b == "#")] for a, b in zip(upper, lower, strict=True))
        for upper, lower in zip(tall[::2], tall[1::2], strict=True)
    ]


def _rows(text: str) -> list[str]:
    shapes = [_shape(each) or _NOTHING for each in unicodedata.normalize("NFC", text)]
    return [_GAP.join(rows) for rows in zip(*shapes, strict=True)]


def _dotted(rows: list[str]) -> str:
    """Return four rows as a line of braille."""
    return "".join(
        braille(sum(1 << i for i in range(8) if rows[i // 2][column + i % 2] == "#"))
        for column in range(0, len(rows[0]), 2)
    )


def wrap(text: str, width: int, *, size: Size = Size.PLAIN) -> list[str]:
    """Return a text as few lines of at most ``width`` columns, as equally long as they can be.

    Nothing is lost but spaces. A word longer than a line is broken inside.

    >>> wrap("Keep both shoulders flat and breathe", 24)
    ['Keep both shoulders', 'flat and breathe']
    """
    lines = _filled(text, width, size)
    few, narrowest = len(lines), 1
    while narrowest < width:
        middle = (narrowest + width) // 2
        narrower = _filled(text, middle, size)
        if len(narrower) > few:
            narrowest = middle + 1
        else:
            lines, width = narrower, middle
    return lines


def _filled(text: str, width: int, size: Size) -> list[str]:
    lines = [""]
    for word in text.split():
        longer = f"{lines[-1]} {word}" if lines[-1] else word
        if _width_of(longer, size) <= width:
            lines[-1] = longer
            continue
        if lines[-1]:
            lines.append("")
        for character in word:
            if lines[-1] and _width_of(lines[-1] + character, size) > width:
                lines.append("")
            lines[-1] += character
    return lines


def largest(texts: frozenset[str], width: int, height: int, sizes: tuple[Size, ...]) -> Size:
    """Return the largest size at which each of some texts fits, no word of it parted."""
    for size in sorted(sizes, reverse=True):
        if size is not Size.PLAIN and all(_fits(text, width, height, size) for text in texts):
            return size
    return Size.PLAIN


@lru_cache(10_000)
def _fits(text: str, width: int, height: int, size: Size) -> bool:
    can_write = all(map(_shape, unicodedata.normalize("NFC", text)))
    if not can_write or max(_width_of(word, size) for word in text.split()) > width:
        return False
    return len(wrap(text, width, size=size)) * size.height <= height
