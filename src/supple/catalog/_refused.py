"""How the parts of this package tell each other what they refuse."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from attrs import evolve

from supple._errors import CatalogError, Problem

if TYPE_CHECKING:
    from collections.abc import Iterator


class RefusedError(Exception):
    """A file, or a value in it, is refused. It never reaches a user: its problem does."""

    def __init__(self, requirement: str, **parts: Any) -> None:
        super().__init__(requirement)
        self.requirement = requirement
        self._problem = Problem("", requirement=requirement, **parts)

    def problem(self, file: str) -> Problem:
        """Return the problem that this is, in a file."""
        return evolve(self._problem, file=file)


def require_size(size: int, most: int, more: str = "") -> None:
    """Require at most so many bytes; ``more`` says what counts."""
    if size > most:
        raise RefusedError(f"must be at most {most} bytes long{more}", code="too-large")


@contextmanager
def telling(asked: str, file: str | None = None, kind: str = "catalog") -> Iterator[None]:
    """Tell the user what is refused of what was asked for, or of a file of it."""
    try:
        yield
    except RefusedError as refused:
        problem = refused.problem(asked if file is None else file)
        raise CatalogError(asked, [problem], kind=kind) from refused.__cause__
