"""``supple play``: a routine, on the screen and at its pace."""

from __future__ import annotations

import os
import re
import sys
from functools import partial
from typing import TYPE_CHECKING, Any

from attrs import fields

from supple import Pacing
from supple._docstrings import told_of
from supple._model.requirements import SPEED, Seconds
from supple.cli._command import (
    JSON,
    LEVEL,
    ROUTINE,
    WHICH,
    FailedError,
    option,
    required,
    switch,
)

if TYPE_CHECKING:
    from argparse import Namespace

    from attrs import Attribute

    from supple.cli._command import Argument


_TOLD = told_of(Pacing)
_TIMES = [each for each in fields(Pacing) if isinstance(each.validator, Seconds)]


def _time(each: Attribute[Any]) -> Argument:
    """Return an option for a time that a pacing sets, told up to the first stop."""
    told = re.split("[.;]", _TOLD.get(each.name, ""))[0].lower()
    return option(
        f"--{each.name.replace('_', '-')}",
        f"seconds: {told}",
        metavar="SECONDS",
        read=required(lambda _: each.validator),
        usual=each.default,
    )


ABOUT = (
    "Play a routine: what to do now, how long still, and what comes next, large enough to read "
    "from a mat. The key ? says what the others do. Without a terminal, print each event when it "
    "falls due."
)
ARGUMENTS = (
    ROUTINE,
    LEVEL,
    option(
        "--speed",
        f"how fast to go, from {SPEED.low} to {SPEED.high}",
        read=required(lambda must: must.SPEED),
        usual=1,
    ),
    option(
        "--from",
        "start with this exercise: its id or its name; or at this time, such as 3:20",
        metavar="PLACE",
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
        "keep on this machine when it was done and for how long, for supple stats; the variable "
        "SUPPLE_LOG does so always, in the file that it names",
    ),
    JSON,
    *WHICH,
    *map(_time, _TIMES),
)


def run(arguments: Namespace) -> int:
    """Play what the arguments name, and return the exit status."""
    from supple import Player, schedule
    from supple._voices import NoVoiceError, find_voice
    from supple.cli._lookup import find
    from supple.cli._playing.diary import Diary
    from supple.cli._playing.lines import play_as_lines, ring
    from supple.cli._playing.places import start_of
    from supple.cli._playing.voice import Sounds, Voice
    from supple.narration import narrate

    found = find(arguments)
    pacing = Pacing(**{each.name: getattr(arguments, each.name) for each in _TIMES})
    timeline = schedule(found.thing, level=found.level, pacing=pacing)
    at_ms = 0 if arguments.start is None else start_of(timeline, arguments.start)
    try:
        voice = Voice(find_voice(found.thing.language).command()) if arguments.say else None
    except NoVoiceError as error:
        raise FailedError(f"--say: {error}") from error
    diary = Diary(found.thing.id, at_ms, is_asked=arguments.log)
    speed = arguments.speed
    try:
        sounds = Sounds(
            ring=ring if arguments.bell else None,
            voice=voice,
            narration=narrate(timeline),
            hear=diary.hear,
        )
        if arguments.json or not _has_screen():
            play_as_lines(timeline, sounds, speed=speed, at_ms=at_ms, as_json=arguments.json)
            return 0
        from supple.cli._playing.on_screen import play_on_screen

        player = Player(timeline, speed=speed, hands_free=arguments.hands_free)
        return play_on_screen(player, partial(_again, arguments), diary, sounds, at_ms=at_ms)
    finally:
        if voice is not None:
            voice.close()
        diary.close()


def _again(arguments: Namespace, start: str) -> str:
    """Return the command that plays the same from a place on."""
    import shlex

    words = ["supple", "play", arguments.name]
    for (*_, flag), settings in ARGUMENTS:
        name = settings.get("dest", flag.removeprefix("--").replace("-", "_"))
        value = start if flag == "--from" else getattr(arguments, name)
        if not flag.startswith("--") or value is False:  # which a number of 0 is not
            continue
        if value not in {None, settings.get("default")}:
            words += [flag] if value is True else [flag, str(value)]
    return shlex.join(words)


def _has_screen() -> bool:
    """Tell whether there is a terminal, for keys and pictures, whose letters are Unicode."""
    streams = (sys.stdin, sys.stdout, sys.stderr)
    return (
        all(each is not None and each.isatty() for each in streams)
        and os.environ.get("TERM", "dumb" if os.name == "posix" else "") != "dumb"
        and sys.stderr.encoding.lower().replace("-", "") == "utf8"
    )
