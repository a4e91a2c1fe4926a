"""Journeys, kinds of citizens and officials: which rows count where, and what is wrong."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from files.weeks import TINY, faults, read
from hypothesis import given
from hypothesis import strategies as st
from strategies import problems

from shiftplan.files import read_week, read_workbook, write_week
from shiftplan.present import write_workbook
from shiftplan.problem import Problem
from shiftplan.seasons import new_week
from shiftplan.week.records import Center
from shiftplan.week.visits import CitizenKind, Journey, journeys_at, kinds_at, minutes_factors

VISIT = "center_id,date,start,end,service_id,arrivals\n00430,2026-12-07,07:00,08:00,,5\n"
TABLES = {
    "demand": VISIT + "00430,2026-12-07,07:00,08:00,file,2\n",
    "journeys": "where,services,share\n,file,1\n00430,file|file,3\n00430,file,1\n",
    "citizen_kinds": "kind,where,share,factor\n60_plus,,0.25,1.4\n60_plus,00430,0.5,1.2\n",
    "officials": "where,days,start,end,people,services,languages\n00430,T2-T6,7h,11h,2,file,\n",
}
HERE = Center(center_id="C", groups=("border", "coast"))


def journey(where: str, services: str, share: float = 1) -> Journey:
    return Journey(where=where, services=services.split("|"), share=share)


def test_the_closest_rows_say_which_visits_come() -> None:
    """Those for the center, not those for all; shares are in proportion."""
    rows = [journey("", "a"), journey("C", "a|b", 3), journey("C", "b", 1), journey("D", "c")]

    assert journeys_at(rows, HERE) == [(("a", "b"), 0.75), (("b",), 0.25)]
    assert journeys_at(rows[:1], HERE) == [(("a",), 1)]
    assert journeys_at(rows[3:], HERE) == []


def test_of_two_groups_the_one_named_last_counts() -> None:
    """As in the table policy; all rows of one group belong together."""
    rows = [journey("coast", "a"), journey("border", "b"), journey("coast", "c")]

    assert [names for names, _ in journeys_at(rows, HERE)] == [("a",), ("c",)]


def test_the_closest_row_of_each_kind_counts() -> None:
    """A kind without citizens there is left out; the others keep the row for all."""
    rows = [
        CitizenKind(kind="60_plus", share=0.25, factor=1.4),
        CitizenKind(kind="translator", share=0.1, factor=2),
        CitizenKind(kind="60_plus", where="C", share=0, factor=1),
    ]

    assert [row.kind for row in kinds_at(rows, HERE)] == ["translator"]
    assert minutes_factors(rows, HERE) == (pytest.approx(1.1), pytest.approx(1.3))


def test_work_of_visits_is_that_of_their_services(tmp_path: Path) -> None:
    """5 visits of (2 x 3 + 1) / 4 files, and 2 requests; 20 minutes each, 10% longer.

    Half of the citizens take 20% more.
    """
    problem = read(tmp_path, **TABLES)

    assert sum(m for *_, m in problem.requests()) == pytest.approx((5 * 1.75 + 2) * 20 * 1.1)
    assert sum(m for _, m in problem.forecast["00430"]) == pytest.approx(10.75 * 22)
    hours = sum(problem.forecast_hours[s.shift_id] for s in problem.shifts)
    assert hours == pytest.approx(10.75 * 22 / 60)


@pytest.mark.parametrize("form", ["folder", "workbook", "json"])
def test_each_door_reads_what_was_written(tmp_path: Path, form: str) -> None:
    """Tables of visits come back as they were, the order of services too."""
    problem = read(tmp_path, **TABLES)

    if form == "folder":
        write_week(problem, tmp_path / "again")
        again = read_week(tmp_path / "again")
    elif form == "workbook":
        write_workbook(problem, tmp_path / "again.xlsx", lang="vi")
        again = read_workbook(tmp_path / "again.xlsx")
    else:
        again = Problem.model_validate_json(problem.to_json())

    assert again == problem
    assert again.officials[0].start == dt.time(7)
    assert again.officials[0].days.weekdays == ("mon", "tue", "wed", "thu", "fri")
    assert again.demand[0].service_id is None


FAULTS = [
    ({"journeys": ""}, ("demand", "service_id", "missing_value")),
    (
        {"journeys": "where,services,share\n00431,file,1\n"},
        ("demand", "service_id", "missing_value"),
    ),
    ({"journeys": "where,services,share\n,file|fly,1\n"}, ("journeys", "services", "unknown_id")),
    ({"journeys": "where,services,share\n,file,0\n"}, ("journeys", "share", "out_of_range")),
    (
        {"journeys": "where,services,share\n,file,1\nx,file,1\n"},
        ("journeys", "where", "unknown_name"),
    ),
    ({"journeys": "where,services,share\n,file,1\n,file,2\n"}, ("journeys", "", "duplicate_row")),
    (
        {"citizen_kinds": "kind,where,share,factor\na,,0.6,2\nb,,0.6,2\n"},
        ("citizen_kinds", "share", "shares_above_one"),
    ),
    (
        {"citizen_kinds": "kind,where,share,factor\na,,0.6,20\n"},
        ("citizen_kinds", "factor", "out_of_range"),
    ),
    (
        {"officials": "where,start,end,people,services\n,07:00,11:00,1,fly\n"},
        ("officials", "services", "unknown_id"),
    ),
    (
        {"officials": "where,start,end,people,languages\n,07:00,11:00,1,portal\n"},
        ("officials", "languages", "not_a_language"),
    ),
    (
        {"officials": "where,start,end,people\n,07:00,11:00,-1\n"},
        ("officials", "people", "out_of_range"),
    ),
]


@pytest.mark.parametrize(("changed", "expected"), FAULTS)
def test_each_mistake_has_its_place(tmp_path: Path, changed: dict, expected: tuple) -> None:
    """Table, column and code; rows of files are those of the tables."""
    found = faults(tmp_path, **TABLES | changed)

    assert {(f.table, f.column, f.code) for f in found} == {expected}
    assert all(f.row is not None and f.row >= 2 for f in found)


def test_a_blank_service_without_journeys_says_what_to_do(tmp_path: Path) -> None:
    """The remedy names both ways out."""
    (fault,) = faults(tmp_path, demand=VISIT)

    assert fault.row == 2
    assert str(fault.remedy) == (
        "Enter a service, or the services of such visits in the table journeys."
    )


def test_a_plan_of_a_week_without_these_tables_keeps_its_digest(tmp_path: Path) -> None:
    """Officials are no part of any plan; journeys and kinds of citizens are."""

    def digest(**tables: str) -> str:
        return read(tmp_path, demand=TINY["demand"], **tables).digest

    plain = digest()

    assert digest(officials=TABLES["officials"]) == plain
    assert digest(citizen_kinds=TABLES["citizen_kinds"]) != plain
    assert (
        digest(officials="where,days,start,end,people\n", citizen_kinds="kind,share,factor\n")
        == plain
    )


def test_officials_on_dates_come_on_the_dates_of_the_next_week(tmp_path: Path) -> None:
    """Weekdays stay, as journeys do."""
    officials = "days,start,end,people\n2026-12-08,07:00,11:00,1\nMon,07:00,11:00,1\n"
    problem = read(tmp_path, **TABLES | {"officials": officials})

    following = new_week(problem, problem.horizon.start + dt.timedelta(7)).problem

    assert [str(row.days) for row in following.officials] == ["2026-12-15", "mon"]
    assert following.journeys == problem.journeys


@given(problems(), st.randoms())
def test_the_order_of_rows_of_officials_does_not_matter(problem: Problem, chance) -> None:
    """Minutes of work neither depend on officials nor on the order of kinds."""
    kinds, officials = list(problem.citizen_kinds), list(problem.officials)
    chance.shuffle(kinds)
    chance.shuffle(officials)

    other = problem.model_copy(update={"citizen_kinds": kinds, "officials": officials})

    work = [m for *_, m in other.requests()]
    assert work == pytest.approx([m for *_, m in problem.requests()])
