"""``supple import``: exercises from a spreadsheet, or records of free-exercise-db."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from supple.cli._command import JSON, FailedError, UsageError, name, option, shown, switch
from supple.cli._streams import writing

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Iterator

    from supple.catalog.free_exercise_db import Imported

ABOUT = (
    "Read a spreadsheet with one row an exercise, as 'supple new --spreadsheet' begins one, and "
    "write each as a file of a catalog. Of a .json file, read records in the form of "
    "free-exercise-db, write them as a catalog of their own, and say what was filled in, left "
    "out and refused."
)
ARGUMENTS = (
    name("FILE", "the spreadsheet, .csv or .xlsx, or the .json file with the records"),
    option(
        "--name",
        "of records: the name of the new catalog",
        dest="catalog_name",
        usual="free-exercise-db",
    ),
    option(
        "--to",
        "the catalog to write into, or its project; the one here where it is left out. Of "
        "records: the folder to write, which must not be there yet",
        metavar="FOLDER",
        dest="folder",
    ),
    switch("--replace", "write exercises anew that the catalog has already"),
    JSON,
)


def run(arguments: Namespace) -> int:
    """Write what is imported, give an account of it, and return the exit status."""
    if arguments.name.lower().endswith((".csv", ".tsv", ".xlsx")):
        return _import_spreadsheet(arguments)
    if arguments.folder is None and not arguments.name.lower().endswith(".json"):
        raise UsageError(
            f"FILE: must be a spreadsheet, .csv or .xlsx, or a .json file with records "
            f"(got {shown(arguments.name)})"
        )
    return _import_records(arguments)


def _import_spreadsheet(arguments: Namespace) -> int:
    """Write each row as a file of a catalog; nothing where any cell is wrong."""
    from supple import load_catalog
    from supple._files import replace_file
    from supple._printable import printable
    from supple.catalog import spreadsheet
    from supple.catalog._finding.folder import EXERCISES, is_catalog
    from supple.catalog._finding.nearby import nearby
    from supple.catalog._rules.plain_words import counted
    from supple.catalog._writing.plain import Plainer
    from supple.catalog._writing.render import render_toml

    folder = Path(nearby(arguments.folder or "."))
    if not is_catalog(folder):
        raise UsageError(
            "--to: must be a catalog, such as 'supple new' begins, or its project "
            f"(got {shown(str(folder))})"
        )
    catalog = load_catalog(folder)
    content = _content(arguments.name, spreadsheet.LARGEST)
    found = spreadsheet.read(arguments.name, content, language=catalog.language)
    known = [each.id for each in found if each.id in catalog]
    if known and not arguments.replace:
        raise FailedError(
            f"{folder}: has {', '.join(known)} already; --replace writes them anew, and what "
            "was changed in their files is lost"
        )
    plainer = Plainer()
    texts = {each.id: render_toml(plainer.table(each)) for each in found}
    try:
        for id, text in texts.items():
            replace_file(folder / EXERCISES / f"{id}.toml", text)
    except OSError as error:
        place = error.filename or folder
        raise FailedError(f"{place}: cannot be written: {error.strerror or error}") from error
    written = printable(str(folder / EXERCISES))
    print(f"{counted(len(found), 'exercise')} written to {written}")
    new = [each.id for each in found if each.id not in known]
    if new:
        print("To have them in a routine, write into its items in catalog.toml:")
        for id in new:
            print(f'    {{ exercise = "{id}" }},')
    print("Then: supple check")
    return 0


def _content(file: str, most: int) -> bytes:
    try:
        with Path(file).open("rb") as opened:
            return opened.read(most + 1)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        raise UsageError(f"{file}: must be a file that can be read: {reason}") from error


def _import_records(arguments: Namespace) -> int:
    """Write records as a catalog of their own."""
    import json

    from supple import ModelError
    from supple._errors import show
    from supple._printable import printable
    from supple.catalog import free_exercise_db, write_catalog

    if arguments.folder is None:
        raise UsageError("--to: must be given for records (see 'supple import --help')")
    content = _content(arguments.name, free_exercise_db.LARGEST)
    try:
        imported = free_exercise_db.read(content, name=arguments.catalog_name)
    except ModelError as error:
        raise UsageError(f"--name: {error.requirement} (got {show(error.got)})") from error
    with writing(f"{arguments.folder}:"):
        write_catalog(imported.catalog, arguments.folder)
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
