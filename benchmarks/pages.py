"""Tables in Markdown pages, read again: what other tables and pictures are made of.

Page -> `block` -> text between markers -> `table_of` -> `Table`.
"""

from __future__ import annotations

import re
from pathlib import Path

from benchmarks.cells import Table

README = Path(__file__).with_name("README.md")
FIGURES = Path(__file__).with_name("FIGURES.md")
METHOD = Path(__file__).with_name("METHOD.md")


def markers(name: str) -> tuple[str, str]:
    """What stands before and after the part of a page that is filled."""
    return f"<!-- begin {name} -->", f"<!-- end {name} -->"


def block(page: str, name: str) -> str:
    """The text between the markers of a name.

    Raises
    ------
    ValueError
        The page does not have the markers.

    """
    begin, end = markers(name)
    found = re.search(f"{re.escape(begin)}(.*?){re.escape(end)}", page, re.DOTALL)
    if not found:
        raise ValueError(f"the page has no {begin}")
    return found[1].strip()


def fill(page: str, name: str, content: str) -> str:
    """A page with other content between the markers of a name.

    Raises
    ------
    ValueError
        The page does not have the markers.

    """
    block(page, name)
    begin, end = markers(name)
    before, _, rest = page.partition(begin)
    return f"{before}{begin}\n\n{content.strip()}\n\n{end}{rest.partition(end)[2]}"


def table_of(text: str, title: str) -> Table:
    """The first table below a title, without the blanks that keep figures and units together.

    Raises
    ------
    ValueError
        There is no such table.

    """
    after = text.partition(f"**{title}**")[2].strip()
    lines = [line for line in after.split("\n\n")[0].splitlines() if line.startswith("|")]
    if len(lines) < 2:
        raise ValueError(f"the page has no table {title!r}")
    head, _, *rows = (
        tuple(cell.replace("\u00a0", " ").strip() for cell in line.split("|")[1:-1])
        for line in lines
    )
    return Table(title, head, tuple(rows))
