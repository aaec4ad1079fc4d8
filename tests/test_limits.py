"""The page on limits has the figures that the code has, and all of them."""

from __future__ import annotations

import re
from importlib import import_module
from pathlib import Path

import pytest

import supple
from supple.catalog import Limits
from supple.catalog._rules import whole

PAGE = Path(__file__).parents[1] / "docs" / "reference" / "limits.md"
SOURCE = Path(supple.__file__).parent

FIGURES = {
    "bytes of one document": "catalog._finding.folder.LARGEST_DOCUMENT",
    "bytes of a catalog's document, exercises and one translation together": (
        "catalog._reading.reading.LARGEST_CATALOG"
    ),
    "bytes of all translations together, where all are read": (
        "catalog._reading.reading.LARGEST_TRANSLATIONS"
    ),
    "exercises": "catalog._reading.reading.MOST_EXERCISES",
    "names in one folder": "catalog._finding.folder.MOST_NAMES",
    "values in one document": "catalog._reading.reading.MOST_VALUES",
    "levels of nesting": "catalog._reading.documents.MOST_NESTED",
    "parts of a dotted key": "catalog._reading.documents.MOST_KEY_PARTS",
    "problems that are told": "catalog._reading.tables.MOST_PROBLEMS",
    "folders around a place that are searched for its catalog": (
        "catalog._finding.nearby._MOST_FOLDERS"
    ),
    "bytes of an archive": "catalog._finding.archive.LARGEST_ARCHIVE",
    "bytes of its list of files": "catalog._finding.archive.LARGEST_READ",
    "files in it": "catalog._finding.archive.MOST_ENTRIES",
    "letters of a name in it": "catalog._finding.archive.LONGEST_ENTRY",
    "folders around a file in it": "catalog._finding.archive.MOST_PARTS",
    "bytes of a spreadsheet": "catalog.spreadsheet.LARGEST",
    "bytes that an Excel file unpacks to": "catalog.spreadsheet._LARGEST_UNPACKED",
    "rows of it": "catalog.spreadsheet._MOST_ROWS",
    "columns that are looked at": "catalog.spreadsheet._MOST_COLUMNS",
    "bytes of records to import": "catalog.free_exercise_db.LARGEST",
    "values in them": "catalog._reading.documents.MOST_VALUES",
    "letters of a text": "_model.requirements.LONGEST_TEXT",
    "letters of an id or a name of a catalog": "_model.requirements.LONGEST_NAME",
    "elements of a list": "_model.requirements.MOST_ELEMENTS",
    "repetitions, sets or rounds": "_model.requirements.MOST_TIMES",
    "seconds of a step, a hold or a rest": "_units.LONGEST_SECONDS",
    "circuits inside of each other": "_model.routine.MOST_NESTED",
    "steps, holds, marks and rests of a routine as written": "_model.routine.MOST_WRITTEN",
    "events of a routine as written, cues included": "_timeline.segments.MOST_LAID",
    "events of a slice": "_timeline.timeline.MOST_SLICED",
    "events that a player hands out at once, but for those of one instant": (
        "_player.machine.MOST_EVENTS"
    ),
    "bytes of a command as JSON": "_player.commands._LONGEST",
    "unknown keys of an event line": "export.event_lines.MOST_UNKNOWN",
    "rows of a batch of columns": "columns._arrays.MOST_ROWS",
    "chapters": "export._chapters.MOST_CHAPTERS",
    "exercises of a picture": "export.svg.MOST_ROWS",
    "events of a page": "export._page.streams.MOST_IN_PAGE",
    "milliseconds of sound": "export._sound.LONGEST_MS",
    "milliseconds of subtitles, which stay below": "export.srt.LONGEST_MS",
    "steps of a workout": "export.fit.MOST_STEPS",
    "milliseconds of one of them": "export.fit.LONGEST_STEP_MS",
    "bytes of a text in a workout, which is cut there": "export.fit.LONGEST_TEXT",
    "bytes of a title in a sound, which is cut there": "export._sound.LONGEST_TITLE",
    "sessions of a programme in a calendar": "export.ics.MOST_SESSIONS",
    "times a day in a calendar": "export.ics.MOST_TIMES",
    "exercises for Workrave, each time counted": "export.workrave.MOST_EXERCISES",
    "steps, holds and rests of one of them": "export.workrave.MOST_SEGMENTS",
    "minutes of a plan": "planning._fit.LONGEST_MINUTES",
    "targets of a plan": "planning._compose.MOST_TARGETS",
    "days of a programme": "planning._programme.LONGEST_DAYS",
    "times a day in a programme": "planning._instant.MOST_TIMES_A_DAY",
    "days between two steps of a progression": "planning._progression.MOST_DAYS",
    "bytes of a line of the log that is read": "planning._log.LONGEST_LINE",
    "letters of the topic that others are made of": "mqtt._topics._LONGEST_BASE",
    "events kept for a broker that is away": "mqtt._bridge._MOST_EVENTS_KEPT",
    "commands waiting to be obeyed": "mqtt._bridge._MOST_COMMANDS_WAITING",
    "answers in a second": "mqtt._answers.MOST_A_SECOND",
    "partitions of sessions in Postgres": "timers.live._tables.MOST_PARTITIONS",
    "requests that are taken at once": "timers.live._tables.MOST_REQUESTS",
    "events in a row of `supple_batches`": "timers.live._tables.MOST_IN_BATCH",
    "letters of the name of a session": "timers.live._shard._LONGEST_NAME",
    "seconds that the command line waits for the catalogs of other distributions": (
        "cli._lookup.PATIENCE"
    ),
    "texts that close matches are looked for, in one check": "catalog._rules.rule.MOST_HINTS",
    "texts that one of them is compared with": "catalog._rules.rule.MOST_COMPARED",
}
"""Where the figure of each row stands in the code."""

OF_ROUTINES_AS_TEXT = {
    "bytes of a routine as text": Limits().size,
    "levels of nesting in it": Limits().nesting,
    "steps, holds, marks and rests as written": Limits().written,
    "milliseconds that it takes": Limits().duration_ms,
    "events in it": Limits().events,
}

BESIDE = {
    # what is shown is shortened, and nothing is refused
    *("_errors._LONGEST_COMPARED", "_timeline.events._LONGEST_SHOWN", "cli._command._LONGEST"),
    *("catalog._writing.render._LONGEST_LINE", "export.svg._LONGEST_NAME"),
    *("export.svg.MOST_BLOCKS", "cli._playing.pages._MOST_LISTED"),
    *("cli._playing.lines._LONGEST_KIND", "catalog._reading.mistakes.LONGEST_LINE"),
    *("catalog._reading.tables._MOST_HINTS", "catalog._routine_documents._MOST_HINTS"),
    *("catalog.spreadsheet._MOST_DIGITS", "testing._catalog_conformance._MOST_FINDINGS"),
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
    *("export.fit._LONGEST_BLOCK", "testing._timer_bench.LONGEST"),
    # a figure of another page, of a body, or of what tests draw
    *("catalog._rules.whole.MOST_EVENTS", "planning._compose.MOST_CHANGES"),
    *(
        "_model.skeleton.MOST_BENT",
        "figures._doubts._MOST_GIVEN",
        "testing.strategies.MOST_EVENTS",
    ),
    # another name for one above
    "catalog.free_exercise_db._LONGEST_ID",
}
"""What is named like a limit, and refuses nothing that the page would have to tell of."""


@pytest.mark.skipif(not PAGE.is_file(), reason="the pages are not here")
def test_the_page_has_every_figure() -> None:
    """Each row of the page is a limit of the code, and each limit has its row."""
    text = PAGE.read_text(encoding="utf-8")
    rows = re.findall(r"^\| (.+) \| ([\d,]+) \|$", text, re.MULTILINE)
    shown = {limit: int(figure.replace(",", "")) for limit, figure in rows}
    figures = {}
    for limit, place in FIGURES.items():
        module, _, name = place.rpartition(".")
        figures[limit] = getattr(import_module(f"supple.{module}"), name)
    assert shown == figures | OF_ROUTINES_AS_TEXT
    assert len(rows) == len(shown)
    assert f"{whole.MOST_EVENTS:,} events" in text


def test_every_limit_of_the_code_is_known() -> None:
    """Whatever is named like a limit has its row on the page, or refuses nothing."""
    named = re.compile(r"^(_?(?:LARGEST|LONGEST|MOST)\w*)(?:: [^=]+)? = ", re.MULTILINE)
    found = set()
    for file in SOURCE.rglob("*.py"):
        module = ".".join(file.relative_to(SOURCE).with_suffix("").parts).removesuffix(".__init__")
        names = named.findall(file.read_text(encoding="utf-8"))
        found |= {f"{module}.{name}" for name in names}
    on_the_page = {*FIGURES.values()} - {"cli._lookup.PATIENCE"}
    assert found - BESIDE == on_the_page
    assert found >= BESIDE
