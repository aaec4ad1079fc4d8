"""Every check of a catalog as a test of pytest."""

from __future__ import annotations

from typing import TYPE_CHECKING

from supple._errors import ModelError, UnknownNameError
from supple._model import checks as require
from supple.testing._checks import CHECKS, Check
from supple.testing._subject import Subject
from supple.testing._suite import as_test

if TYPE_CHECKING:
    import os
    from collections.abc import Callable, Mapping

_FIRST = "catalog-loads"


def conformance(
    name_or_path: str | os.PathLike[str], *, expect_failure: Mapping[str, str] | None = None
) -> Callable[[Check], None]:
    """Return a test that runs every check on a catalog.

    Give it a name that pytest collects, and each check is a test of its own::

        from supple.testing import conformance

        test_catalog = conformance("lower-back")

    runs as ``test_catalog[catalog-loads]``, ``test_catalog[dose-has-source]`` and so on. What
    a check finds is told with the reason and the remedy. Nothing is loaded before the first
    test runs; where the catalog cannot be loaded, ``catalog-loads`` fails and the other tests
    are skipped.

    Args:
        name_or_path: The name of an installed catalog, or a path, as for
            :func:`supple.load_catalog`.
        expect_failure: The checks that are known to fail, by id, with why that is so for now.
            One that passes after all fails its test, so that no such note outlives its cause.

    Raises:
        UnknownNameError: If there is no check of an id.
        ModelError: If a failure is expected without a reason, or of ``catalog-loads``, without
            which nothing is checked.
    """
    expected = dict(expect_failure or {})
    for id, reason in expected.items():
        if id not in CHECKS:
            raise UnknownNameError("check", id, CHECKS)
        if id == _FIRST:
            requirement = "must be left out, for without it nothing is checked"
            raise ModelError(f"conformance.expect_failure.{id}", requirement, reason)
        require.text(f"conformance.expect_failure.{id}", reason)
    subject = Subject(name_or_path)

    def findings_of(check: Check) -> tuple[str, ...]:
        if check.id != _FIRST and not subject.is_loadable:
            import pytest

            pytest.skip(f"the catalog cannot be loaded: see {_FIRST}")
        return check.findings_in(subject)

    return as_test(CHECKS, findings_of, expected=expected)
