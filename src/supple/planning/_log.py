"""What was done, kept on this machine and only where it is asked for.

One line of JSON for each entry. A line is written while the file is locked, in one piece, and
is on the disk before :meth:`Log.add` returns; where the line before it was torn by a crash, a
new one is begun first. So no entry that was acknowledged is lost, doubled or broken, however
many programs write at once and whenever one of them is killed.

It keeps when, which routine, how long and whether to the end. It keeps no reasons and no pain,
and nothing leaves the machine.
"""

from __future__ import annotations

import json
import os
import sys
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from attrs import asdict, field, frozen

from supple._extras import brought_by
from supple._model import requirements as must
from supple.planning._instant import DATED

if TYPE_CHECKING:
    from collections.abc import Iterator

FORMAT = 1
LONGEST_LINE = 4096
_BINARY = getattr(os, "O_BINARY", 0)


@frozen
class Entry:
    """Something that was done.

    Args:
        at: When it began, with its offset.
        routine: The id of the routine.
        seconds: How much of it was done, in its own time: pauses do not count.
        finished: Whether it was done to its end.
    """

    at: datetime = field(validator=DATED)
    routine: str = field(validator=must.NAME, kw_only=True)
    seconds: int = field(validator=must.Whole(0, 10**9), kw_only=True)
    finished: bool = field(validator=must.FLAG, default=True, kw_only=True)


class Log:
    """The entries of one file, in the order in which they were written.

    To iterate over it reads the file. A line that cannot be read, such as one that was torn, is
    passed over; one of a newer version keeps what is known of it.

    Args:
        path: The file; ``log.jsonl`` in the folder that the platform has for the data of
            programs where left out. It need not be there yet.

    Raises:
        MissingExtraError: If no path is given and ``platformdirs`` is not installed.
    """

    def __init__(self, path: str | os.PathLike[str] | None = None) -> None:
        self.path = _usual_path() if path is None else Path(os.fsdecode(path))

    def __repr__(self) -> str:
        return f"Log({str(self.path)!r})"

    def add(self, entry: Entry) -> None:
        """Write an entry. Once this returns it is on the disk.

        Raises:
            ModelError: If it is no entry.
            OSError: If it cannot be written.
        """
        must.InstanceOf(Entry).require("Log.add.entry", entry)
        data = {"format": FORMAT, **asdict(entry), "at": entry.at.isoformat()}
        line = json.dumps(data, separators=(",", ":")).encode() + b"\n"
        self.path.parent.mkdir(parents=True, exist_ok=True)
        flags = os.O_RDWR | os.O_APPEND | os.O_CREAT | _BINARY
        descriptor = os.open(self.path, flags, 0o600)  # what a person does is their own
        try:
            with _locked(descriptor):
                if _is_torn(descriptor):
                    line = b"\n" + line
                written = os.write(descriptor, line)
                os.fsync(descriptor)
                if written != len(line):  # a full disk; what is there now is a torn line
                    raise OSError(f"only {written} of {len(line)} bytes could be written")
        finally:
            os.close(descriptor)

    def __iter__(self) -> Iterator[Entry]:
        try:
            file = self.path.open("rb")
        except FileNotFoundError:
            return
        with file:
            while line := file.readline(LONGEST_LINE):
                if (entry := _entry(line)) is not None:
                    yield entry


def _usual_path() -> Path:
    with brought_by("log", "platformdirs"):
        from platformdirs import user_data_path
    return user_data_path("supple", appauthor=False) / "log.jsonl"


def _entry(line: bytes) -> Entry | None:
    try:
        data = json.loads(line)
        known = {name: data[name] for name in ("routine", "seconds", "finished")}
        return Entry(datetime.fromisoformat(data["at"]), **known)
    except (ValueError, TypeError, KeyError, RecursionError):
        return None


def _is_torn(descriptor: int) -> bool:
    """Tell whether the last line has no end; the file is at its end afterwards."""
    if os.lseek(descriptor, 0, os.SEEK_END) == 0:
        return False
    os.lseek(descriptor, -1, os.SEEK_END)
    return os.read(descriptor, 1) != b"\n"


if sys.platform == "win32":  # pragma: no cover - by its documentation, and never tried out
    import msvcrt

    _WHOLE = 0x7FFFFFFF

    @contextmanager
    def _locked(descriptor: int) -> Iterator[None]:
        """Hold the file for one writer; waits for the others, ten seconds at a time."""
        while True:
            os.lseek(descriptor, 0, os.SEEK_SET)
            try:
                msvcrt.locking(descriptor, msvcrt.LK_LOCK, _WHOLE)
                break
            except OSError:  # another writer has held it for ten seconds
                continue
        try:
            yield
        finally:
            os.lseek(descriptor, 0, os.SEEK_SET)
            msvcrt.locking(descriptor, msvcrt.LK_UNLCK, _WHOLE)

else:
    import fcntl

    @contextmanager
    def _locked(descriptor: int) -> Iterator[None]:
        """Hold the file for one writer; the system lets go of it when the writer dies."""
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        try:
            yield
        finally:
            fcntl.flock(descriptor, fcntl.LOCK_UN)
