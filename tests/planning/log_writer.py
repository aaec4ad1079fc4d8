"""Write entries into a log and acknowledge each on the standard output, until killed."""

import sys
from datetime import UTC, datetime, timedelta

from supple.planning import Entry, Log

path, first = sys.argv[1], int(sys.argv[2])
log = Log(path)
for number in range(first, first + 100_000):
    at = datetime(2027, 1, 1, tzinfo=UTC) + timedelta(seconds=number)
    log.add(Entry(at, routine="lower-back", seconds=number))
    sys.stdout.write(f"{number}\n")
    sys.stdout.flush()
