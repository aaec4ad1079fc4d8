"""Subtitles for any video player (SubRip).

The format is nowhere laid down and has no way to escape anything. Where a text could be taken
for a tag, a time or a number of a subtitle, a word joiner (U+2060), which nobody sees, keeps the
characters apart.
"""

import re
from typing import BinaryIO, Final

from supple._errors import ExportError
from supple._timeline.timeline import Timeline
from supple._units import MS_PER_HOUR, ms_to_timestamp
from supple.export._lost import not_in_captions
from supple.export._pieces import captions

SUFFIX = ".srt"
MEDIA_TYPE = "application/x-subrip"

GROWS = True
lost = not_in_captions

LONGEST_MS: Final = 100 * MS_PER_HOUR  # from here on hours need a third digit, which none read
_JOINER = "\u2060"
_MISREAD = re.compile(r"[<{\\&]|:(?=\d)|-(?=>)|^(?=\s*\d+\s*$)", re.MULTILINE)


def write(timeline: Timeline, stream: BinaryIO) -> None:
    """Write the subtitles of a timeline, as they come.

    Raises:
        ExportError: If it lasts for too long.
    """
    if timeline.duration_ms >= LONGEST_MS:
        requirement = f"must last less than {LONGEST_MS // MS_PER_HOUR} hours ({LONGEST_MS:,} ms)"
        raise ExportError("srt", requirement, timeline.duration_ms)
    for number, (start_ms, end_ms, lines) in enumerate(captions(timeline), start=1):
        text = _MISREAD.sub(lambda found: f"{found[0]}{_JOINER}", "\n".join(lines))
        times = f"{ms_to_timestamp(start_ms, ',')} --> {ms_to_timestamp(end_ms, ',')}"
        gap = "\n" if number > 1 else ""
        stream.write(f"{gap}{number}\n{times}\n{text}\n".encode())
