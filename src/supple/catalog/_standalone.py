"""What stands by itself: a routine in a file, as text or as plain data, and a pose in a file."""

from __future__ import annotations

import os
from functools import partial
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, cast

from attrs import NOTHING, field, frozen

from supple._errors import CatalogError, ModelError
from supple._files import replace_file
from supple._model import Routine, requirements as must
from supple._model.pose import Pose
from supple._model.routine import size_of
from supple._timeline.schedule import schedule
from supple._units import MS_PER_HOUR
from supple.catalog._finding.folder import LARGEST_DOCUMENT, SUFFIXES
from supple.catalog._format import TABLES
from supple.catalog._reading.documents import parse, read_data, require_bounds, suffix_of
from supple.catalog._reading.tables import TableReader
from supple.catalog._refused import RefusedError, require_size, telling
from supple.catalog._routine_documents import RoutineReader, by_name, plain_routine
from supple.catalog._writing.render import RENDERERS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from supple.catalog._catalog import Catalog

# --- files -----------------------------------------------------------------------------


def write_routine(
    routine: Routine, path: str | os.PathLike[str], *, catalogs: Iterable[Catalog] = ()
) -> None:
    """Write a routine into a file of its own, in TOML or JSON.

    An exercise that a given catalog has in the same words, in the language of the routine, is
    named by catalog and id; any other is carried inside, with the poses, the phrases and the
    advice that it has from its catalog. Reading the file gives an equal routine. The same routine
    gives the same bytes. The file is replaced whole or not at all, and keeps its mode. Pictures
    are not copied: an exercise that is carried keeps their paths.

    Args:
        routine: The routine.
        path: The file to write; its ending, ``.toml`` or ``.json``, says in which format.
        catalogs: The catalogs whose exercises are named rather than carried. Reading the file
            needs the same ones.

    Raises:
        ModelError: If a value is refused, two catalogs have one name, two exercises that are
            carried have different poses of one id, or the routine is too large for a file.
        OSError: If it cannot be written. What was there still is, and nothing is left behind.

    >>> import tempfile
    >>> from supple import load_catalog
    >>> back = load_catalog("lower-back")
    >>> evening = Routine("evening", items=[back["bridge"].with_dose(reps=5)])
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     write_routine(evening, f"{folder}/evening.json", catalogs=[back])
    ...     read_routine(f"{folder}/evening.json") == evening
    True
    """
    write_document("write_routine", routine, path, catalogs)


def write_document(
    caller: str,
    routine: Routine,
    path: str | os.PathLike[str],
    catalogs: Iterable[Catalog],
    also: Mapping[str, Any] = MappingProxyType({}),
) -> None:
    """Write a routine for a function of that name, and what else its file says."""
    file = _path(f"{caller}.path", path)
    content = RENDERERS[file.suffix]({**_plain(caller, routine, catalogs), **also})
    try:
        require_size(len(content), LARGEST_DOCUMENT)
        parse(content, file.suffix)
    except RefusedError as refused:
        requirement = f"must fit into a file, which {refused.requirement}"
        raise ModelError(f"{caller}.routine", requirement, routine.id) from refused
    replace_file(file, content)


def read_routine(
    path: str | os.PathLike[str], *, catalogs: Iterable[Catalog] | None = None
) -> Routine:
    """Read a routine from a file of its own, and check everything in it.

    Args:
        path: The file, a ``.toml`` or a ``.json`` file.
        catalogs: The catalogs whose exercises it may name, as they are; nothing else is looked
            up. Where it is left out, those that are installed, each in the language of the
            routine where it speaks it.

    Raises:
        CatalogError: If anything in the file is refused, or it cannot be read. It carries every
            problem; one with an unknown name has the close matches.
        ModelError: If ``path`` is no such path, or two catalogs have one name.
    """
    reader = RoutineReader("read_routine", catalogs)
    return cast("Routine", read_document("read_routine.path", path, reader, reader.routine))


def read_document(
    where: str,
    path: str | os.PathLike[str],
    reader: TableReader,
    read: Callable[[Any], Any],
    kind: str = "routine file",
) -> Any:
    """Return what is read out of the data of a file, or raise all that its reader refuses."""
    file = _path(where, path)
    reader.file = file.name
    made = read(read_data(file, kind))
    if reader.problems:
        raise CatalogError(str(file), reader.problems, kind=kind)
    return made


def read_pose(path: str | os.PathLike[str]) -> Pose:
    """Read a pose from its file, and check everything in it.

    Args:
        path: The file, a ``.toml`` or a ``.json`` file.

    Raises:
        CatalogError: If anything in the file is refused, or it cannot be read. It carries every
            problem.
        ModelError: If ``path`` is no such path.
    """
    reader = TableReader()
    read = partial(reader.table, TABLES[Pose])
    return cast("Pose", read_document("read_pose.path", path, reader, read, "pose file"))


def _path(where: str, path: object) -> Path:
    if not isinstance(path, str | os.PathLike) or Path(os.fsdecode(path)).suffix not in SUFFIXES:
        raise ModelError(where, f"must be a path that ends in {' or '.join(SUFFIXES)}", path)
    return Path(os.fsdecode(path))


# --- text and plain data ---------------------------------------------------------------

_LIMIT = must.Whole(1, must.LARGEST)


@frozen(kw_only=True)
class RoutineLimits:
    """How much a routine from anybody may be, so that it costs no more than that.

    Args:
        size: Bytes of the document; of plain data, the letters and values in it.
        nesting: Levels of lists and tables inside each other.
        written: Steps, holds, marks and rests as they are written, however often they repeat.
        duration_ms: How long it may take at the full dose and the usual pacing.
        events: How many events it may have, at these.

    Raises:
        ModelError: If one is no whole number from 1 on.
    """

    size: int = field(validator=_LIMIT, default=256 * 1024)
    nesting: int = field(validator=_LIMIT, default=32)
    written: int = field(validator=_LIMIT, default=5_000)
    duration_ms: int = field(validator=_LIMIT, default=4 * MS_PER_HOUR)
    events: int = field(validator=_LIMIT, default=100_000)


def loads_routine(
    document: str | bytes | dict[str, Any],
    *,
    format: str = "json",  # noqa: A002 - what it is
    catalogs: Iterable[Catalog] | None = None,
    limits: RoutineLimits | None = None,
) -> Routine:
    """Read a routine from text, bytes or plain data, as strictly as from a file.

    What it is read from may be anybody's: whatever it is, it gives a routine within the limits
    or an error, in bounded time and memory, and no file is opened but those of installed
    catalogs, where they may be named.

    Args:
        document: The document, as in a file, or what a parser of JSON made of it.
        format: The format of text and bytes, ``json`` or ``toml``.
        catalogs: The catalogs whose exercises it may name, as for :func:`read_routine`.
        limits: How much it may be; ``RoutineLimits()`` where it is left out.

    Raises:
        CatalogError: If anything in the document is refused, or it is more than the limits
            allow. It carries every problem with its place in the document, and
            :meth:`~supple.SuppleError.as_dict` is what a service answers.
        ModelError: If another argument is refused.

    >>> from supple import load_catalog
    >>> back = load_catalog("lower-back")
    >>> text = '''{"format": 1, "id": "evening", "items": [
    ...     {"catalog": "lower-back", "exercise": "brigde", "reps": 5}]}'''
    >>> try:
    ...     loads_routine(text, catalogs=[back])
    ... except CatalogError as error:
    ...     print(error.problems[0])  # doctest: +NORMALIZE_WHITESPACE
    items[0].exercise: must be the id of an exercise of lower-back; did you mean 'bridge'?
    (got 'brigde')
    >>> loads_routine(text.replace("brigde", "bridge"), catalogs=[back]).exercises["bridge"].name
    'Bridge'
    """
    must.InstanceOf(str, bytes, dict).require("loads_routine.document", document)
    suffix = suffix_of("loads_routine.format", format)
    limits = RoutineLimits() if limits is None else limits
    must.InstanceOf(RoutineLimits).require("loads_routine.limits", limits)
    reader = RoutineReader("loads_routine", catalogs)
    with telling("", kind="routine"):
        routine = reader.routine(_data(document, suffix, limits))
        if routine is not NOTHING:
            _require_within(limits, routine)
    if routine is NOTHING:
        raise CatalogError("", reader.problems, kind="routine")
    return routine  # type: ignore[no-any-return]


def dumps_routine(
    routine: Routine,
    *,
    format: str = "json",  # noqa: A002 - what it is
    catalogs: Iterable[Catalog] = (),
) -> str:
    """Return a routine as text, which :func:`loads_routine` reads back as an equal one.

    Args:
        routine: The routine.
        format: The format, ``json`` or ``toml``.
        catalogs: The catalogs whose exercises are named rather than carried. Reading the text
            needs the same ones.

    Raises:
        ModelError: If a value is refused, two catalogs have one name, or two exercises that are
            carried have different poses of one id.
    """
    render = RENDERERS[suffix_of("dumps_routine.format", format)]
    return render(_plain("dumps_routine", routine, catalogs)).decode()


def routine_as_dict(routine: Routine, *, catalogs: Iterable[Catalog] = ()) -> dict[str, Any]:
    """Return a routine as plain data, which :func:`loads_routine` reads back as an equal one.

    Args:
        routine: The routine.
        catalogs: The catalogs whose exercises are named rather than carried.

    Raises:
        ModelError: If a value is refused, two catalogs have one name, or two exercises that are
            carried have different poses of one id.

    >>> from supple import load_catalog
    >>> back = load_catalog("lower-back")
    >>> evening = Routine("evening", items=[back["bridge"].with_dose(reps=5)], advice=())
    >>> routine_as_dict(evening, catalogs=[back])["items"]
    [{'catalog': 'lower-back', 'exercise': 'bridge', 'reps': 5}]
    """
    return _plain("routine_as_dict", routine, catalogs)


def _plain(caller: str, routine: Routine, catalogs: Iterable[Catalog]) -> dict[str, Any]:
    must.InstanceOf(Routine).require(f"{caller}.routine", routine)
    return plain_routine(routine, by_name(f"{caller}.catalogs", catalogs).values())


def _data(document: str | bytes | dict[str, Any], suffix: str, limits: RoutineLimits) -> Any:
    """Return plain data within the limits."""
    bounds = {"most_values": limits.size, "most_nested": limits.nesting}
    if isinstance(document, dict):
        require_size(require_bounds(document, **bounds), limits.size)
        return document
    require_size(len(document), limits.size)
    if isinstance(document, str):
        document = document.encode(errors="surrogatepass")
        require_size(len(document), limits.size)
    return parse(document, suffix, **bounds)


def _require_within(limits: RoutineLimits, routine: Routine) -> None:
    """Require that a routine is no more than the limits allow, the cheapest to tell first."""
    _require(limits, "written", size_of(routine.items), "must hold at most {} steps in all")
    try:
        timeline = schedule(routine, level=1.0)
    except ModelError as error:
        requirement = error.requirement
        raise RefusedError(requirement, path="items", got=error.got, code=error.code) from error
    _require(limits, "duration_ms", timeline.duration_ms, "must take at most {} ms")
    _require(limits, "events", timeline.count(), "must have at most {} events")


def _require(limits: RoutineLimits, name: str, got: int, requirement: str) -> None:
    most = getattr(limits, name)
    if got > most:
        requirement = requirement.format(most)
        raise RefusedError(requirement, path="items", got=got, code=f"limit-{name}")
