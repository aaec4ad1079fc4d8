"""Routines as they were posted, and how far people have come, in one file of SQLite."""

from __future__ import annotations

import json
import sqlite3
from secrets import token_urlsafe
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pathlib import Path

TABLES = """
CREATE TABLE IF NOT EXISTS routine (key TEXT PRIMARY KEY, document TEXT NOT NULL) STRICT;
CREATE TABLE IF NOT EXISTS session (
    key TEXT PRIMARY KEY,
    routine TEXT NOT NULL REFERENCES routine,
    snapshot TEXT
) STRICT;
PRAGMA foreign_keys = ON;
PRAGMA journal_mode = WAL;
"""


class Store:
    """One connection. A call takes well below a millisecond, so the event loop makes it itself.

    Whoever knows a key may use what it stands for, so keys cannot be guessed.
    """

    def __init__(self, path: Path) -> None:
        self._db = sqlite3.connect(path, timeout=1, isolation_level=None)
        self._db.executescript(TABLES)

    def close(self) -> None:
        """Let go of the file."""
        self._db.close()

    def add_routine(self, document: str) -> str:
        """Keep a routine as it was posted, and return its key."""
        key = token_urlsafe()
        self._db.execute("INSERT INTO routine VALUES (?, ?)", (key, document))
        return key

    def replace_routine(self, key: str, document: str) -> bool:
        """Replace a routine, and tell whether there was one."""
        update = "UPDATE routine SET document = ? WHERE key = ?"
        return self._db.execute(update, (document, key)).rowcount > 0

    def routine(self, key: str) -> str | None:
        """Return a routine as it was posted."""
        select = "SELECT document FROM routine WHERE key = ?"
        row: tuple[str] | None = self._db.execute(select, (key,)).fetchone()
        return row and row[0]

    def add_session(self, routine: str) -> str:
        """Begin a session with a routine that there is, and return its key."""
        key = token_urlsafe()
        self._db.execute("INSERT INTO session VALUES (?, ?, NULL)", (key, routine))
        return key

    def session(self, key: str) -> tuple[str, dict[str, Any] | None] | None:
        """Return the routine of a session as it was posted, and the last snapshot of a player."""
        select = """SELECT document, snapshot FROM session JOIN routine
            ON session.routine = routine.key WHERE session.key = ?"""
        row = self._db.execute(select, (key,)).fetchone()
        return row and (row[0], row[1] and json.loads(row[1]))

    def keep(self, key: str, snapshot: dict[str, Any]) -> None:
        """Keep how far somebody has come."""
        update = "UPDATE session SET snapshot = ? WHERE key = ?"
        self._db.execute(update, (json.dumps(snapshot), key))
