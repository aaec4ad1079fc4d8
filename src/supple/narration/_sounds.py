"""What is heard: something that a voice says, and a tone."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final, NamedTuple

from attrs import field, frozen


class UtteranceKind(StrEnum):
    """What an utterance is for."""

    NEXT = "next"
    """What comes: the exercise, the set, the round, and the side to begin with."""

    SIDE = "side"
    """The other side."""

    INSTRUCTION = "instruction"
    """What to do or to keep."""

    COUNT = "count"
    """Which repetition begins; the seconds that are left, where they are wanted aloud."""

    CUE = "cue"
    """Something in the midst of a step or a hold, such as "breathe out"."""

    END = "end"
    """The routine is over."""


@frozen
class Utterance:
    """Something that a voice says.

    Attributes:
        at_ms: When to begin, in milliseconds from the start of the routine.
        longest_ms: The longest time that it may take: until something else is said, or happens.
        kind: What it is for.
        text: The words.
    """

    at_ms: int
    longest_ms: int = field(kw_only=True)
    kind: UtteranceKind = field(kw_only=True)
    text: str = field(kw_only=True)


class ToneKind(StrEnum):
    """What a tone tells."""

    COUNTDOWN = "countdown"
    """A second of the countdown to the end of a hold or a rest."""

    STEP = "step"
    """A step begins, but not behind a hold: move."""

    HOLD = "hold"
    """A hold begins: keep still."""

    HOLD_ENDS = "hold-ends"
    """A hold is over, and a step or a rest begins."""

    REST = "rest"
    """A rest begins, but not behind a hold."""

    END = "end"
    """The routine is over."""


class Melody(NamedTuple):
    """How a tone sounds: its notes, each of which begins when half of the one before is over."""

    hertz: tuple[float, ...]
    seconds: float
    """How long a note is."""

    loudness: float


ATTACK_S: Final = 0.008
RELEASE_S: Final = 0.06

MELODIES: Final[Mapping[ToneKind, Melody]] = {
    ToneKind.COUNTDOWN: Melody((660,), 0.09, 0.22),
    ToneKind.STEP: Melody((440,), 0.16, 0.2),
    ToneKind.HOLD: Melody((523.25, 784), 0.3, 0.25),
    ToneKind.HOLD_ENDS: Melody((784, 523.25), 0.3, 0.25),
    ToneKind.REST: Melody((392,), 0.3, 0.2),
    ToneKind.END: Melody((523.25, 659.25, 784), 0.5, 0.25),
}
"""A hold begins with a rising pair and ends with the same pair falling."""


@frozen
class Tone:
    """A short sound.

    Attributes:
        at_ms: When, in milliseconds from the start of the routine.
        kind: What it tells.
    """

    at_ms: int
    kind: ToneKind
