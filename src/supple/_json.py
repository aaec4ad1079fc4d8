"""JSON as strictly as it is meant: each key once, and no number that is not finite."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Never

if TYPE_CHECKING:
    from collections.abc import Callable


class StrictError(ValueError):
    """What is JSON for a reader that is less strict; ``key`` is empty where it is not of one."""

    def __init__(self, requirement: str, got: object, *, key: str = "") -> None:
        super().__init__(f"{requirement} (got {got!r})")
        self.requirement = requirement
        self.got = got
        self.key = key


def read_object(
    text: str, requirement: str, refuse: Callable[[str, str, object], Exception]
) -> dict[str, Any]:
    """Return the object that a text is.

    Args:
        text: The text.
        requirement: What it must be, for one that is no JSON.
        refuse: Makes the error to raise of a key, or an empty one for the whole, of what is
            required there and of what was given.
    """
    try:
        given = json.loads(text, object_pairs_hook=once_each, parse_constant=_refuse_constant)
    except StrictError as error:
        raise refuse(error.key, error.requirement, error.got) from None
    except (ValueError, RecursionError) as error:
        raise refuse("", f"{requirement}: {error}", text) from error
    if not isinstance(given, dict):
        raise refuse("", "must be a JSON object", text)
    return given


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
