"""The colours of the page and of the picture of a routine: what means one thing has one colour."""

from collections.abc import Callable, Mapping
from typing import Final

COLOURS: Final[Mapping[str, tuple[str, str]]] = {
    "paper": ("#fbfaf7", "#11191d"),
    "card": ("#fff", "#182227"),
    "ink": ("#1b2a32", "#e9eff1"),
    "soft": ("#52636c", "#a5b4bb"),
    "line": ("#dfe4e3", "#2c3a41"),
    "accent": ("#17637e", "#8fd0e6"),
    "on-accent": ("#fff", "#0c2029"),
    "tint": ("#e6f0f2", "#1d2f37"),
    "hold": ("#17637e", "#8fd0e6"),
    "step": ("#3f7f4f", "#9ad3a6"),
    "rest": ("#7a6a3a", "#d8c58a"),
    "stop": ("#a33b12", "#ffb08e"),
    "stop-tint": ("#fbeee7", "#33211a"),
}
"""Each on light and on dark paper."""


def on_both_papers(style: Callable[[Mapping[str, str]], str]) -> str:
    """Return a style in the colours for light paper, and in those for dark where it is that."""
    light, dark = ({name: both[i] for name, both in COLOURS.items()} for i in range(2))
    return f"{style(light)}\n@media(prefers-color-scheme:dark){{{style(dark)}}}\n"
