"""``supple schema``: the JSON Schema of a kind of document, for editors and validators."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from supple.catalog import schema

if TYPE_CHECKING:
    from argparse import Namespace


def run(arguments: Namespace) -> int:
    """Write the schema that the arguments name, and return the exit status."""
    print(json.dumps(schema(arguments.name), indent=2))
    return 0
