"""A page of HTML that needs no network and no other file: style and script are inside it.

Templates of a package, and what they show -> text of the page.
"""

from __future__ import annotations

import base64
import hashlib
from functools import cache
from importlib.resources import files
from importlib.util import find_spec
from typing import TYPE_CHECKING

from shiftplan.errors import MissingExtraError
from shiftplan.present.words import Words

if TYPE_CHECKING:
    from jinja2 import Template


def can_write() -> bool:
    """Whether the package that reports need is installed."""
    return find_spec("jinja2") is not None


def rendered(
    package: str, templates: tuple[str, ...], say: Words, *, data: str = "null", **content: object
) -> str:
    """A page made of templates; all that it shows is escaped.

    The package holds the templates, and the scripts of the page, `*.js`. The first template is the
    page, and has `style`, `script`, `seal` (digest of the scripts), `say`, `lang`, the content, and
    `data`: JSON that may stand in an element `script` as it is.
    """
    if not can_write():
        raise MissingExtraError("jinja2", "report")
    from markupsafe import Markup

    template, script = _parts(package, templates)
    style = (files("shiftplan.present.report") / "style.css").read_text(encoding="utf-8")
    seal = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    return template.render(
        say=say,
        lang=say.language.replace("_", "-"),
        style=Markup(style),
        script=Markup(script),
        data=Markup(data),
        seal=seal,
        **content,
    )


def get_ready(package: str, templates: tuple[str, ...]) -> None:
    """Import and compile what a page needs, for a report that is to be soon at hand."""
    if can_write():
        _parts(package, templates)


@cache
def _parts(package: str, templates: tuple[str, ...]) -> tuple[Template, str]:
    """The page of a package, compiled once for all reports and batches, and its scripts."""
    from jinja2 import DictLoader, Environment, StrictUndefined

    own = files(package)
    made = Environment(
        loader=DictLoader({name: (own / name).read_text(encoding="utf-8") for name in templates}),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    names = sorted(file.name for file in own.iterdir() if file.name.endswith(".js"))
    script = "\n".join((own / name).read_text(encoding="utf-8") for name in names)
    return made.get_template(templates[0]), script
