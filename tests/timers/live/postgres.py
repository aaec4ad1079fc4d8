"""A Postgres of its own for the tests, in a temporary folder, reached by a socket in it."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from tests.needs import needs

if TYPE_CHECKING:
    from collections.abc import Iterator

DEBIAN = Path("/usr/lib/postgresql")


class Server:
    """A server that can be stopped at once and started again."""

    def __init__(self, programs: Path, folder: Path, user: tuple[str, ...]) -> None:
        self._programs = programs
        self.folder = folder
        self._user = user
        self.conninfo = f"host={folder} dbname=postgres user=postgres"

    def program(self, name: str, *arguments: str) -> None:
        """Run one of its programs, as the user that it belongs to."""
        command = [*self._user, str(self._programs / name), *arguments]
        subprocess.run(command, check=True, timeout=60, stdout=subprocess.DEVNULL, cwd=self.folder)

    def start(self) -> None:
        """Start it, and wait until it answers."""
        options = f"-k {self.folder} -c listen_addresses= -c max_connections=40"
        data, log = str(self.folder / "data"), str(self.folder / "log")
        self.program("pg_ctl", "-D", data, "-l", log, "-w", "-o", options, "start")

    def stop(self, mode: str) -> None:
        """Stop it: `immediate` is as a crash."""
        self.program("pg_ctl", "-D", str(self.folder / "data"), "-m", mode, "-w", "stop")


@contextmanager
def postgres() -> Iterator[Server]:
    """Yield a server that is running; leave the test where Postgres is not installed."""
    if path := os.pathsep.join(str(found) for found in sorted(DEBIAN.glob("*/bin"))):
        os.environ["PATH"] = f"{os.environ['PATH']}{os.pathsep}{path}"
    programs = Path(needs("initdb")).resolve().parent
    user = (needs("runuser"), "-u", "postgres", "--") if os.geteuid() == 0 else ()
    folder = Path(tempfile.mkdtemp(prefix="pg"))  # short, for a socket lies in it
    try:
        if user:
            shutil.chown(folder, "postgres")
        server = Server(programs, folder, user)
        data = str(folder / "data")
        server.program("initdb", "-D", data, "-U", "postgres", "-A", "trust", "-N")
        server.start()
        try:
            yield server
        finally:
            server.stop("immediate")
    finally:
        shutil.rmtree(folder)
