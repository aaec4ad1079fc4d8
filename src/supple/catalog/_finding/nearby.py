"""The catalog that somebody means who names a place near it: its project, or one of its files."""

from __future__ import annotations

from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Final

from supple._errors import show
from supple._model import requirements as must
from supple.catalog._finding.archive import ARCHIVES
from supple.catalog._finding.folder import PARTS, is_catalog, readable
from supple.catalog._finding.installed import installed
from supple.catalog._refused import RefusedError, telling

if TYPE_CHECKING:
    import os
    from collections.abc import Iterator

_PARTS: Final = frozenset({*PARTS, "pictures"})
_BELOW: Final = (("*", "src/*"), ("*/*", "*/src/*"))
"""Where to look, the nearest first: in a project, then in the folder that a project is in."""
_MOST_FOLDERS: Final = 2_000


def nearby(name_or_path: str | os.PathLike[str]) -> str | os.PathLike[str]:
    """Return the name or the path of the catalog that a name or a path is meant for.

    It is the folder itself that holds a catalog; for a file of a catalog, or a folder in it, that
    catalog; for a project or its parent, the one catalog in there: several are refused. Whatever
    leads to none is returned as it is.
    """
    if must.NAME.accepts(name_or_path) and name_or_path in installed():
        return name_or_path
    if name_or_path == "":
        return name_or_path  # which is for those to refuse who read it, and so is what is no path
    try:
        path = Path(name_or_path)
    except TypeError:
        return name_or_path
    with telling(str(path)), readable():
        return _above(path) or _below(path) or name_or_path


def _above(path: Path) -> Path | None:
    """Return the folder itself, or the one that a file or a folder is a part of."""
    is_folder = path.is_dir()
    if not is_folder and (path.suffix.lower() in ARCHIVES or not path.is_file()):
        return None
    inside = path if is_folder else path.parent
    if (real := inside.resolve()).name in _PARTS:
        inside = real.parent if is_folder or not inside.name else inside.parent
    return inside if is_catalog(inside) else None


def _below(path: Path) -> Path | None:
    for patterns in _BELOW if path.is_dir() else ():
        found = [each for pattern in patterns for each in _folders(path, pattern)]
        if len(found) > 1:
            names = ", ".join(show(str(each)) for each in found)
            raise RefusedError(f"must hold one catalog: name one of {names}", code="several")
        if found:
            return found[0]
    return None


def _folders(path: Path, pattern: str) -> Iterator[Path]:
    for each in islice(sorted(path.glob(pattern)), _MOST_FOLDERS):
        if is_catalog(each) and not each.relative_to(path).parts[0].startswith("."):
            yield each
