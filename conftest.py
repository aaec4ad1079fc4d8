"""Run the Python blocks of the README and the docs as tests; choose how hard properties try."""

import os
from contextlib import ExitStack, chdir
from doctest import ELLIPSIS
from tempfile import TemporaryDirectory
from typing import Any

from hypothesis import settings
from sybil import Sybil
from sybil.parsers.myst import PythonCodeBlockParser, SkipParser

settings.register_profile("default", deadline=None)
settings.register_profile("ci", deadline=None, derandomize=True, max_examples=200, print_blob=True)
settings.register_profile(
    "quick", deadline=None, derandomize=True, max_examples=30, print_blob=True
)
settings.register_profile("thorough", deadline=None, max_examples=2000)
settings.load_profile(
    os.environ.get("HYPOTHESIS_PROFILE", "ci" if os.environ.get("CI") == "true" else "default")
)

scratch = ExitStack()


def enter_scratch(_namespace: dict[str, Any]) -> None:
    """Run a page in an empty folder of its own, so that it may write files."""
    scratch.enter_context(chdir(scratch.enter_context(TemporaryDirectory())))


def leave_scratch(_namespace: dict[str, Any]) -> None:
    """Come back and drop the folder."""
    scratch.close()


pytest_collect_file = Sybil(
    parsers=[PythonCodeBlockParser(doctest_optionflags=ELLIPSIS), SkipParser()],
    patterns=["*.md"],  # of those that testpaths names
    setup=enter_scratch,
    teardown=leave_scratch,
).pytest()
