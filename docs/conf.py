"""Sphinx builds the pages from this; every warning is an error."""

import builtins
import json
import re
import sys
from importlib import import_module
from importlib.metadata import version as installed_version
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sphinx.pycode import ModuleAnalyzer

from supple.catalog._schema import NAMES, schema

if TYPE_CHECKING:
    from docutils.nodes import Element, TextElement
    from sphinx.addnodes import pending_xref
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

project = "supple"
author = "The supple authors"
project_copyright = "2026, The supple authors"
release = version = installed_version("supple")

sys.path.insert(0, str(Path(__file__).parent / "_ext"))
extensions = [
    "myst_parser",
    "sphinx.ext.autodoc",
    "sphinx.ext.napoleon",
    "directives",
]
html_theme = "furo"
html_title = f"supple {release}"

myst_enable_extensions = ["colon_fence", "deflist"]
myst_heading_anchors = 3

# [a catalog](schema:catalog) leads from a page of a section to a schema that is written below.
myst_url_schemes = {
    **dict.fromkeys(("http", "https", "mailto")),
    "schema": "../schemas/{{path}}.json",
}

autodoc_member_order = "bysource"
autodoc_typehints_format = "short"
napoleon_numpy_docstring = False
python_maximum_signature_line_length = 99

# A link into supple must resolve. Links to other projects' names need an inventory from the
# network, so these stay plain text: dotted names from elsewhere and the built-in ones.
nitpicky = True
nitpick_ignore_regex = [
    (r"py:.*", r"(?!supple\.)\w+\..+"),
    (r"py:.*", "|".join(dir(builtins))),
    (r"py:.*", "date|time|datetime|timedelta|SearchStrategy|NDArray|Path"),
    (r"py:.*", "BaseScheduler|IReactorTime|Clock"),
    (r"py:.*", r"(supple\.timers\._fleet\.)?Key"),
    (r"py:.*", r"CommandWord|Kinds|Plain|RestoreAt|Times|Vector|_RuleTest"),  # of types alone
]


def link_public_name(
    app: "Sphinx", env: "BuildEnvironment", node: "pending_xref", contnode: "TextElement"
) -> "Element | None":
    """Lead a link to `supple._model.Range` to `supple.Range`, the name that users import.

    One to `PositionWord` leads to `supple.Position`, whose words a parameter takes as texts, too.
    """
    parts = node.get("reftarget", "").split(".")
    private = next((i for i, part in enumerate(parts) if part.startswith("_")), len(parts))
    targets = [parts[:private] + parts[rest:] for rest in range(private + 1, len(parts))]
    word = parts[-1].removesuffix("Word")
    targets += [["supple", word], ["supple", "figures", word]] if word != parts[-1] else []
    python = env.domains.python_domain
    for public in map(".".join, targets):
        if public in python.objects:
            return python.resolve_xref(
                env, node["refdoc"], app.builder, node["reftype"], public, node, contnode
            )
    return None


def write_schemas(app: "Sphinx", error: Exception | None) -> None:
    """Write the JSON Schemas as they are now beside the pages, for anybody to take."""
    if error is None and app.builder.format == "html":
        folder = Path(app.outdir, "schemas")
        folder.mkdir(exist_ok=True)
        for name in NAMES:
            content = json.dumps(schema(name), indent=2) + "\n"
            folder.joinpath(f"{name}.json").write_text(content, encoding="utf-8")


def keep_colons(_app: "Sphinx", what: str, *rest: Any) -> None:
    """Put back what stands before a colon in the words for an attribute: it is no type."""
    lines: list[str] = rest[-1]
    if what in {"attribute", "property"} and lines and lines[-1].startswith(":type: "):
        lines[:] = [f"{lines[-1].removeprefix(':type: ')}: {lines[0]}", *lines[1:-1]]


def take_words(_app: "Sphinx", what: str, name: str, *rest: Any) -> None:
    """Put the words for a datum where it is imported from; Sphinx finds them where it is made."""
    if what == "data":
        room, _, own = name.rpartition(".")
        made = re.compile(rf"^{own}(: [^=\n]+)? = ", re.MULTILINE)
        found = [
            words
            for file in Path(import_module(room).__file__ or "").parent.rglob("*.py")
            if made.search(file.read_text(encoding="utf-8"))
            if (words := ModuleAnalyzer.for_file(file, "").find_attr_docs().get(("", own)))
        ]
        if len(found) != 1:
            message = f"{name} must have words in one place, and has them in {len(found)}"
            raise LookupError(message)
        rest[-1][:] = found[0]


def setup(app: "Sphinx") -> None:
    """Connect the handlers above."""
    app.connect("autodoc-process-docstring", keep_colons, priority=600)  # after napoleon
    app.connect("autodoc-process-docstring", take_words)
    app.connect("missing-reference", link_public_name)
    app.connect("build-finished", write_schemas)
