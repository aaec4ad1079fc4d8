"""Files as the library reads and writes them: opened once, replaced whole or not at all."""

from __future__ import annotations

import errno
import os
from contextlib import contextmanager, suppress
from pathlib import Path
from secrets import token_hex
from stat import S_IMODE, S_ISREG
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, BinaryIO

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

IS_BY_DESCRIPTOR = {os.open, os.stat} <= os.supports_dir_fd and os.scandir in os.supports_fd
"""Whether the system opens a name inside of an open folder, as POSIX has it."""

_BINARY = getattr(os, "O_BINARY", 0)
_NEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL | _BINARY
# Nothing waits for the other end of a pipe, and no terminal becomes that of the program.
_OLD = os.O_RDONLY | _BINARY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOCTTY", 0)
_UNLINKED = getattr(os, "O_NOFOLLOW", 0)
_PROCESSES = "/proc"


class OutsideError(OSError):
    """What was to be opened does not lie inside of its folder."""


@contextmanager
def opened(path: Path, *, inside: Path | None = None) -> Iterator[int]:
    """Open a file or a folder for reading, without waiting, and give its descriptor.

    What is to be known of it is asked of the descriptor: by its path it may be another thing
    a moment later. No link may lead out of the folder that it has to be inside of, where one is
    given, which needs ``IS_BY_DESCRIPTOR``; not one that is put there meanwhile, either.

    Raises:
        OutsideError: If it does not lie inside of that folder.
        OSError: If it cannot be opened.
    """
    descriptor = os.open(path, _OLD) if inside is None else _open_inside(inside, path)
    try:
        yield descriptor
    finally:
        os.close(descriptor)


def place_in(folder: Path, path: Path) -> tuple[Path, tuple[str, ...]]:
    """Return a folder and the names below it to which a path leads, links followed."""
    root, target = folder.resolve(), path.resolve()
    if not target.is_relative_to(root):
        raise OutsideError(errno.EXDEV, "must not be a link out of the folder", str(path))
    return root, target.relative_to(root).parts


def _open_inside(folder: Path, path: Path) -> int:
    """Follow the links first, and then open name by name what is a link no more."""
    root, names = place_in(folder, path)
    descriptor = os.open(root, _OLD | _UNLINKED)
    for name in names:
        try:
            inner = os.open(name, _OLD | _UNLINKED, dir_fd=descriptor)
        finally:
            os.close(descriptor)
        descriptor = inner
    return descriptor


def is_regular(descriptor: int) -> bool:
    """Tell whether what was opened is a regular file: no folder, no pipe and no device."""
    return S_ISREG(os.fstat(descriptor).st_mode)


def _end_of(path: Path) -> Path:
    """Follow the links, but for those that stand for what a process has open."""
    place = Path(os.path.realpath(path.parent), path.name)
    if place.is_symlink() and not place.is_relative_to(_PROCESSES):
        return _end_of(place.parent / place.readlink())
    return place


@contextmanager
def replaced(path: str | os.PathLike[str]) -> Iterator[BinaryIO]:
    """Give a file to write to, and put it in the place of another once all is written.

    The file keeps the mode of the one that it replaces, and a new one has that of any new file.
    Where there is a link, what it leads to is replaced. A pipe, a device and what a process has
    open already, such as ``/dev/stdout``, are written to: what is written before an error stays,
    and a named pipe waits for its reader.

    Raises:
        OSError: If it cannot be written. No file has changed then, nor where anything else is
            raised meanwhile, and nothing is left behind.
    """
    mode = None
    with suppress(FileNotFoundError):
        mode = Path(path).stat().st_mode  # the path tells no more where a link leads to a pipe
    target = _end_of(Path(path))
    if mode is not None and target.parent == Path(os.path.realpath("/dev/fd")):
        with os.fdopen(os.dup(int(target.name)), "wb") as file:  # it goes on where it stands
            yield file
        return
    if mode is not None and (target.is_relative_to(_PROCESSES) or not S_ISREG(mode)):
        with target.open("ab") as file:
            yield file
        return
    beside = target.with_name(f".supple-{token_hex(8)}")  # short, however long the name is
    try:
        with os.fdopen(os.open(beside, _NEW, 0o666), "wb") as file:
            if mode is not None:
                beside.chmod(S_IMODE(mode))
            yield file
            file.flush()
            os.fsync(file.fileno())
        beside.replace(target)
    except BaseException:
        beside.unlink(missing_ok=True)
        raise


def replace_file(path: str | os.PathLike[str], content: bytes) -> None:
    """Put a file in its place, or leave there what was there, like :func:`replaced`."""
    with replaced(path) as file:
        file.write(content)


def put_folder(
    folder: str | os.PathLike[str],
    files: Mapping[str, bytes],
    *,
    approve: Callable[[Path], None] = lambda _: None,
) -> None:
    """Put a folder where there is none yet, or an empty one, whose mode it has then.

    The files are by their paths inside of it, with forward slashes. What approves of the folder
    before it is moved raises what speaks against it.

    Raises:
        FileExistsError: If something is there already.
        OSError: If it cannot be written. Nothing is left behind.
    """
    target = Path(os.path.abspath(folder))  # noqa: PTH100 - resolve() would follow a link
    with TemporaryDirectory(prefix=".supple-", dir=target.parent) as beside:
        made = Path(beside, "made")
        made.mkdir()
        for path, content in files.items():
            file = made.joinpath(*path.split("/"))
            file.parent.mkdir(parents=True, exist_ok=True)
            replace_file(file, content)
        approve(made)
        _move_folder(made, target)


def _move_folder(made: Path, target: Path) -> None:
    """Move a folder to where nothing but an empty folder may be."""
    with suppress(FileNotFoundError):
        made.chmod(S_IMODE(target.lstat().st_mode))
    if os.name == "nt":  # pragma: no cover - there nothing is renamed onto a folder
        with suppress(OSError):
            target.rmdir()
    try:
        made.rename(target)
    except OSError as error:
        if error.errno not in {errno.EEXIST, errno.ENOTEMPTY, errno.ENOTDIR}:
            raise
        message = "must not be there yet, or be an empty folder"
        raise FileExistsError(errno.EEXIST, message, str(target)) from error
