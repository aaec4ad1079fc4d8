"""Every check of the project: `nox` runs what each change needs, `nox -l` lists the others."""

import os
import re
import shutil
import subprocess
import sys
from itertools import chain
from pathlib import Path

import nox

nox.needs_version = ">=2025.5.1"
nox.options.default_venv_backend = "uv|virtualenv"

PROJECT = nox.project.load_toml("pyproject.toml")
DIST = Path("dist").resolve()

# As many processes as there are cores, and a profile of hypothesis that is quick; see conftest.py.
PYTEST = ("python", "-m", "pytest", "-n", "auto", "--timeout=120")
QUICK = {"HYPOTHESIS_PROFILE": "quick"}

LIVE = ("tests/timers/live/engine_rate.py", "tests/timers/live/engine_postgres.py")
ENGINES = ("tests/columns/engine_spark.py", "tests/columns/engine_dask.py")

# Tests must see the wheel as a user does: neither the current directory nor a
# script's own is importable, in the test run and in every process it starts.
ISOLATED = {"PYTHONSAFEPATH": "1"}
ASSERT_INSTALLED = """
import pathlib, sys, supple
where = pathlib.Path(supple.__file__).resolve()
assert where.is_relative_to(pathlib.Path(sys.prefix).resolve()), f"{where} is not installed"
assert "site-packages" in where.parts, f"{where} is not in site-packages"
print(f"testing {where.parent}")
"""


def find_pythons() -> list[str]:
    """Return the versions, from 3.11 up, of each CPython that starts here, pyenv's included."""
    if pyenv := shutil.which("pyenv"):
        listed = subprocess.check_output([pyenv, "versions", "--bare"], text=True)
        usable = re.findall(r"^3\.(?:1[1-9]|[2-9]\d)\.\d+$", listed, flags=re.MULTILINE)
        os.environ.setdefault("PYENV_VERSION", ":".join(usable))

    found = set()
    ask = "import sys; print(sys.implementation.name, sys.version_info.minor)"
    for command in [sys.executable, *(f"python3.{minor}" for minor in range(11, 30))]:
        if shutil.which(command):
            answer = subprocess.run([command, "-c", ask], capture_output=True, check=False)
            if match := re.match(rb"cpython (1[1-9]|[2-9]\d)\s", answer.stdout):
                found.add(int(match[1]))
    return [f"3.{minor}" for minor in sorted(found)]


PYTHONS = find_pythons()
HERE = f"3.{sys.version_info.minor}"

nox.options.sessions = ["lint", "types", f"tests-{HERE}"]


@nox.session
def wheel(session: nox.Session) -> None:
    """Build the sdist, and from it the wheel, into dist."""
    session.install(*nox.project.dependency_groups(PROJECT, "build"))
    shutil.rmtree(DIST, ignore_errors=True)
    session.run("python", "-m", "build", "--no-isolation", "--outdir", str(DIST))


def install_wheel(session: nox.Session, *requirements: str) -> None:
    """Install the wheel and what its tests need, and see that it is what is imported."""
    [built] = DIST.glob("*.whl")
    session.install(
        *(f"supple[all] @ {built.as_uri()}", *requirements),
        *nox.project.dependency_groups(PROJECT, "test"),
    )
    # A reused environment (nox -r) may hold an older wheel of the same version.
    session.install("--force-reinstall", "--no-deps", str(built))
    session.run("python", "-c", ASSERT_INSTALLED, env=ISOLATED)


@nox.session(python=PYTHONS, requires=["wheel"])
def tests(session: nox.Session) -> None:
    """Test the installed wheel with few examples a law; arguments go to pytest."""
    install_wheel(session)
    session.run(*PYTEST, *session.posargs, env=ISOLATED | QUICK)


@nox.session(requires=["wheel"])
def thorough(session: nox.Session) -> None:
    """Hold the wheel to its laws, 2,000 examples each, and to 20,000 spoilt catalogs a sort."""
    install_wheel(session)
    profile = {"HYPOTHESIS_PROFILE": "thorough"}
    hours = ("--timeout=7200", "-m", "hypothesis or thorough")
    session.run(*PYTEST, *hours, *session.posargs, env=ISOLATED | profile)


@nox.session(python=PYTHONS[0], requires=["wheel"])
def oldest(session: nox.Session) -> None:
    """Test the wheel with the oldest dependencies that it and its extras admit."""
    project = PROJECT["project"]
    bounds = [*project["dependencies"], *chain(*project["optional-dependencies"].values())]
    install_wheel(session, *(bound.replace(">=", "==", 1) for bound in bounds))
    session.run(*PYTEST, *session.posargs, env=ISOLATED | QUICK)


@nox.session(requires=["wheel"])
def release(session: nox.Session) -> None:
    """Check what would be released: its form, its files, a fresh environment for each extra."""
    session.install(*nox.project.dependency_groups(PROJECT, "release"))
    session.run("twine", "check", "--strict", *map(str, DIST.iterdir()))
    pytest = ("python", "-m", "pytest", "-n", "auto", "--noconftest")  # which needs more than this
    session.run(*pytest, "tests/release_dist.py", *session.posargs)


@nox.session(requires=["wheel"])
def coverage(session: nox.Session) -> None:
    """Measure what the tests run of the wheel; fail below the bar of pyproject.toml."""
    install_wheel(session)
    session.run("coverage", "erase")
    measured = ("coverage", "run", "-m", *PYTEST[2:], *session.posargs)
    # Whether the tests pass is for the sessions of the tests to say, which are not slowed down.
    session.run(*measured, env=ISOLATED | QUICK, success_codes=[0, 1])
    session.run("coverage", "combine", "--quiet")
    session.run("coverage", "report", "--include=src/*", "--fail-under=0")
    session.run("coverage", "report")


@nox.session
def lint(session: nox.Session) -> None:
    """Check style and formatting."""
    session.install(*nox.project.dependency_groups(PROJECT, "lint"))
    session.run("ruff", "check")
    session.run("ruff", "format", "--check")


@nox.session
def types(session: nox.Session) -> None:
    """Check types, strictly."""
    session.install("-e", ".[all]", *nox.project.dependency_groups(PROJECT, "typing"))
    session.run("mypy")
    session.run("python", "-m", "pytest", "-q", "tests/test_words.py")  # what must be refused


@nox.session
def docs(session: nox.Session) -> None:
    """Build the pages into build/html; a broken link is an error."""
    session.install(".[all]", *nox.project.dependency_groups(PROJECT, "docs"))
    session.run("sphinx-build", "-E", "-W", "-n", "--keep-going", "-q", "docs", "build/html")
    session.run("python", "-m", "pytest", "docs/how-to/make-tables.md")


@nox.session
def figures(session: nox.Session) -> None:
    """Draw the contact sheets of the figures, with Chromium, and the pictures of the mat."""
    session.install(".[cli]")
    session.run("python", "docs/figures/sheets.py")
    session.run("python", "docs/figures/mat.py")


@nox.session
def planning_oracle(session: nox.Session) -> None:
    """Compare composed routines with those that a solver proves to be the best."""
    session.install(".[all]", "ortools>=9.10", *nox.project.dependency_groups(PROJECT, "test"))
    session.run("python", "-m", "pytest", "tests/planning/oracle_cpsat.py", *session.posargs)


@nox.session(requires=["wheel"])
def live(session: nox.Session) -> None:
    """Kill workers and Postgres at random; no event may be lost or there twice, nor cost much."""
    install_wheel(session)
    session.run("python", "-m", "pytest", "-s", *LIVE, *session.posargs, env=ISOLATED)


@nox.session(requires=["wheel"])
def engines(session: nox.Session) -> None:
    """Run the engines that distribute work and are no part of the quick suite: Spark, Dask."""
    install_wheel(session, *nox.project.dependency_groups(PROJECT, "engines"))
    session.run("python", "-m", "pytest", "-n", "0", *ENGINES, *session.posargs, env=ISOLATED)


@nox.session
def benchmark(session: nox.Session) -> None:
    """Measure speed, memory and accuracy; arguments go to benchmarks/run.py."""
    measured = ".[apscheduler,arrow,cli,qt,trio,twisted]"  # more would slow down what starts
    session.install(measured, *nox.project.dependency_groups(PROJECT, "benchmark"))
    session.run("python", "benchmarks/run.py", *session.posargs)


@nox.session
def mutation(session: nox.Session) -> None:
    """Change the code in small places; see what no test notices. See mutation/run.py."""
    session.install("-e", ".[all]", *nox.project.dependency_groups(PROJECT, "test"))
    session.run("python", "mutation/run.py", *session.posargs)


@nox.session(python="3.11")
def fuzz(session: nox.Session) -> None:
    """Look for bytes that the catalog reader fails on; arguments go to libFuzzer."""
    session.install(".", "atheris>=2.3")
    session.run("python", "fuzz/read_catalog.py", *(session.posargs or ["-max_total_time=60"]))


@nox.session(python=False)
def rest(session: nox.Session) -> None:
    """Run what CI runs after `nox`: the release, the other Pythons, coverage, docs, engines."""
    others = [f"tests-{python}" for python in PYTHONS if python != HERE]
    longest = ["docs", "planning_oracle", "live", "engines"]
    for name in ["wheel", "release", *others, "coverage", *longest]:
        session.notify(name)
