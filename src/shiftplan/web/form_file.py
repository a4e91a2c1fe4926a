"""The form of one person as a file of its own, which works without any server.

Script and style of the page, a form with its words -> HTML whose policy allows nothing else.
"""

from __future__ import annotations

import base64
import hashlib
import html
import json
import re
from functools import cache
from pathlib import Path
from typing import Any

from shiftplan.web.own_form import FormShown

FOLDER = Path(__file__).parent / "page" / "f"
_MODULES = ("kept.js", "sending.js", "form.js")
"""Modules of the page, each after those that it imports."""
_IMPORT = re.compile(r"^import .*\n", re.MULTILINE)
_EXPORT = re.compile(r"^export ", re.MULTILINE)


@cache
def _parts() -> tuple[str, str]:
    """Script and style; modules in one script need no imports, which files may not have."""
    texts = [(FOLDER / name).read_text(encoding="utf-8") for name in _MODULES]
    script = "\n".join(_EXPORT.sub("", _IMPORT.sub("", text)) for text in texts)
    return f"\n{script}", (FOLDER / "form.css").read_text(encoding="utf-8")


def _seal(text: str) -> str:
    digest = hashlib.sha256(text.encode()).digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"


def form_file(form: FormShown, words: dict[str, dict[str, str]], token: str, base: str) -> str:
    """The file of a form.

    Parameters
    ----------
    form, words
        What it shows.
    token
        What makes its answers count as those of its person.
    base
        Address of the workbench that it may be sent to from the same network, ending with `/`;
        empty for none.
    """
    script, style = _parts()
    page: dict[str, Any] = {"form": form.model_dump(mode="json"), "words": words}
    given = {"page": page, "token": token, "base": base or None}
    data = json.dumps(given, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")
    policy = "; ".join(
        (
            "default-src 'none'",
            f"script-src {_seal(script)}",
            f"style-src {_seal(style)}",
            "base-uri 'none'",
            "form-action 'none'",
        )
    )
    return f"""<!doctype html>
<html lang="vi">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{html.escape(policy)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<title>{html.escape(form.name)}</title>
<style>{style}</style>
</head>
<body>
<main id="form"></main>
<noscript>Phiếu này cần JavaScript. / This form needs JavaScript.</noscript>
<script type="application/json" id="given">{data}</script>
<script type="module">{script}</script>
</body>
</html>
"""
