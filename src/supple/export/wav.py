"""Sound without compression, to work on in a studio (WAV).

It speaks what to do, sounds tones for the countdown and for where steps and holds begin and end,
but has no chapters. It needs the extra ``audio``.
"""

from __future__ import annotations

from supple.export._sound import Chapters, Sound

SUFFIX = ".wav"
MEDIA_TYPE = "audio/wav"

_SOUND = Sound("wav", "wav", "pcm_s16le", None, Chapters.NOWHERE)

write = _SOUND.write
lost = _SOUND.lost
