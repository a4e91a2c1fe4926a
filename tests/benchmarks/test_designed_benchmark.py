"""The benchmark of designed shifts: hours and shares of a way, and how curves are compared."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from visit_logs import MONDAY, week

from benchmarks.designed import (
    TODAY,
    Asked,
    Outcome,
    for_anybody,
    hours_at,
    outcome,
    share_at,
    table,
)
from shiftplan.citizens import staff
from shiftplan.citizens.estimate import Estimate
from shiftplan.files import write_week
from shiftplan.week.demand import Service


def demand(*citizens: float, center: str = "A1") -> list[dict[str, Any]]:
    """So many citizens in each hour from seven on."""
    return [
        {
            "center_id": center,
            "start": f"{MONDAY}T{7 + n:02d}:00",
            "end": f"{MONDAY}T{8 + n:02d}:00",
        }
        | {"service_id": "flow", "arrivals": count}
        for n, count in enumerate(citizens)
    ]


def point(hours: float, share: float, *errors: float, way: str = TODAY) -> Outcome:
    return Outcome(way, 0.8, 10, hours, Estimate.of(share, np.array(errors or (0.0, 0.0))))


def asked(folder: Path, way: str, *, rosters: bool = False) -> Asked:
    return Asked(folder, None, way, 0.8, rosters, time_limit=20, work=1, runs=4, seed=0)


def test_teams_are_exactly_as_large_as_required(tmp_path: Path) -> None:
    """Today's morning needs its busiest team for four hours; a design, only where it is needed."""
    write_week(week(1, demand=demand(2, 40, 2, 2)), tmp_path / "week")

    today = outcome(asked(tmp_path / "week", TODAY))
    designed = outcome(asked(tmp_path / "week", "designed, times for nothing"))

    people = today.assignments
    assert people > 3
    assert today.hours == 4 * people
    assert designed.hours < today.hours


def test_rosters_are_of_the_volunteers(tmp_path: Path) -> None:
    """Of one volunteer nobody makes two: an hour without an offer stays empty."""
    offered = [
        {"volunteer_id": "v", "start": f"{MONDAY}T07:00", "end": f"{MONDAY}T11:00"},
    ]
    tables = {"volunteers": [{"volunteer_id": "v"}], "availability": offered}
    rules = [{"rule": "coverage", "level": 1}, {"rule": "available"}]
    write_week(week(1, demand=demand(2, 9, 2, 2), rules=rules, **tables), tmp_path / "week")

    found = outcome(asked(tmp_path / "week", TODAY, rosters=True))

    assert (found.assignments, found.hours) == (1, 4)


def test_nobody_asks_for_skills_where_all_can_do_everything() -> None:
    """Requirements are of heads alone: services need no skill, and citizens no language."""
    skilled = (Service(service_id="flow", minutes_per_citizen=10, skill_id="khmer"),)
    base = week(1, demand=demand(20, 20))
    far = tuple(c.model_copy(update={"minority_area": True}) for c in base.centers)

    found = for_anybody(base.model_copy(update={"services": skilled, "centers": far}))

    assert all(row.is_of_heads for row in staff(found).requirements)


def test_curves_are_compared_between_their_points() -> None:
    """Half way from 80% in 100 hours to 90% in 140 are 85% in 120 hours, and errors mix alike."""
    curve = [point(140, 0.9, 0.02, 0.0), point(100, 0.8, 0.0, 0.02)]

    middle = share_at(curve, 120)

    assert middle is not None
    assert middle.value == pytest.approx(0.85)
    assert middle.parts == pytest.approx([0.01, 0.01])
    assert hours_at(curve, 0.85) == pytest.approx(120)


def test_nothing_is_said_beyond_the_points() -> None:
    """A curve is not continued."""
    curve = [point(100, 0.8), point(140, 0.9)]

    assert share_at(curve, 99) is None
    assert hours_at(curve, 0.91) is None


def test_a_design_is_told_by_what_today_would_take() -> None:
    """It serves 87.5% in 120 hours: 2.5 points more, or 120 hours instead of 130."""
    curve = [point(100, 0.8), point(140, 0.9)]

    *_, last = table("Teams", [*curve, point(120, 0.875, way="designed")]).rows

    assert last[0] == "designed"
    assert last[5:] == ("+2.50 (+2.50 to +2.50)", "7.7 (7.7 to 7.7)%")


def test_a_design_beyond_todays_shares_has_points_only() -> None:
    """As many hours of today serve fewer, but no point of today serves as many."""
    curve = [point(100, 0.8), point(140, 0.9)]

    *_, last = table("Teams", [*curve, point(139, 0.95, way="designed")]).rows

    assert last[5].startswith("+5.25")
    assert last[6] == "? (? to ?)%"
