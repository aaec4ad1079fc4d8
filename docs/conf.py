"""Sphinx builds the pages from this; every warning is an error."""

import builtins
from importlib.metadata import version as installed_version
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from docutils.nodes import Element, TextElement
    from sphinx.addnodes import pending_xref
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

project = "supple"
author = "The supple authors"
project_copyright = "2026, The supple authors"
release = version = installed_version("supple")

extensions = ["myst_parser", "sphinx.ext.autodoc", "sphinx.ext.napoleon"]
html_theme = "furo"
html_title = f"supple {release}"

myst_enable_extensions = ["colon_fence", "deflist"]
myst_heading_anchors = 3

autodoc_member_order = "bysource"
autodoc_typehints_format = "short"
napoleon_numpy_docstring = False

# A link into supple must resolve. Links to other projects' names need an inventory from the
# network, so these stay plain text: dotted names from elsewhere and the built-in ones.
nitpicky = True
nitpick_ignore_regex = [
    (r"py:.*", r"(?!supple\.)\w+\..+"),
    (r"py:.*", "|".join(dir(builtins))),
    (r"py:.*", "timedelta|SearchStrategy|Path"),
]


def link_public_name(
    app: "Sphinx", env: "BuildEnvironment", node: "pending_xref", contnode: "TextElement"
) -> "Element | None":
    """Lead a link to `supple._model.Range` to `supple.Range`, the name that users import."""
    parts = node.get("reftarget", "").split(".")
    private = next((i for i, part in enumerate(parts) if part.startswith("_")), len(parts))
    python = env.domains.python_domain
    for rest in range(private + 1, len(parts)):
        public = ".".join(parts[:private] + parts[rest:])
        if public in python.objects:
            return python.resolve_xref(
                env, node["refdoc"], app.builder, node["reftype"], public, node, contnode
            )
    return None


def setup(app: "Sphinx") -> None:
    """Connect the handler above."""
    app.connect("missing-reference", link_public_name)
