"""Lines painted onto a terminal without a flicker: only what has changed is written."""

from __future__ import annotations

from typing import TYPE_CHECKING
from unicodedata import category

from supple.cli._playing.cells import width_of

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from supple.cli._playing.cells import Line

_WEIGHTS = {"bold": "1", "dim": "2", "reverse": "7"}
_COLOURS = {"red": "31", "green": "32", "yellow": "33", "cyan": "36"}
"""Of the terminal's own palette, which suits its background; no background is ever set."""

_UNSAFE = {"Cc", "Cs", "Zl", "Zp"}
"""What a terminal would obey, or an encoding refuse; joiners of emoji are neither."""

_RESET = "\x1b[0m"
_CLEAR = f"{_RESET}\x1b[2J"
_TO_END_OF_LINE = "\x1b[K"
_BEGIN, _END = "\x1b[?2026h", "\x1b[?2026l"  # one picture; unknown to some, which ignore it

# Where an encoding has no blocks: of the same width, letter by letter.
_IN_ASCII = str.maketrans(
    {"█": "#", "▀": "'", "▄": ".", "━": "=", "╸": "-", "─": "-", "·": "-", "×": "x"}
    | {"←": "<", "→": ">", "…": ".", "–": "-", "—": "-", "’": "'", "“": '"', "”": '"'}
)


def has_blocks(encoding: str) -> bool:
    """Tell whether an encoding has the characters that screens are drawn with."""
    try:
        "█▀▄━╸─·×←→…".encode(encoding)
    except UnicodeEncodeError:
        return False
    return True


class Painter:
    """Paints screens, each over the one before it.

    Args:
        write: Where the text goes, with its escape sequences.
        in_colour: Whether to use colours; weights are always used.
        in_ascii: Whether to make do without block characters.
    """

    def __init__(
        self, write: Callable[[str], object], *, in_colour: bool = True, in_ascii: bool = False
    ) -> None:
        self._write = write
        self._codes = _WEIGHTS | (_COLOURS if in_colour else {})
        self.in_ascii = in_ascii
        self._size = (0, 0)
        self._painted: list[str] = []

    def paint(self, lines: Sequence[Line], size: tuple[int, int]) -> None:
        """Paint the lines of a screen, which fit its columns and lines."""
        width, height = size
        pieces = []
        if size != self._size:
            pieces.append(_CLEAR)
            self._size, self._painted = size, [""] * height
        new = [self._painted_line(line, width) for line in lines]
        new += [_TO_END_OF_LINE] * (height - len(new))
        for row, (text, before) in enumerate(zip(new, self._painted, strict=True), start=1):
            if text != before:
                pieces.append(f"\x1b[{row};1H{text}")
        self._painted = new
        if pieces:
            self._write("".join([_BEGIN, *pieces, _END]))

    def forget(self) -> None:
        """Paint everything the next time: something else has been on the screen."""
        self._size = (0, 0)

    def _painted_line(self, line: Line, width: int) -> str:
        text = "".join(self._painted_span(text, style) for text, style in line)
        # Behind a full line the cursor stands on its last column, which this would clear.
        return text + _TO_END_OF_LINE if width_of(line) < width else text

    def _painted_span(self, text: str, style: str) -> str:
        shown = "".join("?" if category(c) in _UNSAFE else c for c in text)
        if self.in_ascii:
            shown = shown.translate(_IN_ASCII)
        codes = ";".join(self._codes[word] for word in style.split() if word in self._codes)
        return f"\x1b[{codes}m{shown}{_RESET}" if codes and shown else shown
