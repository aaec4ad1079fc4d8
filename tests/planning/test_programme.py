"""Dated sessions: when each is, how much of it to do, and what was missed."""

from __future__ import annotations

import re
from collections import deque
from datetime import UTC, date, datetime, time, timedelta, timezone
from itertools import islice, pairwise
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from attrs import evolve
from hypothesis import given, strategies as st

from supple import Frequency, MissingExtraError, ModelError, load_catalog
from supple.planning import Entry, Grow, Programme, Progression, _instant

from .test_progression import progressions

LOWER_BACK = load_catalog("lower-back").routines["lower-back"]
STARTS = date(2027, 3, 22)


def programme(**parts: Any) -> Programme:
    """Return six weeks of the bundled routine in Berlin, or whatever else is asked for."""
    facts: dict[str, Any] = {
        "starts": STARTS,
        "zone": "Europe/Berlin",
        "times": [time(8), time(20)],
        "days": 42,
    }
    return Programme(LOWER_BACK, **(facts | parts))


def done_on(*days: int, hour: int = 8, routine: str = "lower-back") -> list[Entry]:
    """Return an entry for each day of the programme, counted from 1."""
    start = datetime(2027, 3, 21, hour, tzinfo=ZoneInfo("Europe/Berlin"))
    return [Entry(start + timedelta(days=each), routine=routine, seconds=400) for each in days]


@given(
    progressions(),
    st.sets(st.integers(1, 40)),
    st.sets(st.integers(1, 40)),
    st.integers(1, 42),
)
def test_missing_days_never_gives_more(
    progression: Progression, days: set[int], more: set[int], day: int
) -> None:
    """On any day, who did less before it has no more to do, whatever breaks and easy weeks."""
    plan = programme(progression=progression, times=[time(8)])
    on = STARTS + timedelta(days=day - 1)
    [less] = plan.on(on, log=done_on(*days))
    [all_done] = plan.on(on, log=done_on(*(days | more)))
    assert all(all_done.added.get(part, 0) >= amount for part, amount in less.added.items())
    if len({*days, *more} & {*range(1, day)}) == day - 1:
        assert all_done.added == [*plan.sessions()][day - 1].added


@given(progressions(easier=False))
def test_without_breaks_it_never_falls(progression: Progression) -> None:
    """Without easier weeks and breaks each day has as much as the day before, or more."""
    sessions = [*programme(progression=progression).sessions()]
    for before, after in pairwise(sessions):
        assert all(after.added[part] >= amount for part, amount in before.added.items())
        assert after.at > before.at


def test_sessions_are_numbered_and_dated() -> None:
    """Each session has its day, its number and its time on the clock of the zone."""
    first, second, third = islice(programme().sessions(), 3)
    assert [str(each.at) for each in (first, second, third)] == [
        "2027-03-22 08:00:00+01:00",
        "2027-03-22 20:00:00+01:00",
        "2027-03-23 08:00:00+01:00",
    ]
    assert [(each.number, each.day, each.days_done) for each in (first, second, third)] == [
        (1, 1, 0), (2, 1, 0), (3, 2, 1),
    ]  # fmt: skip
    assert first.timeline.duration_ms == 386_000
    assert len([*programme().sessions()]) == 84


def test_a_time_that_the_clocks_skip_moves_with_them() -> None:
    """At 2:30 on the day on which 2:00 becomes 3:00 the session is at 3:30."""
    plan = programme(times=[time(2, 30)], days=8)
    assert [str(each.at) for each in plan.sessions()][5:] == [
        "2027-03-27 02:30:00+01:00",
        "2027-03-28 03:30:00+02:00",
        "2027-03-29 02:30:00+02:00",
    ]


@pytest.mark.parametrize(
    ("parts", "sessions"),
    [
        ({"times": [time(2, 30), time(3)]}, ["28 03:00:00+02:00", "28 03:30:00+02:00"]),
        ({"times": [time(2, 30), time(3, 30)]}, ["28 03:30:00+02:00"]),
        (
            {"zone": "America/Nuuk", "starts": date(2027, 3, 27), "days": 2}
            | {"times": [time(0, 15), time(23, 30)]},
            ["27 00:15:00-02:00", "28 00:30:00-01:00", "28 23:30:00-01:00"],
        ),
        (
            {"zone": "Pacific/Apia", "starts": date(2011, 12, 29), "days": 3, "times": [time(8)]},
            ["29 08:00:00-10:00", "31 08:00:00+14:00"],
        ),
    ],
)
def test_times_that_have_moved_keep_the_order(parts: dict[str, Any], sessions: list[str]) -> None:
    """Sessions come in the order of time, and never two at once, however the clocks jump."""
    plan = programme(**({"starts": date(2027, 3, 28), "days": 1} | parts))
    assert [str(each.at)[8:] for each in plan.sessions()] == sessions
    assert [each.number for each in plan.sessions()] == [*range(1, len(sessions) + 1)]


def test_a_day_that_the_calendar_leaves_out_is_not_done() -> None:
    """Samoa had no 30 December 2011, whose session takes the place of that of the next day."""
    plan = programme(zone="Pacific/Apia", starts=date(2011, 12, 29), days=4, times=[time(8)])
    assert [(each.day, each.days_done) for each in plan.sessions()] == [(1, 0), (2, 1), (4, 2)]


def test_what_is_next_and_missed_where_a_time_has_moved() -> None:
    """A time that has moved behind another one hides it from nobody."""
    plan = programme(starts=date(2027, 3, 28), times=[time(2, 30), time(3)], days=1)
    found = plan.next(datetime(2027, 3, 28, 0, tzinfo=UTC))
    assert found is not None
    assert (found.number, found.at.hour, found.at.minute) == (1, 3, 0)
    assert [each.number for each in plan.missed(datetime(2027, 3, 28, 1, 10, tzinfo=UTC), [])] == [
        1
    ]


def test_a_time_that_comes_twice_is_taken_the_first_time() -> None:
    """At 2:30 on the day on which 3:00 becomes 2:00 the session is before that."""
    plan = programme(starts=date(2027, 10, 31), times=[time(2, 30)], days=1)
    assert [str(each.at) for each in plan.sessions()] == ["2027-10-31 02:30:00+02:00"]


def test_it_has_no_end_unless_it_is_given() -> None:
    """Ten years of sessions come one by one."""
    session = next(islice(programme(days=None).sessions(), 7300, None))
    assert (session.number, session.day, session.at.year) == (7301, 3651, 2037)


def test_the_usual_times() -> None:
    """Where nothing is said there are as many as the routine has, or three a day."""
    assert LOWER_BACK.frequency is not None
    assert programme(times=None).times == (time(8), time(20))
    often = evolve(LOWER_BACK, frequency=None)
    plan = Programme(often, starts=STARTS, zone="UTC")
    assert plan.times == (time(8), time(13), time(20))


@pytest.mark.parametrize(
    ("often", "times"),
    [
        (1, [time(8)]),
        (2, [time(8), time(20)]),
        (4, [time(7), time(11, 40), time(16, 20), time(21)]),
    ],
)
def test_the_times_that_a_frequency_asks_for(often: int, times: list[time]) -> None:
    """Without times there are as many a day as the routine is meant to be done."""
    routine = evolve(LOWER_BACK, frequency=Frequency(times_a_day=often))
    assert Programme(routine, starts=STARTS, zone="UTC").times == tuple(times)


def test_the_days_that_a_frequency_asks_for() -> None:
    """A routine for three days a week leaves days between, and one more at the full level."""
    routine = evolve(LOWER_BACK, frequency=Frequency(days_a_week=(3, 4)))
    plan = Programme(routine, starts=STARTS, zone="UTC", days=9)
    assert [each.day for each in plan.sessions()] == [1, 3, 5, 8]
    assert [each.days_done for each in plan.sessions()] == [0, 1, 2, 3]
    full = Programme(routine, starts=STARTS, zone="UTC", days=7, level=1)
    assert [each.day for each in full.sessions()] == [1, 2, 4, 6]


SLOWLY = Progression([Grow("reps", by=1, every=2)], easier_week=2, back_after=3)


def test_what_was_done_counts() -> None:
    """Days done count, those of other routines do not, and later ones are planned as done."""
    plan = programme(progression=SLOWLY)
    log = [*done_on(1, 2), *done_on(3, routine="in-bed")]
    counted = [each.days_done for each in islice(plan.sessions(log=log), 0, 14, 2)]
    assert counted == [0, 1, 2, 3, 4, 5, 6]
    counted = [
        each.days_done
        for each in islice(plan.sessions(log=log, today=date(2027, 3, 26)), 0, 14, 2)
    ]
    assert counted == [0, 1, 2, 2, 2, 3, 4]


def test_an_empty_log_is_a_beginning() -> None:
    """Without any entry the programme begins on its first day, whatever day that is."""
    assert [each.days_done for each in islice(programme().sessions(log=[]), 3)] == [0, 0, 1]


def test_it_says_why() -> None:
    """A session says what it adds, that its week is easier, and that a break came before."""
    plan = programme(progression=SLOWLY)
    why = {each.day: each.why for each in plan.sessions(log=done_on(*range(1, 7)))}
    assert why[1] == "The dose with which it begins."
    assert why[4] == (
        "After 3 days done, where the ranges allow it, more than at the beginning: 1 repetition."
    )
    assert why[10] == (
        "An easier week. After 2 days done, where the ranges allow it, more than at the "
        "beginning: 1 repetition."
    )
    [after] = programme(progression=SLOWLY, times=[time(8)]).on(
        date(2027, 4, 5), log=done_on(*range(1, 12))
    )
    assert after.why.startswith("It goes back after a break. After 8 days done,")


def test_it_says_why_in_the_language_of_the_routine() -> None:
    """A German routine has German sentences, and one in another language English ones."""
    german = load_catalog("lower-back", language="de").routines["lower-back"]
    plan = Programme(german, starts=STARTS, zone="UTC", days=3, progression=SLOWLY)
    assert [*plan.sessions()][-1].why == (
        "Nach 2 Übungstagen, soweit die Bereiche es zulassen, mehr als zu Beginn: 1 Wiederholung."
    )
    other = Programme(evolve(german, language="fr"), starts=STARTS, zone="UTC")
    assert next(other.sessions()).why == "The dose with which it begins."


def test_today_and_next_and_missed() -> None:
    """Today's sessions, the next one, and those that nobody did."""
    plan, log = programme(), done_on(1, 1, 2)
    assert [each.number for each in plan.on(date(2027, 3, 24), log=log)] == [5, 6]
    assert plan.on(date(2027, 3, 21)) == ()
    now = datetime(2027, 3, 24, 12, tzinfo=UTC)
    found = plan.next(now, log=log)
    assert found is not None
    assert found.number == 6
    assert [each.number for each in plan.missed(now, log)] == [4, 5]
    assert plan.next(datetime(2028, 1, 1, tzinfo=UTC)) is None
    assert [each.number for each in plan.missed(datetime(2028, 1, 1, tzinfo=UTC), log)][-1] == 84


@pytest.mark.parametrize(
    ("parts", "message"),
    [
        ({"starts": datetime(2027, 1, 1)}, "Programme.starts: must be a day alone, such"),  # noqa: DTZ001 - on purpose
        ({"zone": "Europe/Berln"}, "Programme.zone: must be the name of a time zone, such as"),
        ({"zone": "../etc/passwd"}, "Programme.zone: must be the name of a time zone"),
        ({"times": []}, "Programme.times: must be from 1 to 24 times (got ())"),
        ({"times": [time(8), time(8)]}, "Programme.times: must not name a time twice"),
        ({"times": [time(8, tzinfo=UTC)]}, "Programme.times[0]: must have no time zone"),
        ({"times": [time(8), time(9, tzinfo=UTC)]}, "Programme.times[1]: must have no time zone"),
        ({"times": [time(8, microsecond=1)]}, "Programme.times[0]: must be whole seconds"),
        ({"times": [time(8), "9"]}, "Programme.times[1]: must be a time of day such as 08:00"),
        ({"days": 0}, "Programme.days: must be a whole number from 1 to 36525 (got 0)"),
    ],
)  # fmt: skip
def test_what_is_refused(parts: dict[str, Any], message: str) -> None:
    """What is no programme is refused."""
    with pytest.raises(ModelError, match=f"^{re.escape(message)}"):
        programme(**parts)


@pytest.mark.parametrize("year", [1, 1899, 9001, 9999])
def test_years_that_no_calendar_needs(year: int) -> None:
    """So close to the first and the last date of all no zone and no programme has room."""
    message = "must lie in the years from 1900 to 9000"
    with pytest.raises(ModelError, match=rf"^Programme\.starts: {message}"):
        programme(starts=date(year, 1, 1))
    at = datetime(year, 12, 31, 23, 59, tzinfo=timezone(timedelta(hours=-23)))
    with pytest.raises(ModelError, match=rf"^Programme\.next\.now: {message}"):
        programme().next(at)
    with pytest.raises(ModelError, match=rf"^Entry\.at: {message}"):
        Entry(at, routine="day", seconds=1)


def test_a_programme_without_end_has_room() -> None:
    """It goes on for longer than anybody lives, even from the last first day that there is."""
    plan = programme(starts=date(9000, 12, 31), days=None, times=[time(23, 59)])
    [last] = deque(plan.sessions(), maxlen=1)
    assert (last.day, last.at.year) == (100_000, 9274)


def test_the_day_of_an_instant() -> None:
    """It is that of the clocks in the zone of the programme."""
    at = datetime(2027, 3, 22, 12, tzinfo=UTC)
    assert programme(zone="Pacific/Kiritimati").day_of(at) == date(2027, 3, 23)
    assert programme(zone="UTC").day_of(at) == date(2027, 3, 22)


def test_an_instant_has_an_offset() -> None:
    """Without an offset nobody knows when now is."""
    message = "Programme.day_of.at: must be a date and time with an offset"
    with pytest.raises(ModelError, match=re.escape(message)):
        programme().day_of(datetime(2027, 1, 1))  # noqa: DTZ001 - on purpose
    message = "Programme.next.now: must be a date and time with an offset"
    with pytest.raises(ModelError, match=re.escape(message)):
        programme().next(datetime(2027, 1, 1))  # noqa: DTZ001 - on purpose


def test_a_system_without_time_zones(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where there are no zones at all it says which package brings them."""
    monkeypatch.setattr(_instant, "available_timezones", set)
    message = re.escape(
        "this needs the package tzdata, which is not installed: pip install 'supple[programme]'"
    )
    with pytest.raises(MissingExtraError, match=message):
        programme(zone="Europe/Nowhere")
