"""Names of a package that load their module when they are first used."""

from __future__ import annotations

import sys
from importlib import import_module

TYPE_CHECKING = False  # importing typing for it would take longer than the rest of this module
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

HOMES: dict[str, dict[str, str]] = {}
"""The module of each public name, by package and by name."""


def lazy_names(
    package: str, homes: Mapping[str, str], *, rooms: str = ""
) -> tuple[Callable[[str], object], Callable[[], list[str]], list[str]]:
    """Return ``__getattr__``, ``__dir__`` and ``__all__`` of a package.

    A name is kept in the package once it has been used. ``dir`` shows these names, and of what
    else the package has only what it says about itself.

    Args:
        package: The name of the package.
        homes: The names in each module of the package, parted by white space, by the name of
            the module below the package.
        rooms: The public modules below the package, parted by white space.
    """
    home_of = {
        name: f"{package}.{home}" for home, names in homes.items() for name in names.split()
    }
    HOMES[package] = home_of
    public = [*home_of, *rooms.split()]

    def load(name: str) -> object:
        if name in home_of:
            value = getattr(import_module(home_of[name]), name)
        elif name in public:
            value = import_module(f"{package}.{name}")
        elif name == "__version__":
            value = import_module("importlib.metadata").version(package)
        else:
            raise AttributeError(f"module {package!r} has no attribute {name!r}")
        setattr(sys.modules[package], name, value)
        return value

    def names() -> list[str]:
        own = (name for name in vars(sys.modules[package]) if name.startswith("__"))
        return sorted({*own, *public})

    return load, names, [*home_of]
