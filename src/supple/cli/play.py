"""``supple play``: a routine, on the screen and at its pace."""

from __future__ import annotations

import os
import re
import sys
from functools import partial
from typing import TYPE_CHECKING, Any

from supple.cli._command import (
    JSON,
    LEVEL,
    ROUTINE,
    WHICH,
    Argument,
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

_TOLD = re.compile(r"^ {8}(\w+): ([^.;]+)", re.MULTILINE)
"""What a docstring says of an argument, up to the first stop."""


def _speed(text: str) -> float:
    from supple import ModelError
    from supple._player.playhead import checked_speed

    try:
        return checked_speed("--speed", float(text))
    except ModelError as error:
        raise UsageError(str(error)) from error
    except ValueError as error:
        raise UsageError(f"--speed: must be a number (got {shown(text)})") from error


def _pacing() -> tuple[Argument, ...]:
    """Return an option for each time that a pacing sets, as its class tells of it."""
    from attrs import fields

    from supple import Pacing

    told = dict(_TOLD.findall(Pacing.__doc__ or ""))
    return tuple(
        option(
            f"--{field.name.replace('_', '-')}",
            f"seconds: {told.get(field.name, '').lower()}; {getattr(Pacing(), field.name)} where "
            "it is left out",
            metavar="SECONDS",
            type=partial(_paced, field.name),
        )
        for field in fields(Pacing)
        if str(field.type) == "int | float"
    )


def _paced(field: str, text: str) -> float:
    from supple import ModelError, Pacing

    flag = f"--{field.replace('_', '-')}"
    try:
        given: dict[str, Any] = {field: float(text)}
        kept: float = getattr(Pacing(**given), field)
    except ModelError as error:
        raise UsageError(f"{flag}: {error.requirement} (got {shown(text)})") from error
    except ValueError as error:
        raise UsageError(f"{flag}: must be a number (got {shown(text)})") from error
    return kept


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
            "keep on this machine when it was done and for how long, for supple stats; the "
            "variable SUPPLE_LOG does so always, in the file that it names",
        ),
        JSON,
        *WHICH,
    ),
    _pacing,
)


def run(arguments: Namespace) -> int:
    """Play what the arguments name, and return the exit status."""
    from supple import Pacing, schedule
    from supple.cli._lookup import find
    from supple.cli._playing.diary import Diary
    from supple.cli._playing.starting import start_of
    from supple.cli._playing.voice import NoVoiceError, find_voice
    from supple.cli._streams import complain

    catalog, thing = find(arguments)
    given: dict[str, Any] = {
        each.settings["type"].args[0]: _given(arguments, each) for each in _pacing()
    }
    pacing = Pacing(**{name: each for name, each in given.items() if each is not None})
    timeline = schedule(thing, level=arguments.level, pacing=pacing, phrases=catalog.phrases)
    at_ms = 0 if arguments.start is None else start_of(timeline, arguments.start)
    try:
        voice = find_voice(thing.language) if arguments.say else None
    except NoVoiceError as error:
        complain(f"--say: {error}")
        return 1
    diary = Diary.asked_for(thing.id, at_ms, is_asked=arguments.log)
    try:
        if not arguments.json and _has_screen():
            from supple import Player
            from supple.cli._playing.on_screen import play_on_screen

            return play_on_screen(
                Player(timeline, speed=arguments.speed, hands_free=arguments.hands_free),
                partial(_again, arguments),
                diary,
                at_ms=at_ms,
                bell=arguments.bell,
                voice=voice,
            )
        _play_as_lines(timeline, at_ms, voice, diary, arguments)
    finally:
        if voice is not None:
            voice.close()
        diary.close()
    return 0


def _play_as_lines(
    timeline: Timeline, at_ms: int, voice: Voice | None, diary: Diary, arguments: Namespace
) -> None:
    from supple.cli._playing.cues import Cues
    from supple.cli._playing.lines import play_as_lines, ring
    from supple.narration import narrate

    bell = ring if arguments.bell else None
    cues = Cues(ring=bell, voice=voice, narration=narrate(timeline), hear=diary.hear)
    play_as_lines(timeline, cues, speed=arguments.speed, at_ms=at_ms, as_json=arguments.json)


def _again(arguments: Namespace, start: str) -> str:
    """Return the command that plays the same from a place on."""
    import shlex

    words = ["supple", "play", arguments.name]
    for each in (*COMMAND.arguments, *_pacing()):
        value = _given(arguments, each)
        if each.flag == "--from":
            value = start
        if not each.is_option or value in {None, False, each.settings.get("default")}:
            continue
        words += [each.flag] if value is True else [each.flag, str(value)]
    return shlex.join(words)


def _given(arguments: Namespace, argument: Argument) -> Any:
    """Return the value of an argument."""
    name = argument.flag.removeprefix("--").replace("-", "_")
    return getattr(arguments, argument.settings.get("dest", name))


def _has_screen() -> bool:
    """Tell whether there is a terminal, for keys and pictures, whose letters are Unicode."""
    streams = (sys.stdin, sys.stdout, sys.stderr)
    return (
        all(each is not None and each.isatty() for each in streams)
        and os.environ.get("TERM", "dumb" if os.name == "posix" else "") != "dumb"
        and sys.stderr.encoding.lower().replace("-", "") == "utf8"
    )
