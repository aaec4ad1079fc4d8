"""Soft tones: a few sine waves with a rounded beginning and end, told apart by their melody.

A hold begins with a rising pair and ends with the same pair falling. The others are those of the
page that plays a routine.
"""

from collections.abc import Iterator
from functools import cache
from typing import Final, TypeAlias

import numpy as np

from supple._timeline.kinds import SegmentKind
from supple.narration import Narration, ToneKind
from supple.narration._sounds import MELODIES

Samples: TypeAlias = np.ndarray[tuple[int], np.dtype[np.float32]]

RATE: Final = 24_000
_ATTACK_S: Final = 0.008
_RELEASE_S: Final = 0.06
_OVERTONES: Final = ((1, 1.0), (2, 0.18), (3, 0.06))

HOLD_ENDS: Final = "hold ends"


_HOLD: Final = MELODIES[ToneKind.HOLD]
_MELODIES: Final = {**MELODIES, HOLD_ENDS: _HOLD._replace(hertz=_HOLD.hertz[::-1])}


def tones(narration: Narration) -> Iterator[tuple[int, str]]:
    """Yield when a tone sounds, and which, in order, lazily.

    Where a hold ends, that is what sounds, and not that a step or a rest begins. Where one hold
    follows another, the second one begins.
    """
    timeline = narration.timeline
    for tone in narration.tones():
        kind: str = tone.kind
        is_moving = tone.kind in {ToneKind.STEP, ToneKind.REST}
        if is_moving and timeline.at(max(tone.at_ms - 1, 0)).segment.kind is SegmentKind.HOLD:
            kind = HOLD_ENDS
        yield tone.at_ms, kind


@cache
def tone(kind: str) -> Samples:
    """Return how a tone sounds."""
    hertz, seconds, loudness = _MELODIES[kind]
    length, gap = round(seconds * RATE), round(seconds * RATE / 2)
    whole = np.zeros(length + gap * (len(hertz) - 1))
    for i, pitch in enumerate(hertz):
        whole[i * gap : i * gap + length] += _note(pitch, length)
    return np.asarray(loudness * whole / np.abs(whole).max(), dtype=np.float32)


def _note(hertz: float, length: int) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    seconds = np.arange(length) / RATE
    wave = sum(part * np.sin(2 * np.pi * hertz * n * seconds) for n, part in _OVERTONES)
    rising = np.minimum(seconds / _ATTACK_S, 1)
    falling = np.minimum((length / RATE - seconds) / _RELEASE_S, 1)
    envelope = np.sin(np.pi / 2 * rising) ** 2 * np.sin(np.pi / 2 * falling) ** 2
    return np.asarray(wave * envelope)
