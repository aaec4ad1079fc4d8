"""Names of a package that load their module when they are first used.

They stand once, in the stub beside the package, where type checkers read them, too.
"""

from __future__ import annotations

import os
import sys
from importlib import import_module

TYPE_CHECKING = False  # importing typing for it would take longer than the rest of this module
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

HOMES: dict[str, dict[str, str]] = {}
"""The module of each public name, by package and by name."""


def lazy_names(package: str) -> tuple[Callable[[str], Any], Callable[[], list[str]], list[str]]:
    """Return ``__getattr__``, ``__dir__`` and ``__all__`` of a package.

    Its stub imports each name as itself, and nothing else. A name is kept in the package once it
    has been used. ``dir`` shows these names, and of what else the package has only what it says
    about itself.
    """
    module: Any = sys.modules[package]
    stub = os.path.join(module.__path__[0], "__init__.pyi")  # noqa: PTH118 - pathlib takes longer
    words = module.__loader__.get_data(stub).decode().replace(",", " ").split()
    rooms: list[str] = []
    homes = HOMES[package] = {}
    home = ""
    for i, word in enumerate(words):
        if word == "from":
            home = words[i + 1]
        elif word == "as" and home == package:
            rooms.append(words[i + 1])
        elif word == "as":
            homes[words[i + 1]] = home

    def load(name: str) -> Any:
        if name in homes:
            value = getattr(import_module(homes[name]), name)
        elif name in rooms:
            value = import_module(f"{package}.{name}")
        elif name == "__version__" and package == "supple":
            value = import_module("importlib.metadata").version(package)
        else:
            raise AttributeError(f"module {package!r} has no attribute {name!r}")
        setattr(module, name, value)
        return value

    def names() -> list[str]:
        return sorted({name for name in vars(module) if name.startswith("__")} | {*homes, *rooms})

    return load, names, [*homes]
