"""``supple stats``: what was done, as a calendar and in numbers."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from supple.cli._command import JSON, TAG, ends_in, option, required

if TYPE_CHECKING:
    from argparse import Namespace

ABOUT = (
    "Show a calendar of what was done, a column a week, and the totals. It reads the log that "
    "supple play --log writes on this machine, and nothing leaves it."
)
ARGUMENTS = (
    option("--log", "the log; the usual one where it is left out", metavar="FILE"),
    option("--routine", "count this routine only: its id"),
    option(
        "--weeks",
        "how many weeks to show",
        metavar="COUNT",
        read=required(lambda must: must.Whole(1, 520)),
        usual=26,
    ),
    option(
        "--language",
        "the language to have it in, such as de; en where it is left out or not spoken",
        metavar="TAG",
        read=TAG,
        default="en",
    ),
    option(
        "--svg",
        "write the calendar into this file, as a picture",
        metavar="FILE",
        read=ends_in(".svg"),
    ),
    JSON,
)


def run(arguments: Namespace) -> int:
    """Show what the log says, and return the exit status."""
    from supple import UnknownNameError
    from supple._phrases import phrases_for
    from supple.cli._heat_map import HeatMap, totals
    from supple.cli._routine_files import entries_in

    entries, routine = entries_in(arguments.log), arguments.routine
    if routine is not None:
        known = sorted({each.routine for each in entries})
        if routine not in known:
            raise UnknownNameError("routine of the log", routine, known)
        entries = [each for each in entries if each.routine == routine]
    if arguments.json:
        import json

        print(json.dumps(totals(entries)))
        return 0
    today = datetime.now().astimezone().date()
    monday = today - timedelta(days=today.weekday(), weeks=arguments.weeks - 1)
    heat = HeatMap.of(entries, since=monday, until=today, phrases=phrases_for(arguments.language))
    if arguments.svg is not None:
        from supple._files import replace_file

        replace_file(arguments.svg, heat.svg().encode())
    heat.write(totals(entries))
    return 0
