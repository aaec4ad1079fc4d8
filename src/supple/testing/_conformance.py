"""Every rule of a catalog, or of a timer, as a test of pytest."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, TypeVar

from supple._check import check
from supple._errors import ModelError, SuppleError, UnknownNameError
from supple._extras import brought_by
from supple._model import requirements as must
from supple._printable import printable
from supple.catalog._rules.check import RULES
from supple.catalog._rules.plain_words import counted
from supple.catalog._rules.rule import Finding, Rule
from supple.testing._timer_rules import TIMER_RULES, TimerRule

with brought_by("testing", "pytest"):
    import pytest

if TYPE_CHECKING:
    import os
    from collections.abc import Callable, Mapping, Sequence

    from supple.catalog._rules.check import Checked
    from supple.testing._timer_rules import OpenTimer

_R = TypeVar("_R", Rule, TimerRule)
_FIRST = next(iter(RULES))
_MOST_FINDINGS = 20


def catalog_conformance(
    name_or_path: str | os.PathLike[str], *, expect_failure: Mapping[str, str] | None = None
) -> Callable[[Rule], None]:
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
    where = "catalog_conformance.expect_failure"
    if expect_failure is not None and _FIRST in expect_failure:
        requirement = "must be left out, for without it nothing is looked at"
        raise ModelError(f"{where}.{_FIRST}", requirement, expect_failure[_FIRST])

    @cache
    def outcome() -> Checked | SuppleError:
        try:
            return check(name_or_path)
        except SuppleError as error:
            return error

    def find(rule: Rule) -> list[str]:
        checked = outcome()
        is_loadable = not isinstance(checked, SuppleError) and not checked.errors
        if rule.id != _FIRST and not is_loadable:
            pytest.skip(f"the catalog cannot be loaded: see {_FIRST}")
        if isinstance(checked, SuppleError):
            return [str(checked)]
        return [_told(each) for each in checked.findings if each.rule == rule.id]

    return _tested(RULES, find, lambda rule: [f"why: {rule.why}"], where, expect_failure)


def timer_conformance(
    open_timer: OpenTimer, *, expect_failure: Mapping[str, str] | None = None
) -> Callable[[TimerRule], None]:
    """Return a test that holds a timer to every rule.

    Give it a name that pytest collects, and each rule is a test of its own::

        from contextlib import contextmanager
        from supple.testing import ManualClock, timer_conformance


        @contextmanager
        def manual_clock():
            clock = ManualClock()

            def run(until, timeout):
                end = clock.time() + timeout
                while not until() and clock.time() < end:
                    clock.advance(0.001)

            yield clock, run


        test_manual_clock = timer_conformance(manual_clock)

    runs as ``test_manual_clock[call-comes-once]``, ``test_manual_clock[cancel-takes-back]`` and
    so on. What a rule finds is told with the reason and the remedy. All of them together take
    about a second, and only what does not pass takes longer.

    Args:
        open_timer: What is called for each rule. It returns a context manager that gives the
            timer, and a function ``run(until, timeout)``, which lets the framework run until
            ``until()`` is true, or for at most ``timeout`` seconds. It need not run anything
            where threads of its own do, and then just waits. What a callback raises may come
            out of it. Leaving the context manager lets go of everything, calls that have not
            come included.
        expect_failure: The rules that are known to be broken, as for
            :func:`catalog_conformance`.

    Raises:
        UnknownNameError: If there is no rule of an id.
        ModelError: If a failure is expected without a reason.
    """
    return _tested(
        TIMER_RULES,
        lambda rule: rule.findings(open_timer),
        lambda rule: [f"why: {rule.why}", f"remedy: {rule.remedy}"],
        "timer_conformance.expect_failure",
        expect_failure,
    )


def _tested(
    rules: Mapping[str, _R],
    find: Callable[[_R], Sequence[str]],
    explain: Callable[[_R], list[str]],
    where: str,
    expect_failure: Mapping[str, str] | None,
) -> Callable[[_R], None]:
    """Return a test for each rule, which fails with a report where something is found."""
    expected = dict(expect_failure or {})
    for id, reason in expected.items():
        if id not in rules:
            raise UnknownNameError("rule", id, rules)
        must.TEXT.require(f"{where}.{id}", reason)

    @pytest.mark.parametrize(
        "rule",
        [pytest.param(rule, id=id, marks=_marks(expected.get(id))) for id, rule in rules.items()],
    )
    def test(rule: _R) -> None:
        if findings := find(rule):
            lines: list[str] = [f"{rule.id}: {counted(len(findings), 'finding')}"]
            for each in findings[:_MOST_FINDINGS]:
                lines += [f"  {printable(line)}" for line in each.split("\n")]
            if len(findings) > _MOST_FINDINGS:
                lines.append(f"  and {len(findings) - _MOST_FINDINGS} more")
            pytest.fail("\n".join([*lines, *explain(rule)]), pytrace=False)

    return test


def _marks(reason: str | None) -> list[pytest.MarkDecorator]:
    if reason is None:
        return []
    # Only a finding is the failure that is known; a crash is another one.
    return [pytest.mark.xfail(reason=reason, strict=True, raises=pytest.fail.Exception)]


def _told(finding: Finding) -> str:
    (_, place), (_, message), *lines = finding.lines()
    inner = ("  " * (2 if kind == "remedy" else 3) + line for kind, line in lines)
    return "\n".join([f"{place}: {message}", *inner])
