"""Sound with chapters in a small file (Opus).

It needs the extra ``audio``.
"""

from supple.export._sound import Chapters, Sound

SUFFIX = ".opus"
MEDIA_TYPE = "audio/ogg"

_SOUND = Sound("opus", "opus", "libopus", 32_000, Chapters.TAGS)

write = _SOUND.write
lost = _SOUND.lost
