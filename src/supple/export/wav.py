"""Sound without compression, to work on in a studio (WAV).

It needs the extra ``audio``.
"""

from supple.export._sound import Chapters, Sound

SUFFIX = ".wav"
MEDIA_TYPE = "audio/wav"

_SOUND = Sound("wav", "wav", "pcm_s16le", None, Chapters.NOWHERE)

write = _SOUND.write
lost = _SOUND.lost
