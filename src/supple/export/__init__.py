"""Timelines as files, one format a module.

Each format has the same names: ``write(timeline, stream)`` writes a timeline to a binary stream,
``lost(timeline)`` says what of it the format cannot carry, ``SUFFIX`` and ``MEDIA_TYPE`` say what
such a file is called.

>>> import io, supple
>>> from supple.export import svg
>>> timeline = supple.schedule(supple.load_catalog("lower-back").routines["in-bed"])
>>> stream = io.BytesIO()
>>> svg.write(timeline, stream)
>>> stream.getvalue()[:4]
b'<svg'

:func:`write_file` chooses the format by the ending, and :func:`formats` finds them all, those of
other packages included: these name a module of theirs as an entry point of the group
``supple.exporters``.
"""

from supple.export._formats import Format, formats, load_errors, write_file

__all__ = ["Format", "formats", "load_errors", "write_file"]
