"""What installed distributions offer to the library, found among their entry points.

Finding imports nothing. A distribution that is broken hides no other one, and whether it is
broken matters only where it offers something of the group.
"""

from __future__ import annotations

import os
import re
from importlib import import_module, metadata
from operator import attrgetter
from typing import Any

from attrs import field, frozen

from supple._errors import Problem, show

_OWN = "supple"
_DISABLE = "SUPPLE_DISABLE_PLUGINS"


class PluginError(Exception):
    """A plugin cannot be imported. It never reaches a user: what it says does."""


@frozen
class Plugin:
    """An entry point of a distribution. Nothing of it has been imported.

    Its value is a module, or ``module:attribute``; the distribution is ``acme-stretches 1.0``.
    """

    name: str
    value: str
    distribution: str
    is_own: bool = field(default=False, kw_only=True)

    def load(self) -> Any:
        """Import what it names; whatever is raised meanwhile is the cause of a PluginError."""
        module, _, attribute = self.value.partition(":")
        try:
            found = import_module(module)
            return attrgetter(attribute)(found) if attribute else found
        except KeyboardInterrupt:
            raise
        except BaseException as error:
            message = f"can be imported, but importing {module} raised {show(error)}"
            raise PluginError(message) from error


@frozen(kw_only=True)
class Plugins:
    """The entry points of one group."""

    found: dict[str, list[Plugin]] = field(factory=dict)
    """By their names, each with all who offer it."""
    broken: dict[str, list[Problem]] = field(factory=dict)
    """What is wrong with those of distributions that offer something, by distribution."""
    unknown: dict[str, list[Problem]] = field(factory=dict)
    """The same of those of whom it cannot be told whether they offer anything."""


def find_plugins(group: str) -> Plugins:
    """Return what installed distributions offer in a group, without importing any of it.

    ``SUPPLE_DISABLE_PLUGINS`` switches plugins of other distributions off: ``all`` of them, or
    those whose names it lists, separated by commas. Nothing is kept for the next call, for what
    is installed and switched off may change.
    """
    plugins = Plugins()
    seen: set[str] = set()
    for distribution in metadata.distributions():
        points, error, offers = _entry_points(distribution, group)
        if not (points or error):
            continue
        name, version = _name_and_version(distribution)
        label = f"{name or 'a nameless distribution'} {version}".strip()
        compared = re.sub(r"[-_.]+", "-", name).lower()
        off = set() if compared == _OWN else _switched_off()
        if "all" in off:
            continue
        if error:
            requirement = f"must be readable, but reading it raised {show(error)}"
            problem = Problem(label, path="entry_points.txt", requirement=requirement)
            into = plugins.broken if offers else plugins.unknown
            into.setdefault(label, []).append(problem)
        elif compared not in seen:
            seen |= {compared} - {""}  # Python imports the first one of several installations
            for point in points:
                plugin = Plugin(point.name, point.value, label, is_own=compared == _OWN)
                if point.name not in off and plugin not in plugins.found.get(point.name, []):
                    plugins.found.setdefault(point.name, []).append(plugin)
    return plugins


def _entry_points(
    distribution: metadata.Distribution, group: str
) -> tuple[metadata.EntryPoints | tuple[()], Exception | None, bool]:
    """Return the entry points of a group, what reading them raised, and if there are some."""
    offers = False
    try:
        offers = group in (distribution.read_text("entry_points.txt") or "")
        return distribution.entry_points.select(group=group) if offers else (), None, offers
    except UnicodeDecodeError as error:
        offers = group.encode() in bytes(error.object)
        return (), error if offers else None, offers
    except Exception as error:  # noqa: BLE001 - one broken distribution must not hide the others
        return (), error, offers


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
