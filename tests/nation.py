"""Small batches: ROOT folders, and rows made up."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from files.weeks import TINY, write_texts

from shiftplan.batch import Row
from shiftplan.batch.manifest import Figures, JobOutcome, WeekEntry
from shiftplan.batch.places import ProvinceWeek

FIRST, SECOND = dt.date(2026, 12, 7), dt.date(2026, 12, 14)
HOSTILE = ("=1+2", "<b>đậm</b>", "[red]Đỏ[/red]", "a#b%20c", "{} {{ 7 }}", "Bà Rịa & 'Vũng'")
"""Names of provinces that files, pages and terminals may take for something else."""


def write_province_week(root: Path, province: str, week: dt.date = FIRST, **changed: str) -> Path:
    """Write the tiny week of a province, moved to begin on a date."""
    folder = root / province / str(week)
    folder.mkdir(parents=True)
    tables = TINY | changed
    for days in (1, 0):  # the later date first, or it would be moved twice
        old, new = FIRST + dt.timedelta(days), week + dt.timedelta(days)
        tables = {name: text.replace(str(old), str(new)) for name, text in tables.items()}
    return write_texts(folder, tables)


def write_root(
    root: Path, provinces: Iterable[str], weeks: Iterable[dt.date] = (FIRST, SECOND)
) -> Path:
    """Write a ROOT folder with a tiny week for each province and date."""
    for province in provinces:
        for week in weeks:
            write_province_week(root, province, week)
    return root


def figures(**changed: Any) -> Figures:
    """Figures of a planned week: 10 of 12 seats filled, 25% of the cost not proven."""
    given: dict[str, Any] = {
        "status": "FEASIBLE",
        "volunteers": 7,
        "centers": 2,
        "shifts": 6,
        "assignments": 10,
        "seats": 12,
        "empty_seats": 2,
        "skilled_seats": 4,
        "empty_skilled_seats": 1,
        "cost": 400,
        "bound": 300,
        "levels": {"1": 100, "2": 300},
        "gini": 0.125,
        "minority_filled": None,
    }
    return Figures(**(given | changed))


def done(
    province: str, week: dt.date = FIRST, seconds: float = 5.0, facts: Any = (), **changed: Any
) -> Row:
    """A planned province-week."""
    outcome = JobOutcome(facts=facts, figures=figures(**changed), seconds=seconds, memory_mb=120.5)
    return Row(
        ProvinceWeek(province, week, Path("week")),
        WeekEntry(state="done", attempts=1, contents="c", key="k", outcome=outcome),
    )


def failed(province: str, week: dt.date = FIRST, failure: Any = "input", facts: Any = ()) -> Row:
    """A province-week that failed."""
    outcome = JobOutcome(failure=failure, facts=facts, seconds=1.0)
    place = ProvinceWeek(province, week, Path("week"))
    return Row(place, WeekEntry(state="failed", attempts=1, outcome=outcome))


def waiting(province: str, week: dt.date = FIRST) -> Row:
    """A province-week that was not begun."""
    return Row(ProvinceWeek(province, week, Path("week")), WeekEntry())
