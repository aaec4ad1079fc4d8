"""Values that are looked up by name, with a helpful error for a name that nothing has."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TypeVar

from attrs import frozen

from supple._errors import UnknownNameError

Name = TypeVar("Name", bound=str)
Value = TypeVar("Value")


@frozen(eq=False, repr=False)
class ByName(Mapping[Name, Value]):
    """A read-only mapping by name, in an order of its own, of values of some kind.

    It equals every mapping of the same values, in whatever order.
    """

    kind: str
    _values: Mapping[Name, Value]

    def __getitem__(self, name: Name) -> Value:
        try:
            return self._values[name]
        except KeyError:
            raise UnknownNameError(self.kind, name, map(str, self._values)) from None

    def __contains__(self, name: object) -> bool:
        return name in self._values

    def __iter__(self) -> Iterator[Name]:
        return iter(self._values)

    def __len__(self) -> int:
        return len(self._values)

    def __hash__(self) -> int:
        return hash(frozenset(self._values.items()))

    def __repr__(self) -> str:
        return f"ByName({self.kind!r}, {self._values!r})"
