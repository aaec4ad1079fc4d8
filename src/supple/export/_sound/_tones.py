"""Soft tones: a few sine waves with a rounded beginning and end, told apart by their melody."""

from functools import cache
from typing import Final, TypeAlias

import numpy as np

from supple.narration import ToneKind
from supple.narration._sounds import ATTACK_S, MELODIES, RELEASE_S

Samples: TypeAlias = np.ndarray[tuple[int], np.dtype[np.float32]]

RATE: Final = 24_000
_OVERTONES: Final = ((1, 1.0), (2, 0.18), (3, 0.06))


@cache
def tone(kind: ToneKind) -> Samples:
    """Return how a tone sounds."""
    hertz, seconds, loudness = MELODIES[kind]
    length, gap = round(seconds * RATE), round(seconds * RATE / 2)
    whole = np.zeros(length + gap * (len(hertz) - 1))
    for i, pitch in enumerate(hertz):
        whole[i * gap : i * gap + length] += _note(pitch, length)
    return np.asarray(loudness * whole / np.abs(whole).max(), dtype=np.float32)


def _note(hertz: float, length: int) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    seconds = np.arange(length) / RATE
    wave = sum(part * np.sin(2 * np.pi * hertz * n * seconds) for n, part in _OVERTONES)
    rising = np.minimum(seconds / ATTACK_S, 1)
    falling = np.minimum((length / RATE - seconds) / RELEASE_S, 1)
    envelope = np.sin(np.pi / 2 * rising) ** 2 * np.sin(np.pi / 2 * falling) ** 2
    return np.asarray(wave * envelope)
