"""Ask in every frame, as a game does; an argument says how many frames to draw in a second."""

import sys
import time
from collections.abc import Callable, Iterator

import supple


def monotonic_ms() -> int:
    """Return the present instant; with pygame, `pygame.time.get_ticks` is that clock."""
    return time.monotonic_ns() // 1_000_000


def frames(player: supple.Player, now_ms: Callable[[], int]) -> Iterator[supple.Moment]:
    """Start the player, and yield what to draw in each frame, until the routine is over."""
    said = player.start(now_ms())
    while player.state != "finished":
        for event in said:
            if event.kind in {"step.started", "hold.started", "rest.started"}:
                print(event.text)
        yield player.moment(now_ms())
        said = player.due(now_ms())


def main() -> None:
    """Play the routine in bed at the highest speed, without anything to draw."""
    per_second = float(sys.argv[1]) if sys.argv[1:] else 60.0
    routine = supple.load_catalog("lower-back").routines["in-bed"]
    player = supple.Player(supple.schedule(routine), speed=100)
    for _moment in frames(player, monotonic_ms):
        time.sleep(1 / per_second)  # a game draws here, and waits for the next frame


if __name__ == "__main__":
    main()
