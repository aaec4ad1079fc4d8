"""The voices of the system: programs that turn text into a file of sound."""

import subprocess
from pathlib import Path
from shutil import which
from tempfile import TemporaryDirectory
from typing import Final

from attrs import NOTHING

from supple._errors import ExportError
from supple._phrases import fallbacks
from supple._speech import WORDS_PER_MINUTE

_PATIENCE_S: Final = 60


def system_voice(text: str, language: str, speed: float) -> bytes:
    """Say a text with espeak-ng, or else with the voice of macOS."""
    for program in ("espeak-ng", "espeak"):
        if path := which(program):
            return espeak(path, text, language, speed)
    if path := which("say"):
        return say(path, text, speed)
    requirement = "must have a voice: install espeak-ng, or give one of your own as speak"
    raise ExportError("sound", requirement, NOTHING)


def espeak(path: str, text: str, language: str, speed: float) -> bytes:
    """Say a text with espeak-ng, in the closest language that it speaks, English if none."""
    error = b""
    for voice in dict.fromkeys([*(tag.lower() for tag in fallbacks(language)), "en"]):
        command = [path, "-v", voice, "-s", _pace(speed), "--stdin", "--stdout"]
        done = _run(command, text)
        if done.returncode == 0 and done.stdout:
            return done.stdout
        error = done.stderr
    raise _failed(path, error)


def say(path: str, text: str, speed: float) -> bytes:
    """Say a text with the voice of macOS, which speaks the language of the system."""
    with TemporaryDirectory() as folder:
        file = Path(folder) / "said.aiff"
        done = _run([path, "-r", _pace(speed), "-o", str(file), "-f", "-"], text)
        if done.returncode == 0 and file.exists():
            return file.read_bytes()
        raise _failed(path, done.stderr)


def _failed(path: str, error: bytes) -> ExportError:
    said = error.decode("utf-8", "replace")
    return ExportError("sound", f"must be said by {path}, which failed", said)


def _pace(speed: float) -> str:
    return str(round(WORDS_PER_MINUTE * speed))


def _run(command: list[str], text: str) -> subprocess.CompletedProcess[bytes]:
    # By way of the standard input, so that no text can be taken for an option.
    return subprocess.run(  # noqa: S603 - as above
        command, input=text.encode(), capture_output=True, check=False, timeout=_PATIENCE_S
    )
