"""A table of the events for data warehouses, compressed (Apache Parquet).

It is that of :mod:`supple.export.arrow`, in groups of rows. It needs the extra ``arrow``.
"""

from typing import BinaryIO

from supple._timeline.timeline import Timeline
from supple.export._lost import not_in_events

SUFFIX = ".parquet"
MEDIA_TYPE = "application/vnd.apache.parquet"

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
    from pyarrow.parquet import ParquetWriter

    with ParquetWriter(stream, events.schema) as writer:
        for batch in events:
            writer.write_batch(batch)
