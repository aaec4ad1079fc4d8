"""``supple events``: what happens in a routine, as a table or as JSON Lines."""

from __future__ import annotations

from typing import TYPE_CHECKING

from supple import Exercise, Routine, schedule
from supple.cli._lookup import find

if TYPE_CHECKING:
    from argparse import Namespace


def run(arguments: Namespace) -> int:
    """Write the events of what the arguments name as they come, and return the exit status."""
    catalog, thing = find(arguments)
    if isinstance(thing, Exercise):
        thing = Routine(thing.id, name=thing.name, items=[thing])
    timeline = schedule(thing, level=arguments.level, phrases=catalog.phrases)
    if arguments.json:
        from supple.export.event_lines import encode

        for event in timeline:
            print(encode(event))
    else:
        from supple.cli._event_table import write_table

        write_table(timeline)
    return 0
