"""The zip file that may hold a catalog's folder."""

from __future__ import annotations

import os
from collections import Counter
from contextlib import ExitStack, contextmanager
from io import BufferedReader, FileIO
from typing import TYPE_CHECKING
from zipfile import ZIP_DEFLATED, ZIP_STORED, Path as ZipPath, ZipFile

from supple._files import is_regular, opened
from supple.catalog._finding.folder import is_catalog, readable
from supple.catalog._refused import RefusedError, require_size

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

ARCHIVES = frozenset({".zip", ".whl"})
"""The suffixes of files that may hold a catalog."""

LARGEST_ARCHIVE = 64 * 2**20
LARGEST_READ = 2 * 2**20
MOST_ENTRIES = 10_000
LONGEST_ENTRY = 500
MOST_PARTS = 16


@contextmanager
def open_archive(path: Path) -> Iterator[ZipPath]:
    """Open a zip file, and return the folder in it that holds a catalog.

    That is its top, or else the one folder at its top that holds the catalog's document. What
    it lists is looked at before any file of it is unpacked.
    """
    with ExitStack() as stack:
        with readable():
            descriptor = stack.enter_context(opened(path))
            if not is_regular(descriptor):
                raise RefusedError("must be a file", code="file")
            require_size(os.fstat(descriptor).st_size, LARGEST_ARCHIVE)
            file = _Bounded(FileIO(descriptor, closefd=False))
            archive = stack.enter_context(ZipFile(file))
            _require_plain_names(archive.namelist())
            _require_bounded_unpacking(archive)
            folder = _catalog_folder(ZipPath(archive))
        yield folder


class _Bounded(BufferedReader):
    """A file of which nobody reads much at once, such as a list of millions of entries."""

    def read(self, size: int | None = -1, /) -> bytes:
        """Read at most so many bytes."""
        if size is not None and size > LARGEST_READ:
            raise RefusedError(f"must hold at most {MOST_ENTRIES} files", code="too-many")
        return super().read(size)


def _require_bounded_unpacking(archive: ZipFile) -> None:
    """Require the methods that unpack no more at a time than they are asked for."""
    for entry in archive.infolist():
        if entry.compress_type not in {ZIP_STORED, ZIP_DEFLATED}:
            requirement = "must hold nothing but files that are stored or deflated"
            raise RefusedError(requirement, got=entry.filename, code="compression")


def _require_plain_names(names: list[str]) -> None:
    """Require names that ``zipfile.Path`` can take.

    It lists every parent of every name, so that the time and memory it takes grow with their
    depth, and in some Pythons it never ends on a name of slashes (CVE-2024-8088).
    """
    if len(names) > MOST_ENTRIES:
        raise RefusedError(f"must hold at most {MOST_ENTRIES} files", code="too-many")
    for name in names:
        parts = name.removesuffix("/").split("/")
        is_plain = not ({"", ".", ".."} & {*parts} or "\\" in name)
        if not is_plain or len(name) > LONGEST_ENTRY or len(parts) > MOST_PARTS:
            requirement = "must hold nothing but files inside of it, in plain folders"
            raise RefusedError(requirement, got=name, code="entry")
    [(name, times)] = Counter(names).most_common(1) or [("", 0)]
    if times > 1:
        raise RefusedError("must not hold a file twice", got=name, code="twin")


def _catalog_folder(top: ZipPath) -> ZipPath:
    inner = [folder for folder in top.iterdir() if folder.is_dir() and is_catalog(folder)]
    return inner[0] if len(inner) == 1 and not is_catalog(top) else top
