"""What an instant must be: a date and time that everybody reads alike."""

from __future__ import annotations

from datetime import date, datetime
from typing import TypeVar

from supple._errors import ModelError

Day = TypeVar("Day", bound=date)


FIRST_YEAR, LAST_YEAR = 1900, 9000
"""No zone leads out of the dates that there are from here, nor does the longest programme."""


def instant(where: str, value: object) -> datetime:
    """Require a date and time with an offset."""
    if not isinstance(value, datetime) or value.utcoffset() is None:
        requirement = "must be a date and time with an offset, as datetime.now(UTC) gives"
        raise ModelError(where, requirement, value)
    return in_years(where, value)


def in_years(where: str, value: Day) -> Day:
    """Require a year with room before it and behind it."""
    if not FIRST_YEAR <= value.year <= LAST_YEAR:
        requirement = f"must lie in the years from {FIRST_YEAR} to {LAST_YEAR}"
        raise ModelError(where, requirement, value)
    return value
