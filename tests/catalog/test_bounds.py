"""Reading takes bounded time and memory, whatever it is given."""

from __future__ import annotations

import bz2
import lzma
import struct
import tracemalloc
import zlib
from time import process_time
from typing import TYPE_CHECKING, Any
from zipfile import ZIP_BZIP2, ZIP_DEFLATED, ZIP_LZMA, ZIP_STORED, ZipFile

import pytest

from supple import load_catalog
from supple.catalog._finding import archive as archives
from supple.catalog._finding.folder import LARGEST_DOCUMENT, Folder
from tests.catalog.files import contents, problems_of, whole, write_folder

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

MIB = 2**20


def cost_of(call: Callable[[], object]) -> tuple[float, float]:
    """Return the seconds of the processor and the MiB of memory that a call takes."""
    tracemalloc.start()
    began = process_time()
    try:
        call()
        return process_time() - began, tracemalloc.get_traced_memory()[1] / MIB
    finally:
        tracemalloc.stop()


def pack(path: Path, files: dict[str, Any], method: int) -> Path:
    """Write files into a zip file by a method of compression."""
    with ZipFile(path, "w", method) as archive:
        for name, content in contents(files).items():
            archive.writestr(name, content)
    return path


@pytest.mark.parametrize("method", [ZIP_STORED, ZIP_DEFLATED])
def test_methods_that_zip_files_have(method: int, tmp_path: Path) -> None:
    """What is stored or deflated is read."""
    assert load_catalog(pack(tmp_path / "a.zip", whole(), method)).name == "acme"


@pytest.mark.parametrize(
    ("method", "module"), [(ZIP_BZIP2, bz2), (ZIP_LZMA, lzma)], ids=["bzip2", "lzma"]
)
def test_methods_that_unpack_without_bounds(
    method: int, module: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What unpacks as much as it likes is refused, and nothing of it is unpacked."""
    path = pack(tmp_path / "a.zip", {"catalog.toml": b" " * 64 * MIB}, method)
    assert path.stat().st_size < 20_000

    def unpack(*_: object) -> None:
        raise AssertionError("it was unpacked")

    for name in ("BZ2Decompressor", "LZMADecompressor"):
        monkeypatch.setattr(module, name, unpack, raising=False)
    [problem] = problems_of(path)
    assert problem.endswith("but files that are stored or deflated (got 'catalog.toml')")
    seconds, memory = cost_of(lambda: problems_of(path))
    assert seconds < 1
    assert memory < 2


def test_an_archive_of_a_million_entries(tmp_path: Path) -> None:
    """An archive that lists more than it may is refused before its list is read."""
    entry = b"PK\x01\x02" + bytes(24) + struct.pack("<H", 1) + bytes(16) + b"x"
    count = 1_000_000
    listed = entry * count
    end = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, 0xFFFF, 0xFFFF, len(listed), 0, 0)
    path = tmp_path / "a.zip"
    path.write_bytes(listed + end)
    [problem] = problems_of(path)
    assert problem == f"{path}: must hold at most 10000 files"
    seconds, memory = cost_of(lambda: problems_of(path))
    assert seconds < 1
    assert memory < 4


def test_a_large_archive(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file that is too large for an archive is not even looked into."""
    path = tmp_path / "a.zip"
    with path.open("wb") as file:
        file.truncate(archives.LARGEST_ARCHIVE + 1)

    def look(*_: object) -> None:
        raise AssertionError("it was looked into")

    monkeypatch.setattr(archives, "ZipFile", look)
    assert problems_of(path) == [f"{path}: must be at most 67108864 bytes long"]


def lie(path: Path, size: int) -> None:
    """Let every file in an archive say that it is as large as this when it is unpacked."""
    content = path.read_bytes()
    with ZipFile(path) as archive:
        sizes = {entry.file_size for entry in archive.infolist()}
    for real in sizes:
        content = content.replace(struct.pack("<L", real), struct.pack("<L", size))
    path.write_bytes(content)


def test_files_that_lie_about_their_size(tmp_path: Path) -> None:
    """Of a file that unpacks to more than it says only so much is unpacked."""
    path = pack(tmp_path / "a.zip", {"catalog.toml": b" " * 64 * MIB}, ZIP_DEFLATED)
    lie(path, 100)
    seconds, memory = cost_of(lambda: problems_of(path))
    assert seconds < 1
    assert memory < 4


def test_refused_bytes_count(tmp_path: Path) -> None:
    """What was unpacked for nothing counts, so that it cannot be done a thousand times."""
    bomb = b" " * LARGEST_DOCUMENT
    files = whole() | {f"exercises/x-{i:03}.toml": bomb for i in range(30)}
    path = pack(tmp_path / "a.zip", files, ZIP_DEFLATED)
    crc = struct.pack("<L", zlib.crc32(bomb))
    path.write_bytes(path.read_bytes().replace(crc, b"\0\0\0\0"))
    problems = problems_of(path)
    assert sum("Bad CRC-32" in problem for problem in problems) == 8
    assert sum("with all others" in problem for problem in problems) == 22


def test_large_files_are_not_begun(tmp_path: Path) -> None:
    """What says itself that it is too large costs nothing, on a disk or in an archive."""
    files = {"large.toml": b" " * (LARGEST_DOCUMENT + 1)}
    folder = Folder(write_folder(tmp_path / "a", files), is_trusted=False)
    with pytest.raises(Exception, match="must be at most 1048576 bytes long"):
        folder.read("large.toml")
    with archives.open_archive(pack(tmp_path / "a.zip", files, ZIP_DEFLATED)) as root:
        zipped = Folder(root, is_trusted=False)
        with pytest.raises(Exception, match="must be at most 1048576 bytes long"):
            zipped.read("large.toml")
    assert (folder.taken, zipped.taken) == (0, 0)


def test_no_translation_of_a_refused_catalog_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nobody gets a refused catalog in any language, so none is looked at."""
    files = whole() | {"translations/de.json": {"format": 1, "language": "de"}}
    files["catalog.json"]["title"] = 5
    read: list[str] = []
    really = Folder.read

    def note(self: Folder, path: str) -> bytes:
        read.append(path)
        return really(self, path)

    monkeypatch.setattr(Folder, "read", note)
    problems_of(write_folder(tmp_path, files))
    assert read == ["catalog.json", "exercises/a-reach.json", "exercises/b-squat.json"]
