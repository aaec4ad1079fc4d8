"""The folder that a catalog is, wherever it lies: on a disk, in a package, in an archive."""

from __future__ import annotations

import os
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import IO, TYPE_CHECKING, TypeAlias
from zipfile import Path as ZipPath

from attrs import define, field
from importlib_resources.abc import Traversable

from supple._errors import show
from supple._files import IS_BY_DESCRIPTOR, OutsideError, is_regular, opened, place_in
from supple.catalog._refused import RefusedError, require_size

if TYPE_CHECKING:
    from collections.abc import Iterator

Place: TypeAlias = Traversable | Path | ZipPath

SUFFIXES = (".toml", ".json")
"""Of the files that documents stand in."""

DOCUMENTS = tuple(f"catalog{suffix}" for suffix in SUFFIXES)
"""The documents that say that a folder is a catalog; it has one of them."""

EXERCISES, POSES, TRANSLATIONS = PARTS = ("exercises", "poses", "translations")
"""The folders of documents beside it."""

LARGEST_DOCUMENT = 2**20
MOST_NAMES = 10_000


def is_catalog(folder: Place) -> bool:
    """Tell whether a folder holds a document of a catalog."""
    return any(folder.joinpath(name).is_file() for name in DOCUMENTS)


@define
class Folder:
    """A folder, of which this reads only regular files, and none that is large.

    Links may lead out of one that is trusted: installers make such links, and a package that
    Python has imported could do worse.
    """

    root: Place
    is_trusted: bool = field(kw_only=True)
    taken: int = field(init=False, default=0)
    """How many bytes have been read or unpacked so far, for nothing where a file was refused."""

    def has_file(self, path: str) -> bool:
        """Tell whether there is such a regular file inside of the folder."""
        try:
            with self._opened(path) as found:
                return is_regular(found) if isinstance(found, int) else found.is_file()
        except RefusedError as refused:
            # Else it is a link out of the folder, or a name that cannot even be looked for.
            return isinstance(refused.__cause__, PermissionError)

    def names(self, path: str, *, required: bool = True) -> list[str]:
        """Return the names in a folder inside of this one, sorted; none if it may be missing.

        Hidden files are left out: operating systems and editors leave them in any folder.
        """
        try:
            with self._opened(path) as found:
                names = [str(name) for name in islice(_names_in(found), MOST_NAMES + 1)]
        except RefusedError as refused:
            if isinstance(refused.__cause__, FileNotFoundError) and not required:
                return []
            if isinstance(refused.__cause__, _ABSENT):
                raise RefusedError("must be a folder", code="folder") from None
            raise
        if len(names) > MOST_NAMES:
            raise RefusedError(f"must hold at most {MOST_NAMES} files", code="too-many")
        return sorted(name for name in names if not name.startswith("."))

    def read(self, path: str) -> bytes:
        """Return what a file holds. One that says itself that it is too large is not begun."""
        try:
            with self._opened(path) as found:
                self.taken += (size := _size(found))
                with _stream(found) as stream:
                    content = bytes(stream.read(LARGEST_DOCUMENT + 1))
        except RefusedError as refused:
            if isinstance(refused.__cause__, _ABSENT):
                raise RefusedError("must be a file", code="file") from None
            raise
        require_size(len(content), LARGEST_DOCUMENT)
        self.taken += len(content) - size
        return content

    @contextmanager
    def _opened(self, path: str) -> Iterator[int | Place]:
        """Give the descriptor of what stands at a path, or the path where it has none.

        Whatever is raised meanwhile is the cause of a RefusedError.
        """
        with readable():
            found = self.root.joinpath(*path.split("/"))
            within = self.root if isinstance(self.root, Path) and not self.is_trusted else None
            if isinstance(found, Path) and IS_BY_DESCRIPTOR:
                with opened(found, inside=within) as descriptor:
                    yield descriptor
                return
            if isinstance(found, Path) and within is not None:
                place_in(within, found)  # another link may be put there later
            yield found


_ABSENT = (FileNotFoundError, NotADirectoryError, IsADirectoryError)
"""What it means that something is not there, or not of the kind that it has to be."""


def _names_in(found: int | Place) -> Iterator[str]:
    if isinstance(found, int):
        with os.scandir(found) as entries:
            yield from (each.name for each in entries)
    elif not found.is_dir():
        raise NotADirectoryError if found.is_file() else FileNotFoundError
    else:
        yield from (each.name for each in found.iterdir())


def _size(found: int | Place) -> int:
    """Return how large a regular file says that it is; 0 where it does not say."""
    size = 0
    if isinstance(found, int):
        if not is_regular(found):
            raise IsADirectoryError
        size = os.fstat(found).st_size
    elif not found.is_file():
        raise FileNotFoundError
    elif isinstance(found, ZipPath):
        size = found.root.getinfo(found.at).file_size
    require_size(size, LARGEST_DOCUMENT)
    return size


def _stream(found: int | Place) -> IO[bytes]:
    if isinstance(found, int):
        return os.fdopen(found, "rb", closefd=False)
    return found.open("rb")


@contextmanager
def readable() -> Iterator[None]:
    """Turn whatever goes wrong while something is read into a RefusedError."""
    try:
        yield
    except (RefusedError, KeyboardInterrupt):
        raise
    except OutsideError as error:
        raise RefusedError("must not be a link out of the folder", code="link") from error
    except BaseException as error:
        # A damaged archive raises errors of zipfile, zlib, struct and more, and what a package
        # gives for its files may even try to leave Python.
        requirement = f"must be readable, but reading it raised {show(error)}"
        raise RefusedError(requirement, code="unreadable") from error
