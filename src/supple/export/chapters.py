"""Chapters beside a sound file, as podcasts have them.

The form is that of https://github.com/Podcastindex-org/podcast-namespace, version 1.2.0.
"""

import json
from typing import BinaryIO

from supple._timeline.timeline import Timeline
from supple._units import ms_to_seconds
from supple.export._lost import not_in_chapters
from supple.export._pieces import chapters

SUFFIX = ".chapters.json"
MEDIA_TYPE = "application/json+chapters"

lost = not_in_chapters


def write(timeline: Timeline, stream: BinaryIO) -> None:
    """Write a chapter for each exercise.

    Raises:
        ExportError: If it has too many exercises, each time counted.
    """
    content = {
        "version": "1.2.0",
        "title": timeline.routine.name,
        "chapters": [
            {
                "startTime": ms_to_seconds(each.start_ms),
                "endTime": ms_to_seconds(each.end_ms),
                "title": each.title,
            }
            for each in chapters(timeline, "chapters")
        ],
    }
    stream.write(json.dumps(content, ensure_ascii=False, indent=1).encode() + b"\n")
