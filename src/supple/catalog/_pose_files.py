"""A pose in a file of its own, inside of a catalog or on the way to one."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from supple._errors import CatalogError, ModelError
from supple._model import Exercise, Pose
from supple.catalog._finding.folder import Folder
from supple.catalog._format import TABLES
from supple.catalog._reading.documents import PARSERS
from supple.catalog._reading.tables import TableReader
from supple.catalog._refused import RefusedError

if TYPE_CHECKING:
    from supple._errors import Problem


def read_pose(path: str | os.PathLike[str]) -> Pose:
    """Read a pose from its file, and check everything in it.

    Args:
        path: The file, a ``.toml`` or a ``.json`` file.

    Raises:
        CatalogError: If anything in the file is refused, or it cannot be read. It carries every
            problem.
        ModelError: If ``path`` is no such path.
    """
    file = Path(os.fsdecode(path))
    if file.suffix not in PARSERS:
        requirement = f"must be a path that ends in {' or '.join(PARSERS)}"
        raise ModelError("read_pose.path", requirement, path)
    reader = _Reader(file=file.name)
    try:
        data = PARSERS[file.suffix](Folder(file.parent, is_trusted=True).read(file.name))
    except RefusedError as refused:
        raise _unreadable(file, [refused.problem(file.name)]) from refused.__cause__
    pose = reader.table(TABLES[Pose], data)
    if reader.problems:
        raise _unreadable(file, reader.problems)
    return cast("Pose", pose)


class _Reader(TableReader):
    """Reads a pose, in which there is no exercise to find."""

    def find(self, data: dict[str, Any], path: str) -> Exercise:
        raise NotImplementedError


def _unreadable(file: Path, problems: list[Problem]) -> CatalogError:
    return CatalogError(str(file), problems, kind="pose file")
