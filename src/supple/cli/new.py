"""``supple new``: the beginnings of a catalog of one's own, as a whole distribution."""

from __future__ import annotations

from typing import TYPE_CHECKING

from supple.cli._command import Command, UsageError, name, option

if TYPE_CHECKING:
    from argparse import Namespace

COMMAND = Command(
    "begin a catalog of your own",
    "Write a new catalog: a package with one exercise, one routine and a test, which can be "
    "installed as it stands, and edited from there.",
    (
        name("NAME", "the name of the catalog, such as neck-care"),
        option(
            "--in",
            "the folder to write into; the current one where it is left out",
            metavar="FOLDER",
            dest="folder",
            default=".",
        ),
    ),
)


def run(arguments: Namespace) -> int:
    """Write the catalog that the arguments name, say what to do next, and return the status."""
    from supple import ModelError
    from supple._errors import show
    from supple._printable import printable
    from supple.catalog import new_catalog
    from supple.cli._streams import complain

    try:
        made = new_catalog(arguments.name, arguments.folder)
    except ModelError as error:
        raise UsageError(f"NAME: {error.requirement} (got {show(error.got)})") from error
    except FileExistsError as error:
        complain(f"{error.filename}: {error.strerror}")
        return 1
    except OSError as error:
        complain(f"{arguments.folder}: a catalog cannot be written there: {error.strerror}")
        return 1
    folder = printable(str(made))
    print(f"{folder} is written. Next:")
    print(f'  cd "{folder}"' if " " in folder else f"  cd {folder}")
    print('  python -m pip install -e ".[test]"')
    print("  python -m pytest")
    return 0
