"""What an instant must be: a date and time that everybody reads alike."""

from __future__ import annotations

from datetime import datetime

from supple._errors import ModelError


def instant(where: str, value: object) -> datetime:
    """Require a date and time with an offset."""
    if not isinstance(value, datetime) or value.utcoffset() is None:
        requirement = "must be a date and time with an offset, as datetime.now(UTC) gives"
        raise ModelError(where, requirement, value)
    return value
