"""Which events somebody wants to hear of."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal, TypeAlias

from supple._errors import ModelError
from supple._model import requirements as must
from supple._timeline.kinds import SEGMENT_STARTED_BY, EventKind, EventKindWord

Kind: TypeAlias = EventKind | EventKindWord
Kinds: TypeAlias = Iterable[Kind] | Kind | Literal["segments"]
"""Kinds of events or their words; ``segments`` means what starts a step, a hold or a rest."""

_SEGMENTS = frozenset(map(EventKind, SEGMENT_STARTED_BY))
_ALL = frozenset(EventKind)


def wanted_kinds(where: str, only: object) -> frozenset[EventKind]:
    """Return the kinds that are meant: all of them where none are named."""
    if only is None:
        return _ALL
    if only == "segments":
        return _SEGMENTS
    kind = must.WordOf(EventKind).require
    if isinstance(only, str):
        return frozenset({kind(where, only)})
    if not isinstance(only, Iterable):
        raise ModelError(where, "must be kinds of events", only)
    return frozenset(kind(where, each) for each in only)
