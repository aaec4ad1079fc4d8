"""A routine beside a program that does something else; an argument sets the speed."""

import sys
from threading import Event

import supple
from supple.timers import Runner
from supple.timers.threads import ThreadTimer

speed = float(sys.argv[1]) if sys.argv[1:] else 1.0
timeline = supple.schedule(supple.load_catalog("lower-back").routines["in-bed"])
is_over = Event()


def follow(event: supple.Event) -> None:
    """Show what is under way; this is called from the thread of the timer."""
    if event.kind in {"step.started", "hold.started", "rest.started"}:
        print(event.text)
    elif event.kind == "routine.ended":
        is_over.set()


player = supple.Player(timeline, speed=speed)
with ThreadTimer() as timer, Runner(player, timer, follow) as runner:
    print("The program begins")
    runner.start()
    beats = 0
    while not is_over.wait(timeout=1):  # here the program does what it is there for
        beats += 1
    print(f"The program has done {beats} other things meanwhile")
