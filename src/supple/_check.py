"""Check a catalog, or a routine and its programme: what is wrong or doubtful, in plain words."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from supple._errors import CatalogError
from supple.catalog._finding.folder import SUFFIXES, Folder
from supple.catalog._finding.nearby import nearby
from supple.catalog._load import read_with
from supple.catalog._rules.check import check_catalog, check_document

if TYPE_CHECKING:
    from supple._errors import Problem
    from supple.catalog import Checked


def check(name_or_path: str | os.PathLike[str]) -> Checked:
    """Check a catalog with all of its translations, or one routine in a file of its own.

    What a file says of a programme is checked with its routine.

    It goes by the same ``RULES`` as :func:`supple.testing.catalog_conformance`. Errors are what
    :class:`~supple.CatalogError` would carry, in words for people who write no programs.
    Warnings are about what may be said and is doubtful nevertheless. Those about an
    exercise come as soon as its own file has no error, all others once no file has one.

    Args:
        name_or_path: The name of an installed catalog, or a path: that of a catalog, of one of
            its files, of the project that it is in or of the folder around that. Or that of the
            file of a routine, whose exercises are looked up among the installed catalogs.

    Raises:
        UnknownNameError: If no installed catalog has the name.
        CatalogError: If there is nothing to check: no folder and no archive that can be opened,
            or a package that cannot be imported.
        ModelError: If ``name_or_path`` is neither text nor a path.

    >>> print(check("lower-back"))
    no errors, 2 warnings in 24 files
    """
    found = nearby(name_or_path)
    if found is name_or_path and isinstance(found, str | os.PathLike):
        file = Path(os.fsdecode(found))
        if file.suffix in SUFFIXES and file.is_file():
            return _check_routine(file)
    return read_with(check_catalog, "check.name_or_path", found)


def _check_routine(file: Path) -> Checked:
    from supple.planning._programme_files import read_either  # a catalog needs none of planning

    problems: tuple[Problem, ...] = ()
    try:
        read_either("check", file)
    except CatalogError as error:
        problems = error.problems
    return check_document(Folder(file.parent, is_trusted=True), file.name, problems)
