"""Write llms.txt: every page of the project with its first sentence, for programs that read text.

    python docs/make_llms.py

The form is that of llmstxt.org: a title, a summary, and lists of links under headings. The file at
the root of the repository links to the sources of the pages; `conf.py` writes one into the site
that links to its pages. Titles, headings and order are those of the contents in `docs/index.md`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[1]
OPTIONAL = ("For researchers", "Project")
"""Captions of the contents that a reader in a hurry may leave out."""
HEAD = """# shiftplan

> Fair volunteer shift rosters for many service centers, with a proven bound: a Python library, a
> command, and a page in the browser. A `Problem` (people, shifts, requirements, rules) goes into
> `solve`; a checked `Roster` comes out beside a proven lower bound of its cost.

- Install from a folder of the project with `pip install '.[all]'`; Python 3.11 or newer.
- In Python: `problem = shiftplan.read_problem(path)`, `result = shiftplan.solve(problem)`,
  `roster = result.require_roster()`, `shiftplan.check(problem, roster)`. On a terminal:
  `shiftplan plan WEEK --out out`.
- Costs are points, not money. Every number comes from `check`, which never sees the model; a
  bound is proven or absent.
- Infeasible is an answer (`result.status`, `result.conflict`, `result.ways_out`), not an
  exception. Wrong input raises `InputError`, whose `faults` name table, row, column and remedy.
"""
MOST = 220
"""Characters of a description; a longer sentence is cut at a word."""


def sections() -> Iterator[tuple[str, list[Path]]]:
    """Caption -> pages, for each contents of `docs/index.md`; those of the Python interface too."""
    text = (ROOT / "docs" / "index.md").read_text(encoding="utf-8")
    for block in re.findall(r"^```\{toctree\}\n(.*?)^```$", text, re.DOTALL | re.MULTILINE):
        (caption,) = re.findall(r"^:caption: (.+)$", block, re.MULTILINE)
        lines = [line for line in block.splitlines() if line and not line.startswith(":")]
        names = [re.sub(r"^.*<(.+)>$", r"\1", line) for line in lines]
        pages = [(ROOT / "docs" / f"{name}.md").resolve() for name in names]
        if ROOT / "docs" / "api" / "index.md" in pages:
            pages += sorted((ROOT / "docs" / "api").glob("[!i]*.md"))
        yield caption, pages


def plain(text: str) -> str:
    """A line without the marks of links, emphasis and code."""
    text = re.sub(r" ?\(\[[^\]]*\]\([^)]*\)\)", "", text)  # links to more, in parentheses
    text = re.sub(r"!?\[([^\]]*)\]\([^)]*\)", r"\1", text)
    return " ".join(text.replace("*", "").replace("`", "").split())


def about(page: Path) -> tuple[str, str]:
    """The title of a page, and its first sentence; empty where it begins with something else."""
    text = page.read_text(encoding="utf-8")
    title = re.search(r"^# (.+)$", text, re.MULTILINE)
    assert title is not None, f"{page} has no title"
    after = text[title.end() :].strip().split("\n\n")[0]
    first = "" if re.match(r"#|\||```|<|- ", after) else plain(after)
    sentence = re.split(r"(?<=[.:!?])\s+(?=[A-ZĐ`])", first)[0].removesuffix(":")
    if len(sentence) > MOST:
        sentence = sentence[:MOST].rsplit(" ", 1)[0] + " ..."
    return plain(title[1]), sentence


def page(ending: str = ".md") -> str:
    """The text of llms.txt; pages are links that end so, from the root of the project or site."""
    text = [HEAD]
    listed = [*sections()]
    for optional in (False, True):
        text += ["## Optional\n"] if optional else []
        for caption, pages in listed:
            if (caption in OPTIONAL) is not optional:
                continue
            text += [] if optional else [f"## {caption}\n"]
            for found in pages:
                title, sentence = about(found)
                place = found.relative_to(ROOT).with_suffix(ending).as_posix()
                text.append(f"- [{title}]({place})" + (f": {sentence}" if sentence else ""))
            text += [] if optional else [""]
    return "\n".join(text) + "\n"


if __name__ == "__main__":
    (ROOT / "llms.txt").write_text(page(), encoding="utf-8")
