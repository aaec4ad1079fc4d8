"""Do one exercise of a routine at a time: `python resume.py [FILE [SPEED]]` goes on from there.

What is kept is a snapshot of the player: a few numbers, and the shape of the timeline. Where the
routine was changed since, it goes on at the same repetition, and where the exercise is no more, it
begins anew. Interrupt it, and it goes on from the middle of the exercise.
"""

import json
import os
import sys
import time
from contextlib import suppress
from pathlib import Path

import supple

TIMELINE = supple.schedule(supple.load_catalog("lower-back").routines["in-bed"])


def load(path: Path, *, now_ms: int) -> supple.Player:
    """Return the player that was kept, or a new one where there is none that can go on."""
    try:
        kept = json.loads(path.read_bytes())
        return supple.Player.restore(TIMELINE, kept, now_ms=now_ms, at="nearest")
    except FileNotFoundError:
        print("There is nothing to go on with yet")
    except (supple.SnapshotError, ValueError) as error:
        print(f"Beginning anew: {error}")
    return supple.Player(TIMELINE)


def save(player: supple.Player, path: Path) -> None:
    """Keep a player: whatever happens meanwhile, the file is the old one or the new one."""
    beside = path.with_name(f"{path.name}.new")
    with beside.open("w", encoding="ascii") as file:
        json.dump(player.snapshot(), file)
        file.flush()
        os.fsync(file.fileno())
    beside.replace(path)


def now_ms() -> int:
    """Return the present instant."""
    return time.monotonic_ns() // 1_000_000


def play_one_exercise(player: supple.Player) -> None:
    """Go on, until an exercise or the routine ends; then pause, if there is anything left."""
    begin = player.start if player.state == "ready" else player.resume
    events = begin(now_ms())
    while not any(event.kind == "exercise.ended" for event in events):
        if (deadline_ms := player.next_deadline_ms) is None:
            break  # it has paused by itself: the machine was asleep
        time.sleep(max(deadline_ms - now_ms(), 0) / 1000)
        events = player.due(now_ms())
        for event in events:
            if event.kind in {"step.started", "hold.started", "rest.started"}:
                print(event.text)


path = Path(sys.argv[1] if sys.argv[1:] else "routine.json")
player = load(path, now_ms=now_ms())
player.set_speed(now_ms(), speed=float(sys.argv[2]) if sys.argv[2:] else 1)
print(f"Now: {player.moment(now_ms()).text}")
with suppress(KeyboardInterrupt):
    play_one_exercise(player)
if player.state == "running":
    player.pause(now_ms())
if player.state == "paused":
    save(player, path)
    print(f"Next time: {player.moment(now_ms()).text}")
else:
    path.unlink(missing_ok=True)
    print("That was all of it")
