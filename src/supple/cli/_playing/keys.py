"""What a terminal sends, as keys."""

from __future__ import annotations

import re
from codecs import getincrementaldecoder
from enum import StrEnum

_LONGEST_SEQUENCE = 32
_SEQUENCE = re.compile(r"\x1b\[[0-?]*[ -/]*([@-~])|\x1bO([@-~])|\x1b([^\x1b\[O])")
_BEGINS_SEQUENCE = re.compile(r"\x1b(\[[0-?]*[ -/]*|O)?")


class Key(StrEnum):
    """A key that means something here; all the others are one."""

    SPACE = "space"
    ENTER = "enter"
    ESCAPE = "escape"
    LEFT = "left"
    RIGHT = "right"
    NEXT = "n"
    PREVIOUS = "p"
    READY = "r"
    QUIT = "q"
    HELP = "?"
    OTHER = "other"


_CHARACTERS = {
    " ": Key.SPACE,
    "\r": Key.ENTER,
    "\n": Key.ENTER,
    **{key.value: key for key in Key if len(key.value) == 1},
}
_FINALS = {"C": Key.RIGHT, "D": Key.LEFT}


class KeyReader:
    r"""Turns bytes into keys, however the bytes are cut into pieces.

    No bytes make it fail. An arrow key sends several bytes that begin with that of the escape
    key, so at the end of a piece it cannot tell them apart: it then keeps the beginning, and
    :meth:`flush` says that nothing more came.

    >>> keys = KeyReader()
    >>> [key.value for key in keys.feed(b" n\x1b[")]
    ['space', 'n']
    >>> [key.value for key in keys.feed(b"D")]
    ['left']
    """

    def __init__(self) -> None:
        self._decoder = getincrementaldecoder("utf-8")(errors="replace")
        self._kept = ""

    @property
    def is_waiting(self) -> bool:
        """Whether a beginning is kept, of which more may come."""
        return bool(self._kept)

    def feed(self, data: bytes) -> list[Key]:
        """Return the keys that further bytes complete, in order."""
        text = self._kept + self._decoder.decode(data)
        self._kept = ""
        keys = []
        i = 0
        while i < len(text):
            if text[i] != "\x1b":
                keys.append(_CHARACTERS.get(text[i].lower(), Key.OTHER))
                i += 1
            elif sequence := _SEQUENCE.match(text, i):
                keys.append(_FINALS.get(sequence[1] or sequence[2], Key.OTHER))
                i = sequence.end()
            elif (begun := _BEGINS_SEQUENCE.fullmatch(text, i)) and len(begun[0]) < (
                _LONGEST_SEQUENCE
            ):
                self._kept = begun[0]
                break
            else:
                keys.append(Key.ESCAPE)
                i += 1
        return keys

    def flush(self) -> list[Key]:
        """Return the keys of a beginning of which no more came."""
        kept, self._kept = self._kept, ""
        return [Key.ESCAPE, *([Key.OTHER] * (len(kept) - 1))] if kept else []
