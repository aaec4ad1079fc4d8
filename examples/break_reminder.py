"""Every so often a short routine for the desk, as notifications: `break_reminder.py [MINUTES]`.

Notifications go to the desktop where `notify-send` is installed, and are printed elsewhere.
"""

import shutil
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from threading import Event

import supple
from supple.timers import Runner, Timer
from supple.timers.threads import ThreadTimer

DESK = supple.load_catalog(Path(__file__).parent / "desk_break" / "src" / "supple_desk_break")


def desktop_notifier() -> Callable[[str, str], object]:
    """Return what shows a title and a text: on the desktop, or else in the terminal."""
    program = shutil.which("notify-send")
    if program is None:
        return lambda title, text: print(f"{title}. {text}", flush=True)
    return lambda title, text: subprocess.run([program, "--", title, text], check=False)


class BreakReminder:
    """Runs a routine again and again, always so many minutes after the last one has ended."""

    def __init__(
        self,
        timeline: supple.Timeline,
        timer: Timer,
        notify: Callable[[str, str], object],
        *,
        minutes: float,
    ) -> None:
        self._timeline = timeline
        self._timer = timer
        self._notify = notify
        self._seconds = minutes * 60
        self._wait()

    def _wait(self) -> None:
        self._timer.call_at(self._timer.time() + self._seconds, self._begin)

    def _begin(self) -> None:
        # Where the machine sleeps during a break, that is over when it wakes.
        player = supple.Player(self._timeline, hands_free=True, on_gap="skip")
        advice = " ".join(each.text for each in player.stop_advice)
        self._notify(f"Time for a break: {self._timeline.routine.name}", advice)
        Runner(player, self._timer, self._show).start()

    def _show(self, event: supple.Event) -> None:
        if event.kind in {"step.started", "hold.started"} and event.rep in {None, 1}:
            self._notify(event.text, f"{(event.duration_ms or 0) / 1000:g} s")
        elif event.kind == "routine.ended":
            self._notify("The break is over", "")
            self._wait()


if __name__ == "__main__":
    minutes = float(sys.argv[1]) if sys.argv[1:] else 45.0
    with ThreadTimer() as timer, suppress(KeyboardInterrupt):
        timeline = supple.schedule(DESK.routines["two-minutes"])
        BreakReminder(timeline, timer, desktop_notifier(), minutes=minutes)
        print(f"The first break is in {minutes:g} minutes; Ctrl-C ends this", flush=True)
        Event().wait()
