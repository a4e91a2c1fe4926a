"""Invented volunteers: homes, skills, the times they offer, and the weeks before.

`Center`s -> `homes_of` -> `person_of` -> `Person` -> `windows_of`, `history_of`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

import numpy as np

from benchmarks.weeks.needs import SESSIONS
from benchmarks.weeks.units import Center

Item = TypeVar("Item")
PER_CENTER = 13.265
"""Volunteers a center: 1,353 at the 102 centers of An Giang, as the press reported in 2025."""
_SURE_SHARE = 0.9
"""Part of the volunteers whose homes follow the square root of the population; others are drawn."""
_FEWEST_A_HOME = 3
HISTORY_WEEKS = 3
_SATURDAY, _SATURDAY_FACTOR = 5, 1.25
"""People offer more on Saturdays."""
_WORKED, _UNDESIRED = 0.62, 0.15
"""Part of the shifts offered that were worked, and of these the undesired ones."""
_STATES = {"available": 0.6, "preferred": 0.25, "undesired": 0.15}
_REACH = {0: 0.25, 8: 0.25, 12: 0.25, 18: 0.15, 25: 0.10}
"""Kilometers that people on the mainland go -> part of them; 0 for only the center at home."""
_KHMER_AT_HOME, _KHMER_ELSEWHERE, _CHAM_AT_HOME = 0.40, 0.04, 0.35
_SHOW = (18, 2)
"""Parameters of the beta distribution of show rates."""
_SHOW_RANGE = (0.55, 0.99)


@dataclass(frozen=True, slots=True)
class Kind:
    """A group of volunteers."""

    share: float
    grades: Mapping[int, float]
    """Grade of technical skill -> part of the group."""
    shifts: tuple[int, int]
    """Least of the most shifts a person takes, and the number that no such limit reaches."""
    offers: float
    """Part of the sessions that a person offers."""


_GRADES = {0: 0.28, 1: 0.36, 2: 0.24, 3: 0.12}
KINDS = {
    "student": Kind(0.40, _GRADES, (2, 6), 0.42),
    "worker": Kind(0.30, _GRADES, (1, 4), 0.28),
    "official": Kind(0.15, {1: 0.30, 2: 0.45, 3: 0.25}, (2, 5), 0.38),
    "free": Kind(0.15, _GRADES, (3, 7), 0.62),
}
"""Name of a group -> the group. No data about such volunteers are public; all is assumed."""

_NAMES = tuple(
    part.split()
    for part in (
        "Nguyễn Trần Lê Phạm Huỳnh Võ Phan Trương Đặng Bùi Đỗ Hồ Ngô Dương Danh Châu Thị Kim",
        "Văn Thị Minh Ngọc Thanh Hữu Quốc Thùy Gia Phương Hoàng Kim",
        "An Bình Chi Dũng Giang Hà Hân Hiếu Hồng Khang Khoa Lan Linh Long Mai Minh Nam Ngân Nhi "
        "Nhung Phúc Quân Sơn Tâm Thảo Thư Tiên Trang Trung Tú Tuấn Uyên Vy Yến",
    )
)
"""Family, middle and given names."""


@dataclass(frozen=True, slots=True)
class Person:
    """A volunteer."""

    number: int
    """From 1 on."""
    name: str
    home: Center
    kind: str
    levels: tuple[int, ...]
    """Of flow, vneid, portal, epayment, khmer and cham."""
    max_shifts: int
    reach: float
    """Kilometers."""
    show_rate: float

    @property
    def volunteer_id(self) -> str:
        return f"V{self.number:05d}"

    def offers(self, supply: float) -> float:
        """Chance that the person offers a session, at a supply of 1 that of the group."""
        return KINDS[self.kind].offers * supply


def homes_of(centers: Sequence[Center], count: int, random: np.random.Generator) -> list[Center]:
    """Draw the home of each volunteer, in the order of the centers."""
    weights = np.sqrt([center.population for center in centers])
    weights = weights / weights.sum()
    sure = np.maximum(_FEWEST_A_HOME, np.floor(weights * count * _SURE_SHARE)).astype(int)
    while sure.sum() > count:
        sure[sure.argmax()] -= 1
    others = random.choice(len(centers), count - sure.sum(), p=weights)
    return [centers[i] for i in np.sort([*np.repeat(np.arange(len(centers)), sure), *others])]


def person_of(number: int, home: Center, random: np.random.Generator) -> Person:
    """Draw a volunteer."""
    name = _pick(random, {name: kind.share for name, kind in KINDS.items()})
    grade = _pick(random, KINDS[name].grades)
    khmer = (
        home.is_minority and not home.speaks_cham and random.random() < _KHMER_AT_HOME
    ) or random.random() < _KHMER_ELSEWHERE
    cham = home.speaks_cham and random.random() < _CHAM_AT_HOME
    # The limits of all groups are drawn, so that the group changes no later draw.
    limits = {other: int(random.integers(*kind.shifts)) for other, kind in KINDS.items()}
    reach = 0 if home.unit.is_island else float(_pick(random, _REACH))
    lowest, highest = _SHOW_RANGE
    show_rate = round(min(highest, max(lowest, random.beta(*_SHOW))), 2)
    names = " ".join(_pick(random, part) for part in _NAMES)
    flow, vneid, portal, epayment = (
        min(most, max(0, grade + _pick(random, (-1, 0, 0, 1)) + more))
        for most, more in ((2, 0), (4, 1), (4, 1), (3, 0))
    )
    levels = (1 + flow, vneid, portal, epayment, int(khmer), int(cham))
    return Person(number, names, home, name, levels, limits[name], reach, show_rate)


def windows_of(
    person: Person, supply: float, random: np.random.Generator
) -> list[tuple[int, str, str]]:
    """Draw the sessions that a person offers: day, part, and how the person likes it."""
    offered = []
    usual = person.offers(supply)
    for day, part in SESSIONS:
        if random.random() < usual * (_SATURDAY_FACTOR if day == _SATURDAY else 1.0):
            offered.append((day, part, _pick(random, _STATES)))
    return offered


def history_of(
    person: Person, supply: float, monday: dt.date, random: np.random.Generator
) -> tuple[int, int, int, dt.date | None]:
    """Draw the weeks before: shifts offered, worked, and undesired; the date of the last one."""
    offered = max(1, round(HISTORY_WEEKS * person.offers(supply) * len(SESSIONS)))
    offered = min(offered, HISTORY_WEEKS * person.max_shifts)
    worked = int(random.binomial(offered, _WORKED))
    undesired = int(random.binomial(worked, _UNDESIRED))
    last = monday - dt.timedelta(_pick(random, (2, 3, 4, 5, 6))) if worked else None
    return offered, worked, undesired, last


def _pick(random: np.random.Generator, items: Sequence[Item] | Mapping[Item, float]) -> Item:
    """One of some items, each as likely as its weight; equally likely without weights."""
    among = list(items)
    weights = list(items.values()) if isinstance(items, Mapping) else None
    return among[int(random.choice(len(among), p=weights))]
