"""The one place in which a name becomes a catalog, an exercise or a routine."""

from __future__ import annotations

from contextlib import contextmanager
from pathlib import Path
from threading import Timer
from typing import TYPE_CHECKING, NamedTuple

from supple import CatalogError, load_catalog
from supple._errors import close_matches, show, suggestion
from supple._model.routine import ROUTINE
from supple._printable import printable
from supple.catalog._finding.nearby import nearby
from supple.catalog._load import load_installed
from supple.cli._command import CATALOG, KIND, UsageError, shown
from supple.cli._routine_files import is_file, routine_in
from supple.cli._streams import complain

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Iterable, Iterator, Mapping

    from supple import Catalog, Exercise, Routine
    from supple.cli._command import Argument

PATIENCE = 2
"""The seconds after which a catalog that is still being loaded is told of."""


def catalogs(
    name: str | None, *, language: str | None
) -> tuple[list[Catalog], dict[str, CatalogError]]:
    """Return the catalog of a name or a path, or all that are installed, in a language.

    Of those installed the ones that cannot be read are returned as errors, and so are those of
    other distributions that try our patience. Whoever names one waits for it.
    """
    if name is not None:
        with waiting_for(f"catalog {printable(name)} takes"):
            return [load_catalog(nearby(name), language=language)], {}
    return load_installed(language=language, patience=PATIENCE)


@contextmanager
def waiting_for(what: str) -> Iterator[None]:
    """Tell after a while what is being waited for."""
    timer = Timer(PATIENCE, complain, [f"{what} longer than {PATIENCE} seconds to load"])
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()


def tell_language(read: Catalog | Routine, wanted: str | None) -> None:
    """Say once that what is read has nothing in the language that is wanted, and what it has."""
    used = read.language
    if (
        wanted is not None
        and len({tag.partition("-")[0].casefold() for tag in (wanted, used)}) > 1
    ):
        complain(f"{read.name} has no texts in {wanted}; they are in {used} instead")


class Found(NamedTuple):
    """What the arguments name, in their language."""

    catalog: Catalog
    thing: Exercise | Routine
    level: float
    """How much to do: as the arguments say, or else the programme that it is from."""

    @property
    def routine(self) -> Routine:
        """The routine, or one of the exercise."""
        return ROUTINE.require("routine", self.thing)


def find(arguments: Namespace) -> Found:
    """Return the exercise or the routine that the arguments name."""
    asked = getattr(arguments, "level", None)
    if is_file(arguments.name):
        catalog, routine, level = _in_file(arguments)
        return Found(catalog, routine, level if asked is None else asked)
    if Path(arguments.name).is_file():
        raise UsageError(
            f"{shown(arguments.name)} is no file of a routine: such a file ends in .toml or .json"
        )
    prefix, _, id_ = arguments.name.rpartition("/")
    if prefix and arguments.catalog is not None:
        raise UsageError(
            f"--catalog: must be left out where the name says it (got {show(arguments.name)})"
        )
    read, unreadable = catalogs(prefix or arguments.catalog, language=arguments.language)
    kinds = [arguments.kind] if arguments.kind else ["routine", "exercise"]
    shelves = _shelves(read, kinds)
    things = {place: (catalog, shelf[id_]) for place, catalog, shelf in shelves if id_ in shelf}
    for error in unreadable.values():
        if isinstance(error.__cause__, TimeoutError):
            complain(str(error))
    if len(things) == 1:
        [found] = things.values()
        tell_language(found[0], arguments.language)
        return Found(*found, asked or 0)
    if things:
        raise UsageError(_choice(id_, things))
    what = " or ".join(kinds)
    if not prefix and arguments.catalog is None and _is_here(id_, kinds):
        raise UsageError(
            f"no {what} of an installed catalog is named {show(id_)}; the catalog in this folder "
            "has one: add --catalog ."
        )
    known = [(id, thing.name) for *_, shelf in shelves for id, thing in shelf.items()]
    named = [id for id, name in known if name.casefold() == id_.casefold()]
    where = ""
    if unreadable:
        where = f" in the catalogs but {', '.join(unreadable)}, which cannot be read"
    hint = suggestion(named or close_matches(id_, sorted({id for id, _ in known})))
    raise UsageError(f"no {what} is named {show(id_)}{where}{hint} (see 'supple list')")


def _shelves(
    read: Iterable[Catalog], kinds: Iterable[str]
) -> list[tuple[tuple[str, str], Catalog, Mapping[str, Exercise | Routine]]]:
    """Return what each catalog has of each kind, behind the names of both."""
    return [
        ((each.name, kind), each, each.routines if kind == "routine" else each.exercises)
        for each in read
        for kind in kinds
    ]


def _is_here(id: str, kinds: Iterable[str]) -> bool:
    """Tell whether the catalog that the current folder holds, if it is one, has such a thing."""
    try:
        folder = nearby(".")
        here = [] if folder == "." else [load_catalog(folder)]
    except CatalogError:
        return False
    return any(id in shelf for *_, shelf in _shelves(here, kinds))


def _in_file(arguments: Namespace) -> tuple[Catalog, Routine, float]:
    """Return a catalog and the routine of a file, that of today where it is a programme's."""
    from supple import Catalog

    require_left_out(arguments, "a file", (CATALOG, KIND))
    routine, level = routine_in(arguments.name)
    catalog = Catalog(
        routine.id,
        title=routine.name,
        version="1",
        language=routine.language,
        exercises=routine.exercises.values(),
        routines=[routine],
        advice=routine.advice,
    )
    tell_language(catalog, arguments.language)
    return catalog, routine, level


def require_left_out(arguments: Namespace, what: str, options: Iterable[Argument]) -> None:
    """Require that no option is given that means nothing beside what is named."""
    for (*_, flag), settings in options:
        if getattr(arguments, settings.get("dest", flag[2:].replace("-", "_"))):
            requirement = f"must be left out where {what} is named"
            raise UsageError(f"{flag}: {requirement} (got {show(arguments.name)})")


def nameable(routine: Routine) -> list[Catalog]:
    """Return the catalogs that the file of a routine may name: those that its reader finds."""
    return catalogs(None, language=routine.language)[0]


def _choice(id_: str, things: Iterable[tuple[str, str]]) -> str:
    """Say how to choose among things of one id, each given by its catalog and its kind."""
    names = dict.fromkeys(catalog for catalog, _ in things)
    if len(names) > 1:
        choices = " or ".join(f"{name}/{id_}" for name in names)
        return f"{len(names)} catalogs have {show(id_)}: choose {choices}"
    [name] = names
    return (
        f"{name} has a routine and an exercise that are named {show(id_)}: "
        "choose --kind routine or --kind exercise"
    )
