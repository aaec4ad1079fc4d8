"""Drive an asyncio program from the stream; an argument sets the speed, 60 a minute a second."""

import asyncio
import sys

import supple
from supple.timers import Runner


def show(event: supple.Event) -> None:
    """Print what to do when it is time to do it."""
    print(f"{event.text} ({(event.duration_ms or 0) / 1000:g} s)")


async def follow(player: supple.Player) -> None:
    """Run a routine on the event loop, beside whatever else the program does."""
    with Runner(player, asyncio.get_running_loop(), show, only="segments") as runner:
        runner.start()
        await runner.until_over()


timeline = supple.schedule(supple.load_catalog("lower-back").routines["in-bed"])
speed = float(sys.argv[1]) if sys.argv[1:] else 1
asyncio.run(follow(supple.Player(timeline, speed=speed, hands_free=True)))
