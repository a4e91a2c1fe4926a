"""What occupies people beside shifts: as a table, in other weeks, and under made-up names."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from weeks import faults, read, told_at

from shiftplan import Problem
from shiftplan.files import read_problem, read_week, read_workbook, write_week
from shiftplan.present import write_workbook
from shiftplan.seasons import anonymize, new_week
from shiftplan.seasons.joined import join_weeks
from shiftplan.week.occupied import Occupied

HEAD = "volunteer_id,group,date,start,end,end_date,what,counted_minutes,counted_shifts,is_work\n"
MONDAY = dt.datetime(2026, 12, 7)
HOUR = dt.timedelta(hours=1)
ROWS = (
    "A1,,2026-12-07,,,2026-12-09,Nghỉ phép,480,,\n"
    ",portal:2|home:00431,2026-12-08,8h,10h,,Họp,120,1,1\n"
    ",,2026-12-13,22:00,06:00,,,,,1\n"
)


def row(first: int, last: int, **fields: object) -> Occupied:
    """Between hours from Monday on."""
    return Occupied(start=MONDAY + first * HOUR, end=MONDAY + last * HOUR, **fields)


@pytest.fixture
def week(tmp_path: Path) -> Problem:
    """The tiny week with leave of one person, a meeting of some and a journey of everybody."""
    (tmp_path / "tiny").mkdir()
    return read(tmp_path / "tiny", occupied=HEAD + ROWS)


def test_blank_times_mean_whole_days(week: Problem) -> None:
    """Leave lasts until the end of its last date; hours may reach over midnight."""
    leave = row(0, 72, volunteer_id="A1", what="Nghỉ phép", counted_minutes=480)
    fields = {"what": "Họp", "counted_minutes": 120, "counted_shifts": 1, "is_work": True}
    meeting = row(32, 34, group=("home:00431", "portal:2"), **fields)

    assert week.occupied == (leave, meeting, row(166, 174, is_work=True))


def test_a_row_belongs_to_the_date_on_which_it_starts_unless_it_is_longer_than_a_day() -> None:
    """As a shift does; 24 hours from noon on are one date, a minute more are two."""
    assert [day.day for day in row(22, 30).dates] == [7]
    assert [day.day for day in row(12, 36).dates] == [7]
    assert [day.day for day in row(12, 37).dates] == [7, 8]
    assert [day.day for day in row(0, 72).dates] == [7, 8, 9]


@pytest.mark.parametrize(
    ("line", "people"),
    [
        ("A1,,2026-12-07", "A1"),
        (",student,2026-12-07", "A2"),
        (",portal,2026-12-07", "A1"),
        (",home:00431,2026-12-07", "A2"),
        (",A2|portal,2026-12-07", "A1 A2"),
        (",,2026-12-07", "A1 A2"),
    ],
)
def test_people_are_named_as_rules_name_them(line: str, people: str, tmp_path: Path) -> None:
    """By id, group, skill or home; a row that names nobody is for everybody."""
    volunteers = (
        "volunteer_id,home_center_id,group,skill.portal\nA1,00430,official,2\nA2,00431,student,\n"
    )
    table = "volunteer_id,group,date\n" + line + "\n"

    found = read(tmp_path, volunteers=volunteers, occupied=table)

    assert sorted(found.occupied_of) == people.split()


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        ("A9,,2026-12-07,,,,,,,", "unknown_id|2|volunteer_id|A9"),
        (",nobody,2026-12-07,,,,,,,", "unknown_name|2|group|nobody"),
        ("A1,portal,2026-12-07,,,,,,,", "invalid_value|2"),
        ("A1,,,08:00,10:00,,,,,", "missing_value|2|date"),
        ("A1,,2026-12-07,,,2026-12-06,,,,", "reversed_interval|2|end|2026-12-07 00:00"),
        ("A1,,2026-12-07,,,,,1441,,", "out_of_range|2|counted_minutes|1441"),
        ("A1,,2026-12-07,,,,,,,maybe", "not_a_flag|2|is_work|maybe"),
    ],
)
def test_what_is_wrong_with_a_row_is_told(line: str, fault: str, tmp_path: Path) -> None:
    """A row is for somebody, at some time, and counts as something sensible."""
    assert told_at(faults(tmp_path, occupied=HEAD + line + "\n")) == [fault]


def test_every_form_keeps_the_table(week: Problem, tmp_path: Path) -> None:
    """CSV, workbooks in both languages and JSON."""
    write_week(week, tmp_path / "csv")
    (tmp_path / "week.json").write_text(week.to_json())

    assert read_week(tmp_path / "csv") == week
    assert read_problem(tmp_path / "week.json") == week
    for lang in ("en", "vi"):
        write_workbook(week, tmp_path / f"{lang}.xlsx", lang)
        assert read_workbook(tmp_path / f"{lang}.xlsx") == week


def test_only_a_week_with_such_rows_has_another_digest(week: Problem) -> None:
    """A plan depends on them; a week without the table has the digest of earlier versions."""
    bare = week.model_copy(update={"occupied": ()})

    assert week.digest != bare.digest
    assert "occupied" in week.to_json()


def test_a_new_week_keeps_what_reaches_into_it(week: Problem) -> None:
    """Rows have dates of their own, and do not move; those that are over are left out."""
    later = row(24 * 6, 24 * 9, volunteer_id="A2", what="Nghỉ phép")
    longer = week.model_copy(update={"occupied": (*week.occupied, later)})

    following = new_week(longer, dt.date(2026, 12, 14)).problem

    assert following.occupied == (week.occupied[2], later)


def test_weeks_that_have_a_row_in_common_have_it_once(week: Problem) -> None:
    """Two weeks of a month are planned together."""
    later = new_week(week, dt.date(2026, 12, 14)).problem
    shifts = tuple(s.model_copy(update={"shift_id": f"{s.shift_id}+"}) for s in later.shifts)
    second = later.model_copy(update={"shifts": shifts, "requirements": ()})

    assert second.occupied == week.occupied[2:]
    assert join_weeks([week, second]).occupied == week.occupied


def test_made_up_names_hide_who_is_occupied_by_what(week: Problem) -> None:
    """Leave may be for illness: what it is becomes a number, and who it is a made-up id."""
    named = row(60, 61, group=("A1", "student"), what="Họp")
    secret = anonymize(week.model_copy(update={"occupied": (*week.occupied, named)}), seed=1)

    leave, meeting, journey, last = secret.problem.occupied
    assert (leave.volunteer_id, leave.what) == (secret.key["A1"], "1")
    assert (meeting.group, meeting.what) == (("home:00431", "portal:2"), "2")
    assert (journey.volunteer_id, journey.what) == (None, "")
    assert f"person:{secret.key['A1']}" in last.group
    assert "Nghỉ phép" not in secret.problem.to_json()
