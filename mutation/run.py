"""Change the code in one small place at a time, and see whether a test notices.

``python mutation/run.py --sample 200 --seed 1`` draws that many changes out of all that there
are, makes each in a copy of everything, and runs the tests of that part on it. A change that no
test notices is printed as it stands in the code: a test is missing, or the change makes no
difference and belongs into ``mutation/equivalent.txt`` with its reason.

Tools for this exist; they want the package where the tests are, a configuration for every
interpreter, or a session file. This needs none of it. The tests run once without a change: for
their time, and for the lines that each of them reaches. Each change is then tried in a fork that
has everything loaded but the package and its tests. It runs those that reach the changed line,
the quickest first, until one fails, or until it has taken much more processor time than the tests
take without the change. The package itself may not be loaded before: a fork would have it as it
is, and notice nothing.
"""

from __future__ import annotations

import argparse
import ast
import copy
import multiprocessing
import os
import pickle
import random
import resource
import shutil
import signal
import sys
import tempfile
import time
from collections import defaultdict
from contextlib import suppress
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

ROOT = Path(__file__).parent.parent
EQUIVALENT = Path(__file__).with_name("equivalent.txt")
TESTS = {
    "src/supple/_timeline": ["tests/test_timeline.py", "tests/export/test_event_lines.py"],
    "src/supple/_player": ["tests/test_player.py", "tests/test_resume.py"],
    "src/supple/timers/_fleet.py": ["tests/timers/test_fleet.py"],
    "src/supple/catalog/_reading": [
        "tests/catalog/test_reading.py",
        "tests/catalog/test_documents.py",
        "tests/catalog/test_bounds.py",
        "tests/catalog/test_routine_files.py",
        "tests/catalog/test_lines.py",
        "tests/catalog/test_catalog.py",
        "tests/catalog/test_load.py",
        "tests/catalog/test_languages.py",
        "tests/catalog/test_rules.py",
        "tests/catalog/test_answers.py",
        "tests/catalog/test_installed.py",
        "tests/catalog/test_mutation.py",
    ],
}
"""What is changed where nothing else is asked for, and the tests that are to notice."""

LOADED_ANEW = {"supple", "tests", "hypothesis", "_hypothesis_pytestplugin"}
"""What each change has for itself: the package, and what the package is a plugin of."""

OPTIONS = (
    *("-x", "-q", "-n0", "-p", "no:cacheprovider"),
    # pytest's own plugins are loaded before it can rewrite their asserts, which none needs here
    *("-W", "ignore::pytest.PytestAssertRewriteWarning"),
)

SWAPPED = {
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
    ast.And: ast.Or,
    ast.Or: ast.And,
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.Add,
    ast.FloorDiv: ast.Mult,
    ast.Mod: ast.Add,
}
RENAMED = {"min": "max", "max": "min", "bisect_left": "bisect_right", "any": "all", "all": "any"}
RENAMED |= {"bisect_right": "bisect_left"}


class Mutant(NamedTuple):
    """One small change: a part of the expression of a number in a file gets another value."""

    path: Path
    tree: ast.Module
    number: int
    part: str
    value: object

    @property
    def lines(self) -> range:
        """The lines that it changes."""
        node = [*_code(self.tree)][self.number]
        return range(node.lineno, (node.end_lineno or node.lineno) + 1)

    def changed(self) -> tuple[ast.Module, str, str]:
        """Return the file as it becomes, and its statement before and after the change."""
        tree = copy.deepcopy(self.tree)
        node = [*_code(tree)][self.number]
        statement = _statement(tree, node)
        before = ast.unparse(statement).partition("\n")[0]
        setattr(node, self.part, self.value)
        return tree, before, ast.unparse(statement).partition("\n")[0]

    def __str__(self) -> str:
        _, before, after = self.changed()
        return f"{self.path}: {before} -> {after}"


def mutants(path: Path) -> Iterator[Mutant]:
    """Yield every change that there is to a file, in the order of the code."""
    tree = ast.parse((ROOT / path).read_text(encoding="utf-8"))
    for number, node in enumerate(_code(tree)):
        for part, value in _changes(node):
            yield Mutant(path, tree, number, part, value)


def _code(tree: ast.AST) -> Iterator[ast.expr]:
    """Yield the expressions that run, without annotations and what only type checkers read."""
    for name, value in ast.iter_fields(tree):
        if name in {"annotation", "returns"}:
            continue
        for node in value if isinstance(value, list) else [value]:
            if not isinstance(node, ast.AST):
                continue
            if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test):
                continue
            if isinstance(node, ast.expr):
                yield node
            yield from _code(node)


def _changes(node: ast.expr) -> Iterator[tuple[str, object]]:
    match node:
        case ast.Compare(ops=[op, *others]) if type(op) in SWAPPED:
            yield "ops", [SWAPPED[type(op)](), *others]
        case ast.BinOp(op=op) | ast.BoolOp(op=op) if type(op) in SWAPPED:
            yield "op", SWAPPED[type(op)]()
        case ast.UnaryOp(op=ast.Not(), operand=operand):
            yield "operand", ast.UnaryOp(ast.Not(), operand)
        case ast.Constant(value=bool(value)):
            yield "value", not value
        case ast.Constant(value=int(value)):
            yield "value", value + 1
        case ast.Name(id=name) if name in RENAMED:
            yield "id", RENAMED[name]
        case ast.IfExp(test=test):
            yield "test", ast.UnaryOp(ast.Not(), test)


def _statement(tree: ast.AST, wanted: ast.expr) -> ast.AST:
    """Return the innermost statement around an expression."""
    found: ast.AST = wanted
    for node in ast.walk(tree):
        if isinstance(node, ast.stmt) and any(each is wanted for each in ast.walk(node)):
            found = node
    return found


class Knowledge(NamedTuple):
    """What the tests of a part of the code do without a change."""

    seconds: dict[str, float]
    """How long each takes while its lines are noted."""

    reached: dict[tuple[str, int], set[str]]
    """The tests that reach a line of a file; the empty one is their being loaded."""

    modules: set[str]
    """What is loaded at the end."""

    def tests_of(self, mutant: Mutant) -> list[str]:
        """Return the tests that reach what a change changes, the quickest first."""
        where = str(mutant.path)
        found = set().union(*(self.reached.get((where, line), ()) for line in mutant.lines))
        # What runs when it is loaded is a constant or a table, or makes a class: anybody's.
        tests = self.seconds if "" in found or not found else found & {*self.seconds}
        return sorted(tests, key=self.seconds.__getitem__)

    def time_for(self, tests: Sequence[str]) -> int:
        """Return the processor seconds that tests may take at a change."""
        return 10 + int(1.5 * sum(self.seconds[test] for test in tests))


class Only:
    """Runs the tests that are named, in that order."""

    def __init__(self, names: Sequence[str]) -> None:
        self.order = {name: number for number, name in enumerate(names)}

    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        """Leave out what is not named."""
        items[:] = [item for item in items if item.nodeid in self.order]
        items.sort(key=lambda item: self.order[item.nodeid])


class Observer:
    """Notes how long each test takes, and which lines it reaches."""

    def __init__(self, coverage: Any) -> None:
        self.coverage = coverage
        self.seconds: dict[str, float] = defaultdict(float)

    def pytest_runtest_logstart(self, nodeid: str) -> None:
        """Begin a test."""
        self.coverage.switch_context(nodeid)

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Add the time of a part of a test, its fixtures included."""
        self.seconds[report.nodeid] += report.duration


def in_fork(call: Callable[[], int], *, seconds: int, says: Path | str = os.devnull) -> int:
    """Return what a call returns, or a signal below zero, made in a fork that prints to a file."""
    if "supple" in sys.modules:
        raise SystemExit("the package has been loaded before a change is made")
    child = os.fork()
    if not child:
        resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))
        resource.setrlimit(resource.RLIMIT_AS, (4 << 30, 4 << 30))
        signal.alarm(30 * seconds)  # for what waits without end
        sys.path[:0] = [str(Path.cwd()), str(Path.cwd() / "src")]
        output = os.open(says, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        os.dup2(output, 1)
        os.dup2(output, 2)
        status = 99
        with suppress(BaseException):
            status = call()
        os._exit(status)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def run_tests(files: Sequence[str], *plugins: object) -> int:
    """Run the tests of some files."""
    return int(pytest.main([*OPTIONS, *files], plugins=plugins))


def observe(files: Sequence[str], notes: Path) -> int:
    """Run tests and write down what they do."""
    from coverage import Coverage

    coverage = Coverage(data_file=None, include=[f"{Path.cwd()}/src/*"], config_file=False)
    observer = Observer(coverage)
    coverage.start()
    status = run_tests(files, observer)
    coverage.stop()
    data = coverage.get_data()
    reached: dict[tuple[str, int], set[str]] = {}
    for file in data.measured_files():
        name = str(Path(file).relative_to(Path.cwd()))
        for line, contexts in data.contexts_by_lineno(file).items():
            reached[name, line] = set(contexts)
    loaded = {name for name in sys.modules if name.partition(".")[0] not in LOADED_ANEW}
    notes.write_bytes(pickle.dumps(Knowledge(dict(observer.seconds), reached, loaded)))
    return status


def know(files: Sequence[str]) -> Knowledge:
    """Return what some tests do in the folder that is current; they pass without a change."""
    with tempfile.TemporaryDirectory() as folder:
        notes = Path(folder, "notes")
        require_pass(partial(observe, files, notes), files)
        found: Knowledge = pickle.loads(notes.read_bytes())  # noqa: S301 - by the fork above
    return found


def require_pass(call: Callable[[], int], files: Sequence[str]) -> None:
    """Run tests in a fork, without a change, and give up where they do not pass."""
    with tempfile.NamedTemporaryFile("r") as said:
        if in_fork(call, seconds=3600, says=said.name):
            print(said.read())
            raise SystemExit(f"without any change, these fail: {' '.join(files)}")


def survives(task: tuple[Mutant, Sequence[str], int]) -> bool:
    """Tell whether no test notices a change, made in the folder that is current."""
    mutant, tests, seconds = task
    original, times = mutant.path.read_bytes(), mutant.path.stat()
    tree, _, _ = mutant.changed()
    try:
        mutant.path.write_text(ast.unparse(tree), encoding="utf-8")
        files = sorted({test.partition("::")[0] for test in tests})
        return in_fork(partial(run_tests, files, Only(tests)), seconds=seconds) == 0
    finally:
        mutant.path.write_bytes(original)
        os.utime(mutant.path, ns=(times.st_atime_ns, times.st_mtime_ns))  # its bytecode holds


def load(modules: set[str]) -> None:
    """Load what tests load."""
    for module in sorted(modules):
        with suppress(Exception):
            import_module(module)


def own_copy(copied: Path) -> None:
    """Work from now on in a copy that no other process changes."""
    own = copied.with_name(f"copy-{os.getpid()}")
    shutil.copytree(copied, own)
    os.environ["PYTHONPATH"] = str(own / "src")  # for the processes that tests start
    os.chdir(own)


def equivalents() -> set[str]:
    """Return the changes that are judged to make no difference."""
    lines = map(str.strip, EQUIVALENT.read_text(encoding="utf-8").splitlines())
    return {line for line in lines if line and not line.startswith("#")}


Change = tuple[Mutant, tuple[str, ...]]
"""A change, and the files of the tests that are to notice it."""


def every_change(paths: Sequence[str], tests: Sequence[str]) -> list[Change]:
    """Return every change below some paths, in the order of the code."""
    found: list[Change] = []
    for given in paths or TESTS:
        where = Path(given)
        files = sorted((ROOT / where).rglob("*.py")) if (ROOT / where).is_dir() else [ROOT / where]
        default = next((TESTS[each] for each in TESTS if where.is_relative_to(each)), ["tests"])
        for file in files:
            of_file = mutants(file.relative_to(ROOT))
            found += [(mutant, tuple(tests or default)) for mutant in of_file]
    return found


def survivors(sample: Sequence[Change], copied: Path, processes: int) -> Iterator[tuple[int, str]]:
    """Try each change of a sample in a copy of everything, and yield those that survive.

    Each comes after its number, counted from 1, with the line that it changes.
    """
    shutil.copytree(ROOT, copied, ignore=shutil.ignore_patterns(".*", "build", "__pycache__"))
    os.environ |= {"HYPOTHESIS_PROFILE": "mutation", "PYTHONPATH": str(copied / "src")}
    os.chdir(copied)
    fork = multiprocessing.get_context("fork")
    parts = [*dict.fromkeys(files for _, files in sample)]
    with fork.Pool(processes) as pool:
        known = dict(zip(parts, pool.map(know, parts, chunksize=1), strict=True))
    os.environ["PYTHONDONTWRITEBYTECODE"] = "1"
    sys.dont_write_bytecode = True
    load(set().union(*(each.modules for each in known.values())))
    for files, each in known.items():
        # Else every change would seem to be noticed: the quickest tests must pass as they did.
        quickest = sorted(each.seconds, key=each.seconds.__getitem__)[:50]
        require_pass(partial(run_tests, files, Only(quickest)), files)
    tasks = []
    for mutant, files in sample:
        tests = known[files].tests_of(mutant)
        tasks.append((mutant, tests, known[files].time_for(tests)))
    with fork.Pool(processes, own_copy, (copied,)) as pool:
        for number, is_alive in enumerate(pool.imap(survives, tasks)):
            if is_alive:
                mutant = sample[number][0]
                yield number + 1, f"{mutant} (line {mutant.lines[0]})"
            if number % 20 == 19:
                print(f"{number + 1} tried", file=sys.stderr, flush=True)
    os.chdir(ROOT)


def main() -> int:
    """Draw a sample, try each change, and print what survived and the score."""
    parser = argparse.ArgumentParser(description="See which small changes no test notices.")
    parser.add_argument("paths", nargs="*", help="files or folders below src; by default, TESTS")
    parser.add_argument("--tests", nargs="*", help="what is to notice; by default its own tests")
    parser.add_argument("--sample", type=int, default=200, help="how many changes to try")
    parser.add_argument("--seed", type=int, default=1, help="which sample to draw")
    parser.add_argument("--only", default="", help="try but those in which this text stands")
    parser.add_argument("--processes", type=int, default=os.cpu_count(), help="how many at a time")
    options = parser.parse_args()

    began = time.monotonic()
    found = every_change(options.paths, options.tests)
    # The seed shuffles all of them, so that a larger sample holds a smaller one.
    random.Random(options.seed).shuffle(found)  # noqa: S311 - any order does, if always the same
    drawn = [each for each in found[: options.sample] if options.only in str(each[0])]
    known = equivalents()
    sample = [each for each in drawn if str(each[0]) not in known]
    alive = 0
    with tempfile.TemporaryDirectory() as folder:
        for number, survivor in survivors(sample, Path(folder, "copy"), options.processes):
            alive += 1
            print(f"survived ({number}): {survivor}", flush=True)
    noticed = len(sample) - alive
    print(f"{noticed} of {len(sample)} noticed, {noticed / max(len(sample), 1):.1%};", end=" ")
    print(f"{len(drawn) - len(sample)} of the sample make no difference;", end=" ")
    print(f"{len(found)} changes in all; {time.monotonic() - began:.0f} s")
    return 0


if __name__ == "__main__":
    sys.exit(main())
