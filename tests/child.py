"""A process that a test starts, and that never outlives it."""

from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING, AnyStr

import pytest

if TYPE_CHECKING:
    from types import TracebackType

PATIENCE_SECONDS = 60


class Child(subprocess.Popen[AnyStr]):
    """A process that is killed where its test fails, and fails its test where it does not end.

    As a context manager alone, `subprocess.Popen` waits for ever for a process that ignores
    the signal that should have ended it.
    """

    def __exit__(
        self,
        kind: type[BaseException] | None,
        value: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        """Wait for the end; where none comes, or the test has failed, bring it about."""
        has_hung = False
        try:
            if kind is None:
                self.wait(PATIENCE_SECONDS)
        except subprocess.TimeoutExpired:
            has_hung = True
        finally:
            self.kill()
            super().__exit__(kind, value, traceback)
        if has_hung:
            pytest.fail(f"still running after {PATIENCE_SECONDS} seconds: {self.args!r}")
