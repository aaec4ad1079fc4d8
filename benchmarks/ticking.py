"""Players that all have one event a second, and the same by asyncio alone."""

from __future__ import annotations

import asyncio
from functools import cache
from typing import TYPE_CHECKING, Protocol

from supple import Exercise, Hold, Pacing, Player, Routine, schedule
from supple.timers import Fleet, Runner

if TYPE_CHECKING:
    from supple import Event, Timeline

PERIOD_MS = 1_000
"""How often each of them has an event; they are spread evenly over this time."""


class Handle(Protocol):
    """What is done with each event."""

    def __call__(self, due_ms: int, event: Event, /) -> object:
        """Take an event that was due at an instant of the clock of the loop."""


@cache
def ticking() -> Timeline:
    """Lay out a long hold with a cue each second."""
    exercise = Exercise(
        "plank",
        name="Plank",
        kind="strengthening",
        position="lying-on-front",
        cycle=[Hold("Stay", seconds=600)],
    )
    pacing = Pacing(get_ready=0, countdown=tuple(range(1, 600)), halfway=None)
    return schedule(Routine("plank", items=[exercise]), pacing=pacing)


async def by_fleet(players: int, start_ms: int, handle: Handle) -> None:
    """Run a fleet, in the way that its documentation shows."""
    timeline = ticking()
    loop = asyncio.get_running_loop()
    fleet = Fleet[int]()
    starts = [start_ms + number % PERIOD_MS for number in range(players)]
    for number, player_start_ms in enumerate(starts):
        fleet.add(number, Player(timeline))
        for event in fleet.command(number, "start", player_start_ms):
            handle(player_start_ms, event)

    def tick() -> None:
        for number, events in fleet.due(round(loop.time() * 1_000)):
            for event in events:
                handle(starts[number] + event.at_ms, event)
        if (deadline_ms := fleet.next_deadline_ms) is not None:
            loop.call_at(deadline_ms / 1_000, tick)

    tick()
    await asyncio.Event().wait()


async def by_tasks(players: int, start_ms: int, handle: Handle) -> None:
    """Run a task for each, which sleeps to one absolute deadline after the other."""
    timeline = ticking()
    loop = asyncio.get_running_loop()

    async def follow(player_start_ms: int) -> None:
        for event in timeline:
            due_ms = player_start_ms + event.at_ms
            if (wait := due_ms / 1_000 - loop.time()) > 0:
                await asyncio.sleep(wait)
            handle(due_ms, event)

    starts = [start_ms + number % PERIOD_MS for number in range(players)]
    async with asyncio.TaskGroup() as group:
        for player_start_ms in starts:
            group.create_task(follow(player_start_ms))


async def by_runners(players: int, start_ms: int, handle: Handle) -> None:
    """Run a runner for each, which asks the loop for one call after the other."""
    timeline = ticking()
    loop = asyncio.get_running_loop()

    def run(player_start_ms: int) -> None:
        def on_event(event: Event) -> None:
            handle(player_start_ms + event.at_ms, event)

        Runner(timeline, loop, on_event).start()

    for number in range(players):
        player_start_ms = start_ms + number % PERIOD_MS
        loop.call_at(player_start_ms / 1_000, run, player_start_ms)
    await asyncio.Event().wait()
