"""Figures of a week's first seconds, how much worse they may get, and those accepted last.

A run -> `Look` -> figures; `accepted.csv` <-> `Accepted`, a row a week.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from benchmarks.forms import of_form
from benchmarks.records import Record
from shiftplan import ModelError
from shiftplan.solving.result import Cost

FILE = Path(__file__).with_name("accepted.csv")
MOMENTS = (1.0, 3.0, 5.0, 10.0, 20.0)
"""Seconds at which the gap is compared."""
LATE = 1.2
"""How many times as late a figure may be reached: dives end when they end."""
Figures = Mapping[str, float | None]
"""Name of a figure -> its value; None where there is none, which is worse than any."""


@dataclass(frozen=True, slots=True)
class Tolerance:
    """How much worse a figure may be than the accepted one."""

    times: float
    more: float

    def allows(self, now: float | None, accepted: float | None) -> bool:
        """Whether a figure is good enough."""
        if accepted is None:
            return True
        return now is not None and now <= accepted * self.times + self.more


_GAP = Tolerance(1.25, 0.0002)
TOLERANCES: Mapping[str, Tolerance] = {
    "first_seconds": Tolerance(1.0, 0.1),
    "first_gap": _GAP,
    **{f"gap_at_{moment:g}": _GAP for moment in MOMENTS},
    "peak_mb": Tolerance(1.15, 0.0),
}
"""Name of a figure -> how much worse it may be, after `LATE` was granted."""
_FACTS = ("week", "digest", "bound", "yardstick", "load", "processor")


@dataclass(frozen=True, slots=True)
class Accepted:
    """What was accepted of a week."""

    week: str
    digest: str
    """Beginning of the digest of its files."""
    bound: int
    """The best bound known: no roster costs less."""
    yardstick: float
    """Seconds of `yardstick` on the machine at the time."""
    load: float
    """Other work on the machine at the time, in processors."""
    processor: str
    figures: Figures

    @property
    def is_measured(self) -> bool:
        """Whether there are figures, or only the best bound known from elsewhere."""
        return any(value is not None for value in self.figures.values())


@dataclass(frozen=True, slots=True)
class Look:
    """A run of a week, seen beside its best known bound, on a clock of the accepted machine."""

    record: Record
    bound: int
    """The best bound known, that of the run included."""
    scale: float = 1.0
    """How many times as long this machine takes as that of the accepted figures."""

    def figures(self, late: float = 1.0) -> dict[str, float | None]:
        """The figures where all moments may be late by this factor."""
        clock = self.scale * late
        first = self.record.costs[0] if self.record.costs else None
        gaps = {f"gap_at_{moment:g}": self._gap(moment * clock) for moment in MOMENTS}
        return {
            "first_seconds": None if first is None else first[0] / clock,
            "first_gap": None if first is None else Cost(first[1], self.bound).gap,
            **gaps,
            "peak_mb": self.record.peak_bytes / 1e6,
        }

    def worse_than(self, accepted: Accepted) -> set[str]:
        """Figures that are worse than tolerated."""
        now = self.figures(LATE)
        return {
            name
            for name, tolerance in TOLERANCES.items()
            if not tolerance.allows(now[name], accepted.figures[name])
        }

    def _gap(self, seconds: float) -> float | None:
        return Cost(self.record.at(seconds).cost, self.bound).gap


def look(record: Record, known: int | None, scale: float = 1.0) -> Look:
    """See a run beside the best bound known before; None for none.

    Raises
    ------
    ModelError
        The run found a roster that costs less than what was proven.
    ValueError
        Neither the run nor anything before it proved a bound.

    """
    bounds = [bound for bound in (known, record.bound) if bound is not None]
    if not bounds:
        raise ValueError(f"{record.instance} ended without a bound, and none is known")
    bound = max(bounds)
    if record.cost is not None and record.cost < bound:
        raise ModelError(f"{record.instance}: cost {record.cost} is below the bound {bound}")
    return Look(record, bound, scale)


def read_accepted(file: Path) -> dict[str, Accepted]:
    """Week -> what was accepted; nothing where the file is missing.

    Raises
    ------
    ValueError
        The file is not of the form.

    """
    if not file.exists():
        return {}
    with of_form(file.name), file.open(encoding="utf-8", newline="") as text:
        return {row["week"]: _accepted(row) for row in csv.DictReader(text, strict=True)}


def write_accepted(rows: Iterable[Accepted], file: Path) -> None:
    """Write what is accepted."""
    with file.open("w", encoding="utf-8", newline="") as text:
        table = csv.writer(text, lineterminator="\n")
        table.writerow([*_FACTS, *TOLERANCES])
        for row in rows:
            figures = [row.figures[name] for name in TOLERANCES]
            table.writerow(
                [
                    *(row.week, row.digest, row.bound),
                    *(f"{row.yardstick:.3f}", f"{row.load:.1f}", row.processor),
                    *("" if value is None else f"{value:.5f}" for value in figures),
                ]
            )


def _accepted(row: dict[str, str]) -> Accepted:
    figures = {name: float(row[name]) if row[name] else None for name in TOLERANCES}
    return Accepted(
        week=row["week"],
        digest=row["digest"],
        bound=int(row["bound"]),
        yardstick=float(row["yardstick"]),
        load=float(row["load"]),
        processor=row["processor"],
        figures=figures,
    )
