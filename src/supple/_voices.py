"""The voices of the system: programs that say what they read, at the pace that all is timed by."""

from __future__ import annotations

import re
import subprocess
from functools import lru_cache
from shutil import which

from attrs import frozen

from supple._phrases import fallbacks
from supple._speech import WORDS_PER_MINUTE

_WAIT_SECONDS = 10
_VOICE_OF_SAY = re.compile(r"^(?P<name>.+?)\s+(?P<language>[a-z]{2,3}[_-]\S+)\s+#", re.MULTILINE)


class NoVoiceError(Exception):
    """Nothing can speak; its text is the whole message."""


@frozen
class SystemVoice:
    """A program with its voice for a language."""

    program: str
    name: str
    is_say: bool
    """Whether it is the program of macOS, which writes no file of sound to its output."""

    def command(self, speed: float = 1) -> list[str]:
        """Return what says the text that it reads, so that no text can be taken for an option."""
        pace, *source = ("-r", "-f", "-") if self.is_say else ("-s", "--stdin")
        words_per_minute = str(round(WORDS_PER_MINUTE * speed))
        return [self.program, "-v", self.name, pace, words_per_minute, *source]


def find_voice(language: str) -> SystemVoice:
    """Return a voice of the system for a language, or for a more general one.

    Raises:
        NoVoiceError: If there is none, with what was looked for.
    """
    for name in ("espeak-ng", "espeak", "say"):
        if program := which(name):
            return _voice(program, language, is_say=name == "say")
    raise NoVoiceError("needs the program espeak-ng, or say on macOS, to be installed")


@lru_cache(maxsize=16)  # a sound file asks again for each text
def _voice(program: str, language: str, *, is_say: bool) -> SystemVoice:
    tags = fallbacks(language)
    name = _voice_of_say(program, tags) if is_say else _voice_of_espeak(program, tags)
    if name is None:
        known = " or ".join(map(repr, tags))
        raise NoVoiceError(f"{program} has no voice for the language {known}")
    return SystemVoice(program, name, is_say)


def _voice_of_espeak(program: str, tags: list[str]) -> str | None:
    return next((tag for tag in tags if _output([program, "-q", "-v", tag, ""]) is not None), None)


def _voice_of_say(program: str, tags: list[str]) -> str | None:
    listed = _output([program, "-v", "?"]) or ""
    voices = [(match["language"], match["name"]) for match in _VOICE_OF_SAY.finditer(listed)]
    for tag in tags:
        for spoken, name in voices:
            if tag in fallbacks(spoken.replace("_", "-")):
                return name
    return None


def _output(command: list[str]) -> str | None:
    """Return what a program writes, or ``None`` where it fails."""
    try:
        done = subprocess.run(  # noqa: S603 - the program was looked up
            command,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            check=False,
            timeout=_WAIT_SECONDS,
        )
    except (OSError, subprocess.TimeoutExpired):
        return None
    return done.stdout.decode(errors="replace") if done.returncode == 0 else None
