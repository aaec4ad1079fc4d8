"""Change the core in one small place at a time, and see whether a test notices.

``python mutation/run.py --sample 200 --seed 1`` draws that many changes out of all that there
are, makes each in a copy of the package, and runs the tests of that part on it. A change that no
test notices is printed as it stands in the code: a test is missing, or the change makes no
difference and belongs into ``mutation/equivalent.txt`` with its reason.

Tools for this exist; they want the package where the tests are, a configuration for every
interpreter, or a session file. This needs none of it.
"""

from __future__ import annotations

import argparse
import ast
import copy
import os
import random
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parent.parent
EQUIVALENT = Path(__file__).with_name("equivalent.txt")
TESTS = {
    "src/supple/_timeline": ["tests/test_timeline.py", "tests/export/test_event_lines.py"],
    "src/supple/_player": ["tests/test_player.py", "tests/test_resume.py"],
    "src/supple/timers/_fleet.py": ["tests/timers/test_fleet.py"],
    "src/supple/catalog/_reading": ["tests/catalog"],
}
"""What is changed where nothing else is asked for, and the tests that are to notice."""

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
    """One small change."""

    path: Path
    line: int
    before: str
    after: str
    source: str

    def __str__(self) -> str:
        return f"{self.path}: {self.before} -> {self.after}"


def mutants(path: Path) -> Iterator[Mutant]:
    """Yield every change that there is to a file, in the order of the code."""
    tree = ast.parse((ROOT / path).read_text(encoding="utf-8"))
    nodes = [*_code(tree)]
    for i, node in enumerate(nodes):
        for change in _changes(node):
            changed = copy.deepcopy(tree)
            twin = [*_code(changed)][i]
            before = ast.unparse(_statement(changed, twin)).partition("\n")[0]
            for name, value in change.items():
                setattr(twin, name, value)
            after = ast.unparse(_statement(changed, twin)).partition("\n")[0]
            yield Mutant(path, node.lineno, before, after, ast.unparse(changed))


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


def _changes(node: ast.expr) -> Iterator[dict[str, object]]:
    match node:
        case ast.Compare(ops=[op, *others]) if type(op) in SWAPPED:
            yield {"ops": [SWAPPED[type(op)](), *others]}
        case ast.BinOp(op=op) | ast.BoolOp(op=op) if type(op) in SWAPPED:
            yield {"op": SWAPPED[type(op)]()}
        case ast.UnaryOp(op=ast.Not()):
            yield {"op": ast.UAdd(), "operand": ast.Call(ast.Name("bool"), [node.operand], [])}
        case ast.Constant(value=bool(value)):
            yield {"value": not value}
        case ast.Constant(value=int(value)):
            yield {"value": value + 1}
        case ast.Name(id=name) if name in RENAMED:
            yield {"id": RENAMED[name]}
        case ast.IfExp(test=test):
            yield {"test": ast.UnaryOp(ast.Not(), test)}


def _statement(tree: ast.AST, wanted: ast.expr) -> ast.AST:
    """Return the innermost statement around an expression."""
    found: ast.AST = wanted
    for node in ast.walk(tree):
        if isinstance(node, ast.stmt) and any(each is wanted for each in ast.walk(node)):
            found = node
    return found


def survives(mutant: Mutant, tests: list[str], copied: Path, timeout: float) -> bool:
    """Tell whether no test notices a change."""
    target = copied / mutant.path.relative_to("src")
    original = target.read_text(encoding="utf-8")
    target.write_text(mutant.source, encoding="utf-8")
    command = [sys.executable, "-m", "pytest", "-x", "-q", "-p", "no:cacheprovider", *tests]
    try:
        ran = subprocess.run(
            command,
            cwd=ROOT,
            env={**os.environ, "PYTHONPATH": str(copied), "PYTHONDONTWRITEBYTECODE": "1"},
            capture_output=True,
            timeout=timeout,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return False  # a loop without end is noticed
    finally:
        target.write_text(original, encoding="utf-8")
    return ran.returncode == 0


def main() -> int:
    """Draw a sample, try each change, and print what survived and the score."""
    parser = argparse.ArgumentParser(description="See which small changes no test notices.")
    parser.add_argument("paths", nargs="*", help="files or folders below src; the core by default")
    parser.add_argument("--tests", nargs="*", help="what is to notice; by default its own tests")
    parser.add_argument("--sample", type=int, default=200, help="how many changes to try")
    parser.add_argument("--seed", type=int, default=1, help="which sample to draw")
    parser.add_argument("--timeout", type=float, default=600, help="seconds for one change")
    options = parser.parse_args()

    known = {
        line.strip()
        for line in EQUIVALENT.read_text(encoding="utf-8").splitlines()
        if line.strip() and not line.startswith("#")
    }
    found: list[tuple[Mutant, list[str]]] = []
    for given in options.paths or TESTS:
        where = Path(given)
        files = sorted((ROOT / where).rglob("*.py")) if (ROOT / where).is_dir() else [ROOT / where]
        default = next((TESTS[each] for each in TESTS if where.is_relative_to(each)), ["tests"])
        for file in files:
            found += [
                (mutant, options.tests or default)
                for mutant in mutants(file.relative_to(ROOT))
                if str(mutant) not in known
            ]
    # The seed shuffles all of them, so that a larger sample holds a smaller one.
    random.Random(options.seed).shuffle(found)  # noqa: S311 - any order does, if always the same
    sample = found[: options.sample]
    alive = 0
    with tempfile.TemporaryDirectory() as folder:
        copied = Path(folder)
        shutil.copytree(ROOT / "src", copied, dirs_exist_ok=True)
        for mutant, tests in sample:
            if survives(mutant, tests, copied, options.timeout):
                alive += 1
                print(f"survived: {mutant} (line {mutant.line})", flush=True)
    noticed = len(sample) - alive
    print(f"{noticed} of {len(sample)} noticed, {noticed / max(len(sample), 1):.1%};", end=" ")
    print(f"{len(found)} changes in all, {len(known)} judged to make no difference")
    return 0


if __name__ == "__main__":
    sys.exit(main())
