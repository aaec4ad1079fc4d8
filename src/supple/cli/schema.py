"""``supple schema``: the JSON Schema of a kind of document, for editors and validators."""

from __future__ import annotations

from typing import TYPE_CHECKING

from supple.cli._command import name

if TYPE_CHECKING:
    from argparse import Namespace

ABOUT = (
    "Print the JSON Schema of a kind of document, for an editor that completes keys and marks "
    "faults, or for any validator."
)
ARGUMENTS = (name("KIND", "catalog, exercise, pose, routine or event"),)


def run(arguments: Namespace) -> int:
    """Write the schema that the arguments name, and return the exit status."""
    import json

    from supple.catalog import schema

    print(json.dumps(schema(arguments.name), indent=2))
    return 0
