"""Files and folders that appear whole or not at all: written beside their place, then moved."""

from __future__ import annotations

import errno
import os
from contextlib import suppress
from pathlib import Path
from secrets import token_hex
from stat import S_IMODE
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

_NEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)


def replace_file(path: str | os.PathLike[str], content: bytes) -> None:
    """Put a file in its place, or leave there what was there.

    The file keeps the mode of the one that it replaces. Where there is a link, what it leads to
    is replaced.

    Raises:
        OSError: If it cannot be written. Nothing has changed, and nothing is left behind.
    """
    target = Path(os.path.realpath(path))
    beside = target.with_name(f".{target.name[:64]}-{token_hex(8)}")
    try:
        with os.fdopen(os.open(beside, _NEW, 0o666), "wb") as file:
            with suppress(FileNotFoundError):
                beside.chmod(S_IMODE(target.stat().st_mode))
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(target)
    except BaseException:
        beside.unlink(missing_ok=True)
        raise


def put_folder(
    folder: str | os.PathLike[str],
    files: Mapping[str, bytes],
    *,
    approve: Callable[[Path], None],
) -> None:
    """Put a folder of files where there is none yet, or at most an empty one.

    Args:
        folder: The folder, inside of one that exists.
        files: What the files hold, by their paths inside the folder, with forward slashes.
        approve: Looks at the folder before it is moved, and raises what speaks against it.

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
        move_folder(made, target)


def move_folder(made: Path, target: Path) -> None:
    """Move a folder to where nothing but an empty folder may be."""
    try:
        with suppress(FileNotFoundError):
            target.rmdir()
        made.rename(target)
    except OSError as error:
        if not os.path.lexists(target):
            raise
        message = "must not be there yet, or be an empty folder"
        raise FileExistsError(errno.EEXIST, message, str(target)) from error
