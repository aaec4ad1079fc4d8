"""What an import brings along, and what the core never touches."""

from __future__ import annotations

import ast
import pydoc
import subprocess
import sys
from importlib import import_module
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import supple
from supple._lazy import HOMES

if TYPE_CHECKING:
    from collections.abc import Iterator

PACKAGE = Path(supple.__path__[0])

ALLOWED = {
    "__future__",
    "attrs",
    "attrs.exceptions",
    "bisect",
    "collections",
    "collections.abc",
    "contextlib",
    "datetime",
    "difflib",
    "enum",
    "fnmatch",
    "fractions",
    "functools",
    "hashlib",
    "html",
    "importlib",  # to load a language when it is first spoken
    "itertools",
    "json",
    "math",
    "operator",
    "re",
    "reprlib",
    "sys",
    "types",
    "typing",
    "unicodedata",
}
"""What the core may import besides itself: nothing that reads a clock, a file, an environment
variable or a network, that starts a thread or that logs."""

NOTEBOOK = "supple._notebook"
"""Where the core inherits how a notebook shows it, which is loaded when a notebook asks."""

OUTSIDE = {
    "__init__.py",
    "__main__.py",
    "_check.py",
    "_files.py",
    "_lazy.py",
    "_notebook.py",
    "_plugins.py",
    "_docstrings.py",
    "_voices.py",
}
"""What is not the core although its name begins with an underscore."""

CORE = sorted(
    path
    for path in PACKAGE.rglob("*.py")
    if path.relative_to(PACKAGE).parts[0].startswith(("_", "figures", "narration"))
    and path.relative_to(PACKAGE).parts[0] not in OUTSIDE
)


def module_of(path: Path) -> str:
    """Return the name of the module in a file."""
    parts = path.relative_to(PACKAGE.parent).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


CORE_MODULES = {module_of(path) for path in CORE}


def imports_of(path: Path) -> Iterator[str]:
    """Yield the modules that a file imports when it runs, wherever in it."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    for node in ast.walk(tree):
        if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING":
            node.body = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path} imports relatively"
            assert node.module is not None
            for alias in node.names:
                inner = f"{node.module}.{alias.name}"
                yield inner if inner in CORE_MODULES else node.module


def run(program: str) -> list[str]:
    """Return the words that a program prints in an interpreter of its own."""
    command = [sys.executable, "-c", program]
    return subprocess.run(command, capture_output=True, check=True, text=True).stdout.split()


# --- the core


def test_there_is_a_core() -> None:
    """The files below are those of the model, the scheduler and the timeline."""
    assert {
        "supple._errors",
        "supple._timeline.events",
        "supple._timeline.layout",
        "supple._model",
        "supple._model.amounts",
        "supple._model.routine",
        "supple._phrases",
        "supple._timeline.schedule",
        "supple._timeline.timeline",
        "supple._units",
    } <= CORE_MODULES


@pytest.mark.parametrize("path", CORE, ids=module_of)
def test_the_core_imports_itself_and_little_else(path: Path) -> None:
    """The core imports attrs, itself, and parts of the standard library that do no I/O."""
    assert {*imports_of(path)} <= ALLOWED | CORE_MODULES | {NOTEBOOK}


@pytest.mark.parametrize("path", CORE, ids=module_of)
def test_the_core_calls_no_input_or_output(path: Path) -> None:
    """The core uses no built-in function that reads, writes or runs anything."""
    called = {
        ast.unparse(node.func)
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call)
    }
    forbidden = {"open", "print", "input", "exec", "eval", "compile", "breakpoint", "__import__"}
    assert called & forbidden == set()


@pytest.mark.parametrize("path", CORE, ids=module_of)
def test_the_core_asks_the_interpreter_for_nothing_but_its_size(path: Path) -> None:
    """Of `sys` the core uses `maxsize` and nothing else."""
    used = {
        node.attr
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Attribute) and ast.unparse(node.value) == "sys"
    }
    assert used <= {"maxsize"}


STAGES = (
    "_refused",
    "_by_name",
    "_finding",
    "_translation",
    "_catalog",
    "_format",
    "_languages",
    "_reading",
    "_load",
    "_writing",
    "_schema",
    "free_exercise_db",
    "spreadsheet",
    "_routine_documents",
    "_standalone",
    "_rules",
    "_template",
)
"""The parts of the package of catalogs, each of which knows those before it only."""

CATALOG = [
    path
    for path in sorted((PACKAGE / "catalog").rglob("*.py"))
    if len(path.relative_to(PACKAGE / "catalog").parts) <= 2
    and not path.relative_to(PACKAGE / "catalog").parts[0].startswith(("__init__", "data"))
]


@pytest.mark.parametrize("path", CATALOG, ids=module_of)
def test_no_arrow_in_the_catalog_package_runs_upwards(path: Path) -> None:
    """A part imports neither the package that it is in nor what comes after it."""
    own = path.relative_to(PACKAGE / "catalog").with_suffix("").parts[0]
    for module in imports_of(path):
        assert module != "supple.catalog"
        assert not module.startswith(("supple.planning", "supple.testing"))
        if module.startswith("supple.catalog."):
            other = module.split(".")[2]
            assert STAGES.index(other) <= STAGES.index(own), module


def test_the_core_brings_attrs_and_no_other_package() -> None:
    """In a fresh interpreter the core loads attrs and the standard library only."""
    program = f"""
import sys
before = set(sys.modules)
for module in {sorted(CORE_MODULES)!r}:
    __import__(module)
print(*sorted({{module.partition(".")[0] for module in set(sys.modules) - before}}))
"""
    loaded = {*run(program)} - sys.stdlib_module_names
    assert loaded == {"attr", "attrs", "supple"}


def test_the_core_brings_no_other_part_of_supple() -> None:
    """Scheduling a routine loads nothing but the core."""
    program = """
import sys, supple
keep = supple.Hold("Keep", seconds=1)
reach = supple.Exercise("reach", name="R", kind="stretch", position="standing", cycle=[keep])
list(supple.schedule(supple.Routine("daily", items=[reach]), pacing=supple.Pacing()))
print(*(module for module in sys.modules if module.startswith("supple.")))
"""
    assert {*run(program)} <= CORE_MODULES | {"supple._lazy", NOTEBOOK}


# --- the package


def test_importing_the_package_loads_nothing_else() -> None:
    """`import supple` loads neither attrs nor any part of itself but the loader."""
    program = """
import sys, supple
print(*(name for name in sys.modules
        if name.partition(".")[0] in {"attr", "attrs", "supple"}))
"""
    assert run(program) == ["supple._lazy", "supple"]


def test_a_name_loads_what_it_needs() -> None:
    """The first use of a name loads its module and no later part of the library."""
    program = """
import sys, supple
supple.Range(1)
print(*(name for name in sys.modules if name.startswith("supple.")))
"""
    loaded = {*run(program)}
    assert "supple._model.amounts" in loaded
    assert not loaded & {
        "supple._timeline.schedule",
        "supple._timeline.timeline",
        "supple._timeline.layout",
    }


@pytest.mark.parametrize("name", supple.__all__)
def test_public_names(name: str) -> None:
    """Every public name is there, is the same each time, and is found by `dir`."""
    value = getattr(supple, name)
    assert getattr(supple, name) is value
    assert vars(supple)[name] is value
    assert name in dir(supple)


def test_public_names_have_one_home() -> None:
    """Every public name but the version has one home, and every home is used."""
    assert len(set(supple.__all__)) == len(supple.__all__)
    assert [*HOMES["supple"]] == supple.__all__
    for name, home in HOMES["supple"].items():
        assert getattr(import_module(home), name) is getattr(supple, name)


def test_the_public_parts_need_no_import_of_their_own() -> None:
    """`supple.timers` and its like are there once `supple` is imported."""
    program = """
import supple
print(supple.timers.play.__name__, supple.catalog.check.__name__, supple.export.__name__)
"""
    assert run(program) == ["play", "check", "supple.export"]


def test_dir_shows_what_a_user_may_use() -> None:
    """`dir` shows the public names and parts, and nothing private."""
    shown = {name for name in dir(supple) if not name.startswith("__")}
    assert shown == {
        *supple.__all__,
        "catalog",
        "columns",
        "export",
        "figures",
        "mqtt",
        "narration",
        "planning",
        "testing",
        "timers",
    }


def test_the_version_is_that_of_the_distribution() -> None:
    """The version is that of the installed distribution."""
    try:
        installed = version("supple")
    except PackageNotFoundError:
        pytest.skip("supple is not installed")
    assert supple.__version__ == installed
    assert "__version__" in dir(supple)


def test_help_shows_a_part() -> None:
    """`help` shows the names of a part, which has no version of its own."""
    shown = pydoc.plain(pydoc.render_doc(supple.timers))
    assert "aplay" in shown
    assert not hasattr(supple.timers, "__version__")


def test_no_such_name() -> None:
    """A name that there is not is no attribute, and cannot be imported."""
    with pytest.raises(AttributeError) as caught:
        supple.nonsense  # type: ignore[attr-defined]  # noqa: B018 - it raises
    assert str(caught.value) == "module 'supple' has no attribute 'nonsense'"
    with pytest.raises(ImportError, match="cannot import name 'nonsense' from 'supple'"):
        exec("from supple import nonsense", {})  # noqa: S102 - as users write it
