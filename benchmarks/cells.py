"""What tables are made of: groups of runs, medians, and how figures are written.

`Record`s -> medians over the seeds -> cells -> `Table` -> Markdown that reads well as plain text.
A figure that a run does not have counts as worse than any other, and reads "none".
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import median

from benchmarks.records import Record

NONE = "none"
_TEXTS = ("by", "engine", "planned with", "requirements by", "target", "what it lacks")
"""Heads of columns of words, besides the first."""
_UNIT = re.compile(r"(?<=\d) (?=(?:%|s|MB|kB)$)")
"""The blank between a figure and its unit, at which a cell must not break."""
Group = Sequence[Record]
"""Records of one instance, engine and time limit, one a seed."""


@dataclass(frozen=True, slots=True)
class Table:
    """A title, a head and rows of cells."""

    title: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]

    def markdown(self) -> str:
        """Markdown with aligned columns: text to the left, the others to the right."""
        lines = [
            self.head,
            *(tuple(_UNIT.sub("\u00a0", cell) for cell in row) for row in self.rows),
        ]
        widths = [max(3, *(len(line[i]) for line in lines)) for i in range(len(self.head))]
        left = [i == 0 or head in _TEXTS for i, head in enumerate(self.head)]

        def row(cells: Sequence[str]) -> str:
            padded = (
                cell.ljust(width) if to_left else cell.rjust(width)
                for cell, width, to_left in zip(cells, widths, left, strict=True)
            )
            return f"| {' | '.join(padded)} |"

        rule = [
            "-" * width if to_left else "-" * (width - 1) + ":"
            for width, to_left in zip(widths, left, strict=True)
        ]
        text = "\n".join([row(self.head), row(rule), *map(row, lines[1:])])
        return f"**{self.title}**\n\n{text}\n"


def groups(records: Iterable[Record]) -> dict[tuple[str, str, float | None], list[Record]]:
    """(instance, engine, time limit) -> records, in the order of their first one, then by limit.

    A run that was killed knows no limit; it counts among those with the longest.
    """
    found: dict[tuple[str, str], dict[float | None, list[Record]]] = {}
    for record in records:
        runs = found.setdefault((record.instance, record.engine), {})
        runs.setdefault(record.time_limit, []).append(record)
    for runs in found.values():
        limits = [limit for limit in runs if limit is not None]
        if limits and None in runs:
            runs[max(limits)] += runs.pop(None)
    return {
        (*of, limit): runs[limit]
        for of, runs in found.items()
        for limit in sorted(runs, key=lambda limit: limit or 0.0)
    }


def longest(records: Iterable[Record]) -> dict[tuple[str, str], list[Record]]:
    """(instance, engine) -> the records with the longest time limit, in the order of `groups`."""
    return {(name, engine): own for (name, engine, _), own in groups(records).items()}


def middle(values: Iterable[float | None], *, worst: float = math.inf) -> float | None:
    """Median of a figure of some runs; None counts as `worst`, and so may the median be."""
    center = median(worst if value is None else value for value in values)
    return center if math.isfinite(center) else None


def whole(value: float | None) -> str:
    """A whole number with a comma for thousands."""
    return NONE if value is None else f"{value:,.0f}"


def seconds(value: float | None) -> str:
    """Seconds, finer where there are few."""
    return NONE if value is None else f"{value:.2f} s" if value < 2 else f"{value:.1f} s"


def percent(value: float | None) -> str:
    """A part as a percentage; what is not nothing never reads as 0."""
    if value is None:
        return NONE
    return "0%" if value == 0 else "<0.01%" if 0 < value < 0.00005 else f"{100 * value:.2f}%"


def memory(group: Group) -> str:
    """The highest memory of some runs."""
    return f"{max((r.peak_bytes for r in group), default=0) / 1e6:,.0f} MB"
