"""What a voice of the system says, as a file of sound."""

import subprocess
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from supple._errors import ExportError
from supple._voices import NoVoiceError, find_voice

_PATIENCE_S: Final = 60


def system_voice(text: str, language: str, speed: float) -> bytes:
    """Say a text with a voice of the system for its language."""
    try:
        voice = find_voice(language)
    except NoVoiceError as error:
        raise ExportError("sound", str(error), language) from error
    command = voice.command(speed)
    with TemporaryDirectory() as folder:
        file = Path(folder) / "said.aiff"
        done = _run([*command, *(["-o", str(file)] if voice.is_say else ["--stdout"])], text)
        said = file.read_bytes() if file.exists() else done.stdout
    if done.returncode != 0 or not said:
        told = done.stderr.decode("utf-8", "replace")
        raise ExportError("sound", f"must be said by {voice.program}, which failed", told)
    return said


def _run(command: list[str], text: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(  # noqa: S603 - the program was looked up, the text is its input
        command, input=text.encode(), capture_output=True, check=False, timeout=_PATIENCE_S
    )
