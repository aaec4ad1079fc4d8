"""The formats that there are: the modules beside this one, and those of other packages."""

import inspect
import os
import pkgutil
import re
from collections.abc import Callable, Iterable, Iterator
from importlib import import_module
from pathlib import PurePath
from typing import TYPE_CHECKING, Any

from attrs import evolve, field, frozen

from supple._errors import ExportError, SuppleError, UnknownNameError, show
from supple._files import replaced
from supple._plugins import Plugin, PluginError, find_plugins
from supple._timeline.timeline import Timeline

if TYPE_CHECKING:
    from supple.planning import Programme

GROUP = "supple.exporters"

MOST_EVENTS = 10_000_000
"""How many events a file holds that grows with them: some 2 GB of event lines."""

_NAMES = ("SUFFIX", "MEDIA_TYPE", "write", "lost")


@frozen(kw_only=True)
class Format:
    """A format that timelines can be written in.

    Attributes:
        name: What it is called, such as ``html``.
        suffix: How the names of its files end, such as ``.html``.
        media_type: What it is called elsewhere, such as ``text/html``.
        about: One line on what it is for.
        distribution: The package that brings it, with its version; ``None`` for those that come
            with supple.
        write: ``write(timeline, stream)`` writes a timeline to a binary stream.
        lost: ``lost(timeline)`` says what of a timeline the format cannot carry, each in words.
        takes: What ``write`` takes besides, by name, such as ``programme``, whose sessions are
            written instead; ``translations``, the same routine in other languages, each laid out
            in time; ``progress``, which is told how much is done.
        grows: Whether a file is as long as its timeline has events, as the module says with
            ``GROWS = True``; ``write`` goes on for ever then, and a file has a limit.
    """

    name: str
    suffix: str
    media_type: str
    about: str
    distribution: str | None
    write: Callable[..., None] = field(repr=False)
    lost: Callable[[Timeline], tuple[str, ...]] = field(repr=False)
    takes: frozenset[str]
    grows: bool


def formats() -> dict[str, Format]:
    """Return the formats that can be written, by name, in order.

    A package whose format cannot be loaded costs no other one; :func:`load_errors` says why.
    """
    return {name: found for name, found in _everything().items() if isinstance(found, Format)}


def load_errors() -> dict[str, ExportError]:
    """Return what is wrong with the formats of other packages that cannot be loaded, by name."""
    return {name: found for name, found in _everything().items() if isinstance(found, ExportError)}


def find_format(name: str) -> Format:
    """Return a format, or raise why there is none of that name."""
    found = _own(name) if name in _own_names() else _everything().get(name)
    if found is None:
        raise UnknownNameError("format", name, formats())
    if isinstance(found, ExportError):
        raise found
    return found


def format_for(path: str | os.PathLike[str]) -> Format:
    """Return the format that the ending of a file name stands for, if it is one alone."""
    name = PurePath(path).name.lower()
    known = formats().values()
    fitting = [each for each in known if name.endswith(each.suffix) and name != each.suffix]
    longest = max((len(each.suffix) for each in fitting), default=0)
    chosen = [each for each in fitting if len(each.suffix) == longest]
    if len(chosen) == 1:
        return chosen[0]
    if chosen:
        names = " or ".join(repr(each.name) for each in chosen)
        raise ExportError("path", f"must come with a format that it is in: {names}", str(path))
    endings = ", ".join(sorted({each.suffix for each in known}))
    raise ExportError("path", f"must end in one of {endings}", str(path))


def write_file(  # noqa: PLR0913 - what formats take, each by its name
    timeline: Timeline,
    path: str | os.PathLike[str],
    *,
    to: str | None = None,
    programme: "Programme | None" = None,
    translations: Iterable[Timeline] = (),
    progress: Callable[[float], None] | None = None,
) -> tuple[str, ...]:
    """Write a timeline to a file, in the format that its ending stands for.

    The file is the old one or the new one, never a part. A pipe, a device and ``/dev/stdout``
    are written to as it comes, also where an error ends it; a named pipe waits for its reader.

    Args:
        timeline: What to write.
        path: Where.
        to: The name of the format, where the ending does not say it.
        programme: The programme whose sessions are written instead; only for formats that take
            one.
        translations: The same routine in other languages, each laid out in time; only for
            formats that take them.
        progress: Is told now and then how much is done, from 0 to 1; by formats that take long.

    Returns:
        What of the timeline the format cannot carry, each in words.

    Raises:
        UnknownNameError: If there is no format of that name.
        ExportError: If the ending stands for no format, the format does not take what is given
            or cannot carry the timeline, or that of another package fails.
        MissingExtraError: If the format needs a package that is not installed.
        OSError: If the file cannot be written. No file has changed then.
    """
    chosen = format_for(path) if to is None else find_format(to)
    besides = {"programme": programme, "translations": tuple(translations), "progress": progress}
    for name, given in besides.items():
        if given and name not in {*chosen.takes, "progress"}:
            raise ExportError(name, f"must be left out, for {chosen.name} takes none", given)
    if chosen.grows and timeline.count() > MOST_EVENTS:
        requirement = f"must have at most {MOST_EVENTS:,} events"
        raise ExportError(chosen.name, requirement, timeline.count())
    taken = {name: given for name, given in besides.items() if name in chosen.takes}
    with replaced(path) as stream:
        chosen.write(timeline, stream, **taken)
    return chosen.lost(timeline)


def _everything() -> dict[str, Format | ExportError]:
    found: dict[str, Format | ExportError] = {name: _own(name) for name in _own_names()}
    plugins = find_plugins(GROUP)
    for name, offers in plugins.found.items():
        by = " and ".join(each.distribution for each in offers)
        if name in found:
            requirement = "must not have the name of one that comes with supple"
            found[f"{name} of {by}"] = ExportError(f"format {name!r} of {by}", requirement, name)
        elif len(offers) > 1:
            requirement = f"must come from one package only, not {by}"
            found[name] = ExportError(f"format {name!r}", requirement, name)
        else:
            found[name] = _offered(name, offers[0])
    for by, problems in {**plugins.broken, **plugins.unknown}.items():
        found[by] = ExportError(by, problems[0].requirement, problems[0].got)
    return dict(sorted(found.items()))


def _own_names() -> Iterator[str]:
    for module in pkgutil.iter_modules(import_module("supple.export").__path__):
        if not module.name.startswith("_"):
            yield module.name.replace("_", "-")


def _own(name: str) -> Format:
    return _format(name, import_module(f"supple.export.{name.replace('-', '_')}"), None)


def _offered(name: str, plugin: Plugin) -> Format | ExportError:
    where = f"format {name!r} of {plugin.distribution}"
    try:
        found = _format(name, plugin.load(), plugin.distribution)
    except PluginError as error:
        return ExportError(where, str(error), plugin.value)
    except ExportError as error:
        return ExportError(where, error.requirement, plugin.value)
    except (Exception, SystemExit) as error:  # noqa: BLE001 - to look at it may do anything
        requirement = f"must be a format, but to look at it raised {show(error)}"
        return ExportError(where, requirement, plugin.value)

    def contained(call: Callable[..., Any]) -> Callable[..., Any]:
        def named(*args: Any, **besides: Any) -> Any:
            try:
                return call(*args, **besides)
            except (SuppleError, OSError):
                raise
            except (Exception, SystemExit) as error:
                requirement = f"must write or refuse it, but it raised {show(error)}"
                raise ExportError(where, requirement, plugin.value) from error

        return named

    return evolve(
        found,
        write=contained(found.write),
        lost=contained(lambda timeline: tuple(map(str, found.lost(timeline)))),
    )


def _format(name: str, offered: Any, distribution: str | None) -> Format:
    missing = [each for each in _NAMES if not hasattr(offered, each)]
    if missing:
        raise ExportError(name, f"must have the names {', '.join(_NAMES)}", missing)
    suffix, media_type = offered.SUFFIX, offered.MEDIA_TYPE
    if not isinstance(suffix, str) or not re.fullmatch(r"(\.[a-z0-9_-]+)+", suffix):
        raise ExportError(name, "must have a SUFFIX such as '.txt', in small letters", suffix)
    if not isinstance(media_type, str) or media_type.count("/") != 1:
        raise ExportError(name, "must have a MEDIA_TYPE such as 'text/plain'", media_type)
    for each in ("write", "lost"):
        if not callable(getattr(offered, each)):
            raise ExportError(name, f"must have a function {each}", getattr(offered, each))
    about = (inspect.getdoc(offered) or "").partition("\n")[0].rstrip(".")
    return Format(
        name=name,
        suffix=suffix,
        media_type=media_type,
        about=about or show(offered),
        distribution=distribution,
        write=offered.write,
        lost=offered.lost,
        takes=frozenset([*inspect.signature(offered.write).parameters][2:]),
        grows=getattr(offered, "GROWS", False) is True,
    )
