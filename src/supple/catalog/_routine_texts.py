"""Routines as text or plain data, for programs that keep them in a database or get them posted."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from attrs import NOTHING, field, frozen

from supple._errors import CatalogError, ModelError, close_matches, suggestion
from supple._model import Routine, requirements as must
from supple._model.routine import size_of
from supple._timeline.schedule import schedule
from supple.catalog._reading.documents import PARSERS, require_bounds
from supple.catalog._refused import RefusedError
from supple.catalog._routine_documents import RoutineReader, by_name, plain_routine
from supple.catalog._writing.render import RENDERERS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from supple.catalog._catalog import Catalog
    from supple.catalog._writing.plain import PlainTable

_LIMIT = must.Whole(1, must.MOST_TIMES)


@frozen(kw_only=True)
class Limits:
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
    duration_ms: int = field(validator=_LIMIT, default=4 * 60 * 60 * 1000)
    events: int = field(validator=_LIMIT, default=100_000)


def loads_routine(
    document: str | bytes | dict[str, Any],
    *,
    format: str = "json",  # noqa: A002 - what it is
    catalogs: Iterable[Catalog] | None = None,
    limits: Limits | None = None,
) -> Routine:
    """Read a routine from text, bytes or plain data, as strictly as from a file.

    What it is read from may be anybody's: whatever it is, it gives a routine within the limits
    or an error, in bounded time and memory, and no file is opened but those of installed
    catalogs, where they may be named.

    Args:
        document: The document, as in a file, or what a parser of JSON made of it.
        format: The format of text and bytes, ``json`` or ``toml``.
        catalogs: The catalogs whose exercises it may name, as they are; nothing else is looked
            up. Where it is left out, those that are installed, each in the language of the
            routine where it speaks it.
        limits: How much it may be; ``Limits()`` where it is left out.

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
    suffix = _suffix("loads_routine.format", format)
    known = None if catalogs is None else by_name("loads_routine.catalogs", catalogs)
    limits = Limits() if limits is None else limits
    must.InstanceOf(Limits).require("loads_routine.limits", limits)
    reader = RoutineReader("", known)
    try:
        routine = reader.routine(_data(document, suffix, limits))
        if routine is not NOTHING:
            _require_within(limits, routine)
    except RefusedError as refused:
        raise CatalogError("", [refused.problem("")], kind="routine") from refused.__cause__
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
        catalogs: The catalogs whose exercises are named rather than carried. Who reads the text
            needs the same ones.

    Raises:
        ModelError: If a value is refused, or two catalogs have one name.
        MissingExtraError: If it is TOML and the extra ``toml`` is not installed.
    """
    render = RENDERERS[_suffix("dumps_routine.format", format)]
    return render(_plain("dumps_routine", routine, catalogs)).decode()


def routine_as_dict(routine: Routine, *, catalogs: Iterable[Catalog] = ()) -> dict[str, Any]:
    """Return a routine as plain data, which :func:`loads_routine` reads back as an equal one.

    Args:
        routine: The routine.
        catalogs: The catalogs whose exercises are named rather than carried.

    Raises:
        ModelError: If a value is refused, or two catalogs have one name.

    >>> from supple import load_catalog
    >>> back = load_catalog("lower-back")
    >>> evening = Routine("evening", items=[back["bridge"].with_dose(reps=5)], advice=())
    >>> routine_as_dict(evening, catalogs=[back])["items"]
    [{'catalog': 'lower-back', 'exercise': 'bridge', 'reps': 5}]
    """
    return _plain("routine_as_dict", routine, catalogs)


def _plain(caller: str, routine: Routine, catalogs: Iterable[Catalog]) -> PlainTable:
    must.InstanceOf(Routine).require(f"{caller}.routine", routine)
    return plain_routine(routine, by_name(f"{caller}.catalogs", catalogs).values())


def _suffix(where: str, format: object) -> str:  # noqa: A002 - what it is
    names = [suffix.removeprefix(".") for suffix in PARSERS]
    if format not in names:
        hint = suggestion(close_matches(format, names))
        raise ModelError(where, f"must be one of {', '.join(names)}{hint}", format)
    return f".{format}"


def _data(document: str | bytes | dict[str, Any], suffix: str, limits: Limits) -> Any:
    """Return plain data within the limits."""
    if not isinstance(document, str | bytes):
        letters = require_bounds(document, most_values=limits.size, most_nested=limits.nesting)
        _require_size(letters, limits)
        return document
    _require_size(len(document), limits)
    if isinstance(document, str):
        document = document.encode(errors="surrogatepass")
        _require_size(len(document), limits)
    return PARSERS[suffix](document, most_values=limits.size, most_nested=limits.nesting)


def _require_size(size: int, limits: Limits) -> None:
    if size > limits.size:
        raise RefusedError(f"must be at most {limits.size} bytes long", code="too-large")


def _require_within(limits: Limits, routine: Routine) -> None:
    """Require that a routine is no more than the limits allow, the cheapest to tell first."""
    _require(limits, "written", size_of(routine.items), "must hold at most {} steps in all")
    try:
        timeline = schedule(routine, level=1.0)
    except ModelError as error:
        requirement = error.requirement
        raise RefusedError(requirement, path="items", got=error.got, code=error.code) from error
    _require(limits, "duration_ms", timeline.duration_ms, "must take at most {} ms")
    _require(limits, "events", timeline.count(), "must have at most {} events")


def _require(limits: Limits, name: str, got: int, requirement: str) -> None:
    most = getattr(limits, name)
    if got > most:
        requirement = requirement.format(most)
        raise RefusedError(requirement, path="items", got=got, code=f"limit-{name}")
