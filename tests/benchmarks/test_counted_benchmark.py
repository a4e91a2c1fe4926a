"""The benchmark of staffing from visits and from requests."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import numpy as np
import pytest
from citizens.visits.visiting import TrueVisits, text_of_visits
from visit_logs import HOURS, MONDAY, read, week

from benchmarks.counted import CountedWeek, compared, weeks_of
from benchmarks.made_logs import KnownLog
from shiftplan.citizens import VisitCounts


def test_both_counts_ask_for_people_and_are_judged_on_visits(tmp_path: Path) -> None:
    """The true means are those of the log: 1 flow, 0.35 vneid and 0.25 filing a visit."""
    history = read(tmp_path, text_of_visits(TrueVisits(weeks=6)))
    ahead = tuple(MONDAY + dt.timedelta(day) for day in range(5))
    slots = tuple((60 * h, 60 * h + 60) for start, end in HOURS for h in range(start, end))
    visits = np.array([3.0, 1.5])  # a center and hour
    mean = np.tile(visits[:, None, None, None] * np.array([1, 0.35, 0.25]), (1, 5, 8, 1))
    none = np.zeros((2, 0, 8, 3))
    services = ("flow", "vneid", "file")
    counts = VisitCounts(("A1", "B2"), (), slots, services, none, np.zeros((2, 0), dtype=bool))

    found = weeks_of(week(), history, KnownLog(counts, ahead, mean, mean), runs=3)

    assert [one.counted for one in found] == ["visits", "requests"]
    for one in found:
        assert one.requests == pytest.approx(1, rel=0.1)
        assert one.minutes == pytest.approx(1, rel=0.1)
        assert one.people > 0
        assert 0 < one.in_time <= 1


def test_logs_stand_below_each_other() -> None:
    """With their number, and percentages."""
    weeks = [CountedWeek("visits", 1200, 0.99, 0.985, 0.8), CountedWeek("requests", 1300, 1, 1, 1)]

    rows = compared([weeks]).rows

    assert rows[0] == ("1", "visits", "1,200", "99.00%", "98.50%", "80.00%")
    assert rows[1][:3] == ("1", "requests", "1,300")
