"""Drive an asyncio program from the stream; an argument sets the speed, 60 a minute a second."""

import asyncio
import sys

import supple


async def follow(timeline: supple.Timeline, *, speed: float) -> None:
    """Print what to do when it is time to do it."""
    loop = asyncio.get_running_loop()
    start = loop.time()
    for event in timeline:
        if event.kind in {"step.started", "hold.started", "rest.started"}:
            await asyncio.sleep(start + event.at_ms / 1000 / speed - loop.time())
            print(f"{event.text} ({(event.duration_ms or 0) / 1000:g} s)")


routine = supple.load_catalog("lower-back").routines["in-bed"]
asyncio.run(follow(supple.schedule(routine), speed=float(sys.argv[1]) if sys.argv[1:] else 1.0))
