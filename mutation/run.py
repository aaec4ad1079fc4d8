"""Change the core in one small place at a time, and see whether a test notices.

``python mutation/run.py --sample 200 --seed 1`` draws that many changes out of all that there
are, makes each in a copy of everything, and runs the tests of that part on it. A change that no
test notices is printed as it stands in the code: a test is missing, or the change makes no
difference and belongs into ``mutation/equivalent.txt`` with its reason.

Tools for this exist; they want the package where the tests are, a configuration for every
interpreter, or a session file. This needs none of it. Each change is tried in a fork, which runs
until the first test fails, or until it has taken much more processor time than the tests take
without it. Nothing here may import what the package is a plugin of: a fork would have the package
as it is, and notice nothing.
"""

from __future__ import annotations

import argparse
import ast
import copy
import os
import random
import resource
import shutil
import signal
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

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
    ],
}
"""What is changed where nothing else is asked for, and the tests that are to notice."""

OPTIONS = ("-x", "-q", "-n0", "-p", "no:cacheprovider")

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
    def line(self) -> int:
        """The line that it changes."""
        return [*_code(self.tree)][self.number].lineno

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


def passes(tests: Sequence[str], seconds: int) -> bool:
    """Tell whether tests pass in the folder that is current, within some processor time."""
    if "supple" in sys.modules:
        raise SystemExit("the package has been imported before a change is made")
    child = os.fork()
    if not child:
        resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))
        signal.alarm(30 * seconds)  # for what waits without end
        sys.path.insert(0, str(Path.cwd() / "src"))
        sys.path.insert(0, str(Path.cwd()))
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, 1)
        os.dup2(nowhere, 2)
        os._exit(pytest.main([*OPTIONS, *tests]))
    return os.waitpid(child, 0)[1] == 0


def survives(mutant: Mutant, tests: Sequence[str], seconds: int) -> bool:
    """Tell whether no test notices a change, made in the folder that is current."""
    original = mutant.path.read_text(encoding="utf-8")
    tree, _, _ = mutant.changed()
    try:
        mutant.path.write_text(ast.unparse(tree), encoding="utf-8")
        return passes(tests, seconds)
    finally:
        mutant.path.write_text(original, encoding="utf-8")


def time_for(tests: Sequence[str]) -> int:
    """Return the processor seconds that tests may take at a change; they pass without one."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime
    if not passes(tests, 3600):
        raise SystemExit(f"without any change, these fail: {' '.join(tests)}")
    return 20 + int(3 * (resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime - before))


def equivalents() -> set[str]:
    """Return the changes that are judged to make no difference."""
    lines = map(str.strip, EQUIVALENT.read_text(encoding="utf-8").splitlines())
    return {line for line in lines if line and not line.startswith("#")}


def main() -> int:
    """Draw a sample, try each change, and print what survived and the score."""
    parser = argparse.ArgumentParser(description="See which small changes no test notices.")
    parser.add_argument("paths", nargs="*", help="files or folders below src; the core by default")
    parser.add_argument("--tests", nargs="*", help="what is to notice; by default its own tests")
    parser.add_argument("--sample", type=int, default=200, help="how many changes to try")
    parser.add_argument("--seed", type=int, default=1, help="which sample to draw")
    options = parser.parse_args()

    found: list[tuple[Mutant, tuple[str, ...]]] = []
    for given in options.paths or TESTS:
        where = Path(given)
        files = sorted((ROOT / where).rglob("*.py")) if (ROOT / where).is_dir() else [ROOT / where]
        default = next((TESTS[each] for each in TESTS if where.is_relative_to(each)), ["tests"])
        for file in files:
            of_file = mutants(file.relative_to(ROOT))
            found += [(mutant, tuple(options.tests or default)) for mutant in of_file]
    # The seed shuffles all of them, so that a larger sample holds a smaller one.
    random.Random(options.seed).shuffle(found)  # noqa: S311 - any order does, if always the same
    known = equivalents()
    sample = [
        (mutant, tests) for mutant, tests in found[: options.sample] if str(mutant) not in known
    ]

    os.environ |= {"HYPOTHESIS_PROFILE": "mutation", "PYTHONDONTWRITEBYTECODE": "1"}
    alive = 0
    with tempfile.TemporaryDirectory() as folder:
        copied = Path(folder) / "copy"
        shutil.copytree(ROOT, copied, ignore=shutil.ignore_patterns(".*", "build", "__pycache__"))
        os.environ["PYTHONPATH"] = str(copied / "src")  # for the processes that tests start
        os.chdir(copied)
        seconds = {tests: time_for(tests) for tests in dict.fromkeys(tests for _, tests in sample)}
        for number, (mutant, tests) in enumerate(sample, 1):
            if survives(mutant, tests, seconds[tests]):
                alive += 1
                print(f"survived ({number}): {mutant} (line {mutant.line})", flush=True)
        os.chdir(ROOT)
    noticed = len(sample) - alive
    print(f"{noticed} of {len(sample)} noticed, {noticed / max(len(sample), 1):.1%};", end=" ")
    print(f"{len(found)} changes in all, {len(known)} judged to make no difference")
    return 0


if __name__ == "__main__":
    sys.exit(main())
