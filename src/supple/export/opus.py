"""Sound with chapters in a small file (Opus).

It speaks what to do, sounds tones for the countdown and for where steps and holds begin and end,
and has a chapter for each exercise. It needs the extra ``audio``.
"""

from __future__ import annotations

from supple.export._sound import Chapters, Sound

SUFFIX = ".opus"
MEDIA_TYPE = "audio/ogg"

_SOUND = Sound("opus", "opus", "libopus", 32_000, Chapters.TAGS)

write = _SOUND.write
lost = _SOUND.lost
