"""``supple events``: what happens in a routine, as a table or as JSON Lines."""

from __future__ import annotations

from typing import TYPE_CHECKING

from supple.cli._command import JSON, LEVEL, ROUTINE, WHICH

if TYPE_CHECKING:
    from argparse import Namespace

ABOUT = (
    "Print the events of a routine, as a table or as JSON Lines. They are written as they come, "
    "so a routine may be of any length."
)
ARGUMENTS = (ROUTINE, LEVEL, JSON, *WHICH)


def run(arguments: Namespace) -> int:
    """Write the events of what the arguments name as they come, and return the exit status."""
    from supple import schedule
    from supple.cli._lookup import find

    found = find(arguments)
    timeline = schedule(found.thing, level=found.level)
    if arguments.json:
        from supple.export.event_lines import encode

        for event in timeline:
            print(encode(event))
    else:
        from supple.cli._event_table import write_table

        write_table(timeline)
    return 0
