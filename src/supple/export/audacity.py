"""Labels below a sound track in Audacity, to cut or to record along.

One for each step, hold and rest; *File, Import, Labels* reads them. The form is that of
https://manual.audacityteam.org/man/importing_and_exporting_labels.html.
"""

from typing import BinaryIO

from supple._timeline.timeline import Timeline
from supple._units import ms_to_seconds
from supple.export._lost import not_in_captions
from supple.export._pieces import captions

SUFFIX = ".labels.txt"
MEDIA_TYPE = "text/plain"

GROWS = True
lost = not_in_captions


def write(timeline: Timeline, stream: BinaryIO) -> None:
    """Write the labels of a timeline, as they come."""
    for start_ms, end_ms, lines in captions(timeline):
        text = " – ".join(lines)  # a text has no tab in it
        stream.write(
            f"{ms_to_seconds(start_ms):.3f}\t{ms_to_seconds(end_ms):.3f}\t{text}\n".encode()
        )
