"""A routine in a Textual app, which runs on asyncio; an argument sets the speed."""

import asyncio
import sys
from typing import ClassVar

from textual.app import App, ComposeResult
from textual.widgets import Digits, Footer, Label, ProgressBar

import supple
from supple.timers import Runner, Timer


class RoutineApp(App[None]):
    """Shows what to do now, and for how long."""

    CSS = """
    Screen { align: center middle; }
    Label, Digits, ProgressBar { width: 100%; text-align: center; }
    #say { text-style: bold; height: 3; }
    #next { color: $text-muted; }
    ProgressBar { margin: 1 4; }
    Bar { width: 1fr; }
    """
    BINDINGS: ClassVar = [
        ("space", "pause_or_go_on", "Pause"),
        ("n", "next_exercise", "Next"),
        ("p", "previous_exercise", "Previous"),
        ("q", "quit", "Quit"),
    ]

    def __init__(self, player: supple.Player, *, timer: Timer | None = None) -> None:
        super().__init__()
        self.player = player
        self.timer = timer
        self.said: list[supple.Event] = []
        # Kept, since the timer may ring once more when the screen is being taken down.
        self.instruction = Label(id="say", markup=False)  # a text is no markup, whoever wrote it
        self.seconds = Digits(id="seconds")
        self.progress = ProgressBar(
            total=player.timeline.duration_ms, show_percentage=False, show_eta=False
        )
        self.following = Label(id="next", markup=False)

    def compose(self) -> ComposeResult:
        """Lay the screen out."""
        yield from (self.instruction, self.seconds, self.progress, self.following, Footer())

    def on_mount(self) -> None:
        """Start: the event loop of the app is the timer."""
        timer = self.timer or asyncio.get_running_loop()
        self.runner = Runner(self.player, timer, self.say)
        self.runner.start()
        self.set_interval(0.1, self.show)

    def on_unmount(self) -> None:
        """Leave nothing behind."""
        self.runner.close()

    def say(self, event: supple.Event) -> None:
        """Take an event."""
        self.said.append(event)
        self.show()
        if event.kind == "routine.ended":
            self.instruction.update("Done")

    def show(self) -> None:
        """Show the present moment."""
        now = self.runner.moment()
        if self.runner.state not in {"finished", "stopped"}:
            self.instruction.update(now.text)
        self.seconds.update(str(-(-now.remaining_ms // 1000)))
        self.progress.update(progress=now.at_ms)
        self.following.update(f"Next: {now.next.text}" if now.next else "")

    def action_pause_or_go_on(self) -> None:
        """Pause, or go on."""
        if self.runner.state not in {"finished", "stopped"}:
            self.runner.toggle()

    def action_next_exercise(self) -> None:
        """Go to the next exercise."""
        if self.runner.state not in {"finished", "stopped"}:
            self.runner.skip()

    def action_previous_exercise(self) -> None:
        """Begin the exercise again, or the one before."""
        if self.runner.state not in {"finished", "stopped"}:
            self.runner.back()


if __name__ == "__main__":
    routine = supple.load_catalog("lower-back").routines["in-bed"]
    speed = float(sys.argv[1]) if sys.argv[1:] else 1.0
    RoutineApp(supple.Player(supple.schedule(routine), speed=speed)).run()
