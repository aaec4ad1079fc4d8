"""Every check of the project; `nox` runs them all, `nox -l` lists them."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import nox

nox.needs_version = ">=2025.5.1"
nox.options.default_venv_backend = "uv|virtualenv"
nox.options.sessions = ["lint", "types", "tests", "coverage", "docs"]

PROJECT = nox.project.load_toml("pyproject.toml")
DIST = Path("dist").resolve()

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


@nox.session
def wheel(session: nox.Session) -> None:
    """Build the sdist, and from it the wheel, into dist."""
    session.install(*nox.project.dependency_groups(PROJECT, "build"))
    shutil.rmtree(DIST, ignore_errors=True)
    session.run("python", "-m", "build", "--no-isolation", "--outdir", str(DIST))


@nox.session(python=PYTHONS, requires=["wheel"])
def tests(session: nox.Session) -> None:
    """Test the installed wheel; arguments go to pytest."""
    [built] = DIST.glob("*.whl")
    session.install(
        f"supple[cli] @ {built.as_uri()}", *nox.project.dependency_groups(PROJECT, "test")
    )
    # A reused environment (nox -r) may hold an older wheel of the same version.
    session.install("--force-reinstall", "--no-deps", str(built))
    session.run("python", "-c", ASSERT_INSTALLED, env=ISOLATED)
    session.run(
        *("coverage", "run", "-m", "pytest", *session.posargs),
        env=ISOLATED | {"COVERAGE_FILE": f".coverage.{session.name}"},
    )


@nox.session(python=PYTHONS[0], requires=["wheel"])
def oldest(session: nox.Session) -> None:
    """Test the wheel with the oldest dependencies that it admits."""
    [built] = DIST.glob("*.whl")
    pins = [bound.replace(">=", "==") for bound in PROJECT["project"]["dependencies"]]
    session.install(
        f"supple[cli] @ {built.as_uri()}", *pins, *nox.project.dependency_groups(PROJECT, "test")
    )
    session.run("python", "-m", "pytest", *session.posargs, env=ISOLATED)


@nox.session
def coverage(session: nox.Session) -> None:
    """Combine what the tests sessions measured; fail where the core is below its bar."""
    session.install("coverage")
    session.run("coverage", "combine")
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
    session.install("-e", ".[cli]", *nox.project.dependency_groups(PROJECT, "typing"))
    session.run("mypy")


@nox.session
def docs(session: nox.Session) -> None:
    """Build the pages into build/html; a broken link is an error."""
    everything = ".[apscheduler,cli,mqtt,qt,testing,trio,twisted]"
    session.install(everything, *nox.project.dependency_groups(PROJECT, "docs"))
    session.run("sphinx-build", "-E", "-W", "-n", "--keep-going", "-q", "docs", "build/html")


@nox.session
def planning_oracle(session: nox.Session) -> None:
    """Compare composed routines with those that a solver proves to be the best."""
    session.install(".", "ortools>=9.10", *nox.project.dependency_groups(PROJECT, "test"))
    session.run("python", "-m", "pytest", "tests/planning/oracle_cpsat.py", *session.posargs)


@nox.session
def benchmark(session: nox.Session) -> None:
    """Measure speed, memory and accuracy; arguments go to benchmarks/run.py."""
    frameworks = ".[apscheduler,cli,qt,trio,twisted]"
    session.install(frameworks, *nox.project.dependency_groups(PROJECT, "benchmark"))
    session.run("python", "benchmarks/run.py", *session.posargs)


@nox.session(python="3.11")
def fuzz(session: nox.Session) -> None:
    """Look for bytes that the catalog reader fails on; arguments go to libFuzzer."""
    session.install(".", "atheris>=2.3")
    session.run("python", "fuzz/read_catalog.py", *(session.posargs or ["-max_total_time=60"]))
