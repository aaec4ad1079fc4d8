"""Every example in a docstring of the installed package."""

import doctest
import importlib
import pkgutil

import pytest

import supple

MODULES = [
    "supple",
    *sorted(
        module.name
        for module in pkgutil.walk_packages(supple.__path__, "supple.")
        if not module.name.endswith(".__main__")
    ),
]


@pytest.mark.parametrize("name", MODULES)
def test_docstring_examples(name: str) -> None:
    """Docstring examples do what they show."""
    try:
        module = importlib.import_module(name)
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] in {"", "supple"}:
            raise
        pytest.skip(f"{name} needs {error.name}")
    failed, _ = doctest.testmod(module, optionflags=doctest.ELLIPSIS)
    assert failed == 0, "see the captured output"
