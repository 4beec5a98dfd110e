"""Sphinx: MyST pages, and the reference from the docstrings."""

import sys

from docutils import nodes
from sphinx.addnodes import pending_xref
from sphinx.application import Sphinx

from hotspots import __version__

project = "hotspots"
author = "the hotspots developers"
copyright = author
version = release = __version__

extensions = [
    "myst_parser",
    "sphinx.ext.autodoc",
    "sphinx.ext.autosummary",
    "sphinx.ext.mathjax",
    "sphinx.ext.napoleon",
    "sphinx.ext.viewcode",
]
exclude_patterns = ["_build"]
templates_path = ["_templates"]
default_role = "py:obj"
myst_enable_extensions = ["colon_fence", "deflist", "dollarmath"]
myst_heading_anchors = 3

autosummary_generate = True
autodoc_member_order = "bysource"
autodoc_typehints = "none"
autodoc_mock_imports = ["cupy", "cupyx"]
napoleon_google_docstring = False
napoleon_use_rtype = False

html_theme = "pydata_sphinx_theme"
html_theme_options = {"show_toc_level": 2, "navigation_with_keys": False}


def name_types_in_full(app: Sphinx, doctree: nodes.document) -> None:  # noqa: ARG001
    """Types in docstrings are bare names that several layers may use: take the module's own."""
    for node in doctree.findall(pending_xref):
        if not node.get("refspecific"):
            continue
        name = node["reftarget"]
        found = getattr(sys.modules.get(node.get("py:module")), name, None)
        if isinstance(found, type) and found.__module__.startswith("hotspots."):
            node["reftarget"] = f"{found.__module__}.{found.__qualname__}"
        elif not name[:1].isupper():  # a word such as "planes", not a class
            del node["refspecific"]


def setup(app: Sphinx) -> None:
    """Sphinx calls this."""
    app.connect("doctree-read", name_types_in_full)
