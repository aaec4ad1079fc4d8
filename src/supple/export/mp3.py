"""Sound with chapters for any player (MP3).

It needs the extra ``audio``.
"""

from supple.export._sound import Chapters, Sound

SUFFIX = ".mp3"
MEDIA_TYPE = "audio/mpeg"

# In tags of version 2.4 ffmpeg mistakes how large a chapter is, from 128 bytes on.
_ID3 = {"id3v2_version": "3"}
_SOUND = Sound("mp3", "mp3", "libmp3lame", 48_000, Chapters.CONTAINER, _ID3)

write = _SOUND.write
lost = _SOUND.lost
