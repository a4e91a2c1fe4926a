"""Communes, wards and special zones as tables list them, and the service center of each.

CSV of units -> `read_units` -> `Unit`s -> `centers_of` -> `Center`s.
"""

from __future__ import annotations

import csv
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from benchmarks.forms import of_form

_UNITS = Path(__file__).with_name("units")
AN_GIANG = _UNITS / "an_giang.csv"
"""The 102 units of An Giang, with marks of minorities, islands and borders."""
VIETNAM = _UNITS / "vietnam.csv"
"""All 3,321 units. Many populations lost digits at the source: nobody should quote them."""

CHAM = {"Xã Châu Phong", "Xã Nhơn Hội", "Xã Vĩnh Hậu", "Xã Khánh Bình", "Xã Đa Phước"}
"""Communes of An Giang where many people speak Cham; in other minority areas they speak Khmer."""
_CREDIBLE = 10_000
"""Fewest people that a unit on the mainland is believed to have."""
_FEWEST_ON_ISLAND = 1_500
_PEOPLE_A_DESK = 20_000
_DESKS = (2, 17)
"""Fewest and most desks of a center."""
_BESIDE_DESKS = 3
"""Helpers a center has room for besides one at each desk."""
_MINORITY_SHARE = 0.2
"""Part of units that are drawn as minority areas where a table does not mark them."""


@dataclass(frozen=True, slots=True)
class Unit:
    """A row of a table of units."""

    code: str
    name: str
    kind: str
    """Commune, ward or special zone, in Vietnamese."""
    lat: str
    lon: str
    population: float
    """As in the table; 0 where it is blank."""
    is_minority: bool | None
    """Whether it is a minority area; None where the table does not have the column."""
    remote: str
    """`land_border`, a word that starts with `island`, or nothing."""

    @property
    def is_island(self) -> bool:
        return self.remote.startswith("island")


@dataclass(frozen=True, slots=True)
class Center:
    """The service center of a unit."""

    unit: Unit
    population: float
    """People it serves: those of the table where they are credible."""
    is_minority: bool

    @property
    def is_border(self) -> bool:
        return self.unit.remote == "land_border"

    @property
    def speaks_cham(self) -> bool:
        return self.unit.name in CHAM

    @property
    def capacity(self) -> int:
        """Most people in one shift."""
        fewest, most = _DESKS
        return min(most, max(fewest, round(self.population / _PEOPLE_A_DESK))) + _BESIDE_DESKS

    @property
    def priority(self) -> float:
        """Factor on the price of empty seats: minorities, borders, islands, and many people."""
        size = min(1.0, self.population / 150_000)
        remote = 0.25 * self.is_border + 0.5 * self.unit.is_island
        return float(np.round(1.0 + 0.5 * self.is_minority + remote + 0.25 * size, 2))


def read_units(table: Path, province: str | None = None) -> list[Unit]:
    """Read the units of a table, or those of one of its provinces.

    Raises
    ------
    ValueError
        The table is not of the form, or has no such province.

    """
    with of_form(table.name), table.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, strict=True))
        found = [_unit(row) for row in rows if province in (None, row.get("province"))]
    if not found:
        raise ValueError(f"{table.name} has no units" + (f" in {province!r}" if province else ""))
    return found


def provinces(table: Path = VIETNAM) -> list[str]:
    """Names of a table's provinces, in the order of their code points."""
    with of_form(table.name), table.open(encoding="utf-8", newline="") as file:
        return sorted({row["province"] for row in csv.DictReader(file, strict=True)})


def folder_name(province: str) -> str:
    """Such as `an_giang` for Tỉnh An Giang: no accents, and no word for the kind of place."""
    name = province.removeprefix("Tỉnh ").removeprefix("Thành phố ").lower().replace("đ", "d")
    plain = unicodedata.normalize("NFD", name)
    return "".join(c for c in plain if not unicodedata.combining(c)).replace(" ", "_")


def centers_of(units: Sequence[Unit], random: np.random.Generator) -> list[Center]:
    """The center of each unit; minority areas are drawn if the table does not mark them.

    Implausibly small populations are replaced by the median; islands count at least 1,500.
    """
    median = float(np.median([unit.population for unit in units]))
    minorities = [unit.is_minority for unit in units]
    if None in minorities:
        minorities = list(random.random(len(units)) < _MINORITY_SHARE)
    return [
        Center(unit, _credible(unit, median), bool(is_minority))
        for unit, is_minority in zip(units, minorities, strict=True)
    ]


def _unit(row: dict[str, str]) -> Unit:
    marked = row.get("minority_flag")
    return Unit(
        code=row["code"],
        name=row["name"],
        kind=row["type"],
        lat=row["lat"],
        lon=row["lon"],
        population=float(row["population"] or 0),
        is_minority=None if marked is None else bool(marked),
        remote=row.get("remote_or_island_flag") or "",
    )


def _credible(unit: Unit, median: float) -> float:
    if unit.population >= _CREDIBLE:
        return unit.population
    return max(unit.population, _FEWEST_ON_ISLAND) if unit.is_island else median
