"""Sound with chapters for phones and players of audiobooks (AAC).

It speaks what to do, sounds tones for the countdown and for where steps and holds begin and end,
and has a chapter for each exercise. It needs the extra ``audio``.
"""

from __future__ import annotations

from supple.export._sound import Chapters, Sound

SUFFIX = ".m4b"
MEDIA_TYPE = "audio/mp4"

_SOUND = Sound("m4b", "ipod", "aac", 48_000, Chapters.CONTAINER)

write = _SOUND.write
lost = _SOUND.lost
