"""Load a catalog by its name or its path, or every one that is installed."""

from __future__ import annotations

import os
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from threading import Thread
from time import monotonic
from types import MappingProxyType
from typing import TYPE_CHECKING, TypeAlias, TypeVar

from supple._errors import CatalogError, ModelError, close_matches, suggestion
from supple._model import requirements as must
from supple.catalog._finding.archive import ARCHIVES, open_archive
from supple.catalog._finding.folder import Folder, readable
from supple.catalog._finding.installed import (
    find,
    find_all,
    folder_of,
    installed,
    too_slow,
)
from supple.catalog._reading.reading import read_catalog
from supple.catalog._refused import RefusedError, telling

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from concurrent.futures import Future

    from supple._errors import Problem
    from supple._plugins import Plugin
    from supple.catalog._catalog import Catalog
    from supple.catalog._finding.folder import Place

    Reader: TypeAlias = Callable[[Folder, str | None], "Result | list[Problem]"]
    # of the catalog in a folder, which must have the name, or any where that is None

Result = TypeVar("Result")


def load_catalog(name_or_path: str | os.PathLike[str], *, language: str | None = None) -> Catalog:
    """Load a catalog, and check everything in it.

    Text that can be a name, such as ``lower-back``, is looked up among the installed catalogs.
    Anything else is the path of a folder, or of a ``.zip`` file or a wheel with one inside; a
    path object always is a path. Each call reads the files anew.

    Without a language the catalog speaks its own, and has its translations beside it. One that
    is broken is left out: it matters only to those who ask for its language, and to
    :func:`~supple.catalog.check`.

    With a language the catalog speaks that one alone. It is looked for as in RFC 4647,
    section 3.4, text by text: for ``de-AT`` each text is that of the translation for ``de-AT``,
    or else of the one for ``de``, or else as the catalog has it. Translations for other
    languages are not even read.

    Args:
        name_or_path: The name of an installed catalog, or a path.
        language: The language to have its texts in, a tag of BCP 47 such as ``de`` or
            ``pt-BR``; the catalog's own where it is left out.

    Returns:
        The catalog. Its exercises are in the order of their file names, and each of its
        routines carries all of its advice, the mildest first, unless it has advice of its own.
        Its ``language``, and that of its exercises and routines, is that of the closest
        translation that there is, or the catalog's own if there is none.

    Raises:
        UnknownNameError: If no installed catalog has the name.
        CatalogError: If anything in the catalog is refused, or it cannot be found or read.
            It carries every problem.
        ModelError: If ``name_or_path`` is neither text nor a path, or ``language`` is no tag of
            a language.

    >>> back = load_catalog("lower-back")
    >>> back["bridge"].reps
    Range(8, 10)
    >>> load_catalog("lower-back", language="de-AT")["bridge"].name
    'Brücke'
    """
    language = must.optional(must.LANGUAGE).require("load_catalog.language", language)
    where = "load_catalog.name_or_path"
    return read_with(partial(read_catalog, language=language), where, name_or_path)


def load_errors() -> Mapping[str, CatalogError]:
    """Load every installed catalog, and return why those that fail cannot be loaded.

    This imports the package of each, and reads its files; a broken translation is no failure.
    A package that raises anything as it is imported is one; only a ``KeyboardInterrupt`` comes
    through. Catalogs that ``SUPPLE_DISABLE_PLUGINS`` switches off are left alone.

    Returns:
        The errors in the order of their keys; empty when all is well. A key is the name of the
        catalog, and the error the one that :func:`supple.load_catalog` raises for it. What has
        a name that no catalog can have is there under that name. Entry points that cannot be
        read tell no name: their key is ``entry points of`` and the distribution with its
        version.

    >>> dict(load_errors())
    {}
    """
    _, errors = load_installed()
    return MappingProxyType(errors)


def load_installed(
    *, language: str | None = None, patience: float | None = None
) -> tuple[list[Catalog], dict[str, CatalogError]]:
    """Load every installed catalog, each on its own, beside the errors of :func:`load_errors`.

    With patience, the catalogs of other distributions are each loaded in a thread, and one that
    takes more seconds than that in all is an error whose cause is a ``TimeoutError``. Without,
    one is loaded after the other, however long that takes.
    """
    language = must.optional(must.LANGUAGE).require("load_installed.language", language)
    entries, errors = find_all()
    read = partial(_read_installed, partial(read_catalog, language=language))
    awaited = {
        entry.name: _started(partial(read, entry))
        for entry in entries
        if not (patience is None or entry.is_own)
    }
    loaded: list[Catalog] = []
    end = monotonic() + (patience or 0)
    for entry in entries:
        try:
            if entry.name in awaited:
                loaded.append(awaited[entry.name].result(max(end - monotonic(), 0)))
            else:
                loaded.append(read(entry))
        except CatalogError as error:
            errors[entry.name] = error
        except TimeoutError as late:
            errors[entry.name] = too_slow(entry, patience or 0)
            errors[entry.name].__cause__ = late
    return loaded, dict(sorted(errors.items()))


def _started(call: Callable[[], Catalog]) -> Future[Catalog]:
    """Start a call in a thread that nobody has to wait for, not even the end of the program."""
    from concurrent.futures import Future

    future: Future[Catalog] = Future()

    def run() -> None:
        try:
            future.set_result(call())
        except BaseException as error:  # noqa: BLE001 - whoever asks for the result gets it
            future.set_exception(error)

    Thread(target=run, daemon=True).start()
    return future


def read_with(reader: Reader[Result], where: str, name_or_path: object) -> Result:
    """Return what a reader reads out of a catalog, whose name or path is called so.

    Raises:
        UnknownNameError: If no installed catalog has the name.
        CatalogError: If anything is refused, or the catalog cannot be found or read.
        ModelError: If ``name_or_path`` is neither text nor a path.
    """
    if isinstance(name_or_path, str) and must.NAME.accepts(name_or_path):
        return _read_installed(reader, find(name_or_path))
    if name_or_path == "" or not isinstance(name_or_path, str | os.PathLike):
        raise ModelError(where, "must be a name or a path", name_or_path)
    path = Path(os.fsdecode(name_or_path))
    with telling(str(path)), _opened(path) as root:
        return _whole(reader(Folder(root, is_trusted=False), None), str(path))


def _read_installed(reader: Reader[Result], entry: Plugin) -> Result:
    folder = Folder(folder_of(entry), is_trusted=True)
    return _whole(reader(folder, entry.name), entry.name, entry.distribution)


@contextmanager
def _opened(path: Path) -> Iterator[Place]:
    with readable():
        is_folder, is_file = path.is_dir(), path.is_file()
    if is_folder:
        yield path
    elif is_file and path.suffix.lower() in ARCHIVES:
        with open_archive(path) as root:
            yield root
    else:
        hint = suggestion(close_matches(str(path), installed()))
        requirement = f"must be the name of an installed catalog, a folder or a .zip file{hint}"
        raise RefusedError(requirement, code="no-catalog")


def _whole(found: Result | list[Problem], catalog: str, origin: str | None = None) -> Result:
    if isinstance(found, list):
        raise CatalogError(catalog, found, origin)
    return found
