"""Text that names the side: written once, said on the left and on the right.

``{side}`` stands for the side in the plain form that a language has for it: "to the {side}" is
"to the left" and "to the right". Where the sentence needs another form, both are written out:
"das {linke|rechte} Knie" is "das linke Knie" and "das rechte Knie".
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from supple._model.words import Side

SIDED = re.compile(r"\{side\}|\{(?P<left>[^{}|]+)\|(?P<right>[^{}|]+)\}")


def is_sided(text: str) -> bool:
    """Tell whether a text names the side."""
    return SIDED.search(text) is not None


def has_stray_braces(text: str) -> bool:
    """Tell whether a text has braces that do not name the side."""
    return ("{" in text or "}" in text) and not set(SIDED.sub("", text)).isdisjoint("{}")


def on_side(text: str, side: Side | None, words: Mapping[Side, str]) -> str:
    """Return what a text says on one side; ``words`` are what ``{side}`` stands for."""
    if side is None or "{" not in text:
        return text
    if "|" not in text:
        return text.replace("{side}", words[side])
    return SIDED.sub(lambda found: found[side.value] or words[side], text)
