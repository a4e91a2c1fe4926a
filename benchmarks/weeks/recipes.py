"""What a made week is made from, and its files.

`Recipe` -> `tables` -> bytes of each file -> `make` -> a folder that `shiftplan.read_week` reads.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.family.instances import Tables
from benchmarks.weeks.needs import (
    HOURS,
    SERVICES,
    load_of,
    rates_of,
    requirements_of,
    shifts_of,
    visits_of,
)
from benchmarks.weeks.people import (
    HISTORY_WEEKS,
    PER_CENTER,
    Person,
    history_of,
    homes_of,
    person_of,
    windows_of,
)
from benchmarks.weeks.units import (
    AN_GIANG,
    VIETNAM,
    Center,
    centers_of,
    folder_name,
    provinces,
    read_units,
)

MONDAY = dt.date(2026, 12, 7)
_HEADS: Mapping[str, str] = {
    "centers": "center_id,name,type,lat,lon,population,minority_area,remote_area,priority,capacity",
    "skills": "skill_id,name,kind,max_level",
    "services": "service_id,name,skill_id,min_level,minutes_per_citizen",
    "shifts": "shift_id,center_id,date,start,end",
    "demand": "center_id,date,start,end,service_id,arrivals",
    "requirements": "shift_id,skill_id,min_level,minimum,target",
    "volunteers": "volunteer_id,name,home_center_id,group,skill.flow,skill.vneid,skill.portal,"
    "skill.epayment,skill.khmer,skill.cham,max_shifts,min_shifts,max_distance_km,show_rate",
    "availability": "volunteer_id,date,start,end,state",
    "history": "volunteer_id,weeks,shifts_offered,shifts_worked,undesired_worked,last_worked",
    "rules": "rule,level,weight,value,note",
}
"""Name of a table -> its columns."""
_SKILLS = (
    ("flow", "Phân luồng", "tech", 3),
    ("vneid", "VNeID", "tech", 4),
    ("portal", "Cổng dịch vụ công", "tech", 4),
    ("epayment", "Thanh toán điện tử", "tech", 3),
    ("khmer", "Tiếng Khmer", "language", 1),
    ("cham", "Tiếng Chăm", "language", 1),
)
_SIMPLE = (
    ("coverage", 1, 100, "", "empty seats against minimum and target, by center priority"),
    ("max_shifts", "hard", "", "", "per volunteer, column max_shifts"),
    (
        "max_distance",
        "hard",
        "",
        "",
        "home to center, column max_distance_km (0: home center only)",
    ),
    ("capacity", "hard", "", "", "people in one shift, column capacity of the center"),
    ("one_place", "hard", "", "", "no two shifts that overlap"),
    ("fairness", 2, 50, "", "load against offered availability, with history"),
    (
        "wish",
        2,
        10,
        "",
        "a shift in an undesired window: weight; in a plainly available one: a fifth of it",
    ),
    ("travel", 2, 1, "", "km from home to center, rounded half up"),
)
"""Rules that a flow through a network can nearly state."""
_MORE = (
    ("one_center_per_day", "hard", "", "", "all shifts of one day at one center"),
    ("max_centers", "hard", "", 2, "different centers per volunteer in the week"),
    ("max_consecutive_days", "hard", "", 4, "worked days in a row inside the week"),
    (
        "mentor",
        "hard",
        "",
        2,
        "novices (portal level 0) in a shift: at most value times its mentors (portal level 3 "
        "or more)",
    ),
    (
        "min_shifts",
        2,
        40,
        "",
        "shifts below column min_shifts, for volunteers who offered that many",
    ),
    ("continuity", 2, 10, "", "each different center beyond the first"),
    ("full_day", 2, 5, "", "each day with both sessions"),
)
_Row = Sequence[Any]


@dataclass(frozen=True, slots=True)
class Recipe:
    """What a week is made from; the same recipe gives the same bytes."""

    units: Path = AN_GIANG
    """Table of units."""
    province: str | None = None
    """Only the units of this province; None for all."""
    seed: int = 1
    volunteers: int | None = None
    """How many; None for 13.265 a center, as in An Giang."""
    monday: dt.date = MONDAY
    supply: float = 1.0
    """How many times as much availability as usual."""
    simple: bool = False
    """Whether the week has only the flow-like rules."""


def nation() -> dict[str, Recipe]:
    """Folder of each province -> its week; seeds count up in the order of the names."""
    return {
        folder_name(province): Recipe(VIETNAM, province, seed)
        for seed, province in enumerate(provinces(), 1)
    }


NAMED: Mapping[str, Recipe] = {
    "an_giang": Recipe(),
    "an_giang_plain": Recipe(simple=True),
    "s2": Recipe(seed=2),
    "low": Recipe(supply=0.65),
    "high": Recipe(supply=1.5),
    "ca_mau": Recipe(VIETNAM, "Tỉnh Cà Mau"),
    "ha_noi": Recipe(VIETNAM, "Thành phố Hà Nội"),
    "ho_chi_minh": Recipe(VIETNAM, "Thành phố Hồ Chí Minh"),
}
"""Weeks of the published tables -> their recipes, those of provinces with seed 1."""


def tables(recipe: Recipe) -> Tables:
    """Files of a week."""
    random = np.random.default_rng(recipe.seed)
    centers = centers_of(read_units(recipe.units, recipe.province), random)
    rows = {
        "centers": [_center(center) for center in centers],
        "skills": _SKILLS,
        "services": [(s.service_id, s.name, s.skill, s.level, s.minutes) for s in SERVICES],
        **_needed(centers, recipe.monday, random),
        **_offered(centers, recipe, random),
        "rules": _SIMPLE if recipe.simple else (*_SIMPLE, *_MORE),
    }
    return {f"{name}.csv": _table(name, rows[name]) for name in sorted(_HEADS)}


def make(recipe: Recipe, folder: Path) -> Path:
    """Write a week into a folder; files that a week does not have are left alone."""
    files = tables(recipe)
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in files.items():
        (folder / name).write_bytes(content)
    return folder


def make_centers(count: int, folder: Path) -> list[Path]:
    """Write weeks of a nation, in the order of their folders, until they have so many centers."""
    made = []
    for name, recipe in sorted(nation().items()):
        if count <= 0:
            break
        made.append(make(recipe, folder / name))
        count -= len(read_units(recipe.units, recipe.province))
    return made


def _needed(
    centers: Sequence[Center], monday: dt.date, random: np.random.Generator
) -> dict[str, list[_Row]]:
    """Rows of shifts, expected visits and requirements."""
    shifts, demand, requirements = list[_Row](), list[_Row](), list[_Row]()
    for center, rate in zip(centers, rates_of(centers, random), strict=True):
        code = center.unit.code
        for shift in shifts_of(center, monday):
            shifts.append((shift.shift_id, code, shift.day, *_clock(*shift.hours)))
            visits = list(visits_of(shift, rate, random))
            for v in visits:
                times = _clock(v.hour, v.hour + 1)
                demand.append((code, shift.day, *times, v.service_id, f"{v.expected:.2f}"))
            requirements += [
                (shift.shift_id, *need) for need in requirements_of(shift, load_of(visits))
            ]
    return {"shifts": shifts, "demand": demand, "requirements": requirements}


def _offered(
    centers: Sequence[Center], recipe: Recipe, random: np.random.Generator
) -> dict[str, list[_Row]]:
    """Rows of volunteers, their windows and their history."""
    volunteers, windows, history = list[_Row](), list[_Row](), list[_Row]()
    count = recipe.volunteers or round(PER_CENTER * len(centers))
    for number, home in enumerate(homes_of(centers, count, random), 1):
        person = person_of(number, home, random)
        volunteers.append(_volunteer(person))
        for day, part, state in windows_of(person, recipe.supply, random):
            date = recipe.monday + dt.timedelta(day)
            windows.append((person.volunteer_id, date, *_clock(*HOURS[part]), state))
        before = history_of(person, recipe.supply, recipe.monday, random)
        history.append((person.volunteer_id, HISTORY_WEEKS, *before))
    return {"volunteers": volunteers, "availability": windows, "history": history}


def _center(center: Center) -> _Row:
    unit = center.unit
    is_remote = unit.is_island or center.is_border
    place = (unit.code, unit.name, unit.kind, unit.lat, unit.lon, int(center.population))
    return (*place, int(center.is_minority), int(is_remote), center.priority, center.capacity)


def _volunteer(person: Person) -> _Row:
    limits = (person.max_shifts, int(person.max_shifts > 1), person.reach, person.show_rate)
    who = (person.volunteer_id, person.name, person.home.unit.code, person.kind)
    return (*who, *person.levels, *limits)


def _clock(first: int, last: int) -> tuple[str, str]:
    return f"{first:02d}:00", f"{last:02d}:00"


def _table(name: str, rows: Iterable[_Row]) -> bytes:
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(_HEADS[name].split(","))
    writer.writerows(rows)
    return text.getvalue().encode("utf-8")
