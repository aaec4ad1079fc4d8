"""A routine at dated times over weeks: which session is when, and how much of it to do."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, date, datetime, time, timedelta
from itertools import takewhile
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from attrs import field, frozen

from supple._model import DosePart, Pacing, Routine, requirements as must, takes
from supple._model.requirements import InstanceOf, optional
from supple._model.routine import ROUTINE
from supple._phrases import phrases_of
from supple._timeline.schedule import schedule
from supple._units import DAYS_OF_A_WEEK
from supple.planning._instant import DATED, DAY, TIMES_OF_DAY, ZONE
from supple.planning._progression import MOST_DAYS, Progression, grown

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from supple._timeline.timeline import Timeline
    from supple.planning._dosed import Dosed
    from supple.planning._log import Entry

LONGEST_DAYS = 36_525
USUAL_TIMES = {
    1: (time(8),),
    2: (time(8), time(20)),
    3: (time(8), time(13), time(20)),
}
"""The library's own times of day, where nothing is said."""


@frozen(kw_only=True)
class Session:
    """One time at which to do the routine of a programme.

    Attributes:
        at: When, in the zone of the programme.
        number: Which session it is, counted from 1.
        day: Which day of the programme it is, counted from 1.
        days_done: How many days done count for it.
        is_easier: Whether it is in an easier week.
        is_after_break: Whether it has gone back after a break.
        added: What is added to the gentlest dose, by part.
        programme: The programme that it belongs to.
    """

    at: datetime
    number: int
    day: int
    days_done: int
    is_easier: bool
    is_after_break: bool
    added: dict[DosePart, int | float]
    programme: Programme = field(repr=False)

    @property
    def why(self) -> str:
        """Why it is as much as it is, in a sentence of the routine's language and phrases."""
        phrases = phrases_of(self.programme.routine)
        forms = {
            DosePart.REPS: (phrases.one_rep_more, phrases.many_reps_more),
            DosePart.SETS: (phrases.one_set_more, phrases.many_sets_more),
            DosePart.HOLD: (phrases.one_second_more, phrases.many_seconds_more),
        }
        said = phrases.beginning
        if self.added:
            days = _counted(phrases.one_day, phrases.many_days, self.days_done)
            added = ", ".join(_counted(*forms[part], each) for part, each in self.added.items())
            said = phrases.grown.format(days=days, added=added)
        first = [phrases.easier_week] * self.is_easier + [
            phrases.after_break
        ] * self.is_after_break
        return " ".join([*first, said])

    def dosed(self) -> Dosed:
        """Return the routine with the amounts of this session, and what follows the level."""
        return grown(self.programme.routine, self.added, level=self.programme.level)

    @property
    def timeline(self) -> Timeline:
        """The routine of this session laid out in time."""
        dosed = self.dosed()
        return schedule(dosed.routine, level=dosed.level, pacing=self.programme.pacing)


def _counted(one: str, many: str, count: float) -> str:
    return one if count == 1 else many.format(n=count)


@frozen
class Programme:
    """A routine at dated times, which grows with the days on which it was done.

    Its sessions are made when they are asked for, however many there are. A time of day that a
    change of the clocks skips moves by as much as the clocks do, and one that comes twice is
    taken the first time, as RFC 5545 has it. A session that would then be with another one, or
    before that of an earlier day, is no session of its own.

    Args:
        routine: The routine; an exercise is one of its own.
        starts: The first day.
        zone: The time zone by its name, such as ``Europe/Berlin``.
        times: The times of day; where left out, as many as the routine's frequency has at the
            level. Which these are, and how many without one, is the library's own choice.
        days: How many days it goes on; for longer than anybody lives where left out.
        progression: How it grows; it stays at its gentlest dose where left out.
        level: What picks whatever a dose cannot say, such as rests.
        pacing: The time between things; ``Pacing()`` where left out.

    Raises:
        ModelError: If a value is refused.
        MissingExtraError: If the system knows no time zones and ``tzdata`` is not installed.

    >>> from supple import load_catalog
    >>> routine = load_catalog("lower-back").routines["lower-back"]
    >>> programme = Programme(
    ...     routine, starts=date(2027, 3, 27), zone="Europe/Berlin", times=[time(2, 30)], days=3
    ... )
    >>> for session in programme.sessions():
    ...     print(session.at)
    2027-03-27 02:30:00+01:00
    2027-03-28 03:30:00+02:00
    2027-03-29 02:30:00+02:00
    """

    routine: Routine = field(converter=takes.routine, validator=ROUTINE)
    starts: date = field(validator=DAY, kw_only=True)
    zone: str = field(validator=ZONE, kw_only=True)
    times: tuple[time, ...] = field(
        converter=takes.times_of_day, validator=optional(TIMES_OF_DAY), default=None, kw_only=True
    )
    days: int | None = field(
        validator=optional(must.Whole(1, LONGEST_DAYS)), default=None, kw_only=True
    )
    progression: Progression = field(
        validator=InstanceOf(Progression), default=Progression(), kw_only=True
    )
    level: int | float = field(validator=must.LEVEL, default=0, kw_only=True)
    pacing: Pacing = field(validator=InstanceOf(Pacing), default=Pacing(), kw_only=True)

    def __attrs_post_init__(self) -> None:
        times: tuple[time, ...] | None = self.times
        if times is None:
            object.__setattr__(self, "times", usual_times(self.routine, self.level))

    def sessions(
        self, *, log: Iterable[Entry] | None = None, today: date | None = None
    ) -> Iterator[Session]:
        """Yield the sessions in the order of time, each when it is asked for.

        With a log, days up to ``today`` count where something of this routine was done on
        them, in the zone of the programme. Later ones, and without a log all of them, are
        planned as if they were done.

        Args:
            log: What was done; entries of other routines do not count.
            today: The first day that is still to come; the day after the last one done where
                left out.
        """
        zone, progression = ZoneInfo(self.zone), self.progression
        done = frozenset(self._dates(log or ()))
        if log is None:
            today = self.starts
        elif today is None:
            today = max(done) + timedelta(days=1) if done else self.starts
        weekdays = usual_days(self.routine, self.level)
        days, last, session = 0, self.starts, 0
        latest = datetime.min.replace(tzinfo=UTC)
        for number in range(self.days or MOST_DAYS):
            day = self.starts + timedelta(days=number)
            week, weekday = divmod(number, DAYS_OF_A_WEEK)
            after_break = progression.after_break(days, max((day - last).days - 1, 0))
            before = session
            if weekday in weekdays:
                counted = progression.in_week(after_break, week)
                added = progression.added(counted)
                # Through UTC, so that a time which the clocks skip moves as they do.
                instants = {datetime.combine(day, at, zone).astimezone(UTC) for at in self.times}
                for instant in sorted(each for each in instants if each > latest):
                    session, latest = session + 1, instant
                    yield Session(
                        at=instant.astimezone(zone),
                        number=session,
                        day=number + 1,
                        days_done=counted,
                        is_easier=progression.is_easier(week),
                        is_after_break=after_break < days,
                        added=added,
                        programme=self,
                    )
            if day in done if day < today else session > before:
                days, last = after_break + 1, day

    def day_of(self, at: datetime) -> date:
        """Return the day that an instant is on, in the zone of the programme."""
        return DATED.require("Programme.day_of.at", at).astimezone(ZoneInfo(self.zone)).date()

    def on(self, day: date, *, log: Iterable[Entry] | None = None) -> tuple[Session, ...]:
        """Return the sessions of one day, such as today; those of later days are not made."""
        day = DAY.require("Programme.on.day", day)
        number = (day - self.starts).days + 1
        sessions = self.sessions(log=log, today=day)
        until = takewhile(lambda session: session.day <= number, sessions)
        return tuple(session for session in until if session.day == number)

    def next(self, now: datetime, *, log: Iterable[Entry] | None = None) -> Session | None:
        """Return the first session that does not begin before an instant, or ``None``."""
        today = self.day_of(DATED.require("Programme.next.now", now))
        sessions = self.sessions(log=log, today=today)
        return next((session for session in sessions if session.at >= now), None)

    def missed(self, now: datetime, log: Iterable[Entry]) -> Iterator[Session]:
        """Yield the sessions before an instant that were not done.

        As often as something of the routine was done on a day, so many of its sessions count
        as done, the earliest first.
        """
        today = self.day_of(DATED.require("Programme.missed.now", now))
        entries = tuple(log)
        left = Counter(self._dates(entry for entry in entries if entry.at <= now))
        for session in self.sessions(log=entries, today=today):
            if session.at >= now:
                break
            day = self.starts + timedelta(days=session.day - 1)
            if left[day]:
                left[day] -= 1
            else:
                yield session

    def _dates(self, log: Iterable[Entry]) -> Iterator[date]:
        """Yield the day of each entry of its routine."""
        return (self.day_of(entry.at) for entry in log if entry.routine == self.routine.id)


def usual_days(routine: Routine, level: float) -> frozenset[int]:
    """Return the days of a week on which a routine is done at a level, counted from 0."""
    frequency = routine.frequency
    days = DAYS_OF_A_WEEK if frequency is None else int(frequency.days_a_week.at(level))
    return frozenset(i * DAYS_OF_A_WEEK // days for i in range(days))


def usual_times(routine: Routine, level: float) -> tuple[time, ...]:
    """Return the times of day at which a routine is done at a level."""
    frequency = routine.frequency
    often = max(USUAL_TIMES) if frequency is None else int(frequency.times_a_day.at(level))
    if often in USUAL_TIMES:
        return USUAL_TIMES[often]
    first, last = 7 * 60, 21 * 60
    minutes = (first + (last - first) * i // (often - 1) for i in range(often))
    return tuple(time(*divmod(each, 60)) for each in minutes)
