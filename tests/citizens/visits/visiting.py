"""Logs of visits with a known truth: journeys, kinds of citizens, languages, times of help.

True parts -> `VisitLog`; the same log as CSV text.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from shiftplan.citizens import VisitLog

MONDAY = dt.date(2026, 12, 7)
SERVICES = ("flow", "vneid", "file")
MINUTES = {"flow": 4.0, "vneid": 20.0, "file": 10.0}
JOURNEYS: Mapping[tuple[str, ...], float] = {
    ("flow",): 0.4,
    ("flow", "vneid"): 0.35,
    ("file", "flow"): 0.25,
}
"""1.6 services a visit: 1 of flow, 0.35 of vneid, 0.25 of filing."""
KINDS: Mapping[str, tuple[float, float]] = {"60_plus": (0.25, 1.6), "younger": (0.75, 0.8)}
"""Share and factor on minutes; the mean of the factors is 1."""


@dataclass(frozen=True)
class TrueVisits:
    """What visits to two centers really are, in weeks before and after the Monday."""

    per_day: tuple[float, float] = (24.0, 12.0)
    weeks: int = 20
    after: int = 0
    journeys: tuple[Mapping[tuple[str, ...], float], ...] = (JOURNEYS, JOURNEYS)
    kinds: Mapping[str, tuple[float, float]] | None = None
    khmer: tuple[float, float] = (0.0, 0.0)
    with_times: bool = False
    hours: tuple[int, ...] = (7, 8, 9, 10, 13, 14, 15, 16)


def rows_of_visits(truth: TrueVisits, seed: int = 0) -> list[tuple[str, ...]]:
    """Center, arrival, services, kind, language, start and end of help of each visit."""
    rng = np.random.default_rng(seed)
    rows = []
    for number in range(-truth.weeks, truth.after):
        for day in range(5):
            date = MONDAY + dt.timedelta(7 * number + day)
            for c, center in enumerate(("A1", "B2")):
                for _ in range(rng.poisson(truth.per_day[c])):
                    at = dt.datetime.combine(date, dt.time(int(rng.choice(truth.hours))))
                    at += dt.timedelta(minutes=int(rng.integers(0, 60)))
                    rows.append(_visit(truth, c, center, at, rng))
    return sorted(rows, key=lambda row: (row[1], row))


def _visit(
    truth: TrueVisits, c: int, center: str, at: dt.datetime, rng: np.random.Generator
) -> tuple[str, ...]:
    journeys = [*truth.journeys[c]]
    steps = journeys[int(rng.choice(len(journeys), p=[*truth.journeys[c].values()]))]
    kind, factor = "", 1.0
    if truth.kinds is not None:
        names = [*truth.kinds]
        kind = names[int(rng.choice(len(names), p=[share for share, _ in truth.kinds.values()]))]
        factor = truth.kinds[kind][1]
    language = "khmer" if rng.random() < truth.khmer[c] else ""
    start = end = ""
    if truth.with_times:
        took = sum(rng.gamma(4, factor * MINUTES[name] / 4) for name in steps)
        start, end = (
            f"{t:%Y-%m-%d %H:%M:%S}" for t in (at, at + dt.timedelta(seconds=round(60 * took)))
        )
    return center, f"{at:%Y-%m-%d %H:%M}", " ".join(steps), kind, language, start, end


def text_of_visits(truth: TrueVisits, seed: int = 0) -> str:
    """The log as CSV text."""
    lines = ["center_id,arrived,services,age_group,language,start,end"]
    return "\n".join([*lines, *map(",".join, rows_of_visits(truth, seed))]) + "\n"


def log_of_visits(truth: TrueVisits, seed: int = 0) -> VisitLog:
    """The log as arrays."""
    rows = rows_of_visits(truth, seed)
    first = MONDAY - dt.timedelta(weeks=truth.weeks)
    midnight = dt.datetime.combine(first, dt.time())

    def minutes(column: int) -> np.ndarray:
        texts = [row[column] for row in rows]
        return np.array(
            [
                (dt.datetime.fromisoformat(t) - midnight).total_seconds() / 60 if t else np.nan
                for t in texts
            ],
            dtype=np.float64,
        )

    steps = [row[2].split() for row in rows]
    kinds = tuple(sorted(truth.kinds or ()))
    days = 7 * (truth.weeks + truth.after)
    return VisitLog(
        ("A1", "B2"),
        SERVICES,
        kinds,
        ("khmer",),
        first,
        days,
        np.zeros((2, days), dtype=bool),
        np.array([("A1", "B2").index(row[0]) for row in rows], dtype=np.int64),
        minutes(1).astype(np.int64),
        np.concatenate([[0], np.cumsum([*map(len, steps)])]),
        np.array([SERVICES.index(name) for own in steps for name in own], dtype=np.int64),
        np.array([kinds.index(row[3]) if row[3] else -1 for row in rows], dtype=np.int64),
        np.array([0 if row[4] else -1 for row in rows], dtype=np.int64),
        minutes(5),
        minutes(6),
        minutes(6) - minutes(5),
    )
