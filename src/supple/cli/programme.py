"""``supple programme``: a routine at dated times over weeks."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from supple.cli._command import (
    LANGUAGE,
    NUMBER,
    ROUTINE,
    WHICH,
    WHOLE,
    WRITTEN,
    in_options,
    level,
    option,
    reading,
)

if TYPE_CHECKING:
    from argparse import Namespace

    from supple.planning import Grow, Programme


def _growth(text: str) -> Grow:
    from supple.planning import Grow

    number = reading("--grow", NUMBER)
    part, *numbers = text.split(":")
    by, every, *most = map(number, numbers)
    [upto] = most or [None]
    return Grow(part, by=by, every=every, upto=upto)  # type: ignore[arg-type]  # it checks


ABOUT = (
    "Make a programme of a routine, or look at the one in a file: when its next sessions are, how "
    "much of each to do, and which were missed. It grows with the days done that a log tells of, "
    "and with nothing else. What a file says of a programme stands: no option for it goes with it."
)
ARGUMENTS = (
    ROUTINE,
    option(
        "--starts",
        "the first day, such as 2027-03-22; today where it is left out",
        metavar="DAY",
    ),
    option(
        "--at",
        "a time of day, such as 08:00; may be given several times; where it is left out, usual "
        "times: as many a day as the routine's frequency says, or three where it says none",
        metavar="TIME",
        dest="times",
        action="append",
    ),
    option(
        "--zone", "the time zone, such as Europe/Berlin; that of this machine where it is left out"
    ),
    option(
        "--days",
        "how many days it goes on; without end where it is left out",
        metavar="COUNT",
        read=WHOLE,
    ),
    option(
        "--grow",
        "what grows, as PART:BY:EVERY or PART:BY:EVERY:UPTO, such as hold:1:2:5: one second more "
        "of each hold every two days done, up to five; may be given several times, one after the "
        "other",
        metavar="GROWTH",
        read=(_growth, "must be PART:BY:EVERY or PART:BY:EVERY:UPTO"),
        action="append",
        default=[],
    ),
    option("--easier-week", "every so many-th week is easier", metavar="COUNT", read=WHOLE),
    option(
        "--back-after",
        "go back for every so many days missed in a row",
        metavar="DAYS",
        read=WHOLE,
    ),
    level(
        "from 0 to 1: picks what no dose says, such as rests and how often it is done, whereas "
        "doses begin at their gentlest and grow as --grow says; 0 where it is left out"
    ),
    *WRITTEN,
    *WHICH,
)

_OPTIONS = {"times": "at", "upto": "grow PART:BY:EVERY:UPTO"}
"""The options that are not called as the parameters that they are."""

_AHEAD = 12


def run(arguments: Namespace) -> int:
    """Make or read a programme, show what is next, and return the exit status."""
    from supple import ModelError
    from supple.cli._lookup import require_left_out, tell_language
    from supple.cli._routine_files import programme_in

    programme = programme_in(arguments.name)
    if programme is not None:
        rest = (each for each in ARGUMENTS[1:] if each is not LANGUAGE)
        require_left_out(arguments, "the file of a programme", rest)
        tell_language(programme.routine, arguments.language)
    else:
        try:
            programme = _made(arguments)
        except ModelError as error:
            raise in_options(error, _OPTIONS) from error
    _show(programme)
    return 0


def _made(arguments: Namespace) -> Programme:
    from attrs import evolve

    from supple._phrases import phrases_of
    from supple.cli._lookup import find, nameable
    from supple.cli._routine_files import id_of, local_zone
    from supple.cli._streams import complain
    from supple.planning import Programme, Progression, write_programme

    found = find(arguments)
    programme = Programme(
        evolve(found.routine, id=id_of(arguments, found.thing.id)),
        starts=arguments.starts or datetime.now().astimezone().date(),
        zone=arguments.zone or local_zone(),
        times=arguments.times,
        days=arguments.days,
        level=found.level,
        progression=Progression(
            arguments.grow, easier_week=arguments.easier_week, back_after=arguments.back_after
        ),
    )
    if arguments.output is not None:
        write_programme(programme, arguments.output, catalogs=nameable(programme.routine))
        told = phrases_of(programme.routine).to_play_today
        complain(told.format(command=f"supple play {arguments.output}"))
    return programme


def _show(programme: Programme) -> None:
    from itertools import islice

    from supple._phrases import phrases_of
    from supple._units import ms_to_clock
    from supple.cli._page import Page
    from supple.cli._routine_files import entries_of

    page, now, phrases = Page(), datetime.now(UTC), phrases_of(programme.routine)
    log = entries_of(programme)
    since = phrases.from_day.format(day=programme.starts, zone=programme.zone)
    page.title(programme.routine.name, since)
    sessions = programme.sessions(log=log, today=programme.day_of(now))
    ahead = (each for each in sessions if each.at >= now)
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
        day = phrases.weekdays()[session.at.weekday()]
        took = ms_to_clock(session.timeline.duration_ms)
        page.write(
            (f"  {session.at:%Y-%m-%d} {day} {session.at:%H:%M}", "bold"),
            (f"  {took:>6}", "cyan"),
            (f"  {phrases.day_number.format(n=session.day)}", "dim"),
        )
        if (told := session.why) != why:
            page.write((" " * 4, ""), (told, "dim"))
            why = told
