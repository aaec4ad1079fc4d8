# ruff: noqa: INP001 - read by Sphinx, no package
"""Names every limit of the code, with the words for it on the page of limits."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from supple._model import requirements as must
from supple.catalog import RoutineLimits

if TYPE_CHECKING:
    from collections.abc import Iterator

CATALOGS = {
    "bytes of one document": "catalog._finding.folder.LARGEST_DOCUMENT",
    "bytes of a catalog's document, exercises and one translation together": (
        "catalog._reading.reading.LARGEST_CATALOG"
    ),
    "bytes of all translations together, where all are read": (
        "catalog._reading.reading.LARGEST_TRANSLATIONS"
    ),
    "exercises": "catalog._reading.reading.MOST_EXERCISES",
    "names in one folder": "catalog._finding.folder.MOST_NAMES",
    "values in one document": "catalog._reading.reading.MOST_IN_FILE",
    "levels of nesting": "catalog._reading.documents.MOST_NESTED",
    "parts of a dotted key": "catalog._reading.documents.MOST_KEY_PARTS",
    "problems that are told": "catalog._reading.tables.MOST_PROBLEMS",
    "folders around a place that are searched for its catalog": (
        "catalog._finding.nearby._MOST_FOLDERS"
    ),
}
ARCHIVES = {
    "bytes of an archive": "catalog._finding.archive.LARGEST_ARCHIVE",
    "bytes of its list of files": "catalog._finding.archive.LARGEST_READ",
    "files in it": "catalog._finding.archive.MOST_ENTRIES",
    "letters of a name in it": "catalog._finding.archive.LONGEST_ENTRY",
    "folders around a file in it": "catalog._finding.archive.MOST_PARTS",
}
IMPORTS = {
    "bytes of a spreadsheet": "catalog.spreadsheet.LARGEST",
    "bytes that an Excel file unpacks to": "catalog.spreadsheet._LARGEST_UNPACKED",
    "rows of it": "catalog.spreadsheet._MOST_ROWS",
    "columns that are looked at": "catalog.spreadsheet._MOST_COLUMNS",
    "cells that are looked at": "catalog.spreadsheet._MOST_CELLS",
    "bytes of records to import": "catalog.free_exercise_db.LARGEST",
    "values in them": "catalog._reading.documents.MOST_VALUES",
}
VALUES = {
    "letters of a text": "_model.requirements.LONGEST_TEXT",
    "letters of an id or a name of a catalog": "_model.requirements.LONGEST_NAME",
    "elements of a list": "_model.requirements.MOST_ELEMENTS",
    "repetitions, sets or rounds": "_model.requirements.LARGEST",
    "seconds of a step, a hold or a rest": "_units.LONGEST_SECONDS",
    "circuits inside of each other": "_model.routine.MOST_CIRCUITS",
    "steps, holds, marks and rests of a routine as written": "_model.routine.MOST_WRITTEN",
    "events of a routine as written, cues included": "_timeline.segments.MOST_LAID",
}
TEXTS = {
    "bytes of a routine as text": RoutineLimits().size,
    "levels of nesting in it": RoutineLimits().nesting,
    "steps, holds, marks and rests as written": RoutineLimits().written,
    "milliseconds that it takes": RoutineLimits().duration_ms,
    "events in it": RoutineLimits().events,
}
STREAMS = {
    "times as fast as written that a player goes at most": must.SPEED.high,
    "events of a slice": "_timeline.timeline.MOST_SLICED",
    "events that a player hands out at once, but for those of one instant": (
        "_player.machine.MOST_AT_ONCE"
    ),
    "bytes of a command as JSON": "_player.commands.LONGEST_COMMAND",
    "unknown keys of an event line": "export.event_lines.MOST_UNKNOWN",
    "rows of a batch of columns": "columns._arrays.MOST_ROWS",
}
FILES = {
    "chapters": "export._pieces.MOST_CHAPTERS",
    "exercises of a picture": "export.svg.MOST_ROWS",
    "events of a page": "export._page.streams.MOST_IN_PAGE",
    "milliseconds of sound": "export._sound.LONGEST_MS",
    "events in a file of tables, lines or captions": "export._formats.MOST_EVENTS",
    "milliseconds of an appointment": "export.ics.LONGEST_MS",
    "milliseconds of subtitles, which stay below": "export.srt.LONGEST_MS",
    "steps of a workout": "export.fit.MOST_STEPS",
    "milliseconds of one of them": "export.fit.LONGEST_STEP_MS",
    "bytes of a text in a workout, which is cut there": "export.fit.LONGEST_TEXT",
    "bytes of a title in a sound, which is cut there": "export._sound.LONGEST_TITLE",
    "sessions of a programme in a calendar": "export.ics.MOST_SESSIONS",
    "times a day in a calendar": "_model.routine.MOST_TIMES_A_DAY",
    "exercises for Workrave, each time counted": "export.workrave.MOST_EXERCISES",
    "steps, holds and rests of one of them": "export.workrave.MOST_SEGMENTS",
}
PLANS = {
    "minutes of a plan": "planning._fit.LONGEST_MINUTES",
    "targets of a plan": "planning._compose.MOST_TARGETS",
    "days of a programme": "planning._programme.LONGEST_DAYS",
    "times a day in a programme": "_model.routine.MOST_TIMES_A_DAY",
    "days between two steps of a progression": "planning._progression.MOST_DAYS",
    "bytes of a line of the log that is read": "planning._log.LONGEST_LINE",
}
LIVE = {
    "letters of the topic that others are made of": "mqtt._topics._LONGEST_BASE",
    "events kept for a broker that is away": "mqtt._bridge._MOST_EVENTS_KEPT",
    "commands waiting to be obeyed": "mqtt._bridge._MOST_COMMANDS_WAITING",
    "answers in a second": "mqtt._answers.MOST_A_SECOND",
    "partitions of sessions in Postgres": "timers.live._tables.MOST_PARTITIONS",
    "requests that are taken at once": "timers.live._tables.MOST_REQUESTS",
    "events in a row of `supple_batches`": "timers.live._tables.MOST_IN_BATCH",
    "letters of the name of a session": "timers.live._shard._LONGEST_NAME",
}
COMMANDS = {
    "seconds that the command line waits for the catalogs of other distributions": (
        "cli._lookup.PATIENCE"
    ),
    "texts that close matches are looked for, in one check": "catalog._reading.tables.MOST_HINTS",
    "texts that one of them is compared with": "catalog._rules.rule.MOST_COMPARED",
}

TABLES: dict[str, dict[str, str] | dict[str, int]] = {
    "Catalogs": CATALOGS,
    "Archives": ARCHIVES,
    "Imports": IMPORTS,
    "Values": VALUES,
    "Routines as text": TEXTS,
    "Streams": STREAMS,
    "Files": FILES,
    "Plans and programmes": PLANS,
    "Bridges and live sessions": LIVE,
    "The command line": COMMANDS,
}
"""By their headings, where the figures of each table stand in the code."""

BESIDE = {
    # what is shown is shortened, and nothing is refused
    *("_errors._LONGEST_COMPARED", "_timeline.events._LONGEST_SHOWN", "cli._command._LONGEST"),
    *("catalog._writing.render._LONGEST_LINE", "export.svg._LONGEST_NAME"),
    *("export.svg.MOST_BLOCKS", "cli._playing.screens._MOST_LISTED"),
    *("cli._playing.lines._LONGEST_KIND", "catalog._reading.mistakes.LONGEST_LINE"),
    "testing._conformance._MOST_FINDINGS",
    # what is kept, looked ahead or counted in one go, or how finely something is searched
    *("_timeline.layout.MOST_LAPS_KEPT", "cli._playing.parts._MOST_LOOKED_AT"),
    *("cli._watching._MOST_FILES", "columns._expand._MOST_KEPT", "mqtt._bridge._MOST_OTHERS"),
    *(
        "planning._fit.MOST_TIMES",
        "planning._compose.MOST_TIMES",
        "planning._options.MOST_OPTIONS",
    ),
    *("timers.qt._LONGEST_MS", "mqtt._bridge._LONGEST_RETRY_SECONDS"),
    "timers.live._tables._MOST_LINES",
    *("export.fit._LONGEST_BLOCK", "testing._timer_rules.LONGEST"),
    # a figure of another page, of a body, or of what tests draw
    *("catalog._rules.whole.MOST_EVENTS", "catalog._rules.whole.LONGEST_HOURS"),
    "planning._compose.MOST_CHANGES",
    *(
        "_model.skeleton.MOST_BENT",
        "figures._doubts._MOST_GIVEN",
        "testing.strategies.MOST_EVENTS",
    ),
}
"""What is named like a limit, and refuses nothing that the page would have to tell of."""


def rows(heading: str) -> Iterator[tuple[str, str]]:
    """Yield the limits of a table, each with its figure."""
    for limit, place in TABLES[heading].items():
        if isinstance(place, str):
            module, _, name = place.rpartition(".")
            yield limit, f"{getattr(import_module(f'supple.{module}'), name):,}"
        else:
            yield limit, f"{place:,}"
