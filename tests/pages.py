"""Pages in Markdown: their anchors, and links that lead nowhere."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from urllib.parse import unquote

ROOT = Path(__file__).parents[1]
PLACES = ("*.md", "docs/**/*.md", "examples/**/*.md", "benchmarks/*.md", "benchmarks/family/*.md")
BLOCK = re.compile(r"^(`{3,})[^\n]*\n(.*?)^\1$", re.DOTALL | re.MULTILINE)
LINK = re.compile(r"\]\(<?([^)>\s]+)>?\)")
REFERENCE = re.compile(r"^\[([^\]\n]+)\]: (\S+)$", re.MULTILINE)
USED = re.compile(r"\]\[([^\]\n]+)\]")
HEADING = re.compile(r"^#{1,6} +(.+?) *$", re.MULTILINE)


def pages() -> list[Path]:
    """All pages of the repository."""
    return sorted({page for place in PLACES for page in ROOT.glob(place)})


def anchors(text: str) -> set[str]:
    """The anchors of a page's headings, as GitHub and the site make them."""
    found: list[str] = []
    for heading in HEADING.findall(BLOCK.sub("", text)):
        plain = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", heading)
        slug = re.sub(r"[^\w\- ]", "", plain.lower()).replace(" ", "-")
        again = sum(slug == re.sub(r"-\d+$", "", other) for other in found)
        found.append(f"{slug}-{again}" if slug in found else slug)
    return set(found)


@cache
def _anchors_of(page: Path) -> set[str]:
    return anchors(page.read_text(encoding="utf-8"))


def broken_links(page: Path, text: str) -> Iterator[str]:
    """Links of a page with a text that lead to no file, no anchor, or out of the repository."""
    body = re.sub(r"(`+)[^`\n]+\1", "", BLOCK.sub("", text))
    references = dict(REFERENCE.findall(body))
    yield from (f"[{name}]" for name in USED.findall(body) if name not in references)
    for link in [*LINK.findall(body), *references.values()]:
        if re.match(r"[a-z]+:", link):
            continue
        target, _, anchor = unquote(link).partition("#")
        place = (page.parent / target).resolve() if target else page
        there = not target or (place.is_relative_to(ROOT) and place.exists())
        if there and anchor:
            there = anchor in (_anchors_of(place) if target else anchors(text))
        if not there:
            yield link


def toctree(text: str) -> list[str]:
    """The entries of a page's toctrees."""
    blocks = re.findall(r"^```\{toctree\}\n(.*?)^```$", text, re.DOTALL | re.MULTILINE)
    lines = [line for block in blocks for line in block.splitlines()]
    return [line for line in lines if line and not line.startswith(":")]
