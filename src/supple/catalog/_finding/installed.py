"""The catalogs of the installed distributions, found among their entry points."""

from __future__ import annotations

import os
import re
from importlib import import_module, metadata
from typing import TYPE_CHECKING

import importlib_resources
from attrs import NOTHING, frozen

from supple._errors import CatalogError, ModelError, Problem, UnknownNameError, show
from supple._model import checks as check

if TYPE_CHECKING:
    from collections.abc import Iterable

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
            CatalogError: If the entry point does not name a package, its name cannot be that of
                a catalog, or importing the package raises anything, an attempt to leave Python
                included. Only a ``KeyboardInterrupt`` comes through.
        """
        try:
            check.name("entry point", self.name)
        except ModelError as error:
            raise self._error(error.where, error.requirement, error.got) from None
        where = f"entry point {self.name}"
        if not all(part.isidentifier() for part in self.package.split(".")):
            raise self._error(where, "must be the name of a package", self.package)
        try:
            package = import_module(self.package)
            if hasattr(package, "__path__"):
                return importlib_resources.files(package)
        except KeyboardInterrupt:
            raise
        except BaseException as error:
            requirement = (
                f"must be a package that can be imported, "
                f"but importing {self.package} raised {show(error)}"
            )
            raise self._error(where, requirement) from error
        raise self._error(where, "must be a package, a folder of its own", self.package)

    def _error(self, where: str, requirement: str, got: object = NOTHING) -> CatalogError:
        problem = Problem(self.distribution, path=where, requirement=requirement, got=got)
        return CatalogError(self.name, [problem], self.distribution)


def is_name(text: str) -> bool:
    """Tell whether a text can be the name of a catalog."""
    try:
        check.name("", text)
    except ModelError:
        return False
    return True


def installed() -> tuple[str, ...]:
    """Return the names of the installed catalogs, sorted, without importing any.

    Whether each can be loaded is not looked at; :func:`load_errors` tells. A distribution whose
    entry points cannot be read, and an entry point whose name cannot be that of a catalog, are
    left out. The environment variable ``SUPPLE_DISABLE_PLUGINS`` switches catalogs of other
    distributions off: ``all`` of them, or those whose names it lists, separated by commas.

    Each call looks anew, and reads nothing but the entry points of each distribution, and the
    name and version of those that offer a catalog.

    >>> "lower-back" in installed()
    True
    """
    offered, _ = _scan()
    return _names(offered)


def find(name: str) -> Installed:
    """Return the installed catalog of a name, without importing it.

    Raises:
        UnknownNameError: If none has it.
        CatalogError: If several have it, or none has but a distribution that offers catalogs
            has entry points that cannot be read.
    """
    offered, unreadable = _scan()
    if name in offered:
        return _only(name, offered[name])
    if unreadable:
        problems = [problem for each in unreadable.values() for problem in each]
        raise CatalogError(name, problems)
    raise UnknownNameError("catalog", name, _names(offered))


def find_all() -> tuple[list[Installed], dict[str, CatalogError]]:
    """Return the installed catalogs in the order of their names, without importing any.

    Beside them are the errors of what cannot be one of them: a name that several have, by that
    name, and entry points that cannot be read, by ``entry points of`` their distribution.
    """
    offered, unreadable = _scan()
    found: list[Installed] = []
    errors = {
        f"entry points of {owner}": CatalogError("entry points", problems, owner)
        for owner, problems in unreadable.items()
    }
    for name in sorted(offered):
        try:
            found.append(_only(name, offered[name]))
        except CatalogError as error:
            errors[name] = error
    return found, errors


def _names(offered: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(filter(is_name, offered)))


def _only(name: str, offers: list[Installed]) -> Installed:
    """Return the one catalog that is offered under a name.

    Raises:
        CatalogError: If several are.
    """
    if len(offers) == 1:
        return offers[0]
    owners = " and ".join(sorted(f"{each.distribution} ({each.package})" for each in offers))
    problem = Problem(
        "installed distributions",
        path=f"entry point {name}",
        requirement=f"must be of one distribution only, but is of {owners}",
    )
    raise CatalogError(name, [problem])


def _scan() -> tuple[dict[str, list[Installed]], dict[str, list[Problem]]]:
    """Return what is offered under each name, and what is wrong with each distribution.

    Nothing is kept for the next call, for what is installed and switched off may change.
    """
    offered: dict[str, list[Installed]] = {}
    unreadable: dict[str, list[Problem]] = {}
    seen: set[str] = set()
    for distribution in metadata.distributions():
        points = _entry_points(distribution)
        if not points:
            continue
        name, version = _name_and_version(distribution)
        label = f"{name or 'a nameless distribution'} {version}".strip()
        compared = re.sub(r"[-_.]+", "-", name).lower()
        off = set() if compared == _OWN else _switched_off()
        if "all" in off:
            continue
        if isinstance(points, Exception):
            requirement = f"must be readable, but reading it raised {show(points)}"
            problem = Problem(label, path="entry_points.txt", requirement=requirement)
            unreadable.setdefault(label, []).append(problem)
        elif compared not in seen:
            seen |= {compared} - {""}  # Python imports the first one of several installations
            for point in points:
                entry = Installed(name=point.name, package=point.value, distribution=label)
                if point.name not in off and entry not in offered.setdefault(point.name, []):
                    offered[point.name].append(entry)
    return offered, unreadable


def _entry_points(
    distribution: metadata.Distribution,
) -> tuple[metadata.EntryPoint, ...] | Exception:
    """Return the entry points of catalogs, or what reading them raised."""
    try:
        if _GROUP not in (distribution.read_text("entry_points.txt") or ""):
            return ()
        return tuple(distribution.entry_points.select(group=_GROUP))
    except Exception as error:  # noqa: BLE001 - one broken distribution must not hide the others
        return error


def _switched_off() -> set[str]:
    return {word.strip() for word in os.environ.get(_DISABLE, "").split(",")}


def _name_and_version(distribution: metadata.Distribution) -> tuple[str, str]:
    """Return what a distribution says of itself, empty where it does not."""
    try:
        about = distribution.metadata
        name, version = ((about.get_all(key) or [""])[0] for key in ("Name", "Version"))
    except Exception:  # noqa: BLE001 - what cannot be read says nothing
        return "", ""
    return name, version
