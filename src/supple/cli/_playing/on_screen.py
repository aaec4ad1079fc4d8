"""Playing on a terminal, and the word that is left there afterwards."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from typing import IO, TYPE_CHECKING, Any, cast

from supple import PlayerState
from supple._extras import brought_by
from supple.cli import SIGNALLED
from supple.cli._page import Page

with brought_by("cli", "textual"):
    from supple.cli._playing.mat import HUNG_UP, Mat

from supple.cli._playing.figure import figure_for
from supple.cli._playing.places import place_of
from supple.cli._playing.screens import left_out, time_done
from supple.cli._playing.view import Shown

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.driver import Driver

    from supple import Player
    from supple.cli._playing.diary import Diary
    from supple.cli._playing.voice import Sounds


def play_on_screen(
    player: Player, again: Callable[[str], str], diary: Diary, sounds: Sounds, *, at_ms: int
) -> int:
    """Play on the terminal of this process, leave that as it was, and return the exit status.

    ``again`` makes the command that goes on from a place. The status is 0 when the routine has
    ended or the person has stopped it, and otherwise 128 and the number of the signal.
    """
    shown = Shown(player.timeline)
    is_plain = "NO_COLOR" in os.environ  # as Textual has it
    has_blocks = os.environ.get("TERM") == "linux"
    figure = figure_for(shown, has_blocks=has_blocks, has_pictures=not is_plain)
    ground = os.environ.get("COLORFGBG", "").rpartition(";")[2]  # as some terminals tell it
    mat = Mat(
        player,
        shown,
        figure,
        sounds,
        at_ms=at_ms,
        is_light=ground in {"7", "15"},
        is_plain=is_plain,
        is_there=_is_there,
        driver=_driver(),
    )
    if sounds.ring is not None:
        sounds.ring = mat.bell
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
    if not player.state.is_over:
        return
    page = Page()
    is_over = player.state is PlayerState.FINISHED
    how = words.done if is_over else words.stopped
    page.write(
        (f"{shown.timeline.routine.name}: {how}", "bold"), (f"  {time_done(shown, mat.done)}", "")
    )
    left = left_out(shown, mat.done)
    page.facts([(words.not_done, f"  {', '.join(left)}")] if left else [])
    if not is_over:
        for advice in player.stop_advice:
            page.write(("  - ", "dim"), (advice.text, ""))
        page.heading(words.go_on_with)
        place = place_of(player.timeline, mat.reached_ms)
        print(f"  {again(place)}")  # in one piece, to be copied


def _is_there() -> bool:
    """Tell whether the terminal has not hung up."""
    try:
        os.get_terminal_size(2)  # the standard error, which Textual paints on
    except OSError:
        return False
    return True


def _driver() -> type[Driver] | None:
    """Return a driver that writes on where the terminal has gone, so that all comes to its end."""
    if sys.platform == "win32":
        return None
    from textual.drivers.linux_driver import LinuxDriver

    class LastingDriver(LinuxDriver):
        def __init__(self, *args: Any, **kwargs: Any) -> None:
            super().__init__(*args, **kwargs)
            self._file = cast("Any", _Lasting(cast("IO[str]", self._file)))

    return LastingDriver


class _Lasting:
    """A file that forgets what it cannot write."""

    def __init__(self, file: IO[str]) -> None:
        self._file = file

    def __getattr__(self, name: str) -> Any:
        return getattr(self._file, name)

    def write(self, text: str) -> None:
        with suppress(OSError):
            self._file.write(text)

    def flush(self) -> None:
        with suppress(OSError):
            self._file.flush()
