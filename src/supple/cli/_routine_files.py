"""Files of routines and programmes, and the log, as the command line comes by them."""

from __future__ import annotations

import os
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path, PurePath
from typing import TYPE_CHECKING

from supple.cli._command import FailedError, UsageError, shown

if TYPE_CHECKING:
    from argparse import Namespace

    from supple import Routine
    from supple.planning import Entry, Fitted, Log, Plan, Programme

LOG_VARIABLE = "SUPPLE_LOG"


def is_file(name: str) -> bool:
    """Tell whether a name is that of a document, such as the file of a routine."""
    from supple.catalog._finding.folder import SUFFIXES

    return PurePath(name).suffix in SUFFIXES


def routine_in(file: str) -> tuple[Routine, float]:
    """Return the routine of a file and its level; of a programme, those of its next session."""
    from supple import Routine

    programme = _read("read_routine", file)
    if isinstance(programme, Routine):
        return programme, 0
    now, log = datetime.now(UTC), entries_of(programme)
    today = programme.on(programme.day_of(now), log=log)
    session = today[0] if today else programme.next(now, log=log)
    if session is None:
        raise UsageError(f"the programme in {file!r} is over")
    dosed = session.dosed()
    return dosed.routine, dosed.level


def _read(caller: str, file: str) -> Routine | Programme:
    from supple.planning._programme_files import read_either

    with suppress(PermissionError):  # what cannot be looked at is told by who reads it
        if not Path(file).exists():
            raise FailedError(f"there is no file {shown(file)}")
    return read_either(caller, file)


def programme_in(name: str) -> Programme | None:
    """Return the programme of a file, or ``None`` where it has none or the name is no file's."""
    if not is_file(name):
        return None
    from supple.planning import Programme

    found = _read("read_programme", name)
    return found if isinstance(found, Programme) else None


def id_of(arguments: Namespace, usual: str) -> str:
    """Return the id that a routine gets for its file: the name of that, where it can be one."""
    file = arguments.output
    if file is None:
        return usual
    if not is_file(file):
        raise UsageError(f"--output: must end in .toml or .json (got {shown(file)})")
    if os.path.lexists(file) and not arguments.replace:
        raise UsageError(f"{file} is there already: --replace replaces it")
    from supple.catalog._reading.mistakes import id_meant

    return id_meant(Path(file).stem) or usual


def write(made: Fitted | Plan, arguments: Namespace) -> None:
    """Write a routine into the file, if one is named, and say how to play it."""
    file, routine, level = arguments.output, made.routine, made.level
    if file is None:
        return
    from supple._phrases import phrases_of
    from supple.catalog import write_routine
    from supple.cli._lookup import nameable
    from supple.cli._streams import complain

    write_routine(routine, file, catalogs=nameable(routine))
    at = f" --level {level:g}" if level else ""
    complain(phrases_of(routine).to_play.format(command=f"supple play {file}{at}"))


def log_at(path: str | None) -> Log:
    """Return the log at a path, or else where the variable says, or else at the usual place."""
    from supple.planning import Log

    return Log(path or os.environ.get(LOG_VARIABLE) or None)


def entries_in(path: str | None) -> list[Entry]:
    """Return what was done, as the log at a path or the usual one has it."""
    log = log_at(path)
    try:
        return [*log]
    except OSError as error:
        told = error.strerror or error
        raise FailedError(f"the log {shown(str(log.path))} cannot be read: {told}") from error


def entries_of(programme: Programme) -> list[Entry] | None:
    """Return what was done of a programme, or ``None`` where nobody keeps a log of it."""
    return [each for each in entries_in(None) if each.routine == programme.routine.id] or None


def local_zone() -> str:
    """Return the name of the time zone of this machine."""
    from supple import ModelError
    from supple.planning._instant import ZONE

    named = os.environ.get("TZ", "").removeprefix(":")
    if not named:
        place = Path(os.path.realpath("/etc/localtime")).parts
        if "zoneinfo" in place:
            named = "/".join(place[place.index("zoneinfo") + 1 :])
    try:
        return ZONE.require("zone", named)
    except ModelError as error:  # a variable may have rules instead of a name
        requirement = "must be given, for this system does not tell its time zone"
        raise UsageError(f"--zone: {requirement}") from error
