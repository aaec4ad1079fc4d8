"""JSON as strictly as it is meant: each key once, and no number that is not finite."""

from __future__ import annotations

import json
from typing import Any, Never


class StrictError(ValueError):
    """What is JSON for a reader that is less strict; ``key`` is empty where it is not of one."""

    def __init__(self, requirement: str, got: object, *, key: str = "") -> None:
        super().__init__(f"{requirement} (got {got!r})")
        self.requirement = requirement
        self.got = got
        self.key = key


def read_json(text: str) -> Any:
    """Return what a text says.

    Raises:
        StrictError: If a key stands twice in one object, or a number is not finite.
        ValueError: If it is no JSON.
        RecursionError: If it is nested too deep.
    """
    return json.loads(text, object_pairs_hook=once_each, parse_constant=_refuse_constant)


def once_each(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Return the pairs of an object, as ``json.loads`` asks for it."""
    given: dict[str, Any] = {}
    for key, value in pairs:
        if key in given:
            raise StrictError("must stand only once", value, key=key)
        given[key] = value
    return given


def _refuse_constant(constant: str) -> Never:
    raise StrictError("must have no number that is not finite", constant)
