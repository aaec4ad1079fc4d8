"""A table of the events for data tools, to be mapped into memory (Apache Arrow).

One row an event and one column a fact, as :func:`supple.columns.to_arrow` has them, in batches.
It needs the extra ``arrow``.
"""

from typing import BinaryIO

from supple._timeline.timeline import Timeline
from supple.export._lost import not_in_events

SUFFIX = ".arrow"
MEDIA_TYPE = "application/vnd.apache.arrow.file"

GROWS = True
lost = not_in_events


def write(timeline: Timeline, stream: BinaryIO) -> None:
    """Write the events of a timeline, as they come.

    Raises:
        MissingExtraError: If the extra ``arrow`` is not installed.
        TimelineError: If the timeline lasts longer than 64 bits can count.
    """
    from supple.columns import to_arrow

    events = to_arrow(timeline)
    from pyarrow.ipc import new_file

    with new_file(stream, events.schema) as writer:
        for batch in events:
            writer.write_batch(batch)
