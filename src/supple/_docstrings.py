"""What the docstring of a class tells of its parameters."""

from __future__ import annotations

import re
from inspect import getdoc


def told_of(cls: type) -> dict[str, str]:
    """Return what is told of each parameter, on one line and without markup.

    There is nothing where Python leaves docstrings out.
    """
    _, _, arguments = (getdoc(cls) or "").partition("\nArgs:\n")
    section = re.split(r"\n(?=\S)", arguments)[0]
    found = re.findall(r"^    (\w+): (.+(?:\n {8}.+)*)", section, re.MULTILINE)
    return {key: _plain(text) for key, text in found}


def _plain(text: str) -> str:
    return re.sub(r":\w+:`~?([^`]+)`", r"\1", re.sub(r"\s+", " ", text)).replace("``", "'")
