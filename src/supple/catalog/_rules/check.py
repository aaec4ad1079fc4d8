"""The rules of a catalog, and what they find in one."""

from __future__ import annotations

from pathlib import PurePosixPath
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from attrs import evolve, frozen

from supple.catalog._finding.folder import SUFFIXES, Folder
from supple.catalog._reading.reading import survey
from supple.catalog._refused import RefusedError
from supple.catalog._rules import exercises, speaking, whole
from supple.catalog._rules.lines import line_of, lines_in
from supple.catalog._rules.plain_words import counted
from supple.catalog._rules.rule import Finding, Rule, Severity, Subject

if TYPE_CHECKING:
    from collections.abc import Iterable

    from supple._errors import Problem

RULES: Final = MappingProxyType(
    {
        rule.id: rule
        for rule in (
            whole.loads,
            exercises.are_in_order,
            exercises.have_cautions,
            exercises.name_the_side,
            exercises.leave_no_side_out,
            exercises.have_sources,
            exercises.have_sources_to_find,
            exercises.keeps_to_published_holds,
            exercises.keep_to_published_reps,
            whole.keeps_to_doses,
            whole.has_nothing_left_over,
            whole.ends_in_a_day,
            speaking.texts_fit,
            exercises.say_what_pictures_show,
            exercises.can_be_done,
            exercises.can_be_reached,
            whole.has_advice,
            whole.is_translated,
            whole.has_all_phrases,
            whole.has_no_other_translations,
        )
    }
)
"""Every rule of a catalog by its id, in the order in which they are looked at."""

# The conformance suite finds the same by them; it fails for warnings, too, and supple check for
# errors only. What a catalog cannot be at fault for has no place here.


@frozen
class Checked:
    """The outcome of a check; ``str()`` of it is the summary.

    Attributes:
        findings: The errors, then the warnings, each in the order of the files.
        files: The files that were read.
    """

    findings: tuple[Finding, ...]
    files: tuple[str, ...]

    @property
    def errors(self) -> tuple[Finding, ...]:
        """The findings that keep the catalog from being loaded."""
        return tuple(each for each in self.findings if each.severity is Severity.ERROR)

    @property
    def warnings(self) -> tuple[Finding, ...]:
        """The findings that do not."""
        return tuple(each for each in self.findings if each.severity is Severity.WARNING)

    def __str__(self) -> str:
        errors, warnings = len(self.errors), len(self.warnings)
        return (
            f"{counted(errors, 'error')}, {counted(warnings, 'warning')} "
            f"in {counted(len(self.files), 'file')}"
        )


def check_catalog(folder: Folder, name: str | None) -> Checked:
    """Check the catalog in a folder, by every rule."""
    seen = survey(folder, name=name)
    subject = Subject(seen)
    found = [(rule, each) for rule in RULES.values() for each in rule.find(subject)]
    order = {file: i for i, file in enumerate(seen.files)}
    # The sort keeps what is equal in the order of the rules, and errors as they were told.
    found.sort(
        key=lambda pair: (
            -1 if pair[0].severity is Severity.ERROR else order.get(pair[1].file, len(order))
        )
    )
    return _checked(folder, found, seen.files)


def check_document(folder: Folder, file: str, problems: Iterable[Problem]) -> Checked:
    """Tell what is wrong with a file by itself, of which somebody else has read the problems."""
    return _checked(folder, [(whole.loads, whole.refused(each)) for each in problems], (file,))


def _checked(folder: Folder, found: list[tuple[Rule, Finding]], files: tuple[str, ...]) -> Checked:
    wanted: dict[str, set[str]] = {}
    for _, each in found:
        wanted.setdefault(each.file, set()).add(each.path)
    lines = {file: _lines_of(folder, file, paths) for file, paths in wanted.items()}
    findings = (
        evolve(
            each,
            severity=rule.severity,
            rule=rule.id,
            line=each.line or line_of(lines[each.file], each.path),
        )
        for rule, each in found
    )
    return Checked(tuple(findings), files)


def _lines_of(folder: Folder, file: str, paths: set[str]) -> dict[str, int]:
    """Return the lines of some paths in a file, and nothing where that cannot be told."""
    if PurePosixPath(file).suffix not in SUFFIXES or paths == {""}:
        return {}
    try:
        return lines_in(folder.read(file).decode(), paths)
    except (RefusedError, UnicodeDecodeError):
        return {}
