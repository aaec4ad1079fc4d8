"""The catalogs of the installed distributions, found among their entry points."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import importlib_resources
from attrs import NOTHING

from supple._errors import CatalogError, ModelError, Problem, UnknownNameError, show
from supple._model import requirements as must
from supple._plugins import PluginError, find_plugins

if TYPE_CHECKING:
    from collections.abc import Iterable

    from importlib_resources.abc import Traversable

    from supple._plugins import Plugin

_GROUP: Final = "supple.catalogs"


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
    return _names(find_plugins(_GROUP).found)


def find(name: str) -> Plugin:
    """Return the one installed catalog of a name, without importing it.

    Where none has it, a distribution whose entry points cannot be read may.
    """
    plugins = find_plugins(_GROUP)
    if name in plugins.found:
        return _only(name, plugins.found[name])
    if unreadable := plugins.broken | plugins.unknown:
        problems = [problem for each in unreadable.values() for problem in each]
        raise CatalogError(name, problems)
    raise UnknownNameError("catalog", name, _names(plugins.found))


def find_all() -> tuple[list[Plugin], dict[str, CatalogError]]:
    """Return the installed catalogs in the order of their names, without importing any.

    Beside them are the errors of what cannot be one of them: a name that several have, by that
    name, and entry points that cannot be read, by ``entry points of`` their distribution.
    """
    plugins = find_plugins(_GROUP)
    found: list[Plugin] = []
    errors = {
        f"entry points of {owner}": CatalogError("entry points", problems, owner)
        for owner, problems in plugins.broken.items()
    }
    for name in sorted(plugins.found):
        try:
            found.append(_only(name, plugins.found[name]))
        except CatalogError as error:
            errors[name] = error
    return found, errors


def folder_of(plugin: Plugin) -> Traversable:
    """Import the package that a catalog is, and return its folder."""
    try:
        must.NAME.require("entry point", plugin.name)
    except ModelError as error:
        raise _refused(plugin, error.where, error.requirement, error.got) from None
    where = f"entry point {plugin.name}"
    if not all(part.isidentifier() for part in plugin.value.split(".")):
        raise _refused(plugin, where, "must be the name of a package", plugin.value)
    try:
        package = plugin.load()
        if hasattr(package, "__path__"):
            return importlib_resources.files(package)
    except PluginError as error:
        requirement = f"must be a package that {error}"
        raise _refused(plugin, where, requirement) from error.__cause__
    except KeyboardInterrupt:
        raise
    except BaseException as error:
        requirement = f"must be a package with files, but asking for them raised {show(error)}"
        raise _refused(plugin, where, requirement) from error
    raise _refused(plugin, where, "must be a package, a folder of its own", plugin.value)


def too_slow(plugin: Plugin, seconds: float) -> CatalogError:
    """Return the error of a catalog that nobody waits for any longer."""
    requirement = (
        f"must be imported and read within {seconds:g} seconds; ask for it by its name to wait "
        f"for it, or leave it out by SUPPLE_DISABLE_PLUGINS={plugin.name}"
    )
    return _refused(plugin, f"entry point {plugin.name}", requirement)


def _refused(plugin: Plugin, where: str, requirement: str, got: object = NOTHING) -> CatalogError:
    problem = Problem(plugin.distribution, path=where, requirement=requirement, got=got)
    return CatalogError(plugin.name, [problem], plugin.distribution)


def _names(found: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(filter(must.NAME.accepts, found)))


def _only(name: str, offers: list[Plugin]) -> Plugin:
    """Return the one catalog that is offered under a name, or refuse several."""
    if len(offers) == 1:
        return offers[0]
    owners = " and ".join(sorted(f"{each.distribution} ({each.value})" for each in offers))
    requirement = f"must be of one distribution only, but is of {owners}"
    where = f"entry point {name}"
    raise CatalogError(
        name, [Problem("installed distributions", path=where, requirement=requirement)]
    )
