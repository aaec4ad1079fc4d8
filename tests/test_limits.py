"""The page on limits has the figures that the code has, and all of them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from supple._model import requirements
from supple._player import machine
from supple._units import LONGEST_SECONDS
from supple.catalog import Limits, free_exercise_db
from supple.catalog._finding import archive, folder
from supple.catalog._reading import documents, reading, tables
from supple.catalog._rules import rule, whole
from supple.cli import _lookup
from supple.columns import _arrow, _facts
from supple.export import _chapters, _sound, fit, ics, srt, workrave
from supple.mqtt import _answers, _bridge
from supple.timers.live import _shard, _tables, _worker

PAGE = Path(__file__).parents[1] / "docs" / "reference" / "limits.md"

FIGURES = {
    "bytes of one document": folder.LARGEST_DOCUMENT,
    "bytes of a catalog's document, exercises and one translation together": (
        reading.LARGEST_CATALOG
    ),
    "bytes of all translations together, where all are read": reading.LARGEST_TRANSLATIONS,
    "exercises": reading.MOST_EXERCISES,
    "names in one folder": folder.MOST_NAMES,
    "values in one document": reading.MOST_VALUES,
    "levels of nesting": documents.MOST_NESTED,
    "parts of a dotted key": documents.MOST_KEY_PARTS,
    "problems that are told": tables.MOST_PROBLEMS,
    "bytes of an archive": archive.LARGEST_ARCHIVE,
    "bytes of its list of files": archive.LARGEST_READ,
    "files in it": archive.MOST_ENTRIES,
    "letters of a name in it": archive.LONGEST_ENTRY,
    "folders around a file in it": archive.MOST_PARTS,
    "letters of a text": requirements.LONGEST_TEXT,
    "letters of an id or a name of a catalog": requirements.LONGEST_NAME,
    "elements of a list": requirements.MOST_ELEMENTS,
    "repetitions, sets or rounds": requirements.MOST_TIMES,
    "seconds of a step, a hold or a rest": LONGEST_SECONDS,
    "bytes of a routine as text": Limits().size,
    "levels of nesting in it": Limits().nesting,
    "steps, holds, marks and rests as written": Limits().written,
    "milliseconds that it takes": Limits().duration_ms,
    "events in it": Limits().events,
    "bytes of records to import": free_exercise_db.LARGEST,
    "seconds that the command line waits for the catalogs of other distributions": (
        _lookup.PATIENCE
    ),
    "chapters": _chapters.MOST_CHAPTERS,
    "milliseconds of sound": _sound.LONGEST_MS,
    "milliseconds of subtitles, which stay below": srt.LONGEST_MS,
    "steps of a workout": fit.MOST_STEPS,
    "bytes of a text in a workout, which is cut there": fit.LONGEST_TEXT,
    "sessions of a programme in a calendar": ics.MOST_SESSIONS,
    "exercises for Workrave, each time counted": workrave.MOST_EXERCISES,
    "steps, holds and rests of one of them": workrave.MOST_SEGMENTS,
    "texts that close matches are looked for, in one check": rule.MOST_HINTS,
    "rows of a batch": _arrow.MOST_ROWS,
    "milliseconds from the start of a timeline": _facts._LATEST_MS,
    "partitions": _tables.MOST_PARTITIONS,
    "letters of the name of a session": _shard._LONGEST_NAME,
    "requests that a partition takes in a tick; the others wait for the next": (
        _tables.MOST_REQUESTS
    ),
    "events of a session in a tick; the others come with the next": machine.MOST_EVENTS,
    "events in a row of `supple_batches`": _tables.MOST_IN_BATCH,
    "milliseconds of a tick": _worker._MARK_EVERY_MS,
    "events that are kept without a broker; the others are counted": _bridge._MOST_EVENTS_KEPT,
    "commands that wait; the others are counted": _bridge._MOST_COMMANDS_WAITING,
    "answers to them in a second": _answers.MOST_A_SECOND,
}


@pytest.mark.skipif(not PAGE.is_file(), reason="the pages are not here")
def test_the_page_has_every_figure() -> None:
    """Each row of the page is a limit of the code, and each limit has its row."""
    text = PAGE.read_text(encoding="utf-8")
    rows = re.findall(r"^\| (.+) \| ([\d,]+) \|$", text, re.MULTILINE)
    assert {limit: int(figure.replace(",", "")) for limit, figure in rows} == FIGURES
    assert f"{whole.MOST_EVENTS:,} events" in text
