"""A calendar: read by two other readers, which find the sessions, their times and their words."""

from __future__ import annotations

import io
import sys
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest
from hypothesis import given

from supple import (
    Advice,
    Circuit,
    ExportError,
    Frequency,
    MissingExtraError,
    Prescription,
    Rest,
    Routine,
    Timeline,
    load_catalog,
    schedule,
)
from supple.export import ics
from supple.planning import Grow, Programme, Progression

from ..needs import needs_module
from .routines import exercise, hostile_routines, routine

needs_module("icalendar")
needs_module("recurring_ical_events")
needs_module("vobject")

import icalendar  # noqa: E402 - as above
import recurring_ical_events  # noqa: E402 - as above
import vobject  # noqa: E402 - as above

JOINER = "\u2060"
MONDAY = date(2027, 3, 22)


def written(timeline: Timeline, **options: Any) -> bytes:
    """Return a timeline as a calendar that begins on a Monday, or where its programme does."""
    stream = io.BytesIO()
    usual = {} if "programme" in options else {"starts": MONDAY}
    ics.write(timeline, stream, **(usual | options))
    return stream.getvalue()


def occurrences(calendar: bytes, until: date) -> list[tuple[datetime, timedelta]]:
    """Return when the appointments of a calendar are and how long, by another reader."""
    query = recurring_ical_events.of(icalendar.Calendar.from_ical(calendar))
    events = query.between(MONDAY, until)
    return sorted((each.start, each.duration) for each in events)


@pytest.fixture(scope="module")
def timeline() -> Timeline:
    """Return the bundled routine, laid out in time."""
    return schedule(load_catalog("lower-back").routines["lower-back"], level=1)


def test_a_routine_comes_as_often_as_its_frequency_says() -> None:
    """Three days a week and twice a day are so many appointments, by the clock on the wall."""
    often = Frequency(times_a_day=2, days_a_week=3)
    calendar = written(schedule(routine(exercise(), frequency=often)))
    found = occurrences(calendar, date(2027, 4, 5))
    assert [at for at, _ in found] == [
        datetime.combine(MONDAY + timedelta(days=day), at)
        for day in (0, 2, 4, 7, 9, 11)
        for at in (time(8), time(20))
    ]
    assert {lasts for _, lasts in found} == {timedelta(seconds=9)}


def test_the_clock_on_the_wall_counts(timeline: Timeline) -> None:
    """In a zone the time of day stays when the clocks change."""
    calendar = written(timeline, zone="Europe/Berlin", times=[time(8)])
    found = [at for at, _ in occurrences(calendar, date(2027, 3, 31))]
    assert [at.isoformat() for at in found[5:8]] == [
        "2027-03-27T08:00:00+01:00",
        "2027-03-28T08:00:00+02:00",
        "2027-03-29T08:00:00+02:00",
    ]


def test_an_appointment_says_what_to_do(timeline: Timeline) -> None:
    """Another reader finds name, exercises with doses, advice, and the alarm."""
    calendar = vobject.readOne(written(timeline, alarm=timedelta(minutes=10)).decode())
    morning, noon, evening = calendar.vevent_list
    assert morning.summary.value == "Lower back"
    lines = morning.description.value.splitlines()
    assert "• Pelvic tilts: 8–10 × hold 5–10 s" in lines
    assert "– Stop an exercise if it brings a new pain." in lines
    assert lines[-1].startswith("A mobility routine, not a treatment.")
    assert morning.valarm.trigger.value == timedelta(minutes=-10)
    assert [each.dtstart.value.hour for each in (morning, noon, evening)] == [8, 13, 20]
    assert len({each.uid.value for each in (morning, noon, evening)}) == 3
    silent = vobject.readOne(written(timeline, alarm=None).decode())
    assert not hasattr(silent.vevent, "valarm")


def test_rounds_rests_loads_and_notes_are_told() -> None:
    """What an item has beside its dose stands in the description, circuits indented."""
    loaded = Prescription(exercise("lift", name="Lift", sets=2), load="2 kg", note="Slowly")
    items = [
        Circuit([exercise(), Rest(20), loaded], rounds=3, rest=30),
        Circuit([exercise()], rounds=1),
    ]
    given = routine(*items, advice=[Advice("stop", text="Stop if it hurts.")])
    calendar = vobject.readOne(written(schedule(given)).decode())
    assert calendar.vevent.description.value.splitlines()[:-2] == [
        "3 rounds, rest 30 s between rounds:",
        "  • Reach: hold 4 s",
        "  – Rest, 20 s",
        "  • Lift: 2 sets: hold 4 s, with 2 kg. Slowly",
        "1 round:",
        "  • Reach: hold 4 s",
        "",
        "When to stop:",
        "– Stop if it hurts.",
    ]


def test_a_programme_has_its_sessions(timeline: Timeline) -> None:
    """Each session of a programme is an appointment of its own, with its length and its why."""
    programme = Programme(
        timeline.routine,
        starts=MONDAY,
        zone="Europe/Berlin",
        times=[time(2, 30)],
        days=10,
        progression=Progression([Grow("reps", by=1, every=2)]),
    )
    calendar = written(timeline, programme=programme)
    sessions = [*programme.sessions()]
    assert occurrences(calendar, date(2027, 5, 1)) == [
        (each.at, timedelta(milliseconds=each.timeline.duration_ms)) for each in sessions
    ]
    said = [each.description.value for each in vobject.readOne(calendar.decode()).vevent_list]
    assert all(each.why in text for each, text in zip(sessions, said, strict=True))
    assert "• Pelvic tilts: 8 × hold 5 s" in said[0]
    assert "• Pelvic tilts: 10 × hold 5 s" in said[9]


def test_without_a_day_it_begins_today(timeline: Timeline) -> None:
    """Who says no day begins today, and the appointments are the same each time."""
    stream = io.BytesIO()
    today = datetime.now().astimezone().date()
    ics.write(timeline, stream)
    [first, *_] = vobject.readOne(stream.getvalue().decode()).vevent_list
    assert first.dtstart.value.date() - today <= timedelta(days=1)
    assert written(timeline) == written(timeline)


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"starts": "soon"}, "ics.starts: must be a day alone, such as 2027-03-22 (got 'soon')"),
        ({"alarm": 5}, "ics.alarm: must be a timedelta, or None (got 5)"),
        ({"programme": "x"}, "ics.programme: must be Programme (got 'x')"),
        (
            {"programme": "x", "starts": MONDAY},
            "ics.starts: must be left out, for the programme has it (got datetime.date(",
        ),
        ({"zone": "Mars"}, "ics.zone: must be the name of a time zone, such as 'Europe/Berlin'"),
        ({"times": []}, "ics.times: must be from 1 to 24 times (got ())"),
        ({"times": [time(8)] * 2}, "ics.times: must not name a time twice"),
        ({"times": [time(8, tzinfo=UTC)]}, "ics.times[0]: must have no time zone of its own"),
        ({"times": [time(8, 0, 0, 1)]}, "ics.times[0]: must be whole seconds"),
        (
            {"times": [time(2, 30)], "starts": date(2027, 3, 28), "zone": "Europe/Berlin"},
            "ics.times: must not be a time that the clocks of Europe/Berlin skip on the first day",
        ),
    ],
)
def test_what_cannot_be_in_a_calendar(
    timeline: Timeline, options: dict[str, Any], message: str
) -> None:
    """What is no time, no zone or never comes is refused."""
    with pytest.raises(ExportError) as caught:
        written(timeline, **options)
    assert str(caught.value).startswith(message)


def test_an_appointment_longer_than_calendars_count() -> None:
    """What no calendar could hold is refused by arithmetic."""
    endless = schedule(routine(Circuit([exercise(reps=10**12)], rounds=10**12)))
    requirement = r"must last at most 366 days \(31,622,400,000 ms\)"
    with pytest.raises(ExportError, match=rf"^ics: {requirement} \(got "):
        written(endless)


def test_a_programme_without_end(timeline: Timeline) -> None:
    """A programme that goes on for ever is refused."""
    endless = Programme(timeline.routine, starts=MONDAY, zone="UTC")
    with pytest.raises(ExportError, match="must have at most 2,000 sessions: give it fewer days"):
        written(timeline, programme=endless)


def test_without_the_extra(timeline: Timeline, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where icalendar is missing, the error names the extra."""
    monkeypatch.setitem(sys.modules, "icalendar", None)
    with pytest.raises(MissingExtraError, match=r"pip install 'supple\[calendar\]'"):
        written(timeline)


def test_what_is_lost(timeline: Timeline) -> None:
    """A calendar says what to do and how much, and not second by second."""
    assert ics.lost(timeline)[:2] == ("the cues", "the steps and holds")


@given(hostile_routines())
def test_no_text_alters_the_structure(hostile: Routine) -> None:
    """Whatever the texts, both readers find one appointment and the very words."""
    timeline = schedule(hostile)
    calendar = written(timeline, times=[time(8)])
    event: Any
    [event] = icalendar.Calendar.from_ical(calendar).walk("VEVENT")
    [other] = vobject.readOne(calendar.decode()).vevent_list
    [item, _] = timeline.routine.items
    assert isinstance(item, Prescription)
    assert event["SUMMARY"] == other.summary.value
    assert event["SUMMARY"].replace(JOINER, "") == timeline.routine.name
    assert event["DTSTART"].dt == other.dtstart.value == datetime(2027, 3, 22, 8)  # noqa: DTZ001 - the wall's
    assert event["DESCRIPTION"] == other.description.value
    first, *_ = event["DESCRIPTION"].replace(JOINER, "").split("\n")
    assert first.startswith(f"• {item.exercise.name}: ")
    assert first.endswith(f"{item.load}. {item.note}")
