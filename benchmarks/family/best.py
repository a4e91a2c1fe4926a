"""Best known rosters and bounds: a table, and the rosters that are kept beside it.

best_known.csv <-> `Entry`s -> `with_roster`, `with_bound` -> `Entry`s -> Markdown.

A roster is a fact: whoever has the file can score it. A bound is a claim until somebody runs its
command again. So a roster that is cheaper than a bound takes the bound away, and a bound above a
roster is refused.
"""

from __future__ import annotations

import csv
import gzip
from collections.abc import Iterable, Mapping
from hashlib import sha256
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from benchmarks.cells import Table, percent, whole
from benchmarks.family.instances import INSTANCES, register
from benchmarks.forms import of_form
from shiftplan import Roster
from shiftplan.solving.result import Cost

HERE = Path(__file__).parent
FILE = HERE / "best_known.csv"
ROSTERS = HERE / "rosters"
MOST_BYTES = 60_000
"""Size of a packed roster up to which it is kept; of a larger one only cost and digest are."""
_SOURCE = ("by", "date", "version", "command")
_HEAD = ("instance", "digest", "cost", "bound", "gap", *_SOURCE, "roster")
COLUMNS = (*_HEAD, *(f"bound_{name}" for name in _SOURCE))
"""Columns of the table; `by` to `command` are of the cost."""


class Source(BaseModel):
    """Where a figure comes from."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    by: str
    """Who found it."""
    date: str
    """When, as 2030-01-07."""
    version: str
    """Of the programs that found it."""
    command: str
    """How to get it again; for a bound blank if there is no way, so that it stays a claim."""


class Entry(BaseModel):
    """What is known about an instance."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    instance: str
    digest: str
    """Of the instance that cost and bound belong to."""
    cost: int | None = None
    """Lowest cost of a roster; None without one."""
    cost_source: Source | None = None
    roster: str = ""
    """SHA-256 of `roster_text` of that roster."""
    bound: int | None = None
    """Highest bound; None without one."""
    bound_source: Source | None = None

    @property
    def gap(self) -> float | None:
        """(cost - bound) / cost; None when unknown."""
        return Cost(self.cost, self.bound).gap

    def with_roster(self, roster: Roster, cost: int, source: Source) -> Entry:
        """With a roster of a cost that the checker found; the same entry if it is no cheaper."""
        if self.cost is not None and self.cost <= cost:
            return self
        found = {"cost": cost, "cost_source": source, "roster": roster_digest(roster)}
        if self.bound is not None and cost < self.bound:
            found |= {"bound": None, "bound_source": None}
        return self.model_copy(update=found)

    def with_bound(self, bound: int, source: Source) -> Entry:
        """With a bound; the same entry if it is no higher.

        Raises
        ------
        ValueError
            A roster costs less.

        """
        if self.cost is not None and bound > self.cost:
            raise ValueError(f"{self.instance}: bound {bound}, but a roster costs {self.cost}")
        if self.bound is not None and bound <= self.bound:
            return self
        return self.model_copy(update={"bound": bound, "bound_source": source})


def read_best(file: Path = FILE) -> dict[str, Entry]:
    """Name of an instance -> what is known, for every instance.

    Raises
    ------
    ValueError
        The table is not of the form, or a row names an unknown instance, another
        version of it, or of one that has a row already.

    """
    known, seen = register(), set()
    found = {name: Entry(instance=name, digest=known[name]["digest"]) for name in INSTANCES}
    if not file.exists():
        return found
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


def best_table(entries: Iterable[Entry]) -> Table:
    """The table for people."""
    known, rows = register(), []
    for entry in entries:
        size = known[entry.instance]
        by = [s.by for s in (entry.cost_source, entry.bound_source) if s is not None]
        rows.append(
            (
                entry.instance,
                *(whole(int(size[name])) for name in ("volunteers", "shifts", "seats", "offered")),
                whole(entry.cost),
                whole(entry.bound),
                percent(entry.gap),
                ", ".join(dict.fromkeys(by)),
            )
        )
    head = ("instance", "volunteers", "shifts", "seats", "offered", "cost", "bound", "gap", "by")
    return Table("Best known", head, tuple(rows))


def roster_text(roster: Roster) -> str:
    """A roster as CSV: two columns, sorted, so that equal rosters have equal texts."""
    pairs = sorted(f"{a.shift_id},{a.volunteer_id}\n" for a in roster.assignments)
    return "".join(["shift_id,volunteer_id\n", *pairs])


def roster_digest(roster: Roster) -> str:
    """SHA-256 of the text of a roster."""
    return sha256(roster_text(roster).encode("utf-8")).hexdigest()


def keep_roster(name: str, roster: Roster, folder: Path = ROSTERS) -> Path | None:
    """Pack the best roster of an instance, in place of an older one; None if it is too large."""
    file = folder / f"{name}.csv.gz"
    packed = gzip.compress(roster_text(roster).encode("utf-8"), mtime=0)
    if len(packed) > MOST_BYTES:
        file.unlink(missing_ok=True)
        return None
    folder.mkdir(parents=True, exist_ok=True)
    file.write_bytes(packed)
    return file


def _row(entry: Entry) -> dict[str, object]:
    row: dict[str, object] = entry.model_dump(include={"instance", "digest", "cost", "bound"})
    row |= {"roster": entry.roster, "gap": "" if entry.gap is None else f"{entry.gap:.6f}"}
    for before, source in (("", entry.cost_source), ("bound_", entry.bound_source)):
        if source is not None:
            row |= {before + name: getattr(source, name) for name in _SOURCE}
    return row


def _source(row: Mapping[str, str], before: str) -> Source | None:
    cells = {name: row[before + name] for name in _SOURCE}
    return Source(**cells) if any(cells.values()) else None
