"""Pages in Markdown: their anchors, links that lead nowhere, and paths that are not there."""

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
CODE = re.compile(r"(`+)((?:(?!\n\n)[^`])+)\1")
TOPS = ("benchmarks", "docs", "examples", "src", "tests")
"""Folders of the repository that pages name."""
MADE = {"out", "build", "dist"}
"""Folders that commands make."""
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


def lost_paths(text: str) -> Iterator[str]:
    """Paths of the repository that a page names as code and that are not there.

    A path begins with a top folder, or with a room of `src/shiftplan`; `tests/x.py::name` is a
    function in it, and `<word>` or `*` stands for any.
    """
    source = ROOT / "src" / "shiftplan"
    rooms = {room.name for room in source.iterdir() if room.is_dir()}
    for _, code in CODE.findall(BLOCK.sub("", text)):
        for word in code.split():
            path, _, name = word.rstrip(".,;)").partition("::")
            first, *others = path.split("/")
            if not others or MADE & {first, *others} or first not in (*TOPS, *rooms):
                continue
            place = ROOT if first in TOPS else source
            found = list(place.glob(re.sub(r"<\w+>", "*", path).rstrip("/")))
            if not found or (name and f"def {name}(" not in found[0].read_text(encoding="utf-8")):
                yield word


def toctree(page: Path) -> list[Path]:
    """The pages that a page's toctrees list, and those of pages listed there, in order."""
    text = page.read_text(encoding="utf-8")
    blocks = re.findall(r"^```\{toctree\}\n(.*?)^```$", text, re.DOTALL | re.MULTILINE)
    lines = [line for block in blocks for line in block.splitlines()]
    entries = [re.sub(r"^.*<(.+)>$", r"\1", x) for x in lines if x and not x.startswith(":")]
    listed = [(page.parent / f"{entry}.md").resolve() for entry in entries]
    return [place for found in listed for place in (found, *toctree(found))]
