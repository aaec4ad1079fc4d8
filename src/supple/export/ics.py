"""Sessions in a calendar, with alarms, exercises and doses (iCalendar, RFC 5545).

A routine becomes appointments that repeat as often as its frequency says; a programme becomes
its sessions, each with its own doses. It needs the extra ``calendar``.
"""

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, time, timedelta
from itertools import islice
from typing import TYPE_CHECKING, Any, BinaryIO, Final, TypeVar
from zoneinfo import ZoneInfo

from supple._dosing import circuit_in_words, dose_in_words, rest_in_words
from supple._errors import ExportError, ModelError
from supple._extras import brought_by
from supple._model import Circuit, Rest, RoutineItem
from supple._model.exercise import prescribed
from supple._model.requirements import InstanceOf, Requirement
from supple._phrases import Phrases
from supple._timeline.timeline import Timeline
from supple._units import MS_PER_HOUR, seconds_begun
from supple.export._lost import Part, carrying

if TYPE_CHECKING:
    from supple.planning import Programme

SUFFIX = ".ics"
MEDIA_TYPE = "text/calendar"

lost = carrying(Part.RESTS, Part.CHAPTERS, Part.COUNTS, Part.NOTES, Part.ADVICE)

T = TypeVar("T")

MOST_SESSIONS: Final = 2_000
_DAYS: Final = 366  # nothing lasts longer for most calendars
LONGEST_MS: Final = _DAYS * 24 * MS_PER_HOUR
_WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


def write(  # noqa: PLR0913 - what a calendar needs to know, each by its name
    timeline: Timeline,
    stream: BinaryIO,
    *,
    programme: "Programme | None" = None,
    starts: date | None = None,
    times: Iterable[time] | None = None,
    zone: str | None = None,
    alarm: timedelta | None = timedelta(),
) -> None:
    """Write appointments to do a routine.

    Those of a routine go on without end, on as many days of a week and times of a day as its
    frequency says at the level of the timeline; on every day where it says nothing.

    Args:
        timeline: The routine; how long an appointment is. With a programme, its sessions are
            written instead.
        stream: Where.
        programme: The programme whose sessions are written; it has its first day, its times and
            its zone itself.
        starts: The first day; today where it is left out.
        times: The times of day; where they are left out, those of a
            :class:`~supple.planning.Programme`.
        zone: The time zone by its name, such as ``Europe/Berlin``. Where it is left out, the
            times are those of the wall clock wherever the person is.
        alarm: How long before it a person is reminded; ``None`` for no reminder.

    Raises:
        ExportError: If a value cannot be in a calendar, the routine lasts for too long, or a
            programme has no end or too many sessions.
        MissingExtraError: If icalendar is not installed.
    """
    with brought_by("calendar", "icalendar"):
        import icalendar

    calendar = icalendar.Calendar()
    calendar.add("PRODID", "-//supple//supple//EN")
    calendar.add("VERSION", "2.0")
    if alarm is not None and not isinstance(alarm, timedelta):
        raise ExportError("ics.alarm", "must be a timedelta, or None", alarm)
    if programme is None:
        events = _series(timeline, starts or datetime.now().astimezone().date(), times, zone)
    else:
        for name, value in {"starts": starts, "times": times, "zone": zone}.items():
            if value is not None:
                requirement = "must be left out, for the programme has it"
                raise ExportError(f"ics.{name}", requirement, value)
        events = _sessions(programme)
    for properties in events:
        event = icalendar.Event()
        for name, value in properties.items():
            event.add(name, value)
        if alarm is not None:
            reminder = icalendar.Alarm()
            reminder.add("ACTION", "DISPLAY")
            reminder.add("TRIGGER", -alarm)
            reminder.add("DESCRIPTION", properties["SUMMARY"])
            event.add_component(reminder)
        calendar.add_component(event)
    calendar.add_missing_timezones()
    stream.write(calendar.to_ical())


def _series(
    timeline: Timeline, starts: date, times: Iterable[time] | None, zone: str | None
) -> Iterator[dict[str, Any]]:
    from supple.planning._instant import DAY, TIMES_OF_DAY, ZONE
    from supple.planning._programme import usual_days, usual_times

    routine = timeline.routine
    starts = _required("starts", DAY, starts)
    if times is None:
        times = usual_times(routine, timeline.level)
    where = None if zone is None else ZoneInfo(_required("zone", ZONE, zone))
    days = usual_days(routine, timeline.level)
    rule: dict[str, Any] = {"FREQ": "DAILY"}
    if len(days) < len(_WEEKDAYS):
        weekdays = sorted((starts.weekday() + day) % len(_WEEKDAYS) for day in days)
        rule = {"FREQ": "WEEKLY", "BYDAY": [_WEEKDAYS[i] for i in weekdays]}
    for at in _required("times", TIMES_OF_DAY, times):
        begins = datetime.combine(starts, at, tzinfo=where)
        if where is not None and begins.astimezone(UTC).astimezone(begins.tzinfo) != begins:
            requirement = f"must not be a time that the clocks of {zone} skip on the first day"
            raise ExportError("ics.times", requirement, at)
        yield _properties(timeline, begins) | {"RRULE": rule}


def _sessions(programme: "Programme") -> Iterator[dict[str, Any]]:
    from supple.planning import Programme

    _required("programme", InstanceOf(Programme), programme)
    sessions = list(islice(programme.sessions(), MOST_SESSIONS + 1))
    if len(sessions) > MOST_SESSIONS:
        requirement = f"must have at most {MOST_SESSIONS:,} sessions: give it fewer days"
        raise ExportError("ics.programme", requirement, programme.days)
    for session in sessions:
        yield _properties(session.timeline, session.at, session.why)


def _properties(timeline: Timeline, begins: datetime, why: str | None = None) -> dict[str, Any]:
    """Return what an appointment says. It is the same each time, and so is its identifier."""
    if timeline.duration_ms > LONGEST_MS:
        requirement = f"must last at most {_DAYS} days ({LONGEST_MS:,} ms)"
        raise ExportError("ics", requirement, timeline.duration_ms)
    return {
        "UID": f"{timeline.routine.id}-{begins:%Y%m%dT%H%M%S}@supple",
        "DTSTAMP": datetime.combine(begins.date(), time(), tzinfo=UTC),
        "DTSTART": begins,
        "DURATION": timedelta(seconds=max(seconds_begun(timeline.duration_ms), 1)),
        "SUMMARY": _kept(timeline.routine.name),
        "DESCRIPTION": _kept("\n".join(_description(timeline, why))),
    }


def _required(name: str, requirement: Requirement[T], value: object) -> T:
    try:
        return requirement.require(f"ics.{name}", value)
    except ModelError as error:
        raise ExportError(error.where, error.requirement, error.got) from error


def _kept(text: str) -> str:
    r"""Return a text in which no ``\N`` stands, which icalendar writes as the end of a line."""
    return text.replace("\\N", "\\\u2060N")


def _description(timeline: Timeline, why: str | None) -> Iterator[str]:
    routine, labels = timeline.routine, timeline.phrases
    yield from (each for each in (routine.purpose, why) if each)
    yield from _items(routine.items, labels, "")
    for tier in dict.fromkeys(each.tier for each in routine.advice):
        yield ""
        yield f"{labels.tier(tier)}:"
        yield from (f"– {each.text}" for each in routine.advice_in(tier))
    yield ""
    yield labels.disclaimer


def _items(items: Iterable[RoutineItem], labels: Phrases, indent: str) -> Iterator[str]:
    for item in items:
        if isinstance(item, Circuit):
            yield f"{indent}{', '.join(circuit_in_words(item, labels))}:"
            yield from _items(item.items, labels, f"{indent}  ")
        elif isinstance(item, Rest):
            yield f"{indent}– {rest_in_words(item, labels)}"
        else:
            note = prescribed(item).note
            beside = f". {note}" if note else ""
            yield f"{indent}• {item.name}: {dose_in_words(item, phrases=labels)}{beside}"
