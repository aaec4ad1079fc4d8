"""What a test needs of the machine: without it the test is skipped, but fails under `CI=true`."""

from __future__ import annotations

import os
from shutil import which

import pytest

ADMINISTRATORS = os.pathsep.join(["/usr/sbin", "/usr/local/sbin", "/opt/homebrew/sbin"])


def needs(program: str) -> str:
    """Return the path of a program, or leave the test with the reason."""
    found = which(program) or which(program, path=ADMINISTRATORS)
    if found is None and os.environ.get("CI") == "true":
        pytest.fail(f"{program} is not installed")
    if found is None:
        pytest.skip(f"{program} is not installed")
    return found


def needs_module(name: str) -> None:
    """Leave a whole file of tests, with the reason, where a module is not installed."""
    if os.environ.get("CI") != "true":
        pytest.importorskip(name, exc_type=ImportError)
