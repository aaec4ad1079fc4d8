"""Run the examples of the README and the docs as tests; choose how hard properties try."""

import io
import os
import re
import shlex
from contextlib import ExitStack, chdir, redirect_stderr, redirect_stdout
from doctest import ELLIPSIS, REPORT_NDIFF, Example as Expectation, OutputChecker
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from unittest.mock import patch

import pytest
from hypothesis import Phase, settings
from sybil import Example, Sybil
from sybil.evaluators.python import PythonEvaluator
from sybil.parsers.myst import CodeBlockParser, PythonCodeBlockParser, SkipParser

# A quick run draws the same examples each time, so that it fails for a change and not by chance;
# by itself pytest draws others, and the thorough run many of them.
settings.register_profile("default", deadline=None)
settings.register_profile(
    "quick", deadline=None, derandomize=True, max_examples=50, print_blob=True
)
settings.register_profile("thorough", deadline=None, max_examples=2000, print_blob=True)
settings.register_profile(  # for changes whose failures nobody reads: the first one is enough
    "mutation", settings.get_profile("quick"), phases=[Phase.explicit, Phase.generate]
)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "default"))


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Any:
    """Give each process whole files: the blocks of a page go on from each other.

    What the tests of a file have in common, such as an environment, is then made once, too.
    """
    from xdist.scheduler import LoadFileScheduling  # type: ignore[import-untyped]

    return LoadFileScheduling(config, log)


scratch = ExitStack()


def enter_scratch(_namespace: dict[str, Any]) -> None:
    """Run a page in an empty folder of its own, so that it may write files."""
    scratch.enter_context(chdir(scratch.enter_context(TemporaryDirectory())))


def leave_scratch(_namespace: dict[str, Any]) -> None:
    """Come back and drop the folder."""
    scratch.close()


SHOWN = re.compile(r"\s*^```text\n(.*?)^```$", re.MULTILINE | re.DOTALL)
COMMAND = re.compile(r"^\$ (.*)\n((?:(?!\$ ).*\n)*)", re.MULTILINE)


def differences(shown: str, printed: str) -> str | None:
    """Return how what a page shows differs from what was printed; dots stand for anything."""
    printed = re.sub(r"[ \t]+$", "", printed, flags=re.MULTILINE)
    if OutputChecker().check_output(shown, printed, ELLIPSIS):
        return None
    expectation = Expectation("", shown)
    return OutputChecker().output_difference(expectation, printed, ELLIPSIS | REPORT_NDIFF)


def run_python(example: Example) -> str | None:
    """Run a block; what it prints stands behind it in a block of text, and nothing else."""
    if re.search(r"^assert\b", example.parsed, re.MULTILINE):
        return "a reader sees what is printed, and nothing of what is asserted"
    with redirect_stdout(io.StringIO()) as printed:
        PythonEvaluator()(example)
    shown = SHOWN.match(example.document.text, example.region.end)
    return differences(shown[1] if shown else "", printed.getvalue())


def run_commands(example: Example) -> str | None:
    """Run the commands that stand behind a dollar; what they print stands below each."""
    from supple.cli import main

    plain = {"COLUMNS": "80", "NO_COLOR": "1", "XDG_STATE_HOME": str(Path.cwd())}
    for command, shown in COMMAND.findall(example.parsed):
        name, *arguments = shlex.split(command.rpartition("&& ")[2])  # it is installed already
        if name == "cd":
            os.chdir(*arguments)  # the page comes back at its end
            continue
        if Path(name).name != "supple":
            return f"only supple is run: {command}"
        printed = io.StringIO()
        with patch.dict(os.environ, plain), redirect_stdout(printed), redirect_stderr(printed):
            main(arguments)
        if difference := differences(shown, printed.getvalue()):
            return f"{command}\n{difference}"
    return None


class PythonParser(PythonCodeBlockParser):
    """Finds blocks of Python, and sessions with prompts in them."""

    def __init__(self) -> None:
        super().__init__(doctest_optionflags=ELLIPSIS)
        self.codeblock_parser = CodeBlockParser("python", run_python)


pytest_collect_file = Sybil(
    parsers=[
        PythonParser(),
        CodeBlockParser("console", run_commands),
        SkipParser(),
    ],
    patterns=["*.md"],  # of those that testpaths names
    setup=enter_scratch,
    teardown=leave_scratch,
).pytest()
