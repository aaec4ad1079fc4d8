"""``supple stats``: what was done, as a calendar and in numbers."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from supple.cli._command import JSON, Command, UsageError, language, option, shown

if TYPE_CHECKING:
    from argparse import Namespace


def _weeks(text: str) -> int:
    if not text.isdecimal() or not 1 <= int(text) <= 520:  # noqa: PLR2004 - ten years
        raise UsageError(f"--weeks: must be a whole number from 1 to 520 (got {shown(text)})")
    return int(text)


COMMAND = Command(
    "show on which days something was done, and how much in all",
    "Show a calendar of what was done, a column a week, and the totals. It reads the log that "
    "supple play --log writes on this machine, and nothing leaves it.",
    (
        option("--log", "the log; the usual one where it is left out", metavar="FILE"),
        option("--routine", "count this routine only: its id"),
        option(
            "--weeks",
            "how many weeks to show; 26 where it is left out",
            metavar="COUNT",
            type=_weeks,
            default=26,
        ),
        option(
            "--language",
            "the language to have it in, such as de; en where it is left out or not spoken",
            metavar="TAG",
            type=lambda text: language("--language", text),
            default="en",
        ),
        option("--svg", "write the calendar into this file, as a picture", metavar="FILE"),
        JSON,
    ),
)


def run(arguments: Namespace) -> int:
    """Show what the log says, and return the exit status."""
    from supple._phrases import phrases_for
    from supple.cli._heat_map import HeatMap, totals
    from supple.cli._programmes import log_at

    entries = [
        each
        for each in log_at(arguments.log)
        if arguments.routine is None or each.routine == arguments.routine
    ]
    if arguments.json:
        import json

        print(json.dumps(totals(entries)))
        return 0
    today = datetime.now().astimezone().date()
    heat = HeatMap.of(
        entries,
        since=_first_day(today, arguments.weeks),
        until=today,
        phrases=phrases_for(arguments.language),
    )
    if arguments.svg is not None:
        from supple._files import replace_file

        replace_file(arguments.svg, heat.svg().encode())
    heat.write(totals(entries))
    return 0


def _first_day(today: date, weeks: int) -> date:
    """Return the Monday with which so many weeks begin, the current one included."""
    return today - timedelta(days=today.weekday(), weeks=weeks - 1)
