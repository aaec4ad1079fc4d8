"""JSON as strictly as it is meant: each key once, and no number that is not finite."""

from __future__ import annotations

import json
from typing import Any, Never


class TwiceError(ValueError):
    """A key stands twice in one object."""

    def __init__(self, key: str, value: object) -> None:
        super().__init__(f"{key!r} stands twice")
        self.key = key
        self.value = value


def read_json(text: str) -> Any:
    """Return what a text says.

    Raises:
        TwiceError: If a key stands twice in one object.
        ValueError: If it is no JSON.
        RecursionError: If it is nested too deep.
    """
    return json.loads(text, object_pairs_hook=once_each, parse_constant=_refuse_constant)


def once_each(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Return the pairs of an object, as ``json.loads`` asks for it."""
    given: dict[str, Any] = {}
    for key, value in pairs:
        if key in given:
            raise TwiceError(key, value)
        given[key] = value
    return given


def _refuse_constant(constant: str) -> Never:
    raise ValueError(f"{constant} is no number of JSON")
