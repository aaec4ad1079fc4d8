"""What a rule of a catalog is, and what it looks at."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from enum import StrEnum
from functools import cached_property
from typing import TYPE_CHECKING, Final, TypeAlias

from attrs import field, frozen

from supple._errors import close_matches
from supple._model import Circuit
from supple.catalog._finding.folder import DOCUMENTS
from supple.catalog._languages.reword import texts_of
from supple.catalog._languages.translations import Gaps
from supple.catalog._reading.tables import MOST_HINTS

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from supple._model import Exercise, RoutineItem
    from supple.catalog._catalog import Catalog
    from supple.catalog._reading.reading import Survey

MOST_COMPARED: Final = 500


class Severity(StrEnum):
    """How much a finding matters."""

    ERROR = "error"
    """The catalog cannot be loaded."""
    WARNING = "warning"
    """The catalog can be loaded, but somebody should think about it."""


class Subject:
    """A catalog as far as it could be read, and what several rules want to know of it.

    Attributes:
        survey: The catalog as far as it could be read.
        document: The catalog's own document, as far as there is one.
    """

    def __init__(self, survey: Survey) -> None:
        self.survey = survey
        self.document = next(file for file in survey.files if file in DOCUMENTS)
        self._hints = 0

    @property
    def whole(self) -> Catalog | None:
        """The catalog, where nothing in any of its files is refused."""
        return None if self.survey.problems else self.survey.catalog

    @cached_property
    def gaps(self) -> tuple[Gaps, ...]:
        """What the catalog lacks in each of its languages; nothing unless it is whole."""
        if self.whole is None:
            return ()
        texts = texts_of(self.whole)
        found = self.survey.translations
        return tuple(Gaps(self.whole, texts, found, tag) for tag in self.whole.languages)

    def close(self, text: str, known: Sequence[str]) -> tuple[str, ...]:
        """Return what is close to a text: all rules together may ask a few times only."""
        self._hints += 1
        return close_matches(text, known[:MOST_COMPARED]) if self._hints <= MOST_HINTS else ()


@frozen
class Finding:
    """One thing that is wrong with a catalog, or doubtful.

    Attributes:
        severity: How much it matters.
        rule: The id of the rule that it is against, such as ``exercise-has-cautions``.
        file: The file inside the catalog.
        line: The line of the file, counted from 1; ``None`` where it is not certain. Where
            something is missing, it is the line of what lacks it.
        path: The place inside the file, such as ``cycle[1].seconds``; empty for all of it.
        message: What is the matter, as a sentence without its full stop.
        quote: That line, and below it a mark under the place, where the line cannot be read;
            else empty.
        remedy: What to do about it. Its further lines, if any, are an example of what to write.
    """

    severity: Severity = field(default=Severity.WARNING, kw_only=True)
    rule: str = field(default="", kw_only=True)
    file: str
    line: int | None = field(default=None, kw_only=True)
    path: str
    message: str
    quote: str = field(default="", kw_only=True)
    remedy: str

    def lines(self) -> Iterator[tuple[str, str]]:
        """Yield what to tell of it, line by line, each after what it is.

        That is ``place``, ``message``, ``quote``, ``remedy`` or ``example``.
        """
        line = "" if self.line is None else f", line {self.line}"
        remedy, *example = self.remedy.split("\n")
        yield "place", f"{self.file}{line}"
        yield "message", self.message
        yield from (("quote", each) for each in self.quote.splitlines())
        yield "remedy", remedy
        yield from (("example", each) for each in example)


Find: TypeAlias = Callable[[Subject], Iterator[Finding]]
"""Yields every place that a rule is about; where it is not sure, nothing."""


@frozen
class Rule:
    """One thing that a catalog should be.

    Attributes:
        id: What it is called, such as ``dose-has-source``.
        finds: What it is about, as a sentence.
        why: Why a catalog should be so.
        severity: How much it matters where it is not.
    """

    id: str
    finds: str
    why: str
    severity: Severity = field(kw_only=True, default=Severity.WARNING)
    find: Find = field(kw_only=True, repr=False)


def rule(
    id: str, finds: str, why: str, severity: Severity = Severity.WARNING
) -> Callable[[Find], Rule]:
    """Make a rule of what looks at a catalog."""
    return lambda find: Rule(id, finds, why, severity=severity, find=find)


def exercise_rule(
    id: str, finds: str, why: str
) -> Callable[[Callable[[str, Exercise], Iterator[Finding]]], Rule]:
    """Make a rule of what looks at the file of an exercise and the exercise."""

    def made(look: Callable[[str, Exercise], Iterator[Finding]]) -> Rule:
        def find(subject: Subject) -> Iterator[Finding]:
            for file, exercise in subject.survey.exercises.items():
                yield from look(file, exercise)

        return Rule(id, finds, why, find=find)

    return made


def items_of(items: Iterable[RoutineItem], path: str) -> Iterator[tuple[str, RoutineItem]]:
    """Yield items and what circuits hold, each after its place in the document."""
    for i, item in enumerate(items):
        yield f"{path}[{i}]", item
        if isinstance(item, Circuit):
            yield from items_of(item.items, f"{path}[{i}].circuit")
