"""Timelines as files and lines, one format a module.

``supple.export.event_lines``
    JSON Lines, one event a line, for other programs to follow as it happens.
"""
