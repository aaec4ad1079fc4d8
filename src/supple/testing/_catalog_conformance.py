"""Every rule of a catalog as a test of pytest."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from attrs import frozen

from supple._errors import ModelError, SuppleError, UnknownNameError
from supple._model import requirements as must
from supple.catalog._rules.check import check
from supple.catalog._rules.rule import Rule, Severity
from supple.catalog._rules.table import RULES
from supple.testing._report import report
from supple.testing._suite import as_test

if TYPE_CHECKING:
    import os
    from collections.abc import Callable, Mapping

    from supple.catalog._rules.check import Checked, Finding

_FIRST = next(id for id, rule in RULES.items() if rule.severity is Severity.ERROR)
_MOST_FINDINGS = 20


@frozen
class _RuleTest:
    """A rule, and what tells a person why it is there."""

    rule: Rule

    @property
    def id(self) -> str:
        return self.rule.id

    @property
    def reason(self) -> str:
        return self.rule.why

    def report(self, findings: tuple[str, ...]) -> str:
        return report(self, findings, most=_MOST_FINDINGS)


def catalog_conformance(
    name_or_path: str | os.PathLike[str], *, expect_failure: Mapping[str, str] | None = None
) -> Callable[[_RuleTest], None]:
    """Return a test that holds a catalog to every rule.

    Give it a name that pytest collects, and each of ``supple.catalog.RULES`` is a test of its
    own::

        from supple.testing import catalog_conformance

        test_catalog = catalog_conformance("lower-back")

    runs as ``test_catalog[catalog-loads]``, ``test_catalog[dose-has-source]`` and so on. What
    is found is told as ``supple check`` tells it. Nothing is read before the first test runs;
    where the catalog cannot be loaded, ``catalog-loads`` fails and the other tests are skipped.

    Args:
        name_or_path: The name of an installed catalog, or a path, as for
            :func:`supple.load_catalog`.
        expect_failure: The rules that are known to be broken, by id, with why that is so for
            now. One that is kept after all fails its test, so that no such note outlives its
            cause.

    Raises:
        UnknownNameError: If there is no rule of an id.
        ModelError: If a failure is expected without a reason, or of ``catalog-loads``, without
            which nothing is looked at.
    """
    expected = dict(expect_failure or {})
    for id, reason in expected.items():
        where = f"catalog_conformance.expect_failure.{id}"
        if id not in RULES:
            raise UnknownNameError("rule", id, RULES)
        if id == _FIRST:
            raise ModelError(
                where, "must be left out, for without it nothing is looked at", reason
            )
        must.TEXT.require(where, reason)

    @cache
    def outcome() -> Checked | SuppleError:
        try:
            return check(name_or_path)
        except SuppleError as error:
            return error

    def findings_of(test: _RuleTest) -> tuple[str, ...]:
        checked = outcome()
        is_loadable = not isinstance(checked, SuppleError) and not checked.errors
        if test.id != _FIRST and not is_loadable:
            import pytest

            pytest.skip(f"the catalog cannot be loaded: see {_FIRST}")
        if isinstance(checked, SuppleError):
            return (str(checked),)
        return tuple(_told(each) for each in checked.findings if each.rule == test.id)

    return as_test(
        {id: _RuleTest(each) for id, each in RULES.items()}, findings_of, expected=expected
    )


def _told(finding: Finding) -> str:
    line = "" if finding.line is None else f", line {finding.line}"
    remedy, *example = finding.remedy.split("\n")
    lines = [f"{finding.file}{line}: {finding.message}", f"    {remedy}"]
    return "\n".join([*lines, *(f"      {each}" for each in example)])
