"""The real program in a process of its own, and catalogs for it to read."""

import os
import subprocess
from pathlib import Path

import pytest

from tests.cli.program import PROGRAM, Install, Run, write_catalog

DECIDES_ON_LOOKS = {"NO_COLOR", "FORCE_COLOR", "TTY_COMPATIBLE", "COLUMNS", "LINES", "TERM"}


@pytest.fixture
def environment() -> dict[str, str]:
    """Return an environment that says nothing about how the output should look."""
    kept = {name: value for name, value in os.environ.items() if name not in DECIDES_ON_LOOKS}
    return kept | {"PYTHONIOENCODING": "utf-8", "TERM": "xterm-256color"}


@pytest.fixture
def run(environment: dict[str, str]) -> Run:
    """Run the program, with further environment variables if need be."""

    def run(*words: str, **variables: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [*PROGRAM, *words],
            env=environment | variables,
            capture_output=True,
            encoding="utf-8",
            check=False,
            timeout=60,
        )

    return run


@pytest.fixture
def acme(tmp_path: Path) -> Path:
    """Return the folder of a catalog that is not installed."""
    return write_catalog(tmp_path / "acme")


@pytest.fixture
def install(tmp_path: Path) -> Install:
    """Install the catalog as a distribution, and return the folder for PYTHONPATH."""

    def install(name: str) -> Path:
        site = tmp_path / "site"
        package = f"{name}_stretches"
        write_catalog(site / package, name=name)
        (site / package / "__init__.py").touch()
        about = site / f"{package}-1.0.dist-info"
        about.mkdir()
        (about / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {package}\nVersion: 1.0\n")
        (about / "entry_points.txt").write_text(f"[supple.catalogs]\n{name} = {package}\n")
        return site

    return install


@pytest.fixture
def no_log(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Keep the log of whoever runs the tests out of them."""
    path = tmp_path / "log.jsonl"
    monkeypatch.setenv("SUPPLE_LOG", str(path))
    return path
