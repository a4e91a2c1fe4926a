"""Shifts of a week, citizens who need help, and the people that each shift needs.

`Center`s -> `shifts_of` -> `Shift`s -> `visits_of` -> expected visits and their work ->
`requirements_of`.
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from benchmarks.weeks.units import Center

HOURS = {"am": (7, 11), "pm": (13, 17)}
"""First and last hour of a session. Official hours are not published; these are assumed."""
SESSIONS = tuple((day, part) for day in range(6) for part in HOURS if (day, part) != (5, "pm"))
"""Day (0 is Monday) and part of each session: all but Saturday afternoon."""
HOUR_SHARE = {7: 0.10, 8: 0.17, 9: 0.17, 10: 0.14, 13: 0.12, 14: 0.13, 15: 0.11, 16: 0.06}
"""Hour -> part of a day's visits, shaped like tickets of city offices, with a break at noon."""
DAY_FACTOR = (1.25, 1.0, 0.95, 0.95, 1.0, 0.55)
"""Visits from Monday to Saturday, as parts of an ordinary day."""
_RATE = (0.62, 0.30)
"""Median of helped visits per 1,000 people a day, and the standard deviation of its logarithm."""
_ISLAND_RATE = 1.6
"""How many times as many visits an island has."""
_HOUR_NOISE, _SERVICE_NOISE = (0.85, 1.15), (0.8, 1.2)
_SMALL = 20_000
"""A center for fewer people than this may have two heads in a shift, others three at least."""
_SAFETY = 0.8
"""Heads beyond the load, in square roots of it."""
_MINIMUM = 0.6
"""Part of the heads that must be there."""
_SPEAKERS = 0.3
"""Speakers of a minority's language for each head."""
_HARD_LOAD = 0.25
"""Load of hard cases from which on a shift needs a person for them."""


@dataclass(frozen=True, slots=True)
class Service:
    """What citizens need help with."""

    service_id: str
    name: str
    skill: str
    level: int
    """Least level of the skill."""
    minutes: int
    """For each citizen."""
    share: float
    """Part of helped visits."""


SERVICES = (
    Service("flow", "Hướng dẫn lấy số, phân luồng", "flow", 1, 4, 0.34),
    Service("vneid", "Cài đặt, đăng nhập VNeID", "vneid", 2, 20, 0.20),
    Service("portal", "Nộp hồ sơ trực tuyến", "portal", 2, 25, 0.22),
    Service("portal_hard", "Hồ sơ trực tuyến phức tạp (đất đai)", "portal", 3, 40, 0.08),
    Service("lookup", "Tra cứu kết quả", "portal", 1, 8, 0.10),
    Service("epayment", "Thanh toán trực tuyến", "epayment", 1, 10, 0.06),
)
_IDS = tuple(service.service_id for service in SERVICES)

Load = Mapping[str, float]
"""Service id -> people busy with it on average."""


@dataclass(frozen=True, slots=True)
class Shift:
    """A session at a center."""

    center: Center
    day: dt.date
    weekday: int
    """0 is Monday."""
    part: str

    @property
    def shift_id(self) -> str:
        return f"{self.center.unit.code}-{self.day:%m%d}-{self.part}"

    @property
    def hours(self) -> tuple[int, int]:
        """First and last hour."""
        return HOURS[self.part]


@dataclass(frozen=True, slots=True)
class Visits:
    """Visits expected in an hour of a shift."""

    shift: Shift
    hour: int
    service_id: str
    expected: float


def shifts_of(center: Center, monday: dt.date) -> list[Shift]:
    """The shifts of a center's week, in order of time."""
    return [Shift(center, monday + dt.timedelta(day), day, part) for day, part in SESSIONS]


def rates_of(centers: Sequence[Center], random: np.random.Generator) -> list[float]:
    """Draw helped visits per 1,000 people and day of each center."""
    usual, deviation = _RATE
    drawn = random.lognormal(math.log(usual), deviation, len(centers))
    return [
        float(rate) * (_ISLAND_RATE if center.unit.is_island else 1.0)
        for rate, center in zip(drawn, centers, strict=True)
    ]


def visits_of(shift: Shift, rate: float, random: np.random.Generator) -> Iterator[Visits]:
    """Draw the visits of a shift, hour by hour and service by service."""
    first, last = shift.hours
    for hour in range(first, last):
        daily = shift.center.population / 1000 * rate
        mean = daily * DAY_FACTOR[shift.weekday] * HOUR_SHARE[hour] * random.uniform(*_HOUR_NOISE)
        for service in SERVICES:
            expected = mean * service.share * random.uniform(*_SERVICE_NOISE)
            yield Visits(shift, hour, service.service_id, expected)


def load_of(visits: Sequence[Visits]) -> Load:
    """People busy with each service during a shift, on average over its hours."""
    first, last = visits[0].shift.hours
    load = dict.fromkeys(_IDS, 0.0)
    minutes = {service.service_id: service.minutes for service in SERVICES}
    for row in visits:
        load[row.service_id] += row.expected * minutes[row.service_id] / 60 / (last - first)
    return load


def requirements_of(shift: Shift, load: Load) -> Iterator[tuple[Any, ...]]:
    """Yield skill, least level, minimum and target of each need of a shift.

    Heads follow the square-root rule of staffing, up to the capacity of the center.
    """
    center = shift.center
    work = float(np.sum(list(load.values())))
    fewest = 2 if center.population < _SMALL else 3
    heads = max(fewest, min(center.capacity, math.ceil(work + _SAFETY * math.sqrt(work))))
    yield "", "", max(1, math.ceil(_MINIMUM * heads)), heads
    online = load["vneid"] + load["portal"] + load["portal_hard"]
    yield "portal", 2, max(1, math.ceil(0.5 * online)), max(1, math.ceil(online))
    if load["portal_hard"] > _HARD_LOAD:
        yield "portal", 3, 1, max(1, math.ceil(load["portal_hard"]))
    yield "vneid", 2, 1, max(1, math.ceil(load["vneid"]))
    if center.is_minority:
        language = "cham" if center.speaks_cham else "khmer"
        yield language, 1, 1, max(1, math.ceil(_SPEAKERS * heads))
