"""Tables and pictures from folders of records, without running anything.

Folders -> `records.jsonl` -> text, PNG files, and the tables in benchmarks/FIGURES.md; from these
the one in benchmarks/README.md; the registry -> the list in benchmarks/METHOD.md.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from benchmarks import figures, growth_picture
from benchmarks.pages import FIGURES, METHOD, README, fill
from benchmarks.records import Record, read
from benchmarks.registry import SUITES, Suite
from benchmarks.summary import summary
from benchmarks.tables import growth


def tables(folders: Iterable[Path]) -> dict[str, str]:
    """Suite -> its machine and tables as Markdown, for the suites that have records."""
    return {suite.name: text(suite, mine) for suite, mine in _by_suite(read(folders))}


def text(suite: Suite, records: Sequence[Record]) -> str:
    """One suite's machine and tables."""
    workers = sorted({r.workers for r in records})
    facts = [
        *machines(records),
        f"Workers: {', '.join(map(str, workers))}. Figures are medians over runs.",
    ]
    made = [table.markdown() for table in suite.tables(records)]
    return "\n\n".join(facts) + "\n\n" + "\n".join(made)


def machines(records: Sequence[Record]) -> list[str]:
    """A line for each machine that records are of."""
    return list(dict.fromkeys(_machine(r) for r in records))


def pictures(folder: Path) -> None:
    """Draw all pictures of a folder's records into it, of instances with anything over time."""
    for suite, records in _by_suite(read([folder])):
        instances = dict.fromkeys(r.instance for r in records if r.costs or r.bounds)
        for instance in instances:
            path = folder / f"{suite.name}-{_file_name(instance)}.png"
            figures.draw_over_time([r for r in records if r.instance == instance], path)
        if suite.name == "growth":
            growth_picture.draw(growth_picture.points_of(growth(records)), folder / "growth.png")
        elif len(instances) > 1:
            figures.draw_gaps(records, suite.name, folder / f"{suite.name}-gaps.png")


def redraw(folder: Path) -> None:
    """Write a folder's tables and pictures, made from its records, into it."""
    content = "\n".join(tables([folder]).values())
    (folder / "tables.md").write_text(content, encoding="utf-8")
    pictures(folder)


def listing() -> str:
    """The registry as Markdown: what each sub-command measures."""
    parts = []
    for suite in SUITES.values():
        told = [f"- instances: {suite.instances}"]
        if suite.phases:
            told.append(f"- phases: {', '.join(suite.phases)}")
        if suite.marks:
            told.append(f"- quoted at: {', '.join(f'{mark:g} s' for mark in suite.marks)}")
        told += [f"- target: {target.text}" for target in suite.targets]
        lines = "\n".join([*told, f"- run: `{suite.command}`"])
        parts.append(f"**{suite.name}**: {suite.about}\n\n{lines}\n")
    return "\n".join(parts)


def update_pages(
    folders: Iterable[Path], page: Path = FIGURES, readme: Path = README, method: Path = METHOD
) -> None:
    """Put the tables of the suites that have records into the page of figures.

    The table of the README is made from those of the page, and the registry goes into the page
    about the method.
    """
    figures_text = page.read_text(encoding="utf-8")
    for name, content in tables(folders).items():
        figures_text = fill(figures_text, name, content)
    page.write_text(figures_text, encoding="utf-8")
    for other, name, content in (
        (readme, "summary", summary(figures_text)),
        (method, "list", listing()),
    ):
        other.write_text(fill(other.read_text(encoding="utf-8"), name, content), encoding="utf-8")


def _by_suite(records: Sequence[Record]) -> Iterator[tuple[Suite, list[Record]]]:
    for suite in SUITES.values():
        mine = [r for r in records if r.suite == suite.name]
        if mine:
            yield suite, mine


def _machine(record: Record) -> str:
    return "Machine: " + ", ".join(f"{name} {fact}" for name, fact in record.machine.items()) + "."


def _file_name(instance: str) -> str:
    return re.sub(r"[^\w.-]+", "-", instance)
