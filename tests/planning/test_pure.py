"""Planning but for its log and its files reads no clock, file, variable or network."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

import supple.planning
from tests.test_imports import ALLOWED, CORE_MODULES, imports_of

PACKAGE = Path(supple.planning.__path__[0])
IMPURE = {"__init__.py", "_log.py", "_programme_files.py"}
PURE = sorted(path for path in PACKAGE.glob("*.py") if path.name not in IMPURE)
ALSO = {"supple.catalog._catalog", "zoneinfo"}
"""A catalog is a value, and the time zones are those of the system."""


@pytest.mark.parametrize("path", PURE, ids=lambda path: path.stem)
def test_it_imports_nothing_that_does_anything(path: Path) -> None:
    """Beside the core and itself it imports what computes, and time zones."""
    own = {f"supple.planning.{each.stem}" for each in PURE}
    assert {*imports_of(path)} <= ALLOWED | CORE_MODULES | own | ALSO


@pytest.mark.parametrize("path", PURE, ids=lambda path: path.stem)
def test_it_never_asks_what_time_it_is(path: Path) -> None:
    """It calls neither `now` nor `today`, and opens nothing."""
    called = {
        ast.unparse(node.func).rpartition(".")[2]
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call)
    }
    assert called.isdisjoint({"now", "today", "utcnow", "time_ns", "open", "print", "getenv"})
