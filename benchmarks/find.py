"""How long it takes to find a catalog among many installed distributions."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from importlib.metadata import entry_points
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from measure import Row, Target, times_the_time

from supple import load_catalog
from supple.catalog import installed

if TYPE_CHECKING:
    from collections.abc import Iterator
    from importlib.metadata import EntryPoints

MANY = 500
PAIRS = 31


def rows() -> Iterator[Row]:
    """Install many distributions, one in two with a command, and look for catalogs."""
    with _installed(MANY):
        assert installed() == tuple(sorted(_bare().names))
        yield Row(
            f"installed() among {MANY} more distributions",
            "importlib.metadata.entry_points(group=…), same names",
            times_the_time(installed, _bare, pairs=PAIRS),
            "× the time",
            Target("at most", 1),
        )
        name, path = "lower-back", Path(_bare()["lower-back"].load().__path__[0])
        assert load_catalog(name) == load_catalog(path)
        yield Row(
            f"load_catalog(name) among {MANY} more distributions",
            "load_catalog(path), same catalog",
            times_the_time(lambda: load_catalog(name), lambda: load_catalog(path), pairs=PAIRS),
            "× the time",
        )


def _bare() -> EntryPoints:
    return entry_points(group="supple.catalogs")


@contextmanager
def _installed(many: int) -> Iterator[None]:
    """Put a folder of distributions onto the path of Python, each with a long description."""
    with TemporaryDirectory() as folder:
        for i in range(many):
            about = Path(folder, f"other_{i}-1.0.dist-info")
            about.mkdir()
            text = f"Metadata-Version: 2.1\nName: other-{i}\nVersion: 1.0\n\n{'Words. ' * 1000}"
            (about / "METADATA").write_text(text, encoding="utf-8")
            if i % 2:
                commands = f"[console_scripts]\nother-{i} = other_{i}:main\n"
                (about / "entry_points.txt").write_text(commands, encoding="utf-8")
        sys.path.append(folder)
        try:
            yield
        finally:
            sys.path.remove(folder)
