"""How large a planning week is, told without reading all of it.

Tables of a week -> their bytes, or about how many pairs of a person and a shift it has.
"""

from __future__ import annotations

import contextlib
import csv
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path

from shiftplan.case.case import distance
from shiftplan.files.text import MOST_BYTES
from shiftplan.week.records import Center

_BYTES_OF_PAIR = 25.0
"""About so many bytes of a week's tables stand for a pair, where they cannot be looked into."""


def source_bytes(source: Path) -> int:
    """How large a planning week is, in bytes of its tables: told at once."""
    files = [source] if source.is_file() else source.glob("*.csv")
    total = 0
    for path in files:
        with contextlib.suppress(OSError):  # whoever reads the week tells of it
            total += path.stat().st_size
    return total


class Sizes:
    """How much there is to decide on in each week, which takes a moment to find out."""

    def __init__(self) -> None:
        self._known: dict[Path, float] = {}

    def of(self, source: Path) -> float:
        """Pairs of a person and a shift, about."""
        if source not in self._known:
            self._known[source] = week_size(source)
        return self._known[source]


def week_size(source: Path) -> float:
    """Pairs of a person and a center within reach, for each window of time that the person offers.

    Rules cut some of them, and long windows hold several shifts, so it is no count; but it tells a
    city whose centers are all in everybody's reach from a province with as many people. A week that
    is no folder, or whose tables say nothing that can be counted, goes by its bytes.
    """
    size = 0.0
    if source.is_dir():
        try:
            size = _pairs(source)
        except (OSError, ValueError, KeyError, csv.Error):
            size = 0.0  # whoever reads the week tells what is wrong with it
    return size or source_bytes(source) / _BYTES_OF_PAIR


def _pairs(folder: Path) -> float:
    centers = {row["center_id"]: _center(row) for row in _rows(folder / "centers.csv")}
    windows = Counter(row["volunteer_id"] for row in _rows(folder / "availability.csv"))
    near: dict[str, list[float]] = {}
    total = 0
    for row in _rows(folder / "volunteers.csv"):
        name, reach = row.get("home_center_id") or "", float(row.get("max_distance_km") or "inf")
        if name not in near:
            home = centers.get(name)
            near[name] = [(home and distance(home, there)) or 0.0 for there in centers.values()]
        total += windows[row["volunteer_id"]] * sum(km <= reach for km in near[name])
    return float(total)


def _center(row: Mapping[str, str]) -> Center:
    """Where a center is, if that is told."""
    lat, lon = row.get("lat"), row.get("lon")
    known = {"lat": float(lat), "lon": float(lon)} if lat and lon else {}
    return Center(center_id=row["center_id"], **known)


def _rows(path: Path) -> Iterator[Mapping[str, str]]:
    if not path.is_file() or path.stat().st_size > MOST_BYTES:
        raise ValueError("no table that is read")  # a pipe or a device may have no end
    with path.open(encoding="utf-8-sig", newline="") as file:
        yield from csv.DictReader(file)
