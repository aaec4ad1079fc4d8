"""How a notebook shows a value: as a picture and a dose, drawn by what is no part of the core."""

from __future__ import annotations


class InNotebook:
    """Something that a notebook shows as more than text."""

    __slots__ = ()

    def _repr_html_(self) -> str:
        """Return what a notebook shows."""
        from supple.export._in_notebook import shown

        return shown(self)
