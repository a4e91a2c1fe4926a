"""Best known rosters and bounds: a table, and the rosters that are kept beside it.

best_known.csv <-> `Entry`s; rosters/*.csv.gz <-> pairs. Nothing but Python is needed.
"""

from __future__ import annotations

import csv
import gzip
from collections.abc import Mapping
from pathlib import Path

from benchmarks.family.entry import Entry, Source, roster_text
from benchmarks.family.instances import INSTANCES, instance_of, make, register
from benchmarks.family.validator import Pairs, Score, read_instance, score
from benchmarks.forms import of_form

HERE = Path(__file__).parent
FILE = HERE / "best_known.csv"
FOLDER = "rosters"
"""Folder of the rosters, beside the table."""
MOST_BYTES = 200_000
"""Size of a packed roster up to which it is kept; those of all instances are smaller."""
_SOURCE = ("by", "date", "version", "command")
_HEAD = ("instance", "digest", "cost", "bound", "gap", *_SOURCE, "roster")
COLUMNS = (*_HEAD, *(f"bound_{name}" for name in _SOURCE))
"""Columns of the table; `by` to `command` are of the cost."""


# ---- the table


def read_best(file: Path = FILE) -> dict[str, Entry]:
    """Name of an instance -> what is known, for every instance of the register.

    Nothing is known of any where there is no file.

    Raises
    ------
    ValueError
        The table is not of the form, its head included, or a row names an unknown instance, another
        version of it, or of one that has a row already.

    """
    known, seen = register(), set()
    found = {name: Entry(name, known[name]["digest"]) for name in INSTANCES}
    if not file.exists():
        return found
    if not is_table(file):
        raise ValueError(f"{file.name} is not of the form: its first line is another one")
    with of_form(file.name), file.open(encoding="utf-8", newline="") as lines:
        for cells in csv.DictReader(lines, strict=True):
            row = {column: cells[column].strip() for column in COLUMNS}
            name = row["instance"]
            if name not in found or found[name].digest != row["digest"]:
                raise ValueError(f"{file.name}: {name!r} is none of the instances of this family")
            if name in seen:
                raise ValueError(f"{file.name}: {name!r} has two rows")
            seen.add(name)
            found[name] = Entry(
                instance=name,
                digest=row["digest"],
                cost=int(row["cost"]) if row["cost"] else None,
                cost_source=_source(row, ""),
                roster=row["roster"],
                bound=int(row["bound"]) if row["bound"] else None,
                bound_source=_source(row, "bound_"),
            )
    return found


def write_best(entries: Mapping[str, Entry], file: Path = FILE) -> None:
    """Write the table, a row for each instance."""
    with file.open("w", encoding="utf-8", newline="") as lines:
        rows = csv.DictWriter(lines, COLUMNS, lineterminator="\n")
        rows.writeheader()
        rows.writerows(_row(entry) for entry in entries.values())


def is_table(file: Path) -> bool:
    """Whether a file is a table of best known rosters, by its first line."""
    with file.open("rb") as lines:
        return lines.readline().decode("utf-8", "replace").strip() == ",".join(COLUMNS)


def _row(entry: Entry) -> dict[str, object]:
    row: dict[str, object] = {name: getattr(entry, name) for name in ("instance", "digest")}
    row |= {"cost": entry.cost, "bound": entry.bound, "roster": entry.roster}
    row["gap"] = "" if entry.gap is None else f"{entry.gap:.6f}"
    for before, source in (("", entry.cost_source), ("bound_", entry.bound_source)):
        if source is not None:
            row |= {before + name: getattr(source, name) for name in _SOURCE}
    return row


def _source(row: Mapping[str, str], before: str) -> Source | None:
    cells = {name: row[before + name] for name in _SOURCE}
    return Source(**cells) if any(cells.values()) else None


# ---- rosters


def score_of(name: str, pairs: Pairs, root: Path) -> Score:
    """Score a roster of an instance, which is made below a folder if it is not there.

    Raises
    ------
    ValueError
        No instance has that name, or the folder has another instance of that name.

    """
    return score(read_instance(make(instance_of(name), root)), pairs)


def roster_file(name: str, table: Path = FILE) -> Path:
    """Where the best roster of an instance is kept."""
    return table.parent / FOLDER / f"{name}.csv.gz"


def keep_roster(name: str, pairs: Pairs, table: Path = FILE) -> Path:
    """Pack the best roster of an instance, in place of an older one.

    Raises
    ------
    ValueError
        It is far too large for a roster.

    """
    file = roster_file(name, table)
    packed = gzip.compress(roster_text(pairs).encode("utf-8"), mtime=0)
    if len(packed) > MOST_BYTES:
        raise ValueError(f"the roster of {name} has {len(packed):,} bytes when packed")
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(packed)
    return file
