"""Terms that are lived with and without learning, and how well show rates are learned."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from benchmarks import shows
from benchmarks.reliability import DAYS, HOURS, Reliability
from benchmarks.term import WAYS, Effort, WeekLived, draw, part_of, table, term
from shiftplan import Problem, write_week
from shiftplan.testing.pictures import plan
from shiftplan.week.records import Center, Requirement

EFFORT = Effort(plan=600, repair=600, workers=1)


def town(**fields: object) -> Problem:
    """A week of mornings, each of which wants two of eight people."""
    people = "ana bob cho dan eve fay gil hoa"
    bare = plan("M", people)
    needs = tuple(Requirement(shift_id=s.shift_id, target=2) for s in bare.shifts)
    rules = ({"rule": "coverage", "level": 1}, {"rule": "one_place"}, {"rule": "fairness"})
    return plan("M", people, **{"requirements": needs, "rules": rules, **fields})


def test_both_ways_meet_the_same_people() -> None:
    """The first week is the same; only then does one plan by what it has learned."""
    apart, learned = ([*term(town(), way, 1, EFFORT, 2, 0.8)] for way in WAYS)

    assert replace(apart[0], way="", seconds=0) == replace(learned[0], way="", seconds=0)
    assert apart[1].error == apart[0].error != learned[1].error
    for lived in (*apart, *learned):
        assert lived.seats == 14
        assert lived.came <= lived.filled <= lived.seats
        assert 0 <= lived.changed <= 1


def test_a_table_and_a_picture_show_what_was_lived(tmp_path: Path) -> None:
    """Means over the weeks of a way, and the error of its last one; by hand."""
    weeks = [
        WeekLived(way, 1, n, 100, came, 95, 0.2, 10 * n, 0.1, error, 1.0)
        for way, error in zip(WAYS, (0.08, 0.06), strict=True)
        for n, came in ((1, 80), (2, 90))
    ]

    rows = table(weeks).rows
    draw(weeks, tmp_path / "term.png")

    assert rows[0] == ("without learning", "2", "85.0%", "95.0%", "20.0%", "15", "10.0%", "8.0%")
    assert rows[1][-1] == "6.0%"
    assert (tmp_path / "term.png").stat().st_size > 0


def test_a_part_of_a_week_has_the_people_at_home_there() -> None:
    """One center of two keeps its shifts and their requirements."""
    centers = tuple(Center(center_id=c, lat=10.0, lon=105.0) for c in ("home", "far"))
    each = {"ana": {"home_center_id": "home"}, "bob": {"home_center_id": "far"}}
    week = plan("M", "ana bob", 2, centers=centers, each=each)

    part = part_of(week, 1)

    assert [v.volunteer_id for v in part.volunteers] == ["ana"]
    assert {w.volunteer_id for w in part.availability} == {"ana"}
    assert len(part.shifts) == 2


def test_rates_are_means_of_chances() -> None:
    """Over levels that are equally frequent."""
    week = town()
    known = Reliability(week, 0.9, 0.8, 1)
    monday = dt.datetime.combine(week.horizon.start, dt.time())

    rate = known.rates(HOURS, DAYS, {48: 0.0})["ana"]

    starts = [monday + dt.timedelta(days=d, hours=h) for d in range(7) for h in HOURS]
    assert rate == pytest.approx(np.mean([known.chance("ana", start) for start in starts]))


def test_the_error_of_learned_rates_is_measured(tmp_path: Path) -> None:
    """A row for each class of people seen, after the last week."""
    write_week(town(), tmp_path / "week")

    shows.main([str(tmp_path / "week"), "--out", str(tmp_path), "--weeks", "2"])

    assert "| 2 " in (tmp_path / "shows.md").read_text(encoding="utf-8")
