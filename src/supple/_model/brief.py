"""How a value of the model is shown."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from attrs import fields

if TYPE_CHECKING:
    from collections.abc import Mapping


class Brief:
    """A value that shows what is not as by default, as it is given to its class."""

    __slots__ = ()

    def __repr__(self) -> str:
        cls: Any = type(self)
        computed = self._defaults()
        shown = [
            f"{each.alias}={getattr(self, each.name)!r}"
            for each in fields(cls)
            if each.repr and getattr(self, each.name) != computed.get(each.name, each.default)
        ]
        return f"{cls.__name__}({', '.join(shown)})"

    def _defaults(self) -> Mapping[str, object]:
        """Return the defaults that follow from the other values."""
        return {}
