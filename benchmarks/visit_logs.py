"""Logs of visits for benchmarks: with a known truth, from files, and daily arrivals as they were.

Folders of CSV files -> `KnownLog`: `VisitCounts`, true means and one outcome.
"""

from __future__ import annotations

import csv
import datetime as dt
from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np

from benchmarks.made_logs import KnownLog
from shiftplan.citizens import VisitCounts
from shiftplan.citizens.visits.counts import Floats, Slot


def read_log(folder: Path) -> KnownLog:
    """Counts of a folder with visits.csv and closed.csv, and the truth in truth.csv and actual.csv.

    Slots, services and working days are those of the week ahead, in truth.csv.
    """
    truth, actual = _rows(folder / "truth.csv"), _rows(folder / "actual.csv")
    centers, services = (sorted({r[key] for r in truth}) for key in ("center_id", "service_id"))
    slots = sorted({(_minute(r["start"]), _minute(r["end"])) for r in truth})
    ahead = sorted({dt.date.fromisoformat(r["date"]) for r in truth})
    at_center, at_service = ({name: i for i, name in enumerate(x)} for x in (centers, services))

    def grid(rows: Iterable[dict[str, str]], column: str) -> Floats:
        found = np.zeros((len(centers), len(ahead), len(slots), len(services)))
        for r in rows:
            day = ahead.index(dt.date.fromisoformat(r["date"]))
            slot = slots.index((_minute(r["start"]), _minute(r["end"])))
            found[at_center[r["center_id"]], day, slot, at_service[r["service_id"]]] = r[column]
        return found

    visits = _rows(folder / "visits.csv")
    first = dt.date.fromisoformat(min(r["arrived"] for r in visits)[:10])
    worked = {day.weekday() for day in ahead}
    span = (first + dt.timedelta(n) for n in range((ahead[0] - first).days))
    dates = tuple(day for day in span if day.weekday() in worked)
    at_date = {day.isoformat(): d for d, day in enumerate(dates)}
    requests = np.zeros((len(centers), len(dates), len(slots), len(services)))
    came = np.zeros(requests.shape[:3])
    for r in visits:
        day_text, time = r["arrived"].split("T")
        place = at_center[r["center_id"]], at_date[day_text], _slot(slots, _minute(time))
        came[place] += 1
        for service in r["services"].split():
            requests[(*place, at_service[service])] += 1
    recorded = np.ones((len(centers), len(dates)), dtype=bool)
    for r in _rows(folder / "closed.csv"):
        if r["date"] in at_date:
            everywhere = r["center_id"] == "*"
            which = slice(None) if everywhere else at_center[r["center_id"]]
            recorded[which, at_date[r["date"]]] = False
    keys = tuple(centers), dates, tuple(slots), tuple(services)
    counts = VisitCounts(*keys, requests, recorded, came)
    return KnownLog(counts, tuple(ahead), grid(truth, "mean"), grid(actual, "visits"))


def daily_counts(rows: Sequence[tuple[str, dt.date, float]]) -> VisitCounts:
    """Counts of whole days, one service; a center's dates without a row are not recorded."""
    centers, dates = sorted({r[0] for r in rows}), sorted({r[1] for r in rows})
    requests = np.zeros((len(centers), len(dates), 1, 1))
    recorded = np.zeros((len(centers), len(dates)), dtype=bool)
    for center, day, count in rows:
        place = centers.index(center), dates.index(day)
        requests[place], recorded[place] = count, True
    whole_day = ((0, 1440),)
    return VisitCounts(tuple(centers), tuple(dates), whole_day, ("any",), requests, recorded)


def read_warsaw(path: Path) -> VisitCounts:
    """Daily arrivals at offices of Warsaw."""
    return daily_counts(
        [(r["office"], dt.date.fromisoformat(r["date"]), float(r["arrivals"])) for r in _rows(path)]
    )


def drawn_counts(centers: int, weeks: int, slots: int, services: int) -> VisitCounts:
    """A log of the size of a province, to measure time and memory."""
    rng = np.random.default_rng(1)
    first = dt.date(2026, 3, 2)
    dates = tuple(first + dt.timedelta(7 * w + d) for w in range(weeks) for d in range(6))
    mean = rng.gamma(2, 0.7, (centers, 1, slots, services))
    requests = rng.poisson(np.broadcast_to(mean, (centers, len(dates), slots, services)))
    return VisitCounts(
        tuple(f"c{i}" for i in range(centers)),
        dates,
        tuple((420 + 60 * i, 480 + 60 * i) for i in range(slots)),
        tuple(f"s{i}" for i in range(services)),
        requests.astype(np.float64),
        np.ones((centers, len(dates)), dtype=bool),
    )


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def _minute(text: str) -> int:
    hours, minutes = text.split(":")[:2]
    return 60 * int(hours) + int(minutes)


def _slot(slots: Sequence[Slot], minute: int) -> int:
    return next(i for i, (start, end) in enumerate(slots) if start <= minute < end)
