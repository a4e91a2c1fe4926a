"""A week of two centers, and logs of visits before it: as texts, and with a known level.

Rows of text -> file; (level, days) -> `LogRows`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from shiftplan.citizens.visits.history import VisitHistory
from shiftplan.citizens.visits.report import LogReport
from shiftplan.citizens.visits.rows import LogRows
from shiftplan.files import read_visits
from shiftplan.problem import Problem

MONDAY = dt.date(2026, 12, 7)
"""First date of the week to forecast."""
SERVICES = {"flow": "Lấy số, phân luồng", "vneid": "Cài đặt VNeID", "file": "Nộp hồ sơ"}
HOURS = ((7, 11), (13, 17))
HEAD = "center_id,arrived,services\n"


def _at(day: int, hour: int) -> dt.datetime:
    return dt.datetime.combine(MONDAY, dt.time(hour)) + dt.timedelta(days=day)


def week(days: int = 5, **tables: Any) -> Problem:
    """Two centers with shifts from 7 to 11 and from 13 to 17 on the first days of a week."""
    shifts = [
        {
            "shift_id": f"{center}-{day}-{start}",
            "center_id": center,
            "start": _at(day, start),
            "end": _at(day, end),
        }
        for center in ("A1", "B2")
        for day in range(days)
        for start, end in HOURS
    ]
    parts: dict[str, Any] = {
        "horizon": {"start": MONDAY, "days": 7},
        "centers": [
            {"center_id": "A1", "name": "Rạch Giá", "type": "phường"},
            {"center_id": "B2", "name": "Hòn Đất", "type": "xã"},
        ],
        "skills": [{"skill_id": "khmer", "name": "Tiếng Khmer", "kind": "language"}],
        "services": [
            {"service_id": key, "name": name, "minutes_per_citizen": 10}
            for key, name in SERVICES.items()
        ],
        "volunteers": [],
        "shifts": shifts,
    }
    return Problem.model_validate(parts | tables)


def written(folder: Path, text: str, name: str = "visits.csv") -> Path:
    """A file with a text."""
    path = folder / name
    path.write_bytes(text.encode())
    return path


def read(folder: Path, text: str, problem: Problem | None = None, **options: Any) -> VisitHistory:
    """A log that is read from a text against the week."""
    return read_visits(written(folder, text), problem or week(), **options)


def told(history: VisitHistory) -> list[tuple[str, str, tuple[str, ...]]]:
    """Center, moment and services of each visit, in the order of the log."""
    log = history.log
    assert log is not None
    found = []
    for i in range(len(log)):
        at = dt.datetime.combine(log.first, dt.time()) + dt.timedelta(minutes=int(log.time[i]))
        steps = log.service[log.offset[i] : log.offset[i + 1]]
        names = tuple(log.services[s] for s in steps)
        found.append((log.centers[log.center[i]], f"{at:%Y-%m-%d %H:%M}", names))
    return found


def found_kinds(report: LogReport) -> dict[str, int]:
    """Kind of finding -> how many."""
    return {note.kind: note.count for note in report.notes}


def steady(
    levels: Sequence[float], weeks: int, seed: int = 0, spread: float = 0.0, weekdays: int = 5
) -> dict[tuple[int, int], list[int]]:
    """Minutes of the arrivals at centers on the days before the week, by center and day from 0.

    So many visits a day on average, Poisson or with a spread of days, at any minute of `HOURS`.
    """
    chance = np.random.default_rng(seed)
    minutes = np.concatenate([np.arange(a * 60, b * 60) for a, b in HOURS])
    found = {}
    for center, level in enumerate(levels):
        for day in range(weeks * 7):
            if day % 7 >= weekdays:
                continue
            mean = level * (chance.gamma(1 / spread, spread) if spread else 1.0)
            times = chance.choice(minutes, size=chance.poisson(mean))
            found[center, day] = sorted(times.tolist())
    return found


def rows_of(arrivals: dict[tuple[int, int], list[int]], first: dt.date, **more: Any) -> LogRows:
    """Rows of a log with one service each; `more` replaces arrays."""
    told = [(c, d, m) for (c, d), minutes in arrivals.items() for m in minutes]
    n = len(told)
    parts: dict[str, Any] = {
        "centers": ("A1", "B2"),
        "services": tuple(SERVICES),
        "kinds": (),
        "languages": (),
        "center": np.array([c for c, _, _ in told], dtype=np.int64),
        "time": np.array([(first.toordinal() + d) * 1440 + m for _, d, m in told], dtype=float),
        "visit": np.zeros(n, dtype=np.int64),
        "ticket": np.zeros(n, dtype=np.int64),
        "offset": np.arange(n + 1),
        "service": np.zeros(n, dtype=np.int64),
        "kind": np.full(n, -1),
        "language": np.full(n, -1),
        "begin": np.full(n, np.nan),
        "end": np.full(n, np.nan),
    }
    return LogRows(**(parts | more))


def text_of(arrivals: dict[tuple[int, int], list[int]], first: dt.date) -> str:
    """A log of visits for the service flow as CSV text."""
    return HEAD + "".join(
        f"{('A1', 'B2')[c]},{first + dt.timedelta(d)} {m // 60:02d}:{m % 60:02d},flow\n"
        for (c, d), minutes in arrivals.items()
        for m in minutes
    )


def days_before(weeks: int) -> dt.date:
    """The Monday so many weeks before the week."""
    return MONDAY - dt.timedelta(weeks=weeks)


def lines(rows: Iterable[str]) -> str:
    """A log of visits from rows of text."""
    return HEAD + "".join(f"{row}\n" for row in rows)
