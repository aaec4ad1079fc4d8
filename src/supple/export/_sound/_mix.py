"""Speech and tones, mixed: each begins at its instant, and no text runs into the next one."""

import warnings
from collections.abc import Callable, Iterator
from functools import lru_cache
from heapq import merge
from io import BytesIO
from itertools import chain
from typing import Final, NamedTuple

import av
import numpy as np

from supple._errors import ExportError
from supple._timeline.timeline import Timeline
from supple._units import MS_PER_SECOND
from supple.export._sound import Speak
from supple.export._sound._tones import RATE, Samples, tone
from supple.narration import Narration, narrate

FASTEST: Final = 1.6
LOUDEST_SPEECH: Final = 0.6
AFTER_TONE_MS: Final = 450
"""How much later speech begins than its tone where there is time, so that each is heard alone."""

_BLOCK: Final = 30 * RATE
_SILENCE: Final = 0.004
_FADE: Final = RATE // 20
_TAIL: Final = RATE


class _Sound(NamedTuple):
    start: int
    samples: Samples


def mixed(
    timeline: Timeline, speak: Speak | None, progress: Callable[[float], None] | None
) -> Iterator[Samples]:
    """Yield the sound of a timeline in blocks, lazily; the last words ring out behind its end."""
    narration = narrate(timeline)
    sounds = (_Sound(_at(each.at_ms), tone(each.kind)) for each in narration.tones())
    if speak is not None:
        sounds = merge(sounds, _speech(narration, speak), key=lambda sound: sound.start)
    end = _at(timeline.duration_ms) + _TAIL
    ahead: list[_Sound] = []
    start = 0
    for sound in chain(sounds, [None]):
        while start < end and (sound is None or sound.start >= start + _BLOCK):
            yield _block(ahead, start, None if sound else end)
            ahead = [each for each in ahead if each.start + len(each.samples) > start + _BLOCK]
            start += _BLOCK
            if progress is not None:
                progress(min(start / end, 1))
        if sound is not None:
            ahead.append(sound)
            end = max(end, sound.start + len(sound.samples))


def _block(sounds: list[_Sound], start: int, end: int | None) -> Samples:
    block = np.zeros(_BLOCK if end is None else min(_BLOCK, end - start), dtype=np.float32)
    for at, samples in sounds:
        first, last = max(at, start), min(at + len(samples), start + len(block))
        block[first - start : last - start] += samples[first - at : last - at]
    return block


def _at(ms: int) -> int:
    return ms * RATE // MS_PER_SECOND


def _speech(narration: Narration, speak: Speak) -> Iterator[_Sound]:
    """Yield what is said, each text in the time that it may take; a longer one is cut off."""
    language = narration.timeline.routine.language

    @lru_cache(maxsize=256)
    def said(text: str, speed: float) -> Samples:
        return _decoded(speak(text, language, speed), text)

    for utterance in narration:
        room = _at(utterance.longest_ms)
        samples = said(utterance.text, 1)
        if len(samples) > room:
            speed = min(round(len(samples) / room * 1.05 + 0.05, 1), FASTEST)
            samples = said(utterance.text, speed)
        if len(samples) > room and speed < FASTEST:
            samples = said(utterance.text, FASTEST)
        if len(samples) > room:
            limit = f"cannot be said in {utterance.longest_ms} ms and is cut off"
            warnings.warn(f"{utterance.text!r} {limit}", stacklevel=2)
            samples = samples[:room].copy()
            samples[-_FADE:] *= np.linspace(1, 0, len(samples[-_FADE:]), dtype=np.float32)
        delay = min(_at(AFTER_TONE_MS), room - len(samples))
        yield _Sound(_at(utterance.at_ms) + delay, samples)


def _decoded(file: bytes, text: str) -> Samples:
    """Return a file of sound as samples, without the silence around it, at the usual loudness."""
    resampler = av.AudioResampler(format="flt", layout="mono", rate=RATE)
    try:
        with av.open(BytesIO(file), "r") as container:
            frames = [*container.decode(audio=0), None]
            parts = [
                part.to_ndarray()[0] for frame in frames for part in resampler.resample(frame)
            ]
        samples: Samples = np.concatenate(parts).astype(np.float32)
    except (av.FFmpegError, IndexError, ValueError) as error:
        requirement = "must be said as a file of sound that ffmpeg reads"
        raise ExportError(f"sound of {text!r}", requirement, bytes(file[:16])) from error
    loud = np.flatnonzero(np.abs(samples) > _SILENCE)
    if not len(loud):
        raise ExportError(f"sound of {text!r}", "must be heard", "silence")
    samples = samples[loud[0] : loud[-1] + 1]
    return samples * np.float32(LOUDEST_SPEECH / np.abs(samples).max())
