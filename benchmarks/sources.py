"""Where an instance comes from, and how it is read.

`Source` (names and paths, which another process can be given) -> `load` -> `Problem`.
"""

from __future__ import annotations

import csv
from collections.abc import Sequence
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict

from benchmarks.curtois import read_curtois
from benchmarks.inrc2 import read_inrc2
from benchmarks.month import DEFAULT_SHARE, month
from benchmarks.regions import cut, join
from shiftplan import Problem, read_problem


class Source(BaseModel):
    """An instance before it is read."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str
    """What tables call it; for `inrc2` also the name of the instance."""
    kind: Literal["week", "curtois", "inrc2", "month", "region", "shift_design"]
    """How the paths are read."""
    paths: tuple[Path, ...]
    """Weeks, an instance file, or the folder of a dataset."""
    num_centers: int = 0
    """Centers to keep, for `region`."""
    share: float = DEFAULT_SHARE
    """Part of the weekly limits that makes a monthly one, for `month`."""


def load(source: Source) -> Problem:
    """Read an instance of which a roster is planned."""
    if source.kind == "curtois":
        return read_curtois(source.paths[0])
    if source.kind == "inrc2":
        return read_inrc2(source.paths[0], source.name)
    weeks = [read_problem(path) for path in source.paths]
    if source.kind == "month":
        return month(weeks, source.share)
    if source.kind == "region":
        return cut(weeks[0] if len(weeks) == 1 else join(weeks), source.num_centers)
    return weeks[0]


def week_folders(path: Path) -> list[Path]:
    """The week folders in a path: itself, or those right below it, by name.

    Raises
    ------
    ValueError
        There are none.

    """
    if (path / "centers.csv").exists():
        return [path]
    weeks = sorted(p.parent for p in path.glob("*/centers.csv"))
    if not weeks:
        raise ValueError(f"{path.name}: neither a week folder nor a folder of them")
    return weeks


def regions(folders: Sequence[Path], sizes: Sequence[int]) -> list[Source]:
    """A source for each size: cut from the first week, or from as many as it takes, in order.

    Sizes beyond all centers of all weeks are left out.
    """
    counts = [_num_centers(folder) for folder in folders]
    sources = []
    for size in sizes:
        needed = next((n for n in range(1, len(counts) + 1) if sum(counts[:n]) >= size), None)
        if needed is not None:
            sources.append(
                Source(
                    name=f"{size} centers",
                    kind="region",
                    paths=tuple(folders[:needed]),
                    num_centers=size,
                )
            )
    return sources


def _num_centers(folder: Path) -> int:
    with (folder / "centers.csv").open(encoding="utf-8-sig", newline="") as file:
        return sum(1 for row in csv.reader(file) if row) - 1
