"""``supple schema``: the JSON Schema of a kind of document."""

import json

import pytest

from supple.catalog import schema
from supple.catalog._schema import NAMES, SchemaName
from supple.cli import main


@pytest.mark.parametrize("name", NAMES)
def test_it_prints_the_schema(name: SchemaName, capsys: pytest.CaptureFixture[str]) -> None:
    """What is printed is the schema that the package has, in ASCII."""
    assert main(["schema", name]) == 0
    out, err = capsys.readouterr()
    assert err == ""
    assert out.isascii()
    assert json.loads(out) == json.loads(json.dumps(schema(name)))


def test_no_such_schema(capsys: pytest.CaptureFixture[str]) -> None:
    """A name that there is not is wrong use."""
    assert main(["schema", "catalogue"]) == 2
    assert capsys.readouterr() == (
        "",
        "supple: no schema is named 'catalogue'; did you mean 'catalog'?\n",
    )
