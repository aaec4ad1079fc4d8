"""Find and read catalogs: named sets of exercises, routines, advice and pictures.

A catalog is a folder of data. A package that ships one registers it as an entry point of the
group ``supple.catalogs``, and :func:`supple.load_catalog` finds it there by its name; a path
to a folder or a ``.zip`` file works too.

>>> from supple.catalog import installed
>>> "lower-back" in installed()
True
"""

from __future__ import annotations

from supple._lazy import lazy_names

__getattr__, __dir__, __all__ = lazy_names(__name__)
