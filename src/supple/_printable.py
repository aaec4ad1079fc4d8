r"""Text that is safe to print among other text, whoever wrote it.

A terminal obeys escape sequences, a line break forges a line of a report, an override of the
direction shows a name backwards, and tag characters and noncharacters cannot be seen at all.
All that comes from outside goes through here before it leaves in a message.

>>> printable("caf\u00e9\n\x1b[2Jbridge\u202etxt.toml")
'café\\n\\x1b[2Jbridge\\u202etxt.toml'
"""

from __future__ import annotations

import re

_NONCHARACTERS = "".join(f"{chr(p << 16 | 0xFFFE)}{chr(p << 16 | 0xFFFF)}" for p in range(1, 0x11))

# The set is written out, so that it is the same whatever version of Unicode a Python knows. What
# scripts need stays: joiners (U+200C, U+200D, U+2060), the space without width between the words
# of Thai, soft hyphens, the variation selectors of emoji, and the spaces that French has before a
# colon. Of all emoji only the flags of England, Scotland and Wales go: their tags could hide any
# words, and so could the variation selectors that Japanese names of persons and places have.
GARBLING = (
    r"\u0000-\u001f\u007f-\u009f"  # control characters: escape sequences begin with one
    r"\u2028\u2029"  # separators of lines and paragraphs
    r"\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"  # marks and overrides of direction
    r"\u2061-\u2065\u206a-\u206f\ufeff"  # signs of formulas, deprecated controls, byte order mark
    r"\ufff0-\ufffc"  # annotations, and the place of an object
    "\U0001bca0-\U0001bca3\U0001d173-\U0001d17a"  # controls of shorthand and of music
    rf"\ufdd0-\ufdef\ufffe\uffff{_NONCHARACTERS}"
    "\U000e0000-\U000e0fff"  # tag characters, a hidden copy of ASCII, and variation selectors
)
"""What garbles or hides, within the brackets of a pattern; ECMA-262 reads it with the flag ``u``.

Surrogates garble, too, since no encoding takes them; so no document has any.
"""

_ESCAPED = rf"[{GARBLING}\ud800-\udfff]"


def printable(text: str) -> str:
    """Return text on one line as it is, with escapes in place of what would garble a screen."""
    return re.sub(_ESCAPED, _escaped, text)


def _escaped(found: re.Match[str]) -> str:
    return found[0].encode("unicode_escape").decode("ascii")
