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
_NAME = "free-exercise-db"
ARGUMENTS = (
    name("FILE", "the spreadsheet, .csv or .xlsx, or the .json file with the records"),
    option(
        "--name",
        f"of records: the name of the new catalog; {_NAME} where it is left out",
        dest="catalog_name",
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
    import json

    from supple import load_catalog
    from supple._files import replace_file
    from supple._printable import printable
    from supple.catalog import spreadsheet
    from supple.catalog._finding.folder import EXERCISES, is_catalog
    from supple.catalog._finding.nearby import nearby
    from supple.catalog._rules.plain_words import counted
    from supple.catalog._writing.plain import Plainer
    from supple.catalog._writing.render import RENDERERS

    if arguments.catalog_name is not None:
        raise UsageError("--name: must be left out for a spreadsheet, whose catalog has a name")
    folder = Path(nearby(arguments.folder or "."))
    if not is_catalog(folder):
        raise UsageError(
            "--to: must be a catalog, such as 'supple new' begins, or its project "
            f"(got {shown(str(folder))})"
        )
    catalog = load_catalog(folder)
    content = _content(arguments.name, spreadsheet.LARGEST)
    found = spreadsheet.read(arguments.name, content, language=catalog.language)
    files = _files_of(folder)
    _require_place(arguments, folder, files, [each.id for each in found])
    plainer = Plainer()
    places = {each.id: files.get(each.id, Path(EXERCISES, f"{each.id}.toml")) for each in found}
    texts = {each.id: RENDERERS[places[each.id].suffix](plainer.table(each)) for each in found}
    with writing(f"{folder}:"):
        for id, text in texts.items():
            replace_file(folder / places[id], text)
    if arguments.json:
        for id, file in places.items():
            place = {"exercise": id, "file": file.as_posix(), "is_new": id not in files}
            print(json.dumps({"what": "written", **place}))
        return 0
    written = printable(str(folder / EXERCISES))
    print(f"{counted(len(found), 'exercise')} written to {written}")
    new = [each.id for each in found if each.id not in files]
    if new:
        print("To have them in a routine, write into its items in catalog.toml:")
        for id in new:
            print(f'    {{ exercise = "{id}" }},')
    print("Then: supple check")
    return 0


def _files_of(folder: Path) -> dict[str, Path]:
    """Return the file of each exercise of a catalog, which need not be named by its id."""
    from supple.catalog._finding.folder import Folder
    from supple.catalog._reading.reading import survey

    seen = survey(Folder(folder, is_trusted=False), name=None)
    return {each.id: Path(file) for file, each in seen.exercises.items()}


def _require_place(
    arguments: Namespace, folder: Path, files: dict[str, Path], ids: list[str]
) -> None:
    """Require that nothing is lost that somebody wants to keep."""
    known = [id for id in ids if id in files]
    if known and not arguments.replace:
        raise FailedError(
            f"{folder}: has {', '.join(known)} already; --replace writes them anew, and what "
            "was changed in their files is lost"
        )
    taken = {file.stem: f"{file} has the exercise {id}" for id, file in files.items()}
    if clashes := [taken[id] for id in ids if id not in files and id in taken]:
        raise FailedError(f"{folder}: {', '.join(clashes)}: name each file by its exercise")


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
        imported = free_exercise_db.read(content, name=arguments.catalog_name or _NAME)
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
