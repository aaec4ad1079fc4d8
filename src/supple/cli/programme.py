"""``supple programme``: a routine at dated times over weeks."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from typing import TYPE_CHECKING

from supple.cli._command import (
    LEVEL,
    OUTPUT,
    REPLACE,
    ROUTINE,
    WHICH,
    Command,
    UsageError,
    number,
    option,
    shown,
)

if TYPE_CHECKING:
    from argparse import Namespace

    from supple import Phrases
    from supple.planning import Programme, Progression, Session

_AHEAD = 12


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise UsageError(
            f"--starts: must be a day such as 2027-03-22 (got {shown(text)})"
        ) from error


def _time(text: str) -> time:
    try:
        return time.fromisoformat(text)
    except ValueError as error:
        raise UsageError(
            f"--at: must be a time of day such as 08:00 (got {shown(text)})"
        ) from error


def _count(flag: str, text: str) -> int:
    if not text.isdecimal():
        raise UsageError(f"{flag}: must be a whole number (got {shown(text)})")
    return int(text)


COMMAND = Command(
    "put a routine at dated times over weeks",
    "Make a programme of a routine, or look at the one in a file: when its next sessions are, how "
    "much of each to do, and which were missed. It grows with the days done that a log tells of, "
    "and with nothing else.",
    (
        ROUTINE,
        option(
            "--starts",
            "the first day, such as 2027-03-22; today where it is left out",
            metavar="DAY",
            type=_day,
        ),
        option(
            "--at",
            "a time of day, such as 08:00; may be given several times; as many as the routine is "
            "meant to be done, or three a day, where it is left out",
            metavar="TIME",
            dest="times",
            type=_time,
            action="append",
        ),
        option(
            "--zone",
            "the time zone, such as Europe/Berlin; that of this machine where it is left out",
        ),
        option(
            "--days",
            "how many days it goes on; without end where it is left out",
            metavar="COUNT",
            type=lambda text: _count("--days", text),
        ),
        option(
            "--grow",
            "what grows, as PART:BY:EVERY or PART:BY:EVERY:UPTO, such as hold:1:2:5: one second "
            "more of each hold every two days done, up to five; may be given several times, one "
            "after the other",
            metavar="GROWTH",
            action="append",
            default=[],
        ),
        option(
            "--easier-week",
            "every so many-th week is easier",
            metavar="COUNT",
            type=lambda text: _count("--easier-week", text),
        ),
        option(
            "--back-after",
            "go back for every so many days missed in a row",
            metavar="DAYS",
            type=lambda text: _count("--back-after", text),
        ),
        LEVEL,
        OUTPUT,
        REPLACE,
        *WHICH,
    ),
)


def run(arguments: Namespace) -> int:
    """Make or read a programme, show what is next, and return the exit status."""
    from supple import ModelError
    from supple._phrases import phrases_for
    from supple.cli._lookup import is_file
    from supple.cli._programmes import programme_in

    programme = programme_in(arguments.name) if is_file(arguments.name) else None
    if programme is not None:
        _show(programme, phrases_for(programme.routine.language))
        return 0
    try:
        programme, phrases = _made(arguments)
    except ModelError as error:
        raise UsageError(_in_options(error)) from error
    _show(programme, phrases)
    return 0


_OPTIONS = {
    "times": "at",
    "easier_week": "easier-week",
    "back_after": "back-after",
    **dict.fromkeys(("part", "by", "every", "upto"), "grow"),
}


def _in_options(error: Exception) -> str:
    """Name the option instead of the parameter."""
    where, _, rest = str(error).partition(": ")
    name = where.rpartition(".")[2].partition("[")[0]
    return f"--{_OPTIONS.get(name, name)}: {rest}"


def _made(arguments: Namespace) -> tuple[Programme, Phrases]:
    from attrs import evolve

    from supple import Exercise, Routine
    from supple.cli._lookup import find, nameable
    from supple.cli._planned import id_of
    from supple.cli._programmes import local_zone
    from supple.cli._streams import complain
    from supple.planning import Programme, write_programme

    catalog, thing = find(arguments)
    if isinstance(thing, Exercise):
        thing = Routine(thing.id, name=thing.name, items=[thing])
    programme = Programme(
        evolve(thing, id=id_of(arguments, thing.id)),
        starts=arguments.starts or datetime.now().astimezone().date(),
        zone=arguments.zone or local_zone(),
        times=arguments.times,
        days=arguments.days,
        level=arguments.level,
        progression=_progression(arguments),
    )
    if arguments.output is not None:
        known = nameable(arguments, catalog)
        write_programme(programme, arguments.output, catalogs=known)
        complain(catalog.phrases.to_play_today.format(command=f"supple play {arguments.output}"))
    return programme, catalog.phrases


def _progression(arguments: Namespace) -> Progression:
    from supple.planning import Grow, Progression

    grow = []
    for text in arguments.grow:
        part, *numbers = text.split(":")
        if not 2 <= len(numbers) <= 3:  # noqa: PLR2004 - as the option says
            raise UsageError(
                f"--grow: must be PART:BY:EVERY or PART:BY:EVERY:UPTO (got {shown(text)})"
            )
        by, every, *upto = (number("--grow", each) for each in numbers)
        grow.append(Grow(part, by=by, every=every, upto=upto[0] if upto else None))  # type: ignore[arg-type]  # it checks
    return Progression(grow, easier_week=arguments.easier_week, back_after=arguments.back_after)


def _show(programme: Programme, phrases: Phrases) -> None:
    from itertools import islice
    from zoneinfo import ZoneInfo

    from supple.cli._page import Page
    from supple.cli._programmes import entries_of

    page, now = Page(), datetime.now(UTC)
    log = entries_of(programme)
    page.title(
        programme.routine.name,
        phrases.from_day.format(day=programme.starts, zone=programme.zone),
        None,
    )
    today = now.astimezone(ZoneInfo(programme.zone)).date()
    ahead = (each for each in programme.sessions(log=log, today=today) if each.at >= now)
    coming = list(islice(ahead, _AHEAD))
    # Who keeps no log has missed nothing that anybody knows of.
    missed = 0 if log is None else sum(1 for _ in programme.missed(now, log))
    if missed:
        told = phrases.one_missed if missed == 1 else phrases.many_missed.format(n=missed)
        page.write((told, ""))
    if not coming:
        page.write((phrases.over, ""))
        return
    page.heading(phrases.next)
    why = None
    for session in coming:
        page.write(*_line(session, phrases))
        if (told := session.why_in(phrases)) != why:
            page.write((" " * 4, ""), (told, "dim"))
            why = told


def _line(session: Session, phrases: Phrases) -> tuple[tuple[str, str], ...]:
    from supple._units import ms_to_clock

    day = phrases.weekdays()[session.at.weekday()]
    took = ms_to_clock(session.timeline().duration_ms)
    return (
        (
            f"  {session.at:%Y-%m-%d} {day} {session.at:%H:%M}",
            "bold",
        ),
        (f"  {took:>6}", "cyan"),
        (f"  {phrases.day_number.format(n=session.day)}", "dim"),
    )
