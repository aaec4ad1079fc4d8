"""Files are opened once and looked at then, and replaced whole or not at all."""

from __future__ import annotations

import os
import stat
import sys
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from supple import CatalogError, load_catalog
from supple._files import OutsideError, is_regular, opened, put_folder, replace_file
from supple.catalog._finding import folder as finding
from supple.catalog._finding.folder import Folder
from supple.catalog._refused import RefusedError

if TYPE_CHECKING:
    from collections.abc import Callable

posix = pytest.mark.skipif(os.name != "posix", reason="modes, links and pipes as POSIX has them")


def files_in(folder: Path) -> dict[str, bytes]:
    """Return what every file in a folder holds."""
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


# --- written


@pytest.mark.parametrize("error", [OSError(28, "No space left"), KeyboardInterrupt()])
@pytest.mark.parametrize("old", [None, b"old"])
def test_a_failing_disk_leaves_the_old_file(
    error: BaseException, old: bytes | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """After an error the file is what it was, and nothing is beside it."""

    def fail(_: int) -> None:
        raise error

    file = tmp_path / "a.json"
    if old is not None:
        file.write_bytes(old)
    before = files_in(tmp_path)
    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(type(error)):
        replace_file(file, b"new")
    assert files_in(tmp_path) == before


@posix
def test_mode_and_link_are_kept(tmp_path: Path) -> None:
    """A replaced file keeps its mode, and a link still leads to it."""
    file, link = tmp_path / "a.json", tmp_path / "b.json"
    file.write_bytes(b"old")
    file.chmod(0o640)
    link.symlink_to(file)
    replace_file(link, b"new")
    assert link.is_symlink()
    assert file.read_bytes() == b"new"
    assert stat.S_IMODE(file.stat().st_mode) == 0o640
    umask = os.umask(0o022)
    os.umask(umask)
    replace_file(tmp_path / "c.json", b"")
    assert stat.S_IMODE((tmp_path / "c.json").stat().st_mode) == 0o666 & ~umask


@posix
def test_a_pipe_is_written_to(tmp_path: Path) -> None:
    """What is no file stays what it is and gets the content, by a link as well."""
    pipe, link = tmp_path / "pipe", tmp_path / "link"
    os.mkfifo(pipe)
    link.symlink_to(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    for path in (pipe, link):
        replace_file(path, b"new")
        assert os.read(reader, 99) == b"new"
    os.close(reader)
    assert pipe.is_fifo()
    assert link.is_symlink()
    assert sorted(tmp_path.iterdir()) == [link, pipe]


@pytest.mark.skipif(sys.platform != "linux", reason="descriptors by their paths, a full device")
def test_a_path_of_an_open_pipe_and_a_full_device() -> None:
    """The path of a descriptor leads to what is open there, and a full device says so."""
    reader, writer = os.pipe()
    replace_file(f"/dev/fd/{writer}", b"new")
    assert os.read(reader, 99) == b"new"
    os.close(reader)
    os.close(writer)
    with pytest.raises(OSError, match="No space left"):
        replace_file("/dev/full", b"new")


@pytest.mark.skipif(sys.platform != "linux", reason="descriptors by their paths")
def test_what_is_open_already_is_added_to(tmp_path: Path) -> None:
    """What leads to an open file replaces nothing that is in it, whoever has it open."""
    file, link = tmp_path / "a.txt", tmp_path / "link"
    with file.open("w") as opened_already:
        descriptor = opened_already.fileno()
        link.symlink_to(f"/dev/fd/{descriptor}")
        os.write(descriptor, b"1")
        replace_file(link, b"2")
        os.write(descriptor, b"3")
        replace_file(f"/proc/self/task/{os.getpid()}/fd/{descriptor}", b"4")
    assert file.read_bytes() == b"1234"
    assert sorted(tmp_path.iterdir()) == [file, link]


@posix
def test_a_folder_is_no_file_to_replace(tmp_path: Path) -> None:
    """A folder is refused before anything is written, and nothing lies beside it."""
    folder = tmp_path / "a.toml"
    folder.mkdir()
    with pytest.raises(IsADirectoryError):
        replace_file(folder, b"new")
    assert [*tmp_path.iterdir()] == [folder]


@posix
def test_the_longest_name(tmp_path: Path) -> None:
    """A file whose name is as long as a name may be is replaced, too."""
    file = tmp_path / ("x" * os.pathconf(tmp_path, "PC_NAME_MAX"))
    for content in (b"old", b"new"):
        replace_file(file, content)
    assert files_in(tmp_path) == {file.name: b"new"}


@posix
@pytest.mark.parametrize("mode", [0o700, 0o755, 0o750, 0o2770])
def test_an_empty_folder_keeps_its_mode(mode: int, tmp_path: Path) -> None:
    """What only its owner may read stays so when it is filled."""
    folder = tmp_path / "made"
    folder.mkdir()
    folder.chmod(mode)
    put_folder(folder, {"a/b.txt": b"b"})
    assert stat.S_IMODE(folder.stat().st_mode) == mode
    assert files_in(tmp_path) == {"made/a/b.txt": b"b"}


@posix
def test_a_new_folder_has_the_mode_of_any(tmp_path: Path) -> None:
    """A new folder is as open as the user lets new folders be."""
    put_folder(tmp_path / "made", {"a.txt": b""})
    (tmp_path / "plain").mkdir()
    assert (tmp_path / "made").stat().st_mode == (tmp_path / "plain").stat().st_mode


@posix
@pytest.mark.parametrize("kind", ["file", "full", "link"])
def test_a_folder_touches_nothing(kind: str, tmp_path: Path) -> None:
    """Nothing but an empty folder gives way, not even a link to one."""
    target = tmp_path / "target"
    if kind == "file":
        target.write_bytes(b"mine")
    elif kind == "full":
        put_folder(target, {"mine": b""})
    else:
        (tmp_path / "empty").mkdir()
        target.symlink_to("empty")
    before = sorted(tmp_path.rglob("*"))
    with pytest.raises(FileExistsError, match="must not be there yet, or be an empty folder"):
        put_folder(target, {"a": b""})
    assert sorted(tmp_path.rglob("*")) == before
    assert target.is_symlink() == (kind == "link")


# --- opened


@posix
def test_nothing_waits(tmp_path: Path) -> None:
    """A pipe that nobody writes to is opened at once, and is no regular file."""
    os.mkfifo(tmp_path / "pipe")
    with opened(tmp_path / "pipe") as descriptor:
        assert not is_regular(descriptor)
    (tmp_path / "file").touch()
    with opened(tmp_path / "file", inside=tmp_path) as descriptor:
        assert is_regular(descriptor)


@posix
def test_nothing_stays_open(tmp_path: Path) -> None:
    """Whether it can be opened or not, no descriptor is left."""
    (tmp_path / "a").touch()
    before = len([*Path("/dev/fd").iterdir()])
    for path in ("a", "b", "a/b", "../x"):
        with suppress(OSError), opened(tmp_path / path, inside=tmp_path):
            pass
    assert len([*Path("/dev/fd").iterdir()]) == before


@posix
def test_a_link_out_of_the_folder(tmp_path: Path) -> None:
    """A link may lead from one place of the folder to another one, and no further."""
    (tmp_path / "in").mkdir()
    (tmp_path / "secret").write_bytes(b"secret")
    (tmp_path / "in" / "file").write_bytes(b"mine")
    (tmp_path / "in" / "near").symlink_to("file")
    (tmp_path / "in" / "far").symlink_to("../secret")
    with opened(tmp_path / "in" / "near", inside=tmp_path / "in") as descriptor:
        assert os.read(descriptor, 10) == b"mine"
    with (
        pytest.raises(OutsideError, match="must not be a link out of the folder"),
        opened(tmp_path / "in" / "far", inside=tmp_path / "in"),
    ):
        pass


# --- things that change between two looks at them


def swap(folder: Path) -> dict[str, Callable[[], None]]:
    """Return what somebody may do to a file at the worst moment."""
    file = folder / "inner" / "file.toml"

    def replace(make: Callable[[], None]) -> None:
        file.unlink()
        make()

    def swap_folder() -> None:
        file.parent.rename(folder / "aside")
        file.parent.symlink_to(folder.parent / "outside")

    return {
        "link": lambda: replace(lambda: file.symlink_to(folder.parent / "outside" / "file.toml")),
        "pipe": lambda: replace(lambda: os.mkfifo(file)),
        "folder": lambda: replace(file.mkdir),
        "link above": swap_folder,
        "gone": lambda: replace(lambda: None),
    }


@posix
@pytest.mark.parametrize("change", ["link", "pipe", "folder", "link above", "gone"])
def test_a_file_that_changes_under_the_reader(
    change: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is swapped after it was looked at is neither read from outside nor waited for."""
    folder = tmp_path / "folder"
    for parent in (folder / "inner", tmp_path / "outside"):
        parent.mkdir(parents=True)
    (folder / "inner" / "file.toml").write_bytes(b"mine")
    (tmp_path / "outside" / "file.toml").write_bytes(b"secret")
    really, resolve = swap(folder)[change], Path.resolve
    looked: list[Path] = []

    def look(self: Path, *arguments: bool) -> Path:
        found = resolve(self, *arguments)
        if self.name == "file.toml" and not looked:
            looked.append(self)
            really()
        return found

    monkeypatch.setattr(Path, "resolve", look)
    with pytest.raises(RefusedError, match="must be"):
        Folder(folder, is_trusted=False).read("inner/file.toml")
    assert looked


@posix
def test_a_file_that_grows_under_the_reader(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What grows after its size was asked for is read no further than it may be long."""
    (tmp_path / "file").write_bytes(b"x")
    monkeypatch.setattr(finding, "LARGEST_DOCUMENT", 10)
    fstat = os.fstat

    def grow(descriptor: int) -> os.stat_result:
        found = fstat(descriptor)
        (tmp_path / "file").write_bytes(b"x" * 1000)
        return found

    monkeypatch.setattr(os, "fstat", grow)
    with pytest.raises(RefusedError, match="must be at most"):
        Folder(tmp_path, is_trusted=False).read("file")


@posix
def test_an_archive_that_is_a_pipe(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An archive that became a pipe is refused at once."""
    os.mkfifo(tmp_path / "a.zip")
    monkeypatch.setattr(Path, "is_file", lambda _: True)
    with pytest.raises(CatalogError, match=r"a\.zip: must be a file"):
        load_catalog(tmp_path / "a.zip")


@pytest.mark.parametrize("is_trusted", [True, False])
def test_a_system_without_descriptors(
    *, is_trusted: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where no name can be opened inside of an open folder, the same is asked of the paths."""
    monkeypatch.setattr(finding, "IS_BY_DESCRIPTOR", False)
    folder = Folder(tmp_path / "in", is_trusted=is_trusted)
    put_folder(tmp_path / "in", {"a": b"a", "b/c": b"c"})
    assert folder.names(".") == ["a", "b"]
    assert folder.read("b/c") == b"c"
    assert folder.has_file("a")
    assert not folder.has_file("b")
    assert folder.names("d", required=False) == []
    for name in ("a", "d"):
        with pytest.raises(RefusedError, match="must be a folder"):
            folder.names(name)
    for name in ("b", "d"):
        with pytest.raises(RefusedError, match="must be a file"):
            folder.read(name)
    if sys.platform != "win32" and not is_trusted:
        (tmp_path / "in" / "far").symlink_to(tmp_path)
        with pytest.raises(RefusedError, match="must not be a link out of the folder"):
            folder.names("far")
