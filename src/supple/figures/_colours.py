"""The colours of a figure: on light and dark paper, and in print."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeAlias

from supple.figures._shapes import Role

Colours: TypeAlias = Mapping[Role, str]

LIGHT: Colours = {
    Role.PAPER: "#ffffff",
    Role.MAT: "#dfe8e3",
    Role.PILLOW: "#c9d8d0",
    Role.WOOD: "#d8c6ae",
    Role.BODY: "#2f8296",
    Role.LEGS: "#17394a",
    Role.BODY_FAR: "#7fb3c0",
    Role.LEGS_FAR: "#7d97a4",
    Role.HAIR: "#17394a",
    Role.EYE: "#17394a",
    Role.GHOST: "#c3d3d9",
    Role.ARROW: "#d9541e",
}
DARK: Colours = {
    Role.PAPER: "#10191e",
    Role.MAT: "#24342f",
    Role.PILLOW: "#32473f",
    Role.WOOD: "#5b4c39",
    Role.BODY: "#6bb5c9",
    Role.LEGS: "#dcebf1",
    Role.BODY_FAR: "#3b6877",
    Role.LEGS_FAR: "#6b838f",
    Role.HAIR: "#37606f",
    Role.EYE: "#10191e",
    Role.GHOST: "#384a54",
    Role.ARROW: "#ff9a5c",
}
PRINT: Colours = {
    Role.PAPER: "#ffffff",
    Role.MAT: "#e6e6e6",
    Role.PILLOW: "#d2d2d2",
    Role.WOOD: "#cfcfcf",
    Role.BODY: "#6a6a6a",
    Role.LEGS: "#111111",
    Role.BODY_FAR: "#a8a8a8",
    Role.LEGS_FAR: "#8c8c8c",
    Role.HAIR: "#111111",
    Role.EYE: "#111111",
    Role.GHOST: "#cccccc",
    Role.ARROW: "#111111",
}


def stylesheet() -> str:
    """Return the rules that change the colours of pictures on dark paper.

    The light colours stand in the elements themselves: programs that know no style sheets, such
    as CairoSVG, resvg or a word processor, show those. The asterisks keep them from readers that
    know classes and no media queries, such as nanosvg.
    """
    rules = "".join(
        f"*.sf-{role}{{fill:{colour}}}*.ss-{role}{{stroke:{colour}}}"
        for role, colour in DARK.items()
    )
    return f"@media(prefers-color-scheme:dark){{{rules}}}"
