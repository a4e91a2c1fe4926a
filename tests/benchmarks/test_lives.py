"""Seasons of life, and ways to plan them week by week."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from random import Random

import pytest

from benchmarks import season
from benchmarks.life import Life
from benchmarks.season import Outcome, live, table, turnouts
from benchmarks.size import Size
from benchmarks.ways_to_plan import WAYS, Effort
from shiftplan import Problem, Roster, check
from shiftplan.seasons.joined import Resampled, join_weeks

TINY = Size(weeks=3, centers=2, people=6, no_show=0.3)
EFFORT = Effort(gap=0.0, time_limit=600, candidates=2, samples=1, depth=1)


def everybody(week: Problem) -> Roster:
    """Everybody in every shift that the person could come to."""
    times = {(w.volunteer_id, w.start) for w in week.availability}
    return Roster.of(
        (s.shift_id, v.volunteer_id)
        for s in week.shifts
        for v in week.volunteers
        if (v.volunteer_id, s.start) in times
    )


def test_a_seed_is_a_life() -> None:
    """The same seed draws the same weeks and the same absences, another one others."""
    one, same, other = Life(TINY, 1), Life(TINY, 1), Life(TINY, 2)

    assert one.week(2) == same.week(2)
    assert one.missing == same.missing
    assert one.week(2) != other.week(2)


def test_what_turns_out_is_what_was_announced_without_those_who_stay_away() -> None:
    """Only windows of people who will not come are missing."""
    life = Life(TINY, 1)
    announced, true = life.week(1), life.week(1, as_it_turns_out=True)

    gone = set(announced.availability) - set(true.availability)

    assert gone == {
        w for w in announced.availability if (w.volunteer_id, life.time_of(w.start)) in life.missing
    }
    assert gone
    assert replace_windows(true, announced) == announced


def replace_windows(problem: Problem, other: Problem) -> Problem:
    return problem.model_copy(update={"availability": other.availability})


def test_nobody_works_on_holidays() -> None:
    """Week 5 of 12 has no shifts on Wednesday and Thursday."""
    life = Life(Size(people=6), 1)

    assert {s.day.weekday() for s in life.week(4).shifts} == {0, 1, 4}


def test_imagined_weeks_know_the_calendar() -> None:
    """A week drawn for the holiday has no shifts on it, and can be joined with the last week."""
    life = Life(Size(people=12), 1)
    last = life.week(3)
    (drawn,) = Resampled([last], last).draw(1, Random(1))

    imagined = life.imagined(drawn, 4, Random(1))

    assert {s.day.weekday() for s in imagined.shifts} == {0, 1, 4}
    assert join_weeks([last, imagined]).horizon.days == 14


def test_reserves_come_only_where_they_come() -> None:
    """Who is absent will miss that time, and who is called will not."""
    life = Life(TINY, 1)
    week = life.week(0)
    start = {s.shift_id: s.start for s in week.shifts}

    rows = list(turnouts(life, week, everybody(week)))

    assert rows
    for row in rows:
        missing = (row.volunteer_id, life.time_of(start[row.shift_id])) in life.missing
        assert missing == (row.state == "absent")


@pytest.fixture(scope="module")
def found() -> list[Outcome]:
    return list(live(TINY, 1, EFFORT, list(WAYS)))


def test_no_way_is_cheaper_than_the_bound(found: list[Outcome]) -> None:
    """All ways are judged on the season as it turned out, and none breaks a hard rule."""
    assert [o.way for o in found] == ["all weeks known", *WAYS]
    assert all(o.cost >= o.bound for o in found)
    assert found[0].cost == found[0].bound


def test_a_roster_below_the_bound_stops_everything(monkeypatch: pytest.MonkeyPatch) -> None:
    """A cost that cannot be is an error, not a result."""
    monkeypatch.setattr(season, "check", lambda *args: replace(check(*args), total=-1))

    with pytest.raises(RuntimeError, match="below the bound"):
        list(live(TINY, 1, EFFORT, []))


def test_the_table_tells_the_mean_and_the_ends(found: list[Outcome]) -> None:
    """Costs 110 and 130 over a bound of 100 are 20% above it on average."""
    one = replace(found[0], way="x", bound=100, cost=110, seconds=1)
    two = replace(one, seed=2, cost=130)

    (row,) = table([one, two]).rows

    assert row[:5] == ("x", "120", "20.00%", "10.00%", "30.00%")


def test_a_folder_keeps_what_it_has(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Seeds measured earlier stay in the table and the picture; the same seed is replaced."""

    def lives(size: Size, seed: int, effort: Effort, ways: object):
        yield Outcome("history", seed, 100, 100 + costs.pop(), {}, 1.0)

    monkeypatch.setattr(season, "live", lives)
    costs = [30, 20, 10]

    for seed in ("1", "2", "1"):
        season.main(["--seeds", seed, "--out", str(tmp_path)])

    kept = (tmp_path / "season.jsonl").read_text(encoding="utf-8").splitlines()
    assert [json.loads(line)["cost"] for line in kept] == [110, 120, 130]
    assert "| history |  125 |" in (tmp_path / "season.md").read_text(encoding="utf-8")
    assert (tmp_path / "season.png").stat().st_size > 1_000
