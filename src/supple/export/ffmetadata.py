r"""Chapters to put into a video or sound file with ffmpeg.

``ffmpeg -i film.mp4 -i routine.ffmeta -map_metadata 1 -map_chapters 1 -codec copy out.mp4``. The
form is that of https://ffmpeg.org/ffmpeg-formats.html#Metadata-2.
"""

import re
from typing import BinaryIO

from supple._timeline.timeline import Timeline
from supple.export._lost import not_in_chapters
from supple.export._pieces import chapters

SUFFIX = ".ffmeta"
MEDIA_TYPE = "text/plain"

lost = not_in_chapters

_SPECIAL = re.compile(r"([=;#\\])")


def write(timeline: Timeline, stream: BinaryIO) -> None:
    """Write a chapter for each exercise.

    Raises:
        ExportError: If it has too many exercises, each time counted.
    """
    lines = [";FFMETADATA1", f"title={_escaped(timeline.routine.name)}"]
    for each in chapters(timeline, "ffmetadata"):
        lines += ["[CHAPTER]", "TIMEBASE=1/1000", f"START={each.start_ms}", f"END={each.end_ms}"]
        lines.append(f"title={_escaped(each.title)}")
    stream.write("".join(f"{line}\n" for line in lines).encode())


def _escaped(text: str) -> str:
    return _SPECIAL.sub(r"\\\1", text)
