"""The closed sets of words, as they stand in files and in event streams."""

from __future__ import annotations

from enum import StrEnum


class ExerciseKind(StrEnum):
    """What sort of movement an exercise is."""

    STRETCH = "stretch"
    DYNAMIC_STRETCH = "dynamic-stretch"
    MOBILITY = "mobility"
    STRENGTHENING = "strengthening"
    BALANCE = "balance"
    BREATHING = "breathing"


class Position(StrEnum):
    """How the body rests on its support; moving from one to another takes time."""

    LYING_ON_BACK = "lying-on-back"
    LYING_ON_FRONT = "lying-on-front"
    LYING_ON_SIDE = "lying-on-side"
    ALL_FOURS = "all-fours"
    KNEELING = "kneeling"
    SITTING = "sitting"
    STANDING = "standing"


class Sides(StrEnum):
    """Whether an exercise is done on one side at a time, and in which order."""

    NONE = "none"
    ALTERNATE = "alternate"
    """Left and right in turn; one repetition is left and right."""
    EACH = "each"
    """All repetitions on the left, then all on the right."""


class Side(StrEnum):
    """The side of the body that is worked."""

    LEFT = "left"
    RIGHT = "right"


class DosePart(StrEnum):
    """One of the amounts that make up a dose."""

    REPS = "reps"
    SETS = "sets"
    HOLD = "hold"
    REST = "rest"


class AdviceTier(StrEnum):
    """How pressing a piece of advice is, from the mildest to the gravest."""

    GENERAL = "general"
    STOP = "stop"
    ROUTINE_CARE = "routine-care"
    URGENT = "urgent"
    EMERGENCY = "emergency"
