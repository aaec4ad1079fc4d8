"""What a picture is made of: shapes in the colours of their roles."""

from collections.abc import Mapping
from enum import StrEnum
from typing import TypeAlias

from attrs import field, frozen

from supple.figures._body import Outline


class Role(StrEnum):
    """What a shape stands for, by which its colour is chosen."""

    PAPER = "paper"
    MAT = "mat"
    PILLOW = "pillow"
    WOOD = "wood"
    BODY = "body"
    LEGS = "legs"
    BODY_FAR = "body-far"
    LEGS_FAR = "legs-far"
    HAIR = "hair"
    EYE = "eye"
    GHOST = "ghost"
    ARROW = "arrow"


@frozen
class Shape:
    """One shape in one colour."""

    name: str  # the same for the same thing in every picture
    role: Role
    outline: Outline
    edge: float = field(default=0.0, kw_only=True)  # how wide a line runs along the outline
    is_open: bool = field(default=False, kw_only=True)  # whether it is that line alone


Colours: TypeAlias = Mapping[Role, str]
"""A colour for each role, as ``#rrggbb``."""

_COLOURS = {  # on light paper, on dark paper, in print
    Role.PAPER: ("#ffffff", "#10191e", "#ffffff"),
    Role.MAT: ("#dfe8e3", "#24342f", "#e6e6e6"),
    Role.PILLOW: ("#c9d8d0", "#32473f", "#d2d2d2"),
    Role.WOOD: ("#d8c6ae", "#5b4c39", "#cfcfcf"),
    Role.BODY: ("#2f8296", "#6bb5c9", "#6a6a6a"),
    Role.LEGS: ("#17394a", "#dcebf1", "#111111"),
    Role.BODY_FAR: ("#7fb3c0", "#3b6877", "#a8a8a8"),
    Role.LEGS_FAR: ("#7d97a4", "#6b838f", "#8c8c8c"),
    Role.HAIR: ("#17394a", "#37606f", "#111111"),
    Role.EYE: ("#17394a", "#10191e", "#111111"),
    Role.GHOST: ("#c3d3d9", "#384a54", "#cccccc"),
    Role.ARROW: ("#d9541e", "#ff9a5c", "#111111"),
}
LIGHT: Colours = {role: light for role, (light, _, _) in _COLOURS.items()}
"""The colours on light paper."""
DARK: Colours = {role: dark for role, (_, dark, _) in _COLOURS.items()}
"""The colours on dark paper."""
PRINT: Colours = {role: grey for role, (_, _, grey) in _COLOURS.items()}
"""The greys of print."""


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
