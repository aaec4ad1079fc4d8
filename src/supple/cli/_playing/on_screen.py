"""Playing on a terminal, from the advice before the first time to the word at the end."""

from __future__ import annotations

import os
import signal
import sys
from typing import TYPE_CHECKING

from supple import PlayerState
from supple._labels import labels_for
from supple._units import MS_PER_SECOND, ms_to_clock
from supple.cli._page import Page
from supple.cli._playing.advice import ShownAdvice, safety_advice, state_folder
from supple.cli._playing.cues import Cues
from supple.cli._playing.loop import Loop, SignalledError, now_ms
from supple.cli._playing.notices import Notice
from supple.cli._playing.painter import Painter, has_blocks
from supple.cli._playing.terminal import Terminal
from supple.narration import narrate

if TYPE_CHECKING:
    from supple import Player
    from supple.cli._playing.voice import Voice

_SIGNALLED = 128
"""What a shell adds to the number of the signal that has ended a program."""


def play_on_screen(
    player: Player, *, at_ms: int = 0, bell: bool = False, voice: Voice | None = None
) -> int:
    """Play on the terminal of this process, and leave that as it was.

    When the person or a signal has stopped the routine, its advice on stopping follows.

    Returns:
        The exit status: 0 when the routine has ended or the person has stopped it, and
        otherwise 128 and the number of the signal.
    """
    encoding = sys.stdout.encoding
    signalled = None
    with Terminal(sys.stdin.fileno(), sys.stdout.fileno(), encoding=encoding) as terminal:
        painter = Painter(
            terminal.write,
            in_colour=not os.environ.get("NO_COLOR"),
            in_ascii=not has_blocks(encoding),
        )
        ring = terminal.ring if bell else None
        cues = Cues(ring=ring, voice=voice, narration=narrate(player.timeline))
        loop = Loop(player, terminal, painter, cues)
        try:
            if _read_advice(loop, player):
                loop.play(at_ms=at_ms)
            if player.state is PlayerState.FINISHED:
                loop.read(_end(player))
        except SignalledError as error:
            signalled = error.number
            if player.state not in {PlayerState.FINISHED, PlayerState.STOPPED}:
                player.stop(now_ms())
    _say_how_it_ended(player, signalled)
    return 0 if signalled is None else _SIGNALLED + signalled


def _read_advice(loop: Loop, player: Player) -> bool:
    """Show the advice on safety where it has not been shown yet; return whether to start."""
    routine = player.timeline.routine
    advice = safety_advice(routine)
    shown = ShownAdvice(state_folder(os.environ))
    if not advice or advice in shown:
        return True
    labels = labels_for(routine.language)
    command = f"supple show {routine.id}"
    points = (
        *(("-", each.text) for each in advice),
        ("", labels.all_advice.format(command=command)),
    )
    title = labels.before_start.format(routine=routine.name)
    if not loop.read(Notice(title, points, labels.enter_or_quit)):
        return False
    shown.add(advice)
    return True


def _end(player: Player) -> Notice:
    timeline = player.timeline
    labels = labels_for(timeline.routine.language)
    text = labels.done_after.format(time=ms_to_clock(timeline.duration_ms))
    return Notice(timeline.routine.name, (("", text),), labels.enter_leaves)


def _say_how_it_ended(player: Player, signalled: int | None) -> None:
    """Leave a word on the ordinary page of the terminal, unless there is none any more."""
    routine = player.timeline.routine
    labels = labels_for(routine.language)
    if signalled == signal.SIGHUP or (signalled is None and player.state is PlayerState.READY):
        return
    page = Page()
    if player.state is PlayerState.FINISHED:
        page.write((labels.routine_done.format(routine=routine.name), "bold"))
        return
    at_ms = player.moment(now_ms()).at_ms // MS_PER_SECOND * MS_PER_SECOND
    stopped = labels.routine_stopped.format(routine=routine.name, time=ms_to_clock(at_ms))
    page.write((stopped, "bold"))
    for advice in player.stop_advice:
        page.write(("  - ", "dim"), (advice.text, ""))
