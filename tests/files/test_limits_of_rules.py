"""The columns that limit rules, in files: read as people write them, and written back."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from weeks import faults, read, told_at

from shiftplan.errors import Fault
from shiftplan.files import read_problem, write_week
from shiftplan.present import write_workbook
from shiftplan.present.faults import fault_text
from shiftplan.problem.notes import find_notes
from shiftplan.rules import AreaFloor, MaxShiftCount
from shiftplan.week.days import Days

HEAD = "rule,level,value,group,shifts,where,hours,days,first_day,last_day\n"
LIMITED = f"{HEAD}max_shift_count,hard,1,A1|portal:2,,remote,22h-6h,T2-T6,2026-12-07,8/12/2026\n"


def test_a_rule_is_limited_by_columns(tmp_path: Path) -> None:
    """Hours and days as people write them, in Vietnamese too."""
    (rule,) = read(tmp_path, rules=LIMITED).rules

    assert rule == MaxShiftCount(
        max_shifts=1,
        group=("A1", "portal:2"),
        where=("remote",),
        hours="22:00-06:00",
        days=Days(weekdays=("mon", "tue", "wed", "thu", "fri")),
        first_day=dt.date(2026, 12, 7),
        last_day=dt.date(2026, 12, 8),
    )


@pytest.mark.parametrize("form", ["folder", "workbook", "json"])
def test_limits_are_written_back(tmp_path: Path, form: str) -> None:
    """What is read of it is the same."""
    problem = read(tmp_path, rules=LIMITED)
    target = tmp_path / {"folder": "out", "workbook": "out.xlsx", "json": "out.json"}[form]
    if form == "json":
        target.write_text(problem.to_json(), encoding="utf-8")
    else:
        (write_workbook if form == "workbook" else write_week)(problem, target)

    assert read_problem(target).rules == problem.rules


@pytest.mark.parametrize(
    ("column", "cell", "told"),
    [
        ("hours", "tối mai", "not_a_time|2|hours|tối mai"),
        ("days", "T8", "not_a_date|2|days|T8"),
        ("group", "Portal:2", "unknown_name|2|group|Portal:2"),
        ("group", "helpers", ""),
        ("where", "remoet", "unknown_name|2|where|remoet"),
    ],
)
def test_a_cell_that_limits_nothing_is_a_fault(
    tmp_path: Path, column: str, cell: str, told: str
) -> None:
    """It is named with its row and column; a name of another week is none."""
    rules = f"rule,level,value,{column}\nmax_shift_count,hard,1,{cell}\n"
    if not told:
        assert read(tmp_path, rules=rules).rules
        return

    assert told_at(faults(tmp_path, rules=rules)) == [told]


AREAS = "rule,level,value,{}\narea_floor,1,0.5,00430|minority{}\n"


@pytest.mark.parametrize("column", ["group", "where"])
def test_areas_stand_in_either_column(tmp_path: Path, column: str) -> None:
    """A center is an area of its own."""
    (rule,) = read(tmp_path, rules=AREAS.format(column, "")).rules

    assert rule == AreaFloor(group=("00430", "minority"), min_share=0.5)


def test_areas_stand_in_one_column_only(tmp_path: Path) -> None:
    """Which of two would hold is for nobody to guess."""
    found = faults(tmp_path, rules=AREAS.format("group,where", ",remote"))

    assert [(f.code, f.column) for f in found] == [("not_a_parameter", "where")]


def _named(tmp_path: Path, name: str, **tables: str) -> list[Fault]:
    rules = f"rule,level,value,group\nmax_shift_count,hard,1,{name}\n"
    return [n for n in find_notes(read(tmp_path, rules=rules, **tables)) if n.table == "rules"]


SKILL_STUDENT = "skill_id,name,kind,max_level\nstudent,Sinh viên,tech,4\nportal,Cổng,tech,4\n"


def test_a_group_that_is_named_like_a_skill_means_the_group(tmp_path: Path) -> None:
    """As it always did; whoever means the skill is told how to say so."""
    (note,) = _named(tmp_path, "student", skills=SKILL_STUDENT)

    assert (note.code, note.value) == ("ambiguous_name", "student")
    assert note.sentence == "this name has more than one meaning here: a group and a skill"
    assert str(note.remedy) == "Write group:student or skill:student."
    assert "một nhóm và một kỹ năng" in fault_text(note, "vi")
    assert _named(tmp_path, "skill:student", skills=SKILL_STUDENT) == []


def test_a_name_of_two_other_things_is_a_fault(tmp_path: Path) -> None:
    """Nothing says whether the skill is meant or the center."""
    skills = "skill_id,name,kind,max_level\n00430,Trung tâm,tech,4\nportal,Cổng,tech,4\n"
    rules = "rule,level,value,group\nmax_shift_count,hard,1,00430\n"

    found = faults(tmp_path, rules=rules, skills=skills)

    assert told_at(found) == ["ambiguous_name|2|group|00430"]
    assert str(found[0].remedy) == "Write skill:00430 or home:00430."


def test_a_price_that_is_too_high_says_how_prices_are_scaled(tmp_path: Path) -> None:
    """Prices are relative, and earlier levels count more."""
    rules = "rule,level,weight\nfull_day,2,1000001\n"

    (fault,) = faults(tmp_path, rules=rules)

    assert told_at([fault]) == ["out_of_range|2|weight|1000001"]
    assert "divide all weights of the level by the same number" in str(fault.remedy)
    assert "chia mọi trọng số" in fault_text(fault, "vi")
