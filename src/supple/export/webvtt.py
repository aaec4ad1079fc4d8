"""Captions of a video for browsers and players (WebVTT).

One for each step, hold and rest, in the form of https://www.w3.org/TR/webvtt1/.
"""

from html import escape
from typing import BinaryIO

from supple._timeline.timeline import Timeline
from supple._units import ms_to_timestamp
from supple.export._lost import not_in_captions
from supple.export._pieces import captions

SUFFIX = ".vtt"
MEDIA_TYPE = "text/vtt"

GROWS = True
lost = not_in_captions


def write(timeline: Timeline, stream: BinaryIO) -> None:
    """Write the captions of a timeline, as they come."""
    stream.write(b"WEBVTT\n")
    for number, (start_ms, end_ms, lines) in enumerate(captions(timeline), start=1):
        text = escape("\n".join(lines), quote=False)
        times = f"{ms_to_timestamp(start_ms, '.')} --> {ms_to_timestamp(end_ms, '.')}"
        stream.write(f"\n{number}\n{times}\n{text}\n".encode())
