"""``supple list``: the catalogs with their exercises and routines."""

from __future__ import annotations

from typing import TYPE_CHECKING

from supple.cli._command import CATALOG, JSON, LANGUAGE, Command

if TYPE_CHECKING:
    from argparse import Namespace

COMMAND = Command(
    "list the catalogs with their exercises and routines",
    "List the installed catalogs with their exercises and routines: what each is called, how "
    "much of it to do, and how long it takes.",
    (CATALOG, LANGUAGE, JSON),
)


def run(arguments: Namespace) -> int:
    """List the catalogs, say which ones cannot be read, and return the exit status."""
    from supple.cli._catalog_page import write_json, write_pages
    from supple.cli._lookup import catalogs, tell_language
    from supple.cli._streams import complain

    read, errors = catalogs(arguments.catalog, language=arguments.language)
    if arguments.json:
        write_json(read)
    else:
        write_pages(read)
    for catalog in read:
        tell_language(catalog, arguments.language)
    for error in errors.values():
        complain(str(error))
    if errors:
        complain("to leave catalogs out, name them in SUPPLE_DISABLE_PLUGINS")
    return 1 if errors else 0
