"""The folder that a catalog is, wherever it lies: on a disk, in a package, in an archive."""

from __future__ import annotations

from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias
from zipfile import Path as ZipPath

from attrs import field, frozen
from importlib_resources.abc import Traversable

from supple._errors import show
from supple.catalog._refused import RefusedError

if TYPE_CHECKING:
    from collections.abc import Iterator

Place: TypeAlias = Traversable | Path | ZipPath

DOCUMENTS = ("catalog.toml", "catalog.json")
"""The documents that say that a folder is a catalog; it has one of them."""

LARGEST_DOCUMENT = 2**20
MOST_NAMES = 10_000


@frozen
class Folder:
    """A folder, of which this reads only regular files, and none that is large.

    Args:
        root: The folder.
        is_trusted: Whether links may lead out of it. Installers make such links, and a package
            that Python has imported could do worse.
    """

    root: Place
    is_trusted: bool = field(kw_only=True)

    def has_file(self, path: str) -> bool:
        """Tell whether there is such a regular file inside of the folder."""
        try:
            with readable():
                return self._inside(path).is_file()
        except RefusedError:
            return False  # a link out of the folder, or a name that cannot even be looked for

    def names(self, path: str, *, required: bool = True) -> list[str]:
        """Return the names in a folder inside of this one, sorted.

        Unless it is required, one that is not there has none.

        Raises:
            RefusedError: If it is no folder, cannot be read, or holds too many names.
        """
        with readable():
            folder = self._inside(path)
            if not folder.is_dir():
                if not required and not folder.is_file():
                    return []
                raise RefusedError("must be a folder")
            found: Iterator[Place] = folder.iterdir()
            names = [each.name for each in islice(found, MOST_NAMES + 1)]
        if len(names) > MOST_NAMES:
            raise RefusedError(f"must hold at most {MOST_NAMES} files")
        return sorted(names)

    def read(self, path: str) -> bytes:
        """Return what a file inside of this folder holds.

        Raises:
            RefusedError: If it is no regular file, cannot be read, or is too large.
        """
        with readable():
            file = self._inside(path)
            if not file.is_file():
                raise RefusedError("must be a file")
            with file.open("rb") as stream:
                content = stream.read(LARGEST_DOCUMENT + 1)
        if len(content) > LARGEST_DOCUMENT:
            raise RefusedError(f"must be at most {LARGEST_DOCUMENT} bytes long")
        return content

    def _inside(self, path: str) -> Place:
        found = self.root.joinpath(*path.split("/"))
        if self.is_trusted or not (isinstance(self.root, Path) and isinstance(found, Path)):
            return found
        if not found.resolve().is_relative_to(self.root.resolve()):
            raise RefusedError("must not be a link out of the folder")
        return found


@contextmanager
def readable() -> Iterator[None]:
    """Turn whatever goes wrong while something is read into a RefusedError."""
    try:
        yield
    except RefusedError:
        raise
    except Exception as error:
        # A damaged archive raises errors of zipfile, zlib, lzma, struct and more.
        raise RefusedError(f"must be readable, but reading it raised {show(error)}") from error
