"""Every error that supple raises on purpose.

::

    SuppleError
    ├── ModelError (ValueError)          a value that the model refuses
    ├── TimelineError (ValueError)       a question that a timeline cannot answer
    │   └── TimelineIndexError (IndexError)   an event number outside the timeline
    ├── CatalogError (ValueError)        a catalog or a routine file that cannot be read,
    │                                    with every problem
    ├── UnknownNameError (KeyError)      no exercise, routine or catalog of that name
    ├── ExportError (ValueError)         a timeline that cannot be written in a format
    ├── EventLineError (ValueError)      a line that is not an event
    ├── MisfitError (ValueError)         a routine that cannot take the time asked for
    ├── PlayerStateError                 a command that has no place in the player's state
    ├── SnapshotError (ValueError)       a snapshot from which no player can go on
    ├── RunnerClosedError (RuntimeError) a command to a runner that was closed
    └── MissingExtraError (ImportError)  an optional dependency that is not installed

A message reads ``where: requirement (got value)``, and its parts are attributes.
"""

from __future__ import annotations

import reprlib
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, final

from attrs import NOTHING, field, fields, frozen

from supple._printable import printable

if TYPE_CHECKING:
    from collections.abc import Iterable

_DIGITS_SHOWN = 40
_BITS_PER_DIGIT = 3.3219
_LONGEST_COMPARED = 200  # comparing takes quadratic time, and no name is that long
_PROBLEMS_SHOWN = 20
_CLOSE = 0.65  # below it, what is spelt alike is mostly another word


class _ShortRepr(reprlib.Repr):
    """A ``repr`` that stays short and never fails, whatever it is given."""

    def __init__(self) -> None:
        super().__init__()
        self.maxstring = self.maxother = 80
        self.maxlevel = 3

    def repr_int(self, x: int, level: int) -> str:
        """Show a long integer by its size: Python refuses to print very long ones."""
        del level
        digits = int(x.bit_length() / _BITS_PER_DIGIT) + 1
        return repr(x) if digits <= _DIGITS_SHOWN else f"an integer of about {digits} digits"

    def repr_instance(self, x: object, level: int) -> str:
        """Show a word of a closed set as the word, and anything else in its own way."""
        if x is NOTHING:
            return "nothing"
        if isinstance(x, str):
            return self.repr_str(str(x), level)
        shown = " ".join(repr(x).split())
        half = self.maxother // 2
        return shown if len(shown) <= self.maxother else f"{shown[:half]}...{shown[-half:]}"

    def repr1(self, x: object, level: int) -> str:
        """Show the name of the class where a value does not let itself be shown."""
        try:
            return printable(super().repr1(x, level))
        except KeyboardInterrupt:
            raise
        except BaseException:  # noqa: BLE001 - a foreign repr may raise anything, SystemExit too
            return f"<{printable(_class_name(x))}>"


def _class_name(x: object) -> str:
    """Return the name of a class, whatever its metaclass says of it."""
    return str(type.__dict__["__name__"].__get__(type(x)))


show = _ShortRepr().repr
"""Return a short, always printable picture of any value, for an error message."""


class SuppleError(Exception):
    """The base of every error that supple raises on purpose."""

    def as_dict(self) -> dict[str, Any]:
        """Return the error as plain data, which ``json.dumps`` takes: class, message and parts.

        A value that was refused stands in it as a short text, whatever it was.

        >>> ModelError("Hold.seconds", "must be a number", "5", code="number").as_dict()
        ... # doctest: +NORMALIZE_WHITESPACE
        {'error': 'ModelError', 'message': "Hold.seconds: must be a number (got '5')",
         'where': 'Hold.seconds', 'requirement': 'must be a number', 'got': "'5'",
         'code': 'number', 'hint': ''}
        """
        parts = {name: _plain(name, value) for name, value in vars(self).items()}
        parts.pop("__notes__", None)
        return {"error": type(self).__name__, "message": str(self), **parts}


def _plain(name: str, value: object) -> Any:
    """Return a part of an error as plain data; what was refused may be anything."""
    if name == "got":
        return None if value is NOTHING else show(value)
    if name == "hint":
        return str(value).removeprefix("; ")
    if value is None or isinstance(value, int):
        return value
    if isinstance(value, str):
        return str(value)
    if isinstance(value, tuple):
        return [each.as_dict() if isinstance(each, Problem) else str(each) for each in value]
    return show(value)


class _RefusedValueError(SuppleError, ValueError):
    """A value was refused: the shape that errors about one value share."""

    def __init__(self, where: str, requirement: str, got: object) -> None:
        super().__init__(where, requirement, got)
        self.where = where
        self.requirement = requirement
        self.got = got

    def __str__(self) -> str:
        return printable(f"{self.where}: {self.requirement} (got {show(self.got)})")


@frozen
class Hint:
    """What may be meant by a refused value, or what to write; its text ends the requirement.

    A name is to be written for it where the requirement itself has that.
    """

    matches: Sequence[str] = ()
    known: Sequence[str] = ()
    write: str = ""
    name: str = ""

    def __str__(self) -> str:
        return f"; write: {self.write}" if self.write else suggestion(self.matches, self.known)


NO_HINT = Hint()


@final
class ModelError(_RefusedValueError):
    """The model refuses a value.

    Attributes:
        where: The class and field, such as ``Hold.seconds``.
        requirement: What would have been accepted.
        got: The value that was refused.
        code: The name of the requirement, such as ``bounds``: the same for every field that
            requires it, whatever the bounds. Empty where it has none.
        hint: What may be meant, as data; the requirement says it, too.
    """

    def __init__(
        self, where: str, requirement: str, got: object, *, code: str = "", hint: Hint = NO_HINT
    ) -> None:
        super().__init__(where, requirement, got)
        self.code = code
        self.hint = hint

    def within(self, outer: str) -> ModelError:
        """Return the same refusal as seen from further outside.

        Args:
            outer: What the place in ``where`` is a place of.
        """
        where = f"{outer}{self.where}"
        return ModelError(where, self.requirement, self.got, code=self.code, hint=self.hint)


class TimelineError(_RefusedValueError):
    """A timeline cannot answer the question that it was asked.

    Attributes:
        where: The method and argument, such as ``Timeline.at.ms``.
        requirement, got: As those of :class:`ModelError`.
    """


@final
class TimelineIndexError(TimelineError, IndexError):
    """A timeline has no event of that number."""


@final
class ExportError(_RefusedValueError):
    """A timeline cannot be written in a format, or the format itself cannot be loaded.

    Attributes:
        where: The format and what of the timeline does not fit, or the plugin.
        requirement, got: As those of :class:`ModelError`.
    """


@final
class EventLineError(_RefusedValueError):
    """A line is not an event line.

    Attributes:
        where: The key inside the line, such as ``at_ms``, or ``line`` for the whole of it.
        requirement, got: As those of :class:`ModelError`.
    """


@final
class SnapshotError(_RefusedValueError):
    """A snapshot of a player cannot be restored.

    Attributes:
        where: The key inside the snapshot, such as ``snapshot.events``.
        requirement, got: As those of :class:`ModelError`.
    """


@final
class PlayerStateError(SuppleError):
    """A command has no place in the state of the player, which stays as it was.

    Attributes:
        state: The state, a :class:`~supple.PlayerState`.
        command: The command, a :class:`~supple.PlayerCommand`.
    """

    def __init__(self, state: str, command: str) -> None:
        super().__init__(state, command)
        self.state = state
        self.command = command

    def __str__(self) -> str:
        return f"a player that is {self.state} cannot take the command {self.command}"


@final
class MisfitError(SuppleError, ValueError):
    """A routine cannot be made to take the time that was asked for.

    Attributes:
        wanted_ms: What was asked for.
        shortest_ms: The least that there is.
        longest_ms: The most that there is.
        reason: By how much it misses, and what would help, in a sentence.
        nearest: The result that comes nearest, or ``None`` where there is none.
    """

    def __init__(
        self,
        reason: str,
        wanted_ms: int,
        shortest_ms: int,
        longest_ms: int,
        nearest: object = None,
    ) -> None:
        super().__init__(reason, wanted_ms, shortest_ms, longest_ms, nearest)
        self.reason = reason
        self.wanted_ms = wanted_ms
        self.shortest_ms = shortest_ms
        self.longest_ms = longest_ms
        self.nearest = nearest

    def __str__(self) -> str:
        return self.reason


@final
class RunnerClosedError(SuppleError, RuntimeError):
    """A runner that was closed was given a command."""

    def __str__(self) -> str:
        return "the runner is closed"


@final
@frozen
class Problem:
    """One thing that is wrong with a catalog.

    Args:
        file: The file inside the catalog, or what else could not be read; empty for text that
            stands in no file.
        path: The place inside the file, such as ``cycle[1].seconds``; empty for all of it.
        requirement: What would have been accepted.
        got: The value that was refused; ``attrs.NOTHING`` where nothing was given.
        line: The line of the file, counted from 1, where it is known.
        column: The letter of that line, counted from 1, where it is known.
        code, hint: As those of :class:`ModelError`.

    >>> print(Problem("catalog.toml", path="version", requirement="must be text", got=1.5))
    catalog.toml: version: must be text (got 1.5)
    """

    file: str
    path: str = field(default="", kw_only=True)
    requirement: str = field(kw_only=True)
    got: object = field(factory=lambda: NOTHING, kw_only=True)
    line: int | None = field(default=None, kw_only=True)
    column: int | None = field(default=None, kw_only=True)
    code: str = field(default="", kw_only=True, eq=False, repr=False)
    hint: Hint = field(default=NO_HINT, kw_only=True, eq=False, repr=False)

    def as_dict(self) -> dict[str, Any]:
        """Return the problem as plain data, which ``json.dumps`` takes.

        >>> Problem("", path="items[0].reps", requirement="must be a number", got="5").as_dict()
        ... # doctest: +NORMALIZE_WHITESPACE
        {'message': "items[0].reps: must be a number (got '5')", 'file': '',
         'path': 'items[0].reps', 'requirement': 'must be a number', 'got': "'5'",
         'line': None, 'column': None, 'code': '', 'hint': ''}
        """
        parts = {each.name: getattr(self, each.name) for each in fields(Problem)}
        return {"message": str(self)} | {name: _plain(name, parts[name]) for name in parts}

    def __str__(self) -> str:
        line = "" if self.line is None else f"line {self.line}"
        place = [", ".join(filter(None, (self.file, line))), self.path]
        got = "" if self.got is NOTHING else f" (got {show(self.got)})"
        return printable(": ".join(filter(None, [*place, self.requirement])) + got)


@final
class CatalogError(SuppleError, ValueError):
    """A catalog or a routine file cannot be read.

    Attributes:
        catalog: The name or the path that was asked for; empty for text that stands in no file.
        problems: What is wrong with it; of very many faults the first ones.
        origin: The distribution that the catalog belongs to, with its version; ``None`` for
            what was asked for by path.
        kind: What cannot be read, such as ``catalog``, ``routine file`` or ``routine``.
    """

    def __init__(
        self,
        catalog: str,
        problems: Iterable[Problem],
        origin: str | None = None,
        kind: str = "catalog",
    ) -> None:
        self.catalog = catalog
        self.problems = tuple(problems)
        self.origin = origin
        self.kind = kind
        super().__init__(catalog, self.problems, origin, kind)

    def __str__(self) -> str:
        origin = "" if self.origin is None else f" of {self.origin}"
        total = len(self.problems)
        count = "1 problem" if total == 1 else f"{total} problems"
        name = f" {self.catalog}" if self.catalog else ""
        lines = [printable(f"{self.kind}{name}{origin} cannot be read: {count}")]
        lines += [f"  {problem}" for problem in self.problems[:_PROBLEMS_SHOWN]]
        if total > _PROBLEMS_SHOWN:
            lines.append(f"  and {total - _PROBLEMS_SHOWN} more")
        return "\n".join(lines)


@final
class UnknownNameError(SuppleError, KeyError):
    """Nothing has the name that was asked for.

    Attributes:
        kind: What was looked for, such as ``exercise``, ``routine`` or ``catalog``.
        name: The name that nothing has.
        known: Every name that there is, in order.
    """

    def __init__(self, kind: str, name: str, known: Iterable[str]) -> None:
        self.kind = kind
        self.name = name
        self.known = tuple(known)
        super().__init__(kind, name, self.known)

    @property
    def matches(self) -> tuple[str, ...]:
        """The known names that come close, the closest first."""
        return close_matches(self.name, self.known)

    def __str__(self) -> str:
        return f"no {self.kind} is named {show(self.name)}{suggestion(self.matches, self.known)}"


@final
class MissingExtraError(SuppleError, ImportError):
    """A part of supple needs a package that is not installed.

    Attributes:
        extra: The extra that brings the package, such as ``cli``.
    """

    def __init__(self, extra: str, package: str) -> None:
        super().__init__(extra, package)
        self.extra = extra
        self.package = package

    def __str__(self) -> str:
        return (
            f"this needs the package {self.package}, which is not installed: "
            f"pip install 'supple[{self.extra}]'"
        )


def close_matches(name: object, known: Sequence[str]) -> tuple[str, ...]:
    """Return the up to three known names that come closest to ``name``, the closest first.

    A wrong one is worse than none: a name that means one of them is not compared by its letters.
    """
    if not isinstance(name, str) or len(name) > _LONGEST_COMPARED:
        return ()
    from difflib import get_close_matches

    from supple._synonyms import meant

    found = meant(name, known) or get_close_matches(name.casefold(), known, n=3, cutoff=_CLOSE)
    return tuple(found[:3])


def suggestion(matches: Sequence[str], known: Sequence[str] = ()) -> str:
    """Return the end of a message that offers the close matches, or else what is known."""
    if matches:
        return f"; did you mean {' or '.join(repr(match) for match in matches)}?"
    if known:
        return f"; known are {', '.join(repr(name) for name in known)}"
    return ""
