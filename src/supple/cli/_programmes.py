"""Files of routines and programmes, and the log, as the command line comes by them."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from supple.cli._command import UsageError

if TYPE_CHECKING:
    from supple import Routine
    from supple.planning import Entry, Log, Programme

LOG_VARIABLE = "SUPPLE_LOG"


def routine_in(file: str) -> Routine:
    """Return the routine of a file; of a programme, that of its next session.

    Raises:
        CatalogError: If the file cannot be read.
        UsageError: If it is a programme that is over.
    """
    programme = programme_in(file)
    if programme is None:
        from supple.catalog import read_routine

        return read_routine(file)
    now, log = datetime.now(UTC), entries_of(programme)
    today = programme.on(now.astimezone(ZoneInfo(programme.zone)).date(), log=log)
    session = today[0] if today else programme.next(now, log=log)
    if session is None:
        raise UsageError(f"the programme in {file!r} is over")
    return session.dosed().routine


def programme_in(file: str) -> Programme | None:
    """Return the programme of a file, or ``None`` where it has a routine alone."""
    from supple.planning import read_programme
    from supple.planning._programme_files import has_programme

    return read_programme(file) if has_programme(file) else None


def log_at(path: str | None) -> Log:
    """Return the log at a path, or else where the variable says, or else at the usual place."""
    from supple.planning import Log

    wanted = path or os.environ.get(LOG_VARIABLE)
    return Log(wanted) if wanted else Log()


def entries_of(programme: Programme) -> list[Entry] | None:
    """Return what was done of a programme, or ``None`` where nobody keeps a log of it."""
    return [each for each in log_at(None) if each.routine == programme.routine.id] or None


def local_zone() -> str:
    """Return the name of the time zone of this machine.

    Raises:
        UsageError: If the system does not tell.
    """
    named = os.environ.get("TZ", "").removeprefix(":")
    if not named:
        place = Path(os.path.realpath("/etc/localtime")).parts
        if "zoneinfo" in place:
            named = "/".join(place[place.index("zoneinfo") + 1 :])
    if not named:
        raise UsageError("--zone: must be given, for this system does not tell its time zone")
    return named
