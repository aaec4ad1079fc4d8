"""A routine beside a program that does something else; an argument sets the speed."""

import sys

import supple
from supple.timers import Runner
from supple.timers.threads import ThreadTimer


def show(event: supple.Event) -> None:
    """Print what is under way; this is called from the thread of the timer."""
    print(event.text)


speed = float(sys.argv[1]) if sys.argv[1:] else 1.0
timeline = supple.schedule(supple.load_catalog("lower-back").routines["in-bed"])
player = supple.Player(timeline, speed=speed)
with ThreadTimer() as timer, Runner(player, timer, show, only="segments") as runner:
    print("The program begins")
    runner.start()
    beats = 0
    while not runner.wait(timeout=1):  # here the program does what it is there for
        beats += 1
    print(f"The program has done {beats} other things meanwhile")
