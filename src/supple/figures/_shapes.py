"""What a picture is made of: shapes in the colours of their roles."""

from __future__ import annotations

from enum import StrEnum

from attrs import field, frozen

from supple.figures._parts import Outline


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
    """One shape in one colour.

    Args:
        name: What it is; the same for the same thing in every picture.
        role: What its colour is chosen by.
        outline: Its outline.
        edge: How wide a line of its own colour runs along the outline.
        is_open: Whether it is that line alone, and the outline not closed.
    """

    name: str
    role: Role
    outline: Outline
    edge: float = field(default=0.0, kw_only=True)
    is_open: bool = field(default=False, kw_only=True)
