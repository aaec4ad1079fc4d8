"""Big letters of block characters, for the scripts that are written in Latin letters."""

from __future__ import annotations

import unicodedata
from functools import cache, lru_cache

from supple.cli._playing.figures import halved

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

0     1   2     3     4     5     6     7     8     9     -    –     +     ×
.###. .#. .###. .###. ...#. ##### .###. ##### .###. .###. .... ..... ..... .....
#...# ##. #...# #...# ..##. #.... #.... ....# #...# #...# .... ..... ..... .....
#...# .#. ....# ....# .#.#. #.... #.... ...#. #...# #...# .... ..... ..#.. #...#
#...# .#. ...#. ..##. #..#. ####. ####. ...#. .###. .#### #### ##### ..#.. .#.#.
#...# .#. ..#.. ....# ##### ....# #...# ..#.. #...# ....# .... ..... ##### ..#..
#...# .#. .#... #...# ...#. #...# #...# ..#.. #...# ....# .... ..... ..#.. .#.#.
.###. ### ##### .###. ...#. .###. .###. ..#.. .###. .###. .... ..... ..#.. #...#
..... ... ..... ..... ..... ..... ..... ..... ..... ..... .... ..... ..... .....

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
    """Return the rows of each character of the sheet."""
    shapes: dict[str, tuple[str, ...]] = {" ": (_SPACE,) * 8}
    for band in _SHEET.strip("\n").split("\n\n"):
        characters, *rows = band.split("\n")
        columns = zip(*(row.split() for row in rows), strict=True)
        shapes |= dict(zip(characters.split(), columns, strict=True))
    return shapes


@lru_cache(1000)
def _shape(character: str) -> tuple[str, ...] | None:
    """Return the rows of a character, put together from letter and mark where need be."""
    if character in _shapes():
        return _shapes()[character]
    letter, *marks = tuple(unicodedata.normalize("NFD", character))
    if len(marks) != 1 or marks[0] not in _MARKS or letter not in _shapes():
        return None
    rows = _shapes()[letter]
    mark = _MARKS[marks[0]]
    below = [rows[i] for i in (_LOWERED if letter.isupper() else _UNDER_MARK)]
    width = max(len(rows[0]), len(mark[0]))
    return tuple(row.center(width, ".") for row in (*mark, *below))


def can_write(text: str) -> bool:
    """Tell whether there are big letters for all of a text."""
    return all(_shape(each) is not None for each in unicodedata.normalize("NFC", text))


def letters_width(text: str, *, scale: int = 1) -> int:
    """Return how many columns a line of letters takes."""
    widths = [len((_shape(each) or _NOTHING)[0]) for each in unicodedata.normalize("NFC", text)]
    return scale * (sum(widths) + len(_GAP) * (len(widths) - 1))


def letters(text: str, *, scale: int = 1) -> list[str]:
    """Return a text that can be written as lines of equal width.

    >>> for line in letters("Höher"):
    ...     print(line.rstrip())
    █   █  ▀ ▀  █
    █▄▄▄█ ▄▀▀▀▄ █▀▀▀▄ ▄▀▀▀▄ █▄▀▀
    █   █ █   █ █   █ █▀▀▀▀ █
    ▀   ▀  ▀▀▀  ▀   ▀  ▀▀▀▀ ▀
    """
    return halved(_rows(text), scale)


def _rows(text: str) -> list[str]:
    shapes = [_shape(each) or _NOTHING for each in unicodedata.normalize("NFC", text)]
    return [_GAP.join(rows) for rows in zip(*shapes, strict=True)]
