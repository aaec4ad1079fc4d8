"""What the suites of this kit share: each rule as a test, and what that reports."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, TypeVar

from supple._errors import MissingExtraError

try:
    import pytest
except ImportError as error:
    raise MissingExtraError("testing", "pytest") from error

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping


class Reporting(Protocol):
    """A rule that can say what it has found."""

    def report(self, findings: tuple[str, ...]) -> str:
        """Return findings as a text to read."""


C = TypeVar("C", bound=Reporting)


def as_test(
    rules: Mapping[str, C],
    findings_of: Callable[[C], tuple[str, ...]],
    *,
    expected: Mapping[str, str],
) -> Callable[[C], None]:
    """Return a test for each rule, which fails with the report where that finds something.

    Args:
        rules: The rules by their ids.
        findings_of: What runs one.
        expected: The ids of those that are known to fail, with the reason.
    """

    @pytest.mark.parametrize(
        "rule",
        [pytest.param(rule, id=id, marks=_marks(expected.get(id))) for id, rule in rules.items()],
    )
    def test(rule: C) -> None:
        if findings := findings_of(rule):
            pytest.fail(rule.report(findings), pytrace=False)

    return test


def _marks(reason: str | None) -> list[pytest.MarkDecorator]:
    if reason is None:
        return []
    # Only a finding is the failure that is known; a crash is another one.
    return [pytest.mark.xfail(reason=reason, strict=True, raises=pytest.fail.Exception)]
