"""A driver that outlives its terminal: what is written to a closed one is lost, no more."""

from __future__ import annotations

from contextlib import suppress
from typing import IO, Any, cast

from textual.drivers.linux_driver import LinuxDriver


class LastingDriver(LinuxDriver):
    """Writes on where the terminal has gone, so that the program can see to its end."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._file = cast("Any", _Lasting(cast("IO[str]", self._file)))


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
