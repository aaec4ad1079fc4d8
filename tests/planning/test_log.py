"""What was done is kept: whole, once, and only on this machine."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from supple import MissingExtraError, ModelError
from supple.planning import Entry, Log

AT = datetime(2027, 3, 22, 8, tzinfo=UTC)
WRITER = Path(__file__).with_name("log_writer.py")


def entry(seconds: int = 400, **parts: Any) -> Entry:
    """Return an entry of the bundled routine."""
    facts: dict[str, Any] = {"routine": "lower-back", "seconds": seconds}
    return Entry(AT, **(facts | parts))


def test_what_is_added_is_there(tmp_path: Path) -> None:
    """Entries come back as they were written, in their order, and the folder is made."""
    log = Log(tmp_path / "deep" / "log.jsonl")
    assert [*log] == []
    log.add(entry(1))
    log.add(entry(2, finished=False))
    assert [*log] == [entry(1), entry(2, finished=False)]
    assert [json.loads(line) for line in log.path.read_text().splitlines()] == [
        {
            "format": 1,
            "at": "2027-03-22T08:00:00+00:00",
            "routine": "lower-back",
            "seconds": seconds,
            "finished": finished,
        }
        for seconds, finished in ((1, True), (2, False))
    ]
    assert repr(log) == f"Log({str(log.path)!r})"


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such modes")
def test_nobody_else_can_read_it(tmp_path: Path) -> None:
    """The file is its owner's alone."""
    log = Log(tmp_path / "log.jsonl")
    log.add(entry())
    assert log.path.stat().st_mode & 0o777 == 0o600


def test_a_line_may_be_torn_anywhere(tmp_path: Path) -> None:
    """Wherever a crash tore the file, whole lines before it and after it are read."""
    log = Log(tmp_path / "log.jsonl")
    log.add(entry(1))
    log.add(entry(2))
    whole = log.path.read_bytes()
    for cut in range(len(whole)):
        log.path.write_bytes(whole[:cut])
        kept = whole[:cut].count(b"\n")
        log.add(entry(3))
        found = [each.seconds for each in log]
        assert found[-1] == 3
        assert found[:kept] == [1, 2][:kept]


@pytest.mark.parametrize(
    "line",
    [
        b"",
        b"{}",
        b"[]",
        b"1",
        b"\xff\xfe",
        b'{"at": 3, "routine": "x", "seconds": 1, "finished": true}',
        b'{"at": "2027-03-22T08:00:00", "routine": "x", "seconds": 1, "finished": true}',
        b'{"at": "2027-03-22T08:00:00Z", "routine": "X!", "seconds": 1, "finished": true}',
        b'{"at": "2027-03-22T08:00:00Z", "routine": "x", "seconds": -1, "finished": true}',
        b'{"at": "2027-03-22T08:00:00Z", "routine": "x", "seconds": 1, "finished": 1}',
        b"[" * 4000,
        b"x" * 10_000,
    ],
)
def test_what_cannot_be_read_is_passed_over(tmp_path: Path, line: bytes) -> None:
    """A line that is no entry costs no other one."""
    log = Log(tmp_path / "log.jsonl")
    log.add(entry(1))
    with log.path.open("ab") as file:
        file.write(line + b"\n")
    log.add(entry(2))
    assert [each.seconds for each in log] == [1, 2]


def test_what_a_newer_version_adds_is_passed_over(tmp_path: Path) -> None:
    """Of an entry with more facts those that are known are read."""
    log = Log(tmp_path / "log.jsonl")
    facts = {"format": 2, "at": AT.isoformat(), "routine": "lower-back", "seconds": 1}
    log.path.write_text(json.dumps(facts | {"finished": True, "new": 1}) + "\n")
    assert [*log] == [entry(1)]


@pytest.mark.skipif(os.name == "nt", reason="the signal is that of POSIX")
def test_writers_that_are_killed_lose_nothing(tmp_path: Path) -> None:
    """Four writers at once, killed at any instant: what was acknowledged is there, and once."""
    log = Log(tmp_path / "log.jsonl")
    acknowledged: set[int] = set()
    for turn in range(3):
        writers = [
            subprocess.Popen(
                [sys.executable, WRITER, log.path, str((4 * turn + i) * 100_000)],
                stdout=subprocess.PIPE,
            )
            for i in range(4)
        ]
        for i, writer in enumerate(writers):
            assert writer.stdout is not None
            for _ in range(5 + 3 * i + turn):  # each has come so far, and is killed on its way
                acknowledged.add(int(writer.stdout.readline()))
        for writer in writers:
            writer.kill()
        for writer in writers:
            assert writer.stdout is not None
            said = writer.communicate()[0].decode().split("\n")[:-1]
            acknowledged |= {int(number) for number in said}
    kept = Counter(each.seconds for each in log)
    assert acknowledged <= {*kept}
    assert {*kept.values()} == {1}
    lines = log.path.read_bytes().splitlines()
    assert len([line for line in lines if line]) - len(kept) <= 12  # torn by a kill, at most


def test_a_full_disk_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where only a part can be written that is an error, and the next entry is whole."""
    log = Log(tmp_path / "log.jsonl")
    write = os.write
    with monkeypatch.context() as patched:
        patched.setattr(os, "write", lambda descriptor, line: write(descriptor, line[:9]))
        with pytest.raises(OSError, match="only 9 of"):
            log.add(entry(1))
    log.add(entry(2))
    assert [each.seconds for each in log] == [2]


def test_the_usual_place(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where no path is given it is in the folder that the platform has for data."""
    pytest.importorskip("platformdirs")
    assert Log().path.name == "log.jsonl"
    assert Log().path.parent.name == "supple"
    monkeypatch.setitem(sys.modules, "platformdirs", None)
    message = (
        "this needs the package platformdirs, which is not installed: pip install 'supple[log]'"
    )
    with pytest.raises(MissingExtraError, match=re.escape(message)):
        Log()


def test_what_is_refused(tmp_path: Path) -> None:
    """An entry knows its offset and a routine, and nothing but entries is written."""
    with pytest.raises(ModelError, match="at: must be a date and time with an offset"):
        Entry(datetime(2027, 1, 1), routine="x", seconds=1)  # noqa: DTZ001 - on purpose
    with pytest.raises(ModelError, match="entry: must be Entry"):
        Log(tmp_path / "log.jsonl").add("done")  # type: ignore[arg-type]
    assert not (tmp_path / "log.jsonl").exists()
