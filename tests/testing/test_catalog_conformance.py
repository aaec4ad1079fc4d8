"""The conformance suite as an author runs it: one import, one line, one test a check."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from supple import ModelError, UnknownNameError
from supple.catalog import RULES
from supple.testing import catalog_conformance

test_lower_back = catalog_conformance(
    "lower-back",
    expect_failure={
        "exercise-has-cautions": "no source at hand has one for cat-camel",
        "source-can-be-found": "the article that it comes from is known by its title alone",
    },
)

EXAMPLE = Path(__file__).parents[2] / "examples" / "desk_break" / "src" / "supple_desk_break"

test_desk_break = catalog_conformance(EXAMPLE)

SUITES = """\
from supple.testing import catalog_conformance

test_expected = catalog_conformance(
    "lower-back",
    expect_failure={
        "exercise-has-cautions": "not yet",
        "source-can-be-found": "not yet",
        "dose-has-source": "never",
    },
)
test_plain = catalog_conformance("lower-back")
test_missing = catalog_conformance("no-such-catalog")
"""


def run(folder: Path, *words: str, **variables: str) -> str:
    """Return what Python prints that runs in a folder."""
    done = subprocess.run(
        [sys.executable, *words],
        cwd=folder,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        env={**os.environ, "PYTHONSAFEPATH": "1", "PYTHONUTF8": "1", "COLUMNS": "200"} | variables,
        check=False,
        timeout=120,
    )
    return done.stdout


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Return what pytest prints of suites that pass, fail, and are expected to fail."""
    folder = tmp_path_factory.mktemp("suites")
    (folder / "test_suites.py").write_text(SUITES, encoding="utf-8")
    return run(folder, "-m", "pytest", "-rA", "-p", "no:cacheprovider", "test_suites.py")


def test_each_check_is_a_test_with_its_id(printed: str) -> None:
    """A check that passes is a test that passes, under the name that the author gave."""
    for id in RULES:
        fails = id in {"exercise-has-cautions", "source-can-be-found"}
        outcome = "FAILED" if fails else "PASSED"
        assert f"\n{outcome} test_suites.py::test_plain[{id}]" in printed


def test_a_failure_tells_the_finding_the_reason_and_the_remedy(printed: str) -> None:
    """The author reads what is wrong, and no line of code."""
    assert (
        "\n"
        "exercise-has-cautions: 1 finding\n"
        "  exercises/cat-camel.toml: there is no word on who should take care, and of what\n"
        "      write, above the first line in [[double brackets]], for example:\n"
        '        cautions = ["Do not push to the end of the stretch."]\n'
        "why: Hardly any movement suits everybody, and people who should take care must be able "
        "to read so first.\n"
    ) in printed
    assert "Traceback" not in printed
    assert ".py:" not in printed.partition("short test summary")[0]


def test_a_line_that_cannot_be_read_is_quoted(tmp_path: Path) -> None:
    """A failure shows what ``supple check`` shows: the line, and a mark under the place."""
    (tmp_path / "catalog.toml").write_text("format = 1\nname = five", encoding="utf-8")
    told = catalog_conformance(tmp_path)
    with pytest.raises(pytest.fail.Exception) as caught:
        told(RULES["catalog-loads"])
    assert (
        '  catalog.toml, line 2: the line must have "quotation marks" around a text\n'
        "        name = five\n"
        "               ^\n"
        "      write:\n"
        '        name = "five"\n'
    ) in str(caught.value)


def test_an_expected_failure_is_told_with_its_reason(printed: str) -> None:
    """A check that fails as expected does not fail the run."""
    assert "\nXFAIL test_suites.py::test_expected[exercise-has-cautions] - not yet\n" in printed


def test_an_expected_failure_that_passes_fails(printed: str) -> None:
    """A note that has outlived its cause is found."""
    assert (
        "\nFAILED test_suites.py::test_expected[dose-has-source] - [XPASS(strict)] never\n"
    ) in printed


def test_a_catalog_that_cannot_be_loaded_fails_once(printed: str) -> None:
    """One check tells why it cannot be loaded; the others are skipped."""
    assert "\ncatalog-loads: 1 finding\n  no catalog is named 'no-such-catalog'" in printed
    skipped = f"\nSKIPPED [{len(RULES) - 1}] "
    assert skipped in printed
    assert ": the catalog cannot be loaded: see catalog-loads\n" in printed
    assert f"4 failed, {2 * len(RULES) - 5} passed, {len(RULES) - 1} skipped" in printed


def test_a_check_that_is_unknown() -> None:
    """A failure can be expected of a check only that there is."""
    with pytest.raises(UnknownNameError) as caught:
        catalog_conformance("lower-back", expect_failure={"dose-has-sources": "never"})
    assert str(caught.value) == (
        "no rule is named 'dose-has-sources'; did you mean 'dose-has-source'?"
    )


def test_a_failure_without_a_reason() -> None:
    """Whoever expects a failure says why."""
    with pytest.raises(ModelError) as caught:
        catalog_conformance("lower-back", expect_failure={"dose-has-source": " "})
    assert str(caught.value) == (
        "catalog_conformance.expect_failure.dose-has-source: must not be empty (got ' ')"
    )


def test_that_a_catalog_loads_must_not_be_expected_to_fail() -> None:
    """A suite that checks nothing is refused."""
    with pytest.raises(ModelError) as caught:
        catalog_conformance("lower-back", expect_failure={"catalog-loads": "broken"})
    assert str(caught.value) == (
        "catalog_conformance.expect_failure.catalog-loads: must be left out, for without it "
        "nothing is looked at (got 'broken')"
    )


@pytest.mark.parametrize(
    ("package", "statement"),
    [
        ("pytest", "from supple.testing import catalog_conformance"),
        ("hypothesis", "import supple.testing.strategies"),
    ],
)
def test_a_missing_package_is_told_with_its_extra(
    package: str, statement: str, tmp_path: Path
) -> None:
    """Where pytest or hypothesis is missing, the error names the extra that brings it."""
    (tmp_path / "sitecustomize.py").write_text(f"import sys\nsys.modules[{package!r}] = None\n")
    printed = run(tmp_path, "-c", statement, PYTHONPATH=str(tmp_path))
    assert printed.splitlines()[-1] == (
        f"supple._errors.MissingExtraError: this needs the package {package}, which is not "
        "installed: pip install 'supple[testing]'"
    )


@pytest.mark.parametrize(
    "statement",
    ["supple.testing.ManualClock()", "supple.testing.TIMER_RULES"],
)
def test_the_rest_needs_neither(statement: str, tmp_path: Path) -> None:
    """The clock and the checks need no package but supple."""
    missing = "import sys\nsys.modules['pytest'] = sys.modules['hypothesis'] = None\n"
    (tmp_path / "sitecustomize.py").write_text(missing)
    words = ("-c", f"import supple.testing; {statement}")
    assert run(tmp_path, *words, PYTHONPATH=str(tmp_path)) == ""


def test_names_are_loaded_when_they_are_used(tmp_path: Path) -> None:
    """Importing the kit imports neither framework nor model, and lists what there is."""
    program = (
        "import sys, supple.testing as kit\n"
        "print(*sorted(kit.__all__))\n"
        "print(set(kit.__all__) <= set(dir(kit)))\n"
        "print({'attrs', 'pytest', 'hypothesis', 'supple._model'} & set(sys.modules))\n"
        "try: kit.nothing\n"
        "except AttributeError as error: print(error)\n"
    )
    kit = "ManualClock ManualHandle OpenTimer Run TIMER_RULES TimerRule"
    assert run(tmp_path, "-c", program).splitlines() == [
        f"{kit} catalog_conformance timer_conformance",
        "True",
        "set()",
        "module 'supple.testing' has no attribute 'nothing'",
    ]
