"""How hypothesis learns of supple's types: by an entry point, whenever it is imported.

Most programs that import hypothesis are not about supple, so nothing of supple is loaded for
them but two small modules. A type is registered when it is first asked for as ``supple.Name``,
which is the one way to it, or at once where it has been loaded before. Its strategy is made
when hypothesis asks for that.
"""

from __future__ import annotations

import sys
from importlib import import_module
from typing import TYPE_CHECKING, Any, Final

import supple
from supple._lazy import HOMES

if TYPE_CHECKING:
    from collections.abc import Callable

    from hypothesis.strategies import SearchStrategy

STRATEGIES: Final = {
    "Advice": "advice",
    "Breath": "breaths",
    "Catalog": "catalogs",
    "Circuit": "circuits",
    "Dose": "doses",
    "Event": "events",
    "Exercise": "exercises",
    "Frequency": "frequencies",
    "Hold": "holds",
    "Link": "links",
    "Mark": "marks",
    "Moment": "moments",
    "Pacing": "pacings",
    "Phrases": "phrases",
    "Picture": "pictures",
    "Pose": "poses",
    "Prescription": "prescriptions",
    "Range": "ranges",
    "Rest": "rests",
    "Routine": "routines",
    "Segment": "segments",
    "DoseSource": "sources",
    "Step": "steps",
    "Timeline": "timelines",
}
"""The types, each with the function of :mod:`supple.testing.strategies` that makes it."""


def register() -> None:
    """Register the types that are loaded already, and each other one when it gets loaded.

    Called by hypothesis itself. It never imports a type, nor what makes one.
    """
    pending = dict(STRATEGIES)
    names = vars(supple)
    load: Callable[[str], object] = names["__getattr__"]

    def load_and_register(name: str) -> object:
        value = load(name)
        _register_loaded(pending)
        return value

    names["__getattr__"] = load_and_register
    _register_loaded(pending)


def _register_loaded(pending: dict[str, str]) -> None:
    for name, strategy in [*pending.items()]:
        home = sys.modules.get(HOMES["supple"][name])
        if home is not None and hasattr(home, name):  # false while it is being imported
            from hypothesis.strategies import register_type_strategy

            register_type_strategy(getattr(home, name), _maker(strategy))
            pending.pop(name, None)


def _maker(strategy: str) -> Callable[[type], SearchStrategy[Any]]:
    def make(_type: type) -> SearchStrategy[Any]:
        made: SearchStrategy[Any] = getattr(import_module("supple.testing.strategies"), strategy)()
        return made

    return make
