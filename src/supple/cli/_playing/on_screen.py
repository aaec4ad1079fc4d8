"""Playing on a terminal, and the word that is left there afterwards."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

from supple import MissingExtraError, PlayerState
from supple.cli._page import Page

try:
    from supple.cli._playing.mat import HUNG_UP, SIGNALLED, Mat
except ImportError as error:
    raise MissingExtraError("cli", "textual") from error

from supple.cli._playing.cues import Cues
from supple.cli._playing.figure import figure_for
from supple.cli._playing.pages import left_out, time_done
from supple.cli._playing.starting import place_of
from supple.cli._playing.view import Shown
from supple.narration import narrate

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from textual.driver import Driver

    from supple import Player
    from supple.cli._playing.diary import Diary
    from supple.cli._playing.voice import Voice


def play_on_screen(  # noqa: PLR0913 - what a person has chosen, each by its name
    player: Player,
    again: Callable[[str], str],
    diary: Diary,
    *,
    at_ms: int = 0,
    bell: bool = False,
    voice: Voice | None = None,
) -> int:
    """Play on the terminal of this process, and leave that as it was.

    Args:
        player: The player, not started.
        again: What makes the command that goes on from a place.
        diary: What is told how much was done.
        at_ms: Where to start.
        bell: Whether to ring where something begins.
        voice: What speaks.

    Returns:
        The exit status: 0 when the routine has ended or the person has stopped it, and
        otherwise 128 and the number of the signal.
    """
    shown = Shown.of(player.timeline)
    figure = figure_for(shown, has_blocks=os.environ.get("TERM") == "linux")
    cues = Cues(voice=voice, narration=narrate(player.timeline))
    mat = Mat(
        player,
        shown,
        figure,
        cues,
        at_ms=at_ms,
        is_light=_has_light_ground(os.environ),
        is_there=_is_there,
        driver=_driver(),
    )
    if bell:
        cues.ring = mat.bell
    try:
        status = mat.run()
    finally:
        done_ms = mat.done.within(0, player.timeline.duration_ms)
        diary.told(done_ms, finished=player.state is PlayerState.FINISHED)
    if status is None:
        return mat.return_code or 0
    if status != SIGNALLED + HUNG_UP:
        _say_how_it_ended(mat, shown, again)
    return status


def _say_how_it_ended(mat: Mat, shown: Shown, again: Callable[[str], str]) -> None:
    """Leave a word on the ordinary page of the terminal, where the routine has begun."""
    player, words = mat.player, shown.words
    if player.state not in {PlayerState.FINISHED, PlayerState.STOPPED}:
        return
    page = Page()
    is_over = player.state is PlayerState.FINISHED
    how = words.done if is_over else words.stopped
    page.write(
        (f"{shown.timeline.routine.name}: {how}", "bold"),
        (f"  {time_done(shown, mat.done)}", ""),
    )
    left = left_out(shown, mat.done)
    page.facts([(words.not_done, f"  {', '.join(left)}")] if left else [])
    if not is_over:
        for advice in player.stop_advice:
            page.write(("  - ", "dim"), (advice.text, ""))
        page.heading(words.go_on_with)
        place = place_of(player.timeline, mat.reached_ms)
        print(f"  {again(place)}")  # in one piece, to be copied


def _has_light_ground(environment: Mapping[str, str]) -> bool:
    """Tell whether the terminal says that its ground is light, as some do."""
    return environment.get("COLORFGBG", "").rpartition(";")[2] in {"7", "15"}


def _is_there() -> bool:
    """Tell whether the terminal has not hung up."""
    try:
        os.get_terminal_size(2)  # the standard error, which Textual paints on
    except OSError:
        return False
    return True


def _driver() -> type[Driver] | None:
    """Return a driver that outlives its terminal, where Textual has one for it."""
    if sys.platform == "win32":
        return None
    from supple.cli._playing.driver import LastingDriver

    return LastingDriver
