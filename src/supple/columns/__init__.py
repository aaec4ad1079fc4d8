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

TYPE_CHECKING = False  # as in the package above
if TYPE_CHECKING:
    from supple.columns._arrays import (
        schema as schema,
        to_arrow as to_arrow,
        to_numpy as to_numpy,
    )
    from supple.columns._expand import expand as expand, templates as templates

    __all__: list[str]
else:
    _load, __dir__, __all__ = lazy_names(
        __name__,
        {
            "_arrays": "schema to_arrow to_numpy",
            "_expand": "expand templates",
        },
    )

    def __getattr__(name: str) -> object:
        try:
            return _load(name)
        except ModuleNotFoundError as error:
            if error.name not in {"numpy", "pyarrow"}:
                raise
            from supple._errors import MissingExtraError

            raise MissingExtraError("arrow", error.name) from error
