"""Find and read catalogs: named sets of exercises, routines, advice and pictures.

A catalog is a folder of data. A package that ships one registers it as an entry point of the
group ``supple.catalogs``, and :func:`supple.load_catalog` finds it there by its name; a path
to a folder or a ``.zip`` file works too.

>>> "lower-back" in installed()
True
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from supple.catalog._finding.installed import installed
from supple.catalog._template import new_catalog

if TYPE_CHECKING:
    from supple.catalog._languages.gaps import TranslationGaps, check_translations
    from supple.catalog._languages.translation import Translation
    from supple.catalog._load import load_errors
    from supple.catalog._routine_files import read_routine, write_routine
    from supple.catalog._rules.check import Checked, Finding, Severity, check
    from supple.catalog._schema import schema
    from supple.catalog._writing.write import write_catalog

__all__ = [
    "Checked",
    "Finding",
    "Severity",
    "Translation",
    "TranslationGaps",
    "check",
    "check_translations",
    "installed",
    "load_errors",
    "new_catalog",
    "read_routine",
    "schema",
    "write_catalog",
    "write_routine",
]

_HOME = {
    "Checked": "_rules.check",
    "Finding": "_rules.check",
    "Severity": "_rules.check",
    "Translation": "_languages.translation",
    "TranslationGaps": "_languages.gaps",
    "check": "_rules.check",
    "check_translations": "_languages.gaps",
    "load_errors": "_load",
    "read_routine": "_routine_files",
    "schema": "_schema",
    "write_catalog": "_writing.write",
    "write_routine": "_routine_files",
}


def __getattr__(name: str) -> object:
    if name not in _HOME:
        raise AttributeError(f"module 'supple.catalog' has no attribute {name!r}")
    home = import_module(f"supple.catalog.{_HOME[name]}")
    globals()[name] = value = getattr(home, name)
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
