"""Playing without a screen: one line for each event, at its instant."""

from __future__ import annotations

import sys
from functools import partial
from typing import TYPE_CHECKING

from supple import AdviceTier, EventKind
from supple._dosing import BESIDE, remark_in_words
from supple._printable import printable
from supple._units import ms_to_clock
from supple.export import event_lines
from supple.timers import play

if TYPE_CHECKING:
    from collections.abc import Iterable

    from supple import Advice, Event, Phrases, Timeline
    from supple.cli._playing.voice import Sounds

_LONGEST_KIND = max(map(len, EventKind))


def play_as_lines(
    timeline: Timeline, sounds: Sounds, *, speed: float, at_ms: int, as_json: bool
) -> None:
    """Print every event when it falls due, as plain text or as an event line.

    Nobody can say that a step is done, so a step until ready takes as long as its estimate.
    Advice goes to the standard error; event lines come without it, for they are for programs.

    Raises:
        KeyboardInterrupt: If the person stops it, once the advice on stopping is shown.
    """
    routine = timeline.routine
    to_line = event_lines.encode if as_json else partial(_plain, phrases=timeline.phrases)
    try:
        if not as_json:
            for tier in AdviceTier:
                if tier.is_warning:
                    _tell(routine.advice_in(tier))
        for event in play(timeline, speed=speed, at_ms=at_ms):
            print(to_line(event), flush=True)
            sounds.give((event,))
    except KeyboardInterrupt:
        if not as_json:
            _tell(routine.advice_in(AdviceTier.STOP))
        raise


def ring() -> None:
    """Ring the bell of the terminal that shows the errors, if there is one."""
    if sys.stderr is not None and sys.stderr.isatty():
        print(end="\a", file=sys.stderr, flush=True)


def told(event: Event, phrases: Phrases) -> str:
    """Return the text of an event; where an exercise starts, with its load and its note."""
    if event.kind is not EventKind.EXERCISE_STARTED:
        return event.text
    return BESIDE.join(filter(None, (event.text, remark_in_words(event, phrases))))


def _plain(event: Event, phrases: Phrases) -> str:
    text = printable(told(event, phrases))
    return f"{ms_to_clock(event.at_ms)}  {event.kind:{_LONGEST_KIND}}  {text}"


def _tell(advice: Iterable[Advice]) -> None:
    if sys.stderr is not None:
        for each in advice:
            print(printable(each.text), file=sys.stderr, flush=True)
