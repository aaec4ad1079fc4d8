"""Generate a routine a day: a level that grows, and an order that changes."""

from collections.abc import Iterator

import supple

BACK = supple.load_catalog("lower-back")
DAYS = 21


def programme() -> Iterator[supple.Timeline]:
    """Yield the timelines of three weeks, from the gentle end up to the full dose."""
    exercises = list(BACK.exercises.values())
    for day in range(DAYS):
        first = day % len(exercises)
        turned = exercises[first:] + exercises[:first]
        routine = supple.Routine(f"day-{day + 1}", items=turned)
        yield supple.schedule(routine, level=day / (DAYS - 1))


for timeline in programme():
    minutes = timeline.duration_ms / 60_000
    holds = timeline.count("hold.started")
    print(f"{timeline.routine.name:7} {minutes:5.1f} minutes, {holds:3} holds")
