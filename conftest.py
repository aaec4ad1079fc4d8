"""Run the Python blocks of the README and the docs as tests; choose how hard properties try."""

import os
from contextlib import ExitStack, chdir
from doctest import ELLIPSIS
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import Phase, settings
from sybil import Sybil
from sybil.parsers.myst import PythonCodeBlockParser, SkipParser

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


pytest_collect_file = Sybil(
    parsers=[PythonCodeBlockParser(doctest_optionflags=ELLIPSIS), SkipParser()],
    patterns=["*.md"],  # of those that testpaths names
    setup=enter_scratch,
    teardown=leave_scratch,
).pytest()
