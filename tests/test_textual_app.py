"""The example `textual_app.py`, driven by Textual's own pilot."""

from __future__ import annotations

import asyncio
import runpy
from pathlib import Path
from typing import Any

import supple
from supple.testing import ManualClock
from tests.needs import needs_module

needs_module("textual")

EXAMPLE = Path(__file__).parent.parent / "examples" / "textual_app.py"
TIMELINE = supple.schedule(supple.load_catalog("lower-back").routines["in-bed"])


def new_app(**arguments: Any) -> Any:
    """Return the app, which plays the routine in bed."""
    speed = arguments.pop("speed", 1)
    player = supple.Player(TIMELINE, speed=speed)
    return runpy.run_path(str(EXAMPLE))["RoutineApp"](player, **arguments)


def shown(app: Any, selector: str) -> str:
    """Return the text of a widget."""
    return str(app.query_one(selector).render())


def test_the_whole_routine_on_its_own_loop() -> None:
    """The event loop of the app brings every event."""

    async def follow() -> Any:
        app = new_app(speed=100)
        async with app.run_test() as pilot:
            async with asyncio.timeout(60):
                while app.player.state != "finished":
                    await pilot.pause(0.05)
            assert shown(app, "#say") == "Done"
        return app

    assert asyncio.run(follow()).said == [*TIMELINE]


def test_keys() -> None:
    """Space pauses and goes on, n and p move between exercises, and q leaves."""

    async def press() -> None:
        clock = ManualClock()
        app = new_app(timer=clock)
        async with app.run_test() as pilot:
            assert shown(app, "#say") == "Get ready: Knee rolls, lying on your back"
            clock.advance(6)
            await pilot.press("space")
            assert app.player.state == "paused"
            await pilot.press("space", "n")
            assert shown(app, "#say") == "Next: Pelvic tilts"
            clock.advance(1)
            await pilot.press("p")
            assert shown(app, "#say") == "Get ready: Knee rolls, lying on your back"
            await pilot.press("q")
        assert clock.pending == ()
        app.show()  # the timer of the screen may ring once more

    asyncio.run(press())


def test_texts_are_no_markup() -> None:
    """What a catalog says is shown as it stands, brackets and all, and nothing in it is a link."""
    text = "[@click=app.quit]Lean[/] [red]over[/"
    hold = supple.Hold(text, seconds=10)
    bend = supple.Exercise("bend", name="Bend", kind="stretch", position="standing", cycle=[hold])
    timeline = supple.schedule(supple.Routine("day", items=[bend]))

    async def look() -> None:
        clock = ManualClock()
        player = supple.Player(timeline)
        app = runpy.run_path(str(EXAMPLE))["RoutineApp"](player, timer=clock)
        async with app.run_test():
            assert shown(app, "#next") == f"Next: {text}"
            clock.advance(6)
            app.show()
            assert shown(app, "#say") == text

    asyncio.run(look())
