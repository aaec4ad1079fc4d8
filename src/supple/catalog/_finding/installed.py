"""The catalogs of the installed distributions, found among their entry points."""

from __future__ import annotations

import os
import re
from importlib import import_module, metadata
from typing import TYPE_CHECKING

import importlib_resources
from attrs import frozen

from supple._errors import CatalogError, Problem, UnknownNameError, show

if TYPE_CHECKING:
    from importlib_resources.abc import Traversable

_GROUP = "supple.catalogs"
_OWN = "supple"
_DISABLE = "SUPPLE_DISABLE_PLUGINS"


@frozen(kw_only=True)
class Installed:
    """A catalog that a distribution offers. Nothing of it has been imported or read."""

    name: str
    package: str
    distribution: str
    """The name and version of the distribution, such as ``acme-stretches 1.0``."""

    def folder(self) -> Traversable:
        """Import the package, and return the folder that it is.

        Raises:
            CatalogError: If the entry point does not name a package, or importing it raises
                anything, an attempt to leave Python included.
        """
        if not all(part.isidentifier() for part in self.package.split(".")):
            raise self.error(f"must be the name of a package (got {show(self.package)})")
        try:
            package = import_module(self.package)
            if hasattr(package, "__path__"):
                return importlib_resources.files(package)
        except (Exception, SystemExit) as error:
            raise self.error(
                f"must be a package that can be imported, "
                f"but importing {self.package} raised {show(error)}"
            ) from error
        raise self.error(f"must be a package, a folder of its own (got {show(self.package)})")

    def error(self, requirement: str) -> CatalogError:
        """Return an error that says what the entry point would have to be."""
        problem = Problem(
            self.distribution, path=f"entry point {self.name}", requirement=requirement
        )
        return CatalogError(self.name, [problem], self.distribution)


def installed() -> tuple[str, ...]:
    """Return the names of the installed catalogs, sorted, without importing any.

    A distribution whose entry points cannot be read is left out. The environment variable
    ``SUPPLE_DISABLE_PLUGINS`` switches catalogs of other distributions off: ``all`` of them,
    or those whose names it lists, separated by commas.

    >>> "lower-back" in installed()
    True
    """
    offered, _ = _scan()
    return tuple(sorted({each.name for each in offered}))


def find(name: str) -> Installed:
    """Return the installed catalog of a name, without importing it.

    Raises:
        UnknownNameError: If none has it.
        CatalogError: If several have it, or none has but a distribution that offers catalogs
            has entry points that cannot be read.
    """
    offered, problems = _scan()
    found = list(dict.fromkeys(each for each in offered if each.name == name))
    if len(found) > 1:
        owners = " and ".join(sorted(f"{each.distribution} ({each.package})" for each in found))
        problem = Problem(
            "installed distributions",
            path=f"entry point {name}",
            requirement=f"must be of one distribution only, but is of {owners}",
        )
        raise CatalogError(name, [problem])
    if found:
        return found[0]
    if problems:
        raise CatalogError(name, problems)
    raise UnknownNameError("catalog", name, sorted({each.name for each in offered}))


def _scan() -> tuple[list[Installed], list[Problem]]:
    """Return what the distributions offer, and what is wrong with their entry points."""
    offered: list[Installed] = []
    problems: list[Problem] = []
    seen: set[str] = set()
    for distribution in metadata.distributions():
        try:
            if _GROUP not in (distribution.read_text("entry_points.txt") or ""):
                continue
            found = distribution.entry_points.select(group=_GROUP)
        except Exception as error:  # noqa: BLE001 - one broken distribution must not hide the others
            requirement = f"must be readable, but reading it raised {show(error)}"
            problems.append(
                Problem(_label(distribution), path="entry_points.txt", requirement=requirement)
            )
            continue
        name = _name(distribution)
        if name in seen:
            continue  # of two installations of one distribution Python imports the first one
        seen |= {name} - {""}
        offered += (
            Installed(name=point.name, package=point.value, distribution=_label(distribution))
            for point in found
            if not _is_disabled(point.name, name)
        )
    return offered, problems


def _is_disabled(catalog: str, distribution: str) -> bool:
    words = {word.strip() for word in os.environ.get(_DISABLE, "").split(",")}
    return distribution != _OWN and not words.isdisjoint({"all", catalog})


def _name(distribution: metadata.Distribution) -> str:
    """Return the name of a distribution in the form in which names compare."""
    return re.sub(r"[-_.]+", "-", _about(distribution, "Name")).lower()


def _label(distribution: metadata.Distribution) -> str:
    name = _about(distribution, "Name") or "a nameless distribution"
    return f"{name} {_about(distribution, 'Version')}".strip()


def _about(distribution: metadata.Distribution, key: str) -> str:
    try:
        values = distribution.metadata.get_all(key, [])
    except Exception:  # noqa: BLE001 - what cannot be read says nothing
        return ""
    return values[0] if values else ""
