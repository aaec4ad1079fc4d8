"""The zip file that may hold a catalog's folder."""

from __future__ import annotations

from collections import Counter
from contextlib import contextmanager
from typing import TYPE_CHECKING
from zipfile import Path as ZipPath, ZipFile

from supple.catalog._finding.folder import DOCUMENTS, readable
from supple.catalog._refused import RefusedError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

MOST_ENTRIES = 10_000
LONGEST_ENTRY = 500
MOST_PARTS = 16


@contextmanager
def open_archive(path: Path) -> Iterator[ZipPath]:
    """Open a zip file, and return the folder in it that holds a catalog.

    That is its top, or else the one folder at its top that holds the catalog's document.

    Raises:
        RefusedError: If it cannot be read, or the names in it are not plain.
    """
    with readable():
        archive = ZipFile(path)
    with archive:
        _require_plain_names(archive.namelist())
        yield _catalog_folder(ZipPath(archive))


def _require_plain_names(names: list[str]) -> None:
    """Require names that ``zipfile.Path`` can take.

    It lists every parent of every name, so that the time and memory it takes grow with their
    depth, and in some Pythons it never ends on a name of slashes (CVE-2024-8088).
    """
    if len(names) > MOST_ENTRIES:
        raise RefusedError(f"must hold at most {MOST_ENTRIES} files")
    for name in names:
        parts = name.removesuffix("/").split("/")
        is_plain = not ({"", ".", ".."} & {*parts} or "\\" in name)
        if not is_plain or len(name) > LONGEST_ENTRY or len(parts) > MOST_PARTS:
            requirement = "must hold nothing but files inside of it, in plain folders"
            raise RefusedError(requirement, got=name)
    [(name, times)] = Counter(names).most_common(1) or [("", 0)]
    if times > 1:
        raise RefusedError("must not hold a file twice", got=name)


def _catalog_folder(top: ZipPath) -> ZipPath:
    inner = [folder for folder in top.iterdir() if folder.is_dir() and _is_catalog(folder)]
    return inner[0] if len(inner) == 1 and not _is_catalog(top) else top


def _is_catalog(folder: ZipPath) -> bool:
    return any(folder.joinpath(name).is_file() for name in DOCUMENTS)
