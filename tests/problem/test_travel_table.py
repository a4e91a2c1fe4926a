"""The table travel: which rows count for a way, what boats leave, and what is wrong with rows."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from files.weeks import faults, read

from shiftplan.files import read_week, read_workbook, write_week
from shiftplan.present import write_workbook
from shiftplan.problem import Problem
from shiftplan.seasons import join_weeks, new_week
from shiftplan.week.records import Center
from shiftplan.week.travel import Connections, Way

PORT = Center(center_id="P", type="ward", lat=10.0, lon=105.0)
ISLE = Center(center_id="I", type="zone", groups=("isle",))
REEF = Center(center_id="R", type="zone", groups=("isle",), remote_area=True)
BOATS = (
    "origin,destination,minutes,mode,days,first_departure,last_departure\n"
    "00430,00431,150,boat,T2-T6,8h,08:00\n,00431,90,,2026-12-08,,24:00\n"
)
RULE = "rule,level,weight,value\ntravel_time,hard,,20\n"


def minutes(here: Center, there: Center, *rows: tuple[str, str, int]) -> list[int]:
    """Minutes of the rows that count for the way between two centers."""
    ways = [Way(origin=one, destination=other, minutes=n) for one, other, n in rows]
    connections = Connections((PORT, ISLE, REEF), ways)
    return sorted(way.minutes for way in connections.between(here.center_id, there.center_id))


def test_a_row_counts_for_the_way_back_too() -> None:
    """Unless another row is for the way back."""
    assert minutes(ISLE, PORT, ("P", "I", 60)) == [60]
    assert minutes(ISLE, PORT, ("P", "I", 60), ("I", "P", 70)) == [70]
    assert minutes(ISLE, PORT, ("I", "R", 60)) == []


def test_the_row_that_names_both_ends_most_closely_counts() -> None:
    """The closer name decides, then the other one, then the direction."""
    rows = [("", "", 1), ("isle", "", 2), ("isle", "isle", 3), ("R", "", 4), ("I", "ward", 5)]

    assert minutes(PORT, PORT, *rows) == [1]
    assert minutes(PORT, ISLE, *rows) == [5]
    assert minutes(ISLE, REEF, *rows) == [4]
    assert minutes(ISLE, REEF, *rows[:3]) == [3]
    assert minutes(ISLE, REEF, *rows, ("I", "isle", 6), ("I", "isle", 7)) == [6, 7]


def test_the_table_comes_back_from_folders_workbooks_and_json(tmp_path: Path) -> None:
    """With its words: hours as people write them, Thứ Hai to Thứ Sáu, and 24:00."""
    problem = read(tmp_path, travel=BOATS)
    write_week(problem, tmp_path / "again")
    write_workbook(problem, tmp_path / "week.xlsx")

    assert problem.travel[0].days.weekdays == ("mon", "tue", "wed", "thu", "fri")
    assert problem.travel[0].first_departure == problem.travel[0].last_departure == dt.time(8)
    assert problem.travel[1].last_departure is None
    assert read_week(tmp_path / "again").travel == problem.travel
    assert read_workbook(tmp_path / "week.xlsx").travel == problem.travel
    assert Problem.model_validate_json(problem.to_json()) == problem


@pytest.mark.parametrize(
    ("table", "place"),
    [
        ("origin,destination,minutes\n00430,00499,60\n", ("travel", "destination", "unknown_name")),
        ("origin,destination,minutes\nisle,,60\n", ("travel", "origin", "unknown_name")),
        ("origin,destination,minutes\n00430,,-1\n", ("travel", "minutes", "out_of_range")),
        ("origin,destination,minutes\n00430,,14401\n", ("travel", "minutes", "out_of_range")),
        ("origin,destination,minutes\n00430,,\n", ("travel", "minutes", "missing_value")),
        ("origin,minutes,days\n00430,60,X\n", ("travel", "days", "not_a_date")),
        (
            "origin,minutes,first_departure,last_departure\n00430,60,08:00,07:59\n",
            ("travel", "", "invalid_value"),
        ),
        ("origin,minutes\n00430,60\n00430,70\n", ("travel", "", "duplicate_row")),
    ],
)
def test_each_mistake_is_found_at_its_place(
    tmp_path: Path, table: str, place: tuple[str, str, str]
) -> None:
    """Nothing is guessed, and nothing left out."""
    found = faults(tmp_path, travel=table)

    assert [(f.table, f.column, f.code) for f in found] == [place]


def test_a_way_that_nobody_knows_is_a_fault(tmp_path: Path) -> None:
    """A center needs coordinates, or a row for each of its ways, once the rule is on."""
    centers = "center_id,name,lat,lon\n00430,Rạch Giá,10.0,105.1\n00431,Hòn Đất,,\n"

    (found,) = faults(tmp_path, centers=centers, rules=RULE)

    assert (found.table, found.column, found.code) == ("centers", "lat", "missing_coordinates")
    assert "between 00431 and 00430" in str(found.message)
    (tmp_path / "told").mkdir()
    assert read(tmp_path / "told", centers=centers, rules=RULE, travel=BOATS).travel


def test_ways_on_dates_move_with_the_week(tmp_path: Path) -> None:
    """A boat of Tuesday the 8th is one of Tuesday the 15th in the week after."""
    problem = read(tmp_path, travel=BOATS)

    following = new_week(problem, dt.date(2026, 12, 14)).problem

    assert [str(way.days) for way in following.travel] == ["mon|tue|wed|thu|fri", "2026-12-15"]
    bare = following.model_copy(update={"shifts": (), "requirements": ()})
    assert len(join_weeks([problem, bare]).travel) == 3
