"""Drive an asyncio program from the stream; an argument sets the speed, 60 a minute a second."""

import asyncio
import sys

import supple
from supple.timers import Runner


def show(event: supple.Event) -> None:
    """Print what to do when it is time to do it."""
    if event.kind in {"step.started", "hold.started", "rest.started"}:
        print(f"{event.text} ({(event.duration_ms or 0) / 1000:g} s)")


async def follow(player: supple.Player) -> None:
    """Run a routine on the event loop, beside whatever else the program does."""
    over = asyncio.Event()

    def change(state: supple.PlayerState) -> None:
        if state in {"finished", "stopped"}:
            over.set()

    with Runner(player, asyncio.get_running_loop(), show, on_change=change) as runner:
        runner.start()
        await over.wait()


timeline = supple.schedule(supple.load_catalog("lower-back").routines["in-bed"])
speed = float(sys.argv[1]) if sys.argv[1:] else 1
asyncio.run(follow(supple.Player(timeline, speed=speed, hands_free=True)))
