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
    NERVE_GLIDE = "nerve-glide"
    RELAXATION = "relaxation"

    @property
    def phase(self) -> Phase:
        """The part of a session in which such a movement has its place, unless told otherwise."""
        return _PHASES[self]


ExerciseKindWord: TypeAlias = (
    ExerciseKind
    | Literal[
        "stretch",
        "dynamic-stretch",
        "mobility",
        "strengthening",
        "balance",
        "breathing",
        "nerve-glide",
        "relaxation",
    ]
)


class Phase(StrEnum):
    """A part of a session, in the order in which they come."""

    MOBILITY = "mobility"
    STRETCH = "stretch"
    STRENGTHENING = "strengthening"
    CALMING = "calming"


PhaseWord: TypeAlias = Phase | Literal["mobility", "stretch", "strengthening", "calming"]

_PHASES = {
    ExerciseKind.STRETCH: Phase.STRETCH,
    ExerciseKind.DYNAMIC_STRETCH: Phase.MOBILITY,
    ExerciseKind.MOBILITY: Phase.MOBILITY,
    ExerciseKind.STRENGTHENING: Phase.STRENGTHENING,
    ExerciseKind.BALANCE: Phase.STRENGTHENING,
    ExerciseKind.BREATHING: Phase.CALMING,
    ExerciseKind.NERVE_GLIDE: Phase.MOBILITY,
    ExerciseKind.RELAXATION: Phase.CALMING,
}


class Position(StrEnum):
    """How the body rests on its support; moving from one to another takes time."""

    LYING_ON_BACK = "lying-on-back"
    LYING_ON_FRONT = "lying-on-front"
    LYING_ON_SIDE = "lying-on-side"
    ALL_FOURS = "all-fours"
    KNEELING = "kneeling"
    HALF_KNEELING = "half-kneeling"
    SITTING = "sitting"
    SQUATTING = "squatting"
    STANDING = "standing"
    LEANING_ON_WALL = "leaning-on-wall"
    HANGING = "hanging"

    @property
    def is_on_knees(self) -> bool:
        """Whether a knee bears the weight of the body."""
        return self in {Position.ALL_FOURS, Position.KNEELING, Position.HALF_KNEELING}


PositionWord: TypeAlias = (
    Position
    | Literal[
        "lying-on-back",
        "lying-on-front",
        "lying-on-side",
        "all-fours",
        "kneeling",
        "half-kneeling",
        "sitting",
        "squatting",
        "standing",
        "leaning-on-wall",
        "hanging",
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

    @property
    def other(self) -> Side:
        """The side that is not this one."""
        return Side.RIGHT if self is Side.LEFT else Side.LEFT


SideWord: TypeAlias = Side | Literal["left", "right"]


class BodyArea(StrEnum):
    """An area of the body that an exercise works; every language has a name for it."""

    NECK = "neck"
    SHOULDERS = "shoulders"
    ARMS = "arms"
    WRISTS = "wrists"
    CHEST = "chest"
    UPPER_BACK = "upper-back"
    LOWER_BACK = "lower-back"
    CORE = "core"
    HIPS = "hips"
    BUTTOCKS = "buttocks"
    THIGHS = "thighs"
    HAMSTRINGS = "hamstrings"
    KNEES = "knees"
    CALVES = "calves"
    ANKLES = "ankles"
    FEET = "feet"


class Equipment(StrEnum):
    """A thing that many exercises need; every language has a name for it."""

    MAT = "mat"
    BED = "bed"
    CHAIR = "chair"
    DESK = "desk"
    WALL = "wall"
    STEP = "step"
    CUSHION = "cushion"
    TOWEL = "towel"
    STRAP = "strap"
    BAND = "band"
    BALL = "ball"
    ROLLER = "roller"
    DUMBBELL = "dumbbell"
    BAR = "bar"


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

    @property
    def is_warning(self) -> bool:
        """Whether nobody may begin without it: when to stop, and when to get help at once."""
        return self in {AdviceTier.STOP, AdviceTier.EMERGENCY}


AdviceTierWord: TypeAlias = (
    AdviceTier | Literal["general", "stop", "routine-care", "urgent", "emergency"]
)
