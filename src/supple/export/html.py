"""One page that is a sheet to print and a player, in a file of its own.

Without a script, on paper or in the file view of a phone, it is a complete handout. With one it
plays the routine, off the network and from a disk: it makes no request, and what a catalog says
stays text.
"""

import json
import re
from base64 import b64encode
from collections.abc import Iterable, Mapping
from functools import cache
from hashlib import sha256
from importlib.resources import files
from itertools import chain
from typing import BinaryIO, Final

from supple._timeline.timeline import Timeline
from supple.export._colours import on_both_papers
from supple.export._lost import IN_EVENTS, Part, carrying
from supple.export._markup import Markup, tag
from supple.export._page.figures import figure_style, figures_of
from supple.export._page.player import player_markup
from supple.export._page.sheet import sheet, shown_sides
from supple.export._page.streams import labels_of, page_data

SUFFIX = ".html"
MEDIA_TYPE = "text/html"

# The pictures of a catalog are files of their own.
lost = carrying(*IN_EVENTS, Part.FIGURES, Part.ADVICE, Part.CAUTIONS, Part.SOURCES)

_MODULES: Final = ("player", "stream", "sound", "speech", "rig", "figure", "app")
"""The parts of the script, each behind those that it imports."""

_IMPORT = re.compile(r"^import .*;\n", re.MULTILINE)
_EXPORT = re.compile(r"^export ", re.MULTILINE)
_ASIDE = re.compile(r"^\s*(//.*\n|/\*(?:.|\n)*?\*/\n)|^\s+", re.MULTILINE)
"""What only people read: lines of comment, indentation and empty lines."""


def write(timeline: Timeline, stream: BinaryIO, *, translations: Iterable[Timeline] = ()) -> None:
    """Write a page that shows and plays a routine.

    It has the routine at several levels, from the gentle end to the full dose.

    Args:
        timeline: What to write.
        stream: Where.
        translations: The same routine in other languages, each laid out in time; the page lets
            one choose.

    Raises:
        ExportError: If there are too many events at the full dose, or a translation is another
            routine.
    """
    stream.write(page(timeline, translations=translations).encode())


def page(timeline: Timeline, *, translations: Iterable[Timeline] = ()) -> str:
    """Return the page as text; the arguments are those of :func:`write`."""
    others = {each.routine.language: each for each in translations}
    others.pop(timeline.routine.language, None)
    timelines = [timeline, *others.values()]
    variables = on_both_papers(_variables)
    style = _ASIDE.sub("", f"{figure_style()}\n{variables}{_resource('page.css')}")
    script = _script()
    figures = figures_of(timeline.routine.exercises)
    shown = {*shown_sides(timeline.routine)}
    data = json.dumps(page_data(timelines), ensure_ascii=False, separators=(",", ":"))
    policy = (
        f"default-src 'none'; script-src {_hash(script)}; style-src {_hash(style)}; "
        "base-uri 'none'; form-action 'none'"
    )
    head = tag(
        "head",
        tag("meta", charset="utf-8"),
        tag("meta", http_equiv="Content-Security-Policy", content=policy),
        tag("meta", name="viewport", content="width=device-width, initial-scale=1"),
        tag("meta", name="color-scheme", content="light dark"),
        tag("meta", name="referrer", content="no-referrer"),
        tag("title", timeline.routine.name),
        tag("style", Markup(style)),
    )
    body = tag(
        "body",
        tag(
            "svg",
            *chain.from_iterable(
                each.symbols(has_start=key in shown) for key, each in figures.items()
            ),
            hidden=True,
        ),
        tag(
            "main",
            *(sheet(each, figures, is_shown=each is timeline) for each in timelines),
            id="sheets",
        ),
        player_markup(labels_of(timeline.phrases)),
        tag("script", Markup(_harmless(data)), type="application/json", id="data"),
        tag("script", Markup(script), type="module"),
    )
    return f"<!doctype html>\n{tag('html', head, body, lang=timeline.routine.language)}\n"


def _variables(colours: Mapping[str, str]) -> str:
    return f":root{{{''.join(f'--{name}:{colour};' for name, colour in colours.items())}}}"


def _hash(content: str) -> str:
    return f"'sha256-{b64encode(sha256(content.encode()).digest()).decode()}'"


def _harmless(data: str) -> str:
    """Return JSON in which nothing ends the element around it, or the line of an old reader."""
    return data.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")


@cache
def _script() -> str:
    """Return the modules as one, each without what it imports and exports."""
    modules = (_ASIDE.sub("", _resource(f"{name}.js")) for name in _MODULES)
    return "".join(_EXPORT.sub("", _IMPORT.sub("", module)) for module in modules)


@cache
def _resource(name: str) -> str:
    return files("supple.export._page").joinpath(name).read_text(encoding="utf-8")
