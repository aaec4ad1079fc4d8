"""``supple play``: a routine, on the screen and at its pace."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

from supple.cli._command import (
    JSON,
    LEVEL,
    ROUTINE,
    WHICH,
    Command,
    UsageError,
    option,
    shown,
    switch,
)

if TYPE_CHECKING:
    from argparse import Namespace

    from supple import Timeline
    from supple.cli._playing.diary import Diary
    from supple.cli._playing.voice import Voice


def _speed(text: str) -> float:
    from supple import ModelError
    from supple._player.playhead import checked_speed

    try:
        return checked_speed("--speed", float(text))
    except ModelError as error:
        raise UsageError(str(error)) from error
    except ValueError as error:
        raise UsageError(f"--speed: must be a number (got {shown(text)})") from error


COMMAND = Command(
    "play a routine on the screen, at its pace",
    "Play a routine: what to do now, how long still, and what comes next, large enough to read "
    "from a mat. The key ? says what the others do. Without a terminal, print each event when it "
    "falls due.",
    (
        ROUTINE,
        LEVEL,
        option(
            "--speed",
            "how fast to go, from 0.01 to 100; 1 where it is left out",
            type=_speed,
            default=1.0,
        ),
        option(
            "--from",
            "start with this exercise: its id or its name",
            metavar="EXERCISE",
            dest="start",
        ),
        switch(
            "--hands-free",
            "give a step until ready the time that its estimate says, instead of waiting",
        ),
        switch("--bell", "ring the terminal's bell where something begins"),
        switch("--say", "say what to do, with espeak-ng, or with say on macOS"),
        switch(
            "--log",
            "keep on this machine when it was done and for how long, for supple stats; the "
            "variable SUPPLE_LOG does so always, in the file that it names",
        ),
        JSON,
        *WHICH,
    ),
)


def run(arguments: Namespace) -> int:
    """Play what the arguments name, and return the exit status."""
    from supple import Exercise, Routine, schedule
    from supple.cli._lookup import find
    from supple.cli._playing.diary import Diary
    from supple.cli._playing.starting import start_of
    from supple.cli._playing.voice import NoVoiceError, find_voice
    from supple.cli._streams import complain

    catalog, thing = find(arguments)
    if isinstance(thing, Exercise):
        advice = [each for tier in catalog.advice.values() for each in tier]
        thing = Routine(thing.id, name=thing.name, items=[thing], advice=advice)
    timeline = schedule(thing, level=arguments.level, phrases=catalog.phrases)
    at_ms = 0 if arguments.start is None else start_of(timeline, arguments.start)
    try:
        voice = find_voice(thing.language) if arguments.say else None
    except NoVoiceError as error:
        complain(f"--say: {error}")
        return 1
    diary = Diary.asked_for(thing.id, at_ms, is_asked=arguments.log)
    try:
        return _play(timeline, at_ms, voice, diary, arguments)
    finally:
        if voice is not None:
            voice.close()
        diary.close()


def _play(
    timeline: Timeline, at_ms: int, voice: Voice | None, diary: Diary, arguments: Namespace
) -> int:
    if not arguments.json and _has_screen():
        from supple import Player
        from supple.cli._playing.on_screen import play_on_screen

        player = Player(timeline, speed=arguments.speed, hands_free=arguments.hands_free)
        try:
            return play_on_screen(player, at_ms=at_ms, bell=arguments.bell, voice=voice)
        finally:
            diary.reached(player)

    from supple.cli._playing.cues import Cues
    from supple.cli._playing.lines import play_as_lines, ring
    from supple.narration import narrate

    bell = ring if arguments.bell else None
    cues = Cues(ring=bell, voice=voice, narration=narrate(timeline), hear=diary.hear)
    play_as_lines(timeline, cues, speed=arguments.speed, at_ms=at_ms, as_json=arguments.json)
    return 0


def _has_screen() -> bool:
    """Tell whether there is a terminal, for keys and pictures, that this system can take over."""
    from importlib.util import find_spec

    streams = (sys.stdin, sys.stdout)
    return (
        all(each is not None and each.isatty() for each in streams)
        and os.environ.get("TERM", "dumb") != "dumb"
        and find_spec("termios") is not None
    )
