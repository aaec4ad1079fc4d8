"""What instants, days, times of day and time zones must be."""

from __future__ import annotations

import re
from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

from supple._errors import Hint, MissingExtraError, close_matches
from supple._model.requirements import Requirement, Text, UniqueOf, refuse
from supple._model.routine import MOST_TIMES_A_DAY

FIRST_YEAR, LAST_YEAR = 1900, 9000
"""No zone leads out of the dates that there are from here, nor does the longest programme."""

_TIME = re.compile(r"\d\d:\d\d(:\d\d)?")


def _require_year(day: date, value: object) -> None:
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        refuse("year", f"must lie in the years from {FIRST_YEAR} to {LAST_YEAR}", value)


class Dated(Requirement[datetime]):
    """A date and time that everybody reads alike."""

    def kept(self, value: Any) -> datetime:
        if not isinstance(value, datetime) or value.utcoffset() is None:
            requirement = "must be a date and time with an offset, as datetime.now(UTC) gives"
            refuse("instant", requirement, value)
        _require_year(value, value)
        return value


class Day(Requirement[date]):
    """A day; a document may have it as text."""

    def kept(self, value: Any) -> date:
        day = _read(date, value) if isinstance(value, str) else value
        if not isinstance(day, date) or isinstance(day, datetime):
            refuse("day", "must be a day alone, such as 2027-03-22", value)
        _require_year(day, value)
        return day


class TimeOfDay(Requirement[time]):
    """A time of day in whole seconds, of no zone; a document may have it as text."""

    def kept(self, value: Any) -> time:
        is_text = isinstance(value, str) and _TIME.fullmatch(value)
        at = _read(time, value) if is_text else value
        if not isinstance(at, time):
            refuse("time", "must be a time of day such as 08:00", value)
        if at.tzinfo is not None:
            refuse("time-zone", "must have no time zone of its own", at)
        if at.microsecond:
            refuse("seconds", "must be whole seconds", at)
        return at


def _read(kind: type[date | time], text: str) -> date | time | None:
    try:
        return kind.fromisoformat(text)
    except ValueError:
        return None


class Zone(Text):
    """The name of a time zone."""

    def kept(self, value: Any) -> str:
        name = super().kept(value)
        try:
            ZoneInfo(name)
        except (ZoneInfoNotFoundError, ValueError, OSError) as error:
            known = sorted(available_timezones())
            if not known:
                raise MissingExtraError("programme", "tzdata") from error
            hint = Hint(close_matches(name, known))
            requirement = f"must be the name of a time zone, such as 'Europe/Berlin'{hint}"
            refuse("zone", requirement, name, hint=hint)
        return name


DATED = Dated()
DAY = Day()
ZONE = Zone()
TIMES_OF_DAY = UniqueOf(
    TimeOfDay(),
    "time",
    least=1,
    most=MOST_TIMES_A_DAY,
    refusal=("times", f"must be from 1 to {MOST_TIMES_A_DAY} times"),
)
