"""A pose in a file of its own, inside of a catalog or on the way to one."""

from __future__ import annotations

import os
from pathlib import Path
from typing import cast

from supple._errors import CatalogError, ModelError
from supple._model import Pose
from supple.catalog._format import TABLES
from supple.catalog._reading.documents import PARSERS, read_data
from supple.catalog._reading.tables import TableReader


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
    reader = TableReader(file=file.name)
    pose = reader.table(TABLES[Pose], read_data(file, "pose file"))
    if reader.problems:
        raise CatalogError(str(file), reader.problems, kind="pose file")
    return cast("Pose", pose)
