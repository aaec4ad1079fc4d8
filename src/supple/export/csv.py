"""A table of the events for spreadsheets and data tools.

One row an event and one column a fact, both as :meth:`supple.Timeline.rows` has them: what does
not apply is empty, and what is true is ``true``. A text that a spreadsheet would take for a
formula has an apostrophe before it, which makes it text.
"""

import csv
import re
from io import TextIOWrapper
from typing import BinaryIO

from supple._timeline.events import FACTS
from supple._timeline.facts import Plain
from supple._timeline.timeline import Timeline
from supple.export._lost import not_in_events

SUFFIX = ".csv"
MEDIA_TYPE = "text/csv"

GROWS = True
lost = not_in_events

# Those of https://owasp.org/www-community/attacks/CSV_Injection, behind spaces, too, and as wide
# as the letters of Japanese.
_FORMULA = re.compile(r"[\s'\"]*[=+\-@\uff1d\uff0b\uff0d\uff20]")


def write(timeline: Timeline, stream: BinaryIO) -> None:
    """Write the events of a timeline, as they come."""
    text = TextIOWrapper(stream, encoding="utf-8", newline="")
    try:
        table = csv.writer(text)
        table.writerow(FACTS)
        table.writerows([_cell(value) for value in row] for row in timeline.rows())
    finally:
        text.detach()


def _cell(value: Plain | None) -> int | str | None:
    if isinstance(value, bool):
        return "true" if value else None
    if isinstance(value, str) and _FORMULA.match(value):
        return f"'{value}"
    return value
