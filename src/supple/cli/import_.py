"""``supple import``: the records of free-exercise-db as a catalog."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from supple.cli._command import JSON, Command, UsageError, name, option

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Iterator

    from supple.catalog.free_exercise_db import Imported

COMMAND = Command(
    "make a catalog of the records of free-exercise-db",
    "Read records in the form of free-exercise-db, write them as a catalog, and say what was "
    "filled in, left out and refused.",
    (
        name("FILE", "the file with the records, in JSON"),
        option(
            "--name",
            "the name of the new catalog; free-exercise-db where it is left out",
            dest="catalog_name",
            default="free-exercise-db",
        ),
        option(
            "--to",
            "the folder to write, which must not be there yet",
            metavar="FOLDER",
            dest="folder",
            required=True,
        ),
        JSON,
    ),
)


def run(arguments: Namespace) -> int:
    """Write the catalog, give an account of the import, and return the exit status."""
    import json
    from pathlib import Path

    from supple import ModelError
    from supple._errors import show
    from supple._printable import printable
    from supple.catalog import free_exercise_db, write_catalog
    from supple.cli._streams import complain

    try:
        with Path(arguments.name).open("rb") as file:
            content = file.read(free_exercise_db.LARGEST + 1)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        raise UsageError(f"{arguments.name}: must be a file that can be read: {reason}") from error
    try:
        imported = free_exercise_db.read(content, name=arguments.catalog_name)
    except ModelError as error:
        raise UsageError(f"--name: {error.requirement} (got {show(error.got)})") from error
    try:
        write_catalog(imported.catalog, arguments.folder)
    except OSError as error:
        complain(f"{arguments.folder}: cannot be written: {error.strerror or error}")
        return 1
    if arguments.json:
        for record in _account(imported):
            print(json.dumps(record, allow_nan=False))
    else:
        print(imported)
        print(f"written to {printable(arguments.folder)}")
    return 0


def _account(imported: Imported) -> Iterator[dict[str, Any]]:
    """Yield everything that the import filled in, refused and left out, as plain data."""
    from supple._errors import show
    from supple.catalog.free_exercise_db import DEFAULTS

    for field, value in DEFAULTS.items():
        yield {"what": "filled", "field": field, "value": value}
    for each in imported.refused:
        place = {"record": each.file, "path": each.path}
        yield {"what": "refused", **place, "why": each.requirement, "got": show(each.got)}
    for field, records in imported.left_out.items():
        yield {"what": "left-out", "field": field, "records": records}
