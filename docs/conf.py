"""How the site is built: sphinx-build -W -b html -c docs . build/site.

The source is the whole repository, so that links between pages, examples and benchmarks are the
same on the site as in the repository, and nothing is copied.
"""

from __future__ import annotations

import unicodedata
from dataclasses import is_dataclass
from enum import Enum
from importlib.metadata import version as installed
from pathlib import Path
from runpy import run_path
from typing import Any

import fastapi.openapi.models  # noqa: F401 - autodoc's first import of it would fail
from pydantic import BaseModel
from pygments.lexers.special import TextLexer

from shiftplan.problem.by_name import unaccented

project = "shiftplan"
author = "The shiftplan developers"
version = release = installed("shiftplan")
language = "en"

extensions = ["myst_nb", "sphinx.ext.autodoc", "sphinx.ext.napoleon"]
root_doc = "docs/index"
include_patterns = [
    "docs/*.md",
    "docs/api/*.md",
    "docs/domains/*.md",
    "docs/notebooks/*.md",
    "examples/*.md",
    "examples/data/*.md",
    "benchmarks/*.md",
    "benchmarks/family/*.md",
    "CHANGELOG.md",
    "CODE_OF_CONDUCT.md",
    "CONTRIBUTING.md",
    "GOVERNANCE.md",
    "SECURITY.md",
    "AGENTS.md",
]
exclude_patterns = [".*", "build", "dist", "out", "src", "tests"]
smartquotes = False  # --option is no dash
default_role = "code"
highlight_language = "text"  # a block that names no language is output
suppress_warnings = ["ref.python"]  # `date` in a signature is the type, not one of the fields

myst_heading_anchors = 4
myst_enable_extensions = ["dollarmath"]
myst_dmath_allow_digits = False  # $5 and $6 are prices
nb_execution_raise_on_error = True
nb_execution_timeout = -1  # no limit: a machine that does much else may be slow
math_numfig = False
html_math_renderer = "mathml"

autodoc_default_options = {
    "members": True,
    "member-order": "bysource",
    "exclude-members": "model_config, model_post_init",
}
autodoc_typehints_format = "short"
napoleon_google_docstring = False

_kept: list[str] = []

html_theme = "furo"
html_title = f"shiftplan {version}"
html_extra_path = ["root"]  # index.html, which leads to docs/index.html
html_copy_source = False
html_show_sourcelink = False
html_show_copyright = False
templates_path = ["_templates"]
html_static_path = ["_static"]
html_css_files = ["site.css"]


def _search() -> type[Any]:
    """Words of the search: English ones by their stems, Vietnamese ones with and without marks."""
    from sphinx.search.en import SearchEnglish

    class Search(SearchEnglish):
        """Splits texts when the site is built, and queries in the browser."""

        lang = "en"
        stopwords = frozenset()  # "he so" is Vietnamese too
        js_splitter_code = """
var splitQuery = (query) =>
  query.normalize("NFC").split(/[^\\p{Letter}\\p{Number}_]+/gu).filter((word) => word);
"""

        def split(self, input: str) -> list[str]:  # noqa: A002 - the name of the base class
            """Words of a text, and beside each that has marks the same word without them."""
            words = super().split(unicodedata.normalize("NFC", input).lower())
            return [*words, *(bare for word in words if (bare := unaccented(word)) != word)]

    return Search


def _short(
    _app: Any, _kind: str, _name: str, thing: Any, _options: Any, signature: Any, result: Any
) -> tuple[Any, Any]:
    """Signatures of what is made of fields say nothing that does not stand below them."""
    of_fields = isinstance(thing, type) and (
        is_dataclass(thing) or issubclass(thing, BaseModel | Enum)
    )
    return ("", None) if of_fields else (signature, result)


def _keep(_app: Any, _kind: str, _name: str, _thing: Any, _options: Any, lines: list[str]) -> None:
    """Remember a docstring as it is."""
    _kept[:] = lines


def _restore(
    _app: Any, kind: str, _name: str, _thing: Any, _options: Any, lines: list[str]
) -> None:
    """Undo what napoleon did to a field, where it takes words before a colon for a type."""
    if kind in ("attribute", "property"):
        lines[:] = _kept


def _formula(writer: Any, node: Any) -> None:
    """Write a formula as MathML, which browsers draw without a script, a font or the network."""
    from docutils import nodes
    from latex2mathml.converter import convert

    display = "block" if isinstance(node, nodes.math_block) else "inline"
    writer.body.append(convert(node.astext(), display=display))
    raise nodes.SkipNode


def _language(_app: Any, name: str, _template: str, context: dict[str, Any], _tree: Any) -> None:
    """Say that a page is Vietnamese, for screen readers and for the browser's hyphens."""
    if name.endswith(".vi"):
        context["language"] = "vi"


def _offline(app: Any, name: str, _template: str, _context: dict[str, Any], _tree: Any) -> None:
    """From a file, show titles that were found without excerpts: files must not be fetched."""
    if name == "search":
        shown = "DOCUMENTATION_OPTIONS.SHOW_SEARCH_SUMMARY"
        app.add_js_file(None, body=f'{shown} = location.protocol !== "file:";')


def _write_llms(app: Any, error: Exception | None) -> None:
    """Put llms.txt at the root of the site, with links to its pages."""
    if error is None and app.builder.format == "html":
        text = run_path(str(Path(__file__).with_name("make_llms.py")))["page"](".html")
        Path(app.outdir, "llms.txt").write_text(text, encoding="utf-8")


def setup(app: Any) -> None:
    """Connect what differs from the usual."""
    app.add_search_language(_search())
    app.connect("html-page-context", _offline)
    app.connect("autodoc-process-signature", _short)
    app.connect("autodoc-process-docstring", _keep, priority=400)  # napoleon comes at 500
    app.connect("autodoc-process-docstring", _restore, priority=600)
    app.add_lexer("csv", TextLexer)
    app.add_html_math_renderer("mathml", (_formula, None), (_formula, None))
    app.connect("html-page-context", _language)
    app.connect("build-finished", _write_llms)
