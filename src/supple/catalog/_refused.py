"""How the parts of this package tell each other what they refuse."""

from __future__ import annotations

from attrs import NOTHING

from supple._errors import Problem


class RefusedError(Exception):
    """A file, or a value in it, is refused. It never reaches a user: a problem does.

    Args:
        requirement: What would have been accepted.
        path: The place inside what the raising function was given, such as ``.seconds``.
        got: What was refused.
        line: The line of the file, counted from 1.
        column: The letter of that line, counted from 1.
        code: The name of the requirement.
    """

    def __init__(  # noqa: PLR0913 - what a problem has
        self,
        requirement: str,
        *,
        path: str = "",
        got: object = NOTHING,
        line: int | None = None,
        column: int | None = None,
        code: str = "",
    ) -> None:
        super().__init__(requirement, path, got, line)
        self.code = code
        self.requirement = requirement
        self.path = path
        self.got = got
        self.line = line
        self.column = column

    def problem(self, file: str, path: str = "") -> Problem:
        """Return the problem that this is, in a file, below a path."""
        return Problem(
            file,
            path=(path + self.path).removeprefix("."),
            requirement=self.requirement,
            got=self.got,
            line=self.line,
            column=self.column,
            code=self.code,
        )
