"""Events in bulk: a timeline as columns, and many sessions at once.

>>> import supple
>>> from supple.columns import to_arrow
>>> back = supple.load_catalog("lower-back")
>>> timeline = supple.schedule(back.routines["lower-back"])
>>> to_arrow(timeline).read_all().num_rows == len(timeline)
True

The columns are the facts of an :class:`~supple.Event`, made from the layout of the timeline
without an object for an event. This needs the extra ``arrow``.
"""

from __future__ import annotations

from supple._lazy import lazy_names

_load, __dir__, __all__ = lazy_names(__name__)


def __getattr__(name: str) -> object:
    try:
        return _load(name)
    except ModuleNotFoundError as error:
        if error.name not in {"numpy", "pyarrow"}:
            raise
        from supple._errors import MissingExtraError

        raise MissingExtraError("arrow", error.name) from error
