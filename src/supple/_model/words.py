"""The closed sets of words, as they stand in files and in event streams.

Where a word is accepted for its member, a literal beside the enum lets type checkers know it.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Literal, TypeAlias


class ExerciseKind(StrEnum):
    """What sort of movement an exercise is."""

    STRETCH = "stretch"
    DYNAMIC_STRETCH = "dynamic-stretch"
    MOBILITY = "mobility"
    STRENGTHENING = "strengthening"
    BALANCE = "balance"
    BREATHING = "breathing"


ExerciseKindWord: TypeAlias = (
    ExerciseKind
    | Literal["stretch", "dynamic-stretch", "mobility", "strengthening", "balance", "breathing"]
)


class Position(StrEnum):
    """How the body rests on its support; moving from one to another takes time."""

    LYING_ON_BACK = "lying-on-back"
    LYING_ON_FRONT = "lying-on-front"
    LYING_ON_SIDE = "lying-on-side"
    ALL_FOURS = "all-fours"
    KNEELING = "kneeling"
    SITTING = "sitting"
    STANDING = "standing"


PositionWord: TypeAlias = (
    Position
    | Literal[
        "lying-on-back",
        "lying-on-front",
        "lying-on-side",
        "all-fours",
        "kneeling",
        "sitting",
        "standing",
    ]
)


class Sides(StrEnum):
    """Whether an exercise is done on one side at a time, and in which order."""

    NONE = "none"
    ALTERNATE = "alternate"
    """Left and right in turn; one repetition is left and right."""
    EACH = "each"
    """All repetitions on the left, then all on the right."""


SidesWord: TypeAlias = Sides | Literal["none", "alternate", "each"]


class Side(StrEnum):
    """The side of the body that is worked."""

    LEFT = "left"
    RIGHT = "right"


SideWord: TypeAlias = Side | Literal["left", "right"]


class DosePart(StrEnum):
    """One of the amounts that make up a dose."""

    REPS = "reps"
    SETS = "sets"
    HOLD = "hold"
    REST = "rest"


DosePartWord: TypeAlias = DosePart | Literal["reps", "sets", "hold", "rest"]


class AdviceTier(StrEnum):
    """How pressing a piece of advice is, from the mildest to the gravest."""

    GENERAL = "general"
    STOP = "stop"
    ROUTINE_CARE = "routine-care"
    URGENT = "urgent"
    EMERGENCY = "emergency"


AdviceTierWord: TypeAlias = (
    AdviceTier | Literal["general", "stop", "routine-care", "urgent", "emergency"]
)
